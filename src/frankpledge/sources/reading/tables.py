"""Reading tables as publishers and partners write them: CSV, gzip or not, and workbooks.

Everything is read as text and judged by the source that knows it. A table without trouble is read by the
engine; one that makes it stumble is read again line by line (see `careful`), so that every row is either
read or set aside with its line and the reason.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from frankpledge.errors import SourceError
from frankpledge.sources.reading.careful import (
    NAMES,
    RAGGED,
    Row,
    SetAside,
    encoding_of,
    encoding_of_beginning,
    in_order,
    read_carefully,
)
from frankpledge.sources.reading.cells import column_letters
from frankpledge.sources.reading.formats import beginning_of, is_gzip, open_bytes
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, is_workbook, sheet_rows

_PEEK = 1 << 16
_BLOCK = 1 << 20
_AT_ONCE = 20_000
# Bytes the engine takes up at a time: small enough that both processors have as much to do in a file of a month.
_PORTION = 8_000_000

# Where rows are put that do not split into the file's columns.
_ASIDE = "row_set_aside"

# How far down a sheet its heading is looked for, and how many cells of text one has: a title has one.
HEADING_WITHIN = 15
LEAST_HEADING = 2


def first_rows(path: Path, count: int = 2, sheet: str | None = None) -> list[list[str]]:
    """The first rows of a table from its heading on, blank ones aside; empty when the file is not text.

    Parameters
    ----------
    sheet
        Of a workbook; without one, the first that has a heading.

    Raises
    ------
    SourceError
        When the file is damaged.
    """
    if is_workbook(path):
        return _first_rows_of_sheet(path, count, sheet)
    beginning = beginning_of(path, _PEEK)
    encoding = encoding_of_beginning(beginning)
    if b"\x00" in beginning and not encoding.startswith("utf-16"):
        return []
    text = beginning.decode(encoding, errors="replace").removeprefix("\ufeff")
    rows = (row for row in csv.reader(io.StringIO(text, newline="")) if row)
    try:
        return list(islice(rows, count))
    except csv.Error:
        # A cell longer than any cell is.
        return []


def _first_rows_of_sheet(path: Path, count: int, sheet: str | None) -> list[list[str]]:
    sheets = first_rows_of_sheets(path, HEADING_WITHIN + count)
    found = sheet if sheet is not None else first_table(sheets)
    if found is None or found not in sheets:
        return []
    at = heading_row(sheets[found])
    return [row for row in sheets[found][at - 1 :] if any(row)][:count] if at else []


def first_table(sheets: dict[str, list[list[str]]]) -> str | None:
    """The first sheet whose first row that is not empty looks like a heading."""
    return next((sheet for sheet, rows in sheets.items() if heading_row(rows)), None)


def encoding_in_words(path: Path) -> str:
    """How a CSV is encoded, by its beginning; empty where it is UTF-8, as it should be."""
    return NAMES.get(encoding_of_beginning(beginning_of(path, _PEEK)), "")


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of a sheet, counted from 1, that is its heading: the first not empty, if two of its cells are text."""
    for number, row in enumerate(rows, 1):
        if any(row):
            return number if sum(bool(cell) and not _is_number(cell) for cell in row) >= LEAST_HEADING else None
    return None


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).removeprefix("-").isdigit()


def header(path: Path, sheet: str | None = None, header_row: int | None = None) -> list[str]:
    """The names of a table's columns: the cells of its heading; “column D” where that has none.

    Parameters
    ----------
    sheet, header_row
        Of a workbook: where the heading is, its row counted from 1. Without them it is looked for.
    """
    if header_row is not None and is_workbook(path):
        sheet = sheet if sheet is not None else _only_table(path)
        return column_names(sheet_rows(path, sheet, header_row)[-1])
    return column_names(next(iter(first_rows(path, 1, sheet)), []))


def column_names(cells: Iterable[str]) -> list[str]:
    """Cells of a heading as names of columns: trimmed, and named by their letter where they are empty."""
    return [cell.strip() or f"column {column_letters(number)}" for number, cell in enumerate(cells, 1)]


def literal(text: object) -> str:
    """A value as SQL text, quotes doubled."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A column's name as SQL, quotes doubled."""
    return '"' + name.replace('"', '""') + '"'


def read_csv_sql(path: Path) -> str:
    """SQL that reads every column of a delimited file as text; see `reads_well`.

    The names are given, not sniffed, so that a file is read alike whatever its first rows hold. The engine stops
    at the first row that does not split: asked to set such rows aside, it holds all of them in memory, past its limit.
    """
    names = "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header(path)) + "}"
    zipped = "gzip" if is_gzip(path) else "none"
    return (
        f"read_csv({literal(path)}, columns = {names}, header = true, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', compression = '{zipped}', buffer_size = {_PORTION})"
    )


def reads_well(con: duckdb.DuckDBPyConnection, path: Path, query: str) -> bool:
    """Run a statement over `read_csv_sql`; whether the engine could read every row of the file.

    The statement must ask for every column that is used. Where the engine did not read well, the file is to be
    staged (`stage_table`), which then reads it line by line.
    """
    _begin(con, path)
    if encoding_of_beginning(beginning_of(path, _PEEK)).startswith("utf-16"):
        return False
    try:
        # It stops at the first row that it cannot read. To gather what it rejects, it would hold all of it in memory.
        con.execute(query)
    except duckdb.InvalidInputException:
        return False
    return True


def stage_table(
    con: duckdb.DuckDBPyConnection, table: str, path: Path, sheet: str | None = None, header_row: int | None = None
) -> int:
    """Make a temporary table of a file's rows as text, each with its ``file_line``; empty cells are null.

    Parameters
    ----------
    sheet, header_row
        Of a workbook: which sheet, and which row of it is the heading, counted from 1. Without them, the first
        sheet that has a heading, and its first row that is not empty.

    Returns
    -------
    Rows in the file, those set aside among them (see `ragged_rows_sql`).

    Raises
    ------
    SourceError
        When most of very many rows are set aside, or a workbook cannot be used, or has no such table.
    """
    if is_workbook(path):
        return _stage_sheet(con, table, path, sheet, header_row)
    staged = f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT row_number() OVER () + 1 AS file_line, raw.* FROM "
    if reads_well(con, path, f"{staged} {read_csv_sql(path)} AS raw"):
        (rows,) = one_row(con, f"SELECT count(*) FROM {table}")
        # With a cell of several lines, or a blank line, the rows are not numbered as the lines are.
        if _count_lines(path) == rows + 1:
            return int(rows)
    return stage_carefully(con, table, path)


def stage_carefully(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> int:
    """As `stage_table`, but line by line: for a CSV known to be troubled."""
    _begin(con, path)
    encoding = encoding_of(path)
    if encoding in NAMES:
        note(con, "encoding", _ENCODED.format(name=NAMES[encoding]))
    names = header(path)
    _make(con, table, names)
    rows, read = 0, read_carefully(path, encoding)
    while batch := list(islice(read, _AT_ONCE)):
        rows += len(batch)
        _put(con, table, names, [(one.line, one.cells) for one in batch if isinstance(one, Row)])
        _set_aside(con, path, [one for one in batch if isinstance(one, SetAside)])
    return rows


def _stage_sheet(
    con: duckdb.DuckDBPyConnection, table: str, path: Path, sheet: str | None, header_row: int | None
) -> int:
    _begin(con, path)
    name = sheet if sheet is not None else _only_table(path)
    cells = sheet_rows(path, name)
    at = header_row if header_row is not None else heading_row(cells)
    if at is None or at > len(cells):
        raise SourceError(f"{path.name}: the sheet “{name}” has no heading.", "Write the columns’ names into row 1.")
    # Columns to the right of the heading that are empty are no columns.
    width = max(number for number, cell in enumerate(cells[at - 1], 1) if cell) if any(cells[at - 1]) else 0
    names = column_names(cells[at - 1][:width])
    _make(con, table, names)
    rows = list(in_order(path.name, under_heading(cells, at, width)))
    _put(con, table, names, [(one.line, one.cells[:width]) for one in rows if isinstance(one, Row)])
    _set_aside(con, path, [one for one in rows if isinstance(one, SetAside)])
    return len(rows)


def under_heading(cells: Sequence[list[str]], at: int, width: int) -> Iterator[Row | SetAside]:
    """The rows of a sheet under its heading, which is the row numbered `at`; empty ones aside.

    One that has something to the right of the heading's `width` columns does not split into them.
    """
    for number, row in enumerate(cells[at:], at + 1):
        if any(row[width:]):
            yield SetAside(number, RAGGED, ",".join(row))
        elif any(row):
            yield Row(number, row)


def _only_table(path: Path) -> str:
    sheet = first_table(first_rows_of_sheets(path, HEADING_WITHIN))
    if sheet is None:
        raise SourceError(
            f"{path.name} has no sheet with a heading.", "Write the columns’ names into row 1 of a sheet."
        )
    return sheet


def _begin(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Forget what an earlier reading of the file set aside."""
    con.execute(f"CREATE TEMP TABLE IF NOT EXISTS {_ASIDE} (path VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)")
    con.execute(f"DELETE FROM {_ASIDE} WHERE path = ?", [str(path)])


def _make(con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]) -> None:
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} (file_line BIGINT, {columns})")


def _put(
    con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> None:
    if not rows:
        return
    columns = [pa.array([number for number, _ in rows], pa.int64())]
    columns += [pa.array([cells[at] or None for _, cells in rows], pa.string()) for at in range(len(names))]
    con.register("rows_read", pa.Table.from_arrays(columns, names=["file_line", *names]))
    con.execute(f"INSERT INTO {table} SELECT * FROM rows_read")
    con.unregister("rows_read")


def _set_aside(con: duckdb.DuckDBPyConnection, path: Path, rows: Sequence[SetAside]) -> None:
    if rows:
        con.register("rows_aside", table_of_aside(rows))
        con.execute(f"INSERT INTO {_ASIDE} SELECT {literal(path)}, * FROM rows_aside")
        con.unregister("rows_aside")


def table_of_aside(rows: Sequence[SetAside]) -> pa.Table:
    """Rows that were set aside (row, reason, text), for the engine: one by one it takes a thousand times as long."""
    return pa.table(
        {
            "row": pa.array([one.line for one in rows], pa.int64()),
            "reason": pa.array([one.reason for one in rows], pa.string()),
            "text": pa.array([one.text for one in rows], pa.string()),
        }
    )


_ENCODED = (
    "is written in {name}, not in UTF-8, and was read as {name}. Look whether names with accents, and pounds, "
    "are as they should be."
)


def _count_lines(path: Path) -> int:
    """Lines of a file, the last of which may lack its end."""
    lines, last = 0, b"\n"
    with open_bytes(path) as file:
        while block := file.read(_BLOCK):
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n")


def ragged_rows_sql(path: Path) -> str:
    """Query of the rows of a staged file that were set aside (row, reason, text)."""
    return f"SELECT row, reason, text FROM {_ASIDE} WHERE path = {literal(path)}"


def ragged_rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """How many rows of a staged file were set aside."""
    (ragged,) = one_row(con, f"SELECT count(*) FROM ({ragged_rows_sql(path)})")
    return int(ragged)


def one_row(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query that always has one; the answer is read to its end, so that the connection is free."""
    rows = con.execute(query).fetchall()
    assert rows, query
    first: tuple[Any, ...] = rows[0]
    return first


def month_sql(text: str) -> str:
    """SQL that turns ``2018-07`` or ``201807`` into a month number."""
    digits = f"replace({text}, '-', '')"
    return f"(CAST(left({digits}, 4) AS INTEGER) * 12 + CAST(right({digits}, 2) AS INTEGER) - 1)"


def is_month_sql(text: str) -> str:
    """SQL that is true when a text is a month: ``2018-07`` or ``201807``."""
    return f"regexp_full_match({text}, '(19|20)[0-9]{{2}}-?(0[1-9]|1[0-2])')"


def label_sql(text: str) -> str:
    """SQL that writes a publisher's label in the one way `label` holds it.

    Case, "&" or "and", and spaces differ between releases of one table.
    """
    return f"regexp_replace(trim(replace(upper({text}), '&', 'AND')), '\\s+', ' ', 'g')"
