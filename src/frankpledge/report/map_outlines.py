"""Maps of boundaries: British National Grid metres made into pixels, north at the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.ops import polylabel

from frankpledge.model.document import Map, Place
from frankpledge.report.drawing import border, polygon_path, shape
from frankpledge.report.map_classes import Classes
from frankpledge.report.map_labels import Label, best_label, number_label
from frankpledge.report.palette import GROUND

# How far, in pixels, a simplified border may stray: less than its own width.
_STRAY = 0.4
_TALLEST = 640.0
_MARGIN = 2.0

Area: TypeAlias = "Polygon | MultiPolygon"


@dataclass(frozen=True)
class _Drawn:
    """A place in pixels, with the point its label is centred on."""

    place: Place
    area: Area
    spot: Point
    label: Label | None


def draw_outlines(shaded: Map, classes: Classes, room: float) -> tuple[str, float, list[Place]]:
    """Draw the areas; return the drawing, its height, and the places the key must name, in order."""
    outlines = [_outline(place) for place in shaded.places]
    areas, height = _in_pixels([*outlines, *(_area(one, shaded.slug) for one in shaded.ground)], room)
    areas, ground = areas[: len(outlines)], areas[len(outlines) :]
    drawn = [_placed(place, area, classes) for place, area in zip(shaded.places, areas, strict=True)]
    beneath = "".join(shape(polygon_path(_rings(area)), GROUND) for area in ground)
    unnamed = sorted((one.place for one in drawn if one.label is None), key=lambda place: place.name)
    # Hatched ones last: their dark edge is not to be covered by their neighbours' white one.
    shapes = "".join(_shape(one, classes) for one in sorted(drawn, key=lambda one: one.place.figure.value is None))
    marks = "".join(border(_path(one)) for one in drawn if one.place.code == shaded.marked)
    # Labels after all the shapes, so that no border crosses a name.
    labels = "".join(_label(one, classes, unnamed) for one in drawn)
    return beneath + shapes + marks + labels, height, unnamed


def _outline(place: Place) -> Area:
    assert place.outline is not None, f"{place.code} has no outline on a map of outlines"
    return _area(place.outline, place.code)


def _area(outline: bytes, of: str) -> Area:
    area: Area = shapely.from_wkb(outline)
    assert isinstance(area, Polygon | MultiPolygon), f"{of} has an outline that is not an area"
    return area


def _in_pixels(areas: list[Area], room: float) -> tuple[list[Area], float]:
    west, south, east, north = shapely.total_bounds(areas)
    size = min(room / (east - west), _TALLEST / (north - south))
    indent = (room - (east - west) * size) / 2
    simple = _simplified(areas, _STRAY / size)
    # North is up on the map and y is down in a picture.
    flip = (size, 0, 0, -size, indent - west * size, north * size)
    return [affine_transform(area, flip) for area in simple], (north - south) * size


def _simplified(areas: list[Area], stray: float) -> list[Area]:
    """Fewer points; neighbours keep one border where their outlines truly meet."""
    if bool(shapely.coverage_is_valid(areas)):
        simple = list(shapely.coverage_simplify(areas, stray))
    else:
        simple = list(shapely.simplify(areas, stray, preserve_topology=True))
    return [new if not new.is_empty else old for new, old in zip(simple, areas, strict=True)]


def _placed(place: Place, area: Area, classes: Classes) -> _Drawn:
    largest = max(_polygons(area), key=lambda polygon: polygon.area)
    spot = polylabel(largest, tolerance=1.0)
    shapely.prepare(largest)

    def fits(width: float, height: float) -> bool:
        w, h = width / 2 + _MARGIN, height / 2 + _MARGIN
        return bool(largest.contains(box(spot.x - w, spot.y - h, spot.x + w, spot.y + h)))

    return _Drawn(place, area, spot, best_label(place, classes.shade(place.figure), fits))


def _polygons(area: Area) -> list[Polygon]:
    return list(area.geoms) if isinstance(area, MultiPolygon) else [area]


def _shape(one: _Drawn, classes: Classes) -> str:
    return shape(_path(one), classes.shade(one.place.figure).fill)


def _path(one: _Drawn) -> str:
    return polygon_path(_rings(one.area))


def _rings(area: Area) -> list[list[tuple[float, float]]]:
    return [
        [(x, y) for x, y in ring.coords]
        for polygon in _polygons(area)
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def _label(one: _Drawn, classes: Classes, unnamed: list[Place]) -> str:
    shade = classes.shade(one.place.figure)
    label = one.label or number_label(unnamed.index(one.place) + 1, shade)
    return label.draw(one.spot.x, one.spot.y)
