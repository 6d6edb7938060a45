"""Everything a thief of the database would have: each table as rows, and the files of the server as they lie."""

import base64
import os
from pathlib import Path

from django.db import connection


def dump():
    """Place → bytes, of every table and every file of the database of the test."""
    return {name: _table(name) for name in connection.introspection.table_names()} | _files()


def found(words, places):
    """Which words stand where, however they are written: in capitals, as hexadecimal, as base64."""
    hits = set()
    for name, content in places.items():
        low = content.lower()
        for word in words:
            if any(form in low for form in _any_case(word)) or any(form in content for form in _base64(word)):
                hits.add((word, name))
    return hits


def _any_case(word):
    for form in _written(word):
        yield form.encode().hex().encode()
    yield word.lower().encode()
    yield word.lower().encode("utf-16-le")


def _written(word):
    return {word, word.lower(), word.upper()}


def _base64(word):
    """What is the same in base64 wherever in a longer text a word stands."""
    for form in _written(word):
        for shift in range(3):
            padded = base64.b64encode(b"x" * shift + form.encode())
            whole = len(form.encode()) + shift
            yield padded[-(-shift * 8 // 6) + (1 if shift else 0) : whole * 8 // 6]


def _table(name):
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quoted} TO STDOUT") as rows:
                return b"".join(map(bytes, rows))
        cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608
        return "\n".join(map(repr, cursor.fetchall())).encode()


def _files():
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        return {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}
    folder = Path(os.environ["FRANKPLEDGE_POSTGRES_DATA"])
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        own = folder / "base" / str(cursor.fetchone()[0])
    return {
        str(path): path.read_bytes() for part in (own, folder / "pg_wal") for path in part.glob("*") if path.is_file()
    }
