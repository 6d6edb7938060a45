"""Near repeats: whether crimes close in place are also close in time, more often than chance would have it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from frankpledge.statistics.place.grid import in_metres

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# A place, and then rings of a hundred metres; weeks. What Johnson and others (2007) found for burglary lies within.
METRES = (0, 1, 100, 200, 300, 400)
DAYS = (0, 7, 14, 21, 28)
_FEWEST_TO_DOUBT = 20
# Pairs looked at together, so that memory does not grow with them.
_TOGETHER = 1 << 16


@dataclass(frozen=True)
class NearRepeats:
    """Pairs of events by distance (rows) and days between them (columns).

    Attributes
    ----------
    metres, days
        Edges of the bands: each begins with its edge and ends before the next.
    observed
        Pairs seen.
    expected
        Pairs on average, with the dates shuffled among the events.
    p_value
        Share of the shuffles with as many pairs or more, the seen one counted among them. Of each cell by itself: with
        twenty cells, one at 5% is what chance brings.
    """

    metres: tuple[float, ...]
    days: tuple[int, ...]
    observed: Whole
    expected: Floats
    p_value: Floats

    @property
    def ratio(self) -> Floats:
        """Pairs seen over pairs expected; NaN where none are expected."""
        unknown = np.full(self.observed.shape, np.nan)
        return np.asarray(np.divide(self.observed, self.expected, out=unknown, where=self.expected > 0))


def near_repeats(
    x: ArrayLike,
    y: ArrayLike,
    dates: ArrayLike,
    metres: Sequence[float] = METRES,
    days: Sequence[int] = DAYS,
    permutations: int = 999,
    seed: int = 20190,
) -> NearRepeats:
    """Knox's test of events that are close in place and in time.

    Parameters
    ----------
    x, y
        Eastings and northings in metres, where it happened and not where it was snapped to.
    dates
        Day of each event, as dates.
    metres, days
        Edges of the bands, rising. A first band of less than a metre holds repeats at one place.
    permutations
        How often dates are shuffled.
    seed
        Start of this call's own random numbers.

    Returns
    -------
    NearRepeats
        Shapes (len(metres) - 1, len(days) - 1).

    Raises
    ------
    ValueError
        If the dates are months only, of which nothing can be told in weeks; the numbers of places and dates differ;
        there are fewer than two events; edges do not rise; or there is no permutation.

    Notes
    -----
    Knox (1964), *Applied Statistics* 13; with permutations as Johnson and others (2007), "Space-time patterns of risk",
    *Journal of Quantitative Criminology* 23. Growth or a season over the period makes pairs close in time too, but
    alike at every distance, which the shuffles keep.
    """
    east, north = in_metres(x, y)
    when = _days(dates)
    _check(east, when, metres, days, permutations)
    shape = (len(metres) - 1, len(days) - 1)
    pairs = _near_pairs(east, north, metres, len(days))
    columns = _columns(days, int(np.ptp(when)))
    observed = _tabulate(when, pairs, columns, shape)
    random = np.random.default_rng(seed)
    total, as_many = np.zeros(shape, dtype=np.int64), np.ones(shape, dtype=np.int64)
    for _ in range(permutations):
        shuffled = _tabulate(random.permutation(when), pairs, columns, shape)
        total += shuffled
        as_many += shuffled >= observed
    return NearRepeats(tuple(metres), tuple(days), observed, total / permutations, as_many / (permutations + 1))


def _days(dates: ArrayLike) -> Whole:
    given = np.asarray(dates, dtype=None if isinstance(dates, np.ndarray) else "datetime64[D]")
    if np.datetime_data(given.dtype)[0] in ("M", "Y") or _only_months(given.astype("datetime64[D]")):
        raise ValueError(
            "These dates are months. Whether crimes are close in time needs the day of each, which open data does not"
            " carry: ask the police for dated records."
        )
    whole = given.astype("datetime64[D]")
    if np.isnat(whole).any():
        raise ValueError("Events without a date must be left out first, and counted as such.")
    return whole.astype(np.int64)


def _only_months(days: NDArray[np.datetime64]) -> bool:
    """True when all lie on the first of a month, as months do that were written out as dates."""
    return bool(days.size >= _FEWEST_TO_DOUBT and np.all(days.astype("datetime64[M]").astype("datetime64[D]") == days))


def _check(east: Floats, when: Whole, metres: Sequence[float], days: Sequence[int], permutations: int) -> None:
    if east.size != when.size or east.size < 2:
        raise ValueError(f"Two events or more are needed, each with a place and a date; not {east.size}, {when.size}.")
    if any(len(edges) < 2 or np.any(np.diff(edges) <= 0) or edges[0] < 0 for edges in (metres, days)):
        raise ValueError("The edges of bands rise from nought or more, and there are two at least.")
    if permutations < 1:
        raise ValueError(f"At least one permutation is needed, not {permutations}.")


def _near_pairs(east: Floats, north: Floats, metres: Sequence[float], wide: int) -> tuple[Whole, Whole, Whole]:
    """Pairs within the furthest edge, in order, and where the row of each begins in the table.

    Found once: only dates are shuffled.
    """
    places = np.column_stack((east, north))
    pairs = KDTree(places).query_pairs(metres[-1], output_type="ndarray")
    # Neighbours in memory are fetched together.
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    apart = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    rows = np.asarray(np.searchsorted(metres, apart, side="right")) - 1
    within = (rows >= 0) & (rows < len(metres) - 1)
    return pairs[within, 0].copy(), pairs[within, 1].copy(), rows[within] * wide


def _columns(days: Sequence[int], longest: int) -> Whole:
    """The band of every possible difference in days, from the most before to the most after."""
    bands = np.asarray(np.searchsorted(days, np.abs(np.arange(-longest, longest + 1)), side="right")) - 1
    return np.where(bands < 0, len(days) - 1, bands)


def _tabulate(when: Whole, pairs: tuple[Whole, Whole, Whole], columns: Whole, shape: tuple[int, int]) -> Whole:
    # One column more, for those further apart than the last edge.
    counted = np.zeros(shape[0] * (shape[1] + 1), dtype=np.int64)
    for start in range(0, pairs[0].size, _TOGETHER):
        one, other, place = (each[start : start + _TOGETHER] for each in pairs)
        band = columns[when[one] - when[other] + columns.size // 2]
        counted += np.bincount(place + band, minlength=counted.size)
    return counted.reshape(shape[0], -1)[:, :-1]
