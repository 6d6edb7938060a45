"""Reading delimited files as publishers write them: byte-order marks, gzip, stray quotes, ragged rows.

Everything is read as text and judged by the source that knows it; a row that does not even split
into the right columns is refused here, with its line.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from pathlib import Path
from typing import IO, Any

import duckdb

from frankpledge.errors import SourceError

_GZIP = b"\x1f\x8b"
_PEEK = 1 << 16

# Where the reader puts rows that do not split into the file's columns.
REJECTS = "ragged_rows"
RAGGED = "the row does not split into the columns of the heading, or is not UTF-8 text"


def is_gzip(path: Path) -> bool:
    """Whether a file is gzip, by its first bytes: names are not to be trusted."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, unzipping gzip whatever the file is called."""
    if is_gzip(path):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def first_rows(path: Path, count: int = 2) -> list[list[str]]:
    """The first rows of a delimited file; empty when it is not text.

    Raises
    ------
    SourceError
        When the file is damaged.
    """
    try:
        with open_bytes(path) as file:
            beginning = file.read(_PEEK)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{path.name}: the file is damaged and cannot be read ({error}).", "Get it again from its publisher."
        ) from error
    if b"\x00" in beginning:
        return []
    text = beginning.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""))
    return [row for row, _ in zip(reader, range(count), strict=False)]


def header(path: Path) -> list[str]:
    """The header cells of a delimited file."""
    return [cell.strip() for cell in first_rows(path, 1)[0]]


def literal(text: object) -> str:
    """A value as SQL text, quotes doubled."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A column's name as SQL, quotes doubled."""
    return '"' + name.replace('"', '""') + '"'


def read_csv_sql(path: Path) -> str:
    """SQL that reads every column of a delimited file as text, setting ragged rows aside in `REJECTS`.

    The names are given, not sniffed, so that a file is read alike whatever its first rows hold.
    """
    names = "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header(path)) + "}"
    zipped = "gzip" if is_gzip(path) else "none"
    return (
        f"read_csv({literal(path)}, columns = {names}, header = true, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', compression = '{zipped}', store_rejects = true, rejects_limit = 0, "
        f"rejects_table = '{REJECTS}', rejects_scan = '{REJECTS}_scan')"
    )


def ragged_rows_sql(path: Path) -> str:
    """Query of the rows of a file that the reader set aside (row, reason, text)."""
    return (
        f"SELECT DISTINCT e.line AS row, {literal(RAGGED)} AS reason, e.csv_line AS text "
        f"FROM {REJECTS} e JOIN {REJECTS}_scan s USING (scan_id, file_id) WHERE s.file_path = {literal(path)}"
    )


def lines_sql(path: Path, rows: int) -> str:
    """Query of the line of each row that was split (file_line, number), number counting them from 1.

    The reader numbers the rows it could split and knows the line of those it set aside: each row takes
    the next line that is left, so that no two rows of a file ever share one. `rows` counts both sorts.
    """
    return (
        "SELECT file_line, row_number() OVER (ORDER BY file_line) AS number "
        f"FROM (SELECT unnest(range(2, {2 + rows})) AS file_line) "
        f"ANTI JOIN (SELECT row AS file_line FROM ({ragged_rows_sql(path)})) AS ragged USING (file_line)"
    )


def stage_table(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> int:
    """Make a temporary table of a file's rows as text, each with its ``file_line``.

    Returns
    -------
    Rows in the file, those set aside as ragged among them.
    """
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE as_read AS SELECT row_number() OVER () AS file_line, raw.* "
        f"FROM {read_csv_sql(path)} AS raw"
    )
    (split,) = one_row(con, "SELECT count(*) FROM as_read")
    rows = int(split) + ragged_rows(con, path)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT as_read.* REPLACE (line.file_line AS file_line)
        FROM as_read JOIN ({lines_sql(path, rows)}) AS line ON line.number = as_read.file_line ORDER BY file_line
    """)
    con.execute("DROP TABLE as_read")
    return rows


def ragged_rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """How many rows of a file the reader set aside."""
    (ragged,) = one_row(con, f"SELECT count(*) FROM ({ragged_rows_sql(path)})")
    return int(ragged)


def one_row(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query that always has one."""
    row = con.execute(query).fetchone()
    assert row is not None, query
    return row


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
