"""Sealed fields: in the database nobody's name, on the page everybody's, and nothing of who was erased."""

import pytest
from django.db import connection

from frankpledge.web.keys.fields import ERASED, keyring
from frankpledge.web.keys.keyring import Tampered
from frankpledge.web.keys.models import Version, keep_version
from frankpledge.web.partners.models import Person, email_index

pytestmark = pytest.mark.django_db


def made(name="Ann Example", email="ann@example.org"):
    person = Person(name=name, email=email, email_index=email_index(email))
    keyring().make(person.id)
    person.save()
    return person


def stored(person, column="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM partners_person")  # noqa: S608
        return cursor.fetchone()[0]


def test_text_is_sealed_in_the_database_and_reads_as_text():
    person = made()

    assert "Ann" not in stored(person)
    assert Person.objects.get().name == "Ann Example"
    assert Person.objects.with_email("ANN@example.org ") == person


def test_text_that_was_not_read_is_saved_as_it_is():
    person = made()
    before = stored(person)

    Person.objects.get().save()

    assert stored(person) == before


def test_changed_text_is_sealed_anew():
    made()
    person = Person.objects.get()

    person.name = "Ann Other"
    person.save()

    assert Person.objects.get().name == "Ann Other"


def test_text_moved_to_another_column_does_not_open():
    person = made()
    Person.objects.update(email=person.name)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_person SET email = name")

    with pytest.raises(Tampered):
        _ = Person.objects.get().email


def test_sealed_field_cannot_be_searched():
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(name="Ann").exists()


def test_erased_person_reads_as_erased_and_is_kept_as_it_is():
    person = made()
    before = stored(person)
    keyring().destroy(person.id)

    found = Person.objects.get()

    assert found.name == str(ERASED)
    assert found.is_erased
    found.save()
    assert stored(person) == before


def test_earlier_version_is_sealed_and_erased_with_the_person():
    person = made()
    keep_version(person, by=None)

    assert Version.objects.get().was["name"] == "Ann Example"
    keyring().destroy(person.id)
    assert Version.objects.get().was == {}


def test_deferred_text_is_read_when_it_is_asked_for():
    made()

    assert Person.objects.defer("name").get().name == "Ann Example"
