"""CSV to warehouse, checked, against a bare copy of the same columns by the same engine."""

from pathlib import Path

import duckdb

from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.workspace import Workspace, init_workspace


def bare_copy(crimes: str, out: str) -> int:
    """DuckDB's own COPY, one Parquet file for each CSV, the columns the warehouse keeps."""
    con = duckdb.connect()
    con.execute("SET threads = 2; SET memory_limit = '900MB'")
    rows = 0
    for path in sorted(Path(crimes).glob("*.csv")):
        (count,) = con.execute(f"""
            COPY (
                SELECT "Crime ID", "Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
                       "Crime type", "Last outcome category"
                FROM read_csv('{path}', header = true, all_varchar = true)
            ) TO '{out}/{path.stem}.parquet'
        """).fetchone()
        rows += count
    return rows


def whole_build(folder: str) -> int:
    """A build of a workspace whose files have been added."""
    return build(Workspace(Path(folder)), lambda step: None).rows


def prepare(folder: Path, paths: list[Path]) -> Workspace:
    """A workspace with the files added."""
    workspace, _ = init_workspace(folder, ("E07000000",))
    add_files(workspace, paths, lambda added: None)
    return workspace
