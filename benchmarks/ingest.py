"""CSV to warehouse, checked, against a bare copy of the same columns by the same engine."""

import time
from pathlib import Path

import duckdb

from frankpledge.periods import month_number, month_text
from frankpledge.sources.adding import add_files
from frankpledge.sources.reading.formats import Form, form_of, is_gzip
from frankpledge.sources.reading.tables import one_row
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


def copy_of_files(folder: str, out: str) -> int:
    """DuckDB's own COPY of every CSV that a workspace holds, one Parquet file for each, all its columns."""
    con = duckdb.connect()
    con.execute("SET threads = 2; SET memory_limit = '900MB'")
    copied = 0
    for file in Workspace(Path(folder)).raw_files():
        if form_of(file.path) is Form.TEXT:
            packed = "compression = 'gzip', " if is_gzip(file.path) else ""
            table = f"read_csv('{file.path}', {packed}header = true, all_varchar = true, ignore_errors = true)"
            con.execute(f"COPY (SELECT * FROM {table}) TO '{out}/{file.sha256}.parquet'")
            copied += 1
    return copied


def new_month(folder: str, crimes: str) -> tuple[int, int, int]:
    """A month of England and Wales (half a million rows) added to a workspace that holds the months before it.

    Returns
    -------
    Milliseconds to add the file, to take it into the open warehouse, and for the whole build of that.
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
    told = []
    built = build(workspace, lambda step: told.append(time.perf_counter()))
    end = time.perf_counter()
    assert built.fresh and built.rows > before[0], "the month must be taken in"
    # It is told of twice: when the file is begun, and when all files are in.
    reading, working_out = told
    return tuple(round(seconds * 1000) for seconds in (added - start, working_out - reading, end - added))


def prepare(folder: Path, paths: list[Path]) -> Workspace:
    """A workspace with the files added."""
    workspace, _ = init_workspace(folder, ("E07000000",))
    add_files(workspace, paths, lambda added: None)
    return workspace
