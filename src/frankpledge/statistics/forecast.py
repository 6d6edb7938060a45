"""Where a year will end, from the months there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frankpledge.statistics.dispersion import chance_limits, excess_variation
from frankpledge.statistics.months import MONTHS

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class YearEnd:
    """The total a year is heading for, in events, if it goes on as it has begun.

    `so_far` has been counted already and is part of all three others.
    """

    so_far: int
    expected: float
    low: int
    high: int


def year_end(
    months: Sequence[int], earlier: Sequence[Sequence[int]] = (), confidence: float = 0.95, excess: float | None = None
) -> YearEnd:
    """Where a year will end.

    Parameters
    ----------
    months
        Count of each month so far, from the first of the year: at least one, without gaps.
    earlier
        Earlier years, twelve months each, from which it is learnt how a year is spread over its months. Without
        any the months are taken to be alike.
    confidence
        How often the total is to lie within the interval, between 0 and 1.
    excess
        Variance of a month as a multiple of its mean (`dispersion.monthly_excess`); worked out from the months and
        the earlier years when it is not given.

    Returns
    -------
    YearEnd
        When all twelve months are there, the total and no interval to speak of.

    Raises
    ------
    ValueError
        If there is no month, there are more than twelve, a count is negative, an earlier year has not twelve months,
        or the confidence is not between 0 and 1.

    Notes
    -----
    The months to come are negative binomial about what those so far lead one to expect. Their variance is the
    excess times the mean, and again as much times the months to come over those so far, for what so few months know
    of the level (the prediction of Nelson 1982, *Applied Life Data Analysis*, section 6.3, with excess), and again over
    the number of earlier years, for what so few know of how a year is spread. It foresees chance and the usual scatter.
    It does not foresee that anything changes, and where it does, the year ends elsewhere more often than stated.
    """
    _check(months, earlier, confidence)
    spread = _spread(earlier)
    so_far, done = sum(int(count) for count in months), float(spread[: len(months)].sum())
    ahead = 1 - done
    if len(months) == MONTHS or ahead <= 0:
        return YearEnd(so_far, float(so_far), so_far, so_far)
    # Half an event keeps months of none from promising a year of none.
    expected = so_far * ahead / done
    level = max(so_far, 0.5) * ahead / done
    scatter = excess if excess is not None else _excess(months, earlier, spread)
    if not scatter >= 1:
        raise ValueError(f"Excess is a multiple of the Poisson variance, one or more, not {scatter}.")
    learnt = 1 + 1 / len(earlier) if earlier else 1.0
    low, high = chance_limits([level], scatter * learnt * (1 + ahead / done), (1 - confidence) / 2)
    return YearEnd(so_far, so_far + expected, so_far + int(low[0]), so_far + int(high[0]))


def _check(months: Sequence[int], earlier: Sequence[Sequence[int]], confidence: float) -> None:
    if not 1 <= len(months) <= MONTHS:
        raise ValueError(f"A year so far has from one to twelve months, not {len(months)}.")
    if any(len(year) != MONTHS for year in earlier):
        raise ValueError("Every earlier year needs its twelve months.")
    if any(count is None or count < 0 for year in (months, *earlier) for count in year):
        raise ValueError("Counts must be zero or more, with no month missing.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")


def _spread(earlier: Sequence[Sequence[int]]) -> Floats:
    """Each month's share of a year; one event a month is added, so that no month is certain to have none."""
    by_month = np.asarray([*earlier, [1] * MONTHS], dtype=np.float64).sum(axis=0)
    return np.asarray(by_month / by_month.sum())


def _excess(months: Sequence[int], earlier: Sequence[Sequence[int]], spread: Floats) -> float:
    # A year without any event is expected to have none, and says nothing of scatter.
    years = [np.asarray(year, dtype=np.float64) for year in (*earlier, months) if any(year)]
    if not years:
        return 1.0
    expected = [year.sum() * spread[: year.size] / spread[: year.size].sum() for year in years]
    # Each year's level was fitted, and once the spread over the months.
    fitted = len(years) + (MONTHS - 1 if earlier else 0)
    return excess_variation(np.concatenate(years), np.concatenate(expected), fitted)
