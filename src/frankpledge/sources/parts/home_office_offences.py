"""What the Home Office's open tables of recorded crime have in common: a row an area, quarter and offence code.

Not a source itself: `home_office_forces` and `home_office_partnerships` are. A financial year runs from April:
its fourth quarter is January to March of the next calendar year. Counts are by quarter, so they are published
values, never months; each is given under every place of the tree that it lies below, so that a total can be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from frankpledge.geography import AreaKind
from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.area_names import bare_name_sql, codes_by_name_sql
from frankpledge.sources.parts.home_office_notes import missing_quarters, sentences_naming
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import (
    HEADING_WITHIN,
    header,
    label_sql,
    literal,
    one_row,
    quoted,
    ragged_rows_sql,
    stage_table,
)
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, is_workbook, sheet_names, sheet_rows
from frankpledge.sources.source import Rows, Sample, Tidied

FAMILY = "home-office"

# What is read → headings it has had, in lower case and with spaces.
_HEADINGS = {
    "year": ("financial year",),
    "quarter": ("financial quarter",),
    "force": ("force name", "police force"),
    "code": ("offence code",),
    "subgroup": ("offence subgroup", "offence sub-group"),
    "offence_group": ("offence group",),
    "cell": ("number of offences", "offence count"),
}
PARTNERSHIP = ("csp name", "csp")


@dataclass(frozen=True)
class Table:
    """How a table names its areas.

    Attributes
    ----------
    headings
        What is read → headings it has had.
    area
        Which of these names the area.
    kind
        Sort of area.
    other_names
        Name in the table → name in the look-up of areas, where they differ by more than small words.
    """

    headings: Mapping[str, tuple[str, ...]]
    area: str
    kind: AreaKind
    other_names: Mapping[str, str]


BY_FORCE = Table(_HEADINGS, "force", AreaKind.FORCE, {})
BY_PARTNERSHIP = Table(
    {**_HEADINGS, "partnership": PARTNERSHIP},
    "partnership",
    AreaKind.PARTNERSHIP,
    {"Folkestone and Hythe": "Shepway", "Northern Devon": "North Devon"},
)


def recognises_table(sample: Sample, table: Table) -> bool:
    """Whether a CSV, or any sheet of a workbook, has the headings of a table."""
    heads = [list(sample.columns), *(row for rows in sample.sheets.values() for row in rows)]
    return sample.tabular and any(_columns(head, table) is not None for head in heads)


def has_partnerships(sample: Sample) -> bool:
    """Whether a table is by partnership."""
    return recognises_table(sample, BY_PARTNERSHIP)


def _columns(heading: Sequence[str], table: Table) -> dict[str, str] | None:
    """What is read → its heading in a file; None where one is lacking."""
    by_words = {cell.strip().lower().replace("_", " "): cell.strip() for cell in heading}
    found = {
        name: next((by_words[words] for words in choices if words in by_words), None)
        for name, choices in table.headings.items()
    }
    return None if None in found.values() else {name: column for name, column in found.items() if column}


def tidy_offences(con: duckdb.DuckDBPyConnection, file: RawFile, table: Table, more: str = "") -> Tidied:
    """Published values by area, quarter and place in the tree.

    Parameters
    ----------
    more
        Query of further values from the temporary table ``recorded`` (area_code, measure, quarter months, count).
    """
    rows = _stage(con, file.path, table)
    _judge(con, table)
    kept, first, last, negative = one_row(con, _SUMMARY)
    if negative:
        note(con, "negative counts", f"has {negative:,} {_NEGATIVE}", negative)
    _read_notes(con, file.path, table)
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("published_value", _VALUES.format(more=more)),),
        rows_read=rows,
        rows_kept=kept,
        refused=_REFUSED,
        unknown_labels="SELECT DISTINCT subgroup AS label FROM recorded WHERE NOT known AND reason IS NULL",
        first_month=first,
        last_month=last,
    )


_NEGATIVE = (
    "counts below nought: crimes recorded in an earlier quarter that were cancelled or moved to another offence. "
    "They are taken off, as the Home Office does."
)


def _stage(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> int:
    """Make the temporary table ``recorded_line`` of all the sheets that have the headings; count the rows.

    Rows are numbered on from sheet to sheet, for those of two sheets must not be taken for one.
    """
    names = ", ".join(f"{name} VARCHAR" for name in table.headings)
    con.execute(f"CREATE OR REPLACE TEMP TABLE recorded_line (row BIGINT, place VARCHAR, {names})")
    con.execute("CREATE OR REPLACE TEMP TABLE recorded_aside (row BIGINT, reason VARCHAR, text VARCHAR)")
    total = offset = 0
    for sheet in _sheets(path, table):
        total += stage_table(con, "sheet_line", path, sheet.name, sheet.heading)
        picked = ", ".join(f"{quoted(column)} AS {name}" for name, column in sheet.columns.items())
        place = f"{literal(f'sheet “{sheet.name}”, row ')} || file_line || ': '" if sheet.name else "''"
        con.execute(
            f"INSERT INTO recorded_line BY NAME "
            f"SELECT file_line + {offset} AS row, {place} AS place, {picked} FROM sheet_line"
        )
        con.execute(f"INSERT INTO recorded_aside SELECT row + {offset}, reason, text FROM ({ragged_rows_sql(path)})")
        (offset,) = one_row(con, _LAST_ROW)
    return total


_LAST_ROW = "SELECT coalesce(max(row), 0) FROM (SELECT row FROM recorded_line UNION ALL SELECT row FROM recorded_aside)"


@dataclass(frozen=True)
class _Sheet:
    """A table in a file: sheet, row of the heading (counted from 1), what is read → heading; no sheet in a CSV."""

    name: str | None
    heading: int | None
    columns: dict[str, str]


def _sheets(path: Path, table: Table) -> list[_Sheet]:
    """The tables of a file that have the headings."""
    if not is_workbook(path):
        columns = _columns(header(path), table)
        assert columns is not None, "recognised without its columns"
        return [_Sheet(None, None, columns)]
    found = []
    for name, rows in first_rows_of_sheets(path, HEADING_WITHIN).items():
        heads = ((number, _columns(row, table)) for number, row in enumerate(rows, 1))
        head = next(((number, columns) for number, columns in heads if columns is not None), None)
        if head:
            found.append(_Sheet(name, *head))
    return found


def _judge(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the temporary table ``recorded``: each row with its area, months and offence, or why it is refused."""
    other = "".join(f" WHEN {literal(name)} THEN {literal(own)}" for name, own in table.other_names.items())
    name = f"CASE line.{table.area}{other} ELSE line.{table.area} END" if other else f"line.{table.area}"
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE named AS
        SELECT name, known.code FROM (SELECT DISTINCT line.{table.area} AS name, {bare_name_sql(name)} AS bare
                                      FROM recorded_line AS line) AS given
        LEFT JOIN ({codes_by_name_sql(table.kind)}) AS known USING (bare)
    """)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE recorded AS
        SELECT judged.*, CASE
            WHEN first_month IS NULL THEN place || '“' || coalesce(quarter, '') || '” of “' || coalesce(year, '')
                 || '” is not a quarter of a financial year'
            WHEN area_code IS NULL THEN place || '“' || coalesce(area, '') || '” is not the name of a {table.kind} '
                 || 'that is known here; if it has an area of its own, add a look-up that names it'
            WHEN count IS NULL THEN place || 'the count is “' || coalesce(cell, '') || '”, not a whole number'
            END AS reason
        FROM (
            SELECT line.row, line.place, line.year, line.quarter, line.code, line.subgroup, line.cell, line.force,
                   line.{table.area} AS area, named.code AS area_code, {_FIRST_MONTH} AS first_month,
                   TRY_CAST(replace(line.cell, ',', '') AS INTEGER) AS count,
                   coalesce(by_code.offence_id, by_subgroup.offence_id, by_group.offence_id) IS NOT NULL AS known,
                   coalesce(offence.path, 'crime/unrecognised') AS path
            FROM recorded_line AS line
            LEFT JOIN named ON named.name = line.{table.area}
            LEFT JOIN label AS by_code ON by_code.family = '{FAMILY}' AND by_code.label = {label_sql("line.code")}
            LEFT JOIN label AS by_subgroup
              ON by_subgroup.family = '{FAMILY}' AND by_subgroup.label = {label_sql("line.subgroup")}
            LEFT JOIN label AS by_group
              ON by_group.family = '{FAMILY}-groups' AND by_group.label = {label_sql("line.offence_group")}
            LEFT JOIN offence ON offence.offence_id
              = coalesce(by_code.offence_id, by_subgroup.offence_id, by_group.offence_id)
        ) AS judged
    """)
    con.execute("CREATE OR REPLACE TEMP TABLE not_supplied (area_code VARCHAR, first_month INTEGER)")


# April is the fourth month, counted from nought; the fourth quarter begins in January of the next year.
_FIRST_MONTH = """
    CASE WHEN regexp_full_match(line.year, '(19|20)[0-9]{2}[/-][0-9]{2}')
          AND regexp_full_match(line.quarter, 'Q?[1-4]')
         THEN CAST(left(line.year, 4) AS INTEGER) * 12 + CAST(right(line.quarter, 1) AS INTEGER) * 3 END
"""

_SUMMARY = """
    SELECT count(*) FILTER (reason IS NULL), min(first_month) FILTER (reason IS NULL),
           max(first_month + 2) FILTER (reason IS NULL), count(*) FILTER (reason IS NULL AND count < 0)
    FROM recorded
"""

# A count stands at its own place and at every place above it.
_VALUES = """
    WITH counted AS (
        SELECT area_code, first_month, unnest(list_transform(range(1, len(parts) + 1),
               lambda number: array_to_string(parts[1:number], '/'))) AS measure, count
        FROM (SELECT area_code, first_month, string_split(path, '/') AS parts, count FROM recorded WHERE reason IS NULL)
        {more}
    )
    SELECT area_code, measure, first_month, first_month + 2 AS last_month,
           CASE WHEN withheld THEN NULL ELSE CAST(sum(count) AS DOUBLE) END AS value,
           NULL::DOUBLE AS low, NULL::DOUBLE AS high,
           CASE WHEN withheld THEN 'missing' ELSE 'final' END AS status, NULL::INTEGER AS sample
    FROM (SELECT counted.*, (area_code, first_month) IN (SELECT (area_code, first_month) FROM not_supplied) AS withheld
          FROM counted)
    GROUP BY area_code, measure, first_month, withheld ORDER BY ALL
"""

_REFUSED = """
    SELECT row, reason, NULL::VARCHAR AS text FROM recorded WHERE reason IS NOT NULL
    UNION ALL SELECT row, reason, text FROM recorded_aside
"""


def _read_notes(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> None:
    """Keep what the sheets without a table say of the areas; where they say that data are lacking, make it so."""
    if not is_workbook(path):
        return
    held = {sheet.name for sheet in _sheets(path, table)}
    lines = [
        " ".join(cell for cell in row if cell)
        for sheet in sheet_names(path)
        if sheet not in held
        for row in sheet_rows(path, sheet)
    ]
    areas = con.execute("SELECT DISTINCT area, force, area_code FROM recorded WHERE area_code IS NOT NULL").fetchall()
    quarters = [
        month for (month,) in con.execute("SELECT DISTINCT first_month FROM recorded WHERE reason IS NULL").fetchall()
    ]
    for sentence, codes in sentences_naming(lines, areas):
        lacking = missing_quarters(sentence, quarters)
        missing = ""
        if lacking:
            con.executemany(
                "INSERT INTO not_supplied VALUES (?, ?)", [[code, month] for code in codes for month in lacking]
            )
            missing = f" {len(codes)} areas have no value for {len(lacking)} quarters."
        note(con, "publisher's note", f"says: “{sentence}”{missing}", len(codes))
