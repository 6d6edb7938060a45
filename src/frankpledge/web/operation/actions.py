"""What the host's operator does to the site as a whole, put down in its audit."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from frankpledge.web.audit.actions import replace_heads
from frankpledge.web.audit.actors import Actor
from frankpledge.web.audit.record import record
from frankpledge.web.operation.backup import BackupError, Manifest, back_up, note_backup
from frankpledge.web.operation.events import BACKED_UP, UPGRADED
from frankpledge.web.operation.restore import restore
from frankpledge.web.operation.schema import applied, pending
from frankpledge.web.operation.upgrade import put_in_place, upgrade


def files_folder() -> Path:
    """Where the files lie that people gave."""
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def take_backup(*, to: Path, by: Actor) -> Manifest:
    """Write a backup of the site, which holds the account of its being taken.

    Raises
    ------
    BackupError
        When there is such a file already, or the database waits for an upgrade.
    """
    if pending(connection):
        raise BackupError(
            "The database waits for an upgrade.", "Run “frankpledge upgrade”: it takes a backup before anything else."
        )
    with transaction.atomic():
        record(BACKED_UP, by=by, partnership=None)
    manifest = back_up(connection, files_folder(), to)
    note_backup(settings.SITE_FOLDER, datetime.datetime.now(datetime.UTC))
    return manifest


def restore_site(*, backup: Path, by: Actor) -> Manifest:
    """Bring a site back from a backup, and begin the signed heads of its audit anew.

    Raises
    ------
    BackupError
        When the backup cannot be relied on, or there is a site already.
    SchemaError
        When it was made by another version of the program.
    """
    if not applied(connection):
        put_in_place(connection)
    manifest = restore(connection, files_folder(), backup)
    replace_heads(by=by)
    return manifest


def upgrade_site(*, by: Actor) -> Path | None:
    """Upgrade the site's database; where the backup lies that was taken before, if there was anything to upgrade.

    Raises
    ------
    SchemaError
        When a newer version of the program has upgraded it already.
    """
    due = pending(connection)
    saved = upgrade(connection, settings.SITE_FOLDER, files_folder())
    if saved:
        with transaction.atomic():
            record(UPGRADED, by=by, partnership=None, migrations=len(due))
    return saved
