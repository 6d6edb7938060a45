"""Areas the partnership drew or listed, in the warehouse: what each is made of, its counts, its residents.

A listed area is the sum of its members. A drawn one counts records by their points; counts, and records
without a point, by the small areas whose centre lies inside (best fit). It is worked out from all that is
held, at the end of every build, so that it is the same however the files came.

A drawn area is counted in nothing but itself: what happened there is in its ward and authority already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely

from frankpledge.geography import AreaKind
from frankpledge.warehouse.areas import FIRST_DRAWN, is_drawn_sql
from frankpledge.warehouse.drawn_areas import DrawnArea, circle
from frankpledge.warehouse.gazetteer import Gazetteer
from frankpledge.warehouse.national_grid import shape_to_degrees, to_grid
from frankpledge.warehouse.putting import put_rows

# Of a drawn area and the small areas that give it its residents, so much of both together must be common.
LEAST_SHARED = 0.5
# An outline is followed in such steps, in metres, to see through which authorities it goes.
_STEP = 100


def forget_drawn_areas(con: duckdb.DuckDBPyConnection) -> None:
    """Take away what an earlier build made of drawn areas: it is made anew when all files are in."""
    for table in ("drawn_area", "drawn_member", "drawn_cover"):
        con.execute(f"DELETE FROM {table}")
    for table in ("monthly_count", "placement", "area"):
        con.execute(f"DELETE FROM {table} WHERE {is_drawn_sql('area_id')}")
    con.execute("DELETE FROM population WHERE starts_with(area_code, 'own:')")


def draw_areas(con: duckdb.DuckDBPyConnection, drawn: Sequence[DrawnArea], gazetteer: Gazetteer) -> None:
    """Put drawn areas, their counts and their residents into a warehouse whose areas have been placed."""
    if not drawn:
        return
    succession = _read_succession(con)
    resolved = [_resolve(con, area, gazetteer, succession) for area in drawn]
    _put_areas(con, drawn, resolved)
    _put_members(con, drawn, resolved)
    con.execute(_COUNTED_BY_MEMBER)
    _count_by_point(con, resolved)
    con.execute(_RESIDENTS)


def say_drawn_areas(con: duckdb.DuckDBPyConnection) -> None:
    """What to know of drawn areas, among the other findings."""
    con.execute("""
        INSERT INTO quality BY NAME
        SELECT 'own area' AS kind, 'definitions/areas' AS dataset, code AS subject, NULL AS number, said AS sentence
        FROM drawn_area WHERE said IS NOT NULL
    """)


@dataclass(frozen=True)
class Resolved:
    """What the data held make of a drawn area.

    Attributes
    ----------
    outline
        None where it is listed.
    today
        Codes of the areas it is made of, which between them hold its residents.
    earlier
        Small areas of 2011, no longer there, that are counted in it too.
    cover
        Codes of the areas that must be complete for it to be.
    said
        Sentences.
    """

    outline: shapely.Geometry | None
    today: frozenset[str]
    earlier: frozenset[str]
    cover: frozenset[str]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Succession:
    """Small areas of 2011 that are no longer there, and those of 2021 in their place.

    Attributes
    ----------
    after, before
        Old → new, and new → old.
    residents
        Of the new ones, where they are known.
    """

    after: dict[str, set[str]]
    before: dict[str, set[str]]
    residents: dict[str, int]

    def today(self, codes: Collection[str]) -> frozenset[str]:
        """The small areas of today that codes of any year stand for: those mostly made of the old ones listed."""
        listed = set(codes)
        heirs = {new for old in listed for new in self.after.get(old, ())}
        mostly = {new for new in heirs if 2 * len(self.before[new] & listed) > len(self.before[new])}
        return frozenset({code for code in listed if code not in self.after} | mostly)

    def earlier(self, today: Collection[str]) -> frozenset[str]:
        """The old small areas most of whose residents live in these of today."""
        return frozenset(
            old for old, heirs in self.after.items() if 2 * self._people(heirs & set(today)) > self._people(heirs)
        )

    def said(self, listed: Collection[str], today: Collection[str]) -> list[str]:
        """What cannot be told of small areas of 2011 that were split or merged."""
        lost = sorted(old for old in listed if old in self.after and not self.after[old] <= set(today))
        beyond = sorted({old for new in today for old in self.before.get(new, ())} - self.earlier(today) - set(listed))
        said = []
        if lost:
            said.append(f"small areas of 2011 that were merged with others are listed alone: {', '.join(lost)}")
        if beyond:
            said.append(
                f"records published by the small areas of 2011 {', '.join(beyond)} are not in it, for most of their "
                "residents live outside"
            )
        return said

    def _people(self, codes: Collection[str]) -> int:
        return sum(self.residents.get(code, 1) for code in codes)


def _read_succession(con: duckdb.DuckDBPyConnection) -> Succession:
    after, before = defaultdict(set), defaultdict(set)
    for old, new in con.execute(_SUCCESSORS).fetchall():
        after[old].add(new)
        before[new].add(old)
    residents = con.execute(
        "SELECT area_code, max(number) FROM population WHERE part = 'residents' AND list_contains(?, area_code) "
        "GROUP BY area_code",
        [list(before)],
    ).fetchall()
    return Succession(dict(after), dict(before), dict(residents))


def _resolve(con: duckdb.DuckDBPyConnection, area: DrawnArea, gazetteer: Gazetteer, succession: Succession) -> Resolved:
    if area.listed:
        return _resolve_listed(con, area, gazetteer, succession)
    outline = area.outline if area.around is None else _circle_about(area, gazetteer)
    if outline is None:
        postcode = area.around.postcode if area.around else ""
        said = f"{area.where}: the postcode {postcode} is not held here. Add a list of postcodes, or check it."
        return Resolved(None, frozenset(), frozenset(), frozenset(), (said,))
    return _resolve_outline(area, outline, gazetteer, succession)


def _circle_about(area: DrawnArea, gazetteer: Gazetteer) -> shapely.Geometry | None:
    assert area.around is not None
    point = gazetteer.point_of(area.around.postcode)
    return None if point is None else circle(*point, area.around.metres)


def _resolve_listed(
    con: duckdb.DuckDBPyConnection, area: DrawnArea, gazetteer: Gazetteer, succession: Succession
) -> Resolved:
    rows = con.execute("SELECT code FROM area WHERE list_contains(?, code)", [list(area.listed)]).fetchall()
    known = {code for (code,) in rows}
    unknown = [code for code in area.listed if code not in known]
    said = [f"{', '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} not known here"] if unknown else []
    if area.made_of is not AreaKind.LSOA:
        return Resolved(None, frozenset(area.listed), frozenset(), frozenset(area.listed), _sentences(area, said))
    today = succession.today(area.listed)
    earlier = succession.earlier(today) | (set(area.listed) - today)
    # One whose authority no look-up knows stands for itself.
    cover = frozenset(gazetteer.authority_of.get(code, code) for code in today)
    said += succession.said(area.listed, today)
    return Resolved(None, today, frozenset(earlier), cover, _sentences(area, said))


def _resolve_outline(
    area: DrawnArea, outline: shapely.Geometry, gazetteer: Gazetteer, succession: Succession
) -> Resolved:
    centres = gazetteer.centres
    shapely.prepare(outline)
    inside = shapely.intersects_xy(outline, *centres.points.T) if len(centres.codes) else np.zeros(0, dtype=bool)
    today = frozenset(centres.codes[inside])
    points = shapely.get_coordinates(shapely.segmentize(outline, _STEP))
    beside = {code for code in gazetteer.small_areas(points[:, 0], points[:, 1]) if code}
    cover = frozenset(gazetteer.authority_of[code] for code in today | beside if code in gazetteer.authority_of)
    return Resolved(
        outline,
        today,
        succession.earlier(today),
        cover,
        _sentences(
            area,
            [*area.said, *_said_of_fit(area, outline, today, cover, gazetteer), *succession.said((), today)],
        ),
    )


def _said_of_fit(
    area: DrawnArea, outline: shapely.Geometry, today: frozenset[str], cover: frozenset[str], gazetteer: Gazetteer
) -> list[str]:
    """What to know of how well small areas fit an outline."""
    centres = gazetteer.centres
    if not len(centres.codes):
        return ["no centres or outlines of small areas are held, which say what lies in it: add them (ONS)"]
    if not cover:
        return ["it lies in no authority that is known here"]
    if not today:
        return ["no small area has its centre in it: it has no residents, and only records with points are counted"]
    said = []
    if not centres.weighted:
        said.append("small areas are counted in it by the middle of their outlines: add their centres (ONS)")
    whole = gazetteer.outline_of(today)
    if area.peopled and whole is not None:
        shared = outline.intersection(whole).area / outline.union(whole).area
        if shared < LEAST_SHARED:
            said.append(
                f"it is {outline.area / 1e6:.2f} km², and its residents are those of the small areas whose centre lies "
                f"in it ({len(today)}, of {whole.area / 1e6:.2f} km²): {shared:.0%} of both together is common, so "
                "that rates say little. Write “people: none” for counts alone"
            )
    return said


def _sentences(area: DrawnArea, said: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{area.where}: {words}." for words in said)


def _put_areas(con: duckdb.DuckDBPyConnection, drawn: Sequence[DrawnArea], resolved: Sequence[Resolved]) -> None:
    put_rows(
        con,
        "drawn_area",
        [
            {
                "area_id": FIRST_DRAWN + number,
                "code": area.code,
                "sort": area.sort or None,
                "made_of": str(area.made_of),
                "peopled": area.peopled,
                "outline": None if made.outline is None else shapely.to_wkb(made.outline),
                "said": " ".join(made.said) or None,
            }
            for number, (area, made) in enumerate(zip(drawn, resolved, strict=True))
        ],
    )
    put_rows(
        con,
        "area",
        [
            {"area_id": FIRST_DRAWN + number, "code": area.code, "name": area.title, "kind": str(AreaKind.OWN)}
            for number, area in enumerate(drawn)
        ],
    )
    con.execute("INSERT INTO placement SELECT area_id, 'own', area_id FROM drawn_area")


def _put_members(con: duckdb.DuckDBPyConnection, drawn: Sequence[DrawnArea], resolved: Sequence[Resolved]) -> None:
    members = [
        {"area_id": FIRST_DRAWN + number, "code": code, "today": code in made.today}
        for number, made in enumerate(resolved)
        for code in sorted(made.today | made.earlier)
    ]
    cover = [
        {"area_id": FIRST_DRAWN + number, "part": code}
        for number, made in enumerate(resolved)
        for code in sorted(made.cover)
    ]
    put_rows(con, "drawn_cover", cover)
    if not members:
        return
    con.register("listed_member", pa.Table.from_pylist(members))
    con.execute(_MEMBERS)
    con.unregister("listed_member")


def _count_by_point(con: duckdb.DuckDBPyConnection, resolved: Sequence[Resolved]) -> None:
    """Count the records that lie in an outline."""
    outlines = {FIRST_DRAWN + n: made.outline for n, made in enumerate(resolved) if made.outline is not None}
    if not outlines:
        return
    found = [_points_inside(con, area_id, outline) for area_id, outline in outlines.items()]
    con.register("inside", pa.concat_tables(found))
    con.execute(_RECORDS_INSIDE)
    con.unregister("inside")
    con.execute(_BY_OFFENCE)
    con.execute(_BY_FLAG)
    con.execute("DROP TABLE drawn_record")


def _points_inside(con: duckdb.DuckDBPyConnection, area_id: int, outline: shapely.Geometry) -> pa.Table:
    """The points of records that lie in an outline (area_id, longitude, latitude)."""
    west, south, east, north = shape_to_degrees(shapely.segmentize(outline, _STEP).buffer(_STEP)).bounds
    points = con.sql(
        "SELECT DISTINCT longitude, latitude FROM incident "
        f"WHERE longitude BETWEEN {west} AND {east} AND latitude BETWEEN {south} AND {north} ORDER BY ALL"
    ).to_arrow_table()
    inside = shapely.intersects_xy(outline, *to_grid(points["longitude"].to_numpy(), points["latitude"].to_numpy()))
    kept = points.filter(pa.array(inside, pa.bool_()))
    return kept.append_column("area_id", pa.array([area_id] * kept.num_rows, pa.uint32()))


_SUCCESSORS = """
    SELECT DISTINCT child, parent FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa'
      AND child NOT IN (SELECT parent FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa')
    ORDER BY ALL
"""

# A listed ward or authority counts whatever is counted in it, and has its own residents.
_MEMBERS = """
    INSERT INTO drawn_member
    SELECT DISTINCT listed.area_id, part.area_id, listed.today AND part.area_id = whole.area_id
    FROM listed_member AS listed
    JOIN drawn_area AS drawn ON drawn.area_id = listed.area_id
    JOIN area AS whole ON whole.code = listed.code
    JOIN placement AS part ON part.counted_in = whole.area_id AND part.kind = drawn.made_of
    ORDER BY ALL
"""

_COUNTED_BY_MEMBER = """
    INSERT INTO monthly_count
    SELECT cube.load_id, cube.series_id, cube.month, member.area_id, cube.offence_id,
           CAST(sum(cube.count) AS INTEGER)
    FROM monthly_count AS cube
    JOIN drawn_member AS member ON member.member = cube.area_id
    JOIN drawn_area AS drawn ON drawn.area_id = member.area_id
    WHERE drawn.outline IS NULL OR cube.load_id NOT IN (SELECT load_id FROM incident)
    GROUP BY ALL ORDER BY ALL
"""

_RECORDS_INSIDE = """
    CREATE OR REPLACE TEMP TABLE drawn_record AS
    SELECT inside.area_id, incident.load_id, incident.month, incident.offence_id, incident.flags
    FROM incident JOIN inside USING (longitude, latitude)
    UNION ALL
    SELECT member.area_id, incident.load_id, incident.month, incident.offence_id, incident.flags
    FROM incident
    JOIN drawn_member AS member ON member.member = incident.area_id
    JOIN drawn_area AS drawn ON drawn.area_id = member.area_id AND drawn.outline IS NOT NULL
    WHERE incident.longitude IS NULL OR incident.latitude IS NULL
"""

_BY_OFFENCE = """
    INSERT INTO monthly_count
    SELECT load_id, load.series_id, month, area_id, offence_id, CAST(count(*) AS INTEGER)
    FROM drawn_record JOIN load USING (load_id) GROUP BY ALL ORDER BY ALL
"""

_BY_FLAG = """
    INSERT INTO monthly_count
    SELECT load_id, load.series_id, month, area_id, flagged.offence_id, CAST(count(*) AS INTEGER)
    FROM (SELECT * REPLACE (unnest(list_distinct(string_split(flags, ' '))) AS flags)
          FROM drawn_record WHERE flags IS NOT NULL) AS record
    JOIN load USING (load_id) JOIN offence AS flagged ON flagged.path = 'flagged/' || record.flags
    GROUP BY ALL ORDER BY ALL
"""

# The sum of all its parts, or none: a part without residents is not a part without people.
_RESIDENTS = """
    INSERT INTO population
    WITH part AS (
        SELECT member.area_id, drawn.code AS whole, area.code FROM drawn_member AS member
        JOIN drawn_area AS drawn ON drawn.area_id = member.area_id AND drawn.peopled
        JOIN area ON area.area_id = member.member
        WHERE member.peopled
    ),
    parts AS (SELECT whole, count(*) AS number FROM part GROUP BY whole)
    SELECT NULL, population.series_id, part.whole, population.year, population.part,
           CAST(sum(population.number) AS INTEGER)
    FROM population JOIN part ON part.code = population.area_code JOIN parts ON parts.whole = part.whole
    GROUP BY population.series_id, part.whole, population.year, population.part, parts.number
    HAVING count(*) = parts.number ORDER BY ALL
"""
