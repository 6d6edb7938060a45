"""Rows as the database has them, with nothing opened."""

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast


def stored(record, column):
    """A sealed text as it is stored."""
    rows = type(record)._base_manager.using(record._state.db).filter(pk=record.pk)
    return rows.annotate(as_it_is=Cast(column, TextField())).values_list("as_it_is", flat=True).get()


def put(record, **columns):
    """Store texts as they are."""
    for column, text in columns.items():
        with connection.cursor() as cursor:
            table, key = record._meta.db_table, record._meta.pk.get_db_prep_value(record.pk, connection)
            cursor.execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', [text, key])  # noqa: S608
