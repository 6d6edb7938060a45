"""Shares and surveys: percentage points, answers that are weighted, and people of whom something is not recorded.

A share that goes from 36.4% to 38.5% rose by 2.1 percentage points and by 5.8 per cent. The two are never
mixed: everything here is in shares between 0 and 1 and their differences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from frankpledge.statistics.change import Difference
from frankpledge.statistics.rates import wilson_limits

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShareChange:
    """Two shares and the difference between them, between -1 and 1, with its interval and p-value."""

    before: float
    after: float
    difference: Difference
    p_value: float


def compare_shares(
    before: float, of_before: float, after: float, of_after: float, confidence: float = 0.95, excess: float = 1.0
) -> ShareChange:
    """Compare two shares that are independent of each other, in percentage points.

    Parameters
    ----------
    before, after
        How many of those asked or counted: whole numbers, or of a weighted survey its share times the
        effective number of answers.
    of_before, of_after
        Out of how many, above zero; of a survey the effective number (see `effective_number`).
    confidence
        Confidence of the interval, between 0 and 1.
    excess
        Variance of a share as a multiple of chance, one or more: see `dispersion.share_excess`.

    Returns
    -------
    ShareChange
        The difference is the later share less the earlier.

    Raises
    ------
    ValueError
        If a part does not lie within its whole, the confidence is not between 0 and 1, or the excess is below one.

    Notes
    -----
    Excess divides what was counted: so many answers are worth so many fewer. The interval is Newcombe's (1998,
    *Statistics in Medicine* 17, method 10), from Wilson's limits of each share. The p-value is Pearson's chi-squared
    with (N - 1)/N, which holds down to about five expected in each cell: Campbell (2007), *Statistics in Medicine* 26.
    """
    if not excess >= 1:
        raise ValueError(f"Excess is a multiple of the chance variance, one or more, not {excess}.")
    # As plain floats: whole numbers of an array would run over in the products below, and say nothing.
    before, of_before, after, of_after = (float(one) / excess for one in (before, of_before, after, of_after))
    earlier, later = wilson_limits(before, of_before, confidence), wilson_limits(after, of_after, confidence)
    difference = later.value - earlier.value
    return ShareChange(
        before=earlier.value,
        after=later.value,
        difference=Difference(
            value=difference,
            low=difference - hypot(later.value - later.low, earlier.high - earlier.value),
            high=difference + hypot(later.high - later.value, earlier.value - earlier.low),
        ),
        p_value=_p_value(before, of_before, after, of_after),
    )


def effective_number(weights: ArrayLike) -> float:
    """How many answers a weighted survey is worth: fewer than were given, where weights differ.

    Parameters
    ----------
    weights
        Weight of each answer, zero or more, not all zero.

    Returns
    -------
    float
        Between 1 and the number of answers.

    Raises
    ------
    ValueError
        If a weight is negative or missing, or all are zero.

    Notes
    -----
    Kish (1965), *Survey Sampling*: the square of the sum over the sum of squares. It allows for weighting alone,
    not for interviewing neighbours together, and not at all for who chose to answer: a poll that anybody may
    fill in has no margin of error that a formula could give.
    """
    given = np.asarray(weights, dtype=np.float64)
    if not (np.all(given >= 0) and given.sum() > 0):
        raise ValueError("Weights must be zero or more, and not all zero.")
    return float(given.sum() ** 2 / (given**2).sum())


@dataclass(frozen=True)
class RecordedShare:
    """A share among people of whom it is recorded, and what it may be among all.

    `value` with its interval is among the recorded. `least` is as if none of the others belonged to the group,
    `most` as if all did. `recorded` is the share of all of whom it is recorded.
    """

    value: float | None
    low: float | None
    high: float | None
    least: float
    most: float
    recorded: float


def recorded_share(
    group: int, recorded: int, total: int, confidence: float = 0.95, excess: float = 1.0
) -> RecordedShare:
    """A group's share, with bounds for those of whom nothing is recorded.

    With 88% "not known", "the second most common is unemployed, 5%" is no finding: the share may be anything
    from 5% to 93%. The interval among the recorded allows for chance only, the bounds for the blanks.

    Parameters
    ----------
    group
        People recorded as belonging to the group.
    recorded
        People of whom it is recorded whether they do.
    total
        All people, above zero.
    confidence
        Confidence of the interval among the recorded.
    excess
        Variance of the share as a multiple of chance, one or more: where some are counted several times, how many
        they are over the `effective_number` of their times.

    Returns
    -------
    RecordedShare
        `value`, `low` and `high` are None where nothing is recorded of anybody.

    Raises
    ------
    ValueError
        If the group is not within the recorded and those not within all, there is nobody, or the excess is below one.
    """
    if not excess >= 1:
        raise ValueError(f"Excess is a multiple of the chance variance, one or more, not {excess}.")
    if not (0 <= group <= recorded <= total and total > 0):
        raise ValueError(f"A group ({group}) lies within the recorded ({recorded}), and they within all ({total}).")
    among = wilson_limits(group / excess, recorded / excess, confidence) if recorded else None
    return RecordedShare(
        value=among.value if among else None,
        low=among.low if among else None,
        high=among.high if among else None,
        least=group / total,
        most=(group + total - recorded) / total,
        recorded=recorded / total,
    )


@dataclass(frozen=True)
class PlaceRange:
    """The place of a part among the others, 1 being the largest, from the first to the last it may have."""

    first: int
    last: int


def place_ranges(
    counts: Sequence[int], not_recorded: int, confidence: float = 0.95, excess: float = 1.0
) -> tuple[PlaceRange, ...]:
    """Which part is the largest, the second largest…, as far as chance and what is not recorded let it be told.

    Parameters
    ----------
    counts
        How many are of each part. Nobody is of two.
    not_recorded
        How many may be of any of them.
    confidence
        With which one part is said to be larger than another, between 0 and 1.
    excess
        As for `recorded_share`.

    Returns
    -------
    tuple of PlaceRange
        One for each part. Of 700 employed, 500 unemployed and 8,800 not recorded, each may be in either place.

    Raises
    ------
    ValueError
        If a count is negative, the excess is below one, or the confidence is not between 0 and 1.

    Notes
    -----
    One part is larger than another when it is though all not recorded were of the other, and half lies below Wilson's
    limits of its share of the two: a sign test. Pairs are judged one by one, so that of many parts a few more places
    are told than the confidence says.
    """
    if min([*counts, not_recorded]) < 0 or not excess >= 1:
        raise ValueError("Counts are of zero or more, and excess is one or more.")
    above = [[_is_above(one, other + not_recorded, confidence, excess) for other in counts] for one in counts]
    return tuple(
        PlaceRange(1 + sum(row[place] for row in above), len(counts) - sum(above[place]))
        for place in range(len(counts))
    )


def _is_above(one: int, other: int, confidence: float, excess: float) -> bool:
    return one > other and wilson_limits(one / excess, (one + other) / excess, confidence).low > 0.5


def _p_value(before: float, of_before: float, after: float, of_after: float) -> float:
    total, together = of_before + of_after, before + after
    # All or none in both: there is nothing to tell apart.
    if together in (0, total):
        return 1.0
    crossed = before * (of_after - after) - after * (of_before - before)
    statistic = (total - 1) * crossed**2 / (of_before * of_after * together * (total - together))
    return float(chi2.sf(statistic, 1))
