"""What residents say, and what other agencies count: each measure with where it is from and how new it is."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.assessment.datasets import dataset_title, series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.newest import newest_period
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.document import Block, Cell, Column, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.periods import Period
from frankpledge.sources.registry import all_sources


def survey(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """What residents say: each measure of a survey with its interval, beside a year before, with its release."""
    told = _rows(enquiry, indicators)
    return [block for area, rows in told for block in _survey_table(enquiry, area, rows, indicators)]


Row = tuple[Indicator, Period, Estimate, Estimate]


def _rows(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[tuple[str, list[Row]]]:
    """Each area with the newest figure of every indicator that is held for it, and that of a year before."""
    held = _held(enquiry, indicators)
    told = []
    for area in enquiry.areas:
        pairs = [(one, period, *_pair(enquiry, one, area, period)) for one, period in held]
        rows = [row for row in pairs if not row[2].missing]
        if rows:
            told.append((area, rows))
    return told


def _survey_table(enquiry: Enquiry, area: str, rows: Sequence[Row], indicators: Sequence[Indicator]) -> list[Block]:
    name = rows[0][2].area_name
    both = any(not before.missing for *_, before in rows)
    ranged = any(now.low is not None for _, _, now, _ in rows)
    columns = [Column("What residents say"), Column("Period"), Column("Value", True)]
    columns += [Column("95% from", True), Column("to", True)] if ranged else []
    columns += [Column("A year before", True), Column("Change in points", True)] if both else []
    columns.append(Column("Beyond chance?"))
    lacking = [one.title for one in indicators if one not in [row[0] for row in rows]]
    used = dict.fromkeys(series_words(one.series) for row in rows for one in row[2:] if one.series)
    table = Table(
        slug=f"survey-{rows[0][0].slug}-{area}",
        title=f"What residents of {name} say, newest results up to {enquiry.period.words()}",
        columns=tuple(columns),
        rows=tuple(_survey_row(enquiry, row, both, ranged) for row in rows),
        source=f"{'; '.join(used)}.",
        notes=(*_not_held(lacking), enquiry.wording.sentence("survey", "read")),
    )
    return [Paragraph(_survey_sentence(enquiry, rows)), table]


def _survey_row(enquiry: Enquiry, row: Row, both: bool, ranged: bool) -> tuple[Cell, ...]:
    indicator, period, now, before = row
    cells: list[Cell] = [f"{indicator.title} ({indicator.per})", period.words(), of_estimate(now, Measure.RATE)]
    if ranged:
        cells += ["", ""] if now.low is None else [of_estimate(now, Measure.LOW), of_estimate(now, Measure.HIGH)]
    if both:
        points = None if before.value is None or now.value is None else now.value - before.value
        change = worked_out(now, Measure.RATE_CHANGE, points, (now, before), against=before.period)
        cells += ["", ""] if before.missing else [of_estimate(before, Measure.RATE), change]
    return (*cells, enquiry.wording.word("survey_verdicts", _beyond_chance(now, before)))


def _beyond_chance(now: Estimate, before: Estimate) -> str:
    """Whether intervals lie apart: stricter than a test of the difference, and all that published values allow."""
    if now.missing or before.missing:
        return "not known"
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return "no interval"
    return "rose" if now.low > before.high else "fell" if now.high < before.low else "no clear change"


def _survey_sentence(enquiry: Enquiry, rows: Sequence[Row]) -> Runs:
    clear = [row for row in rows if _beyond_chance(row[2], row[3]) in ("rose", "fell")]
    if not clear:
        return enquiry.wording.sentence("survey", "none", number=str(len(rows)))
    titles = "; ".join(
        f"{indicator.title.lower()} {_beyond_chance(now, before)}" for indicator, _, now, before in clear
    )
    return enquiry.wording.sentence("survey", "clear", titles=titles)


def other_agencies(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """Measures of other agencies' data in a table: agency, dataset, newest period, number, rate, and a year before."""
    return [_agencies_table(enquiry, area, rows, indicators) for area, rows in _rows(enquiry, indicators)]


def _agencies_table(enquiry: Enquiry, area: str, rows: Sequence[Row], indicators: Sequence[Indicator]) -> Table:
    lacking = [one.title for one in indicators if one not in [row[0] for row in rows]]
    used = dict.fromkeys(series_words(one.series) for row in rows for one in row[2:] if one.series)
    return Table(
        slug=f"other-agencies-{rows[0][0].slug}-{area}",
        title=f"What other agencies count, {rows[0][2].area_name}, newest figures up to {enquiry.period.words()}",
        columns=(
            Column("Measure"),
            Column("Agency"),
            Column("Dataset"),
            Column("Newest period"),
            Column("Number", True),
            Column("Rate or share", True),
            Column("For every"),
            Column("A year before", True),
        ),
        rows=tuple(_agency_row(row) for row in rows),
        source=f"{'; '.join(used)}.",
        notes=_not_held(lacking),
    )


def _agency_row(row: Row) -> tuple[Cell, ...]:
    indicator, period, now, before = row
    dataset = now.series.dataset if now.series else ""
    alone = indicator.denominator.against is Against.NOTHING and not indicator.unit
    measure = Measure.COUNT if now.numerator is not None else Measure.RATE
    return (
        indicator.title,
        _publisher(dataset),
        dataset_title(dataset),
        period.words(),
        "" if now.numerator is None else of_estimate(now, Measure.COUNT),
        "" if now.value is None or alone else of_estimate(now, Measure.RATE),
        "" if now.value is None or alone else indicator.per.removeprefix("per "),
        "not held" if before.missing else of_estimate(before, measure),
    )


def _publisher(dataset: str) -> str:
    known = {one.source.dataset: one.source.publisher for one in all_sources().values()}
    return known.get(dataset, "")


def _held(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[tuple[Indicator, Period]]:
    found = [(one, newest_period(enquiry, one)) for one in indicators]
    enquiry.told_otherwise |= {one.slug for one, period in found if period not in (None, enquiry.period)}
    return [(one, period) for one, period in found if period is not None]


def _pair(enquiry: Enquiry, indicator: Indicator, area: str, period: Period) -> tuple[Estimate, Estimate]:
    before = period.year_before()
    answer = enquiry.own(indicator, period, before)
    return answer.of(area, period), answer.of(area, before)


def _not_held(titles: Sequence[str]) -> tuple[Runs, ...]:
    return ((f"Not held: {'; '.join(titles)}.",),) if titles else ()
