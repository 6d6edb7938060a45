"""Whether a count rose or fell by more than chance: one period against another.

A percentage alone says nothing of chance: 16 robberies becoming 25 is "up 56%" and well within it. Both
counts are noisy here, and each may have its own exposure. See the note in `compare_counts` before setting the
p-value beside the interval.
"""

from dataclasses import dataclass
from math import inf, isfinite
from operator import index

from scipy.special import betaincinv
from scipy.stats import binomtest


@dataclass(frozen=True)
class Change:
    """Two counts and what their comparison shows.

    `ratio` is the later rate over the earlier, with its interval in `ratio_low` and `ratio_high`; it is None
    when nothing happened before, since there is then no rate to compare with. `difference` is in events and
    takes no account of exposure.
    """

    before: int
    after: int
    difference: int
    ratio: float | None
    ratio_low: float
    ratio_high: float
    p_value: float
    method: str = "exact conditional"


def compare_counts(
    before: int,
    after: int,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    confidence: float = 0.95,
) -> Change:
    """Compare the counts of two periods, or two places, as independent Poisson counts.

    Parameters
    ----------
    before, after
        Events seen, whole numbers of zero or more.
    exposure_before, exposure_after
        What each count arose from, in one unit: days, residents, resident-years. Equal unless given.
    confidence
        Confidence of the interval of the ratio, between 0 and 1, with half of the remainder in each tail.

    Returns
    -------
    Change
        The p-value is two-sided, for the hypothesis that both rates are equal. With no events at all it is 1,
        and the interval of the ratio runs from 0 to infinity.

    Raises
    ------
    ValueError
        If a count is negative, an exposure is not above zero, or the confidence is not between 0 and 1.

    Notes
    -----
    The exact conditional test of Przyborowski and Wilenski (1940): given the total, the later count is
    binomial, with the later period's share of the exposure under the hypothesis. Outcomes no likelier than
    the one seen count against it. The interval is that of Clopper and Pearson (1934) for the same binomial,
    as odds. For 16 becoming 25 the p-value is 0.211; the test of Krishnamoorthy and Thomson (2004), which is
    less cautious, has 0.165.

    With unequal exposures the two can disagree at the margin, as in R: 10 events in 20,000 against 2 in
    17,877 has a p-value of 0.042, yet its 95% interval reaches 1.05 (Fay 2010, *R Journal* 2/1). Base a
    statement on one of them throughout.
    """
    # Counts from an array may be unsigned, and their difference would wrap round instead of going below zero.
    before, after = index(before), index(after)
    _check(before, after, exposure_before, exposure_after, confidence)
    tail = (1 - confidence) / 2
    relative_exposure = exposure_before / exposure_after
    odds_low, inverse_odds_low = _lowest_odds(after, before, tail), _lowest_odds(before, after, tail)
    return Change(
        before=before,
        after=after,
        difference=after - before,
        ratio=after / before * relative_exposure if before else None,
        ratio_low=odds_low * relative_exposure,
        ratio_high=relative_exposure / inverse_odds_low if before else inf,
        p_value=_p_value(before, after, exposure_after / (exposure_before + exposure_after)),
    )


def _check(before: int, after: int, exposure_before: float, exposure_after: float, confidence: float) -> None:
    if before < 0 or after < 0:
        raise ValueError(f"Counts must be zero or more, not {before} and {after}.")
    for exposure in (exposure_before, exposure_after):
        if not (exposure > 0 and isfinite(exposure)):
            raise ValueError(f"An exposure must be a number above zero, not {exposure}.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")


def _p_value(before: int, after: int, share: float) -> float:
    # No events say nothing either way, and a binomial of no trials is refused by `binomtest`.
    if before + after == 0:
        return 1.0
    return float(binomtest(after, before + after, share).pvalue)


def _lowest_odds(these: int, others: int, tail: float) -> float:
    """Clopper and Pearson's lower limit of the odds of an event being one of these.

    From the beta distribution rather than `proportion_ci`, whose search stops at a fixed distance: with one
    event against 900,000 that is a noticeable part of the limit itself.
    """
    if these == 0:
        return 0.0
    share = float(betaincinv(these, others + 1, tail))
    return share / (1 - share)
