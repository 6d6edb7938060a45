"""Metropolitan Police crime against business, by borough, offence and day.

Counted here by month. The same crimes are in the tables of all crime (`mps_borough`), so they stand in a tree
of their own (business-crime/…) and are never added to them. Days and offences of nought are left out by the
publisher.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.mps_wide import NEW_RECORDING_SYSTEM, runs_of_months
from frankpledge.sources.reading.tables import label_sql, one_row, ragged_rows, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_2, Rows, Sample, Source, Tidied

FAMILY = "mps-business-crime"

SOURCE = Source(
    slug="mps-business-crime",
    title="Crime against business by borough",
    publisher="Metropolitan Police Service",
    dataset="mps-business-crime",
    licence=OGL_2,
    cadence="monthly",
    looks_like="a CSV with the columns date, borough, crime_section, crime_group, business_crime_offence_count and "
    "refresh_date",
    caveats=(
        "What is a crime against business is decided when it is recorded, and not by each force alike.",
        "These crimes are in the tables of all crime too: a share of them, not an addition.",
    ),
    provisional_months=2,
    labels=FAMILY,
    areas="E09",
    breaks=(NEW_RECORDING_SYSTEM,),
)

_COLUMNS = ("date", "borough", "crime_section", "crime_group", "business_crime_offence_count", "refresh_date")


def recognises(sample: Sample) -> bool:
    """A table with the columns of crime against business."""
    return sample.form == "table" and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, borough and offence, from counts by day."""
    rows = stage_table(con, "business_line", file.path)
    con.execute(_STAGE)
    kept, first, last, refreshed = one_row(con, _SUMMARY)
    covered = () if first is None else (Rows("stated_coverage", _covered(con, ragged_rows(con, file.path))),)
    return Tidied(
        release=refreshed or (month_text(last) if last is not None else ""),
        rows=(Rows("counted", _COUNTED), Rows("series_offence", _TOLD), *covered),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
        unknown_labels="SELECT DISTINCT crime_group AS label FROM business WHERE NOT known AND reason IS NULL",
        first_month=first,
        last_month=last,
    )


_STAGE = f"""
    CREATE OR REPLACE TEMP TABLE business AS
    SELECT judged.*, CASE
        WHEN month IS NULL THEN '“' || coalesce(date, '') || '” is not a date'
        WHEN area_code IS NULL THEN 'the area is not known'
        WHEN count IS NULL THEN 'the count is “' || coalesce(cell, '') || '”, not a whole number' END AS reason
    FROM (
        SELECT line.file_line AS row, line.date, line.crime_group, line.refresh_date,
               line.business_crime_offence_count AS cell, TRY_CAST(line.date AS DATE) AS day,
               CAST(year(day) * 12 + month(day) - 1 AS INTEGER) AS month,
               (SELECT code FROM named_area WHERE named_area.name = {label_sql("line.borough")}) AS area_code,
               minor.offence_id IS NOT NULL AS known,
               coalesce(minor.offence_id, major.offence_id,
                        (SELECT offence_id FROM offence WHERE path = 'business-crime/unrecognised')) AS offence_id,
               CASE WHEN regexp_full_match(trim(cell), '[0-9]+') THEN TRY_CAST(trim(cell) AS INTEGER) END AS count
        FROM business_line AS line
        LEFT JOIN label AS minor ON minor.family = '{FAMILY}' AND minor.label = {label_sql("line.crime_group")}
        LEFT JOIN label AS major ON major.family = '{FAMILY}-groups' AND major.label = {label_sql("line.crime_section")}
    ) AS judged
"""

_SUMMARY = """
    SELECT count(*) FILTER (reason IS NULL), min(month) FILTER (reason IS NULL), max(month) FILTER (reason IS NULL),
           max(refresh_date) FILTER (regexp_full_match(refresh_date, '[0-9]{4}-[0-9]{2}-[0-9]{2}'))
    FROM business
"""

_COUNTED = """
    SELECT month, area_code, offence_id, CAST(sum(count) AS INTEGER) AS count
    FROM business WHERE reason IS NULL GROUP BY ALL
"""

_TOLD = "SELECT DISTINCT offence_id FROM business WHERE reason IS NULL"

_REFUSED = """
    SELECT row, reason, CAST(line AS VARCHAR) AS text
    FROM business JOIN business_line AS line ON line.file_line = business.row WHERE reason IS NOT NULL
"""


def _covered(con: duckdb.DuckDBPyConnection, lost: int) -> str:
    """Complete for every borough in each run of months, but the last month where its last days are not in it.

    A row that could not be split is somebody's count, and nobody can say whose.
    """
    months = [month for (month,) in con.execute(_MONTHS).fetchall()]
    runs = ", ".join(f"({first}, {last})" for first, last in runs_of_months(months))
    state, reason = (
        ("partial", f"{lost} rows of the file could not be read: get it again") if lost else ("complete", "")
    )
    return f"""
        SELECT area_code, NULL::USMALLINT AS offence_id, first_month, last_month, '{state}' AS state,
               '{reason}' AS reason
        FROM {_AREAS}, (VALUES {runs}) AS run(first_month, last_month)
        UNION ALL
        SELECT area_code, NULL, month, month, 'partial', 'the file ends on ' || day || ', before the month does'
        FROM {_AREAS}, (SELECT max(month) AS month, max(day) AS day FROM business WHERE reason IS NULL)
        WHERE day < last_day(day) - {_DAYS_WITHOUT}
        UNION ALL
        SELECT DISTINCT area_code, offence_id, month, month, 'absent', 'a count in the file could not be read'
        FROM business WHERE count IS NULL AND area_code IS NOT NULL AND month IS NOT NULL
    """


# The whole of London has some crime against business on every day.
_DAYS_WITHOUT = 1
_AREAS = "(SELECT DISTINCT area_code FROM business WHERE area_code IS NOT NULL)"
_MONTHS = "SELECT DISTINCT month FROM business WHERE reason IS NULL ORDER BY month"
