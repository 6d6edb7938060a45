"""CSV to warehouse, checked, against a bare copy of the same columns by the same engine."""

import time
from pathlib import Path

import duckdb

from frankpledge.periods import month_number, month_text
from frankpledge.sources.adding import add_files
from frankpledge.sources.reading import one_row
from frankpledge.warehouse.build import build
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


def new_month(folder: str, crimes: str) -> tuple[int, int]:
    """A month of England and Wales (half a million rows) added to a workspace that holds the months before it.

    Returns
    -------
    Milliseconds to add the file, and to build the warehouse with it.
    """
    workspace = Workspace(Path(folder))
    last = max(Path(crimes).glob("*-street.csv"))
    month = month_number(int(last.name[:4]), int(last.name[5:7]))
    path = workspace.folder / f"{month_text(month + 1)}-example-street.csv"
    path.write_text(last.read_text().replace(f",{month_text(month)},", f",{month_text(month + 1)},"))
    before = one_row(duckdb.connect(str(current_file(workspace)), read_only=True), "SELECT sum(rows_kept) FROM load")
    start = time.perf_counter()
    add_files(workspace, [path], lambda added: None)
    added = time.perf_counter()
    built = build(workspace, lambda step: None)
    end = time.perf_counter()
    assert built.fresh and built.rows > before[0], "the month must be taken in"
    return round((added - start) * 1000), round((end - added) * 1000)


def prepare(folder: Path, paths: list[Path]) -> Workspace:
    """A workspace with the files added."""
    workspace, _ = init_workspace(folder, ("E07000000",))
    add_files(workspace, paths, lambda added: None)
    return workspace
