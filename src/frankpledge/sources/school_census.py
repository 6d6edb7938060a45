"""Tables of the Department for Education: pupils, free school meals, suspensions, special educational needs.

Made from the documented layout of “Explore Education Statistics”, which all its tables have in common; no
real file has been seen. Columns that name a time and a place come first; of the others, those with words are
what the rows are told apart by (phase, sex, type of need), those with numbers are what is counted. A row that
is of all its kinds says “Total”. Rows of single schools are left aside.
"""

from __future__ import annotations

import re

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import Judged, counted_area_sql, judge
from frankpledge.sources.parts.measures import is_number_sql, named_sql, number_sql, slug
from frankpledge.sources.reading.tables import header, literal, one_row, quoted, stage_table
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="school-census",
    title="Pupils, free school meals, suspensions and special needs",
    publisher="Department for Education, Explore Education Statistics",
    dataset="school-census",
    licence=OGL_3,
    cadence="yearly, and each term for suspensions",
    looks_like="a CSV with the columns time_period, time_identifier, geographic_level and new_la_code",
    issue=Issue.MONTHLY,
    seen=False,
    caveats=(
        "Pupils are counted where they go to school, not where they live.",
        "Small numbers are withheld by the publisher; they are missing, not nought.",
    ),
)

_NEEDED = ("time_period", "time_identifier", "geographic_level", "new_la_code")
_BESIDE = re.compile(
    r"time_(period|identifier)|geographic_level|(country|region|la|lad|new_la|old_la)_(code|name)|version|"
    r"school_.*|academy_.*|.*urn|.*laestab"
)

# The publisher's signs for what is not said: withheld, low, not available, not applicable, not known.
_WITHHELD = ("c", "supp", "low", "k", "u")
_NOT_SAID = ("x", "z", ":", ".", "..", "~", "", "n/a", "na")

# First month of each kind of period (1 is January of the year the period begins in), and how many months it has.
_PERIODS = {
    "academic year": (9, 12),
    "financial year": (4, 12),
    "calendar year": (1, 12),
    "reporting year": (1, 12),
    "autumn term": (9, 4),
    "autumn and spring term": (9, 8),
    "spring term": (13, 4),
    "summer term": (17, 4),
    "january": (1, 1),
}


def recognises(sample: Sample) -> bool:
    """A table with the columns that name a time and an authority."""
    return sample.tabular and sample.has(*_NEEDED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each authority, period and measure: ``school/primary/perm-excl-rate``."""
    told_apart, counted = _kinds(con, file)
    judged = _judge(con, file, told_apart, counted)
    first, last = one_row(con, f"SELECT min(first_month), max(last_month) FROM pupils WHERE {_OURS}")
    return judged.tidied(
        *((Rows("published_value", _values(con, told_apart, counted)),) if counted else ()), months=(first, last)
    )


_OURS = f"reason IS NULL AND {counted_area_sql('area_code')}"


def _kinds(con: duckdb.DuckDBPyConnection, file: RawFile) -> tuple[list[str], list[str]]:
    """The columns that tell rows apart, and those that hold numbers (or a sign for one)."""
    others = [column for column in header(file.path) if not _BESIDE.fullmatch(column.lower())]
    if not others:
        return [], []
    stage_table(con, "pupils_words", file.path)
    numbers = ", ".join(f"coalesce(bool_and({_is_figure(quoted(column))}), false)" for column in others)
    found = one_row(con, f"SELECT {numbers} FROM pupils_words")
    counted = [column for column, number in zip(others, found, strict=True) if number]
    return [column for column in others if column not in counted], counted


def _is_figure(cell: str) -> str:
    signs = ", ".join(literal(sign) for sign in (*_WITHHELD, *_NOT_SAID))
    return f"({is_number_sql(cell)} OR coalesce(lower(trim({cell})), '') IN ({signs}))"


def _judge(con: duckdb.DuckDBPyConnection, file: RawFile, told_apart: list[str], counted: list[str]) -> Judged:
    columns = set(header(file.path))
    codes = [f"nullif(trim({name}), '')" for name in ("new_la_code", "region_code", "country_code") if name in columns]
    levels = ("local authority", "regional", "national")
    area = " ".join(f"WHEN {literal(level)} THEN {code}" for level, code in zip(levels, codes, strict=False))
    starts = " ".join(f"WHEN {literal(words)} THEN {start}" for words, (start, _) in _PERIODS.items())
    lengths = " ".join(f"WHEN {literal(words)} THEN {length}" for words, (_, length) in _PERIODS.items())
    year = "TRY_CAST(left(trim(time_period), 4) AS INTEGER)"
    kind = "lower(trim(time_identifier))"
    first = f"{year} * 12 + (CASE {kind} {starts} END) - 1"
    return judge(
        con,
        file.path,
        "pupils",
        {
            "area_code": f"CASE lower(trim(geographic_level)) {area} END",
            "level": "lower(trim(geographic_level))",
            "first_month": first,
            "last_month": f"{first} + (CASE {kind} {lengths} END) - 1",
            "kind": " || '|' || ".join(f"coalesce(trim({quoted(column)}), '')" for column in told_apart) or "''",
        }
        | {column: quoted(column) for column in counted},
        {
            "first_month IS NULL": literal("“time_period” and “time_identifier” are not a period that is known"),
            "level = 'local authority' AND area_code IS NULL": literal("“new_la_code” is empty"),
        },
    )


def _values(con: duckdb.DuckDBPyConnection, told_apart: list[str], counted: list[str]) -> str:
    kinds = [words for (words,) in con.execute(f"SELECT DISTINCT kind FROM pupils WHERE {_OURS}").fetchall()]
    paths = {f"{kind}|{column}": school_path(kind.split("|"), column) for kind in kinds for column in counted}
    cells = ", ".join(quoted(column) for column in counted)
    withheld = ", ".join(literal(sign) for sign in _WITHHELD)
    return f"""
        SELECT area_code, named.path AS measure, first_month, last_month, {number_sql("cell")} AS value,
               NULL::DOUBLE AS low, NULL::DOUBLE AS high,
               CASE WHEN {is_number_sql("cell")} THEN 'final'
                    WHEN lower(trim(cell)) IN ({withheld}) THEN 'suppressed' ELSE 'missing' END AS status,
               NULL::INTEGER AS sample
        FROM (SELECT area_code, first_month, last_month, kind, {cells} FROM pupils WHERE {_OURS})
        UNPIVOT INCLUDE NULLS (cell FOR heading IN ({cells}))
        JOIN {named_sql(paths or {"": ""})} AS named(words, path) ON named.words = kind || '|' || heading
        -- The same figure can stand in a file twice, as a total of one thing and of another.
        QUALIFY row_number() OVER (PARTITION BY area_code, named.path, first_month, last_month ORDER BY cell) = 1
    """


def school_path(kinds: list[str], column: str) -> str:
    """The path of a measure of pupils, of a kind where the row is not of all.

    >>> school_path(["Total", "State-funded secondary"], "susp_rate")
    'school/state-funded-secondary/susp-rate'
    """
    parts = [slug(kind) for kind in kinds]
    return "/".join(["school", *(part for part in parts if part and part not in ("total", "all")), slug(column)])
