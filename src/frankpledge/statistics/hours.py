"""At what hour of the week it happens, when all that is known is between when and when.

A burglary found on Sunday evening happened at some time since Friday. Aoristic analysis gives each hour in between
its share. Hours are those of the clock on the wall, Monday first; the hour that spring leaves out has no share, and
the one that autumn has twice has two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import gamma

Floats = NDArray[np.float64]
Seconds = NDArray[np.int64]

HOURS = 168
_HOUR = 3600
_LONDON = ZoneInfo("Europe/London")
# 1 January 1970, where seconds are counted from, was a Thursday.
_THURSDAY = 3 * 24


@dataclass(frozen=True)
class HoursOfWeek:
    """How events fall over the hours of a week.

    Attributes
    ----------
    weights
        Events' worth in each of the 168 hours, from Monday 00:00. They add up to `events`.
    events
        Events that are part of it.
    one_end
        Of those, how many have one time only, and lie whole in its hour.
    over_a_week
        Of those, how many may have happened at any hour, and are shared out among all alike.
    reversed
        Events left out because they end before they begin.
    untimed
        Events left out because they have no time at all.
    moved
        What share of the events would lie in another hour, were each put at the middle of its span.
    """

    weights: Floats
    events: int
    one_end: int
    over_a_week: int
    reversed: int
    untimed: int
    moved: float

    def by_hour(self) -> Floats:
        """Events' worth in each of the 24 hours of the day."""
        return np.asarray(self.weights.reshape(7, 24).sum(axis=0))

    def by_day(self) -> Floats:
        """Events' worth on each of the 7 days, Monday first."""
        return np.asarray(self.weights.reshape(7, 24).sum(axis=1))


def hours_of_week(starts: Sequence[datetime | None], ends: Sequence[datetime | None]) -> HoursOfWeek:
    """Share events out among the hours in which they may have happened.

    Parameters
    ----------
    starts, ends
        Earliest and latest time of each event, by the clock on the wall in England and Wales, without a time zone;
        None where not known. A time that autumn's clocks show twice is taken at its earlier when it begins and at its
        later when it ends.

    Returns
    -------
    HoursOfWeek

    Raises
    ------
    ValueError
        If there are not as many ends as starts, or a time has a time zone of its own.

    Notes
    -----
    Ratcliffe (2000), "Aoristic analysis: the spatial interpretation of unspecific temporal events", *International
    Journal of Geographical Information Science* 14. Shares are by the second. An event without a length counts whole in
    its hour.
    """
    if len(starts) != len(ends):
        raise ValueError(f"There are {len(starts)} starts but {len(ends)} ends.")
    known = [(a or b, b or a) for a, b in zip(starts, ends, strict=True)]
    first = np.asarray([_seconds(one, 0) for one, _ in known if one is not None], dtype=np.int64)
    last = np.asarray([_seconds(other, 1) for _, other in known if other is not None], dtype=np.int64)
    single = np.asarray([a is None or b is None for a, b in zip(starts, ends, strict=True) if a or b], dtype=bool)
    # Autumn's second hour must not make a span of a single time.
    last = np.where(single, first, last)
    forward = last >= first
    first, last, single = first[forward], last[forward], single[forward]
    long = last - first >= HOURS * _HOUR
    weights = _shared_out(first[~long], last[~long]) + long.sum() / HOURS
    middles = (first[~long] + last[~long]) // 2
    halfway = _shared_out(middles, middles) + long.sum() / HOURS
    return HoursOfWeek(
        weights=weights,
        events=first.size,
        one_end=int(single.sum()),
        over_a_week=int(long.sum()),
        reversed=int((~forward).sum()),
        untimed=sum(one is None for one, _ in known),
        moved=float(np.abs(weights - halfway).sum() / 2 / first.size) if first.size else 0.0,
    )


def profile_limits(weights: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The interval of events' worths, such as those of hours or days.

    Parameters
    ----------
    weights
        Zero or more, whole or not, in an array of any shape.
    confidence
        Of each interval by itself, between 0 and 1.

    Returns
    -------
    tuple of two arrays of float
        Lower and upper limits, of the same shape.

    Raises
    ------
    ValueError
        If a weight is negative or missing, or the confidence is not between 0 and 1.

    Notes
    -----
    Exact Poisson limits, which the gamma distribution gives for parts of an event too. Where shares come from long
    spans they are wider than need be.
    """
    worth = np.asarray(weights, dtype=np.float64)
    if not np.all(worth >= 0) or not 0 < confidence < 1:
        raise ValueError("Weights must be zero or more, with a confidence between 0 and 1.")
    tail = (1 - confidence) / 2
    low = np.where(worth > 0, gamma.ppf(tail, np.maximum(worth, 1e-300)), 0.0)
    return np.asarray(low), np.asarray(gamma.isf(tail, worth + 1))


def _seconds(time: datetime, fold: int) -> int:
    """Seconds since 1970, of a time on the wall; one in the hour that spring leaves out is an hour later."""
    if time.tzinfo is not None:
        raise ValueError(f"{time} has a time zone; give the time by the clock on the wall.")
    earlier, later = (int(time.replace(tzinfo=_LONDON, fold=one).timestamp()) for one in (0, 1))
    # Of a time that there was not, the second reading is the earlier: both ends of a span are then read alike.
    return later if fold and later > earlier else earlier


def _shared_out(first: Seconds, last: Seconds) -> Floats:
    weights = np.zeros(HOURS)
    length = last - first
    opening = first // _HOUR
    spans = int((last // _HOUR - opening).max()) + 1 if first.size else 0
    for step in range(spans):
        hour = opening + step
        within = np.minimum(last, (hour + 1) * _HOUR) - np.maximum(first, hour * _HOUR)
        # A moment has no seconds to share out, and lies whole in its hour.
        share = np.where(length == 0, float(step == 0), within / np.maximum(length, 1))
        there = (share > 0) & (within >= 0)
        weights += np.bincount(_hour_of_week(hour[there]), share[there], HOURS)
    return weights


def _hour_of_week(hours: Seconds) -> Seconds:
    """On the wall, of hours since 1970: clocks are whole hours from universal time."""
    different, where = np.unique(hours, return_inverse=True)
    ahead = np.asarray([_ahead(int(hour)) for hour in different], dtype=np.int64)
    return np.asarray((different + ahead + _THURSDAY) % HOURS)[where]


def _ahead(hour: int) -> int:
    shift = datetime.fromtimestamp(hour * _HOUR, tz=UTC).astimezone(_LONDON).utcoffset() or timedelta()
    return int(shift.total_seconds()) // _HOUR
