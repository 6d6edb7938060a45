"""Taking one tidied file into an open build: its rows put away, and what became of it recorded."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from frankpledge.model.tables import TABLES
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.tables import one_row
from frankpledge.sources.registry import Registered
from frankpledge.sources.source import Issue, Rows, Tidied
from frankpledge.warehouse.areas import area_id_sql
from frankpledge.warehouse.counting import tell_apart
from frankpledge.warehouse.gazetteer import Gazetteer
from frankpledge.warehouse.noticing import notice
from frankpledge.warehouse.placing import take_records
from frankpledge.warehouse.reading_ahead import Read, cannot_be_read
from frankpledge.warehouse.reference import UNRECOGNISED
from frankpledge.warehouse.replacing import (
    keep_newest_places,
    replace_cells,
    replace_followed,
    replace_people,
    replace_records,
    replace_values,
    take_place,
)

_KEYS = {table.name: [column.name for column in table.columns] for table in TABLES}


@dataclass(frozen=True)
class Loaded:
    """What taking a file in came to.

    Attributes
    ----------
    rows
        How many rows were kept.
    uncounted
        Numbers of the files whose records are to be counted, or counted anew, and noticed.
    """

    rows: int
    uncounted: tuple[int, ...]


def load_file(load_id: int, read: Read, gazetteer: Gazetteer) -> Loaded:
    """Take one file into an open build, its records placed.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    con, file, registered, tidied = read.con, read.file, read.registered, read.tidied
    source = registered.source
    with cannot_be_read(file, source):
        series_id = _series(con, registered, tidied, source.dataset)
        take_place(con, source, tidied, (load_id, series_id), file)
        replaces = source.issue is Issue.MONTHLY and not tidied.force
        beside = {name: _series_beside(con, registered, tidied, name) for name in _datasets_beside(tidied)}
        inserted = [
            _insert(con, rows, (load_id, beside.get(rows.dataset, series_id)), replaces, gazetteer)
            for rows in tidied.rows
        ]
        uncounted: tuple[int, ...] = ()
        if any(rows.table == "incident" for rows in tidied.rows):
            uncounted = (*(replace_records(con, load_id, series_id) if replaces else ()), load_id)
            tell_apart(con, load_id, series_id, source.labels)
    kept = inserted[0] if tidied.rows_kept is None else tidied.rows_kept
    refused = _refuse(con, load_id, tidied) if kept < tidied.rows_read and tidied.refused else 0
    _record(con, registered, file, tidied, (load_id, series_id), (kept, refused))
    keep_newest_places(con, source, tidied)
    _note_unknown_labels(con, file, load_id, tidied)
    return Loaded(kept, uncounted)


def _record(
    con: duckdb.DuckDBPyConnection,
    registered: Registered,
    file: RawFile,
    tidied: Tidied,
    keys: tuple[int, int],
    rows: tuple[int, int],
) -> None:
    """Write down what was taken in."""
    source = registered.source
    record = {
        "load_id": keys[0],
        "series_id": keys[1],
        "source": source.slug,
        "dataset": source.dataset,
        "release": tidied.release,
        "file": file.name,
        "sha256": file.sha256,
        "publisher": source.publisher,
        "licence": _INVENTED_LICENCE if tidied.invented else source.licence,
        "policy": _policy(registered, tidied),
        "added": file.added,
        "invented": tidied.invented,
        "replaced": False,
        "force": tidied.force,
        "first_month": tidied.first_month,
        "last_month": tidied.last_month,
        "rows_read": tidied.rows_read,
        "rows_kept": rows[0],
        "rows_refused": rows[1],
    }
    columns, places = ", ".join(record), ", ".join("?" * len(record))
    con.execute(f"INSERT INTO load ({columns}) VALUES ({places})", list(record.values()))


def _insert(
    con: duckdb.DuckDBPyConnection, rows: Rows, keys: tuple[int, int], replaces: bool, gazetteer: Gazetteer
) -> int:
    """Put a query's rows into their table, each with the file and the series it came from."""
    if rows.table == "incident":
        return take_records(con, rows.query, keys[0], gazetteer)
    if rows.table == "counted":
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE counted AS "
            f"SELECT *, {area_id_sql('area_code')} AS area_id FROM ({rows.query})"
        )
        if replaces:
            replace_cells(con, *keys)
        return _put_counts(con, *keys)
    if rows.table == "involvement":
        replace_people(con, rows.query)
    if rows.table == "followed_person":
        replace_followed(con, rows.query)
    if rows.table == "published_value":
        replace_values(con, rows.query, keys[1])
    own = dict(zip(("load_id", "series_id"), keys, strict=True))
    columns = "".join(f"CAST({own[key]} AS USMALLINT) AS {key}, " for key in own if key in _KEYS[rows.table])
    (count,) = one_row(con, f"INSERT INTO {rows.table} BY NAME SELECT {columns}tidied.* FROM ({rows.query}) AS tidied")
    return int(count)


def _put_counts(con: duckdb.DuckDBPyConnection, load_id: int, series_id: int) -> int:
    """Put the counts of the temporary table ``counted`` into the cube, but for those of no area."""
    (count,) = one_row(
        con,
        f"""
        INSERT INTO monthly_count
        SELECT {load_id}, {series_id}, month, area_id, offence_id, count FROM counted
        WHERE count > 0 AND area_id IS NOT NULL ORDER BY area_id, offence_id, month
        """,
    )
    return int(count)


def _datasets_beside(tidied: Tidied) -> list[str]:
    """Datasets that a file has rows of, besides its source's own."""
    return sorted({rows.dataset for rows in tidied.rows if rows.dataset})


def _series_beside(con: duckdb.DuckDBPyConnection, registered: Registered, tidied: Tidied, dataset: str) -> int:
    """The series of rows that stand in a file of another dataset: of the same release, and of the file's months."""
    number = _series(con, registered, tidied, dataset)
    con.execute(
        "UPDATE series SET first_month = ?, last_month = ? WHERE series_id = ?",
        [tidied.first_month, tidied.last_month, number],
    )
    return number


def _series(con: duckdb.DuckDBPyConnection, registered: Registered, tidied: Tidied, dataset: str) -> int:
    """The series that rows of a file belong to, made when it is the first of it."""
    source = registered.source
    # Monthly issues are one release between them, which is named when the last of them is known.
    release = "" if source.issue is Issue.MONTHLY else tidied.release
    found = con.execute(
        "SELECT series_id FROM series WHERE dataset = ? AND (release = ? OR ?)",
        [dataset, release, source.issue is Issue.MONTHLY],
    ).fetchone()
    if found:
        return int(found[0])
    (number,) = one_row(con, "SELECT coalesce(max(series_id) + 1, 0) FROM series")
    con.execute(
        "INSERT INTO series VALUES (?, ?, ?, NULL, NULL, NULL, ?, ?)",
        [number, dataset, release, _policy(registered, tidied), tidied.invented],
    )
    return int(number)


_INVENTED_LICENCE = "invented, free to use"


def _policy(registered: Registered, tidied: Tidied) -> str:
    """The source's policy; what is invented can be shown to anybody, for it is of nobody."""
    return "open" if tidied.invented else registered.source.policy


def _refuse(con: duckdb.DuckDBPyConnection, load_id: int, tidied: Tidied) -> int:
    con.execute(
        f"INSERT INTO refused_row BY NAME SELECT {load_id} AS load_id, refused.* FROM ({tidied.refused}) AS refused"
    )
    # A row may be refused for more than one reason.
    (count,) = one_row(con, f"SELECT count(DISTINCT row) FROM refused_row WHERE load_id = {load_id}")
    return int(count)


def _note_unknown_labels(con: duckdb.DuckDBPyConnection, file: RawFile, load_id: int, tidied: Tidied) -> None:
    """A word for an offence that nobody has mapped is counted, and said."""
    if tidied.unknown_labels is None:
        return
    unknown = [str(label) for (label,) in con.execute(tidied.unknown_labels).fetchall()]
    if unknown:
        sentence = (
            f"{file.name} has {len(unknown)} kinds of offence that are not known: {', '.join(sorted(unknown)[:5])}. "
            f"They are counted in the total, under {UNRECOGNISED} or their group. Add them to definitions/sources."
        )
        notice(con, load_id, "unknown label", file.name, len(unknown), sentence=sentence)
