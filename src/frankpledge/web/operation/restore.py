"""Puts a backup into an empty database of either kind, in one transaction, and compares every row before it is kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from django.core.management.color import no_style
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from frankpledge.web.operation.backup import FORMAT, MANIFEST, BackupError, Manifest, Part
from frankpledge.web.operation.schema import SchemaError, applied, models_of, names_of
from frankpledge.web.operation.tables import Table

# What Django itself writes when it makes the tables: the backup has its own.
_MADE_BY_DJANGO = {"django_content_type", "auth_permission"}
_DAMAGED = "Use another backup: this one cannot be relied on."


def restore(connection: BaseDatabaseWrapper, files: Path, backup: Path) -> Manifest:
    """Put a backup into a database whose tables are made and empty, and its files into a folder.

    Raises
    ------
    BackupError
        When the file is damaged or none of ours, or there is something in the database or the folder.
    SchemaError
        When the database has another schema than the backup.
    """
    with opened(backup) as archive:
        manifest = read_manifest(archive)
        check_parts(archive, manifest)
        _check_schema(connection, manifest)
        _check_empty(connection, files)
        with _unpacked(archive, manifest, files), transaction.atomic(using=connection.alias):
            _load(archive, manifest, connection)
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What a backup says is in it.

    Raises
    ------
    BackupError
        When it is none of ours.
    """
    try:
        told = json.loads(archive.read(MANIFEST))
        if told.pop("format") != FORMAT:
            raise ValueError
        told["schema"] = [(app, name) for app, name in told["schema"]]
        told["tables"] = [Part(**part) for part in told["tables"]]
        told["files"] = [Part(**part) for part in told["files"]]
        return Manifest(**told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupError(
            f"{archive.filename} is not a backup of a site.", "Name a file that “frankpledge backup” wrote."
        ) from error


@contextmanager
def opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    """A backup, open for reading.

    Raises
    ------
    BackupError
        When it is not there, or what is read of it is damaged.
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            yield archive
    except FileNotFoundError as error:
        if Path(error.filename or "") != backup:
            raise
        raise BackupError(f"There is no file {backup}.", "Name the file that “frankpledge backup” wrote.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupError(f"{backup} is damaged, or not whole.", _DAMAGED) from error


def check_parts(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Compare each part of a backup with its hash.

    Raises
    ------
    BackupError
        When one differs, is missing, or is more than was backed up.
    """
    there = set(archive.namelist()) - {MANIFEST}
    for part in (*manifest.tables, *manifest.files):
        if part.name not in there or _digest(archive, part) != part.sha256:
            raise BackupError(f"{archive.filename} is damaged: {part.name} is not what was backed up.", _DAMAGED)
    if len(there) != len(manifest.tables) + len(manifest.files):
        raise BackupError(f"{archive.filename} holds more than was backed up.", _DAMAGED)


def _check_schema(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    have, wanted = set(applied(connection)), set(manifest.schema)
    if have - wanted:
        raise SchemaError(
            f"The backup was made by Frankpledge {manifest.version}, before {names_of(sorted(have - wanted))}.",
            f"Install Frankpledge {manifest.version} and restore into an empty database with it. Then install this "
            "version again, and run “frankpledge upgrade”.",
        )
    if wanted - have:
        raise SchemaError(
            f"The database lacks what the backup has: {names_of(sorted(wanted - have))}.",
            f"Run “frankpledge upgrade”; if it has nothing to do, install Frankpledge {manifest.version} first.",
        )
    columns = {f"tables/{table.name}.jsonl": table.columns for table in map(Table, models_of(connection))}
    if columns != {part.name: part.columns for part in manifest.tables}:
        raise SchemaError(
            "The tables of the database and those of the backup have other columns.",
            f"Install Frankpledge {manifest.version}, which made the backup.",
        )


def _check_empty(connection: BaseDatabaseWrapper, files: Path) -> None:
    full = [
        table.name
        for table in map(Table, models_of(connection))
        if table.name not in _MADE_BY_DJANGO and table.count(connection)
    ]
    if full:
        raise BackupError(
            f"The database is not empty: there are rows in {', '.join(full)}.",
            "Restore into a new site: another folder, or another database in DATABASE_URL.",
        )
    if files.is_dir() and any(files.iterdir()):
        raise BackupError(f"The folder {files} is not empty.", "Move it away, then restore again.")


def _load(archive: zipfile.ZipFile, manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    tables = [Table(model) for model in models_of(connection)]
    for table in reversed(tables):
        if table.name in _MADE_BY_DJANGO:
            table.clear(connection)
    parts = {part.name: part for part in manifest.tables}
    for table in tables:
        with archive.open(parts[f"tables/{table.name}.jsonl"].name) as lines:
            table.put(connection, lines)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
    different = sum(_differing(archive, table, connection) for table in tables)
    if different:
        raise BackupError(
            f"{different} rows of the database differ from those of the backup, so nothing of it was kept.",
            "Please tell us: this should not happen.",
        )


def _differing(archive: zipfile.ZipFile, table: Table, connection: BaseDatabaseWrapper) -> int:
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        return sum(one != other for one, other in zip_longest(lines, table.lines(connection)))


@contextmanager
def _unpacked(archive: zipfile.ZipFile, manifest: Manifest, files: Path) -> Iterator[None]:
    """Unpack the files beside their folder; they become it when what is done meanwhile succeeds."""
    passing = files.with_name(f".{files.name}.restored")
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir(mode=0o700, parents=True)
    try:
        for part in manifest.files:
            _unpack(archive, part, passing)
        yield
        if files.is_dir():
            files.rmdir()
        passing.rename(files)
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def _unpack(archive: zipfile.ZipFile, part: Part, folder: Path) -> None:
    path = PurePosixPath(part.name).relative_to("files")
    if path.is_absolute() or ".." in path.parts:
        raise BackupError(f"{archive.filename} holds a file that belongs elsewhere: {part.name}.", _DAMAGED)
    to = folder / path
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        archive.open(part.name) as source,
        os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        shutil.copyfileobj(source, out)


def _digest(archive: zipfile.ZipFile, part: Part) -> str:
    with archive.open(part.name) as handle:
        # What a part of an archive is opened as has all that is needed; its type does not say so.
        return hashlib.file_digest(handle, "sha256").hexdigest()  # type: ignore[arg-type]
