"""Several indicators in one table: how many, at what rate, and whether they changed."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.assessment.blocks.comparisons import source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Finding


def indicator_table(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """A row for each indicator: this period and the one before, what it is per, and whether it clearly changed."""
    return [
        table
        for area in enquiry.areas
        for table in _tables(enquiry, area, [enquiry.change(one, area) for one in indicators], indicators)
    ]


def _tables(enquiry: Enquiry, area: str, findings: Sequence[Finding], indicators: Sequence[Indicator]) -> list[Table]:
    held = [
        (indicator, finding)
        for indicator, finding in zip(indicators, findings, strict=True)
        if not finding.current.missing
    ]
    if not held:
        return []
    both = any(not finding.against.missing and not indicator.people for indicator, finding in held)
    before, now = enquiry.before.words(), enquiry.period.words()
    columns = [Column("Measure")]
    if both:
        columns.append(Column("Number", True, before))
    columns += [Column("Number", True, now), Column("Rate or share", True, now), Column("For every", False, now)]
    if both:
        columns += [Column("Number", True, "Change"), Column("Clear change?", False, "Change")]
    lacking = [one.title for one, finding in zip(indicators, findings, strict=True) if finding.current.missing]
    name = held[0][1].current.area_name
    return [
        Table(
            slug=f"measures-{held[0][0].slug}-{area}",
            title=f"Measures of {name}, {f'{before} and ' if both else ''}{now}",
            columns=tuple(columns),
            rows=tuple(_row(enquiry, indicator, finding, both) for indicator, finding in held),
            source=_sources(enquiry, indicators),
            notes=((f"Not held: {'; '.join(lacking)}.",),) if lacking else (),
        )
    ]


def _row(enquiry: Enquiry, indicator: Indicator, finding: Finding, both: bool) -> tuple[Cell, ...]:
    level: tuple[Cell, ...] = (_count(finding.current), _rate(finding.current), _base(indicator, finding.current))
    if not both:
        return (indicator.title, *level)
    # A Census serves both periods: that nothing changed between them would be said of one count.
    if indicator.people:
        return (indicator.title, "", *level, "", "")
    return (
        indicator.title,
        _count(finding.against),
        *level,
        "" if finding.difference is None else of_finding(finding, Measure.COUNT_CHANGE),
        enquiry.wording.word("verdicts", finding.verdict.value),
    )


def _count(estimate: Estimate) -> Cell:
    return "" if estimate.numerator is None and not estimate.missing else of_estimate(estimate, Measure.COUNT)


def _rate(estimate: Estimate) -> Cell:
    return "" if estimate.value is None else of_estimate(estimate, Measure.RATE)


def _base(indicator: Indicator, estimate: Estimate) -> str:
    """What the rate is for every: its own unit where somebody published it."""
    if estimate.value is None or indicator.unit:
        return "" if estimate.value is None else indicator.unit
    return indicator.per.removeprefix("per ")


def _sources(enquiry: Enquiry, indicators: Sequence[Indicator]) -> str:
    lines = [source_line(enquiry.comparison(one)).removesuffix(".") for one in indicators]
    return "; ".join(dict.fromkeys(part for line in lines for part in line.split("; ") if part)) + "."
