"""The one rule by which a change is called a change.

Two counts with their populations are compared by the two-sided exact conditional test. At 5% or less the
count *rose* or *fell*; above it there is *no clear change*. Fewer than ten in both periods together are
*too few to say*. A figure that is missing, or read from another series, *cannot be compared*.
See docs/adr/0006-one-verdict-rule.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.model.estimate import Estimate
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import parse_period
from frankpledge.sources.registry import all_sources
from frankpledge.sources.source import Break
from frankpledge.statistics.change import compare_counts

LEVEL = 0.05
TOO_FEW = 10


def judge_change(current: Estimate, against: Estimate) -> Finding:
    """Compare an area's estimate with that of an earlier period."""
    reason = _why_not(current, against)
    if reason:
        return Finding(current, against, Verdict.CANNOT_COMPARE, None, None, None, None, reason)
    assert current.numerator is not None and against.numerator is not None
    change = compare_counts(against.numerator, current.numerator, *_exposures(current, against))
    return Finding(
        current,
        against,
        _verdict(current, against, change.p_value),
        change.p_value,
        change.ratio,
        change.ratio_low,
        change.ratio_high,
        caveats=tuple(one.words for one in breaks_between(current, against)),
    )


def _why_not(current: Estimate, against: Estimate) -> str:
    for estimate in (against, current):
        if estimate.missing:
            return f"{parse_period(estimate.period).words()} is missing ({estimate.why_missing})"
    if current.series != against.series:
        return f"one figure is from {current.series} and the other from {against.series}"
    return ""


def _exposures(current: Estimate, against: Estimate) -> tuple[float, float]:
    """Residents then and now; alike where either is not known, which compares the counts alone."""
    if current.denominator and against.denominator:
        return float(against.denominator), float(current.denominator)
    return 1.0, 1.0


def _verdict(current: Estimate, against: Estimate, p_value: float) -> Verdict:
    before, now = against.numerator or 0, current.numerator or 0
    if before + now < TOO_FEW:
        return Verdict.TOO_FEW
    if p_value > LEVEL:
        return Verdict.NO_CLEAR_CHANGE
    rate_before, rate_now = against.value, current.value
    if rate_before is None or rate_now is None:
        return Verdict.ROSE if now > before else Verdict.FELL
    return Verdict.ROSE if rate_now > rate_before else Verdict.FELL


def breaks_between(current: Estimate, against: Estimate) -> Sequence[Break]:
    """Breaks in the series that fall between the beginning of one period and the end of the other."""
    first, last = parse_period(against.period).first, parse_period(current.period).last
    dataset = current.series.dataset if current.series else ""
    return [
        one
        for registered in all_sources().values()
        if registered.source.dataset == dataset
        for one in registered.source.breaks
        if first < one.month <= last and (not one.areas or current.area_code in one.areas)
    ]
