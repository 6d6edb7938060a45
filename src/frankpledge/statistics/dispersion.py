"""How much more counts vary than chance alone would make them.

Crimes come in series, reporting comes in waves: the next event is not independent of the last, and counts scatter
more than Poisson's. A test that ignores it calls noise news. *Excess* is the variance as a multiple of the
Poisson variance, never below one here: less scatter than chance is itself chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom, poisson

from frankpledge.statistics.months import MONTHS

Floats = NDArray[np.float64]

# Twenty rounds bring the fit of years and months of the year to a ten-thousandth, whatever is missing.
_ROUNDS = 20
_LEAST_MONTHS = 2 * MONTHS
# Months more alike than this cannot be told from a level that drifts.
_MOST_ALIKE = 0.8
# One area's sixty months hardly tell how alike they are (0.14 either way), and other kinds of offence tell as much. Of
# thirteen kinds in 32 boroughs of London, 2014 to 2018, the mean was 0.29 with the level of the year taken off, and the
# kinds were 0.09 apart: as much as 250 months know.
_USUALLY_ALIKE = 0.29
_WORTH_MONTHS = 250


def excess_variation(counts: ArrayLike, expected: ArrayLike, fitted: int = 1) -> float:
    """How many times the Poisson variance counts show around what was expected of them.

    Parameters
    ----------
    counts
        Events seen, in an array of any shape; NaN where missing.
    expected
        What was expected of each, of the same shape, above zero wherever a count is present.
    fitted
        How many numbers were worked out from these counts to get what is expected.

    Returns
    -------
    float
        One or more. One where there are too few counts, or no event at all, to show anything.

    Notes
    -----
    Pearson's chi-squared over its degrees of freedom: McCullagh and Nelder (1989), *Generalized Linear Models*,
    chapter 6; for public health, Spiegelhalter (2005), *Statistics in Medicine* 24.
    """
    seen, means = np.asarray(counts, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    present = np.isfinite(seen)
    freedom = int(present.sum()) - fitted
    if freedom < 1 or not seen[present].any():
        return 1.0
    chi_squared = ((seen - means)[present] ** 2 / means[present]).sum()
    return max(1.0, float(chi_squared) / freedom)


def monthly_excess(counts: Sequence[int | None], days: Sequence[int], together: int = MONTHS) -> float | None:
    """The excess of one area's total over several months: see `monthly_excesses`, which this is for a single area."""
    return monthly_excesses([counts], days, together)[0]


def monthly_excesses(
    series: Sequence[Sequence[int | None]], days: Sequence[int], together: int = MONTHS
) -> tuple[float | None, ...]:
    """The excess of totals over several months: how far they may move without anything having changed.

    Each run of twelve months is allowed its own level, and each month of the year its own share. What is left scatters
    by more than chance, and neighbours are alike: a total of months that are high together moves further than one of
    months that have nothing to do with each other. Both are allowed for. How far an area's months scatter is its own;
    how alike they are from one to the next is learnt from all areas together.

    Parameters
    ----------
    series
        For each area, the count of one kind of event in each month, the earliest first, with None for a month that is
        missing.
    days
        How many days each month has, in the same order.
    together
        How many months the total is of.

    Returns
    -------
    tuple of float or None
        For each area one or more; None with fewer than 24 months present, which tell nothing. From two years it is
        rough (two fifths either way), from five good.

    Raises
    ------
    ValueError
        If a series differs in length from the days, or a month has no days.

    Notes
    -----
    Pearson's chi-squared over its degrees of freedom tells how far months scatter. One part of it is chance, which has
    no memory. The rest is taken to follow an autoregression of the first order, and is multiplied by what that adds to
    the variance of a sum. Its coefficient is that whose residuals, after levels are taken off, would be as alike from
    month to month as those seen; up to 0.8, where drift begins. What is seen is averaged over the areas, each by its
    months, and with what is usual of recorded crime, which counts for 250 months (empirical Bayes).
    """
    if any(len(counts) != len(days) for counts in series) or any(day < 1 for day in days):
        raise ValueError(f"Each month of each of {len(series)} areas needs its number of days, one or more.")
    length = np.nan_to_num(_by_years(days))
    seen = np.array([_by_years(counts) for counts in series]).reshape(len(series), *length.shape)
    scatters = [_scatter(*area) for area in zip(seen, _years_and_seasons(seen, length), strict=True)]
    added = _added_by_likeness([one for one in scatters if one is not None], together)
    return tuple(None if one is None else 1 + (one.excess - 1) * added for one in scatters)


def share_excess(parts: Sequence[int | None], wholes: Sequence[int | None]) -> float | None:
    """How many times the chance variance a monthly share shows around its own year's.

    Parameters
    ----------
    parts, wholes
        How many, out of how many, month by month, with None where missing.

    Returns
    -------
    float or None
        One or more; None with fewer than 24 months present.

    Raises
    ------
    ValueError
        If there are not as many of one as of the other.
    """
    if len(parts) != len(wholes):
        raise ValueError(f"There are {len(parts)} parts but {len(wholes)} wholes.")
    part, whole = _by_years(parts), _by_years(wholes)
    present = np.isfinite(part) & np.isfinite(whole) & (np.nan_to_num(whole) > 0)
    if present.sum() < _LEAST_MONTHS:
        return None
    part, whole = np.where(present, part, 0.0), np.where(present, whole, 0.0)
    share = _share(part.sum(axis=1), whole.sum(axis=1))[:, None]
    chance = whole * share * (1 - share)
    told = chance > 0
    freedom = int(told.sum()) - int(told.any(axis=1).sum())
    if freedom < 1:
        return 1.0
    return max(1.0, float(((part - whole * share)[told] ** 2 / chance[told]).sum()) / freedom)


def chance_limits(expected: ArrayLike, excess: float, tail: float) -> tuple[Floats, Floats]:
    """The smallest and largest counts that chance explains.

    Parameters
    ----------
    expected
        Mean counts, above zero, in an array of any shape.
    excess
        See `excess_variation`.
    tail
        Probability of a count below the lower limit, at most, and of one above the upper.

    Returns
    -------
    tuple of two arrays of float
        Whole numbers, each of the shape of `expected`.

    Notes
    -----
    Quantiles of the Poisson distribution or, with excess, of the negative binomial distribution with that mean and
    variance. Quantiles rather than a normal approximation on the square-root scale, which fails for rare events:
    around an expected 2 its range begins above 0, so that one month in seven would be "below" by chance.
    """
    means = np.asarray(expected, dtype=np.float64)
    if excess == 1:
        return np.asarray(poisson.ppf(tail, means)), np.asarray(poisson.ppf(1 - tail, means))
    # A negative binomial of this size and probability has the expected count as its mean and that count times
    # the excess as its variance; it becomes the Poisson distribution as the excess approaches one.
    chance = nbinom(means / (excess - 1), 1 / excess)
    return np.asarray(chance.ppf(tail)), np.asarray(chance.ppf(1 - tail))


def _by_years(series: Sequence[int | None]) -> Floats:
    """One row for each run of twelve, the last filled up with NaN."""
    years = -(-len(series) // MONTHS)
    rows = np.full(years * MONTHS, np.nan)
    rows[: len(series)] = [np.nan if value is None else value for value in series]
    return rows.reshape(years, MONTHS)


def _years_and_seasons(seen: Floats, days: Floats) -> Floats:
    """Means that agree with each area's total of every year and of every calendar month, fitted by turns."""
    weight = np.where(np.isfinite(seen), days, 0.0)
    counts = np.nan_to_num(seen)
    of_years, of_seasons = counts.sum(axis=2, keepdims=True), counts.sum(axis=1, keepdims=True)
    season = level = np.ones(1)
    for _ in range(_ROUNDS):
        level = _share(of_years, (weight * season).sum(axis=2, keepdims=True))
        season = _share(of_seasons, (weight * level).sum(axis=1, keepdims=True))
    return level * season * days


@dataclass(frozen=True)
class _Scatter:
    """How far an area's months lie from level and season, how alike neighbours are, and how many months say so."""

    excess: float
    alike: float
    months: int


def _scatter(seen: Floats, expected: Floats) -> _Scatter | None:
    if np.isfinite(seen).sum() < _LEAST_MONTHS:
        return None
    # A run or a month of the year without any event is fitted as none, and says nothing of scatter.
    seen[expected <= 0] = np.nan
    present = np.isfinite(seen)
    fitted = int(present.any(axis=1).sum() + present.any(axis=0).sum()) - 1
    left = np.where(present, (seen - expected) / np.sqrt(np.maximum(expected, 1e-12)), 0.0)
    squares = float((left**2).sum())
    if squares == 0:
        return _Scatter(1.0, 0.0, months=0)
    alike = float((left[:, 1:] * left[:, :-1]).sum()) / squares
    return _Scatter(excess_variation(seen, expected, fitted), alike, int(present.sum()))


def _added_by_likeness(scatters: Sequence[_Scatter], together: int) -> float:
    """How many times a sum's variance beyond chance is what it would be of months that have no memory."""
    alike, coefficients, added = _likeness(together)
    # Chance is the whole of what is seen over the excess, and is as alike as months without memory are.
    seen = sum((one.alike - alike[0] / one.excess) * one.months for one in scatters)
    beyond_chance = sum((1 - 1 / one.excess) * one.months for one in scatters)
    learnt = (seen + _USUALLY_ALIKE * _WORTH_MONTHS) / (beyond_chance + _WORTH_MONTHS)
    return float(np.interp(np.interp(learnt, alike, coefficients), coefficients, added))


@lru_cache
def _likeness(together: int) -> tuple[Floats, Floats, Floats]:
    """For coefficients from 0: how alike neighbours are once a year's level is off, and what a sum's variance gains."""
    coefficients = np.linspace(0, _MOST_ALIKE, 33)
    rows = [_of_coefficient(float(one), together) for one in coefficients]
    return np.asarray([alike for alike, _ in rows]), coefficients, np.asarray([added for _, added in rows])


def _of_coefficient(coefficient: float, together: int) -> tuple[float, float]:
    def covariance(months: int) -> Floats:
        apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
        return np.asarray(coefficient**apart)

    level_off = np.eye(MONTHS) - 1 / MONTHS
    left = level_off @ covariance(MONTHS) @ level_off
    variance = np.trace(left) / (MONTHS - 1)
    return float(np.trace(left, 1) / np.trace(left)), float(covariance(together).sum() / together / variance)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
