"""The ground an area's hot spots are looked for on: every record of it with its point, its cells, and its edge.

All findings of one area stand on the same ground, so it is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.findings.records import every_record, rows_asked
from frankpledge.indicators.definition import Indicator
from frankpledge.statistics.place.grid import Grid, gather_points, grid_over
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.national_grid import to_grid

# A hundred metres is a street.
CELL = 100.0
# A point may be snapped over the border; one further off than this is a mistake, and no place.
_BEYOND = 500.0
_SQUARE = 500.0
_LEAST_HELD = 3


@dataclass(frozen=True)
class Events:
    """Events of an area, by month, with where they are; no number where that is not known."""

    row: NDArray[np.int64]
    month: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    place: NDArray[np.object_]
    ward: NDArray[np.object_]

    def within(self, months: range) -> Events:
        """Those of some months."""
        return self.where((self.month >= months.start) & (self.month < months.stop))

    def where(self, held: NDArray[np.bool_]) -> Events:
        """Some of them."""
        return Events(*(column[held] for column in vars(self).values()))

    @property
    def placed(self) -> Events:
        """Those with a point."""
        return self.where(np.isfinite(self.x))

    def counted(self, grid: Grid) -> NDArray[np.int64]:
        """How many lie in each cell."""
        placed = self.placed
        return grid.count(gather_points(placed.x, placed.y))


@dataclass(frozen=True)
class Ground:
    """Every record of an area and dataset, of any sort and month, and where it was looked.

    Attributes
    ----------
    months
        Those that any record is of: a month without any is a month that was not sent.
    land
        Where records lie, as WKB in metres of the British National Grid: what was looked at, where no outline of the
        area is held; None where one is.
    inside
        Cells of the area: a street on the border belongs to it where its records do.
    """

    events: Events
    months: frozenset[int]
    grid: Grid
    land: bytes | None
    inside: NDArray[np.bool_]

    def holds(self, months: range) -> bool:
        """Whether records of every one of these months are held."""
        return self.months.issuperset(months)

    def asked(self, warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str) -> Events:
        """The records of an indicator's offences."""
        rows = rows_asked(warehouse, indicator, area_code, dataset)
        return self.events.where(np.isin(self.events.row, rows))


def ground_of(warehouse: Warehouse, area_code: str, dataset: str) -> Ground:
    """The ground of an area, as one dataset's records tell of it.

    Raises
    ------
    NotHeldError
        When neither an outline of the area is held nor records enough to tell where it lies.
    """
    return warehouse.once(("ground", area_code, dataset), lambda: _ground(warehouse, area_code, dataset))


def _ground(warehouse: Warehouse, area_code: str, dataset: str) -> Ground:
    events = _events(warehouse, area_code, dataset)
    held = _outline(warehouse, area_code)
    outline = _land(events, area_code) if held is None else held
    west, south, east, north = outline.bounds
    grid = grid_over([west - _BEYOND, east + _BEYOND], [south - _BEYOND, north + _BEYOND], CELL)
    events = _on(grid, events)
    return Ground(
        events=events,
        months=frozenset(np.unique(events.month).tolist()),
        grid=grid,
        land=None if held is not None else bytes(shapely.to_wkb(outline)),
        inside=np.asarray(shapely.contains_xy(outline, *np.meshgrid(*grid.centres()))) | (events.counted(grid) > 0),
    )


def _events(warehouse: Warehouse, area_code: str, dataset: str) -> Events:
    rows = every_record(warehouse, area_code, dataset, _COLUMNS)
    longitude, latitude = rows["longitude"], rows["latitude"]
    x, y = to_grid(longitude, latitude)
    return Events(
        row=np.asarray(rows["row"], dtype=np.int64),
        month=np.asarray(rows["month"], dtype=np.int64),
        x=np.where(np.isfinite(longitude), x, np.nan),
        y=np.where(np.isfinite(latitude), y, np.nan),
        place=np.asarray(rows["place"], dtype=object),
        ward=np.asarray(rows["ward"], dtype=object),
    )


_COLUMNS = """
    incident.longitude, incident.latitude,
    trim(regexp_replace(coalesce(incident.place, ''), '^On or near', '')) AS place, coalesce(ward.name, '') AS ward
"""


def _on(grid: Grid, events: Events) -> Events:
    """The same events, without the places of those that lie off a grid."""
    column, row = (events.x - grid.west) / grid.cell, (events.y - grid.south) / grid.cell
    near = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    return replace(events, x=np.where(near, events.x, np.nan), y=np.where(near, events.y, np.nan))


def _outline(warehouse: Warehouse, area_code: str) -> shapely.Geometry | None:
    """The finest outline that is held, if any is."""
    rows = warehouse.con.execute(
        "SELECT outline FROM boundary WHERE area_code = ? ORDER BY points DESC LIMIT 1", [area_code]
    ).fetchall()
    return shapely.from_wkb(rows[0][0]) if rows else None


def _land(events: Events, area_code: str) -> shapely.Geometry:
    """Where records of any sort and month lie, within a walk; a few points far from all others are a mistake."""
    placed = events.placed
    square = np.stack([placed.x, placed.y], axis=-1) // _SQUARE
    squares, held = np.unique(square, axis=0, return_counts=True)
    if not (held >= _LEAST_HELD).any():
        raise NotHeldError(
            f"The outline of {area_code} is not held, and too few records to tell where it lies.",
            "Add a file of boundaries of local authorities (ONS).",
        )
    west, south = _SQUARE * squares[held >= _LEAST_HELD].T
    return shapely.union_all(shapely.box(west, south, west + _SQUARE, south + _SQUARE)).buffer(_SQUARE / 2)
