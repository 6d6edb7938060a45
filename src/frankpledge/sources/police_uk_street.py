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
from frankpledge.sources.reading import (
    is_month_sql,
    label_sql,
    lines_sql,
    month_sql,
    one_row,
    ragged_rows,
    ragged_rows_sql,
    read_csv_sql,
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
    return sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One incident for each row; a row without a month cannot be used.

    Months, categories and forces are few: they are read first, judged once each, and joined to the rows
    as they stand, which is several times as fast as judging every row.
    """
    read = read_csv_sql(file.path)
    _read_kinds(con, read)
    rows, kept, first, last, force = one_row(con, _SUMMARY)
    rows += ragged_rows(con, file.path)
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("incident", _incidents(read)),),
        rows_read=rows,
        rows_kept=kept,
        refused=_refused(read, lines_sql(file.path, rows)) + " UNION ALL " + ragged_rows_sql(file.path),
        unknown_labels="SELECT DISTINCT category AS label FROM kind WHERE NOT known",
        first_month=first,
        last_month=last,
        force=force or "",
    )


def _read_kinds(con: duckdb.DuckDBPyConnection, read: str) -> None:
    """Make the temporary table ``kind``: each month, category and force in the file, and how many rows have it."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE kind AS
        SELECT raw.month AS written, category, force, rows,
               CASE WHEN {is_month_sql("raw.month")} THEN {month_sql("raw.month")} END AS month,
               label.offence_id IS NOT NULL AS known,
               coalesce(label.offence_id, (SELECT offence_id FROM offence WHERE path = 'crime/unrecognised'))
                   AS offence_id
        FROM (
            SELECT "Month" AS month, "Crime type" AS category, mode("Falls within") AS force, count(*) AS rows
            FROM {read} GROUP BY ALL
        ) AS raw
        LEFT JOIN label ON label.family = '{FAMILY}' AND label.label = {label_sql("raw.category")}
    """)


_SUMMARY = """
    SELECT coalesce(sum(rows), 0), coalesce(sum(rows) FILTER (month IS NOT NULL), 0), min(month), max(month),
           arg_max(force, rows)
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
            CASE WHEN TRY_CAST(Longitude AS DOUBLE) BETWEEN -9 AND 2.5 THEN TRY_CAST(Longitude AS DOUBLE) END
                AS longitude,
            CASE WHEN TRY_CAST(Latitude AS DOUBLE) BETWEEN 49 AND 61 THEN TRY_CAST(Latitude AS DOUBLE) END
                AS latitude,
            nullif(Location, '') AS place,
            nullif("Last outcome category", '') AS outcome
        FROM {read} AS raw
        JOIN kind ON kind.written IS NOT DISTINCT FROM raw."Month"
          AND kind.category IS NOT DISTINCT FROM raw."Crime type"
        WHERE kind.month IS NOT NULL
    """


def _refused(read: str, lines: str) -> str:
    return (
        "SELECT line.file_line AS row, 'the month “' || coalesce(Month, '') || '” is not a month' AS reason, text FROM "
        f"(SELECT row_number() OVER () AS number, Month, CAST(raw AS VARCHAR) AS text FROM {read} AS raw) "
        f"JOIN ({lines}) AS line USING (number) WHERE NOT coalesce({is_month_sql('Month')}, false)"
    )
