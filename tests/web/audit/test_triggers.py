"""The database refuses to change the audit, whoever asks it and however."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from frankpledge.web.audit.models import Entry
from frankpledge.web.audit.triggers import drop_triggers, make_triggers
from frankpledge.web.audit.verify import verify
from tests.web.audit.logs import HARROW, some_log, stored

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")

REPLACE = """
    INSERT OR REPLACE INTO audit_entry
    SELECT {id}, chain, {sequence}, at, event, 'worker', seat, on_kind, on_id, details, address, mark
    FROM audit_entry WHERE sequence = 3 AND chain = '33333333-3333-4333-8333-333333333333'
"""
COMMANDS = [
    "UPDATE audit_entry SET details = '{}'",
    "UPDATE audit_entry SET sequence = sequence + 100",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE sequence = 12",
]


def run(command):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command)


def assert_refused(*commands):
    for command in commands:
        with pytest.raises(DatabaseError, match="The audit can only be added to"):
            run(command)
    assert Entry.objects.count() == 20
    assert verify() == []


@pytest.mark.django_db
def test_update_and_delete_are_refused():
    some_log()

    assert_refused(*COMMANDS)


@pytest.mark.django_db
def test_what_django_sends_itself_is_refused():
    some_log()

    with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
        stored(HARROW).update(by="worker")
    with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
        stored(HARROW)._raw_delete("default")
    assert verify() == []


@sqlite_only
@pytest.mark.django_db
def test_replace_is_refused_by_key_and_by_number():
    some_log()

    assert_refused(
        REPLACE.format(id="id", sequence="sequence + 500"),
        REPLACE.format(id="hex(randomblob(16))", sequence="sequence"),
        "UPDATE OR REPLACE audit_entry SET sequence = 3 WHERE sequence = 4",
    )


@sqlite_only
def test_replace_is_refused_on_a_connection_whose_replace_asks_no_trigger_of_deletion(own_database):
    with transaction.atomic():
        some_log()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")

    assert_refused(
        REPLACE.format(id="id", sequence="sequence + 500"),
        REPLACE.format(id="hex(randomblob(16))", sequence="sequence"),
    )


@postgresql_only
@pytest.mark.django_db
def test_truncate_is_refused():
    some_log()

    assert_refused("TRUNCATE audit_entry", "TRUNCATE audit_chainhead, audit_entry CASCADE")


@postgresql_only
@pytest.mark.django_db
def test_session_that_says_it_copies_another_server_is_refused():
    some_log()
    run("SET LOCAL session_replication_role = replica")

    assert_refused(*COMMANDS, "TRUNCATE audit_entry")


@pytest.mark.django_db
def test_upsert_is_refused():
    some_log()

    assert_refused(
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 3 "
        "ON CONFLICT (chain, sequence) DO UPDATE SET by = 'worker'"
    )


def test_flush_is_refused(own_database):
    with transaction.atomic():
        some_log()

    with pytest.raises(Exception, match="couldn't be flushed"):
        call_command("flush", interactive=False, stdout=StringIO())
    assert Entry.objects.count() == 20


@sqlite_only
def test_triggers_that_a_remade_table_lost_are_made_after_migrating(own_database):
    with transaction.atomic():
        some_log()
    with connection.schema_editor() as editor:
        editor._remake_table(Entry)
    run("UPDATE audit_entry SET id = id")

    call_command("migrate", verbosity=0)

    assert_refused(*COMMANDS)


@pytest.mark.django_db
def test_triggers_are_made_again_where_they_were_dropped():
    some_log()
    drop_triggers(connection)
    run("UPDATE audit_entry SET id = id")

    call_command("migrate", verbosity=0)
    make_triggers(connection)

    assert_refused(*COMMANDS)


def test_migration_can_be_undone_and_done_again(own_database):
    call_command("migrate", "audit", "zero", verbosity=0)
    assert "audit_entry" not in connection.introspection.table_names()

    call_command("migrate", "audit", verbosity=0)

    with transaction.atomic():
        some_log()
    assert_refused(*COMMANDS)
