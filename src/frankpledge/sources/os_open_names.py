"""OS Open Names: roads, stations, parks, schools, suburbs and villages, each with the point it is known by.

Made from the publisher's documented layout; no real file has been seen. The files, one for each square of
20 km, have 34 columns and no heading: they are known by the address that each row has in its second column.
Postcodes are left to the postcode directory, and places in Scotland aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.measures import named_sql, number_sql
from frankpledge.sources.parts.place_kinds import place_kinds
from frankpledge.sources.reading.careful import Row, SetAside, encoding_of, read_carefully
from frankpledge.sources.reading.tables import first_rows, one_row, table_of_aside
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="os-open-names",
    title="Place names (OS Open Names)",
    publisher="Ordnance Survey; contains OS data © Crown copyright and database right",
    dataset="os-open-names",
    licence=OGL_3,
    cadence="quarterly",
    looks_like="a CSV of 34 columns without a heading, the second of them an address at data.ordnancesurvey.co.uk",
    stage=Stage.PEOPLE,
    seen=False,
)

_WIDTH = 34
_ADDRESS = "data.ordnancesurvey.co.uk/id/"
_HEADING = "NAMES_URI"

# Which of the columns are read, counted from 0.
_USED = {"name": 2, "other_name": 4, "local_type": 7, "x": 8, "y": 9, "country": 29}


def recognises(sample: Sample) -> bool:
    """A table of the right width whose second column is the address of a place, or the heading of one."""
    second = sample.columns[1] if len(sample.columns) == _WIDTH else ""
    return sample.form == "table" and (_ADDRESS in second or second == _HEADING)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A named place for each name: what has two, as in Wales, has two rows."""
    rows = list(_rows(file.path))
    _stage(con, [row for row in rows if isinstance(row, Row)], [row for row in rows if isinstance(row, SetAside)])
    (kept,) = one_row(con, "SELECT count(*) FROM named_place WHERE reason IS NULL")
    return Tidied(
        # Nothing in the file says when it was made.
        release="",
        rows=(Rows("place_name", _places()),),
        rows_read=len(rows),
        rows_kept=kept,
        refused="SELECT row, reason, text FROM named_place WHERE reason IS NOT NULL",
    )


def _rows(path: Path) -> Iterator[Row | SetAside]:
    """Every row, the first among them unless it is a heading."""
    first = first_rows(path, 1)[0]
    if first[1].strip() != _HEADING:
        yield Row(1, first)
    yield from read_carefully(path, encoding_of(path))


def _stage(con: duckdb.DuckDBPyConnection, rows: list[Row], aside: list[SetAside]) -> None:
    columns = {name: pa.array([row.cells[at] for row in rows], pa.string()) for name, at in _USED.items()}
    numbers = pa.array([row.line for row in rows], pa.int64())
    con.register("places_read", pa.table({"row": numbers, **columns}))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE named_place AS
        SELECT *, CASE WHEN trim(name) = '' THEN 'it has no name' WHEN easting IS NULL OR northing IS NULL
                       THEN 'it has no point of the National Grid' END AS reason,
               name || ',' || x || ',' || y AS text
        FROM (SELECT *, {number_sql("x")} AS easting, {number_sql("y")} AS northing FROM places_read)
    """)
    con.unregister("places_read")
    if aside:
        con.register("places_aside", table_of_aside(aside))
        con.execute("INSERT INTO named_place BY NAME SELECT * FROM places_aside")
        con.unregister("places_aside")


def _places() -> str:
    return f"""
        SELECT name, kind, CAST(easting AS INTEGER) AS easting, CAST(northing AS INTEGER) AS northing FROM (
            SELECT unnest(list_distinct([trim(name), nullif(trim(other_name), '')])) AS name,
                   coalesce(kind.said, lower(trim(place.local_type))) AS kind, easting, northing
            FROM named_place AS place
            LEFT JOIN {named_sql(place_kinds("os-open-names"))} AS kind(words, said)
              ON kind.words = lower(trim(place.local_type))
            WHERE reason IS NULL AND country <> 'Scotland'
        ) WHERE name IS NOT NULL AND kind <> ''
    """
