"""Where small areas, postcodes and places with names lie: what an open build knows, read once and only when asked.

It is read after the files of areas are, and before those of counts; no file of counts changes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from frankpledge.sources.reading.tables import literal
from frankpledge.warehouse.national_grid import Numbers

# Points on a kilometre of outline. In full resolution small areas have 24, super-generalised 3.5; their
# outlines lie up to 200 metres from the border, and put one point in six on its wrong side.
FULL_RESOLUTION = 10
# Farther from the centre of any small area than people live from it, in the emptiest of them.
FARTHEST = 5_000
# Beside a border the nearest centre can be a neighbour's, in whose outline the point does not lie: so many are tried.
NEAREST_TRIED = 5
# How far from its border the outline of an authority may be drawn.
BORDER_DRAWN_WITHIN = 250
# Around the small areas of the partnership, when its place names are looked for.
_AROUND = 3_000

# What has a place, but no small area of its own: its point stands for a stretch of road or a whole district.
WIDE = ("road", "street", "suburb", "town", "city", "village", "hamlet", "settlement", "locality", "postcode")

Codes = NDArray[np.object_]
"""Codes of areas; empty texts for points that lie in none."""


@dataclass(frozen=True)
class Centres:
    """The points that stand for the small areas of today.

    Attributes
    ----------
    codes, points
        Code of each; its easting and northing, one row each.
    weighted
        False where they are the middles of outlines, no population-weighted centres being held.
    """

    codes: Codes
    points: Numbers
    weighted: bool


class Gazetteer:
    """What an open build knows of where things are.

    Parameters
    ----------
    con
        The build.
    home
        The partnership's authorities, in which a name must lie to be told by.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, home: Sequence[str]) -> None:
        self._con = con
        self._home = frozenset(home)

    @cached_property
    def authority_of(self) -> dict[str, str]:
        """Small area or ward → its authority, by the newest look-up that knows it."""
        rows = self._con.execute("""
            SELECT child, arg_max(parent, (CAST(vintage AS INTEGER), parent)) FROM area_member
            WHERE parent_kind = 'authority' AND child_kind IN ('lsoa', 'ward') GROUP BY child
        """)
        return dict(rows.fetchall())

    @cached_property
    def centres(self) -> Centres:
        """Population-weighted centres where they are held, else the middles of outlines."""
        rows = self._con.execute(f"""
            SELECT area_code, arg_max(easting, load_id), arg_max(northing, load_id) FROM centroid
            WHERE area_code NOT IN ({_REPLACED}) GROUP BY area_code ORDER BY area_code
        """).fetchall()
        if rows:
            codes = np.array([row[0] for row in rows], dtype=object)
            return Centres(codes, np.array([row[1:] for row in rows], dtype=float), weighted=True)
        codes, shapes = self._outlines(_SMALL)
        middles = shapely.point_on_surface(shapes)
        return Centres(codes, np.column_stack([shapely.get_x(middles), shapely.get_y(middles)]), weighted=False)

    def inside(self, eastings: Numbers, northings: Numbers) -> Codes:
        """The small area in whose full-resolution outline each point lies."""
        codes, tree = self._fine
        found = _nowhere(len(eastings))
        if not len(codes):
            return found
        points, areas = tree.query(_points(eastings, northings), predicate="intersects")
        # Backwards, so that a point on a border belongs to the first of both, whatever the order of the tree.
        order = np.lexsort((areas, points))[::-1]
        found[points[order]] = codes[areas[order]]
        return found

    def nearest(self, eastings: Numbers, northings: Numbers) -> Codes:
        """The small area whose centre is nearest to each point, of those in whose authority's outline it lies.

        A point too far from any is in none. A small area whose outline is held in full resolution has no point
        outside it.
        """
        found = _nowhere(len(eastings))
        codes, tree = self._loose
        sound = np.flatnonzero(np.isfinite(eastings) & np.isfinite(northings))
        if not len(codes) or not len(sound):
            return found
        points = np.column_stack([eastings[sound], northings[sound]])
        distances, ranked = tree.query(points, k=[*range(1, min(NEAREST_TRIED, len(codes)) + 1)])
        for distance, which in zip(np.transpose(distances), np.transpose(ranked), strict=True):
            left = np.flatnonzero((found[sound] == "") & (distance <= FARTHEST))
            kept = left[self._within_authority(codes[which[left]], *points[left].T)]
            found[sound[kept]] = codes[which[kept]]
        return found

    def small_areas(self, eastings: Numbers, northings: Numbers) -> Codes:
        """The small area of each point: by outline, else by the nearest centre."""
        found = self.inside(eastings, northings)
        left = np.flatnonzero(found == "")
        found[left] = self.nearest(eastings[left], northings[left])
        return found

    def outline_of(self, codes: Collection[str]) -> shapely.Geometry | None:
        """The outline of several small areas together, however coarse; None where one of them has none."""
        listed = ", ".join(literal(code) for code in sorted(codes))
        found, shapes = self._outlines(f"area_code IN ({listed or 'NULL'})")
        return shapely.union_all(shapes) if len(found) == len(codes) else None

    def postcodes(self, wanted: Sequence[str]) -> dict[str, str]:
        """Full postcode → its small area: the directory's own, else by its point."""
        return self._postcodes("list_contains(?, postcode)", list(wanted))

    def point_of(self, postcode: str) -> tuple[float, float] | None:
        """Easting and northing of a full postcode, where it is held."""
        return self._con.execute(
            "SELECT easting, northing FROM postcode WHERE postcode = ? ORDER BY load_id DESC LIMIT 1", [postcode]
        ).fetchone()

    def authority_of_outward(self, outward: str) -> str | None:
        """The authority in which more than half of the postcodes of an outward code lie."""
        found = self._postcodes("starts_with(postcode, ?) AND length(postcode) = length(?) + 3", outward, outward)
        most = Counter(self.authority_of.get(code, "") for code in found.values()).most_common(1)
        return most[0][0] or None if most and 2 * most[0][1] > len(found) else None

    def named(self, texts: Sequence[str], within: str | None = None) -> dict[str, str]:
        """The area each place text names: a small area for what has one point, else a ward or an authority.

        Of an address, what stands before the first comma is a name too. None of a text unless there is exactly one of
        that name in the partnership's area, or in the authority `within`.
        """
        if not self._names:
            return {}
        self._con.register("said", pa.table({"text": list(texts)}))
        first_part = plain_name_sql("split_part(text, ',', 1)")
        query = f"SELECT text, {plain_name_sql('text')}, {first_part} FROM said"
        said = self._con.execute(query).fetchall()
        self._con.unregister("said")
        found = {text: self._only(whole, within) or self._only(part, within) for text, whole, part in said}
        return {text: code for text, code in found.items() if code}

    def _only(self, name: str, within: str | None) -> str | None:
        """The one area that a plain name stands for."""
        codes = [
            code
            for code, _ in self._names.get(name, ())
            if within is None or self.authority_of.get(code, code) == within
        ]
        return codes[0] if len(codes) == 1 else None

    def _postcodes(self, where: str, *values: object) -> dict[str, str]:
        rows = self._con.execute(
            f"""
            SELECT postcode, arg_max(easting, load_id), arg_max(northing, load_id), arg_max(area_code, load_id)
            FROM postcode WHERE {where} GROUP BY postcode
            """,
            list(values),
        ).fetchall()
        found = {row[0]: row[3] for row in rows if row[3]}
        bare = [row for row in rows if not row[3]]
        points = np.array([row[1:3] for row in bare], dtype=float).reshape(-1, 2)
        placed = self.small_areas(points[:, 0], points[:, 1])
        return found | {row[0]: code for row, code in zip(bare, placed, strict=True) if code}

    @cached_property
    def _fine(self) -> tuple[Codes, shapely.STRtree]:
        """The small areas of today whose outlines are held in full resolution."""
        codes, shapes = self._outlines(_SMALL, finer_than=FULL_RESOLUTION)
        shapely.prepare(shapes)
        return codes, shapely.STRtree(shapes)

    @cached_property
    def _loose(self) -> tuple[Codes, KDTree]:
        """The centres of the other small areas."""
        outlined = set(self._fine[0])
        loose = np.array([code not in outlined for code in self.centres.codes], dtype=bool)
        return self.centres.codes[loose], KDTree(self.centres.points.reshape(-1, 2)[loose])

    @cached_property
    def _authorities(self) -> dict[str, shapely.Geometry]:
        """Outlines of authorities, as wide as they may have been drawn too narrow."""
        codes, shapes = self._outlines("area_code IN (SELECT parent FROM area_member WHERE parent_kind = 'authority')")
        wide = shapely.buffer(shapes, BORDER_DRAWN_WITHIN)
        shapely.prepare(wide)
        return dict(zip(codes, wide, strict=True))

    def _within_authority(self, codes: Codes, eastings: Numbers, northings: Numbers) -> NDArray[np.bool_]:
        """Whether each point lies in the outline of the authority of its small area, where one is held."""
        kept = np.ones(len(codes), dtype=bool)
        authorities = np.array([self.authority_of.get(code, "") for code in codes], dtype=object)
        for authority in set(authorities) & set(self._authorities):
            of_it = np.flatnonzero(authorities == authority)
            kept[of_it] = shapely.intersects_xy(self._authorities[authority], eastings[of_it], northings[of_it])
        return kept

    def _outlines(self, where: str, finer_than: float = 0) -> tuple[Codes, NDArray[np.object_]]:
        """Codes and the finest outline of each, from files that are fine enough."""
        rows = self._con.execute(
            f"SELECT file, area_code, points, outline FROM boundary WHERE {where} ORDER BY points, file"
        ).fetchall()
        shapes = shapely.from_wkb([row[3] for row in rows])
        drawn, long = Counter[str](), Counter[str]()
        for (file, _, points, _), length in zip(rows, shapely.length(shapes), strict=True):
            drawn[file] += points
            long[file] += length / 1000
        # The finest comes last, and stands.
        held = {
            row[1]: shape for row, shape in zip(rows, shapes, strict=True) if drawn[row[0]] > finer_than * long[row[0]]
        }
        found = _nowhere(len(held))
        found[:] = list(held.values())
        return np.array(list(held), dtype=object), found

    @cached_property
    def _names(self) -> dict[str, set[tuple[str, str]]]:
        """Plain name → the areas it may mean in the partnership's area, each with what tells two of them apart."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, code in self._con.execute(_WARDS_AND_AUTHORITIES).fetchall():
            if self.authority_of.get(code, code) in self._home:
                found[name].add((code, ""))
        places = self._con.execute(
            f"SELECT DISTINCT {plain_name_sql('name')}, lower(kind), easting, northing FROM place_name "
            "WHERE easting BETWEEN ? AND ? AND northing BETWEEN ? AND ?",
            self._home_box(),
        ).fetchall()
        points = np.array([place[2:] for place in places], dtype=float).reshape(-1, 2)
        for (name, kind, *point), code in zip(places, self.small_areas(points[:, 0], points[:, 1]), strict=True):
            authority = self.authority_of.get(code)
            if authority in self._home:
                wide = any(word in kind for word in WIDE)
                # Two roads of one name are two places; two stops of one name in one small area are one.
                found[name].add((authority, str(point)) if wide and authority else (code, ""))
        return dict(found)

    def _home_box(self) -> list[float]:
        """West, east, south and north of the partnership's small areas, with some room."""
        own = np.array([self.authority_of.get(code) in self._home for code in self.centres.codes], dtype=bool)
        if not own.any():
            return [0, -1, 0, -1]
        points = self.centres.points[own]
        (west, south), (east, north) = points.min(axis=0) - _AROUND, points.max(axis=0) + _AROUND
        return [west, east, south, north]


def plain_name_sql(text: str) -> str:
    """SQL of a place's name as it is compared: small letters, no marks, without police.uk's “On or near”."""
    bare = f"replace(replace(lower({text}), '''', ''), '’', '')"
    words = f"trim(regexp_replace({bare}, '[^a-z0-9]+', ' ', 'g'))"
    return f"regexp_replace({words}, '^on or near ', '')"


def _points(eastings: Numbers, northings: Numbers) -> NDArray[np.object_]:
    """Points, empty ones where a number is not finite."""
    sound = np.isfinite(eastings) & np.isfinite(northings)
    made: NDArray[np.object_] = shapely.points(np.where(sound, eastings, -1e9), np.where(sound, northings, -1e9))
    return made


def _nowhere(number: int) -> Codes:
    return np.full(number, "", dtype=object)


# Small areas of 2011 that those of 2021 replaced.
_REPLACED = """
    SELECT child FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa'
    EXCEPT SELECT parent FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa'
"""

_SMALL = f"left(area_code, 3) IN ('E01', 'W01') AND area_code NOT IN ({_REPLACED})"

# Names of the newest wards, and of authorities.
_WARDS_AND_AUTHORITIES = f"""
    WITH newest AS (
        SELECT max(CAST(vintage AS INTEGER)) AS vintage FROM area_member
        WHERE child_kind = 'lsoa' AND parent_kind = 'ward'
    )
    SELECT DISTINCT {plain_name_sql("name")}, code FROM area_name
    WHERE name IS NOT NULL AND (
        code IN (SELECT parent FROM area_member, newest
                 WHERE parent_kind = 'ward' AND CAST(area_member.vintage AS INTEGER) = newest.vintage)
        OR code IN (SELECT parent FROM area_member WHERE parent_kind = 'authority'))
"""
