"""The one rule by which a change is called a change.

Two counts with their populations are compared by the two-sided exact conditional test, widened to how much the months
of the series scatter; two shares by the chi-squared test. The areas of one table are judged together, as a family,
with control of false discoveries. At 5% or less after that the figure *rose* or *fell*; above it there is *no clear
change*. Fewer than ten in both periods together are *too few to say*. Rounded counts are compared as near to each other
as they may lie. A figure that is missing, or read from another
series, *cannot be compared*. See docs/adr/0016-one-verdict-rule-with-scatter.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scipy.stats import false_discovery_control

from frankpledge.model.estimate import Estimate
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import parse_period
from frankpledge.sources.registry import all_sources
from frankpledge.sources.source import Break
from frankpledge.statistics.bounds import Bounds, exactly
from frankpledge.statistics.change import Change, compare_counts
from frankpledge.statistics.shares import compare_shares

LEVEL = 0.05
TOO_FEW = 10


@dataclass(frozen=True)
class Question:
    """Has this changed?

    Attributes
    ----------
    current, against
        An area's estimate, and that of an earlier period.
    scatter
        How many times the chance variance its months show (`scatter.scatters_of`); None where that is not known, and
        then it is taken to be chance alone.
    """

    current: Estimate
    against: Estimate
    scatter: float | None = None


def judge_change(current: Estimate, against: Estimate, scatter: float | None = None) -> Finding:
    """Judge one change that is asked about by itself: an indicator of a partnership's own area."""
    return judge_family([Question(current, against, scatter)])[0]


def judge_family(questions: Sequence[Question]) -> list[Finding]:
    """Judge the changes of one indicator in several areas.

    A table of areas is searched for those that changed, and of twenty in which nothing has one seems to have, at 5%.
    Within a family no more than one in twenty of those called a change is a false one, on average.

    Parameters
    ----------
    questions
        All areas of one table. Those that cannot be tested, or have too few events to be, do not count.

    Returns
    -------
    list of Finding
        One for each, in the order given.

    Notes
    -----
    Benjamini and Hochberg (1995), *Journal of the Royal Statistical Society* B 57.
    """
    tested = [_tested(one) for one in questions]
    p_values = [one.p_value for one in tested if one.p_value is not None]
    adjusted = iter(false_discovery_control(p_values).tolist() if p_values else [])
    return [
        one
        if one.p_value is None
        else replace(one, adjusted=(q := next(adjusted)), verdict=_verdict(one, q), family=len(p_values))
        for one in tested
    ]


def _tested(question: Question) -> Finding:
    """A finding whose verdict is still open, or one that needs no test."""
    current, against = question.current, question.against
    reason = _why_not(current, against)
    if reason:
        return Finding(current, against, Verdict.CANNOT_COMPARE, reason=reason)
    caveats = tuple(one.words for one in breaks_between(current, against))
    before, now = against.numerator, current.numerator
    assert before is not None and now is not None
    if _range(against).low + _range(current).low < TOO_FEW:
        return Finding(current, against, Verdict.TOO_FEW, caveats=caveats)
    if current.share and current.denominator and against.denominator:
        return Finding(
            current,
            against,
            Verdict.NO_CLEAR_CHANGE,
            p_value=_p_of_shares(question, against.denominator, current.denominator),
            scatter=question.scatter,
            caveats=caveats,
        )
    change = _compared(question, before, now)
    return Finding(
        current,
        against,
        Verdict.NO_CLEAR_CHANGE,
        p_value=change.p_value,
        ratio=change.ratio,
        ratio_low=change.ratio_low,
        ratio_high=change.ratio_high,
        scatter=question.scatter,
        caveats=caveats,
    )


def _compared(question: Question, before: int, now: int) -> Change:
    """Two counts compared; of rounded ones, what holds wherever they lie.

    The p-value is then that of the two as near to each other as they can be, and the interval of the ratio goes from
    the most before and the least now to the least before and the most now.
    """
    exposures = _exposures(question.current, question.against)
    looked_at = (before, now), *_ends(question)
    # Exact counts lie where they are shown, and are compared once.
    made = {
        pair: compare_counts(*pair, *exposures, excess=question.scatter or 1.0) for pair in dict.fromkeys(looked_at)
    }
    shown, fewest, most = (made[pair] for pair in looked_at)
    then, since = _range(question.against).per(exposures[0]), _range(question.current).per(exposures[1])
    p_value = 1.0 if _may_be_alike(then, since) else max(fewest.p_value, most.p_value)
    return replace(shown, p_value=p_value, ratio_low=fewest.ratio_low, ratio_high=most.ratio_high)


def _p_of_shares(question: Question, of_before: int, of_now: int) -> float:
    """The same of shares, whose wholes are taken as they are shown."""
    then, since = _range(question.against).per(of_before), _range(question.current).per(of_now)
    if _may_be_alike(then, since):
        return 1.0
    excess = question.scatter or 1.0
    return max(
        compare_shares(min(one, of_before), of_before, min(other, of_now), of_now, excess=excess).p_value
        for one, other in _ends(question)
    )


def _may_be_alike(then: Bounds, since: Bounds) -> bool:
    return not (then.exact and since.exact) and then.overlaps(since)


def _ends(question: Question) -> tuple[tuple[int, int], tuple[int, int]]:
    """The most before and the least now, and the least before and the most now; twice the same of exact counts."""
    then, since = _range(question.against), _range(question.current)
    return (int(then.high), int(since.low)), (int(then.low), int(since.high))


def _range(estimate: Estimate) -> Bounds:
    if estimate.least is None or estimate.most is None:
        return exactly(estimate.numerator or 0)
    return Bounds(estimate.least, estimate.most)


def _why_not(current: Estimate, against: Estimate) -> str:
    for estimate in (against, current):
        if estimate.missing:
            return f"{parse_period(estimate.period).words()} is missing ({estimate.why_missing})"
        if estimate.numerator is None:
            return f"{parse_period(estimate.period).words()} has no count of its own"
    if current.series != against.series:
        return f"one figure is from {current.series} and the other from {against.series}"
    return ""


def _exposures(current: Estimate, against: Estimate) -> tuple[float, float]:
    """Residents then and now; alike where either is not known, which compares the counts alone."""
    if current.denominator and against.denominator:
        return float(against.denominator), float(current.denominator)
    return 1.0, 1.0


def _verdict(finding: Finding, adjusted: float) -> Verdict:
    if adjusted > LEVEL:
        return Verdict.NO_CLEAR_CHANGE
    before, now = finding.against.numerator or 0, finding.current.numerator or 0
    rate_before, rate_now = finding.against.value, finding.current.value
    if rate_before is None or rate_now is None:
        return Verdict.ROSE if now > before else Verdict.FELL
    return Verdict.ROSE if rate_now > rate_before else Verdict.FELL


def breaks_between(current: Estimate, against: Estimate) -> Sequence[Break]:
    """Breaks in the series that fall between the beginning of one period and the end of the other."""
    first, last = parse_period(against.period).first, parse_period(current.period).last
    return [one for one in breaks_of(current) if first < one.month <= last]


def breaks_of(estimate: Estimate) -> list[Break]:
    """Every break that the source of an estimate's series declares for its area, the earliest first."""
    dataset = estimate.series.dataset if estimate.series else ""
    found = [
        one
        for registered in all_sources().values()
        if registered.source.dataset == dataset
        for one in registered.source.breaks
        if not one.areas or estimate.area_code in one.areas
    ]
    return sorted(found, key=lambda one: one.month)
