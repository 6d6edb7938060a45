"""The database as it stands: which migrations it has, and the models that these describe.

A database that waits for an upgrade differs from the models of the program, so what a backup reads is described by the
migrations that were applied, never by today's models.
"""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from frankpledge.errors import UserError

Migration = tuple[str, str]
_RECORD = "django_migrations"
# Sessions end with the database they were made in; whoever was signed in signs in again.
_LEFT_OUT = {"django_session"}


class SchemaError(UserError):
    """The database has another shape than the command needs."""


def applied(connection: BaseDatabaseWrapper) -> list[Migration]:
    """The migrations that a database has, in the order of their names; none where it is empty."""
    if _RECORD not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {_RECORD} ORDER BY app, name")
        return [(app, name) for app, name in cursor.fetchall()]


@cache
def known() -> frozenset[Migration]:
    """The migrations that this version of the program has."""
    return frozenset(_loader().disk_migrations)


def pending(connection: BaseDatabaseWrapper) -> list[Migration]:
    """The migrations of the program that a database lacks, by name."""
    return sorted(known() - set(applied(connection)))


def check_not_newer(connection: BaseDatabaseWrapper) -> None:
    """Refuse a database that a newer version of the program has upgraded.

    Raises
    ------
    SchemaError
        When it has migrations that this version does not know.
    """
    newer = sorted(set(applied(connection)) - known())
    if newer:
        raise SchemaError(
            f"The database was upgraded by a newer Frankpledge: this one does not know {names_of(newer)}.",
            "Install that version again. A database never goes backwards.",
        )


def models_of(connection: BaseDatabaseWrapper) -> list[type[Model]]:
    """A model for each table that people's writing is in, one that refers to another after it.

    Raises
    ------
    SchemaError
        When a newer version of the program has upgraded it.
    """
    check_not_newer(connection)
    state = _loader().project_state(applied(connection))
    models = {one._meta.db_table: one for one in state.apps.get_models(include_auto_created=True)}
    order = TopologicalSorter({table: _referred(model) - {table} for table, model in models.items()})
    return [models[table] for table in order.static_order() if table not in _LEFT_OUT]


def names_of(migrations: list[Migration]) -> str:
    """Migrations in a sentence."""
    return ", ".join(f"{app}.{name}" for app, name in migrations)


@cache
def _loader() -> MigrationLoader:
    return MigrationLoader(None)


def _referred(model: type[Model]) -> set[str]:
    related = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
    return {one._meta.db_table for one in related if one is not None and not isinstance(one, str)}
