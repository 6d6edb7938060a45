"""Hot spots: where in an area an offence stands out, what people call the place, and whether the map holds.

Open data stands on anonymous points, each for a street or so. Points are brought together first, counted in cells no
smaller than a street, and a cell is never read as an address.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, label

from frankpledge.errors import NotHeldError
from frankpledge.findings.records import RecordsRead, dataset_with, read_records, records_read
from frankpledge.indicators.definition import Indicator
from frankpledge.periods import Period
from frankpledge.statistics.place.clusters import LEVEL, Clusters, hot_cells
from frankpledge.statistics.place.concentration import Concentration, concentration
from frankpledge.statistics.place.grid import Grid, gather_points, grid_over
from frankpledge.statistics.place.persistence import LEAST_PERIODS, Persistence, classify_hot_spots
from frankpledge.statistics.place.prediction import Prediction, assess_prediction
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.national_grid import to_grid
from frankpledge.warehouse.quality.records import MANY_POINTS

# A hundred metres is a street; what is within 350 m of it is a place that people would give one name.
CELL = 100.0
REACH = 3.5
_NAMES = 2
# A point may be snapped over the border; one further off than this is a mistake, and no place.
_BEYOND = 500.0
_QUARTERS = 8
_MOST_AFTER = 12


@dataclass(frozen=True)
class HotSpot:
    """Hot cells, and what is within reach of them, as one place: those whose reaches touch are one.

    Attributes
    ----------
    name
        What is there, as the police word it: the streets with most events, and the ward.
    easting, northing
        Its middle, by events, in metres.
    cells
        How many of its cells are hot.
    events
        Events within reach of them.
    before, after
        Events at the same place in the same months a year before, and in the period the map is tested on; None where
        that is not held or not asked.
    latest
        Of its events, those of the last month.
    q_value
        Of its hottest cell.
    persistence
        What that cell has been over the quarters of the last two years; None where those are not held.
    outline
        All that is within reach of its hot cells, as WKB in metres of the British National Grid.
    """

    name: str
    easting: float
    northing: float
    cells: int
    events: int
    before: int | None
    after: int | None
    latest: int
    q_value: float
    persistence: Persistence | None
    outline: bytes


@dataclass(frozen=True)
class HotSpots:
    """Hot spots of an offence in one area.

    Attributes
    ----------
    tested_on, held_after
        The months after that it was tested on, and on how many of them it could be, twelve at most.
    read
        What the records were read from.
    grid, clusters, inside
        What the map is drawn from.
    spots
        The one with most events first.
    placed, unplaced
        Events with a point, and without one: those are on no map.
    points
        How many points they stand on.
    concentration
        Over all points of the area that ever had an event of any sort in the period.
    prediction
        How the map did on the period after; None where none was asked.
    """

    area_code: str
    period: Period
    tested_on: range
    held_after: int
    read: RecordsRead
    grid: Grid
    clusters: Clusters
    inside: NDArray[np.bool_]
    spots: tuple[HotSpot, ...]
    placed: int
    unplaced: int
    points: int
    concentration: Concentration
    prediction: Prediction | None


@dataclass(frozen=True)
class _Events:
    """Events of an area, by month, with where they are."""

    month: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    place: NDArray[np.object_]
    ward: NDArray[np.object_]
    asked: NDArray[np.bool_]

    def within(self, months: range) -> _Events:
        return self.where((self.month >= months.start) & (self.month < months.stop))

    def where(self, held: NDArray[np.bool_]) -> _Events:
        return _Events(
            self.month[held], self.x[held], self.y[held], self.place[held], self.ward[held], self.asked[held]
        )

    def on(self, grid: Grid) -> _Events:
        """The same events, without the places of those that lie off a grid."""
        column, row = (self.x - grid.west) / grid.cell, (self.y - grid.south) / grid.cell
        near = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
        x, y = np.where(near, self.x, np.nan), np.where(near, self.y, np.nan)
        return _Events(self.month, x, y, self.place, self.ward, self.asked)

    def counted(self, grid: Grid) -> NDArray[np.int64]:
        return grid.count(gather_points(self.x, self.y))


def find_hot_spots(
    warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, tested_on: int = 0
) -> HotSpots:
    """Look for the hot spots of an indicator's offences.

    Parameters
    ----------
    warehouse
        Open warehouse.
    indicator
        One that counts offences that are held as records.
    area_code
        Local authority.
    period
        The map is drawn from these months.
    tested_on
        How many of the months that follow it is tested on; none unless given.

    Returns
    -------
    HotSpots

    Raises
    ------
    NotHeldError
        When no records with places are held for the area and period, or the outline of the area is not.
    """
    dataset = dataset_with(warehouse, indicator, area_code, period, "longitude")
    everything = _events(warehouse, indicator, area_code, dataset)
    outline = _outline(warehouse, area_code)
    grid = _grid(outline)
    everything = everything.on(grid)
    now = everything.within(period.months)
    following = range(period.last + 1, period.last + 1 + tested_on)
    if not _held(everything, following):
        raise NotHeldError(
            f"Not all of the {tested_on} months after {period.words()} are held.", "Test the map on months that are."
        )
    asked = now.where(now.asked)
    placed = asked.where(np.isfinite(asked.x))
    if not placed.month.size:
        raise NotHeldError(
            f"None of the records of {indicator.noun} for {period.words()} has a place.", "There is nothing to map."
        )
    counts = placed.counted(grid)
    # A street on the border belongs to the area where its records do.
    inside = _inside(outline, grid) | (everything.where(np.isfinite(everything.x)).counted(grid) > 0)
    clusters = hot_cells(counts, REACH, inside)
    year_before = period.year_before().months
    before = _counts(everything.within(year_before), grid) if _held(everything, year_before) else None
    after = _counts(everything.within(following), grid) if tested_on else None
    kinds = _kinds(everything, grid, inside, period)
    return HotSpots(
        area_code=area_code,
        period=period,
        tested_on=following,
        held_after=_held_after(everything, period.last),
        read=records_read(warehouse, dataset, period.months),
        grid=grid,
        clusters=clusters,
        inside=inside,
        spots=_spots(placed, period.last, grid, counts, clusters, before, after, kinds, _nameless(warehouse)),
        placed=int(placed.month.size),
        unplaced=int(asked.month.size - placed.month.size),
        points=gather_points(placed.x, placed.y).x.size,
        concentration=_concentrated(now, placed),
        prediction=assess_prediction(clusters.hot, after, inside)
        if after is not None and after[inside].any()
        else None,
    )


def _events(warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str) -> _Events:
    rows = read_records(warehouse, indicator, area_code, dataset, _COLUMNS)
    longitude, latitude = rows["longitude"], rows["latitude"]
    x, y = to_grid(longitude, latitude)
    return _Events(
        month=np.asarray(rows["month"], dtype=np.int64),
        x=np.where(np.isfinite(longitude), x, np.nan),
        y=np.where(np.isfinite(latitude), y, np.nan),
        place=np.asarray(rows["place"], dtype=object),
        ward=np.asarray(rows["ward"], dtype=object),
        asked=np.asarray(rows["asked"], dtype=bool),
    )


_COLUMNS = """
    incident.longitude, incident.latitude,
    trim(regexp_replace(coalesce(incident.place, ''), '^On or near', '')) AS place, coalesce(ward.name, '') AS ward
"""


def _held(events: _Events, months: range) -> bool:
    """Whether records of every one of these months are held: a month without any is a month that was not sent."""
    return set(months) <= set(np.unique(events.month).tolist())


def _held_after(events: _Events, last: int) -> int:
    return next(
        (away for away in range(_MOST_AFTER) if not _held(events, range(last + 1, last + 2 + away))), _MOST_AFTER
    )


def _outline(warehouse: Warehouse, area_code: str) -> shapely.Geometry:
    """The finest outline that is held."""
    rows = warehouse.con.execute(
        "SELECT outline FROM boundary WHERE area_code = ? ORDER BY points DESC LIMIT 1", [area_code]
    ).fetchall()
    if not rows:
        raise NotHeldError(
            f"The outline of {area_code} is not held.", "Add a file of boundaries of local authorities (ONS)."
        )
    return shapely.from_wkb(rows[0][0])


def _grid(outline: shapely.Geometry) -> Grid:
    west, south, east, north = outline.bounds
    return grid_over([west - _BEYOND, east + _BEYOND], [south - _BEYOND, north + _BEYOND], CELL)


def _inside(outline: shapely.Geometry, grid: Grid) -> NDArray[np.bool_]:
    x, y = np.meshgrid(*grid.centres())
    return np.asarray(shapely.contains_xy(outline, x, y))


def _counts(events: _Events, grid: Grid) -> NDArray[np.int64]:
    asked = events.where(events.asked & np.isfinite(events.x))
    return asked.counted(grid)


def _concentrated(now: _Events, placed: _Events) -> Concentration:
    """Over every point that had an event of any sort: the nearest there is to a list of all streets."""
    known = now.where(np.isfinite(now.x))
    everywhere = gather_points(known.x, known.y)
    here = gather_points(placed.x, placed.y)
    with_any = dict(zip(zip(here.x, here.y, strict=True), here.events, strict=True))
    places = zip(everywhere.x, everywhere.y, strict=True)
    return concentration([with_any.get(place, 0) for place in places])


def _kinds(events: _Events, grid: Grid, inside: NDArray[np.bool_], period: Period) -> NDArray[np.object_] | None:
    """What each cell has been over the quarters up to the end of the period, two years at most."""
    quarters: list[range] = []
    last = period.last
    while len(quarters) < _QUARTERS and _held(events, range(last - 2, last + 1)):
        quarters.append(range(last - 2, last + 1))
        last -= 3
    if len(quarters) < LEAST_PERIODS:
        return None
    # Asked only of cells that are hot over the whole period: a quarter by itself has too little to stand out among all.
    maps = [hot_cells(_counts(events.within(one), grid), REACH, inside).p_value for one in reversed(quarters)]
    hot = [np.nan_to_num(p_value, nan=1.0) <= LEVEL for p_value in maps]
    return classify_hot_spots(hot, recent=min(2, len(hot) // 2))


def _nameless(warehouse: Warehouse) -> set[str]:
    """Words that stand for a sort of place and not for one: “Supermarket”, “Parking Area”."""
    rows = warehouse.con.execute(
        "SELECT DISTINCT trim(regexp_replace(subject, '^On or near', '')) FROM noticed "
        "WHERE kind = 'place' AND among >= ?",
        [MANY_POINTS],
    )
    return {str(word) for (word,) in rows.fetchall()} | {""}


def _spots(
    placed: _Events,
    last: int,
    grid: Grid,
    counts: NDArray[np.int64],
    clusters: Clusters,
    before: NDArray[np.int64] | None,
    after: NDArray[np.int64] | None,
    kinds: NDArray[np.object_] | None,
    nameless: set[str],
) -> tuple[HotSpot, ...]:
    pieces, number = label(_within_reach(clusters.hot), structure=np.ones((3, 3)))
    column = np.floor((placed.x - grid.west) / grid.cell).astype(int)
    row = np.floor((placed.y - grid.south) / grid.cell).astype(int)
    piece = pieces[row, column]
    found = []
    for spot in range(1, number + 1):
        cells, here = pieces == spot, placed.where(piece == spot)
        if not here.month.size:
            continue
        hottest = np.unravel_index(np.where(cells & clusters.hot, clusters.z, -np.inf).argmax(), cells.shape)
        found.append(
            HotSpot(
                name=_name(here, nameless),
                easting=float(here.x.mean()),
                northing=float(here.y.mean()),
                cells=int((cells & clusters.hot).sum()),
                events=int(counts[cells].sum()),
                before=None if before is None else int(before[cells].sum()),
                after=None if after is None else int(after[cells].sum()),
                latest=int((here.month == last).sum()),
                q_value=float(clusters.q_value[hottest]),
                persistence=None if kinds is None else kinds[hottest],
                outline=_outline_of(cells, grid),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.events, one.name)))


def _within_reach(hot: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What made the hot cells hot: they and all within reach of them."""
    far = int(REACH)
    offsets = np.arange(-far, far + 1)
    return np.asarray(binary_dilation(hot, offsets[:, None] ** 2 + offsets**2 <= REACH**2))


def _outline_of(cells: NDArray[np.bool_], grid: Grid) -> bytes:
    rows, columns = np.nonzero(cells)
    west, south = grid.west + columns * grid.cell, grid.south + rows * grid.cell
    return bytes(shapely.to_wkb(shapely.union_all(shapely.box(west, south, west + grid.cell, south + grid.cell))))


def _name(events: _Events, nameless: set[str]) -> str:
    streets = Counter(place for place in events.place if place not in nameless)
    wards = Counter(ward for ward in events.ward if ward)
    named = [street for street, _ in sorted(streets.items(), key=lambda item: (-item[1], item[0]))[:_NAMES]]
    ward = max(sorted(wards), key=lambda name: wards[name], default="")
    words = " and ".join(named) or "a place without a name"
    return f"{words}, {ward}" if ward else words
