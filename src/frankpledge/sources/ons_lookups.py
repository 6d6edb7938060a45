"""Geography look-ups of the Office for National Statistics: which area lies in which.

One reader for them all: any table with two or more columns of GSS codes, in any of the ways their headings
are written (``LSOA21CD``, ``lsoa21_code``, ``LSOA Code``). The two figures in a heading are the year of the
areas; a heading without them is of the areas of 2011, which were the first to be published so.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import NamedTuple

import duckdb

from frankpledge.geography import AreaKind
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.tables import header, quoted, ragged_rows, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-lookups",
    title="Geography look-ups",
    publisher="Office for National Statistics",
    dataset="ons-lookups",
    licence=OGL_3,
    cadence="yearly",
    looks_like="a CSV with two or more columns of area codes, such as LSOA21CD and LAD24CD",
    stage=Stage.AREAS,
    caveats=("Small areas are counted whole in the ward that holds most of them (best fit).",),
)

_CODE = re.compile(r"(?P<stem>lsoa|wd|ward|lad|ltla|csp|pfa)(?P<year>\d{2})_?(?P<end>cd|code)", re.IGNORECASE)
_WORDS = re.compile(r"(?P<stem>lsoa|ward|local authority|region) code", re.IGNORECASE)
_NO_YEAR = 11

_KINDS = {
    "lsoa": AreaKind.LSOA,
    "wd": AreaKind.WARD,
    "ward": AreaKind.WARD,
    "lad": AreaKind.AUTHORITY,
    "ltla": AreaKind.AUTHORITY,
    "csp": AreaKind.PARTNERSHIP,
    "pfa": AreaKind.FORCE,
    "local authority": AreaKind.AUTHORITY,
    "region": AreaKind.REGION,
}

# A pair is worth keeping only from the smaller area to the larger.
_SIZE = (
    AreaKind.LSOA,
    AreaKind.WARD,
    AreaKind.AUTHORITY,
    AreaKind.PARTNERSHIP,
    AreaKind.FORCE,
    AreaKind.REGION,
)


class CodeColumn(NamedTuple):
    """A column of GSS codes: its heading, the kind of area, the year of the areas, and the names' column."""

    column: str
    kind: AreaKind
    year: int
    names: str | None


def code_columns(columns: list[str] | tuple[str, ...]) -> list[CodeColumn]:
    """The columns of GSS codes, with the column of names that goes with each."""
    by_lower = {column.lower(): column for column in columns}
    found = []
    for column in columns:
        heading = _CODE.fullmatch(column)
        if heading:
            stem = heading["stem"].lower() + heading["year"]
            names = by_lower.get(f"{stem}nm") or by_lower.get(f"{stem}_name")
            found.append(CodeColumn(column, _KINDS[heading["stem"].lower()], int(heading["year"]), names))
    return found


def _look_up_columns(columns: list[str] | tuple[str, ...]) -> list[CodeColumn]:
    """The columns of codes of a look-up, those that name no year among them."""
    by_lower = {column.lower(): column for column in columns}
    in_words = [
        CodeColumn(column, _KINDS[stem], _NO_YEAR, by_lower.get(f"{stem} name"))
        for column in columns
        if (heading := _WORDS.fullmatch(column)) and (stem := heading["stem"].lower())
    ]
    return code_columns(columns) + in_words


# What no look-up has: counts of people, postcodes, offences, scores, points.
_NO_LOOK_UP = re.compile(
    r"mid_\d{4}|n|total|total_\w+|population\w*|pcds?|pcd\d|postcode|[fm]?\d{1,2}\+?|\d{6}|majortext|crime id"
    r"|\w+_(score|rank|decile)",
    re.IGNORECASE,
)


def recognises(sample: Sample) -> bool:
    """A table with two columns of codes, and nothing that is counted or measured."""
    return (
        sample.tabular
        and len(_look_up_columns(sample.columns)) > 1
        and not any(_NO_LOOK_UP.fullmatch(column) for column in sample.columns)
    )


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Every area named, and every pair of a smaller area with a larger."""
    found = _look_up_columns(header(file.path))
    rows = stage_table(con, "lookup", file.path)
    pairs = [(a, b) for a, b in permutations(found, 2) if _within(a, b)]
    return Tidied(
        release=f"20{max(column.year for column in found)}",
        rows=(
            *(Rows("area_name", _names(column)) for column in found if column.names),
            *(Rows("area_member", _pair(child, parent)) for child, parent in pairs),
        ),
        rows_read=rows,
        rows_kept=rows - ragged_rows(con, file.path),
        refused=ragged_rows_sql(file.path),
    )


def _within(child: CodeColumn, parent: CodeColumn) -> bool:
    if child.kind == parent.kind:
        return child.year < parent.year
    if parent.kind is AreaKind.REGION:
        # What lies in a region lies in it through its authority.
        return child.kind is AreaKind.AUTHORITY
    return _SIZE.index(child.kind) < _SIZE.index(parent.kind)


def _names(column: CodeColumn) -> str:
    assert column.names is not None
    return (
        f"SELECT DISTINCT {quoted(column.column)} AS code, {quoted(column.names)} AS name, "
        f"{column.year} AS vintage FROM lookup WHERE {_is_ours(column.column)}"
    )


def _pair(child: CodeColumn, parent: CodeColumn) -> str:
    return (
        f"SELECT DISTINCT {quoted(child.column)} AS child, {quoted(parent.column)} AS parent, "
        f"'{child.kind}' AS child_kind, '{parent.kind}' AS parent_kind, '{parent.year}' AS vintage FROM lookup "
        f"WHERE {_is_ours(child.column)} AND {_is_ours(parent.column)}"
    )


def _is_ours(column: str) -> str:
    """England and Wales only: look-ups of the whole kingdom hold areas we never count."""
    return f"regexp_full_match({quoted(column)}, '[EW][0-9]{{8}}')"
