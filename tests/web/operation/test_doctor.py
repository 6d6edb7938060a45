"""The doctor finds what is wrong, says what to do, and finds nothing where nothing is."""

import re
import shutil
from collections import namedtuple
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import OperationalError, connection, transaction
from django.utils import timezone

import frankpledge
from frankpledge.keys import KeyFolder
from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.models import Entry
from frankpledge.web.audit.record import record
from frankpledge.web.audit.triggers import drop_triggers
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State as JobState
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.operation import doctor
from frankpledge.web.operation.backup import note_backup
from frankpledge.web.operation.events import BACKED_UP
from frankpledge.web.operation.findings import State
from frankpledge.web.partners.models import Partnership

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def site(settings, tmp_path, monkeypatch):
    """A site with which all is well."""
    settings.SITE_FOLDER = tmp_path / "site"
    settings.AUDIT_HEADS = tmp_path / "site.heads"
    settings.STATIC_ROOT = tmp_path / "site" / "static"
    settings.KEYRING = Keyring(KeyFolder(tmp_path / "site.keys"))
    settings.KEYRING.make_site()
    settings.STATIC_ROOT.mkdir(parents=True)
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**11, 0, 10**11))
    partnership = Partnership.objects.create(slug="harrow", name="Safer Harrow")
    settings.KEYRING.make(partnership.id)
    note_backup(settings.SITE_FOLDER, timezone.now())
    job(state=JobState.DONE, ended=timezone.now(), heard=timezone.now())
    for _ in range(3):
        with transaction.atomic():
            record(BACKED_UP, by=Agent.COMMAND, partnership=None)
    return settings


def job(**fields):
    return Job.objects.create(kind="x", asked_by="worker", **fields)


def found(state):
    """What the doctor finds in a state, each with what to do."""
    findings = [one for one in doctor.examine() if one.state == state]
    assert all(bool(one.to_do) == (state != State.OK) for one in findings)
    return [one.what for one in findings]


def test_site_with_which_all_is_well():
    assert found(State.BROKEN) == found(State.LOOK_AT) == []
    assert len(found(State.OK)) >= 12


def test_keys_that_others_may_read(site):
    (site.KEYRING.folder.folder / "site" / "audit.key").chmod(0o644)

    assert "Others may read 1 files of the key folder." in found(State.BROKEN)


def test_key_folder_that_others_may_look_into(site):
    site.KEYRING.folder.folder.chmod(0o755)

    assert any("Others may look into the key folder" in one for one in found(State.BROKEN))


def test_key_that_is_gone(site):
    site.KEYRING.folder.destroy("site/heads")

    assert any("The key heads.key is not in" in one for one in found(State.BROKEN))


def test_partnership_without_a_key(site):
    site.KEYRING.destroy(Partnership.objects.get().id)

    assert any("Safer Harrow has no key" in one for one in found(State.LOOK_AT))


def test_partnership_whose_key_the_master_does_not_open(site):
    site.KEYRING.folder.make("site/master/1")
    site.KEYRING = Keyring(site.KEYRING.folder)

    assert "The key of Safer Harrow does not open with the site's master key." in found(State.BROKEN)


def test_database_that_does_not_answer():
    def lost(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(lost):
        findings = found(State.BROKEN)

    assert findings == ["The database could not be looked at (OperationalError)."]


def test_database_that_waits_for_an_upgrade():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'partners'")

    assert any("waits for an upgrade: partners.0001_initial" in one for one in found(State.BROKEN))


def test_audit_without_its_triggers():
    drop_triggers(connection)

    assert "The database would change or delete what the audit holds." in found(State.BROKEN)
    assert Entry.objects.count() == 3


def test_audit_without_an_entry():
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 2")

    assert "The audit's chain site has 2 entries, and its head says 3." in found(State.BROKEN)


def test_audit_with_another_last_entry():
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET mark = '0' WHERE sequence = 3")

    assert "The audit's chain site has another entry 3 than was written." in found(State.BROKEN)


def test_audit_that_was_cut_short_with_its_head(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(BACKED_UP, by=Agent.COMMAND, partnership=None)
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 4")
        cursor.execute("UPDATE audit_chainhead SET sequence = 3")

    assert "The audit's chain site ends at 3, and its signed head says 4." in found(State.BROKEN)


def test_audit_whose_head_nobody_signed(site):
    (site.AUDIT_HEADS / "site.json").write_text("{}")

    assert "The audit's chain site has no head that this site signed." in found(State.BROKEN)


def test_work_that_nobody_takes_up():
    job(not_before=timezone.now() - timedelta(minutes=30))

    assert "Work has been waiting for 30 minutes." in found(State.BROKEN)


def test_worker_that_was_never_heard_of():
    Job.objects.all().delete()

    assert "No worker was heard of yet." in found(State.LOOK_AT)


def test_worker_that_was_not_heard_of_for_long():
    Job.objects.update(heard=timezone.now() - timedelta(hours=5))

    assert any("No worker was heard of since" in one for one in found(State.LOOK_AT))


def test_jobs_that_hang_or_failed():
    job(state=JobState.RUNNING, lease=uuid4(), heard=timezone.now() - timedelta(hours=1))
    job(state=JobState.FAILED, ended=timezone.now())

    assert found(State.LOOK_AT) == ["1 jobs run, and nothing is heard of them.", "1 jobs have failed."]


def test_clock_that_is_behind_the_audit():
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET at = '2999-01-01 00:00:00' WHERE sequence = 3")

    assert any("1 January 2999" in one.replace("01 ", "1 ") for one in found(State.BROKEN))


def test_clock_that_differs_from_the_database(monkeypatch):
    monkeypatch.setattr(doctor, "_apart", lambda: timedelta(minutes=1))

    assert "This computer's clock and the database's are 60 seconds apart." in found(State.BROKEN)


@pytest.mark.parametrize(("days", "state"), [(100, State.OK), (59, State.LOOK_AT), (-1, State.BROKEN)])
def test_certificate_that_ends_is_told_of_before(site, monkeypatch, tmp_path, days, state):
    path = tmp_path / "client.crt"
    path.write_bytes(certificate(timezone.now() + timedelta(days=days)))
    told = site.DATABASES["default"] | {"OPTIONS": {"sslcert": str(path)}}
    monkeypatch.setitem(site.DATABASES, "default", told)

    assert any("The certificate that the site shows its database" in one for one in found(state))


def certificate(until):
    """A certificate that ends at some moment."""
    name, key = x509.Name([]), ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, until - timedelta(days=730), until)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize(("free", "state"), [(10**8, State.BROKEN), (5 * 10**9, State.LOOK_AT), (10**10, State.OK)])
def test_room(monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**11, 10**11 - free, free))

    assert any("GB are free" in one for one in found(state))


@pytest.mark.parametrize(("days", "state"), [(1, State.OK), (3, State.LOOK_AT), (9, State.BROKEN)])
def test_age_of_the_last_backup(site, days, state):
    note_backup(site.SITE_FOLDER, timezone.now() - timedelta(days=days))

    assert any("The last backup is of" in one for one in found(state))


def test_site_that_was_never_backed_up(site):
    (site.SITE_FOLDER / "last-backup").unlink()

    assert "There is no backup yet." in found(State.LOOK_AT)


def test_style_sheets_that_are_not_there(site):
    (site.STATIC_ROOT / "staticfiles.json").unlink()

    assert "Style sheets and scripts are not in place." in found(State.BROKEN)


def test_files_that_others_may_read(site):
    (site.SITE_FOLDER / "site.sqlite3").write_text("")
    (site.SITE_FOLDER / "site.sqlite3").chmod(0o644)

    assert any("Others may read" in one and "site.sqlite3" in one for one in found(State.LOOK_AT))


def test_folder_that_others_may_write_in(site):
    site.SITE_FOLDER.chmod(0o777)

    assert any("Others may write in" in one for one in found(State.BROKEN))


def test_version_whose_libraries_were_not_renewed_for_long_is_told_of(monkeypatch):
    monkeypatch.setattr(doctor, "__released__", "2020-02-03")

    (told,) = [what for what in found(State.LOOK_AT) if "version" in what]

    assert "2020-02-03" in told


def test_day_of_the_version_is_the_changelogs():
    changes = (Path(__file__).parents[3] / "CHANGELOG.md").read_text(encoding="utf-8")

    version, day = re.search(r"^## (\S+), (\S+)$", changes, re.MULTILINE).groups()

    assert version == frankpledge.__version__
    assert day in ("unreleased", frankpledge.__released__)
    assert date.fromisoformat(frankpledge.__released__) <= timezone.localdate()
