"""Upgrades go forwards, after a backup, and are tried where nothing of it stays."""

import shutil
import sys
import zipfile
from contextlib import contextmanager

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings

from frankpledge.web.operation import schema
from frankpledge.web.operation.backup import last_backup
from frankpledge.web.operation.schema import SchemaError, applied, pending
from frankpledge.web.operation.upgrade import UpgradeError, try_upgrade, upgrade
from frankpledge.web.partners import migrations
from frankpledge.web.partners.models import Agency
from tests.web.operation.conftest import OTHERS

MIGRATION = """
from django.db import migrations, models
{before}
class Migration(migrations.Migration):
    dependencies = [("partners", "{after}")]
    operations = [{operations}]
"""
ADD = 'migrations.AddField("agency", "motto", models.CharField(max_length=20, default="None yet"))'
BREAK = 'migrations.RunSQL("UPDATE partners_agency SET name = (SELECT nothing FROM nowhere)")'
FILL = "migrations.RunPython(fill)"
FILLING = """
def fill(apps, editor):
    apps.get_model("partners", "Agency").objects.using(editor.connection.alias).update(motto="Filled")
"""


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Puts a migration of a later version into the program, for as long as a test lasts."""
    monkeypatch.syspath_prepend(tmp_path)
    newest = max(name for app, name in schema.known() if app == "partners")

    @contextmanager
    def with_migration(*operations, before=""):
        folder = tmp_path / "later_migrations"
        shutil.copytree(migrations.__path__[0], folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = MIGRATION.format(before=before, after=newest, operations=", ".join(operations))
        (folder / "0900_later.py").write_text(text)
        forget()
        try:
            with override_settings(MIGRATION_MODULES={"partners": "later_migrations"}):
                yield
        finally:
            forget()

    return with_migration


def forget():
    schema.known.cache_clear()
    schema._loader.cache_clear()
    for name in [one for one in sys.modules if one.startswith("later_migrations")]:
        del sys.modules[name]


@pytest.mark.parametrize("vendor", OTHERS)
def test_trial_shows_what_would_be_done_and_leaves_nothing(databases, later, vendor):
    connection = databases.new(vendor)
    Agency.objects.using(connection.alias).create(name="One", kind="council")
    before = columns(connection)

    with later(ADD, FILL, before=FILLING):
        (trial,) = try_upgrade(connection)
        assert pending(connection) == [("partners", "0900_later")]

    assert trial.migration == "partners.0900_later"
    assert any("motto" in statement for statement in trial.statements)
    assert not any("django_migrations" in statement for statement in trial.statements)
    assert columns(connection) == before
    assert set(connections) & {"upgrade-tried"} == set()


@pytest.mark.parametrize("vendor", OTHERS)
def test_trial_of_an_upgrade_that_fails_says_where(databases, later, vendor):
    connection = databases.new(vendor)
    Agency.objects.using(connection.alias).create(name="One", kind="council")

    with later(ADD, BREAK), pytest.raises(UpgradeError, match="fails at partners.0900_later"):
        try_upgrade(connection)

    assert "motto" not in columns(connection)
    assert Agency.objects.using(connection.alias).get().name == "One"


@pytest.mark.parametrize("vendor", OTHERS)
def test_upgrade_backs_up_what_was_there_and_migrates(databases, later, tmp_path, settings, vendor):
    settings.STATIC_ROOT = tmp_path / "static"
    connection = databases.new(vendor)
    Agency.objects.using(connection.alias).create(name="One", kind="council")

    with later(ADD):
        saved = upgrade(connection, tmp_path / "site", tmp_path / "files")
        assert pending(connection) == []

    assert "motto" in columns(connection)
    with zipfile.ZipFile(saved) as archive:
        rows = archive.read("tables/partners_agency.jsonl")
    assert b"One" in rows
    assert b"None yet" not in rows
    assert last_backup(tmp_path / "site")
    assert "cache" in connection.introspection.table_names()
    assert any((tmp_path / "static").iterdir())


def test_upgrade_that_would_fail_is_not_begun(databases, later, tmp_path):
    connection = databases.new("sqlite")
    Agency.objects.using(connection.alias).create(name="One", kind="council")

    with later(ADD, BREAK), pytest.raises(UpgradeError, match="Nothing was changed"):
        upgrade(connection, tmp_path / "site", tmp_path / "files")

    assert "motto" not in columns(connection)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("vendor", OTHERS)
def test_new_database_is_made_and_nothing_is_backed_up(databases, tmp_path, settings, vendor):
    settings.STATIC_ROOT = tmp_path / "static"
    connection = databases.new(vendor, empty=True)

    assert upgrade(connection, tmp_path / "site", tmp_path / "files") is None
    assert pending(connection) == []
    assert not (tmp_path / "site").exists()


def test_database_of_a_newer_version_is_never_taken_backwards(databases, tmp_path):
    connection = databases.new("sqlite")
    MigrationRecorder(connection).record_applied("partners", "0999_later")
    before = applied(connection)

    for attempt in (lambda: try_upgrade(connection), lambda: upgrade(connection, tmp_path, tmp_path)):
        with pytest.raises(SchemaError, match="newer Frankpledge: this one does not know partners.0999_later"):
            attempt()
    assert applied(connection) == before


def test_nothing_is_tried_where_nothing_is_due(databases):
    assert try_upgrade(databases.new("sqlite")) == []


def columns(connection):
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "partners_agency")
    return {one.name for one in found}
