"""Control charts: what a measure does when nothing has changed, and the signs that something has.

A figure is not good or bad for being above last month's. Every measure moves; a chart shows within which limits
it moves by itself, and four signs that it is no longer that process. What is read from a chart, variation and
assurance, is in `readings`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from frankpledge.statistics.signals import Limits, Signal, find_signals

Floats = NDArray[np.float64]

# Mean range of two values from a normal distribution with deviation 1.
_RANGE_OF_TWO = 1.128
# Nelson's power makes times between rare events nearly normal.
_NELSON = 1 / 3.6
# The median of an exponential distribution, as a share of its mean: half the gaps are shorter.
_MEDIAN_OF_GAPS = 0.693
# With fewer the limits move with every month that is added.
LEAST_FOR_LIMITS = 12


@dataclass(frozen=True)
class ChartPoint:
    """One value beside its limits.

    `side` is 1 where the signals are of high values or of a rise, -1 where of low ones or a fall, 0 without any.
    """

    value: float | None
    centre: float
    low: float
    high: float
    signals: frozenset[Signal] = frozenset()
    side: int = 0


@dataclass(frozen=True)
class ControlChart:
    """A chart, point by point, in the order given.

    Attributes
    ----------
    kind
        Its name among those who draw them: XmR, u, u′, g or t.
    points
        One for each value given, missing ones included.
    provisional
        True when the limits in force rest on fewer than twelve values.
    scatter
        Laney's sigma-z of a u′ chart, how many times the chance deviation the points have; else 1.
    """

    kind: str
    points: tuple[ChartPoint, ...]
    provisional: bool
    scatter: float = 1.0


def individuals_chart(values: Sequence[float | None], rebased_at: Sequence[int] = ()) -> ControlChart:
    """An XmR chart: one value a month, of whatever kind.

    Parameters
    ----------
    values
        In order, with None where missing. Two or more between breaks.
    rebased_at
        Positions, counted from 0, of the first value after each declared break; limits are made anew there.

    Returns
    -------
    ControlChart
        In the unit of the values.

    Raises
    ------
    ValueError
        If there are fewer than two values on a side of a break, or a break is not within the series.

    Notes
    -----
    Limits lie 2.66 mean moving ranges (3 / 1.128) from the mean: Wheeler and Chambers, *Understanding Statistical
    Process Control*; the chart of NHS England, *Making Data Count*. No range is taken over a missing value.
    """
    return _chart("XmR", _floats(values), rebased_at, _individual_limits)


def rate_chart(
    counts: Sequence[int | None],
    exposures: Sequence[float],
    per: float = 1,
    rebased_at: Sequence[int] = (),
    laney: bool = True,
) -> ControlChart:
    """A u chart, or with Laney's correction u′: counts with exposures of their own, such as days or residents.

    Parameters
    ----------
    counts
        Events seen, in order, with None where missing.
    exposures
        What each arose from, above zero, missing ones included.
    per
        How many units of exposure the rates are given for.
    rebased_at
        As for `individuals_chart`.
    laney
        Whether limits are widened, or narrowed, to the scatter that points show from one to the next. Without it
        the counts are taken to be Poisson, and a borough's are not: most months would signal.

    Returns
    -------
    ControlChart
        In events per `per` units of exposure.

    Raises
    ------
    ValueError
        If counts and exposures differ in number, an exposure is not above zero, a count is negative, or for the
        reasons given in `individuals_chart`.

    Notes
    -----
    Laney (2002), "Improved control charts for attributes", *Quality Engineering* 14. Where fewer than about five
    are expected in a month the limits say little: chart the gaps between events instead.
    """
    at_risk = np.asarray(exposures, dtype=np.float64)
    if len(counts) != at_risk.size or not np.all(np.isfinite(at_risk) & (at_risk > 0)):
        raise ValueError(f"Each of the {len(counts)} counts needs an exposure above zero.")
    seen = _floats(counts)
    if np.any(seen < 0):
        raise ValueError("Counts must be zero or more, with None where missing.")

    def limits(values: Floats, where: slice) -> Limits:
        return _rate_limits(values, at_risk[where] / per, laney)

    return _chart("u′" if laney else "u", seen / at_risk * per, rebased_at, limits)


def gaps_chart(gaps: Sequence[int | None], rebased_at: Sequence[int] = ()) -> ControlChart:
    """A g chart: how many others came between one rare event and the next.

    Parameters
    ----------
    gaps
        Cases, calls or whole days between events, in order.
    rebased_at
        As for `individuals_chart`.

    Returns
    -------
    ControlChart
        In what the gaps count. The centre is the median, so that half lie on either side.

    Raises
    ------
    ValueError
        If a gap is negative, or for the reasons given in `individuals_chart`.

    Notes
    -----
    Benneyan (2001), "Number-between g-type statistical quality control charts", *Health Care Management Science* 4:
    the limits are the mean and three deviations, the square root of mean times mean and one. The lower one is
    nought, so only a run of short gaps says that events have become more frequent.
    """
    values = _floats(gaps)
    if np.any(values < 0):
        raise ValueError("A gap is zero or more.")
    return _chart("g", values, rebased_at, _gap_limits)


def times_chart(days: Sequence[float | None], rebased_at: Sequence[int] = ()) -> ControlChart:
    """A t chart: how long it was from one rare event to the next.

    Parameters
    ----------
    days
        Days, or parts of days, since the event before, in order.
    rebased_at
        As for `individuals_chart`.

    Returns
    -------
    ControlChart
        In days.

    Raises
    ------
    ValueError
        If a time is negative, or for the reasons given in `individuals_chart`.

    Notes
    -----
    An XmR chart of the times to the power of 1 / 3.6, brought back to days: Nelson (1994), "A control chart for
    parts-per-million nonconforming items", *Journal of Quality Technology* 26.
    """
    values = _floats(days)
    if np.any(values < 0):
        raise ValueError("A time between events is zero or more.")
    return _chart("t", values, rebased_at, _time_limits)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)


def _chart(
    kind: str, values: Floats, rebased_at: Sequence[int], limits: Callable[[Floats, slice], Limits]
) -> ControlChart:
    points: list[ChartPoint] = []
    starts = [0, *sorted(rebased_at)]
    if any(not 0 < start < values.size for start in starts[1:]):
        raise ValueError(f"A break lies within the series, from 1 to {values.size - 1}, not at {list(rebased_at)}.")
    for start, end in zip(starts, [*starts[1:], values.size], strict=True):
        part = values[start:end]
        if np.isfinite(part).sum() < 2:
            raise ValueError("Limits take at least two values on each side of a break.")
        in_force = limits(part, slice(start, end))
        points.extend(_points(part, in_force))
    return ControlChart(kind, tuple(points), int(np.isfinite(part).sum()) < LEAST_FOR_LIMITS, in_force.scatter)


def _moving_range(values: Floats) -> float:
    ranges = np.abs(np.diff(values))
    known = ranges[np.isfinite(ranges)]
    return float(known.mean()) if known.size else 0.0


def _individual_limits(values: Floats, _: slice) -> Limits:
    centre = np.full(values.size, np.nanmean(values))
    reach = 3 * _moving_range(values) / _RANGE_OF_TWO
    return Limits(centre, centre - reach, centre + reach)


def _rate_limits(rates: Floats, exposures: Floats, laney: bool) -> Limits:
    present = np.isfinite(rates)
    overall = float((rates * exposures)[present].sum() / exposures[present].sum())
    deviations = np.sqrt(overall / exposures)
    neighbours = present[1:] & present[:-1]
    # Where no two months follow each other there is nothing to correct by.
    corrected = laney and overall > 0 and bool(neighbours.any())
    scatter = _moving_range((rates - overall) / deviations) / _RANGE_OF_TWO if corrected else 1.0
    reach = 3 * deviations * scatter
    centre = np.full(rates.size, overall)
    return Limits(centre, np.maximum(0, centre - reach), centre + reach, scatter)


def _gap_limits(gaps: Floats, _: slice) -> Limits:
    mean = float(np.nanmean(gaps))
    reach = 3 * sqrt(mean * (mean + 1))
    same = np.ones(gaps.size)
    return Limits(same * mean * _MEDIAN_OF_GAPS, same * max(0.0, mean - reach), same * (mean + reach))


def _time_limits(days: Floats, where: slice) -> Limits:
    near_normal = _individual_limits(days**_NELSON, where)
    centre, low, high = (
        np.maximum(0, limit) ** (1 / _NELSON) for limit in (near_normal.centre, near_normal.low, near_normal.high)
    )
    return Limits(centre, low, high)


def _points(values: Floats, limits: Limits) -> list[ChartPoint]:
    return [
        ChartPoint(
            value=None if np.isnan(value) else float(value),
            centre=float(limits.centre[place]),
            low=float(limits.low[place]),
            high=float(limits.high[place]),
            signals=signals,
            side=side,
        )
        for place, (value, (signals, side)) in enumerate(zip(values, find_signals(values, limits), strict=True))
    ]
