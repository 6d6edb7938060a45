"""Taking one file into an open build: tidied by its source, its rows put away, and what became of it recorded."""

from __future__ import annotations

import duckdb

from frankpledge.errors import SourceError
from frankpledge.provenance import RawFile
from frankpledge.sources.reading import one_row
from frankpledge.sources.registry import Registered
from frankpledge.sources.source import Issue, Rows, Stage, Tidied
from frankpledge.warehouse.reference import UNRECOGNISED


def load_file(con: duckdb.DuckDBPyConnection, load_id: int, file: RawFile, registered: Registered) -> int:
    """Tidy one file into an open build; returns the rows kept.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    source = registered.source
    try:
        tidied = registered.tidy(con, file)
        series_id = _series(con, registered, tidied)
        _clear_release(con, registered, tidied, series_id, file)
        inserted = [_insert(con, rows, load_id, series_id) for rows in tidied.rows]
    except (duckdb.Error, OSError, EOFError) as error:
        raise SourceError(
            f"{file.name} ({source.title}) cannot be read: {str(error).splitlines()[0]}",
            f"Get it again from {source.publisher}, or remove it from {file.path.parent} and build again.",
        ) from error
    kept = inserted[0] if tidied.rows_kept is None else tidied.rows_kept
    refused = _refuse(con, load_id, tidied) if kept < tidied.rows_read and tidied.refused else 0
    _record(con, registered, file, tidied, (load_id, series_id), (kept, refused))
    _note_unknown_labels(con, file, source.dataset, tidied)
    return kept


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
        "force": tidied.force,
        "first_month": tidied.first_month,
        "last_month": tidied.last_month,
        "rows_read": tidied.rows_read,
        "rows_kept": rows[0],
        "rows_refused": rows[1],
    }
    columns, places = ", ".join(record), ", ".join("?" * len(record))
    con.execute(f"INSERT INTO load ({columns}) VALUES ({places})", list(record.values()))


def _insert(con: duckdb.DuckDBPyConnection, rows: Rows, load_id: int, series_id: int) -> int:
    own = {"incident": "load_id", "involvement": "load_id"}.get(rows.table)
    if rows.table in ("counted", "covered", "told_apart", "population"):
        own = "series_id"
    keys = f"CAST({load_id if own == 'load_id' else series_id} AS USMALLINT) AS {own}, " if own else ""
    (count,) = one_row(con, f"INSERT INTO {rows.table} BY NAME SELECT {keys}tidied.* FROM ({rows.query}) AS tidied")
    return int(count)


def _series(con: duckdb.DuckDBPyConnection, registered: Registered, tidied: Tidied) -> int:
    """The series a file belongs to, made when it is the first of it."""
    source = registered.source
    # Monthly issues are one release between them, which is named when the last of them is known.
    release = "" if source.issue is Issue.MONTHLY else tidied.release
    found = con.execute(
        "SELECT series_id FROM series WHERE dataset = ? AND release = ?", [source.dataset, release]
    ).fetchone()
    if found:
        return int(found[0])
    (number,) = one_row(con, "SELECT count(*) FROM series")
    con.execute(
        "INSERT INTO series VALUES (?, ?, ?, NULL, NULL, NULL, ?, ?)",
        [number, source.dataset, release, _policy(registered, tidied), tidied.invented],
    )
    return int(number)


_INVENTED_LICENCE = "invented, free to use"


def _clear_release(
    con: duckdb.DuckDBPyConnection, registered: Registered, tidied: Tidied, series_id: int, file: RawFile
) -> None:
    """Where a file restates what another of its release holds, the one added last stands alone.

    A table of counts is a whole release. Populations of one release come in several files, by kind of
    area, so there only the areas and years that the new file has are cleared.
    """
    if registered.source.stage is Stage.PEOPLE:
        _clear_residents(con, tidied, series_id)
        return
    if registered.source.issue is not Issue.WHOLE or registered.source.stage is not Stage.COUNTS:
        return
    older = con.execute("SELECT file FROM load WHERE series_id = ? ORDER BY load_id", [series_id]).fetchall()
    if older:
        for table in ("counted", "covered", "told_apart"):
            con.execute(f"DELETE FROM {table} WHERE series_id = ?", [series_id])
        sentence = (
            f"{older[-1][0]} and {file.name} are both release {tidied.release}; the one added last, {file.name}, is "
            "counted."
        )
        values = ["release twice", registered.source.dataset, older[-1][0], None, sentence]
        con.execute("INSERT INTO quality VALUES (?, ?, ?, ?, ?)", values)


def _clear_residents(con: duckdb.DuckDBPyConnection, tidied: Tidied, series_id: int) -> None:
    for rows in tidied.rows:
        if rows.table == "population":
            con.execute(
                f"DELETE FROM population WHERE series_id = {series_id} "
                f"AND (area_code, year) IN (SELECT (area_code, year) FROM ({rows.query}))"
            )


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


def _note_unknown_labels(con: duckdb.DuckDBPyConnection, file: RawFile, dataset: str, tidied: Tidied) -> None:
    """A word for an offence that nobody has mapped is counted, and said."""
    if tidied.unknown_labels is None:
        return
    unknown = [str(label) for (label,) in con.execute(tidied.unknown_labels).fetchall()]
    if unknown:
        sentence = (
            f"{file.name} has {len(unknown)} kinds of offence that are not known: {', '.join(sorted(unknown)[:5])}. "
            f"They are counted in the total, under {UNRECOGNISED} or their group. Add them to definitions/sources."
        )
        con.execute(
            "INSERT INTO quality VALUES ('unknown label', ?, ?, ?, ?)", [dataset, file.name, len(unknown), sentence]
        )
