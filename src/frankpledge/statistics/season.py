"""Whether a series has a season, before anybody says that it peaks in May.

Twelve numbers always have a largest. A season is only claimed when the same months stand out year after year by
more than the rest of the series varies, with the length of months allowed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import kruskal
from statsmodels.tsa.seasonal import STL

from frankpledge.statistics.months import MONTHS, daily_counts

Floats = NDArray[np.float64]

LEAST_YEARS = 3
# Ten indicators are looked at, over many years: at 5% one in ten would show a season that is none.
LEVEL = 0.01
LEAST_STRENGTH = 0.3
_OFTEN = 0.05
_DRAWS = 999
_SPECK = 1e-9


@dataclass(frozen=True)
class Season:
    """What a series shows of a season.

    Attributes
    ----------
    strength
        From 0 (no season) to 1 (nothing but season), of what is left when the trend is taken off.
    p_value
        Of the hypothesis that all months of the year are alike.
    monthly
        What each month of the year is above or below the trend, as a share of it, in the order the series
        begins: of a series from April, April first. Twelve numbers.
    peaks
        Which of those months may well be the highest: counted from 0, in order. Every month, where no season is
        shown.
    shown
        True when a season may be spoken of.
    """

    strength: float
    p_value: float
    monthly: tuple[float, ...]
    peaks: tuple[int, ...]
    shown: bool


def find_season(counts: Sequence[int], days: Sequence[int], seed: int = 20190) -> Season:
    """Look for a season in a monthly series.

    Parameters
    ----------
    counts
        Count of each month, in order, without gaps: three years or more.
    days
        How many days each month has.
    seed
        Start of this call's own random numbers, by which years are drawn again to see which month is highest.

    Returns
    -------
    Season
        Shown where the p-value is 1% or less and the season is three tenths of what varies around the trend.

    Raises
    ------
    ValueError
        If there are fewer than 36 months, the two series differ in length, a count is missing or negative, or
        a month has no days.

    Notes
    -----
    The series is taken apart by STL on counts a day (Cleveland and others 1990, *Journal of Official Statistics*
    6); strength is that of Wang, Smith and Hyndman (2006), *Data Mining and Knowledge Discovery* 13, as in
    Hyndman and Athanasopoulos, *Forecasting: Principles and Practice*. The test is Kruskal and Wallis's of what is
    left when the trend is taken off, month of the year by month, as in the X-13 programme. A trend of STL leaves the
    months less independent than the test takes them: of series without a season, of three to ten years, 3 to 9% have a
    p-value of 5% or less.
    """
    daily = daily_counts(counts, days)
    if daily.size < LEAST_YEARS * MONTHS:
        raise ValueError(f"A season takes {LEAST_YEARS} years of months to be seen; there are {daily.size} months.")
    parts = STL(daily, period=MONTHS, robust=True).fit()
    detrended = daily - parts.trend
    by_month = [detrended[month::MONTHS] for month in range(MONTHS)]
    level = daily.mean()
    # A series without any variation leaves specks of rounding, which have a shape of their own.
    flat = np.ptp(detrended) <= _SPECK * level
    p_value = 1.0 if flat else float(kruskal(*by_month).pvalue)
    strength = 0.0 if flat else seasonal_strength(parts.seasonal, parts.resid)
    shown = p_value <= LEVEL and strength >= LEAST_STRENGTH
    return Season(
        strength=strength,
        p_value=p_value,
        monthly=tuple(float(month.mean() / level) if level else 0.0 for month in by_month),
        peaks=_peaks(detrended, seed) if shown else tuple(range(MONTHS)),
        shown=shown,
    )


def seasonal_strength(seasonal: ArrayLike, remainder: ArrayLike) -> float:
    """How much of the variation around the trend is season, from 0 to 1.

    Parameters
    ----------
    seasonal, remainder
        The two parts of a series that is taken apart, in one unit, of the same length.

    Returns
    -------
    float
        One less the variance of the remainder over that of both together, and never below 0.
    """
    season, rest = np.asarray(seasonal, dtype=np.float64), np.asarray(remainder, dtype=np.float64)
    together = (season + rest).var(ddof=1)
    return max(0.0, 1 - float(rest.var(ddof=1) / together)) if together > 0 else 0.0


def _peaks(detrended: Floats, seed: int) -> tuple[int, ...]:
    """The months that are highest in a fair share of draws of the years with replacement."""
    years = detrended[: len(detrended) // MONTHS * MONTHS].reshape(-1, MONTHS)
    drawn = np.random.default_rng(seed).integers(len(years), size=(_DRAWS, len(years)))
    highest = years[drawn].mean(axis=1).argmax(axis=1)
    shares = np.bincount(highest, minlength=MONTHS) / _DRAWS
    return tuple(int(month) for month in np.flatnonzero(shares > _OFTEN))
