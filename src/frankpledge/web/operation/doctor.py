"""Looks over a site where it runs: keys, database, audit, work, room, backups, files. It changes nothing."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from frankpledge import __released__, __version__
from frankpledge.errors import UserError
from frankpledge.web.audit.heads import read_head
from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.audit.signing import Forged
from frankpledge.web.audit.triggers import TABLE
from frankpledge.web.jobs.policies import State as JobState
from frankpledge.web.keys.ciphers import Gone, Tampered
from frankpledge.web.keys.keyring import SECRETS
from frankpledge.web.operation.backup import last_backup
from frankpledge.web.operation.findings import Finding, broken, fine, look_at
from frankpledge.web.operation.queries import audit_chains, jobs
from frankpledge.web.operation.schema import check_not_newer, names_of, pending
from frankpledge.web.partners.models import Partnership

_KEYS_BACK = "Put back the copy of the key folder that you keep."
_VERIFY = "Run “frankpledge audit verify”, and keep the database as it is until somebody has looked."
_RENEW = "Make new ones: docs/how-to/look-after-the-site.md says how."
_GIGABYTE = 10**9
# A job that is due is taken within a second or two.
_TAKEN_WITHIN = datetime.timedelta(minutes=10)
# There is work every hour: see `regular`.
_HEARD_WITHIN = datetime.timedelta(hours=3)
_CLOCKS_APART = datetime.timedelta(seconds=5)
# Time enough to find an evening on which nobody works.
_RENEWED_BEFORE = datetime.timedelta(days=60)
# As SECURITY.md promises.
_LIBRARIES_RENEWED = datetime.timedelta(days=90)
_BACKUP_DUE, _BACKUP_LATE = datetime.timedelta(days=2), datetime.timedelta(days=8)


def examine() -> Iterator[Finding]:
    """Look at everything that can be looked at."""
    yield from _carefully(_keys)
    database = list(_carefully(_database))
    yield from database
    if all(one.state == "OK" for one in database):
        for check in (_partnership_keys, _triggers, _heads, _worker, _stale_jobs, _clock):
            yield from _carefully(check)
    for check in (_certificate, _room, _backups, _static_files, _rights, _release):
        yield from _carefully(check)


def _carefully(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a check finds; where it comes to grief that is a finding too."""
    try:
        yield from check()
    except (DatabaseError, OSError) as error:
        name = check.__name__.strip("_").replace("_", " ")
        yield broken(f"The {name} could not be looked at ({type(error).__name__}).", "See the logs of the database.")
    except UserError as error:
        yield broken(error.happened, error.to_do)


def _release() -> Iterator[Finding]:
    released = datetime.date.fromisoformat(__released__)
    if timezone.localdate() - released > _LIBRARIES_RENEWED:
        yield look_at(
            f"This is version {__version__} of {__released__}: newer ones of its libraries may mend weaknesses.",
            "Install the newest version, and run “frankpledge upgrade --dry-run”.",
        )
    else:
        yield fine(f"This is version {__version__} of {__released__}.")


def _keys() -> Iterator[Finding]:
    ring = settings.KEYRING
    for name in SECRETS:
        ring.secret(name)
    open_to_others = [path for path in ring.folder.folder.rglob("*") if path.stat().st_mode & 0o077]
    if open_to_others:
        yield broken(
            f"Others may read {len(open_to_others)} files of the key folder.",
            f"Close them: chmod -R go= {ring.folder.folder}",
        )
    else:
        yield fine(f"The keys are in {ring.folder.folder}, closed to others.")


def _database() -> Iterator[Finding]:
    check_not_newer(connection)
    due = pending(connection)
    if due:
        yield broken(f"The database waits for an upgrade: {names_of(due)}.", "Run “frankpledge upgrade”.")
    else:
        yield fine("The database answers, and is as this version needs it.")


def _certificate() -> Iterator[Finding]:
    # The database's own was made with it, and ends with it.
    path = settings.DATABASES["default"].get("OPTIONS", {}).get("sslcert")
    if path is None:
        return
    try:
        until = x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except ValueError:
        yield broken(f"What lies in {path} is no certificate.", _RENEW)
        return
    words = f"The certificate that the site shows its database holds until {until:%d %B %Y}."
    if until < timezone.now():
        yield broken(words, _RENEW)
    elif until - timezone.now() < _RENEWED_BEFORE:
        yield look_at(words, _RENEW)
    else:
        yield fine(words)


def _partnership_keys() -> Iterator[Finding]:
    partnerships = list(Partnership.objects.all())
    for one in partnerships:
        try:
            settings.KEYRING.seal(one.id, "", "doctor")
        except Gone:
            yield look_at(f"{one.name} has no key: what it wrote is unreadable.", f"If nobody meant that: {_KEYS_BACK}")
        except Tampered:
            yield broken(f"The key of {one.name} does not open with the site's master key.", _KEYS_BACK)
        else:
            yield fine(f"The key of {one.name} opens.")


def _triggers() -> Iterator[Finding]:
    refused = [_is_refused(change) for change in (f"UPDATE {TABLE} SET event = event", f"DELETE FROM {TABLE}")]
    if all(refused):
        yield fine("The database refuses to change or delete what the audit holds.")
    else:
        yield broken("The database would change or delete what the audit holds.", "Run “frankpledge upgrade”.")


def _is_refused(change: str) -> bool:
    """Whether the database refuses a change to an entry of the audit; it is taken back at once if it does not."""
    entry = Entry.objects.order_by().first()
    if entry is None:
        return True
    key = Entry._meta.pk.get_db_prep_value(entry.pk, connection)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{change} WHERE id = %s", [key])
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def _heads() -> Iterator[Finding]:
    for chain, (entries, sequence) in sorted(audit_chains().items()):
        problem = _problem_of(chain, entries, sequence)
        if problem:
            yield broken(f"The audit's chain {chain} {problem}.", _VERIFY)
        else:
            yield fine(f"The audit's chain {chain} has its {entries} entries, as its signed head says.")


def _problem_of(chain: str, entries: int, sequence: int) -> str:
    head = ChainHead.objects.get(chain=chain)
    try:
        signed = read_head(Path(settings.AUDIT_HEADS) / f"{chain}.json")
    except Forged:
        return "has no head that this site signed"
    if entries != sequence:
        return f"has {entries} entries, and its head says {sequence}"
    if signed.sequence > sequence:
        return f"ends at {sequence}, and its signed head says {signed.sequence}"
    for number, mark in ((sequence, head.mark), (signed.sequence, signed.mark)):
        if number and not Entry.objects.filter(chain=chain, sequence=number, mark=mark).exists():
            return f"has another entry {number} than was written"
    return ""


def _worker() -> Iterator[Finding]:
    now = jobs()
    if now.oldest_due > _TAKEN_WITHIN:
        minutes = round(now.oldest_due.total_seconds() / 60)
        yield broken(
            f"Work has been waiting for {minutes} minutes.", "Start “frankpledge worker”, or look at its logs."
        )
    elif now.heard is None or timezone.now() - now.heard > _HEARD_WITHIN:
        last = f"since {now.heard:%d %B %Y %H:%M} UTC" if now.heard else "yet"
        yield look_at(f"No worker was heard of {last}.", "“frankpledge serve” starts one; or run “frankpledge worker”.")
    else:
        yield fine(f"A worker was heard of at {now.heard:%H:%M} UTC.")


def _stale_jobs() -> Iterator[Finding]:
    now = jobs()
    failed = now.counts[JobState.FAILED]
    if now.unheard:
        yield look_at(
            f"{now.unheard} jobs run, and nothing is heard of them.", "A worker takes them up: is one running?"
        )
    if failed:
        yield look_at(f"{failed} jobs have failed.", "The logs say where (event “job-failed”).")
    if not now.unheard and not failed:
        yield fine("No job hangs, and none has failed.")


def _clock() -> Iterator[Finding]:
    apart = _apart()
    newest = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if abs(apart) > _CLOCKS_APART:
        yield broken(
            f"This computer's clock and the database's are {abs(apart).total_seconds():.0f} seconds apart.",
            "Set both by the same time server.",
        )
    elif newest and newest - timezone.now() > _CLOCKS_APART:
        yield broken(
            f"The audit's newest entry is of {newest:%d %B %Y %H:%M} UTC, which is still to come.", "Set the clock."
        )
    else:
        yield fine("The clock agrees with the database and the audit.")


def _apart() -> datetime.timedelta:
    if connection.vendor != "postgresql":
        # SQLite has no clock of its own.
        return datetime.timedelta(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return timezone.now() - cursor.fetchone()[0]


def _room() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.SITE_FOLDER)
    share = usage.free / usage.total
    words = f"{usage.free / _GIGABYTE:.1f} GB are free where the site lies ({share:.0%})."
    if usage.free < _GIGABYTE / 2:
        yield broken(words, "Make room: without any nothing can be written.")
    elif share < 0.1:
        yield look_at(words, "Make room before it is used up.")
    else:
        yield fine(words)


def _backups() -> Iterator[Finding]:
    last = last_backup(settings.SITE_FOLDER)
    if last is None:
        yield look_at("There is no backup yet.", "Run “frankpledge backup FILE” every night, and keep FILE elsewhere.")
        return
    age = timezone.now() - last
    words = f"The last backup is of {last:%d %B %Y %H:%M} UTC."
    if age > _BACKUP_LATE:
        yield broken(words, "Run “frankpledge backup FILE”, and find out why it was not run.")
    elif age > _BACKUP_DUE:
        yield look_at(words, "Run “frankpledge backup FILE” every night.")
    else:
        yield fine(words)


def _static_files() -> Iterator[Finding]:
    if (settings.STATIC_ROOT / "staticfiles.json").is_file():
        yield fine("Style sheets and scripts are in place.")
    else:
        yield broken("Style sheets and scripts are not in place.", "Run “frankpledge upgrade”.")


def _rights() -> Iterator[Finding]:
    site = settings.SITE_FOLDER
    private = [site / name for name in ("site.sqlite3", "logs", "backups", "files", "outbox")]
    open_to_others = [path for path in private if path.exists() and path.stat().st_mode & 0o077]
    writable = [path for path in (site, Path(settings.AUDIT_HEADS)) if path.exists() and path.stat().st_mode & 0o022]
    if writable:
        yield broken(f"Others may write in {_paths(writable)}.", f"Close it: chmod go-w {_paths(writable)}")
    if open_to_others:
        yield look_at(f"Others may read {_paths(open_to_others)}.", f"Close it: chmod -R go= {_paths(open_to_others)}")
    if not writable and not open_to_others:
        yield fine("Folders and files are closed to others.")


def _paths(paths: list[Path]) -> str:
    return " ".join(map(str, paths))
