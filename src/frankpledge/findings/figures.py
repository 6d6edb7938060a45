"""Figures from estimates and findings: the only place a document's numbers are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Finding

_WORST_FIRST = (Status.SUPPRESSED, Status.MISSING, Status.ROUNDED, Status.PROVISIONAL, Status.FINAL)


def weakest(estimates: Sequence[Estimate]) -> Status:
    """The status of the estimate that can be relied on least."""
    return min((estimate.status for estimate in estimates), key=_WORST_FIRST.index)


def of_estimate(estimate: Estimate, measure: Measure) -> Figure:
    """A count, rate, limit or population; of an estimate that is a share in per cent, the share or a limit of it."""
    value = {
        Measure.COUNT: estimate.numerator,
        Measure.RATE: estimate.value,
        Measure.LOW: estimate.low,
        Measure.HIGH: estimate.high,
        Measure.POPULATION: estimate.denominator,
        Measure.COUNT_LOW: estimate.low,
        Measure.COUNT_HIGH: estimate.high,
        Measure.SHARE: estimate.value,
        Measure.SHARE_LOW: estimate.low,
        Measure.SHARE_HIGH: estimate.high,
    }[measure]
    return worked_out(estimate, measure, value, (estimate,))


def of_finding(finding: Finding, measure: Measure, *, unsigned: bool = False) -> Figure:
    """A change in count, rate or per cent."""
    value = {
        Measure.COUNT_CHANGE: finding.difference,
        Measure.RATE_CHANGE: finding.rate_difference,
        Measure.PERCENT_CHANGE: finding.percent,
    }[measure]
    behind = (finding.current, finding.against)
    return worked_out(finding.current, measure, value, behind, against=finding.against.period, unsigned=unsigned)


def worked_out(
    of: Estimate,
    measure: Measure,
    value: float | None,
    behind: Sequence[Estimate],
    *,
    against: str = "",
    unsigned: bool = False,
) -> Figure:
    """Any other number worked out from estimates, such as a rank or a mean."""
    return Figure(
        of.indicator,
        of.area_code,
        of.period,
        against,
        measure,
        value,
        weakest(behind),
        tuple(behind),
        unsigned,
        of.part,
    )


def from_exact(
    of: Estimate, measure: Measure, value: float | None, behind: Sequence[Estimate], *, against: str = ""
) -> Figure:
    """A number worked out from exact counts: withheld as soon as one of them is rounded or withheld."""
    treated = any(one.status in (Status.ROUNDED, Status.SUPPRESSED) for one in behind)
    figure = worked_out(of, measure, None if treated else value, behind, against=against)
    return replace(figure, status=Status.SUPPRESSED) if treated else figure
