"""Brings the database to the shape that this version of the program needs: forwards, tried before, after a backup."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from frankpledge.errors import UserError
from frankpledge.web.operation.backup import back_up, note_backup
from frankpledge.web.operation.schema import applied, check_not_newer, pending

_COPY = "upgrade-tried"
# A statement that only looks, or only frames others, changes nothing.
_FRAMES = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ")
_RECORD = "django_migrations"


class UpgradeError(UserError):
    """An upgrade does not work as it stands."""


@dataclass(frozen=True)
class Trial:
    """What a migration did when it was tried."""

    migration: str
    statements: list[str]


def try_upgrade(connection: BaseDatabaseWrapper) -> list[Trial]:
    """Run the migrations that are due where nothing of it stays: on a copy of SQLite's file; in PostgreSQL in a
    transaction that is taken back.

    Raises
    ------
    SchemaError
        When a newer version of the program has upgraded the database.
    UpgradeError
        When one of them fails.
    """
    check_not_newer(connection)
    if not pending(connection):
        return []
    where = _in_transaction if connection.vendor == "postgresql" else _on_a_copy
    with where(connection) as other:
        return _migrate_and_tell(other)


def upgrade(connection: BaseDatabaseWrapper, site: Path, files: Path) -> Path | None:
    """Try the migrations that are due, back up, migrate forwards, and put in place what else this version needs.

    Gives where the backup is; None where nothing was due, or the database was empty.

    Raises
    ------
    SchemaError
        When a newer version of the program has upgraded the database.
    UpgradeError
        When a migration fails as it is tried: then nothing was changed.
    """
    check_not_newer(connection)
    saved = None
    if pending(connection) and applied(connection):
        try_upgrade(connection)
        saved = _save(connection, site, files)
    put_in_place(connection)
    return saved


def put_in_place(connection: BaseDatabaseWrapper) -> None:
    """Make or migrate the database, and put everything else in place that this version needs."""
    # What must be there after every migration, such as the triggers of the audit, is made again at its end.
    call_command("migrate", database=connection.alias, interactive=False, verbosity=0)
    call_command("createcachetable", database=connection.alias, verbosity=0)
    if connection.vendor == "sqlite":
        # Made open to all, as any file is; what is written beside it takes after it.
        Path(connection.settings_dict["NAME"]).chmod(0o600)
    call_command("collectstatic", interactive=False, verbosity=0)


def _save(connection: BaseDatabaseWrapper, site: Path, files: Path) -> Path:
    when = datetime.datetime.now(datetime.UTC)
    to = site / "backups" / f"before-upgrade-{when:%Y-%m-%dT%H%M%SZ}.zip"
    back_up(connection, files, to)
    note_backup(site, when)
    return to


@contextmanager
def _in_transaction(connection: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            # Whoever uses the site waits while a table is locked: give up rather than keep them waiting.
            cursor.execute("SET LOCAL lock_timeout = '5s'")
        yield connection
        transaction.set_rollback(True, using=connection.alias)


@contextmanager
def _on_a_copy(connection: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    with TemporaryDirectory(dir=Path(connection.settings_dict["NAME"]).parent) as folder:
        name = str(Path(folder) / "copy.sqlite3")
        connection.ensure_connection()
        with closing(sqlite3.connect(name)) as copy:
            connection.connection.backup(copy)
        connections.settings[_COPY] = connection.settings_dict | {"NAME": name}
        try:
            yield connections[_COPY]
        finally:
            connections[_COPY].close()
            del connections[_COPY]
            del connections.settings[_COPY]


def _migrate_and_tell(connection: BaseDatabaseWrapper) -> list[Trial]:
    trials: list[Trial] = []

    def follow(action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_start":
            # What the last one wrote is checked now: a table cannot be changed while checks on it are open.
            connection.check_constraints()
            trials.append(Trial(str(migration), []))

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if trials and not sql.lstrip().upper().startswith(_FRAMES) and _RECORD not in sql:
            trials[-1].statements.append(sql)
        return execute(sql, params, many, context)

    executor = MigrationExecutor(connection, progress_callback=follow)
    try:
        with connection.execute_wrapper(listen):
            executor.migrate(executor.loader.graph.leaf_nodes())
        connection.check_constraints()
    except DatabaseError as error:
        where = trials[-1].migration if trials else "before the first migration"
        raise UpgradeError(
            f"The upgrade fails at {where} ({type(error).__name__}). Nothing was changed.",
            "Keep the version that you have, and tell us which migration it was.",
        ) from error
    return trials
