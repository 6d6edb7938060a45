"""CSV to warehouse, checked, against a bare copy of the same columns by the same engine."""

import shutil
import time
from pathlib import Path

import duckdb

from frankpledge.sources.adding import add_files
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.build import PASSING_TABLES, build
from frankpledge.warehouse.loading import load_file
from frankpledge.warehouse.shelf import current_file
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


def new_month(folder: str) -> int:
    """A month of England and Wales (half a million rows) taken into a warehouse that holds the months before it.

    This is what the month itself costs; a build today also takes in the earlier months again.
    """
    workspace = Workspace(Path(folder))
    month = max((file for file in workspace.raw_files() if "street" in file.name), key=lambda file: file.name)
    copy = workspace.folder / "copy.duckdb"
    shutil.copyfile(current_file(workspace), copy)
    con = duckdb.connect(str(copy))
    con.execute("SET threads = 2; SET memory_limit = '600MB'")
    for statement in PASSING_TABLES:
        con.execute(statement)
    start = time.perf_counter()
    rows = load_file(con, 60_000, month, all_sources()[month.source])
    seconds = time.perf_counter() - start
    con.close()
    copy.unlink()
    assert rows > 0
    return round(seconds * 1000)


def prepare(folder: Path, paths: list[Path]) -> Workspace:
    """A workspace with the files added."""
    workspace, _ = init_workspace(folder, ("E07000000",))
    add_files(workspace, paths, lambda added: None)
    return workspace
