"""Mid-year population estimates of the Office for National Statistics, by small area, ward or authority.

The back series was revised after the Census of 2021, so a year's population here is not the one that
documents of that year were printed with.
"""

from __future__ import annotations

import re

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.ons_lookups import CodeColumn, code_columns
from frankpledge.sources.reading.tables import header, one_row, quoted, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-population",
    title="Mid-year population estimates",
    publisher="Office for National Statistics",
    dataset="ons-population",
    licence=OGL_3,
    cadence="yearly, about eighteen months after mid-year",
    looks_like="a CSV with a column of area codes and columns mid_2011, mid_2012…",
    stage=Stage.PEOPLE,
    caveats=("The estimates for 2012 to 2020 were revised after the Census of 2021.",),
)

_YEAR = re.compile(r"mid_(\d{4})")


def recognises(sample: Sample) -> bool:
    """A table of mid-year columns with a column of codes."""
    return bool(code_columns(sample.columns)) and any(_YEAR.fullmatch(column) for column in sample.columns)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Residents by area and year."""
    columns = header(file.path)
    # The first column of codes is the area; any other says where it lies.
    area, *_ = code_columns(columns)
    years = [column for column in columns if _YEAR.fullmatch(column)]
    rows = stage_table(con, "people", file.path)
    (kept,) = one_row(con, f"SELECT count(*) FROM people WHERE {_usable(area, years)}")
    unusable = f"NOT coalesce({_usable(area, years)}, false)"
    return Tidied(
        release=max(years).replace("_", "-"),
        rows=(Rows("population", _residents(area, years)), *_named(area)),
        rows_read=rows,
        rows_kept=kept,
        refused="SELECT file_line AS row, 'a population is not a whole number' AS reason, "
        f"CAST(people AS VARCHAR) AS text FROM people WHERE {unusable} "
        f"UNION ALL {ragged_rows_sql(file.path)}",
    )


def _usable(area: CodeColumn, years: list[str]) -> str:
    whole = " AND ".join(f"regexp_full_match({quoted(year)}, '[0-9]+')" for year in years)
    return f"regexp_full_match({quoted(area.column)}, '[EW][0-9]{{8}}') AND {whole}"


def _residents(area: CodeColumn, years: list[str]) -> str:
    columns = ", ".join(quoted(year) for year in years)
    return (
        f"SELECT {quoted(area.column)} AS area_code, CAST(right(mid, 4) AS SMALLINT) AS year, "
        f"'residents' AS part, CAST(residents AS INTEGER) AS number "
        f"FROM (SELECT {quoted(area.column)}, {columns} FROM people WHERE {_usable(area, years)}) "
        f"UNPIVOT (residents FOR mid IN ({columns}))"
    )


def _named(area: CodeColumn) -> tuple[Rows, ...]:
    if area.names is None:
        return ()
    names = (
        f"SELECT DISTINCT {quoted(area.column)} AS code, {quoted(area.names)} AS name, {area.year} AS vintage "
        "FROM people"
    )
    return (Rows("area_name", names),)
