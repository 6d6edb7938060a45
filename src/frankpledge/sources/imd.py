"""English Indices of Deprivation 2015, 2019 and 2025 by small area, and the indicators behind those of 2025.

Editions are not a series: each is worked out anew, on other years and, since 2025, other areas. A rank of 1
and a decile of 1 are the most deprived of England.
"""

from __future__ import annotations

import re

import duckdb

from frankpledge.periods import month_number
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.measures import Measure, judge_wide, slug, wide_values_sql
from frankpledge.sources.reading.tables import header
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="imd",
    title="Indices of Deprivation",
    publisher="Ministry of Housing, Communities and Local Government",
    dataset="imd",
    licence=OGL_3,
    cadence="every four to six years",
    looks_like="a CSV with a column of small areas' codes and columns such as IMD_score, IMD_rank and IMD_decile",
    stage=Stage.PEOPLE,
    caveats=(
        "Editions are worked out anew each time: a changed rank is no proof that an area has changed.",
        "They hold England alone.",
    ),
)

_CODE = re.compile(r"lsoa[ _]?(?:code)?[ _(]*(?:20)?(?P<year>11|21)[ _)]*(?:cd|code)?", re.IGNORECASE)
_OLD_AUTHORITY = re.compile(r"lad[ _]?13|\(2013\)", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(score|rank|decile)\b")
_INDICATORS = "income_domain_numerator"

# Words in a heading → the part of the index; the first that is found counts, so the narrower come first.
_DOMAINS = (
    ("affecting children", "idaci"),
    ("idaci", "idaci"),
    ("affecting older", "idaopi"),
    ("idaopi", "idaopi"),
    ("multiple deprivation", "imd"),
    ("imd", "imd"),
    ("children and young people", "education-children"),
    ("adult skills", "education-adults"),
    ("geographical barriers", "housing-geographical-barriers"),
    ("wider barriers", "housing-wider-barriers"),
    ("indoors", "environment-indoors"),
    ("outdoors", "environment-outdoors"),
    ("income", "income"),
    ("employment", "employment"),
    ("education", "education"),
    ("health", "health"),
    ("crime", "crime"),
    ("housing", "housing"),
    ("environment", "environment"),
)


def recognises(sample: Sample) -> bool:
    """A table of small areas with scores, ranks or deciles, or with the indicators behind them."""
    return sample.tabular and _code(sample.columns) is not None and bool(_measures(sample.columns))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each area and measure: ``deprivation/2019/imd/decile``."""
    columns = tuple(header(file.path))
    code = _code(columns)
    assert code is not None
    measures = _measures(columns)
    judged = judge_wide(con, file.path, "deprivation", code, measures)
    year = _edition(columns)
    # The indicators stand beside the index they are behind, in one release with it.
    return judged.tidied(
        Rows("published_value", wide_values_sql("deprivation", measures)),
        release=str(year),
        months=(month_number(year, 1), month_number(year, 12)),
    )


def _code(columns: tuple[str, ...]) -> str | None:
    return next((column for column in columns if _CODE.fullmatch(column)), None)


def _edition(columns: tuple[str, ...]) -> int:
    """The year of the edition, from the years of its areas: the index of 2015 still has the councils of 2013."""
    found = _CODE.fullmatch(_code(columns) or "")
    if found and found["year"] == "21":
        return 2025
    return 2015 if any(_OLD_AUTHORITY.search(column) for column in columns) else 2019


def _measures(columns: tuple[str, ...]) -> dict[str, Measure]:
    year = _edition(columns)
    months = month_number(year, 1), month_number(year, 12)
    if _INDICATORS in columns:
        beside = {_code(columns), None}
        return {
            column: Measure(f"deprivation/{year}/indicator/{slug(column)}", *months)
            for column in columns
            if column not in beside
        }
    paths = {column: path for column in columns if (path := _path(column))}
    return {column: Measure(f"deprivation/{year}/{path}", *months) for column, path in paths.items()}


def _path(heading: str) -> str | None:
    """Part of the index and statistic of a heading: ``Housing_and_Access_rank`` is ``housing/rank``."""
    words = heading.replace("_", " ").lower()
    statistic = _STATISTIC.search(words)
    domain = next((name for known, name in _DOMAINS if known in words), None)
    return f"{domain}/{statistic[0]}" if statistic and domain else None
