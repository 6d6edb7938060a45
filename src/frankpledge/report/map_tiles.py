"""Tile maps: a hexagon an area, all of one size, standing near where the areas are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from frankpledge.model.document import Map, Place
from frankpledge.report.drawing import border, polygon_path, shape
from frankpledge.report.map_classes import Classes
from frankpledge.report.map_labels import Label, best_label, number_label

# A hexagon wider than this looks like a poster, not a map.
_WIDEST = 106.0
_MARGIN = 3.0


@dataclass(frozen=True)
class Lattice:
    """Where hexagons stand: pointed at the top, each odd row half a hexagon to the right."""

    side: float
    left: float
    top: int

    @property
    def width(self) -> float:
        """Of one hexagon."""
        return self.side * math.sqrt(3)

    def centre(self, tile: tuple[int, int]) -> tuple[float, float]:
        """The middle of a tile."""
        column, row = tile
        across = column + (0.5 if row % 2 else 0)
        return (across - self.left + 0.5) * self.width, ((row - self.top) * 1.5 + 1) * self.side

    def corners(self, tile: tuple[int, int]) -> list[tuple[float, float]]:
        """The six corners of a tile, from the top."""
        x, y = self.centre(tile)
        angles = (math.radians(60 * corner - 90) for corner in range(6))
        return [(x + self.side * math.cos(angle), y + self.side * math.sin(angle)) for angle in angles]

    def holds(self, width: float, height: float) -> bool:
        """Whether a box of text centred in a hexagon stays inside it, with a margin."""
        half_width, half_height = width / 2 + _MARGIN, height / 2 + _MARGIN / 2
        if half_width > self.width / 2:
            return False
        # From the flat sides' ends, at half a side, the edges close in on the point at a whole side.
        return half_height <= self.side - half_width / math.sqrt(3)


def draw_tiles(shaded: Map, classes: Classes, room: float) -> tuple[str, float, list[Place]]:
    """Draw the hexagons; return the drawing, its height, and the places the key must name, in order."""
    lattice = _lattice([_tile(place) for place in shaded.places], room)
    labels = {place.code: best_label(place, classes.shade(place.figure), lattice.holds) for place in shaded.places}
    # One name missing would leave a reader to wonder: either all are named on the map or most in the key.
    unnamed = [place for place in shaded.places if labels[place.code] is None]
    if len(unnamed) * 2 > len(shaded.places):
        unnamed = list(shaded.places)
    unnamed.sort(key=lambda place: place.name)
    # Hatched ones last: their dark edge is not to be covered by their neighbours' white one.
    order = sorted(shaded.places, key=lambda place: place.figure.value is None)
    # The one pointed out last of all, so that its border lies over its neighbours.
    order.sort(key=lambda place: place.code == shaded.marked)
    drawn = [
        _draw(place, lattice, classes, labels[place.code], unnamed, place.code == shaded.marked) for place in order
    ]
    rows = [_tile(place)[1] for place in shaded.places]
    return "".join(drawn), lattice.side * ((max(rows) - min(rows)) * 1.5 + 2), unnamed


def _draw(
    place: Place, lattice: Lattice, classes: Classes, label: Label | None, unnamed: list[Place], marked: bool
) -> str:
    tile = _tile(place)
    shade = classes.shade(place.figure)
    shown = number_label(unnamed.index(place) + 1, shade) if place in unnamed or label is None else label
    path = polygon_path([lattice.corners(tile)])
    return shape(path, shade.fill) + (border(path) if marked else "") + shown.draw(*lattice.centre(tile))


def _tile(place: Place) -> tuple[int, int]:
    assert place.tile is not None, f"{place.code} has no tile on a tile map"
    return place.tile


def _lattice(tiles: list[tuple[int, int]], room: float) -> Lattice:
    across = [column + (0.5 if row % 2 else 0) for column, row in tiles]
    count = max(across) - min(across) + 1
    width = min(room / count, _WIDEST)
    # A map narrower than its room stands in the middle of it.
    left = min(across) - (room / width - count) / 2
    return Lattice(width / math.sqrt(3), left, min(row for _, row in tiles))
