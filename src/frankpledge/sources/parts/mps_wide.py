"""What the Metropolitan Police's tables of counts have in common: a row an offence and area, a column a month.

Several header styles and two lists of categories have been published; names vary in case and in "&" for
"and". Not a source itself: `mps_borough`, `mps_ward` and `mps_lsoa` are.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from frankpledge.periods import month_number, month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.tables import header, label_sql, literal, one_row, quoted, ragged_rows_sql, stage_table
from frankpledge.sources.source import Break, Rows, Tidied

FAMILY = "metropolitan-police"

AIRPORTS_APART = Break(
    month_number(2023, 5),
    "crime at Heathrow left Hillingdon's figures in May 2023 and is counted for London alone",
    ("E09000017",),
)
NEW_RECORDING_SYSTEM = Break(
    month_number(2024, 3),
    "the Metropolitan Police changed its recording system at the end of February 2024, a break in every series",
)

HEADINGS = ("MajorText", "MinorText")

_MONTH_COLUMN = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])")


def month_columns(columns: list[str] | tuple[str, ...]) -> list[str]:
    """The columns that are months, in order."""
    return sorted(column for column in columns if _MONTH_COLUMN.fullmatch(column))


def borough_column(columns: list[str] | tuple[str, ...]) -> str | None:
    """The column with the borough's name, under either of its two headings."""
    return next((name for name in ("LookUp_BoroughName", "BoroughName") if name in columns), None)


def tidy_wide(
    con: duckdb.DuckDBPyConnection,
    file: RawFile,
    area_sql: str,
    more: tuple[Rows, ...] = (),
    headings: tuple[str, str] = HEADINGS,
) -> Tidied:
    """Counts by month, area and offence from one wide table.

    Parameters
    ----------
    area_sql
        SQL for the area's code, from the columns of the file (alias ``raw``); null where it is not known.
    more
        Further rows the source takes from the temporary table ``wide``.
    headings
        Columns of the group of offences, and of the offence.
    """
    months = month_columns(header(file.path))
    rows = _stage(con, file.path, months, area_sql, headings)
    (split,) = one_row(con, "SELECT count(*) FROM wide")
    (unusable,) = one_row(con, f"SELECT count(DISTINCT row) FROM ({_REFUSED})")
    numbers = [month_number(int(text[:4]), int(text[4:])) for text in months]
    first, last = numbers[0], numbers[-1]
    return Tidied(
        release=month_text(last),
        rows=(
            Rows("counted", _COUNTED),
            Rows("stated_coverage", _covered(numbers, rows - split)),
            Rows("series_offence", _TOLD),
            Rows("noticed", _words(headings[1])),
            *more,
        ),
        rows_read=rows,
        rows_kept=split - unusable,
        refused=_REFUSED + " UNION ALL " + ragged_rows_sql(file.path),
        unknown_labels=f"SELECT DISTINCT {quoted(headings[1])} AS label FROM wide WHERE minor_id IS NULL",
        first_month=first,
        last_month=last,
    )


def _stage(
    con: duckdb.DuckDBPyConnection, path: Path, months: list[str], area_sql: str, headings: tuple[str, str]
) -> int:
    """Make the temporary tables ``wide`` (a row as in the file) and ``cell`` (one a month, noughts left out).

    Returns
    -------
    Rows in the file.
    """
    major, minor = (label_sql(f"raw.{quoted(heading)}") for heading in headings)
    rows = stage_table(con, "wide_line", path)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE wide AS
        SELECT raw.file_line AS row, raw.* EXCLUDE (file_line), {area_sql} AS area_code,
               minor.offence_id AS minor_id,
               coalesce(minor.offence_id, major.offence_id,
                        (SELECT offence_id FROM offence WHERE path = 'crime/unrecognised')) AS offence_id
        FROM wide_line AS raw
        LEFT JOIN label AS minor ON minor.family = '{FAMILY}' AND minor.label = {minor}
        LEFT JOIN label AS major ON major.family = '{FAMILY}-groups' AND major.label = {major}
    """)
    columns = ", ".join(quoted(month) for month in months)
    numbers = ", ".join(f"({literal(month)}, {month_number(int(month[:4]), int(month[4:]))})" for month in months)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE cell AS
        SELECT row, area_code, offence_id, named.month, written,
               CASE WHEN regexp_full_match(trim(written), '[0-9]+') THEN TRY_CAST(trim(written) AS INTEGER) END AS count
        FROM (SELECT row, area_code, offence_id, {columns} FROM wide)
        UNPIVOT INCLUDE NULLS (written FOR heading IN ({columns}))
        JOIN (VALUES {numbers}) AS named(heading, month) USING (heading)
        -- Most cells are nought, which is neither counted nor refused.
        WHERE written IS DISTINCT FROM '0'
    """)
    return rows


# A row that names no area we know, or a cell that holds no whole number, cannot be counted; the
# months and area of such a cell are then absent, not nought.
_REFUSED = """
    SELECT row, 'the area is not known' AS reason, CAST(wide AS VARCHAR) AS text FROM wide WHERE area_code IS NULL
    UNION ALL
    SELECT row, 'the count for ' || (month // 12) || '-' || lpad(CAST(month % 12 + 1 AS VARCHAR), 2, '0')
           || ' is “' || coalesce(written, '') || '”, not a whole number' AS reason, NULL AS text
    FROM cell WHERE area_code IS NOT NULL AND count IS NULL
"""

_COUNTED = """
    SELECT month, area_code, offence_id, CAST(sum(count) AS INTEGER) AS count
    FROM cell WHERE area_code IS NOT NULL AND count > 0 GROUP BY ALL
"""

_TOLD = "SELECT DISTINCT offence_id FROM wide"


def _words(heading: str) -> str:
    """The publisher's words for offences as the file has them, so that a release that changes them is noticed."""
    return f"SELECT 'label: {FAMILY}' AS kind, {quoted(heading)} AS subject, count(*) AS number FROM wide GROUP BY ALL"


def _covered(months: list[int], lost: int) -> str:
    """Complete in each run of months the file has columns for: a month without a column is no nought.

    A row that could not be split is somebody's count, and nobody can say whose: a table that lost one is
    complete for no area.
    """
    state, reason = (
        ("partial", f"{lost} rows of the file could not be read: get it again") if lost else ("complete", "")
    )
    runs = ", ".join(f"({first}, {last})" for first, last in runs_of_months(months))
    return f"""
        SELECT DISTINCT area_code, NULL::USMALLINT AS offence_id, first_month, last_month,
               '{state}' AS state, '{reason}' AS reason
        FROM wide, (VALUES {runs}) AS run(first_month, last_month) WHERE area_code IS NOT NULL
        UNION ALL
        SELECT area_code, offence_id, month, month, 'absent', 'a count in the file could not be read'
        FROM cell WHERE area_code IS NOT NULL AND count IS NULL
    """


def runs_of_months(months: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of months without a gap."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and month == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs
