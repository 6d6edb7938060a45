"""What is there already: what projects delivered in the period, beside what was agreed, and who was trained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure import treat_estimate
from frankpledge.findings.figures import of_estimate
from frankpledge.indicators.choosing import HeldSeries, held_series
from frankpledge.indicators.compute import area_names
from frankpledge.model.document import Block, Cell, Column, Heading, Note, Table
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Measure
from frankpledge.periods import month_words

_PROJECTS, _TARGETS, _TRAINING = "delivery/projects/", "delivery/project-targets/", "delivery/training/"

Delivered = dict[str, tuple[int, int, int]]
"""Measure → how many in all, first and last month of what was sent."""


def provision(enquiry: Enquiry) -> list[Block]:
    """Every output of every project and course that was sent for the period, whether an indicator reads it or not."""
    names = area_names(enquiry.warehouse, enquiry.partnership.areas)
    blocks: list[Block] = []
    for code in enquiry.partnership.areas:
        name = names.get(code, code)
        blocks += [*_projects(enquiry, code, name), *_courses(enquiry, code, name)]
    lacking = Note("information", enquiry.wording.sentence("provision", "not held", period=enquiry.period.words()))
    return [Heading(1, enquiry.wording.word("provision", "heading")), *(blocks or [lacking])]


def _projects(enquiry: Enquiry, code: str, name: str) -> list[Block]:
    series, sent = _sent(enquiry, "project-outputs", code)
    outputs = {measure: one for measure, one in sent.items() if measure.startswith(_PROJECTS)}
    if not series or not outputs:
        return []
    rows = []
    for measure, achieved in sorted(outputs.items()):
        project, _, output = measure.removeprefix(_PROJECTS).partition("/")
        agreed = sent.get(f"{_TARGETS}{project}/{output}")
        number = _estimate(enquiry, series, code, name, measure, achieved)
        target = _estimate(enquiry, series, code, name, f"{_TARGETS}{project}/{output}", agreed) if agreed else None
        rows.append((_words(project), _words(output), _months(achieved), *_counts(number, target)))
    columns = ("Project", "What is counted", "Months sent")
    return [
        Table(
            slug=f"provision-projects-{code}",
            title=f"What projects delivered, {name}, {enquiry.period.words()}",
            columns=(*map(Column, columns), Column("Delivered", True), Column("Agreed", True)),
            rows=tuple(rows),
            source=f"{series_words(Series(series.dataset, series.release))}.",
            notes=(enquiry.wording.sentence("provision", "as reported"),),
        )
    ]


def _courses(enquiry: Enquiry, code: str, name: str) -> list[Block]:
    series, sent = _sent(enquiry, "training-delivered", code)
    courses = sorted({measure.removeprefix(_TRAINING).partition("/")[0] for measure in sent})
    if not series or not courses:
        return []
    rows = []
    for course in courses:
        kinds = [f"{_TRAINING}{course}/{kind}" for kind in ("sessions", "people", "more-confident")]
        found = [_estimate(enquiry, series, code, name, one, sent[one]) if one in sent else None for one in kinds]
        rows.append((_words(course), _months(sent[next(one for one in kinds if one in sent)]), *_counts(*found)))
    columns = ("Sessions", "People", "More confident afterwards")
    return [
        Table(
            slug=f"provision-training-{code}",
            title=f"Training, {name}, {enquiry.period.words()}",
            columns=(Column("Course"), Column("Months sent"), *(Column(one, True) for one in columns)),
            rows=tuple(rows),
            source=f"{series_words(Series(series.dataset, series.release))}.",
        )
    ]


def _sent(enquiry: Enquiry, dataset: str, code: str) -> tuple[HeldSeries | None, Delivered]:
    """What the newest series of a dataset holds within the period, each measure summed without counting twice."""
    series = held_series(enquiry.warehouse, dataset)
    if not series:
        return None, {}
    rows = enquiry.warehouse.con.execute(
        """
        SELECT measure, first_month, last_month, value FROM published_value
        WHERE series_id = ? AND area_code = ? AND value IS NOT NULL AND first_month >= ? AND last_month <= ?
        ORDER BY measure, first_month, last_month DESC
        """,
        [series[-1].series_id, code, enquiry.period.first, enquiry.period.last],
    ).fetchall()
    return series[-1], _summed(rows)


def _summed(rows: Iterable[Sequence[object]]) -> Delivered:
    """The longest spans first, and none that overlaps one already taken."""
    summed: Delivered = {}
    for measure, first, last, value in rows:
        assert isinstance(measure, str) and isinstance(first, int) and isinstance(last, int)
        total, since, until = summed.get(measure, (0, first, first - 1))
        if first > until:
            summed[measure] = (total + round(float(str(value))), since, last)
    return summed


def _estimate(
    enquiry: Enquiry, series: HeldSeries, code: str, name: str, measure: str, sent: tuple[int, int, int]
) -> Estimate:
    exact = Estimate(
        indicator=measure,
        area_code=code,
        area_name=name,
        period=enquiry.period.text,
        numerator=sent[0],
        denominator=None,
        value=None,
        low=None,
        high=None,
        method="as sent",
        status=Status.FINAL,
        series=Series(series.dataset, series.release),
        population=None,
        definition="",
        policy=series.policy,
        invented=series.invented,
    )
    return treat_estimate(exact, enquiry.audience)


def _counts(*estimates: Estimate | None) -> tuple[Cell, ...]:
    return tuple("" if one is None else of_estimate(one, Measure.COUNT) for one in estimates)


def _months(sent: tuple[int, int, int]) -> str:
    return f"{month_words(sent[1])} to {month_words(sent[2])}"


def _words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
