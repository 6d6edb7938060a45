"""Databases of a test's own beside that of the run: files for SQLite; PostgreSQL's where DATABASE_URL names one."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections

OTHERS = ["sqlite"] if connection.vendor == "sqlite" else ["sqlite", "postgresql"]
# From the one to the other; with SQLite alone, to another file.
PAIRS = [(one, other) for one in OTHERS for other in OTHERS if one != other or OTHERS == ["sqlite"]]


class Databases:
    """Makes databases with the site's tables in them, as many as a test wants."""

    def __init__(self, folder):
        self.folder = folder
        self.templates = {}
        self.made = []

    def new(self, vendor, empty=False):
        """A connection to a new database."""
        name = f"made_{uuid4().hex[:12]}"
        if empty:
            return self._open(vendor, name)
        if vendor not in self.templates:
            template = self._open(vendor, f"template_{name}")
            call_command("migrate", database=template.alias, interactive=False, verbosity=0)
            template.close()
            self.templates[vendor] = template.settings_dict["NAME"]
        return self._open(vendor, name, self.templates[vendor])

    def _open(self, vendor, name, template=None):
        if vendor == "sqlite":
            name = str(self.folder / f"{name}.sqlite3")
            if template:
                shutil.copy(template, name)
            settings = _sqlite(name)
        else:
            with _server() as server, server.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
            settings = connections["default"].settings_dict | {"NAME": name}
        alias = Path(name).stem
        connections.settings[alias] = settings
        self.made.append(alias)
        return connections[alias]

    def drop(self, keep=()):
        """Close and forget all but some."""
        for alias in [one for one in self.made if one not in keep]:
            one = connections[alias]
            one.close()
            if one.vendor == "postgresql":
                with _server() as server, server.cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {one.settings_dict['NAME']} WITH (FORCE)")
            else:
                Path(one.settings_dict["NAME"]).unlink(missing_ok=True)
            del connections[alias], connections.settings[alias]
            self.made.remove(alias)


@contextmanager
def _server():
    """A connection to PostgreSQL that is in none of its databases that a test makes."""
    own = connections["default"].copy()
    own.settings_dict["NAME"] = "postgres"
    try:
        yield own
    finally:
        own.close()


def _sqlite(name):
    options = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": _PRAGMAS}
    return connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }


# As the settings have them, but for the waits for the disk.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"


@pytest.fixture(scope="session")
def _databases(tmp_path_factory, django_db_blocker):
    databases = Databases(tmp_path_factory.mktemp("databases"))
    yield databases
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture
def databases(_databases, django_db_blocker):
    """Makes databases; they are gone after the test, but for the empty ones that others are copied from."""
    templates = list(_databases.made)
    with django_db_blocker.unblock():
        yield _databases
        kept = [one for one in _databases.made if one in templates or one.startswith("template_")]
        _databases.drop(kept)
