"""The database itself refuses to change entries or take them away, whoever asks it.

SQLite loses the triggers of a table when a migration remakes it, so they are made again after every migration.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "audit_entry"
_SAYS = "The audit can only be added to."

# The last of them: REPLACE takes a row away without asking the trigger for that, unless a connection says otherwise.
_SQLITE = {
    "audit_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    "audit_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    "audit_no_replace": (
        f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} "
        "WHERE id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence)) "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
}
_POSTGRESQL = {
    "audit_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
}
_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'restrict_violation'; END $$
"""


def make_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, in place of those that may be there."""
    drop_triggers(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, body in _triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")
            if connection.vendor == "postgresql":
                # Even for a session that says it only copies from another server.
                cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def make_in_migration(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers when the table is new."""
    make_triggers(editor.connection)


def drop_in_migration(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away before the table goes."""
    drop_triggers(editor.connection)


def make_after_migrating(*, using: str, **_: Any) -> None:
    """Make the triggers again, where the table is there."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        make_triggers(connection)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
