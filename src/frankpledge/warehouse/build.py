"""Building the warehouse: all files tidied into one database file, checked, then made current.

Nothing is updated in place: what a new file is added to is a copy. The file's name is a hash of all that went
into it, so the same files and definitions give the same name, and a build that is cut short leaves the last
warehouse answering.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

import frankpledge.sources
from frankpledge.definition import definition_files, hash_of
from frankpledge.errors import WorkspaceError
from frankpledge.model.schema import SCHEMA_VERSION
from frankpledge.model.tables import TABLES
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.disk import room_for
from frankpledge.sources.reading.tables import literal, one_row
from frankpledge.sources.registry import all_sources
from frankpledge.sources.source import Issue, Stage
from frankpledge.warehouse.checks import check_warehouse
from frankpledge.warehouse.corrections import load_corrections
from frankpledge.warehouse.counting import count_records
from frankpledge.warehouse.coverage import judge_coverage
from frankpledge.warehouse.drawing import draw_areas, forget_drawn_areas, say_drawn_areas
from frankpledge.warehouse.drawn_areas import DrawnArea, read_drawn_areas
from frankpledge.warehouse.gazetteer import Gazetteer
from frankpledge.warehouse.involved import Involved, count_involved, read_involved
from frankpledge.warehouse.loading import load_file
from frankpledge.warehouse.noticing import notice_records
from frankpledge.warehouse.outlines import join_outlines
from frankpledge.warehouse.places import place_areas
from frankpledge.warehouse.published import load_published, load_published_populations
from frankpledge.warehouse.quality import find_quality
from frankpledge.warehouse.reading_ahead import read_ahead
from frankpledge.warehouse.reference import load_reference
from frankpledge.warehouse.shelf import building, clear_away, current_key, point_to, put_on_shelf, warehouse_file
from frankpledge.workspace import Workspace, definitions_hash

# Large enough to keep the reader's pace, small enough for a council's laptop.
MEMORY = "600MB"
THREADS = 2
WRITTEN_DOWN_EVERY = "256MB"
# To count each of many small files would take longer than to read it; of so many records the answer fits in memory.
COUNTED_AT_ONCE = 250_000


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
            with _in_one_piece(workspace):
                rows = _write(workspace, passing, files, tell)
                put_on_shelf(workspace, passing, key)
        if fresh:
            point_to(workspace, key)
        clear_away(workspace)
        return Built(key, final, fresh, rows)


@contextmanager
def _in_one_piece(workspace: Workspace) -> Iterator[None]:
    """Leave nothing half-written behind a build that fails, least of all on a full disk."""
    try:
        with room_for(workspace.warehouses, "Nothing was built; the last warehouse, if there is one, still answers."):
            yield
    except BaseException:
        clear_away(workspace)
        raise


def build_key(workspace: Workspace, files: Sequence[RawFile]) -> str:
    """The hash that names a warehouse: of its files, the definitions it reads, and the code that builds it."""
    digest = hashlib.sha256(_built_with(workspace).encode())
    for file in files:
        digest.update(f"{file.source} {file.sha256} {file.name} {file.added}\n".encode())
    return digest.hexdigest()[:12]


def _built_with(workspace: Workspace) -> str:
    """A hash of all that a warehouse is made with, its files aside."""
    package = Path(frankpledge.sources.__path__[0]).parent
    alone = ("geography.py", "periods.py", "definition.py")
    rooms = sorted(path for room in ("sources", "warehouse", "model") for path in (package / room).rglob("*.py"))
    code = hash_of(*rooms, *(package / name for name in alone))
    printed = hash_of(*definition_files("published").values())
    return f"{SCHEMA_VERSION} {definitions_hash(workspace)} {printed} {code}"


def _write(workspace: Workspace, path: Path, files: Sequence[RawFile], tell: Tell) -> int:
    """Write a warehouse of all the files: from the current one where that holds all but the newest of them."""
    held = _held(workspace, files)
    drawn, involved = read_drawn_areas(workspace.definitions), read_involved(workspace.definitions)
    if held:
        shutil.copyfile(warehouse_file(workspace, current_key(workspace) or ""), path)
    spill = path.with_suffix(path.suffix + ".spill")
    con = duckdb.connect()
    try:
        # No log beside the file: what is cut short is thrown away, never gone on with.
        con.execute(f"ATTACH {literal(path)} AS building (RECOVERY_MODE no_wal_writes); USE building")
        con.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET temp_directory = '{spill}'")
        # File by file it would write down what stands more often than what is new.
        con.execute(f"SET checkpoint_threshold = '{WRITTEN_DOWN_EVERY}'")
        # The engine would draw over our own.
        con.execute("SET enable_progress_bar = false")
        if not held:
            _begin(con, workspace)
        gazetteer = Gazetteer(con, workspace.partnership().areas)
        _load_files(con, files[held:], gazetteer, tell)
        (so_far,) = one_row(con, "SELECT coalesce(sum(rows_kept), 0) FROM load")
        tell(Step("Working out areas, counts and coverage", len(files), len(files), int(so_far)))
        _finish(con, workspace.partnership().areas, drawn, involved, gazetteer, held)
        (rows,) = one_row(con, "SELECT coalesce(sum(rows_kept), 0) FROM load")
        # There is no log to find the last rows in.
        con.execute("CHECKPOINT building")
    finally:
        con.close()
        shutil.rmtree(spill, ignore_errors=True)
    return int(rows)


def _held(workspace: Workspace, files: Sequence[RawFile]) -> int:
    """How many of the files, the first so many, the current warehouse holds and can be added to; else none.

    What counts are placed in, and whom they are set against, touches every row: only files of counts are
    added to a warehouse. One taken away, or a definition changed, and it is built anew.
    """
    key = current_key(workspace)
    if key is None or not warehouse_file(workspace, key).exists():
        return 0
    con = duckdb.connect(str(warehouse_file(workspace, key)), read_only=True)
    try:
        built_with = con.execute("SELECT hash FROM built_with").fetchone()
        loads = con.execute("SELECT source, sha256, file, added FROM load").fetchall()
    except duckdb.CatalogException:
        # Written before warehouses said what they were built with.
        return 0
    finally:
        con.close()
    known = {(file.source, file.sha256, file.name, file.added) for file in files[: len(loads)]}
    sources = all_sources()
    if built_with != (_built_with(workspace),) or set(loads) != known:
        return 0
    return len(loads) if all(sources[one.source].source.stage is Stage.COUNTS for one in files[len(loads) :]) else 0


def _begin(con: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    for table in TABLES:
        con.execute(table.ddl())
    con.execute("INSERT INTO built_with VALUES (?)", [_built_with(workspace)])
    load_reference(con, workspace.definitions)
    load_corrections(con, workspace.definitions)
    load_published(con)
    load_published_populations(con)


def _load_files(con: duckdb.DuckDBPyConnection, files: Sequence[RawFile], gazetteer: Gazetteer, tell: Tell) -> None:
    sources = all_sources()
    stages = list(Stage)
    (number,) = one_row(con, "SELECT count(*) FROM load")
    rows = waiting = 0
    uncounted: set[int] = set()
    ordered = sorted(files, key=lambda file: stages.index(sources[file.source].source.stage))
    with closing(read_ahead(con, ordered, sources)) as tidied:
        for done, file in enumerate(ordered):
            tell(Step(f"Reading {file.name}", done, len(files), rows))
            loaded = load_file(number + done, next(tidied), gazetteer)
            rows += loaded.rows
            waiting += loaded.rows
            uncounted.update(loaded.uncounted)
            if waiting >= COUNTED_AT_ONCE:
                _count(con, uncounted)
                uncounted, waiting = set(), 0
    _count(con, uncounted)


def _count(con: duckdb.DuckDBPyConnection, files: Collection[int]) -> None:
    if files:
        count_records(con, files)
        notice_records(con, files)


def _finish(
    con: duckdb.DuckDBPyConnection,
    own: Sequence[str],
    drawn: Sequence[DrawnArea],
    involved: Involved,
    gazetteer: Gazetteer,
    held: int,
) -> None:
    """Work out all that follows from the rows; of the first so many files it has been worked out before."""
    forget_drawn_areas(con)
    place_areas(con, since=held)
    count_involved(con, involved)
    _name_series(con)
    if not held:
        _fill_populations(con)
        join_outlines(con)
    judge_coverage(con)
    draw_areas(con, drawn, gazetteer)
    find_quality(con, own)
    say_drawn_areas(con)
    check_warehouse(con, since=held)


def _name_series(con: duckdb.DuckDBPyConnection) -> None:
    monthly = [one.source.dataset for one in all_sources().values() if one.source.issue is Issue.MONTHLY]
    con.execute(
        """
        UPDATE series SET first_month = found.first_month, last_month = found.last_month,
               invented = found.invented, policy = found.policy,
               release = CASE WHEN list_contains(?, dataset) THEN found.release ELSE series.release END
        FROM (
            SELECT series_id, min(first_month) AS first_month, max(last_month) AS last_month,
                   max(release) AS release, bool_or(invented) AS invented,
                   -- One real file among invented ones, and the whole is treated as real.
                   coalesce(max(policy) FILTER (policy <> 'open'), 'open') AS policy
            FROM load WHERE NOT replaced GROUP BY series_id
        ) AS found WHERE found.series_id = series.series_id
        """,
        [monthly],
    )
    for registered in all_sources().values():
        source = registered.source
        if source.provisional_months:
            con.execute(
                "UPDATE series SET provisional_from = last_month - ? + 1 WHERE dataset = ?",
                [source.provisional_months, source.dataset],
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
            SELECT NULL, population.series_id, part.whole, population.year, population.part,
                   CAST(sum(population.number) AS INTEGER)
            FROM population JOIN part ON part.code = population.area_code JOIN parts USING (whole)
            WHERE (population.series_id, part.whole, population.year, population.part)
                  NOT IN (SELECT series_id, area_code, year, part FROM population)
            GROUP BY population.series_id, part.whole, population.year, population.part, parts.number
            HAVING count(*) = parts.number
            """,
            {"kind": kind},
        )
