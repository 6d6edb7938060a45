"""What tables of published measures have in common: words made into paths, and a column a measure into rows.

Not a source itself: `imd`, `london_borough_profiles` and others are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from frankpledge.sources.parts.judging import NOT_A_CODE, Judged, is_code_sql, judge, said_sql
from frankpledge.sources.reading.tables import literal, quoted

_WRITTEN_OUT = {"%": " percent ", "&": " and ", "+": " and over ", "£": " pounds "}

# How publishers write that there is nothing to write.
_EMPTY = ("", ".", "-", "..", ":", "n/a", "na")


def slug(words: str) -> str:
    """A publisher's words as a part of a path.

    >>> slug("Aged 3+ whose main language isn't English (%)")
    'aged-3-and-over-whose-main-language-isnt-english-percent'
    """
    for sign, written in _WRITTEN_OUT.items():
        words = words.replace(sign, written)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def bare_number_sql(cell: str) -> str:
    """SQL of a cell without spaces and the commas between thousands."""
    return f"replace(trim({cell}), ',', '')"


def number_sql(cell: str) -> str:
    """SQL of the number in a cell, decimal or whole; null where there is none."""
    number = f"coalesce(TRY_CAST({cell} AS DOUBLE), TRY_CAST({bare_number_sql(cell)} AS DOUBLE))"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def is_number_sql(cell: str) -> str:
    """SQL that is true of a cell with a number in it."""
    return f"({number_sql(cell)} IS NOT NULL)"


def whole_number_sql(cell: str) -> str:
    """SQL of the whole number in a cell, null where there is none: ``1,204`` and ``12.0`` are whole."""
    bare = bare_number_sql(cell)
    return (
        f"CASE WHEN regexp_full_match({bare}, '[0-9]{{1,9}}([.]0*)?') THEN CAST(CAST({bare} AS DOUBLE) AS INTEGER) END"
    )


def is_empty_sql(cell: str) -> str:
    """SQL that is true of a cell that says there is no value."""
    return f"coalesce(lower(trim({cell})) IN ({', '.join(literal(word) for word in _EMPTY)}), true)"


def named_sql(names: Mapping[str, str]) -> str:
    """SQL of a small table of words and what they are called here (words, name); `names` must not be empty."""
    return "(VALUES " + ", ".join(f"({literal(words)}, {literal(name)})" for words, name in names.items()) + ")"


@dataclass(frozen=True)
class Measure:
    """What a column of a wide table holds: its path, and the months it is of."""

    path: str
    first_month: int
    last_month: int


def judge_wide(
    con: duckdb.DuckDBPyConnection, path: Path, table: str, code: str, measures: Mapping[str, Measure]
) -> Judged:
    """Read a table with a row an area and a column a measure; see `wide_values_sql`.

    Parameters
    ----------
    code
        Column of the areas' codes.
    measures
        Column → what it holds.
    """
    cells = {column: quoted(column) for column in measures}
    not_number = f"""
        SELECT row, 'in “' || heading || '” stands “' || cell || '”, which is no number' AS reason
        FROM ({_unpivoted(table, measures)})
        -- Nearly every cell is a number as it stands, and is looked at no further.
        WHERE TRY_CAST(cell AS DOUBLE) IS NULL AND NOT {is_number_sql("cell")} AND NOT {is_empty_sql("cell")}
    """
    return judge(
        con,
        path,
        table,
        {"area_code": f"trim({quoted(code)})"} | cells,
        {f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code")},
        once=("area_code",),
        cells=not_number,
    )


def wide_values_sql(table: str, measures: Mapping[str, Measure]) -> str:
    """Query of the published values of a table that `judge_wide` has read."""
    named = ", ".join(
        f"({literal(heading)}, {literal(one.path)}, {one.first_month}, {one.last_month})"
        for heading, one in measures.items()
    )
    return f"""
        SELECT area_code, named.path AS measure, named.first_month, named.last_month, value,
               NULL::DOUBLE AS low, NULL::DOUBLE AS high,
               CASE WHEN value IS NULL THEN 'missing' ELSE 'final' END AS status, NULL::INTEGER AS sample
        FROM (SELECT area_code, heading, {number_sql("cell")} AS value FROM ({_unpivoted(table, measures)}))
        JOIN (VALUES {named}) AS named(heading, path, first_month, last_month) USING (heading)
    """


def _unpivoted(table: str, measures: Mapping[str, Measure]) -> str:
    cells = ", ".join(quoted(column) for column in measures)
    return (
        f"SELECT row, area_code, heading, cell FROM "
        f"(SELECT row, area_code, {cells} FROM {table} WHERE reason IS NULL) "
        f"UNPIVOT INCLUDE NULLS (cell FOR heading IN ({cells}))"
    )
