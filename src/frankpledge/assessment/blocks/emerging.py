"""What rose that nobody asked about: every indicator held, judged as one family."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.findings.judge import LEVEL, Question, judge_family
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.definition import Indicator, read_indicators
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Table
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Finding, Verdict

_SHOWN = 10


def emerging(enquiry: Enquiry) -> list[Block]:
    """What clearly rose outside this document's main indicators, among all that are held, judged as one family."""
    blocks: list[Block] = []
    for area in enquiry.areas:
        judged = _judged(enquiry, area)
        if not judged:
            continue
        main = set(enquiry.definition.main_indicators)
        rose = [
            (indicator, finding)
            for indicator, finding in judged
            if finding.verdict is Verdict.ROSE and indicator.slug not in main and indicator.polarity != "higher"
        ]
        rose.sort(key=lambda pair: (pair[1].percent is not None, -(pair[1].percent or 0)))
        name, tested = judged[0][1].current.area_name, max(finding.family for _, finding in judged)
        key = "found" if rose else "none"
        blocks.append(Paragraph(enquiry.wording.sentence("emerging", key, area=name, tested=f"{tested:,}")))
        for indicator, _ in rose[:_SHOWN]:
            enquiry.show_beside(indicator)
        if rose:
            blocks.append(_table(enquiry, area, name, rose[:_SHOWN]))
    return [Heading(1, "Emerging issues"), *blocks] if blocks else []


def _judged(enquiry: Enquiry, area: str) -> list[tuple[Indicator, Finding]]:
    """Every count of offences or incidents that is held for an area, judged together."""
    asked = [one for one in read_indicators(enquiry.workspace.definitions).values() if _may_be_asked(enquiry, one)]
    held = [one for one in asked if _has_both(enquiry, one, area)]
    enquiry.rests_on |= {one.hash for one in held}
    questions = [_question(enquiry, one, area) for one in held]
    return list(zip(held, judge_family(questions), strict=True))


def _may_be_asked(enquiry: Enquiry, indicator: Indicator) -> bool:
    """Counts that add up; a share or a survey has a family of its own."""
    if not indicator.additive or indicator.people:
        return False
    datasets = indicator.datasets.get(enquiry.kind, ())
    return any(held_series(enquiry.warehouse, dataset) for dataset in datasets)


def _has_both(enquiry: Enquiry, indicator: Indicator, area: str) -> bool:
    answer = enquiry.own(indicator)
    return all(answer.of(area, period).numerator is not None for period in (enquiry.before, enquiry.period))


def _question(enquiry: Enquiry, indicator: Indicator, area: str) -> Question:
    """The question, with the scatter of its months where that can matter.

    Scatter only makes p larger. Where p is above the level without it, so it is with it, and such a p moves no
    other's verdict under discovery control: learning the scatter would cost much and change nothing.
    """
    answer = enquiry.own(indicator)
    plain = Question(answer.of(area, enquiry.period), answer.of(area, enquiry.before))
    p_value = judge_family([plain])[0].p_value
    return enquiry.own_question(indicator, area) if p_value is not None and p_value <= LEVEL else plain


def _table(enquiry: Enquiry, area: str, name: str, rose: list[tuple[Indicator, Finding]]) -> Table:
    return Table(
        slug=f"emerging-{area}",
        title=f"What rose outside the main indicators, {name}, {enquiry.period.words()}",
        columns=(
            Column("Measure"),
            Column(enquiry.before.words(), True),
            Column(enquiry.period.words(), True),
            Column("Change", True),
            Column("Change, per cent", True),
        ),
        rows=tuple(_row(indicator, finding) for indicator, finding in rose),
        source=enquiry.wording.word("emerging", "source"),
        notes=(enquiry.wording.sentence("emerging", "overlap"),),
    )


def _row(indicator: Indicator, finding: Finding) -> tuple[Cell, ...]:
    return (
        indicator.title,
        of_estimate(finding.against, Measure.COUNT),
        of_estimate(finding.current, Measure.COUNT),
        of_finding(finding, Measure.COUNT_CHANGE),
        "from none" if finding.percent is None else of_finding(finding, Measure.PERCENT_CHANGE),
    )
