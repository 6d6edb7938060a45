"""Sealed fields: in the database nobody's name, on the page everybody's, and nothing of who was erased."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.web.keys.fields import ERASED, SealedModel, keyring
from frankpledge.web.keys.keyring import Tampered
from frankpledge.web.keys.models import Version, keep_version
from frankpledge.web.keys.resealing import sealed_models
from frankpledge.web.partners.models import Person, email_index
from tests.web.keys.rows import put, stored

pytestmark = pytest.mark.django_db


def made(name="Ann Example", email="ann@example.org"):
    person = Person(name=name, email=email, email_index=email_index(email))
    keyring().make(person.id)
    person.save()
    return person


def test_text_is_sealed_in_the_database_and_reads_as_text():
    person = made()

    assert "Ann" not in stored(person, "name")
    assert Person.objects.get().name == "Ann Example"
    assert Person.objects.with_email("ANN@example.org ") == person


@given(name=st.text(st.characters(categories=None), max_size=100))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_as_it_was_written(name, db):
    person = Person.objects.first() or made()

    person.name = name
    person.save()

    assert Person.objects.get().name == name
    assert person.is_erased is False
    assert keep_version(person, by=None).was["name"] == name


def test_text_that_was_not_read_is_saved_as_it_is():
    person = made()
    before = stored(person, "name")

    Person.objects.get().save()

    assert stored(person, "name") == before


def test_text_that_was_not_read_does_not_take_back_what_was_written_since():
    made()
    read_before, other = Person.objects.get(), Person.objects.get()
    other.name = "Ann Other"
    other.save()

    read_before.save()

    assert Person.objects.get().name == "Ann Other"


def test_changed_text_is_sealed_anew():
    made()
    person = Person.objects.get()

    person.name = "Ann Other"
    person.save()

    assert Person.objects.get().name == "Ann Other"


def test_text_moved_to_another_column_does_not_open():
    person = made()
    put(person, email=stored(person, "name"))

    with pytest.raises(Tampered):
        _ = Person.objects.get().email


def test_text_moved_to_another_persons_record_does_not_open():
    person, other = made(), made("Bob Example", "bob@example.org")
    put(other, name=stored(person, "name"))

    with pytest.raises(Tampered):
        _ = Person.objects.get(id=other.id).name


def test_sealed_field_cannot_be_searched():
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(name="Ann").exists()


def test_plain_text_does_not_get_into_the_database_by_an_update():
    person = made()
    before = stored(person, "name")
    person.name = "Ann Other"

    with pytest.raises(TypeError, match="save each record"), transaction.atomic():
        Person.objects.update(name="Ann Other")
    with pytest.raises(TypeError, match="save each record"), transaction.atomic():
        Person.objects.bulk_update([person], ["name"])

    assert stored(person, "name") == before


def test_records_made_at_once_are_sealed():
    person = Person(name="Ann Example", email="", email_index="a")
    keyring().make(person.id)

    Person.objects.bulk_create([person])

    assert "Ann" not in stored(person, "name")
    assert Person.objects.get().name == "Ann Example"


def test_erased_person_reads_as_erased_and_is_kept_as_it_is():
    person = made()
    before = stored(person, "name")
    keyring().destroy(person.id)

    found = Person.objects.get()

    assert found.name == str(ERASED)
    assert found.is_erased
    found.save()
    assert stored(person, "name") == before


def test_earlier_version_is_sealed_and_erased_with_the_person():
    person = made()
    keep_version(person, by=None)

    assert Version.objects.get().was["name"] == "Ann Example"
    keyring().destroy(person.id)
    assert Version.objects.get().was == {}


def test_deferred_text_is_read_when_it_is_asked_for():
    made()

    assert Person.objects.defer("name").get().name == "Ann Example"


@pytest.mark.parametrize("model", sealed_models(), ids=lambda model: model._meta.label)
def test_records_of_an_owner_can_be_found_in(model):
    field = model._meta.get_field(model.OWNED_BY)

    assert model.key_owner is SealedModel.key_owner, f"say in {model._meta.label}.OWNED_BY whose key seals it"
    assert not field.null
