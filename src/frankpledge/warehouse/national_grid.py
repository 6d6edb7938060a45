"""Degrees to metres of the National Grid and back, for whole arrays at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

GRID, DEGREES = 27700, 4326

Numbers = NDArray[np.float64]

# Eastings and northings that hold all of England and Wales (and some of Scotland, and of the sea).
WEST, SOUTH, EAST, NORTH = 80_000, 5_000, 656_000, 658_000


@lru_cache
def _between(one: int, other: int) -> pyproj.Transformer:
    """Made when first asked for: it takes longer than most commands that never place a point."""
    return pyproj.Transformer.from_crs(one, other, always_xy=True)


def to_grid(longitudes: Any, latitudes: Any) -> tuple[Numbers, Numbers]:
    """Eastings and northings of points in degrees; infinite for what is no point on Earth."""
    eastings, northings = _between(DEGREES, GRID).transform(np.asarray(longitudes, float), np.asarray(latitudes, float))
    return eastings, northings


def to_degrees(eastings: Any, northings: Any) -> tuple[Numbers, Numbers]:
    """Longitudes and latitudes of points on the National Grid."""
    longitudes, latitudes = _between(GRID, DEGREES).transform(np.asarray(eastings, float), np.asarray(northings, float))
    return longitudes, latitudes


def shape_to_grid(shape: shapely.Geometry) -> shapely.Geometry:
    """An outline in degrees, in metres of the National Grid."""
    return shapely.transform(shape, lambda points: np.column_stack(to_grid(points[:, 0], points[:, 1])))


def shape_to_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    """An outline in metres of the National Grid, in degrees."""
    return shapely.transform(shape, lambda points: np.column_stack(to_degrees(points[:, 0], points[:, 1])))
