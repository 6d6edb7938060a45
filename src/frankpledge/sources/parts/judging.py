"""Which rows of a publisher's table can be used: each is kept, or refused with a reason and its line.

Not a source itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from frankpledge.geography import KIND_OF_PREFIX
from frankpledge.periods import month_text
from frankpledge.sources.reading.tables import (
    literal,
    one_row,
    quoted,
    ragged_rows_sql,
    read_csv_sql,
    reads_well,
    stage_table,
)
from frankpledge.sources.reading.workbooks import is_workbook
from frankpledge.sources.source import Rows, Tidied

TWICE = "what it says of this area stands in the file already"


@dataclass(frozen=True)
class Judged:
    """What became of a file's rows.

    Attributes
    ----------
    rows_read
        Rows in the file, its heading aside.
    rows_kept
        Rows that can be used, every cell of them.
    refused
        Query of the others (row, reason, text); None where there are none.
    """

    rows_read: int
    rows_kept: int
    refused: str | None

    def tidied(self, *rows: Rows, release: str = "", months: tuple[int | None, int | None] = (None, None)) -> Tidied:
        """What a source hands on of such a file.

        Parameters
        ----------
        release
            Which issue of the dataset it is; that of its last month where none is given.
        months
            The first and the last month it covers.
        """
        first, last = months
        return Tidied(
            release=release or (month_text(last) if last is not None else ""),
            rows=rows,
            rows_read=self.rows_read,
            rows_kept=self.rows_kept,
            refused=self.refused,
            first_month=first,
            last_month=last,
        )


def judge(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    columns: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    once: Sequence[str] = (),
    cells: str = "",
    sheet: str | None = None,
    header_row: int | None = None,
) -> Judged:
    """Read a file into a temporary table, and judge every row.

    The table has ``row`` (the line), the columns asked for, and ``reason``, empty for a row that can be used.
    Most files have nothing wrong with them and are read in one go, no more of them than is asked for; where
    anything is refused, the file is read again with its lines and its text.

    Parameters
    ----------
    columns
        Column of the temporary table → its SQL, from the columns of the file.
    wrong
        SQL that is true of a row that cannot be used → SQL of the reason, in words. The first that is true counts.
    once
        Columns that together say what a row is of: the second such row is refused.
    cells
        Query of single cells that cannot be used, of rows that can (row, reason).
    sheet, header_row
        Of a workbook: where the table is (see `stage_table`).
    """
    judging = _Judging(table, columns, wrong, once, cells)
    if not is_workbook(path) and reads_well(con, path, judging.sql("row_number() OVER () + 1", read_csv_sql(path))):
        split, kept = judging.finish(con)
        if split == kept:
            return Judged(split, kept, None)
    lines = f"{table}_line"
    rows = stage_table(con, lines, path, sheet, header_row)
    con.execute(judging.sql("file_line", lines))
    _, kept = judging.finish(con)
    return Judged(rows, kept, judging.refused(lines, path) if kept < rows else None)


@dataclass(frozen=True)
class _Judging:
    table: str
    columns: Mapping[str, str]
    wrong: Mapping[str, str]
    once: Sequence[str]
    cells: str

    def sql(self, row: str, rows: str) -> str:
        """Statement that makes the table from the rows of a file."""
        picked = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in self.columns.items())
        cases = " ".join(f"WHEN {condition} THEN {reason}" for condition, reason in self.wrong.items())
        return (
            f"CREATE OR REPLACE TEMP TABLE {self.table} AS SELECT *, CASE {cases} END AS reason "
            f"FROM (SELECT CAST({row} AS BIGINT) AS row, {picked} FROM {rows})"
        )

    def finish(self, con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        """Refuse repeats and cells; returns how many rows there are, and how many have nothing wrong with them."""
        if self.once:
            keys = ", ".join(quoted(key) for key in self.once)
            con.execute(f"""
                UPDATE {self.table} SET reason = {literal(TWICE)} WHERE row IN (
                    SELECT row FROM {self.table} WHERE reason IS NULL
                    QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY row) > 1)
            """)
        cells = self.cells or "SELECT NULL::BIGINT AS row, NULL::VARCHAR AS reason WHERE false"
        con.execute(f"CREATE OR REPLACE TEMP TABLE {self.table}_cell AS {cells}")
        split, kept = one_row(
            con,
            f"SELECT count(*), count(*) FILTER (reason IS NULL AND row NOT IN (SELECT row FROM {self.table}_cell)) "
            f"FROM {self.table}",
        )
        return int(split), int(kept)

    def refused(self, lines: str, path: Path) -> str:
        """Query of what is refused (row, reason, text)."""
        return f"""
            SELECT bad.row, bad.reason, CAST(line AS VARCHAR) AS text
            FROM (SELECT row, reason FROM {self.table} WHERE reason IS NOT NULL
                  UNION ALL SELECT row, reason FROM {self.table}_cell) AS bad
            JOIN {lines} AS line ON line.file_line = bad.row
            UNION ALL {ragged_rows_sql(path)}
        """


def said_sql(words: str, cell: str) -> str:
    """SQL of a reason that shows the cell: “words” with … for the cell."""
    before, after = words.split("…")
    return f"{literal(before + '“')} || coalesce({cell}, '') || {literal('”' + after)}"


def counted_area_sql(code: str) -> str:
    """SQL that is true of the code of an area of a kind that is counted, in England or Wales."""
    prefixes = ", ".join(literal(prefix) for prefix in KIND_OF_PREFIX)
    return f"coalesce(regexp_full_match({code}, '[EWK][0-9]{{8}}') AND left({code}, 3) IN ({prefixes}), false)"


def is_code_sql(code: str) -> str:
    """SQL that is true of the code of any area of the United Kingdom, counted here or not."""
    return f"coalesce(regexp_full_match({code}, '[A-Z][0-9]{{8}}'), false)"


NOT_A_CODE = "… is not the code of an area"
