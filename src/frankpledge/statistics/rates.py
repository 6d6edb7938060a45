"""Counts, rates and proportions, each with its interval, by the methods public health uses in England.

The method changes at ten events: exact limits below, Byar's approximation from there on. `Interval.method`
says which was used, because readers who check our figures by hand need to know.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainccinv, gammaincinv, ndtri

Floats = NDArray[np.float64]

# The guidance sets the boundary here: from ten events Byar's 95% limits are within 0.2% of the exact ones.
_SMALLEST_COUNT_FOR_BYAR = 10


@dataclass(frozen=True)
class Interval:
    """A figure and the range of underlying values it is compatible with, all in the same unit."""

    value: float
    low: float
    high: float
    method: Literal["byar", "dobson", "exact", "wilson"]


def count_interval(count: int, confidence: float = 0.95) -> Interval:
    """The interval of one count of events.

    Parameters
    ----------
    count
        Events seen, a whole number of zero or more.
    confidence
        Confidence of the interval, between 0 and 1, with half of the remainder in each tail.

    Returns
    -------
    Interval
        In events. A count of zero has 0 as its lower limit and, at 95%, 3.69 as its upper.

    Raises
    ------
    ValueError
        If the count is negative or not whole, or the confidence is not between 0 and 1.

    Notes
    -----
    Method and source as for `count_intervals`.
    """
    return _count_interval(count, confidence)


# A document asks for the same small counts again and again.
@lru_cache(maxsize=1 << 14)
def _count_interval(count: int, confidence: float) -> Interval:
    low, high = count_intervals(count, confidence)
    method: Literal["byar", "exact"] = "exact" if count < _SMALLEST_COUNT_FOR_BYAR else "byar"
    return Interval(value=float(count), low=float(low), high=float(high), method=method)


def rate_interval(count: int, exposure: float, per: int = 1000, confidence: float = 0.95) -> Interval:
    """The rate of events in an exposure, with its interval.

    Parameters
    ----------
    count
        Events seen, a whole number of zero or more.
    exposure
        What the events are divided by, in its own unit: residents, households, resident-years. Taken as known
        without error. Of the same place and period as the count.
    per
        How many units of exposure the rate is given for, for example 1,000 residents.
    confidence
        Confidence of the interval, between 0 and 1.

    Returns
    -------
    Interval
        In events per `per` units of exposure.

    Raises
    ------
    ValueError
        If the exposure or `per` is not above zero, or for the reasons given in `count_interval`.

    Notes
    -----
    The interval of the count, divided by the exposure: OHID, *Public health technical guidance*, "Rates".
    """
    if not (0 < exposure < np.inf and per > 0):
        raise ValueError(f"A rate needs an exposure and a unit above zero, not {exposure} and {per}.")
    counted = count_interval(count, confidence)
    # Multiplying first keeps round rates round: 12 of 1,500 is 8.0 per 1,000.
    value, low, high = (limit * per / exposure for limit in (counted.value, counted.low, counted.high))
    return Interval(value=value, low=low, high=high, method=counted.method)


def count_intervals(counts: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The intervals of many counts at once; the same answers as `count_interval`.

    Parameters
    ----------
    counts
        Events seen, whole numbers of zero or more, in an array of any shape. Missing counts are refused.
    confidence
        Confidence of each interval by itself, between 0 and 1.

    Returns
    -------
    tuple of two arrays of float
        Lower and upper limits, in events, each of the same shape as `counts`.

    Raises
    ------
    ValueError
        If any count is negative, missing or not whole, or the confidence is not between 0 and 1.

    Notes
    -----
    From ten events, Byar's approximation to the Poisson limits (Breslow and Day 1987, *Statistical Methods in
    Cancer Research* II); below ten, the exact limits from the chi-squared distribution (Garwood 1936). The
    rule is that of OHID, *Public health technical guidance*, "Rates", and of the R package
    PHEindicatormethods.
    """
    seen = whole_counts(counts)
    tail = _tail(confidence)
    few = seen < _SMALLEST_COUNT_FOR_BYAR
    low, high = np.empty(seen.shape), np.empty(seen.shape)
    low[few], high[few] = _exact_limits(seen[few], tail)
    low[~few], high[~few] = _byar_limits(seen[~few], tail)
    return low, high


def proportion_interval(count: int, of: int, confidence: float = 0.95) -> Interval:
    """A part of a whole, with its interval.

    Parameters
    ----------
    count
        Members of the group that have the property, from 0 to `of`.
    of
        Size of the group, one or more.
    confidence
        Confidence of the interval, between 0 and 1.

    Returns
    -------
    Interval
        As fractions of one, not percentages; always within 0 and 1.

    Raises
    ------
    ValueError
        If the count is negative, not whole or greater than `of`, `of` is zero, or the confidence is not
        between 0 and 1.

    Notes
    -----
    Wilson's score method without continuity correction (Wilson 1927; recommended by Newcombe 1998), as in
    OHID, *Public health technical guidance*, "Proportions".
    """
    part, whole = (float(number) for number in whole_counts([count, of]))
    return wilson_limits(part, whole, confidence)


def wilson_limits(part: float, whole: float, confidence: float = 0.95) -> Interval:
    """As `proportion_interval`, for a part and a whole that need not be whole numbers.

    Parameters
    ----------
    part, whole
        How many, out of how many: of a weighted survey its share times its effective number of answers, and
        that number.
    confidence
        Confidence of the interval, between 0 and 1.

    Returns
    -------
    Interval
        A proportion, between 0 and 1.

    Raises
    ------
    ValueError
        If the part does not lie within a whole above zero, or the confidence is not between 0 and 1.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"A proportion needs a part within a whole above zero, not {part:g} of {whole:g}.")
    deviation = _standard_normal_deviate(_tail(confidence))
    centre = (part + deviation**2 / 2) / (whole + deviation**2)
    spread = np.sqrt(part * (whole - part) / whole + deviation**2 / 4) * deviation / (whole + deviation**2)
    # Rounding can carry a limit just past a proportion of none or all, so the proportion itself bounds it.
    value = part / whole
    low, high = max(0.0, min(value, centre - spread)), min(1.0, max(value, centre + spread))
    return Interval(value=value, low=float(low), high=float(high), method="wilson")


def whole_counts(counts: ArrayLike) -> Floats:
    """Counts as an array; refused with a ValueError where one is negative, missing or not whole."""
    seen = np.asarray(counts, dtype=np.float64)
    if not np.all(np.isfinite(seen) & (seen >= 0) & (seen == np.floor(seen))):
        raise ValueError("Counts must be whole numbers of zero or more, with missing counts left out.")
    return seen


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    return (1 - confidence) / 2


def _standard_normal_deviate(tail: float) -> float:
    return -float(ndtri(tail))


def _exact_limits(counts: Floats, tail: float) -> tuple[Floats, Floats]:
    # The gamma distribution's quantiles, which half of the chi-squared distribution's are; no events has 0 as its
    # lower limit. Called as they are, for a document asks for tens of thousands one by one.
    low = np.where(counts == 0, 0.0, gammaincinv(np.maximum(counts, 1), tail))
    return low, np.asarray(gammainccinv(counts + 1, tail))


def _byar_limits(counts: Floats, tail: float) -> tuple[Floats, Floats]:
    deviation = _standard_normal_deviate(tail)
    more = counts + 1
    low = counts * (1 - 1 / (9 * counts) - deviation / (3 * np.sqrt(counts))) ** 3
    high = more * (1 - 1 / (9 * more) + deviation / (3 * np.sqrt(more))) ** 3
    return low, high
