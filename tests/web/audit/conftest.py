"""Signed heads in a folder of the test's own, and a database that a test may commit to."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    """The folder of the signed heads."""
    settings.AUDIT_HEADS = tmp_path / "site.heads"
    return settings.AUDIT_HEADS


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, tmp_path):
    """A copy of the run's database, which a test may commit to from several threads.

    Rolling back or flushing afterwards would not do: the database refuses to empty the audit.
    """
    copied = _copied_file if connection.vendor == "sqlite" else _copied_on_server
    with django_db_blocker.unblock(), copied(tmp_path):
        yield


@contextmanager
def _copied_file(folder):
    connection.ensure_connection()
    original, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(folder / "own.sqlite3") as copy:
        original.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(folder / "own.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = original, name


@contextmanager
def _copied_on_server(folder):
    name, own = connection.settings_dict["NAME"], f"own_{folder.name.replace('-', '_')}".lower()
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = own
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{own}" WITH (FORCE)')
