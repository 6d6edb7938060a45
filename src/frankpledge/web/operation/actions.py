"""What the host's operator does to the site as a whole, put down in its audit."""

from __future__ import annotations

import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from frankpledge.errors import WorkspaceError
from frankpledge.web.audit.actions import replace_heads
from frankpledge.web.audit.actors import Actor, Subject
from frankpledge.web.audit.record import record
from frankpledge.web.jobs.actions import ask
from frankpledge.web.keys.copying import Copied, copy_keys
from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.replacing import REPLACEABLE, begin_replacing, replace_master
from frankpledge.web.operation.backup import BackupError, Manifest, back_up, note_backup
from frankpledge.web.operation.events import (
    BACKED_UP,
    KEY_REPLACED,
    KEYS_COPIED,
    MASTER_REPLACED,
    SECRET_REPLACED,
    UPGRADED,
)
from frankpledge.web.operation.replacing import KEY_OWNER, SEAL_ANEW
from frankpledge.web.operation.restore import restore
from frankpledge.web.operation.schema import applied, pending
from frankpledge.web.operation.upgrade import put_in_place, upgrade
from frankpledge.web.partners.signing_in.actions import seal_second_factors_anew


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


def replace_master_key(*, by: Actor) -> None:
    """Replace the site's master key. Left off in the middle, it is to be done again.

    Raises
    ------
    WorkspaceError
        When a key does not open.
    """
    with transaction.atomic():
        record(MASTER_REPLACED, by=by, partnership=None)
    replace_master(keyring())


def replace_key(*, owner: UUID, by: Actor) -> None:
    """Begin to replace the key of a partnership, person, subject or report; a worker does the rest.

    Where it is being replaced already, the worker is asked to go on.

    Raises
    ------
    WorkspaceError
        When there is no such key.
    """
    if not keyring().version(owner):
        raise WorkspaceError(f"There is no key for {owner}, or it was destroyed.", "See “frankpledge keys list”.")
    with transaction.atomic():
        record(KEY_REPLACED, by=by, partnership=None, on=Subject(KEY_OWNER, str(owner)))
        begin_replacing(keyring(), owner)
        ask(SEAL_ANEW, by=by)


def replace_secret(*, name: str, by: Actor) -> None:
    """Replace a secret of the site. Left off in the middle, it is to be done again.

    What the secret of sessions sealed of second factors is sealed anew. In the audit nothing may change: the addresses
    in it are opened with the earlier secrets, which are kept.
    """
    assert name in REPLACEABLE, f"{name} is not replaced: see frankpledge.web.keys.replacing"
    with transaction.atomic():
        record(SECRET_REPLACED, by=by, partnership=None, secret=name)
    keyring().replace_secret(name)
    if name == "sessions":
        seal_second_factors_anew()


def copy_key_folder(*, to: Path, by: Actor) -> Copied:
    """Make a folder a copy of the key folder.

    Raises
    ------
    WorkspaceError
        When it cannot be one.
    """
    with transaction.atomic():
        record(KEYS_COPIED, by=by, partnership=None)
    return copy_keys(keyring().folder, to, settings.SITE_FOLDER)
