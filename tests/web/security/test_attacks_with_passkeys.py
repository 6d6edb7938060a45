"""Attacks with passkeys: one used twice, one that asked for nothing, somebody else's, one that is made up."""

import pytest
from django.test import Client
from django.urls import reverse

from frankpledge.web.partners.models import Person
from frankpledge.web.partners.roles import Administrator
from frankpledge.web.partners.signing_in.actions import TRIES, note_wrong
from tests.web.making import PASSWORD, partnership, person, seat_of, sign_in
from tests.web.security.passkey import Passkey, challenge_for

pytestmark = pytest.mark.django_db

# What no browser sends: each of them is readable to somewhere else in the libraries.
NO_CREDENTIALS = (
    "x",
    "1",
    "null",
    "[]",
    "{}",
    '{"id":1}',
    '{"response":[]}',
    '{"response":{"userHandle":1}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","attestationObject":"YQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":'
    '{"userHandle":"YQ","clientDataJSON":"e30","authenticatorData":"YQ","signature":"YQ"}}',
)


@pytest.fixture
def here():
    """A partnership."""
    return partnership()


@pytest.fixture
def ann(here):
    """Somebody who has a password."""
    return person(seat_of(here), email="ann@example.org")


def is_in(client):
    return client.get("/people/").status_code == 200


def come(client, answer):
    return client.post(reverse("mfa_login_webauthn"), {"credential": answer})


def test_passkey_lets_its_person_in_once(client, ann):
    key = Passkey(ann)
    answer = key.answer(challenge_for(client))

    come(client, answer)
    again = Client()
    challenge_for(again)
    come(again, answer)

    assert is_in(client)
    assert not is_in(again)


def test_passkey_that_asked_for_no_finger_and_no_pin_is_no_password(client, ann):
    come(client, Passkey(ann).answer(challenge_for(client), verified=False))

    assert not is_in(client)


def test_passkey_lets_nobody_in_as_somebody_else(client, here, ann):
    other = person(seat_of(here), Administrator.name)
    Passkey(other)

    come(client, Passkey(ann).answer(challenge_for(client), whose=other))

    assert not is_in(client)


def test_passkey_of_whoever_may_no_longer_sign_in_lets_nobody_in(client, ann):
    key = Passkey(ann)
    Person.objects.filter(id=ann.id).update(is_active=False)

    response = come(client, key.answer(challenge_for(client)))

    assert response.headers["Location"] == reverse("account_login")
    assert not is_in(client)


def test_lock_is_against_guessing_and_a_passkey_is_not_guessed(client, ann):
    """Else anybody could keep anybody out by giving wrong passwords."""
    key = Passkey(ann)
    for _ in range(TRIES):
        note_wrong(person=ann)
    assert Person.objects.get(id=ann.id).is_locked

    come(client, key.answer(challenge_for(client)))

    assert is_in(client)


@pytest.mark.parametrize("made_up", NO_CREDENTIALS)
def test_made_up_passkey_is_not_right_and_breaks_nothing(client, here, made_up):
    challenge_for(client)
    who = sign_in(Client(), person(seat_of(here), Administrator.name))
    who.get(reverse("mfa_add_webauthn"))

    assert come(client, made_up).status_code == 302
    assert who.post(reverse("mfa_add_webauthn"), {"credential": made_up}).status_code == 200
    assert who.post(reverse("mfa_reauthenticate_webauthn"), {"credential": made_up}).status_code < 400


def test_made_up_passkey_after_a_password_is_not_right_and_breaks_nothing(client, ann):
    Passkey(ann)
    client.post(reverse("account_login"), {"login": "ann@example.org", "password": PASSWORD})

    for made_up in NO_CREDENTIALS[:TRIES]:
        client.get(reverse("mfa_authenticate"))
        assert client.post(reverse("mfa_authenticate"), {"credential": made_up}).status_code == 200

    assert not is_in(client)
