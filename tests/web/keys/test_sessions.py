"""Sessions: the database tells neither what is in one nor by which key a browser has it."""

import pytest
from django.contrib.sessions.models import Session

from frankpledge.web.keys.sessions import SessionStore

pytestmark = pytest.mark.django_db


def begun(**content):
    session = SessionStore()
    session.update(content)
    session.save()
    return session


def test_session_is_found_by_the_browsers_key_and_kept_under_another():
    session = begun(seat="a")

    assert SessionStore(session.session_key)["seat"] == "a"
    row = Session.objects.get()
    assert row.session_key != session.session_key
    assert "seat" not in row.session_data
    assert SessionStore(row.session_key).get("seat") is None


def test_changed_session_is_saved_in_its_place():
    session = begun(seat="a")
    again = SessionStore(session.session_key)

    again["seat"] = "b"
    again.save()

    assert SessionStore(session.session_key)["seat"] == "b"
    assert Session.objects.count() == 1


def test_new_key_takes_the_place_of_the_old_one():
    session = begun(seat="a")
    before = session.session_key

    session.cycle_key()

    assert session.session_key != before
    assert SessionStore(session.session_key)["seat"] == "a"
    assert not SessionStore().exists(before)
    assert Session.objects.count() == 1


def test_flushed_session_is_gone():
    session = begun(seat="a")

    session.flush()

    assert Session.objects.count() == 0


def test_session_that_is_not_there_gets_another_key():
    session = SessionStore("made-up-by-somebody")

    session["seat"] = "a"
    session.save()

    assert session.session_key != "made-up-by-somebody"
    assert SessionStore(session.session_key)["seat"] == "a"


def test_session_that_was_changed_is_empty():
    session = begun(seat="a")
    Session.objects.update(session_data="AAAA")

    assert SessionStore(session.session_key).get("seat") is None
