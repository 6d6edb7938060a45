"""Rows of any table as lines of JSON that are the same whichever database they come from, and back again.

Read and written with plain SQL: nothing is opened that is sealed, and nothing is done that saving a record would do.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from frankpledge.web.keys.fields import Sealed, SealedField

# So many rows are in memory at once.
_ROWS = 1000

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Form:
    """How a value of one kind is written in a line (`told`), and read from one (`meant`)."""

    told: Callable[[Any], Cell]
    meant: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _moment(value: datetime.datetime) -> str:
    # SQLite has no time zones; Django keeps UTC in it.
    aware = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    return aware.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def _uuid(value: UUID | str) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))


def _canonical(text: str) -> str:
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)


_PLAIN = Form(_same, _same)
# Kind of field → how its values are written. A field of another kind has to be given its place here.
FORMS = {
    "UUIDField": Form(_uuid, UUID),
    "DateTimeField": Form(_moment, datetime.datetime.fromisoformat),
    "DateField": Form(datetime.date.isoformat, datetime.date.fromisoformat),
    "BinaryField": Form(lambda value: base64.b64encode(value).decode(), base64.b64decode),
    "JSONField": Form(_canonical, json.loads),
    "BooleanField": Form(bool, _same),
}
_NUMBERS = ("AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField", "FloatField")
_WHOLE = ("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField")
_TEXTS = ("CharField", "TextField", "SlugField")
FORMS |= dict.fromkeys((*_NUMBERS, *_WHOLE, *_TEXTS), _PLAIN)


@dataclass(frozen=True)
class Table:
    """A table of the database."""

    model: type[Model]

    @property
    def name(self) -> str:
        """Its name."""
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[Field]:
        """What its columns are, in the order in which lines have them."""
        return sorted(self.model._meta.concrete_fields, key=lambda field: field.column)

    @cached_property
    def columns(self) -> dict[str, str]:
        """Column → its kind."""
        return {field.column: _kind(field) for field in self.fields}

    def lines(self, connection: BaseDatabaseWrapper) -> Iterator[bytes]:
        """Every row as one line, in the order of the primary key, a few of them in memory at a time."""
        forms = [FORMS[kind] for kind in self.columns.values()]
        with connection.chunked_cursor() as cursor:
            cursor.execute(self._reading(connection))
            while rows := cursor.fetchmany(_ROWS):
                for row in rows:
                    told = [None if value is None else form.told(value) for form, value in zip(forms, row, strict=True)]
                    yield json.dumps(told, ensure_ascii=False).encode() + b"\n"

    def put(self, connection: BaseDatabaseWrapper, lines: Iterable[bytes]) -> int:
        """Insert rows; how many there were."""
        count, remaining = 0, iter(lines)
        while chosen := list(islice(remaining, _ROWS)):
            rows = [self._values(connection, json.loads(line)) for line in chosen]
            with connection.cursor() as cursor:
                cursor.executemany(self._writing(connection), rows)
            count += len(rows)
        return count

    def count(self, connection: BaseDatabaseWrapper) -> int:
        """How many rows it has."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(self.name)}")
            return int(cursor.fetchone()[0])

    def clear(self, connection: BaseDatabaseWrapper) -> None:
        """Delete every row."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")

    def _values(self, connection: BaseDatabaseWrapper, cells: list[Cell]) -> list[Any]:
        return [
            None if cell is None else _value(connection, field, cell)
            for field, cell in zip(self.fields, cells, strict=True)
        ]

    def _reading(self, connection: BaseDatabaseWrapper) -> str:
        quote = connection.ops.quote_name
        key = self.model._meta.pk
        # Each language sorts text in an order of its own; bytes are the same everywhere.
        bytewise = ' COLLATE "C"' if connection.vendor == "postgresql" and _kind(key) in _TEXTS else ""
        columns = ", ".join(quote(name) for name in self.columns)
        return f"SELECT {columns} FROM {quote(self.name)} ORDER BY {quote(key.column)}{bytewise}"

    def _writing(self, connection: BaseDatabaseWrapper) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(name) for name in self.columns)
        return f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({', '.join(['%s'] * len(self.columns))})"


def _value(connection: BaseDatabaseWrapper, field: Field, cell: Cell) -> Any:
    kind = _kind(field)
    value = FORMS[kind].meant(cell)
    if kind == "JSONField":
        # The field itself takes null for “nothing”, which is another thing.
        return connection.ops.adapt_json_value(value, None)
    if isinstance(field, SealedField):
        # It is sealed already, and stays so.
        value = Sealed(value)
    return field.get_db_prep_save(value, connection)


def _kind(field: Field) -> str:
    """The kind of a field; of one that refers to another table, that of what it refers to."""
    while field.is_relation:
        field = field.target_field
    kind = field.get_internal_type()
    assert kind in FORMS, f"say in FORMS how {field} is written, a {kind}"
    return kind
