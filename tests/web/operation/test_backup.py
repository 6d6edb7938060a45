"""What is backed up is restored, on either database, to the last row; and what is not whole is refused."""

import json
import os
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from frankpledge.web.operation.backup import MANIFEST, BackupError, back_up, last_backup, note_backup
from frankpledge.web.operation.restore import check_parts, opened, read_manifest, restore
from frankpledge.web.operation.schema import SchemaError, models_of
from frankpledge.web.operation.tables import FORMS, Table
from frankpledge.web.partners.models import Agency
from tests.web.operation.conftest import OTHERS, PAIRS

# Values that databases write in ways of their own.
EDGES = {
    "UUIDField": [UUID(int=0), UUID(int=2**128 - 1), UUID("a" * 32)],
    "DateTimeField": [
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 7, 1, 0, 0, 0, 1, tzinfo=UTC),
    ],
    "DateField": [date(1970, 1, 1), date(2026, 2, 28), date(9999, 12, 31)],
    "BooleanField": [True, False, True],
    "JSONField": [{"b": [1, None, "ŵ"], "a": {}}, [], "text"],
    "BinaryField": [b"\x00\xff", b"", b"Ann"],
}
NUMBER = [0, 1, 32767]
TEXT = ["Sŵn “a” \t\n\\ 😀", "", "'; DROP TABLE --"]


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "photo").write_bytes(os.urandom(3_000_000))
    return folder


def told(field, kind, number):
    """A value of a kind for the row of a number."""
    if kind in EDGES:
        value = EDGES[kind][number]
    elif kind in ("CharField", "TextField", "SlugField"):
        value = f"{number}{TEXT[number]}"[: field.max_length]
    else:
        value = NUMBER[number] + (number if field.primary_key else 0)
    return FORMS[kind].told(json.dumps(value) if kind == "JSONField" else value)


def fill(connection):
    """Three rows in each table, with values that databases write in ways of their own."""
    with transaction.atomic(using=connection.alias):
        for table in map(Table, models_of(connection)):
            table.clear(connection)
        for table in map(Table, models_of(connection)):
            for number in range(3):
                put_row(connection, table, number)
            assert table.count(connection) == 3, f"fill {table.name} with rows that it takes"


def put_row(connection, table, number):
    """A row with a value in as many columns as the table's constraints take; in every other row, in as few."""
    empty = [field for field in table.fields if field.null]
    for chosen in product([number == 1, number != 1], repeat=len(empty)):
        left_out = {field for field, is_empty in zip(empty, chosen, strict=True) if is_empty}
        row = [
            None if field in left_out else told(last_referred(field), kind, number)
            for field, kind in zip(table.fields, table.columns.values(), strict=True)
        ]
        with suppress(IntegrityError), transaction.atomic(using=connection.alias):
            table.put(connection, [json.dumps(row).encode()])
            return


def last_referred(field):
    while field.is_relation:
        field = field.target_field
    return field


def everything(connection):
    """Every row of every model of the program, read by Django's own means."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table != "django_session":
            fields = [field.attname for field in model._meta.concrete_fields]
            found = model._base_manager.using(connection.alias).values_list(*fields)
            rows[model._meta.db_table] = sorted(map(repr, found))
    return rows


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_kind_of_value_in_every_table_comes_back_on_the_other_database(databases, files, tmp_path, one, other):
    source, target = databases.new(one), databases.new(other)
    fill(source)

    manifest = back_up(source, files, tmp_path / "backup.zip")
    restore(target, tmp_path / "restored", tmp_path / "backup.zip")

    assert everything(target) == everything(source)
    assert manifest.rows == sum(map(len, everything(source).values())) > 60
    photo = tmp_path / "restored" / "a" / "photo"
    assert photo.read_bytes() == (files / "a" / "photo").read_bytes()


@pytest.mark.parametrize("vendor", OTHERS)
def test_what_is_written_after_a_restore_gets_numbers_of_its_own(databases, files, tmp_path, vendor):
    source, target = databases.new(vendor), databases.new(vendor)
    fill(source)
    back_up(source, files, tmp_path / "backup.zip")
    restore(target, tmp_path / "restored", tmp_path / "backup.zip")

    made = Group.objects.using(target.alias).create(name="new")

    assert made.pk > max(NUMBER)


@pytest.mark.parametrize("vendor", OTHERS)
def test_null_of_json_is_not_nothing(databases, vendor):
    connection = databases.new(vendor)
    table = next(one for one in map(Table, models_of(connection)) if one.name == "mfa_authenticator")
    lines = [b'["2026-01-01T00:00:00.000000+00:00", "null", 7, null, "totp", "00000000-0000-0000-0000-000000000000"]\n']

    with pytest.raises(RollBack), transaction.atomic(using=connection.alias):
        table.put(connection, lines)
        again = list(table.lines(connection))
        raise RollBack

    assert again == lines


class RollBack(Exception):
    """Takes back what a test wrote, before the foreign keys are looked at."""


def test_parts_of_a_backup_are_the_same_from_either_database(databases, files, tmp_path):
    parts = []
    for vendor in OTHERS:
        source = databases.new(vendor)
        fill(source)
        parts.append(back_up(source, files, tmp_path / f"{vendor}.zip").tables)

    assert all(one == parts[0] for one in parts)
    assert all(part.sha256 and part.rows for part in parts[0])


def test_backup_holds_no_key_and_is_its_owners_only(databases, files, tmp_path):
    source = databases.new("sqlite")
    owner = uuid4()
    settings.KEYRING.make(owner)
    back_up(source, files, tmp_path / "backup.zip")

    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    keys = [path.read_bytes() for path in settings.KEYRING.folder.folder.rglob("*.key")]
    assert len(keys) > 5
    assert not [key for key in keys if key in content or key.hex().encode() in content]
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


@pytest.fixture
def backup(databases, files, tmp_path):
    source = databases.new("sqlite")
    fill(source)
    path = tmp_path / "backup.zip"
    back_up(source, files, path)
    return path


def refused(databases, backup, kind, words):
    target = databases.new("sqlite")
    before = everything(target)
    with pytest.raises(kind, match=words) as caught:
        restore(target, backup.parent / "restored", backup)
    assert caught.value.to_do
    assert everything(target) == before
    assert not (backup.parent / "restored").exists()


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_truncated_backup_is_refused(databases, backup, share):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])

    refused(databases, backup, BackupError, "damaged")


def test_backup_with_one_other_byte_anywhere_is_refused(databases, backup):
    content = backup.read_bytes()
    for place in range(50, len(content) - 4000, len(content) // 12):
        backup.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(BackupError, match="damaged|not what was backed up"), opened(backup) as archive:
            check_parts(archive, read_manifest(archive))


def rewritten(backup, change):
    """The same backup with the content of each part changed, and its checks of the zip whole."""
    other = backup.with_name("other.zip")
    with zipfile.ZipFile(backup) as archive, zipfile.ZipFile(other, "w") as written:
        for name in archive.namelist():
            written.writestr(name, change(name, archive.read(name)))
    return other


def test_row_that_was_changed_is_found(databases, backup):
    other = rewritten(backup, lambda name, content: content.replace(b"; DROP TABLE", b"; drop table"))

    refused(databases, other, BackupError, "is not what was backed up")


def test_backup_of_a_newer_version_is_refused(databases, backup):
    def newer(name, content):
        return (
            content.replace(b'"schema": [', b'"schema": [["partners", "0999_later"],') if name == MANIFEST else content
        )

    refused(databases, rewritten(backup, newer), SchemaError, "lacks what the backup has: partners.0999_later")


def test_backup_of_an_older_version_is_refused_and_says_which_upgrade(databases, backup):
    def older(name, content):
        if name != MANIFEST:
            return content
        told = json.loads(content)
        told["schema"].remove(["partners", "0001_initial"])
        return json.dumps(told | {"version": "0.0.9"}).encode()

    refused(databases, rewritten(backup, older), SchemaError, "made by Frankpledge 0.0.9, before partners.0001_initial")


def test_file_that_is_no_backup_is_refused(databases, tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(MANIFEST, "{}")

    refused(databases, other, BackupError, "is not a backup of a site")
    refused(databases, tmp_path / "nowhere.zip", BackupError, "There is no file")


def test_file_outside_the_folder_is_refused(databases, backup):
    def escape(name, content):
        return content.replace(b"files/a/photo", b"files/../../photo") if name == MANIFEST else content

    refused(databases, rewritten(backup, escape), BackupError, "damaged")


def test_database_that_is_not_empty_is_refused(databases, backup, tmp_path):
    target = databases.new("sqlite")
    Agency.objects.using(target.alias).create(name="Somebody's", kind="council")
    before = everything(target)

    with pytest.raises(BackupError, match="partners_agency"):
        restore(target, tmp_path / "restored", backup)
    assert everything(target) == before


def test_folder_that_is_not_empty_is_refused(databases, backup, files):
    with pytest.raises(BackupError, match="is not empty"):
        restore(databases.new("sqlite"), files, backup)

    assert (files / "a" / "photo").is_file()


def test_backup_is_never_written_over(databases, files, backup):
    before = backup.read_bytes()

    with pytest.raises(BackupError, match="already"):
        back_up(databases.new("sqlite"), files, backup)

    assert backup.read_bytes() == before


def test_empty_database_is_not_backed_up(databases, files, tmp_path):
    with pytest.raises(BackupError, match="empty"):
        back_up(databases.new("sqlite", empty=True), files, tmp_path / "backup.zip")

    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_last_backup_is_remembered(tmp_path):
    assert last_backup(tmp_path) is None

    note_backup(tmp_path, datetime(2026, 11, 29, 12, tzinfo=UTC))

    assert last_backup(tmp_path) == datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_every_field_of_every_model_can_be_written(databases):
    for table in map(Table, models_of(databases.new("sqlite"))):
        assert table.columns
