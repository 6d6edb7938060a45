"""Months in a row: rolling totals, and which months stand out from the mean.

A month that was not published is `None`, never 0, and nothing is filled in for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frankpledge.statistics.dispersion import chance_limits, excess_variation

Floats = NDArray[np.float64]
Verdict = Literal["above", "below", "near", "missing"]


@dataclass(frozen=True)
class MonthAgainstMean:
    """One month beside what its length leads one to expect.

    `position` counts from 0 in the series given. `low` and `high` are the smallest and largest counts that
    chance variation around `expected` explains; a month is above or below only when it lies outside them.
    """

    position: int
    value: int | None
    expected: float
    low: float
    high: float
    verdict: Verdict


def rolling_sums(values: Sequence[int | None], window: int = 12) -> list[int | None]:
    """The total of each month and those before it.

    Parameters
    ----------
    values
        Count of each month in order, with None for a month that is missing.
    window
        How many months each total covers, the month itself included.

    Returns
    -------
    list of int or None
        As long as `values`. None until the window is full, and wherever any month in it is missing: a total
        of eleven months is not a small year.

    Raises
    ------
    ValueError
        If a count is negative or the window is below one.
    """
    if window < 1:
        raise ValueError(f"A window covers at least one month, not {window}.")
    _check_counts(values)
    return [_total(values[max(0, end - window) : end], window) for end in range(1, len(values) + 1)]


def months_against_mean(
    values: Sequence[int | None], days: Sequence[int], confidence: float = 0.95
) -> tuple[float, list[MonthAgainstMean]]:
    """Compare each month with the mean of the series, allowing for the calendar and for chance.

    February has a tenth fewer days than January, and so at an unchanged pace a tenth fewer events. Against a
    flat mean it looks like a fall every year, and with counts in the thousands a "significant" one. Each
    month is therefore expected to have the mean daily count times its own days.

    Parameters
    ----------
    values
        Count of each month in order, with None for a month that is missing.
    days
        How many days each month has, in the same order, missing months included.
    confidence
        How often a month with only chance variation falls inside its range, at least; between 0 and 1.

    Returns
    -------
    tuple of float and list of MonthAgainstMean
        The mean count per month over the months present, and every month in order, missing ones included.

    Raises
    ------
    ValueError
        If the two series differ in length, a count is negative, a month has no days, no month is present, or
        the confidence is not between 0 and 1.

    Notes
    -----
    Counts of crime vary more than Poisson counts do. The variance is taken as the expected count times
    Pearson's chi-squared over its degrees of freedom, and never below the expected count (McCullagh and
    Nelder 1989, chapter 6; for public health, Spiegelhalter 2005). The limits are quantiles of the Poisson
    distribution or, with excess variation, of the negative binomial distribution with that mean and variance.

    The month judged takes part in the mean and in the variation, so verdicts are sparing: among five
    months or fewer hardly any can stand out at 95%. Seasons and trends count as variation too.
    """
    _check_months(values, days, confidence)
    present = [value for value in values if value is not None]
    days_present = sum(day for day, value in zip(days, values, strict=True) if value is not None)
    expected = np.asarray(days, dtype=np.float64) * (sum(present) / days_present)
    counts = [np.nan if value is None else value for value in values]
    lows, highs = chance_limits(expected, excess_variation(counts, expected), (1 - confidence) / 2)
    months = [
        MonthAgainstMean(position, value, float(mean), float(low), float(high), _verdict(value, low, high))
        for position, (value, mean, low, high) in enumerate(zip(values, expected, lows, highs, strict=True))
    ]
    return sum(present) / len(present), months


def _check_counts(values: Sequence[int | None]) -> None:
    # Asked this way round so that a NaN, which a data frame uses for missing, is refused rather than "near".
    if not all(value is None or value >= 0 for value in values):
        raise ValueError("Counts must be zero or more, with None for a missing month.")


def _check_months(values: Sequence[int | None], days: Sequence[int], confidence: float) -> None:
    _check_counts(values)
    if len(values) != len(days):
        raise ValueError(f"There are {len(values)} months but {len(days)} lengths.")
    if any(day < 1 for day in days):
        raise ValueError("Every month must have at least one day.")
    if all(value is None for value in values):
        raise ValueError("No month has a count, so there is no mean to compare with.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")


def _total(months: Sequence[int | None], window: int) -> int | None:
    present = [month for month in months if month is not None]
    return sum(present) if len(present) == window else None


def _verdict(value: int | None, low: float, high: float) -> Verdict:
    if value is None:
        return "missing"
    if value > high:
        return "above"
    return "below" if value < low else "near"
