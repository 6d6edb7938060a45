"""Whether a count rose or fell by more than chance: one period against another, or against several.

A percentage alone says nothing of chance: 16 robberies becoming 25 is "up 56%" and well within it. Both
counts are noisy here, and each may have its own exposure. See the note in `compare_counts` before setting the
p-value beside the interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, hypot, inf, isfinite, sqrt
from operator import index

import numpy as np
from scipy.special import betaincinv
from scipy.stats import betabinom, binomtest, poisson_means_test
from scipy.stats import t as student

from frankpledge.statistics.dispersion import excess_variation
from frankpledge.statistics.rates import rate_interval

# Beyond so many standard deviations a probability is below 1e-30, and adds nothing to any p-value.
_FAR = 12
# So many outcomes either way are looked at always: with few events the tails are longer than deviations tell.
_ALL = 10_000
# So little excess changes no p-value, and the beta-binomial cannot be worked out beside it.
_NO_EXCESS = 1e-4


@dataclass(frozen=True)
class Change:
    """Two counts and what their comparison shows.

    `ratio` is the later rate over the earlier, with its interval in `ratio_low` and `ratio_high`; it is None
    when nothing happened before, since there is then no rate to compare with. `difference` is in events and
    takes no account of exposure. `excess` is how many times the Poisson variance was allowed for.
    """

    before: int
    after: int
    difference: int
    ratio: float | None
    ratio_low: float
    ratio_high: float
    p_value: float
    excess: float = 1.0
    method: str = "exact conditional"


def compare_counts(
    before: int,
    after: int,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    confidence: float = 0.95,
    excess: float = 1.0,
) -> Change:
    """Compare the counts of two periods, or two places, that are independent of each other.

    Parameters
    ----------
    before, after
        Events seen, whole numbers of zero or more.
    exposure_before, exposure_after
        What each count arose from, in one unit: days, residents, resident-years. Equal unless given.
    confidence
        Confidence of the interval of the ratio, between 0 and 1, with half of the remainder in each tail.
    excess
        Variance of a count as a multiple of its mean, one or more: see `dispersion.monthly_excess`. One is
        Poisson's.

    Returns
    -------
    Change
        The p-value is two-sided, for the hypothesis that both rates are equal. With no events at all it is 1,
        and the interval of the ratio runs from 0 to infinity.

    Raises
    ------
    ValueError
        If a count is negative, an exposure is not above zero, the confidence is not between 0 and 1, or the
        excess is below one.

    Notes
    -----
    The exact conditional test of Przyborowski and Wilenski (1940): given the total, the later count is
    binomial, with the later period's share of the exposure under the hypothesis. Outcomes no likelier than
    the one seen count against it. The interval is that of Clopper and Pearson (1934) for the same binomial,
    as odds. For 16 becoming 25 the p-value is 0.211; the test of Krishnamoorthy and Thomson (2004), which is
    less cautious, has 0.165.

    With excess, each count is taken as negative binomial with the variance a multiple of the mean. Given the
    total, the later count is then beta-binomial, and the test is still exact but for the total standing in for the
    means; the interval is that of counts divided by the excess (quasi-likelihood; McCullagh and Nelder 1989).

    With unequal exposures the two can disagree at the margin, as in R: 10 events in 20,000 against 2 in
    17,877 has a p-value of 0.042, yet its 95% interval reaches 1.05 (Fay 2010, *R Journal* 2/1). Base a
    statement on one of them throughout.
    """
    # Counts from an array may be unsigned, and their difference would wrap round instead of going below zero.
    before, after = index(before), index(after)
    _check(before, after, exposure_before, exposure_after, confidence)
    if not (excess >= 1 and isfinite(excess)):
        raise ValueError(f"Excess is a multiple of the Poisson variance, one or more, not {excess}.")
    tail = (1 - confidence) / 2
    relative_exposure = exposure_before / exposure_after
    odds_low = _lowest_odds(after / excess, before / excess, tail)
    inverse_odds_low = _lowest_odds(before / excess, after / excess, tail)
    return Change(
        before=before,
        after=after,
        difference=after - before,
        ratio=after / before * relative_exposure if before else None,
        ratio_low=odds_low * relative_exposure,
        ratio_high=relative_exposure / inverse_odds_low if before else inf,
        p_value=_p_value(before, after, exposure_after / (exposure_before + exposure_after), excess),
        excess=excess,
    )


def e_test(before: int, after: int, exposure_before: float = 1.0, exposure_after: float = 1.0) -> float:
    """The p-value of the E-test, which is less cautious than the exact conditional test.

    Parameters
    ----------
    before, after, exposure_before, exposure_after
        As for `compare_counts`.

    Returns
    -------
    float
        Two-sided, for the hypothesis that both rates are equal. For 16 becoming 25 it is 0.165.

    Raises
    ------
    ValueError
        If a count is negative or an exposure is not above zero.

    Notes
    -----
    Krishnamoorthy and Thomson (2004), "A more powerful test for comparing two Poisson means", *Journal of
    Statistical Planning and Inference* 119. It takes the counts as Poisson; there is no allowance for excess.
    """
    before, after = index(before), index(after)
    _check(before, after, exposure_before, exposure_after, 0.95)
    # No outcome is nearer than none apart; SciPy leaves out that of no events at all, which has no variance.
    if after * exposure_before == before * exposure_after:
        return 1.0
    return float(poisson_means_test(after, exposure_after, before, exposure_before).pvalue)


@dataclass(frozen=True)
class Difference:
    """By how much a rate or a share changed, with its interval, all in the unit asked for."""

    value: float
    low: float
    high: float


def rate_difference(
    before: int,
    after: int,
    exposure_before: float,
    exposure_after: float,
    per: int = 1000,
    confidence: float = 0.95,
    excess: float = 1.0,
) -> Difference:
    """The later rate less the earlier, with its interval.

    Parameters
    ----------
    before, after, exposure_before, exposure_after, confidence, excess
        As for `compare_counts`.
    per
        How many units of exposure the rates are given for.

    Returns
    -------
    Difference
        In events per `per` units of exposure.

    Raises
    ------
    ValueError
        For the reasons given in `compare_counts` and `rates.rate_interval`.

    Notes
    -----
    The interval is put together from those of the two rates: Zou and Donner (2008), "Construction of confidence
    limits about effect measures", *Statistics in Medicine* 27. Excess widens it by its square root.
    """
    if not (excess >= 1 and isfinite(excess)):
        raise ValueError(f"Excess is a multiple of the Poisson variance, one or more, not {excess}.")
    earlier = rate_interval(before, exposure_before, per, confidence)
    later = rate_interval(after, exposure_after, per, confidence)
    wider = sqrt(excess)
    difference = later.value - earlier.value
    return Difference(
        value=difference,
        low=difference - wider * hypot(later.value - later.low, earlier.high - earlier.value),
        high=difference + wider * hypot(later.high - later.value, earlier.value - earlier.low),
    )


def compare_with_years(
    earlier: Sequence[int], after: int, exposures: Sequence[float] | None = None, exposure_after: float = 1.0
) -> Change:
    """Compare a year with several before it, allowing for how much those differ among themselves.

    One year before may have been an odd one. Several say what is usual, and how far years stray from it.

    Parameters
    ----------
    earlier
        Count of each earlier year, two or more, without gaps for missing years. From two or three the scatter of years
        is hardly known, and only a very large change is clear.
    after
        Count of the year judged.
    exposures, exposure_after
        What each count arose from, in one unit; equal unless given.

    Returns
    -------
    Change
        Against the earlier years together: `before` is their total, `difference` what the year has above their
        mean, rounded to whole events.

    Raises
    ------
    ValueError
        If there are fewer than two earlier years, exposures are not as many or not above zero, or for the reasons
        given in `compare_counts`.

    Notes
    -----
    The p-value is the larger of the exact conditional test's, which knows chance alone, and of Student's for a further
    draw from years that scatter as these do.
    """
    if len(earlier) < 2:
        raise ValueError("A baseline takes at least two earlier years.")
    at_risk = np.ones(len(earlier)) if exposures is None else np.asarray(exposures, dtype=np.float64)
    if at_risk.shape != (len(earlier),) or not np.all(np.isfinite(at_risk) & (at_risk > 0)):
        raise ValueError(f"Each of the {len(earlier)} earlier years needs an exposure above zero.")
    counts = np.asarray(earlier, dtype=np.float64)
    excess = excess_variation(counts, at_risk * (counts.sum() / at_risk.sum()))
    before = sum(index(count) for count in earlier)
    together = float(at_risk.sum())
    change = compare_counts(before, after, together, exposure_after, excess=excess)
    by_chance = compare_counts(before, after, together, exposure_after).p_value
    usual = before * exposure_after / together
    strayed = abs(change.after - usual) / sqrt(excess * usual * (1 + exposure_after / together)) if usual else inf
    # Years that scatter no more than chance leave nothing to be learnt of scatter.
    scattered = float(2 * student.sf(strayed, len(earlier) - 1)) if excess > 1 else 0.0
    return replace(change, difference=round(change.after - usual), p_value=max(by_chance, scattered))


def _check(before: int, after: int, exposure_before: float, exposure_after: float, confidence: float) -> None:
    if before < 0 or after < 0:
        raise ValueError(f"Counts must be zero or more, not {before} and {after}.")
    for exposure in (exposure_before, exposure_after):
        if not (exposure > 0 and isfinite(exposure)):
            raise ValueError(f"An exposure must be a number above zero, not {exposure}.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")


def _p_value(before: int, after: int, share: float, excess: float) -> float:
    # No events say nothing either way, and a binomial of no trials is refused by `binomtest`.
    if before + after == 0:
        return 1.0
    if excess - 1 < _NO_EXCESS:
        return float(binomtest(after, before + after, share).pvalue)
    return _scattered_p_value(after, before + after, share, excess)


def _scattered_p_value(after: int, total: int, share: float, excess: float) -> float:
    """As `binomtest`, outcomes no likelier than the one seen together, for the beta-binomial distribution."""
    reach = _FAR * sqrt(total * share * (1 - share) * excess) + _ALL
    lowest, highest = max(0, floor(total * share - reach)), min(total, ceil(total * share + reach))
    if not lowest <= after <= highest:
        return 0.0
    size = total / (excess - 1)
    chances = betabinom.pmf(np.arange(lowest, highest + 1), total, size * share, size * (1 - share))
    # The same allowance for rounding as SciPy's own exact tests make.
    return min(1.0, float(chances[chances <= chances[after - lowest] * (1 + 1e-7)].sum()))


def _lowest_odds(these: float, others: float, tail: float) -> float:
    """Clopper and Pearson's lower limit of the odds of an event being one of these.

    From the beta distribution rather than `proportion_ci`, whose search stops at a fixed distance: with one
    event against 900,000 that is a noticeable part of the limit itself.
    """
    if these == 0:
        return 0.0
    share = float(betaincinv(these, others + 1, tail))
    return share / (1 - share)
