"""Attacks on signing in: by guessing, by what was used before, by what lies between two steps, by what is made up."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from frankpledge.web.config.access import ACCESS
from frankpledge.web.partners import actions as people
from frankpledge.web.partners.access import Access
from frankpledge.web.partners.models import Invitation, InvitationKind, Person
from frankpledge.web.partners.queries import open_invitation
from frankpledge.web.partners.roles import Administrator, Auditor
from frankpledge.web.partners.signing_in import letters, views
from frankpledge.web.partners.signing_in.actions import TRIES, make_link, word_hash
from tests.web.making import PASSWORD, also, choose_password, partnership, person, seat_of, sign_in, standing
from tests.web.security.passkey import challenge_for

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "http://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
)
OF_A_PERSON = ("change_person", "give_membership", "erase", "forget_second_factors", "send_link")
SHOW_AGAIN = (
    "invite",
    *OF_A_PERSON,
    "export_audit",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)


@pytest.fixture
def here():
    """A partnership."""
    return partnership()


@pytest.fixture
def ann(here):
    """Somebody with a password and an app."""
    who = person(seat_of(here), email="ann@example.org")
    who.secret = generate_totp_secret()
    TOTP.activate(who, who.secret)
    return who


def code_of(who):
    """What their app shows."""
    return format_hotp_value(hotp_value(who.secret, next(iter(yield_hotp_counters_from_time()))))


def give_password(client, email="ann@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client):
    return client.get("/people/").status_code == 200


def addresses_without_parts():
    """Every address that needs somebody, and that can be typed without knowing anything."""
    for name, rule in ACCESS.items():
        try:
            if rule is not Access.PUBLIC:
                yield reverse(name)
        except NoReverseMatch:
            continue


# --- Sessions


def test_session_from_before_signing_in_is_nobodys(client, ann):
    challenge_for(client)
    planted = client.cookies["session"].value
    give_password(client)
    give_code(client, code_of(ann))

    victim, attacker = client, Client()
    attacker.cookies["session"] = planted

    assert is_in(victim)
    assert victim.cookies["session"].value != planted
    assert victim.cookies["session"]["httponly"]
    assert victim.cookies["session"]["samesite"] == "Lax"
    assert not is_in(attacker)


def test_made_up_session_is_nobodys_and_is_not_taken_over(client):
    client.cookies["session"] = "a" * 32

    assert not is_in(client)
    assert client.cookies["session"].value == ""


@pytest.mark.parametrize("route", ["account_logout", "sign_out_everywhere"])
def test_copied_session_ends_with_the_sign_in(client, ann, route):
    sign_in(client, ann, second_factor=False)
    copy = Client()
    copy.cookies["session"] = client.cookies["session"].value
    assert is_in(copy)

    client.post(reverse(route))

    assert not is_in(copy)


def test_session_of_whoever_left_or_was_erased_is_nobodys(client, here, ann):
    sign_in(client, ann, second_factor=False)
    boss = standing(seat_of(here))

    people.leave(person=ann, partnership=here.id, by=boss)
    assert not is_in(client)
    sign_in(client, ann, second_factor=False)
    people.erase_person(person=ann, partnership=here.id, by=boss)

    assert client.get("/account/").status_code == 302


def test_session_has_another_key_after_showing_again_who_one_is(client, ann):
    sign_in(client, ann, second_factor=False)
    copy = Client()
    copy.cookies["session"] = client.cookies["session"].value

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert is_in(client)
    assert not is_in(copy)


@pytest.mark.parametrize("route", SHOW_AGAIN)
def test_what_matters_is_asked_of_whoever_has_just_shown_who_they_are(client, here, ann, route):
    for role in (Administrator.name, Auditor.name):
        also(ann, seat_of(here, 1), role)
    sign_in(client, ann, second_factor=False, seat=seat_of(here, 1))
    RecoveryCodes.activate(ann)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    parts = [person(seat_of(here)).id] if route in OF_A_PERSON else [1] if route == "mfa_remove_webauthn" else []

    only = {"send_link": (client.post,), "mfa_view_recovery_codes": (client.get,)}
    for method in only.get(route, (client.get, client.post)):
        response = method(reverse(route, args=parts))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/confirm/")


def test_looking_at_the_page_of_signing_out_signs_nobody_out(client, ann):
    sign_in(client, ann, second_factor=False)

    client.get(reverse("account_logout"))

    assert is_in(client)


# --- Between password and code, and codes again


def test_nothing_is_open_between_password_and_code(client, ann):
    give_password(client)

    for address in addresses_without_parts():
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith("/sign-in/?next="), address


def test_code_without_a_password_before_it_is_nothing(client, ann):
    assert give_code(client, code_of(ann)).headers["Location"] == reverse("account_login")


def test_code_of_an_app_lets_nobody_in_a_second_time(client, ann):
    code, second = code_of(ann), Client()
    give_password(client)
    give_password(second)

    assert give_code(client, code).status_code == 302
    assert give_code(second, code).status_code == 200
    assert is_in(client)
    assert not is_in(second)


# --- Guessing


def test_password_is_taken_as_it_is_typed(client, here):
    """Of any signs, with spaces before and behind, and long."""
    who, password = person(seat_of(here), email="bea@example.org"), "  Plüm tractor \U0001f33b " + "x" * 100
    word = make_link(person=who, kind=InvitationKind.PASSWORD, by=who)
    choose_password(client, word, password)

    for wrong in (password.strip(), password.casefold(), password[:72]):
        assert give_password(Client(), "bea@example.org", wrong).status_code == 200
    assert give_password(Client(), "bea@example.org", password).status_code == 302


@pytest.mark.parametrize("windows", [-1, 1])
def test_code_of_another_half_minute_is_wrong(client, ann, windows):
    now = next(iter(yield_hotp_counters_from_time()))
    give_password(client)

    give_code(client, format_hotp_value(hotp_value(ann.secret, now + windows * 2)))

    assert not is_in(client)


def test_variants_of_an_address_are_guessed_against_one_lock(client, ann):
    for email in ("ann@example.org", "ANN@example.org", " ann@example.org", "Ann@Example.Org ", "aNN@example.org"):
        give_password(client, email, "wrong wrong wrong")

    ann.refresh_from_db()
    assert ann.is_locked
    assert "Too many wrong tries" in give_password(client).content.decode()


def test_password_of_a_stolen_session_cannot_be_guessed(client, ann):
    sign_in(client, ann, second_factor=False)
    for _ in range(TRIES):
        client.post(reverse("change_password"), {"current": "wrong wrong", "password": "an other long one"})

    response = client.post(reverse("change_password"), {"current": PASSWORD, "password": "an other long one"})

    assert "Too many wrong tries" in response.content.decode()
    assert Person.objects.get(id=ann.id).check_password(PASSWORD)


def test_whoever_was_unlocked_can_sign_in_at_once(client, here, ann):
    for _ in range(TRIES + 1):
        give_password(client, password="wrong wrong wrong")
    boss = sign_in(Client(), person(seat_of(here), Administrator.name), seat=seat_of(here))

    boss.post(reverse("unlock", args=[ann.id]))

    assert give_password(client).headers["Location"] == reverse("mfa_authenticate")


def test_limits_are_for_the_address_that_the_proxy_saw(client, settings):
    settings.TRUSTED_PROXIES = 1

    def tries(stations):
        return client.post(reverse("account_login"), headers={"X-Forwarded-For": stations}).status_code

    # Whatever stands before the last one was made up by the client: it is one and the same that tries.
    said = [tries(f"198.51.100.{number}, 192.0.2.1") for number in range(31)]

    assert said == [200] * 30 + [429]
    assert tries("192.0.2.2") == 200


# --- Links


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, ann, elsewhere):
    give_password(client, next=elsewhere)
    response = give_code(client, code_of(ann))

    assert response.headers["Location"] == "/"
    language = client.post(reverse("design:language"), {"language": "cy", "next": elsewhere})
    assert language.headers["Location"] == "/"


def test_link_in_an_email_is_the_sites_own_whatever_the_request_says(client, ann, settings):
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Prefix": "/evil"}

    client.post(reverse("forgotten"), {"email": "ann@example.org"}, headers=headers)

    assert f"{settings.SITE_ADDRESS}/join/" in mail.outbox[-1].body
    assert "evil" not in mail.outbox[-1].body


def test_mail_server_that_is_away_does_not_tell_who_is_known(client, ann, monkeypatch):
    def away(**letter):
        raise OSError("no route to the host")

    monkeypatch.setattr(letters.mail, "send", away)

    known = client.post(reverse("forgotten"), {"email": "ann@example.org"})
    nobody = client.post(reverse("forgotten"), {"email": "nobody@example.org"})

    assert known.status_code == nobody.status_code == 200
    nonce = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
    assert nonce.sub(b"", known.content) == nonce.sub(b"", nobody.content)


def test_link_followed_twice_at_the_same_moment_is_used_once(client, here, monkeypatch):
    who = person(seat_of(here))
    word = make_link(person=who, kind=InvitationKind.JOIN, by=who)
    seen = open_invitation(word_hash(word))
    choose_password(Client(), word, "the first of the two")
    # The second request looked before the first had written.
    monkeypatch.setattr(views, "open_invitation", lambda hashed: seen)

    response = choose_password(client, word, "the second of the two")

    assert response.status_code == 404
    assert Person.objects.get(id=who.id).check_password("the first of the two")


def test_link_sent_to_a_wrong_address_closes_when_it_is_put_right(here):
    who, boss = person(seat_of(here)), standing(seat_of(here))
    word = make_link(person=who, kind=InvitationKind.JOIN, by=boss)

    people.change_person(person=who, name=who.name, email="right@example.org", partnership=here.id, by=boss)

    assert Client().get(reverse("follow_link", args=[word])).status_code == 404


def test_link_closes_with_the_last_membership(here):
    who, boss = person(seat_of(here)), standing(seat_of(here))
    word = make_link(person=who, kind=InvitationKind.JOIN, by=boss)

    people.end_membership(membership=who.memberships.get(), by=boss)

    assert Client().get(reverse("follow_link", args=[word])).status_code == 404


def test_word_of_a_link_is_long_random_and_not_in_the_database(here):
    who = person(seat_of(here))
    words = [make_link(person=who, kind=InvitationKind.JOIN, by=who) for _ in range(3)]

    assert len(set(words)) == 3
    assert all(len(word) >= 43 for word in words)  # 256 bits
    assert not Invitation.objects.filter(word_hash__in=words).exists()
