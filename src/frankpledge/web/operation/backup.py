"""A backup: one file with every row as it was at one moment, and the files that people gave.

    manifest.json            what is in it: schema, tables, rows, SHA-256 of each part, time, version
    tables/<name>.jsonl      a row a line, as `tables` writes them: the same from either database
    files/<path>             what was uploaded, sealed as it lies

It holds no key: what is sealed stays sealed wherever the file goes, and stays unreadable where its key was destroyed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import IsolationLevel

from frankpledge import __version__
from frankpledge.errors import UserError
from frankpledge.provenance import now, sync
from frankpledge.web.operation.schema import applied, models_of
from frankpledge.web.operation.tables import Table

FORMAT = "frankpledge backup 1"
MANIFEST = "manifest.json"
_LAST = "last-backup"
_PIECE = 2**20
# What is sealed hardly shrinks; more effort takes three times as long for a twentieth less.
_EFFORT = 3


class BackupError(UserError):
    """A backup cannot be taken, or cannot be used."""


@dataclass(frozen=True)
class Part:
    """A part of a backup: a table's rows, or a file."""

    name: str
    sha256: str
    # Of a table; a file has none.
    rows: int = 0
    columns: dict[str, str] | None = None


@dataclass(frozen=True)
class Manifest:
    """What is in a backup."""

    made: str
    version: str
    schema: list[tuple[str, str]]
    tables: list[Part]
    files: list[Part]

    @property
    def rows(self) -> int:
        """How many rows are in it."""
        return sum(part.rows for part in self.tables)

    def written(self) -> bytes:
        """As the file has it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()


def back_up(connection: BaseDatabaseWrapper, files: Path, to: Path) -> Manifest:
    """Write a backup while others go on writing.

    Raises
    ------
    BackupError
        When there is such a file already, or the database is empty.
    """
    if to.exists():
        raise BackupError(f"There is a file {to} already.", "Name another: a backup is never written over.")
    passing = to.with_name(f".{to.name}.{os.getpid()}")
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as archive:
                manifest = _write(archive, connection, files)
            handle.flush()
            os.fsync(handle.fileno())
        passing.rename(to)
    finally:
        passing.unlink(missing_ok=True)
    sync(to.parent)
    return manifest


def note_backup(folder: Path, when: datetime.datetime) -> None:
    """Remember when the last backup was finished, in the site folder."""
    path = folder / _LAST
    path.write_text(when.isoformat(timespec="seconds"), encoding="utf-8")


def last_backup(folder: Path) -> datetime.datetime | None:
    """When the last backup was finished; None where none was."""
    path = folder / _LAST
    return datetime.datetime.fromisoformat(path.read_text(encoding="utf-8").strip()) if path.is_file() else None


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees the database as it was when this began, and holds up nobody who writes."""
    own = connection.copy()
    if own.vendor == "postgresql":
        own.settings_dict["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    else:
        # The lock of a writer, which our transactions take at the beginning, is not wanted here.
        own.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield own
    finally:
        own.rollback()
        own.close()


def _write(archive: zipfile.ZipFile, connection: BaseDatabaseWrapper, files: Path) -> Manifest:
    with snapshot(connection) as own:
        schema = applied(own)
        if not schema:
            raise BackupError("The database is empty.", "Start the site once (“frankpledge serve”), then back it up.")
        tables = [_write_table(archive, Table(model), own) for model in models_of(own)]
    manifest = Manifest(
        # After the rows, so that whatever a row names is among the files.
        files=list(_write_files(archive, files)),
        made=now(),
        version=__version__,
        schema=schema,
        tables=tables,
    )
    archive.writestr(MANIFEST, manifest.written())
    return manifest


def _write_table(archive: zipfile.ZipFile, table: Table, connection: BaseDatabaseWrapper) -> Part:
    name = f"tables/{table.name}.jsonl"
    sha256, rows = _write_pieces(archive, name, table.lines(connection))
    return Part(name, sha256, rows, table.columns)


def _write_files(archive: zipfile.ZipFile, folder: Path) -> Iterator[Part]:
    for path in sorted(folder.rglob("*")):
        # What is destroyed at this moment is not kept.
        with suppress(FileNotFoundError, IsADirectoryError), path.open("rb") as handle:
            name = f"files/{path.relative_to(folder).as_posix()}"
            sha256, _ = _write_pieces(archive, name, iter(lambda: handle.read(_PIECE), b""))  # noqa: B023  read at once
            yield Part(name, sha256)


def _write_pieces(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write a part; its SHA-256, and how many pieces it was written in."""
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as handle:
        for piece in pieces:
            digest.update(piece)
            handle.write(piece)
            count += 1
    return digest.hexdigest(), count
