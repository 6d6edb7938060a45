"""London Borough Profiles of the Greater London Authority: many indicators, a row a borough.

The measures are of the years their headings name, and come from other publishers: they are background, not a
series. What is written in words (who controls the council) is left aside.
"""

from __future__ import annotations

import re
from collections import Counter

import duckdb

from frankpledge.periods import month_number
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.measures import Measure, is_number_sql, judge_wide, slug, wide_values_sql
from frankpledge.sources.reading.tables import header, one_row, quoted, stage_table
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="london-borough-profiles",
    title="London Borough Profiles",
    publisher="Greater London Authority",
    dataset="london-borough-profiles",
    licence=OGL_3,
    cadence="discontinued; the last is of 2016",
    looks_like="a CSV with the columns Code, Area_name, Inner_Outer_London and one a measure",
    stage=Stage.PEOPLE,
    caveats=("Each measure is of the year its heading names; many are ten years old.",),
)

_BESIDE = ("Code", "Area_name", "Inner_Outer_London")

# “2014”, “201415” for 2014/15, “Dec14”: what follows or goes before must be no figure.
_YEARS = re.compile(r"(?<!\d)(20\d\d)(\d\d)?(?!\d)|(?<=Dec)(\d\d)(?!\d)")
_CENSUS = re.compile(r"_?Census|_to_|_(?:Dec|May)(?=_|$)")


def recognises(sample: Sample) -> bool:
    """A table with the profiles' first columns."""
    return sample.tabular and {slug(one) for one in _BESIDE} <= {slug(one) for one in sample.columns}


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each borough and measure: ``borough-profile/median-house-price``."""
    columns = header(file.path)
    code = next(column for column in columns if slug(column) == "code")
    measures = profile_measures(_with_numbers(con, file, columns))
    judged = judge_wide(con, file.path, "profile", code, measures)
    last = max(measure.last_month for measure in measures.values())
    return judged.tidied(
        Rows("published_value", wide_values_sql("profile", measures)),
        release=str(last // 12),
        months=(min(measure.first_month for measure in measures.values()), last),
    )


def _with_numbers(con: duckdb.DuckDBPyConnection, file: RawFile, columns: list[str]) -> list[str]:
    """Columns that hold a number anywhere: the others are words."""
    known = {slug(one) for one in _BESIDE}
    others = [column for column in columns if slug(column) not in known]
    any_number = ", ".join(f"bool_or({is_number_sql(quoted(column))})" for column in others)
    stage_table(con, "profile_words", file.path)
    found = one_row(con, f"SELECT {any_number} FROM profile_words")
    return [column for column, number in zip(others, found, strict=True) if number]


def profile_measures(columns: list[str]) -> dict[str, Measure]:
    """What each heading measures, and of which months; one that names no year is of the newest that any names.

    >>> profile_measures(["Median_House_Price_2014"])["Median_House_Price_2014"].path
    'borough-profile/median-house-price'
    """
    months = {column: _months(column) for column in columns}
    newest = max((found for found in months.values() if found), key=lambda found: found[1], default=(24180, 24191))
    bare = {column: slug(_CENSUS.sub("", _YEARS.sub("", column))) for column in columns}
    twice = Counter(bare.values())
    return {
        column: Measure(
            f"borough-profile/{slug(column) if twice[bare[column]] > 1 else bare[column]}",
            *(months[column] or (newest[1] - 11, newest[1])),
        )
        for column in columns
    }


def _months(heading: str) -> tuple[int, int] | None:
    """First and last month that a heading names: 2014 is a calendar year, 201415 runs from April to March."""
    years = [_span(found) for found in _YEARS.finditer(heading)]
    if not years:
        return None
    first, last = min(first for first, _ in years), max(last for _, last in years)
    if len(years) == 1 and last == first + 1:
        return month_number(first, 4), month_number(last, 3)
    return month_number(first, 1), month_number(last, 12)


def _span(found: re.Match[str]) -> tuple[int, int]:
    first = int(found[1] or f"20{found[3]}")
    return first, int(f"20{found[2]}") if found[2] else first
