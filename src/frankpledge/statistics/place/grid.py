"""Points, and the square cells they are counted in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# London at 100 metres is 264,000 cells, England and Wales at 250 metres 2.4 million. More is a point gone astray.
MOST_CELLS = 5_000_000

_CENTIMETRES = 100
# More centimetres than any northing has, so that eastings and northings keep out of each other's digits.
_APART = 1 << 31
_FURTHEST = 10_000_000


@dataclass(frozen=True)
class Points:
    """Places in metres, each once, with how many events lie there."""

    x: Floats
    y: Floats
    events: Whole


@dataclass(frozen=True)
class Grid:
    """Square cells over an area: `columns` across, `rows` up, from the south-west corner, `cell` metres wide.

    Arrays over it are of shape (rows, columns), the southernmost row first.
    """

    west: float
    south: float
    cell: float
    columns: int
    rows: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def centres(self) -> tuple[Floats, Floats]:
        """Eastings of the columns' middles and northings of the rows'."""
        columns, rows = np.arange(self.columns, dtype=np.float64), np.arange(self.rows, dtype=np.float64)
        return self.west + (columns + 0.5) * self.cell, self.south + (rows + 0.5) * self.cell

    def count(self, points: Points) -> Whole:
        """Events in each cell; those outside the grid are left out.

        Parameters
        ----------
        points
            A point on the line between two cells lies in the one to the north or east.

        Returns
        -------
        array of int, of the grid's shape
        """
        column = np.floor((points.x - self.west) / self.cell).astype(np.int64)
        row = np.floor((points.y - self.south) / self.cell).astype(np.int64)
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        place = row[inside] * self.columns + column[inside]
        counted = np.bincount(place, weights=points.events[inside], minlength=self.rows * self.columns)
        return np.rint(counted).astype(np.int64).reshape(self.shape)


def gather_points(x: ArrayLike, y: ArrayLike) -> Points:
    """Bring events at one place together.

    Parameters
    ----------
    x, y
        Eastings and northings in metres, one of each for every event.

    Returns
    -------
    Points
        To the centimetre, ordered by easting, then northing.

    Raises
    ------
    ValueError
        If they differ in number, one is missing, or they look like degrees.
    """
    east, north = in_metres(x, y)
    # One whole number for each place is sorted ten times as fast as pairs are.
    across, up = (np.rint(metres * _CENTIMETRES).astype(np.int64) for metres in (east, north))
    places, events = np.unique(across * _APART + up, return_counts=True)
    up = (places + _APART // 2) % _APART - _APART // 2
    return Points((places - up) / (_APART * _CENTIMETRES), up / _CENTIMETRES, events.astype(np.int64))


def grid_over(x: ArrayLike, y: ArrayLike, cell: float) -> Grid:
    """A grid that holds all points, its lines on whole multiples of the cell, so that two of them fit together.

    Parameters
    ----------
    x, y
        Eastings and northings in metres: of the area's outline rather than of events, which differ by the month.
    cell
        Side of a cell in metres, above zero.

    Returns
    -------
    Grid

    Raises
    ------
    ValueError
        If there is no point, the cell is not above zero, or there would be more than five million cells, as when one
        point lies where easting and northing are nought.
    """
    east, north = in_metres(x, y)
    if not (cell > 0 and np.isfinite(cell)) or east.size == 0:
        raise ValueError(f"A grid takes at least one point and a cell of more than no metres, not {cell}.")
    west, south = np.floor(east.min() / cell), np.floor(north.min() / cell)
    columns, rows = int(np.floor(east.max() / cell) - west) + 1, int(np.floor(north.max() / cell) - south) + 1
    if columns * rows > MOST_CELLS:
        raise ValueError(
            f"Cells of {cell:g} metres over {columns * cell / 1000:,.0f} by {rows * cell / 1000:,.0f} km would be"
            f" {columns * rows:,}, more than {MOST_CELLS:,}. Look for a point that lies far off, or take larger cells."
        )
    return Grid(float(west * cell), float(south * cell), float(cell), columns, rows)


def in_metres(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Eastings and northings as arrays; refused with a ValueError where one is missing or they look like degrees."""
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if east.shape != north.shape:
        raise ValueError(f"There are {east.size} eastings but {north.size} northings.")
    if not (np.all(np.isfinite(east)) and np.all(np.isfinite(north))):
        raise ValueError("Points without a place must be left out first, and counted as such.")
    if east.size and max(np.abs(east).max(), np.abs(north).max()) > _FURTHEST:
        raise ValueError("A point lies more than 10,000 km from the grid's origin: its place cannot be in metres.")
    # No place in England or Wales is within 10 km of the National Grid's origin, west of Scilly.
    if east.size and np.abs(east).max() <= 180 and np.abs(north).max() <= 90:
        raise ValueError("These look like degrees. Turn them into National Grid metres first (EPSG:27700).")
    return east, north
