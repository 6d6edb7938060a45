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
from frankpledge.findings.ground import Events, Ground, ground_of
from frankpledge.findings.records import RecordsRead, dataset_with, records_read
from frankpledge.indicators.definition import Indicator
from frankpledge.periods import Period
from frankpledge.statistics.place.clusters import LEVEL, Clusters, hot_cells
from frankpledge.statistics.place.concentration import Concentration, concentration
from frankpledge.statistics.place.grid import Grid, gather_points
from frankpledge.statistics.place.persistence import LEAST_PERIODS, Persistence, classify_hot_spots
from frankpledge.statistics.place.prediction import Prediction, assess_prediction
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.quality.records import MANY_POINTS

# What is within 350 m of a street is a place that people would give one name.
REACH = 3.5
_NAMES = 2
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
    tested_on
        The months after that it was tested on.
    read
        What the records were read from.
    grid, clusters, inside
        What the map is drawn from.
    land
        Where records lie, as WKB in metres of the British National Grid: what was looked at, where no outline of the
        area is held; None where one is.
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
    read: RecordsRead
    grid: Grid
    land: bytes | None
    clusters: Clusters
    inside: NDArray[np.bool_]
    spots: tuple[HotSpot, ...]
    placed: int
    unplaced: int
    points: int
    concentration: Concentration
    prediction: Prediction | None


def find_hot_spots(
    warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, tested_on: int | None = 0
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
        How many of the months that follow it is tested on; none unless given. None: as many as are held, twelve at
        most.

    Returns
    -------
    HotSpots

    Raises
    ------
    NotHeldError
        When no records with places are held for the area and period, or neither an outline of the area nor records
        enough to tell where it lies.
    """
    dataset = dataset_with(warehouse, indicator, area_code, period, "longitude")
    ground = ground_of(warehouse, area_code, dataset)
    following = _following(ground, period, tested_on)
    asked = ground.asked(warehouse, indicator, area_code, dataset)
    now = asked.within(period.months)
    placed = now.placed
    if not placed.month.size:
        raise NotHeldError(
            f"None of the records of {indicator.noun} for {period.words()} has a place.", "There is nothing to map."
        )
    counts = placed.counted(ground.grid)
    clusters = hot_cells(counts, REACH, ground.inside)
    year_before = period.year_before().months
    before = asked.within(year_before).counted(ground.grid) if ground.holds(year_before) else None
    after = asked.within(following).counted(ground.grid) if following else None
    kinds = _kinds(asked, ground, period)
    spots = _spots(placed, period.last, ground.grid, counts, clusters, before, after, kinds, _nameless(warehouse))
    return HotSpots(
        area_code=area_code,
        period=period,
        tested_on=following,
        read=records_read(warehouse, dataset, period.months),
        grid=ground.grid,
        land=ground.land,
        clusters=clusters,
        inside=ground.inside,
        spots=spots,
        placed=int(placed.month.size),
        unplaced=int(now.month.size - placed.month.size),
        points=gather_points(placed.x, placed.y).x.size,
        concentration=_concentrated(ground.events.within(period.months).placed, placed),
        prediction=assess_prediction(clusters.hot, after, ground.inside)
        if after is not None and after[ground.inside].any()
        else None,
    )


def _following(ground: Ground, period: Period, tested_on: int | None) -> range:
    """The months that the map is tested on."""
    after = period.last + 1
    if tested_on is None:
        held = (number for number in range(_MOST_AFTER) if after + number not in ground.months)
        return range(after, after + next(held, _MOST_AFTER))
    following = range(after, after + tested_on)
    if not ground.holds(following):
        raise NotHeldError(
            f"Not all of the {tested_on} months after {period.words()} are held.", "Test the map on months that are."
        )
    return following


def _concentrated(known: Events, placed: Events) -> Concentration:
    """Over every point that had an event of any sort: the nearest there is to a list of all streets."""
    everywhere = gather_points(known.x, known.y)
    here = gather_points(placed.x, placed.y)
    with_any = dict(zip(zip(here.x, here.y, strict=True), here.events, strict=True))
    places = zip(everywhere.x, everywhere.y, strict=True)
    return concentration([with_any.get(place, 0) for place in places])


def _kinds(asked: Events, ground: Ground, period: Period) -> NDArray[np.object_] | None:
    """What each cell has been over the quarters up to the end of the period, two years at most."""
    quarters: list[range] = []
    last = period.last
    while len(quarters) < _QUARTERS and ground.holds(range(last - 2, last + 1)):
        quarters.append(range(last - 2, last + 1))
        last -= 3
    if len(quarters) < LEAST_PERIODS:
        return None
    # Asked only of cells that are hot over the whole period: a quarter by itself has too little to stand out among all.
    counts = [asked.within(one).counted(ground.grid) for one in reversed(quarters)]
    maps = [hot_cells(one, REACH, ground.inside).p_value for one in counts]
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
    placed: Events,
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


def _name(events: Events, nameless: set[str]) -> str:
    streets = Counter(place for place in events.place if place not in nameless)
    wards = Counter(ward for ward in events.ward if ward)
    named = [street for street, _ in sorted(streets.items(), key=lambda item: (-item[1], item[0]))[:_NAMES]]
    ward = max(sorted(wards), key=lambda name: wards[name], default="")
    words = " and ".join(named) or "a place without a name"
    return f"{words}, {ward}" if ward else words
