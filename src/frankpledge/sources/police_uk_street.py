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
from frankpledge.sources.parts.points import LATITUDE, LONGITUDE, NUMBERS, OUTSIDE, PLACE, SWAPPED
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import (
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

    The file is read once. Months, categories and forces are few: they are judged once each, and joined to the
    rows as they stand, which is several times as fast as judging every row. Only a file with rows that cannot
    be used is read line by line, for their lines.
    """
    refused = None
    if not reads_well(con, file.path, _rows(read_csv_sql(file.path))) or not _judge_kinds(con):
        refused = f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}"
        stage_carefully(con, "street_line", file.path)
        con.execute(_rows("street_line"))
        _judge_kinds(con)
    rows, kept, first, last, force, swapped, outside = one_row(con, _SUMMARY)
    _tell_points(con, int(swapped), int(outside))
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("incident", _INCIDENTS),),
        rows_read=rows + ragged_rows(con, file.path),
        rows_kept=kept,
        refused=refused,
        unknown_labels="SELECT DISTINCT category AS label FROM kind WHERE NOT known",
        first_month=first,
        last_month=last,
        force=force or "",
    )


def _judge_kinds(con: duckdb.DuckDBPyConnection) -> bool:
    """Make the temporary table ``kind`` of the rows as read; whether every one of them has a month."""
    con.execute(_KINDS)
    return not one_row(con, "SELECT count(*) FROM kind WHERE month IS NULL")[0]


def _tell_points(con: duckdb.DuckDBPyConnection, swapped: int, outside: int) -> None:
    """Say what is amiss with points; where the publisher's small area is given, the record is counted there."""
    if swapped:
        note(con, "swapped coordinates", f"has {swapped:,} rows {_SWAPPED}", swapped)
    if outside:
        note(con, "point outside the country", f"has {outside:,} rows {_OUTSIDE}", outside)


_SWAPPED = "in which latitude and longitude had changed places; they were put right."
_OUTSIDE = "whose point is not in Great Britain (0, 0 among them); they are counted in their small area, and not drawn."


def _rows(read: str) -> str:
    """Statement that makes the temporary table ``street`` of the rows as they stand, numbers and points made of text.

    Every column that is used is asked for: the engine looks for text that is not UTF-8 in no other.
    """
    return f"""
        CREATE OR REPLACE TEMP TABLE street AS
        SELECT "Month" AS written, "Crime type" AS category, "Falls within" AS force,
               reference, nullif("LSOA code", '') AS area_code, {LONGITUDE} AS longitude, {LATITUDE} AS latitude,
               {SWAPPED} AS swapped, {OUTSIDE} AS outside, {PLACE} AS place,
               nullif("Last outcome category", '') AS outcome
        FROM (SELECT *, CASE WHEN "Crime ID" <> '' THEN hash("Crime ID") END AS reference, {NUMBERS} FROM {read})
    """


# Each month and category in the file, and its rows.
_KINDS = f"""
    CREATE OR REPLACE TEMP TABLE kind AS
    WITH said AS (
        SELECT written, category, force, count(*) AS rows, count(*) FILTER (swapped) AS swapped,
               count(*) FILTER (outside) AS outside
        FROM street GROUP BY written, category, force
    ), kind AS (
        SELECT written, category, arg_max(force, rows) AS force, sum(rows) AS rows, sum(swapped) AS swapped,
               sum(outside) AS outside
        FROM said GROUP BY written, category
    )
    SELECT kind.*,
           CASE WHEN {is_month_sql("written")} THEN {month_sql("written")} END AS month,
           label.offence_id IS NOT NULL AS known,
           coalesce(label.offence_id, (SELECT offence_id FROM offence WHERE path = 'crime/unrecognised')) AS offence_id
    FROM kind LEFT JOIN label ON label.family = '{FAMILY}' AND label.label = {label_sql("category")}
"""

_SUMMARY = """
    SELECT coalesce(sum(rows), 0), coalesce(sum(rows) FILTER (month IS NOT NULL), 0), min(month), max(month),
           arg_max(force, rows), coalesce(sum(swapped), 0), coalesce(sum(outside), 0)
    FROM kind
"""

_INCIDENTS = """
    SELECT kind.month, kind.offence_id, reference, area_code, longitude, latitude, place, outcome
    FROM street JOIN kind ON kind.written IS NOT DISTINCT FROM street.written
      AND kind.category IS NOT DISTINCT FROM street.category
    WHERE kind.month IS NOT NULL
"""

_REFUSED = f"""
    SELECT file_line AS row, 'the month “' || coalesce(Month, '') || '” is not a month' AS reason,
           CAST(street_line AS VARCHAR) AS text
    FROM street_line WHERE NOT coalesce({is_month_sql("Month")}, false)
"""
