"""Outlines of areas, from the Office for National Statistics: for drawing maps, in metres of the National Grid."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pyproj
import shapely

from frankpledge.provenance import RawFile
from frankpledge.sources.ons_lookups import code_columns
from frankpledge.sources.reading.maps import map_columns, read_map
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-boundaries",
    title="Boundaries",
    publisher="Office for National Statistics; contains OS data © Crown copyright and database right",
    dataset="ons-boundaries",
    licence=OGL_3,
    cadence="yearly",
    looks_like="GeoJSON or a GeoPackage whose areas have a GSS code, such as WD24CD",
    stage=Stage.AREAS,
    caveats=("Outlines are simplified for drawing; they are not used to place points.",),
)

_NATIONAL_GRID = 27700


def recognises(sample: Sample) -> bool:
    """A map whose areas carry a GSS code."""
    return sample.form == "map" and bool(code_columns(sample.columns))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """An outline for each area, in National Grid metres."""
    column = code_columns(map_columns(file.path))[0]
    held = read_map(file.path, [name for name in (column.column, column.names) if name])
    shapes = _in_metres(shapely.make_valid(shapely.from_wkb(held.outlines)), held.crs)
    con.register(
        "outline_rows",
        pa.table(
            {
                "area_code": pa.array(held.columns[column.column].tolist(), pa.string()),
                "name": pa.array(
                    held.columns[column.names].tolist() if column.names else [None] * len(shapes), pa.string()
                ),
                "points": pa.array(shapely.get_num_coordinates(shapes), pa.int32()),
                "outline": pa.array(shapely.to_wkb(shapes).tolist(), pa.binary()),
            }
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE outline_row AS SELECT * FROM outline_rows")
    con.unregister("outline_rows")
    names = f"SELECT DISTINCT area_code AS code, name, {column.year} AS vintage FROM outline_row WHERE name IS NOT NULL"
    return Tidied(
        release=f"20{column.year}",
        rows=(
            Rows("boundary", f"SELECT area_code, '{_plain(file.name)}' AS file, points, outline FROM outline_row"),
            Rows("area_name", names),
        ),
        rows_read=len(shapes),
        rows_kept=len(shapes),
    )


def _plain(name: str) -> str:
    return name.replace("'", "’")


def _in_metres(shapes: np.ndarray, system: str) -> np.ndarray:
    """Outlines in National Grid metres, whatever they came in."""
    given = pyproj.CRS.from_user_input(system)
    if given.to_epsg() == _NATIONAL_GRID:
        return shapes
    change = pyproj.Transformer.from_crs(given, _NATIONAL_GRID, always_xy=True)
    moved: np.ndarray = shapely.transform(
        shapes, lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1]))
    )
    return moved
