"""Areas a partnership draws or lists itself: an estate, a town centre, a beat, a police command unit.

Each is one file of ``definitions/areas``, whose name is the area's. What can be seen to be wrong in the text
is refused here, by file and line; what depends on the data held is worked out by `drawing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyproj
import shapely

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.errors import UserError
from frankpledge.geography import GSS_CODE, OWN_PREFIX, SLUG, AreaKind, kind_of
from frankpledge.warehouse.national_grid import DEGREES, EAST, GRID, NORTH, SOUTH, WEST, shape_to_grid, to_grid

WIDEST_CIRCLE = 20_000
# Straight sides to a quarter of a circle: it is then 0.04% too small.
_SIDES = 32

_MADE_OF = (AreaKind.LSOA, AreaKind.WARD, AreaKind.AUTHORITY)
_SHAPES = ("areas", "circle", "outline")
_PEOPLE = ("residents", "none")


@dataclass(frozen=True)
class Around:
    """A circle about a postcode, whose point only the data held can tell."""

    postcode: str
    metres: float


@dataclass(frozen=True)
class DrawnArea:
    """One area, as its definition states it.

    Attributes
    ----------
    slug, title
        ``wealdstone-town-centre``, “Wealdstone town centre”.
    sort
        What it is, in the partnership's own word: estate, town-centre, beat, command-unit.
    peopled
        False where it has no residents to speak of, so that only counts are made.
    listed
        GSS codes of the areas it is made of, all of one kind; empty where it is drawn.
    outline
        In metres of the National Grid; None where it is listed or about a postcode.
    around
        The postcode it lies about.
    where
        File and line, for what is said of it.
    said
        What was put right, each a sentence.
    """

    slug: str
    title: str
    sort: str
    peopled: bool
    listed: tuple[str, ...]
    outline: shapely.Geometry | None
    around: Around | None
    where: str
    said: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Its code, beside which a GSS code may stand: ``own:wealdstone-town-centre``."""
        return OWN_PREFIX + self.slug

    @property
    def made_of(self) -> AreaKind:
        """The kind of area it is a sum of: small areas, where it is drawn."""
        return kind_of(self.listed[0]) if self.listed else AreaKind.LSOA


def read_drawn_areas(overlay: Path | None) -> list[DrawnArea]:
    """Every area of a workspace's definitions, in order of slug.

    Raises
    ------
    DefinitionError
        At the first that cannot be used.
    """
    return [read_drawn_area(path) for path in definition_files("areas", overlay).values()]


def read_drawn_area(path: Path) -> DrawnArea:
    """Parse one definition.

    Raises
    ------
    DefinitionError
        Saying in which line, what is wrong there and what to write.
    """
    entry = read_definition(path)
    entry.only("schema", "title", "kind", "people", *_SHAPES)
    _check_slug(entry)
    given = [key for key in _SHAPES if key in entry.values]
    if len(given) != 1:
        raise entry.problem(
            f"it says {' and '.join(f'“{key}”' for key in given) or 'nowhere'} where the area is.",
            "Write one of: areas (a list of codes), circle, outline.",
        )
    listed: tuple[str, ...] = ()
    outline: shapely.Geometry | None = None
    around: Around | None = None
    said: tuple[str, ...] = ()
    if "areas" in entry.values:
        listed = _listed(entry)
    elif "circle" in entry.values:
        outline, around = _circle(entry.entry("circle"))
    else:
        outline, said = _outline(entry)
    return DrawnArea(
        slug=path.stem,
        title=entry.text("title"),
        sort=entry.text("kind", ""),
        peopled=entry.choice("people", _PEOPLE, "residents") == "residents",
        listed=listed,
        outline=outline,
        around=around,
        where=f"{path.name}, line {entry.lines[given[0]]}",
        said=said,
    )


def _check_slug(entry: Entry) -> None:
    slug = entry.file.stem
    if GSS_CODE.fullmatch(slug.upper()):
        raise entry.problem(
            f"the file is named “{slug}”, which is the code of an official area.",
            "Name the file by the place: wealdstone-town-centre.yaml.",
        )
    if not SLUG.fullmatch(slug):
        raise entry.problem(
            f"“{slug}” cannot be an area's name.",
            "Name the file in small letters, figures and single hyphens: wealdstone-town-centre.yaml.",
        )


def _listed(entry: Entry) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(entry.texts("areas")))
    if not codes:
        raise entry.problem("“areas” is empty.", "List the codes of the areas it is made of.", "areas")
    for code in codes:
        try:
            kind = kind_of(code)
        except UserError as error:
            raise entry.problem(f"“{code}” is not an area of England or Wales.", error.to_do, "areas") from error
        if kind not in _MADE_OF:
            raise entry.problem(
                f"{code} is a {kind}.", "List small areas (LSOAs), wards or local authorities.", "areas"
            )
    if len({kind_of(code) for code in codes}) > 1:
        raise entry.problem(
            "“areas” holds areas of several kinds, which may lie in each other.",
            "List small areas only, wards only, or authorities only.",
            "areas",
        )
    return codes


def _circle(entry: Entry) -> tuple[shapely.Geometry | None, Around | None]:
    entry.only("easting", "northing", "longitude", "latitude", "postcode", "metres")
    metres = entry.number("metres")
    if not 0 < metres <= WIDEST_CIRCLE:
        raise entry.problem(
            f"a circle of {metres:,.0f} metres is not to be had.",
            f"Write how far it reaches from its middle, in metres: more than 0 and at most {WIDEST_CIRCLE:,}.",
            "metres",
        )
    if "postcode" in entry.values:
        return None, Around(re.sub(r"\s+", "", entry.text("postcode").upper()), metres)
    if "easting" in entry.values:
        easting, northing = entry.number("easting"), entry.number("northing")
        if abs(easting) <= 180 and abs(northing) <= 180:
            raise entry.problem(
                f"{easting}, {northing} are degrees, and “easting” and “northing” are metres.",
                "Write “longitude” and “latitude”, or the metres of the National Grid.",
                "easting",
            )
        key = "easting"
    else:
        easting, northing = _from_degrees(entry)
        key = "longitude"
    if not (WEST <= easting <= EAST and SOUTH <= northing <= NORTH):
        raise entry.problem("its middle does not lie in England or Wales.", "Check both numbers.", key)
    return circle(easting, northing, metres), None


def circle(easting: float, northing: float, metres: float) -> shapely.Geometry:
    """A circle on the National Grid."""
    return shapely.Point(easting, northing).buffer(metres, quad_segs=_SIDES)


def _from_degrees(entry: Entry) -> tuple[float, float]:
    longitude, latitude = entry.number("longitude"), entry.number("latitude")
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise entry.problem(
            f"{longitude:g}, {latitude:g} are metres, and “longitude” and “latitude” are degrees.",
            "Write “easting” and “northing”.",
            "longitude",
        )
    if 49 <= longitude <= 61 and -9 <= latitude <= 3:
        raise entry.problem(
            "longitude and latitude seem to be exchanged.", "Longitude is about 0 in London, latitude 51.5.",
            "longitude",
        )  # fmt: skip
    eastings, northings = to_grid([longitude], [latitude])
    return float(eastings[0]), float(northings[0])


def _outline(entry: Entry) -> tuple[shapely.Geometry, tuple[str, ...]]:
    text = entry.text("outline")
    shape = _from_text(entry, text) if "(" in text else _from_map(entry, entry.file.parent / text)
    parts = shapely.get_parts(shape)
    crosses = not shapely.is_valid(parts).all()
    shape = _areas_of(shapely.union_all(shapely.make_valid(parts)))
    said = ("its outline crosses itself, and was made valid: look at it on a map",) if crosses else ()
    if shape.is_empty:
        raise entry.problem("the outline encloses nothing.", "Draw a closed area (a polygon).", "outline")
    if not shapely.box(WEST, SOUTH, EAST, NORTH).covers(shape):
        raise entry.problem(
            "its outline does not lie in England or Wales.",
            "Check its coordinates, and whether they are degrees (longitude first) or metres.",
            "outline",
        )
    return shape, said


def _from_text(entry: Entry, text: str) -> shapely.Geometry:
    """Well-known text, in degrees or in metres: no place in England or Wales could be meant in both."""
    try:
        shape = shapely.from_wkt(text)
    except shapely.errors.ShapelyError as error:
        raise entry.problem(
            "“outline” is not an outline that can be read.",
            "Write POLYGON ((x y, x y, x y, x y)), the last point the same as the first, or the name of a file.",
            "outline",
        ) from error
    return shape_to_grid(_areas_of(shape)) if _is_degrees(shape) else _areas_of(shape)


def _from_map(entry: Entry, path: Path) -> shapely.Geometry:
    # It brings pandas with it, for which only an area that is drawn in a map should wait.
    import pyogrio.errors
    import pyogrio.raw

    if not path.is_file() or path.parent != entry.file.parent:
        raise entry.problem(
            f"there is no file {path.name} beside {entry.file.name}.",
            "Put the GeoJSON there, and write its name only.",
            "outline",
        )
    try:
        meta, _, outlines, _ = pyogrio.raw.read(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise entry.problem(
            f"{path.name} cannot be read as a map.", "Save it again as GeoJSON or GeoPackage.", "outline"
        ) from error
    shape = shapely.GeometryCollection(list(shapely.from_wkb([one for one in outlines if one is not None])))
    system = pyproj.CRS.from_user_input(meta["crs"] or DEGREES)
    if not shape.is_empty and _is_degrees(shape) != system.is_geographic:
        said, found = ("degrees", "metres") if system.is_geographic else ("metres", "degrees")
        raise entry.problem(
            f"{path.name} says that its coordinates are {said}, and they are {found}.",
            "Save it again as GeoJSON in degrees (EPSG:4326).",
            "outline",
        )
    return _in_metres(_areas_of(shape), system)


def _in_metres(shape: shapely.Geometry, system: pyproj.CRS) -> shapely.Geometry:
    if system.to_epsg() == GRID:
        return shape
    change = pyproj.Transformer.from_crs(system, GRID, always_xy=True)
    return shapely.transform(shape, lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1])))


def _is_degrees(shape: shapely.Geometry) -> bool:
    return not shape.is_empty and bool(np.abs(np.array(shape.bounds)).max() <= 180)


def _areas_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The parts of a shape that enclose anything, as one."""
    parts = shapely.get_parts(shape)
    while any(shapely.get_type_id(part) == shapely.GeometryType.GEOMETRYCOLLECTION for part in parts):
        parts = shapely.get_parts(parts)
    polygons = shapely.get_parts(parts)
    polygons = polygons[shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(list(polygons))
