"""Population-weighted centroids of small areas: the point nearest to where their residents are, on the whole."""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.ons_lookups import code_columns
from frankpledge.sources.parts.judging import NOT_A_CODE, counted_area_sql, judge, said_sql
from frankpledge.sources.parts.measures import number_sql
from frankpledge.sources.reading.tables import header, literal, quoted
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-centroids",
    title="Population-weighted centroids",
    publisher="Office for National Statistics",
    dataset="ons-centroids",
    licence=OGL_3,
    cadence="after each Census",
    looks_like="a CSV with a column of area codes, such as LSOA21CD, and the columns x and y",
    stage=Stage.PEOPLE,
    caveats=("A centroid stands for its area; it is no place where anything happened.",),
)

# The National Grid's metres, so that degrees are never taken for them.
_ON_THE_GRID = "x BETWEEN 1000 AND 700000 AND y BETWEEN 1000 AND 1300000"


def recognises(sample: Sample) -> bool:
    """A table with one column of codes, and a point for each."""
    points = {column.lower() for column in sample.columns} >= {"x", "y"}
    return sample.tabular and points and len(code_columns(sample.columns)) == 1


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A point for each area, in National Grid metres."""
    columns = header(file.path)
    (area,) = code_columns(columns)
    by_lower = {column.lower(): quoted(column) for column in columns}
    judged = judge(
        con,
        file.path,
        "centre",
        {
            "area_code": f"trim({quoted(area.column)})",
            "x": number_sql(by_lower["x"]),
            "y": number_sql(by_lower["y"]),
        },
        {
            f"NOT {counted_area_sql('area_code')}": said_sql(NOT_A_CODE, "area_code"),
            f"NOT coalesce({_ON_THE_GRID}, false)": literal("x and y are no point of the National Grid, in metres"),
        },
        once=("area_code",),
    )
    points = "SELECT area_code, x AS easting, y AS northing FROM centre WHERE reason IS NULL"
    return judged.tidied(Rows("centroid", points), release=f"20{area.year}")
