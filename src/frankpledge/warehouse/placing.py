"""Placing records: a file's records enter the warehouse with the area each is counted in, and how that was told.

An area that the publisher gave stays as it is. A record without one is placed by the first of these that
tells, the most exact first: its point in the full-resolution outline of a small area; its full postcode;
the nearest centre of a small area; the name of its place; the authority it is reported for; an outward
postcode, to an authority only. One that nothing tells is kept, and counted in no area.

A postcode is read to place the record and is not kept: of a personal record it says nearly who it is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import duckdb
import pyarrow as pa

from frankpledge.sources.reading.tables import one_row
from frankpledge.warehouse.areas import area_id_sql
from frankpledge.warehouse.gazetteer import Codes, Gazetteer
from frankpledge.warehouse.national_grid import Numbers, to_degrees, to_grid

POINT, POSTCODE, NEAREST, NAME, OUTWARD = "point", "postcode", "nearest centre", "name", "outward postcode"
# Its publisher says where it is, and that is no area of England or Wales: it is not looked for nearby.
ELSEWHERE = "elsewhere"

# What a source may give to place a record by, and is not kept.
PASSING = {"postcode": "VARCHAR", "easting": "DOUBLE", "northing": "DOUBLE", "within": "VARCHAR", "address": "VARCHAR"}
_NOTHING = ", ".join(f"NULL::{kind} AS {name}" for name, kind in PASSING.items())

_LOST = "area_id IS NULL AND match IS NULL"
_SAID = "coalesce(arriving.address, arriving.place)"

# Records that came without an area, each with what it may be placed by.
_UNPLACED = f"""
    CREATE OR REPLACE TEMP TABLE arriving AS
    SELECT rowid AS number, area_id, longitude, latitude, place, match, {_NOTHING}
    FROM incident WHERE load_id = {{load_id}} AND {_LOST}
"""

# Records as they come, before they are put away, with what they are placed by and is not kept.
_ARRIVING = f"CREATE OR REPLACE TEMP TABLE arriving AS SELECT *, rowid AS number, {_NOTHING} FROM incident LIMIT 0"

_FOUND = """
    UPDATE incident SET area_id = arriving.area_id, match = arriving.match FROM arriving
    WHERE incident.rowid = arriving.number AND arriving.area_id IS NOT NULL
"""

_FULL = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})$")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


def take_records(con: duckdb.DuckDBPyConnection, query: str, load_id: int, gazetteer: Gazetteer) -> int:
    """Put a query's records into ``incident``, those without an area placed on the way.

    Parameters
    ----------
    query
        Columns of ``incident`` by name, its area as ``area_code``, and any of ``postcode`` (full, outward only, or an
        address that ends in a full one), ``easting`` and ``northing``, ``within``, the authority it is reported for,
        and ``address``, where ``place`` is not all that was said; they place the record and are forgotten.

    Returns
    -------
    How many records.
    """
    given = {column for column, *_ in con.execute(f"DESCRIBE {query}").fetchall()}
    rows = _rows(query, load_id)
    if given & set(PASSING):
        con.execute(_ARRIVING)
        con.execute(f"INSERT INTO arriving BY NAME SELECT *, row_number() OVER () AS number FROM ({rows})")
        _place(con, gazetteer)
        count = _insert(con, f"SELECT * EXCLUDE (number, {', '.join(PASSING)}) FROM arriving ORDER BY number")
    else:
        count = _insert(con, rows)
        # Nearly all have their area from their publisher: only the others are taken in hand.
        con.execute(_UNPLACED.format(load_id=load_id))
        if _place(con, gazetteer):
            con.execute(_FOUND)
    con.execute("DROP TABLE arriving")
    return count


def _rows(query: str, load_id: int) -> str:
    """A query's records with the number of their area in place of its code."""
    return f"""
        SELECT * EXCLUDE (area_code), {area_id_sql("area_code")} AS area_id, {load_id} AS load_id,
               CASE WHEN area_id IS NULL AND area_code <> '' THEN '{ELSEWHERE}' END AS match
        FROM ({query})
    """


def _insert(con: duckdb.DuckDBPyConnection, query: str) -> int:
    (count,) = one_row(con, f"INSERT INTO incident BY NAME {query}")
    return int(count)


def _place(con: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> bool:
    """Fill the area of those arriving without one; whether there are any."""
    squares, lost, points, postcodes, places, reported = one_row(con, _GIVEN)
    if squares:
        _to_degrees(con)
    if not lost:
        return False
    if points or squares:
        _by_point(con, gazetteer.inside, POINT)
    if postcodes:
        _by_key(con, "postcode", POSTCODE, lambda texts: _by_full_postcode(gazetteer, texts))
    if points or squares:
        _by_point(con, gazetteer.nearest, NEAREST)
    if places:
        _by_name(con, gazetteer)
    if reported:
        con.execute(f"UPDATE arriving SET area_id = {area_id_sql('within')} WHERE {_LOST}")
    if postcodes:
        _by_key(con, "postcode", OUTWARD, lambda texts: _by_outward_postcode(gazetteer, texts))
    return True


# What there is to place those by that came without an area; who has one may have a point all the same.
_GIVEN = f"""
    SELECT count(easting), count(*) FILTER (lost), count(longitude) FILTER (lost), count(postcode) FILTER (lost),
           count(coalesce(address, place)) FILTER (lost), count(within) FILTER (lost)
    FROM (SELECT *, {_LOST} AS lost FROM arriving)
"""


def _to_degrees(con: duckdb.DuckDBPyConnection) -> None:
    """Points given on the National Grid, in degrees."""
    grid = con.sql(
        "SELECT DISTINCT easting, northing FROM arriving "
        "WHERE longitude IS NULL AND easting IS NOT NULL AND northing IS NOT NULL"
    ).to_arrow_table()
    if not grid.num_rows:
        return
    longitudes, latitudes = to_degrees(grid["easting"].to_numpy(), grid["northing"].to_numpy())
    con.register("degrees", grid.append_column("x", pa.array(longitudes)).append_column("y", pa.array(latitudes)))
    con.execute("""
        UPDATE arriving SET longitude = degrees.x, latitude = degrees.y FROM degrees
        WHERE arriving.longitude IS NULL AND arriving.easting = degrees.easting
          AND arriving.northing = degrees.northing AND isfinite(degrees.x) AND isfinite(degrees.y)
    """)
    con.unregister("degrees")


def _by_point(con: duckdb.DuckDBPyConnection, find: Callable[[Numbers, Numbers], Codes], match: str) -> None:
    """Place by longitude and latitude: each point once, however many records share it."""
    points = con.sql(
        "SELECT DISTINCT longitude, latitude FROM arriving "
        f"WHERE {_LOST} AND longitude IS NOT NULL AND latitude IS NOT NULL"
    ).to_arrow_table()
    if not points.num_rows:
        return
    codes = find(*to_grid(points["longitude"].to_numpy(), points["latitude"].to_numpy()))
    con.register("placed", points.append_column("code", pa.array(codes.tolist(), pa.string())))
    con.execute(
        f"""
        UPDATE arriving SET area_id = {area_id_sql("placed.code")}, match = ? FROM placed
        WHERE {_LOST} AND placed.code <> ''
          AND arriving.longitude = placed.longitude AND arriving.latitude = placed.latitude
        """,
        [match],
    )
    con.unregister("placed")


def _by_key(
    con: duckdb.DuckDBPyConnection,
    column: str,
    match: str,
    find: Callable[[list[str]], Mapping[str, str | None]],
) -> None:
    """Place by a text, each one looked up once."""
    query = f"SELECT DISTINCT {column} FROM arriving WHERE {_LOST} AND {column} IS NOT NULL ORDER BY ALL"
    texts = [text for (text,) in con.execute(query).fetchall()]
    found = {text: code for text, code in find(texts).items() if code} if texts else {}
    if not found:
        return
    con.register("placed", pa.table({"text": list(found), "code": list(found.values())}))
    con.execute(
        f"UPDATE arriving SET area_id = {area_id_sql('placed.code')}, match = ? FROM placed "
        f"WHERE {_LOST} AND arriving.{column} = placed.text",
        [match],
    )
    con.unregister("placed")


def _by_name(con: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> None:
    """Place by the name of a place, looked for in the authority that the record is reported for, if it names one."""
    query = f"SELECT DISTINCT within, {_SAID} AS said FROM arriving WHERE {_LOST} AND said IS NOT NULL ORDER BY ALL"
    texts: dict[str | None, list[str]] = {}
    for within, said in con.execute(query).fetchall():
        texts.setdefault(within, []).append(said)
    found = [
        (within, text, code) for within, every in texts.items() for text, code in gazetteer.named(every, within).items()
    ]
    if not found:
        return
    names = ("within", "text", "code")
    con.register("placed", pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True))))
    con.execute(
        f"UPDATE arriving SET area_id = {area_id_sql('placed.code')}, match = ? FROM placed "
        f"WHERE {_LOST} AND {_SAID} = placed.text AND arriving.within IS NOT DISTINCT FROM placed.within",
        [NAME],
    )
    con.unregister("placed")


def _by_full_postcode(gazetteer: Gazetteer, texts: list[str]) -> dict[str, str | None]:
    full = {text: "".join(parts) for text in texts if all(parts := postcode_parts(text))}
    small_areas = gazetteer.postcodes(sorted(set(full.values())))
    return {text: small_areas.get(postcode) for text, postcode in full.items()}


def _by_outward_postcode(gazetteer: Gazetteer, texts: list[str]) -> dict[str, str | None]:
    outward = {text: postcode_parts(text)[0] for text in texts}
    authorities = {code: gazetteer.authority_of_outward(code) for code in set(outward.values()) if code}
    return {text: authorities.get(code) for text, code in outward.items()}


def postcode_parts(text: str) -> tuple[str, str]:
    """The outward and inward part of the postcode a text is, or ends in; the second empty where only the first is.

    >>> postcode_parts("12 Invented Road, Harrow ha1 1aa")
    ('HA1', '1AA')
    >>> postcode_parts("HA3"), postcode_parts("Unit 3")
    (('HA3', ''), ('', ''))
    """
    capitals = text.upper().strip()
    full = _FULL.search(capitals)
    if full:
        return full[1], full[2]
    return (capitals, "") if _OUTWARD.fullmatch(capitals) else ("", "")
