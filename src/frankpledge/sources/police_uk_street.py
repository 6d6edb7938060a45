"""Street-level crime and anti-social behaviour, from data.police.uk: one file a force and month.

Places are snapped to about 750,000 fixed points, so that counts near a border can fall on its wrong
side, and a neighbour's crimes spill into files that do not cover the area. A month is all the date
there is. Anti-social behaviour has no identifier, and some crimes share one: nothing is ever removed
for sharing one.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.notes import note
from frankpledge.sources.reading import (
    is_month_sql,
    label_sql,
    month_sql,
    one_row,
    ragged_rows,
    ragged_rows_sql,
    read_csv_sql,
    reads_well,
    stage_carefully,
)
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

FAMILY = "police-uk"

SOURCE = Source(
    slug="police-uk-street",
    title="Street-level crime and anti-social behaviour",
    publisher="Home Office, data.police.uk",
    dataset="police-uk-street",
    licence=OGL_3,
    cadence="monthly, about two months after the month",
    looks_like="a CSV with the columns Crime ID, Month, Falls within, LSOA code and Crime type",
    issue=Issue.MONTHLY,
    labels=FAMILY,
    caveats=(
        "Places are snapped to fixed points before publication; counts near a border can fall on its wrong side.",
        "Records without a place are kept, but counted in no area.",
    ),
)

_COLUMNS = ("Crime ID", "Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "Crime type")


def recognises(sample: Sample) -> bool:
    """A table with the columns of a street file."""
    return sample.form == "table" and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One incident for each row; a row without a month cannot be used.

    Months, categories and forces are few: they are read first, judged once each, and joined to the rows
    as they stand, which is several times as fast as judging every row. Only a file with rows that cannot be
    used is staged, for their lines.
    """
    read = read_csv_sql(file.path)
    refused = None
    if not reads_well(con, file.path, _kinds(read)) or one_row(con, "SELECT count(*) FROM kind WHERE month IS NULL")[0]:
        read, refused = "street_line", f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}"
        stage_carefully(con, read, file.path)
        con.execute(_kinds(read))
    rows, kept, first, last, force, swapped, outside = one_row(con, _SUMMARY)
    _tell_points(con, int(swapped), int(outside))
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("incident", _incidents(read)),),
        rows_read=rows + ragged_rows(con, file.path),
        rows_kept=kept,
        refused=refused,
        unknown_labels="SELECT DISTINCT category AS label FROM kind WHERE NOT known",
        first_month=first,
        last_month=last,
        force=force or "",
    )


def _tell_points(con: duckdb.DuckDBPyConnection, swapped: int, outside: int) -> None:
    """Say what is amiss with points; where the publisher's small area is given, the record is counted there."""
    if swapped:
        note(con, "swapped coordinates", f"has {swapped:,} rows {_SWAPPED}", swapped)
    if outside:
        note(con, "point outside the country", f"has {outside:,} rows {_OUTSIDE}", outside)


_SWAPPED = "in which latitude and longitude had changed places; they were put right."
_OUTSIDE = "whose point is not in Great Britain (0, 0 among them); they are counted in their small area, and not drawn."


def _kinds(read: str) -> str:
    """Statement that makes the temporary table ``kind``: each month and category in the file, and its rows."""
    return f"""
        CREATE OR REPLACE TEMP TABLE kind AS
        SELECT raw.month AS written, category, force, rows, seen, swapped, outside,
               CASE WHEN {is_month_sql("raw.month")} THEN {month_sql("raw.month")} END AS month,
               label.offence_id IS NOT NULL AS known,
               coalesce(label.offence_id, (SELECT offence_id FROM offence WHERE path = 'crime/unrecognised'))
                   AS offence_id
        FROM (
            SELECT "Month" AS month, "Crime type" AS category, mode("Falls within") AS force, count(*) AS rows,
                   -- The engine looks for text that is not UTF-8 in columns that are asked for, and in no other.
                   count("Crime ID") + count(Location) + count("LSOA code") + count("Last outcome category") AS seen,
                   count(*) FILTER (CASE WHEN {_ODD_POINT} THEN {_POINTS_SWAPPED} END) AS swapped,
                   count(*) FILTER (CASE WHEN {_ODD_POINT} THEN NOT {_POINTS_SWAPPED} AND NOT {_IN_BRITAIN} END)
                       AS outside
            FROM {read} GROUP BY ALL
        ) AS raw
        LEFT JOIN label ON label.family = '{FAMILY}' AND label.label = {label_sql("raw.category")}
    """


def _between(column: str, least: float, most: float) -> str:
    return f"coalesce(TRY_CAST({column} AS DOUBLE) BETWEEN {least} AND {most}, false)"


# Great Britain lies between 49 and 61 degrees north, and 9 degrees west and 2.5 east.
_IN_BRITAIN = f"({_between('Longitude', -9, 2.5)} AND {_between('Latitude', 49, 61)})"
_POINTS_SWAPPED = f"({_between('Latitude', -9, 2.5)} AND {_between('Longitude', 49, 61)})"
# Judged as text first, which is many times as fast as making numbers of every row's: in Great Britain longitudes
# begin with a minus, 0, 1 or 2, and latitudes with 49 to 61.
_ODD_POINT = "(Longitude >= '3' OR Latitude >= '62' OR (Latitude < '49' AND Latitude <> ''))"

_SUMMARY = """
    SELECT coalesce(sum(rows), 0), coalesce(sum(rows) FILTER (month IS NOT NULL), 0), min(month), max(month),
           arg_max(force, rows), coalesce(sum(swapped), 0), coalesce(sum(outside), 0)
    FROM kind
"""


def _incidents(read: str) -> str:
    return f"""
        SELECT
            kind.month,
            kind.offence_id,
            CASE WHEN "Crime ID" <> '' THEN hash("Crime ID") END AS reference,
            nullif("LSOA code", '') AS area_code,
            -- Points beyond Great Britain (0, 0 among them) are slips, not places.
            CASE WHEN {_IN_BRITAIN} THEN TRY_CAST(Longitude AS DOUBLE)
                 WHEN {_POINTS_SWAPPED} THEN TRY_CAST(Latitude AS DOUBLE) END AS longitude,
            CASE WHEN {_IN_BRITAIN} THEN TRY_CAST(Latitude AS DOUBLE)
                 WHEN {_POINTS_SWAPPED} THEN TRY_CAST(Longitude AS DOUBLE) END AS latitude,
            nullif(Location, '') AS place,
            nullif("Last outcome category", '') AS outcome
        FROM {read} AS raw
        JOIN kind ON kind.written IS NOT DISTINCT FROM raw."Month"
          AND kind.category IS NOT DISTINCT FROM raw."Crime type"
        WHERE kind.month IS NOT NULL
    """


_REFUSED = f"""
    SELECT file_line AS row, 'the month “' || coalesce(Month, '') || '” is not a month' AS reason,
           CAST(street_line AS VARCHAR) AS text
    FROM street_line WHERE NOT coalesce({is_month_sql("Month")}, false)
"""
