"""Building the warehouse: every file tidied anew into one database file, checked, then made current.

Nothing is updated in place. The file's name is a hash of all that went into it, so the same files and
definitions give the same name, and a build that is cut short leaves the last warehouse answering.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

import frankpledge.sources
from frankpledge.definition import definition_files, hash_of
from frankpledge.errors import WorkspaceError
from frankpledge.model.tables import SCHEMA_VERSION, TABLES
from frankpledge.provenance import RawFile
from frankpledge.sources.reading import one_row
from frankpledge.sources.registry import all_sources
from frankpledge.sources.source import Stage
from frankpledge.warehouse.checks import check_warehouse
from frankpledge.warehouse.coverage import judge_coverage
from frankpledge.warehouse.loading import load_file
from frankpledge.warehouse.outlines import join_outlines
from frankpledge.warehouse.places import place_areas
from frankpledge.warehouse.published import load_published, published_populations
from frankpledge.warehouse.quality import find_quality
from frankpledge.warehouse.reference import load_reference
from frankpledge.warehouse.shelf import building, clear_away, current_key, point_to, put_on_shelf, warehouse_file
from frankpledge.workspace import Workspace, definitions_hash

# Large enough to keep the reader's pace, small enough for a council's laptop.
MEMORY = "600MB"
THREADS = 2


@dataclass(frozen=True)
class Step:
    """One step of a build, for whoever shows progress: words, how many of how many files are done, rows so far."""

    words: str
    done: int
    total: int
    rows: int


@dataclass(frozen=True)
class Built:
    """What a build came to."""

    key: str
    path: Path
    fresh: bool
    rows: int


Tell = Callable[[Step], None]

# Tables a build needs on its way and does not keep.
PASSING_TABLES = (
    "CREATE TEMP TABLE counted (series_id USMALLINT, month INTEGER, area_code VARCHAR, offence_id USMALLINT, "
    "count INTEGER)",
    "CREATE TEMP TABLE covered (series_id USMALLINT, area_code VARCHAR, offence_id USMALLINT, first_month INTEGER, "
    "last_month INTEGER, state VARCHAR, reason VARCHAR)",
    "CREATE TEMP TABLE told_apart (series_id USMALLINT, offence_id USMALLINT)",
)


def build(workspace: Workspace, tell: Tell) -> Built:
    """Build the warehouse of a workspace and make it current.

    Raises
    ------
    WorkspaceError
        When there are no files, or another build is under way.
    """
    files = workspace.raw_files()
    if not files:
        raise WorkspaceError("There is nothing to build from.", "Add files first: “frankpledge add PATH”.")
    with building(workspace):
        clear_away(workspace)
        key = build_key(workspace, files)
        final = warehouse_file(workspace, key)
        fresh = current_key(workspace) != key
        rows = 0
        # One that was built before and is still on the shelf may be in use: it is pointed to, never replaced.
        if not final.exists():
            passing = workspace.warehouses / f"{key}.building-{os.getpid()}"
            rows = _write(workspace, passing, files, tell)
            put_on_shelf(workspace, passing, key)
        if fresh:
            point_to(workspace, key)
        clear_away(workspace)
        return Built(key, final, fresh, rows)


def build_key(workspace: Workspace, files: Sequence[RawFile]) -> str:
    """The hash that names a warehouse: of its files, the definitions it reads, and the code that builds it."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {definitions_hash(workspace)}".encode())
    digest.update(hash_of(*definition_files("published").values()).encode())
    digest.update(_code_hash().encode())
    for file in files:
        digest.update(f"{file.source} {file.sha256} {file.name} {file.added}\n".encode())
    return digest.hexdigest()[:12]


def _code_hash() -> str:
    package = Path(frankpledge.sources.__path__[0]).parent
    alone = ("geography.py", "periods.py", "definition.py", "model/tables.py")
    rooms = sorted(path for room in ("sources", "warehouse") for path in (package / room).glob("*.py"))
    return hash_of(*rooms, *(package / name for name in alone))


def _write(workspace: Workspace, path: Path, files: Sequence[RawFile], tell: Tell) -> int:
    spill = path.with_suffix(path.suffix + ".spill")
    con = duckdb.connect(str(path))
    try:
        con.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET temp_directory = '{spill}'")
        for statement in (*(table.ddl() for table in TABLES), *PASSING_TABLES):
            con.execute(statement)
        load_reference(con, workspace.definitions)
        _load_files(con, files, tell)
        (so_far,) = one_row(con, "SELECT coalesce(sum(rows_kept), 0) FROM load")
        tell(Step("Working out areas, counts and coverage", len(files), len(files), int(so_far)))
        _finish(con)
        (rows,) = one_row(con, "SELECT coalesce(sum(rows_kept), 0) FROM load")
    finally:
        con.close()
        shutil.rmtree(spill, ignore_errors=True)
    return int(rows)


def _load_files(con: duckdb.DuckDBPyConnection, files: Sequence[RawFile], tell: Tell) -> None:
    sources = all_sources()
    stages = list(Stage)
    ordered = sorted(enumerate(files), key=lambda item: stages.index(sources[item[1].source].source.stage))
    rows = 0
    for done, (load_id, file) in enumerate(ordered):
        tell(Step(f"Reading {file.name}", done, len(files), rows))
        rows += load_file(con, load_id, file, sources[file.source])


def _finish(con: duckdb.DuckDBPyConnection) -> None:
    _replace_doubled_months(con)
    _name_series(con)
    _load_populations(con)
    place_areas(con)
    _fill_populations(con)
    join_outlines(con)
    _build_cube(con)
    judge_coverage(con)
    load_published(con)
    find_quality(con)
    check_warehouse(con)


def _replace_doubled_months(con: duckdb.DuckDBPyConnection) -> None:
    """Where two files hold one force's month, the one added last stands."""
    doubled = con.execute("""
        SELECT load_id, dataset, file, newest FROM (
            SELECT load_id, dataset, file,
                   last_value(file) OVER same AS newest, last_value(load_id) OVER same AS newest_id
            FROM load WHERE force <> ''
            WINDOW same AS (
                PARTITION BY source, force, first_month, last_month ORDER BY load_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ) WHERE load_id <> newest_id ORDER BY load_id
    """).fetchall()
    for load_id, dataset, old, new in doubled:
        (count,) = one_row(con, f"DELETE FROM incident WHERE load_id = {load_id}")
        sentence = f"{old} and {new} hold the same force and month; the one added last, {new}, is counted."
        con.execute("INSERT INTO quality VALUES ('month twice', ?, ?, ?, ?)", [dataset, old, count, sentence])


def _name_series(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""
        UPDATE series SET first_month = found.first_month, last_month = found.last_month,
               invented = found.invented, policy = found.policy,
               release = CASE WHEN series.release = '' THEN found.release ELSE series.release END
        FROM (
            SELECT series_id, min(first_month) AS first_month, max(last_month) AS last_month,
                   max(release) AS release, bool_or(invented) AS invented,
                   -- One real file among invented ones, and the whole is treated as real.
                   coalesce(max(policy) FILTER (policy <> 'open'), 'open') AS policy
            FROM load GROUP BY series_id
        ) AS found WHERE found.series_id = series.series_id
    """)
    for registered in all_sources().values():
        source = registered.source
        if source.provisional_months:
            con.execute(
                "UPDATE series SET provisional_from = last_month - ? + 1 WHERE dataset = ?",
                [source.provisional_months, source.dataset],
            )


def _load_populations(con: duckdb.DuckDBPyConnection) -> None:
    """Populations that documents were printed with, each a series that a partnership may pin."""
    for slug, (entry, rows) in published_populations().items():
        (number,) = one_row(con, "SELECT count(*) FROM series")
        con.execute(
            "INSERT INTO series VALUES (?, ?, ?, NULL, NULL, NULL, 'open', false)",
            [number, slug, "printed"],
        )
        for row in rows:
            for year in entry.texts("years"):
                con.execute(
                    "INSERT INTO population VALUES (?, ?, ?, ?)",
                    [number, row.text("area"), int(year), row.whole("value")],
                )


def _fill_populations(con: duckdb.DuckDBPyConnection) -> None:
    """Where only small areas have residents, their wards and authorities have the sum: of all of them, or none."""
    for kind in ("ward", "authority"):
        con.execute(
            """
            INSERT INTO population
            WITH newest AS (
                SELECT child FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = $kind
                  AND CAST(vintage AS INTEGER) = (
                    SELECT max(CAST(vintage AS INTEGER)) FROM area_member
                    WHERE child_kind = 'lsoa' AND parent_kind = $kind)
            ),
            part AS (
                SELECT small.code, whole.code AS whole FROM placement
                JOIN area AS small ON small.area_id = placement.area_id AND small.kind = 'lsoa'
                JOIN area AS whole ON whole.area_id = placement.counted_in
                WHERE placement.kind = $kind AND small.code IN (SELECT child FROM newest)
            ),
            parts AS (SELECT whole, count(*) AS number FROM part GROUP BY whole)
            SELECT population.series_id, part.whole, population.year, CAST(sum(population.residents) AS INTEGER)
            FROM population JOIN part ON part.code = population.area_code JOIN parts USING (whole)
            WHERE (population.series_id, part.whole, population.year)
                  NOT IN (SELECT series_id, area_code, year FROM population)
            GROUP BY population.series_id, part.whole, population.year, parts.number
            HAVING count(*) = parts.number
            """,
            {"kind": kind},
        )


def _build_cube(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""
        INSERT INTO monthly_count
        SELECT series_id, month, area_id, offence_id, count
        FROM counted JOIN area ON area.code = counted.area_code
        UNION ALL
        SELECT series_id, month, area_id, offence_id, CAST(count(*) AS INTEGER)
        FROM incident JOIN load USING (load_id) JOIN area ON area.code = incident.area_code GROUP BY ALL
        ORDER BY series_id, area_id, offence_id, month
    """)
