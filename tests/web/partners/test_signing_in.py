"""Signing in: links, passwords, locks, second factors, and how a sign-in ends."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from frankpledge.web.audit.models import Entry
from frankpledge.web.partners.models import Invitation, InvitationKind, Person, SignIn
from frankpledge.web.partners.policies import NotNow
from frankpledge.web.partners.queries import standing_of
from frankpledge.web.partners.roles import Administrator
from frankpledge.web.partners.signing_in.actions import TRIES, forget_second_factors, make_link
from tests.web.making import PASSWORD, choose_password, partnership, person, seat_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    """Somebody with a password and an app."""
    who = person(seat_of(partnership()), Administrator.name, email="ann@example.org")
    who.secret = generate_totp_secret()
    TOTP.activate(who, who.secret)
    return who


@pytest.fixture
def invited():
    """Somebody who has no password yet, and the word of their link."""
    who = person(seat_of(partnership()), name="Bea Longname", email="bea@example.org")
    who.set_unusable_password()
    who.save()
    return who, make_link(person=who, kind=InvitationKind.JOIN, by=who)


def code_of(who):
    """What their app shows."""
    return format_hotp_value(hotp_value(who.secret, next(iter(yield_hotp_counters_from_time()))))


def give_password(client, email="ann@example.org", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def said(response):
    """The words of the page's summary of errors."""
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]*>|\s+", " ", found[1]).strip() if found else ""


def test_link_lets_somebody_choose_a_password_once(client, invited):
    who, word = invited

    response = choose_password(client, word, PASSWORD)

    assert response.headers["Location"] == "/"
    assert Person.objects.get(id=who.id).check_password(PASSWORD)
    assert client.get("/").headers["Location"] == reverse("second_factor")
    assert Client().get(reverse("follow_link", args=[word])).status_code == 404
    assert choose_password(Client(), word, "another long password").status_code == 404


def test_looking_at_a_link_does_not_use_it_up(client, invited):
    _, word = invited

    assert client.get(reverse("follow_link", args=[word]), follow=True).status_code == 200
    assert client.get(reverse("follow_link", args=[word]), follow=True).status_code == 200


def test_word_of_a_link_leaves_the_address_at_once_and_is_sealed_where_it_is_kept(client, invited):
    _, word = invited

    followed = client.get(reverse("follow_link", args=[word]), follow=True)

    assert followed.redirect_chain == [(reverse("join"), 302)]
    assert word not in followed.content.decode()
    assert word not in str(list(Session.objects.values()))
    assert Client().get(reverse("join")).status_code == 404


def test_form_of_one_link_chooses_no_password_for_another(client, invited):
    who, word = invited
    other = person(seat_of(partnership()))
    others = make_link(person=other, kind=InvitationKind.PASSWORD, by=other)
    page = client.get(reverse("follow_link", args=[word]), follow=True).content.decode()
    (shown,) = re.findall(r'name="invitation" value="([^"]+)"', page)
    client.get(reverse("follow_link", args=[others]))

    response = client.post(reverse("join"), {"invitation": shown, "password": "green river ladder"})

    assert response.status_code == 404
    assert not Person.objects.get(id=who.id).has_usable_password()
    assert Person.objects.get(id=other.id).check_password(PASSWORD)


def test_form_without_its_link_chooses_nothing(client, invited):
    who, word = invited
    client.get(reverse("follow_link", args=[word]))

    assert client.post(reverse("join"), {"password": "green river ladder"}).status_code == 404
    assert not Person.objects.get(id=who.id).has_usable_password()


def test_whoever_was_signed_in_is_signed_out_by_choosing_a_password_for_another(client, ann, invited):
    _, word = invited
    sign_in(client, ann, second_factor=False)

    choose_password(client, word, "green river ladder")

    assert not SignIn.objects.filter(person=ann, ended=None).exists()
    assert client.get("/people/").headers["Location"] == reverse("second_factor")


def test_page_of_a_link_tells_nobodys_name(client, invited):
    _, word = invited

    page = client.get(reverse("follow_link", args=[word]), follow=True).content.decode()

    assert "Longname" not in page
    assert "bea@" not in page


def test_link_is_open_for_a_while_only(client, invited):
    _, word = invited
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))

    assert choose_password(client, word, PASSWORD).status_code == 404


def test_newer_link_closes_the_one_before(client, invited):
    who, word = invited
    make_link(person=who, kind=InvitationKind.JOIN, by=who)

    assert client.get(reverse("follow_link", args=[word])).status_code == 404


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "Choose a password"),
        ("short", "at least 12"),
        ("iloveyouforever", "data breach"),
        ("bealongname1", "too easy to guess"),
        ("frankpledge12", "too easy to guess"),
    ],
)
def test_password_that_is_easily_guessed_is_refused(client, invited, password, why):
    _, word = invited

    response = choose_password(client, word, password)

    assert response.status_code == 200
    assert why.casefold() in said(response).casefold()
    assert said(response)


def test_password_and_code_let_somebody_in(client, ann):
    assert give_password(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/people/").headers["Location"].startswith("/sign-in/")

    client.post(reverse("mfa_authenticate"), {"code": code_of(ann)})

    assert client.get("/people/").status_code == 200
    assert SignIn.objects.filter(person=ann, ended=None).count() == 1
    assert Entry.objects.filter(event="signed-in", by=str(ann.id)).count() == 1


@pytest.mark.parametrize("written", ["ANN@example.org", "  ann@example.org "])
def test_address_is_known_however_it_is_written(client, ann, written):
    assert give_password(client, written).headers["Location"] == reverse("mfa_authenticate")


def test_wrong_password_says_the_same_of_a_person_and_of_nobody(client, ann):
    known = give_password(client, password="wrong wrong wrong")
    nobody = give_password(client, "nobody@example.org", "wrong wrong wrong")

    assert said(known) == said(nobody) == "The e-mail address or the password is not right."


def test_person_is_locked_out_after_wrong_passwords_and_says_the_same_of_nobody(client, ann):
    for _ in range(TRIES):
        give_password(client, password="wrong wrong wrong")
        give_password(client, "nobody@example.org", "wrong wrong wrong")

    known, nobody = give_password(client), give_password(client, "nobody@example.org")

    assert said(known) == said(nobody)
    assert "Too many wrong tries" in said(known)
    assert Entry.objects.filter(event="person-locked", on_id=str(ann.id)).count() == 1


def test_lock_opens_by_itself(client, ann):
    Person.objects.filter(id=ann.id).update(locked_until=timezone.now() - timedelta(seconds=1))

    assert give_password(client).headers["Location"] == reverse("mfa_authenticate")


def test_wrong_codes_lock_somebody_out_too(client, ann):
    give_password(client)

    for _ in range(TRIES):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(ann)})

    assert "Too many" in said(response)
    assert client.get("/people/").headers["Location"].startswith("/sign-in/")
    assert Person.objects.get(id=ann.id).is_locked


def test_right_password_forgets_the_wrong_ones(client, ann):
    for _ in range(TRIES - 1):
        give_password(client, password="wrong wrong wrong")
    give_password(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(ann)})

    assert Person.objects.get(id=ann.id).wrong == 0


def test_recovery_code_lets_somebody_in_once(client, ann):
    sign_in(client, ann, second_factor=False)
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<li><code>(\w+)</code>", page)[1]

    for expected in (302, 200):
        other = Client()
        give_password(other)
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_seeds_of_codes_are_sealed(ann):
    stored = str(Authenticator.objects.get(user=ann).data)

    assert ann.secret not in stored


def test_link_for_a_new_password_says_the_same_of_nobody_and_tells_no_name(client, ann):
    known = client.post(reverse("forgotten"), {"email": "ann@example.org"})
    nobody = client.post(reverse("forgotten"), {"email": "nobody@example.org"})

    strip = re.compile(r'nonce="[^"]*"|value="[^"]*"')
    assert strip.sub("", known.content.decode()) == strip.sub("", nobody.content.decode())
    (letter,) = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "/join/" in letter.body
    for text in (letter.subject, letter.body, letter.alternatives[0].content):
        assert "Example" not in text


def test_new_password_by_link_ends_other_sign_ins_and_still_asks_for_the_code(client, ann):
    elsewhere = sign_in(Client(), ann, second_factor=False)
    word = make_link(person=ann, kind=InvitationKind.PASSWORD, by=ann)

    response = choose_password(client, word, "green river ladder")

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert elsewhere.get("/people/").headers["Location"].startswith("/sign-in/")


def test_changed_password_keeps_this_browser_and_ends_the_others(client, ann):
    sign_in(client, ann, second_factor=False)
    elsewhere = sign_in(Client(), ann, second_factor=False)

    response = client.post(reverse("change_password"), {"current": PASSWORD, "password": "green river ladder"})

    assert response.headers["Location"] == reverse("account")
    assert client.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302


def test_password_is_not_changed_by_whoever_does_not_know_it(client, ann):
    sign_in(client, ann, second_factor=False)

    response = client.post(reverse("change_password"), {"current": "wrong", "password": "green river ladder"})

    assert "not the password you have now" in said(response)
    assert Person.objects.get(id=ann.id).check_password(PASSWORD)


@pytest.mark.parametrize(
    "past",
    [
        {"heard": timedelta(minutes=15, seconds=1)},
        {"begun": timedelta(hours=8, seconds=1)},
        {"ended": timedelta(seconds=1)},
    ],
)
def test_sign_in_that_was_left_alone_or_lasts_too_long_or_was_ended_is_over(client, ann, past):
    sign_in(client, ann, second_factor=False)
    SignIn.objects.update(**{name: timezone.now() - ago for name, ago in past.items()})

    assert client.get("/people/").headers["Location"].startswith("/sign-in/")
    assert SignIn.objects.get().ended is not None
    assert client.get("/people/").headers["Location"].startswith("/sign-in/")


def test_use_moves_the_idle_limit_and_a_page_that_asks_by_itself_does_not(client, ann):
    sign_in(client, ann, second_factor=False)
    before = timezone.now() - timedelta(minutes=10)
    SignIn.objects.update(heard=before)

    client.get(reverse("jobs:progress", args=["00000000-0000-0000-0000-000000000000"]))
    assert SignIn.objects.get().heard == before

    client.get("/people/")
    assert SignIn.objects.get().heard > before


def test_session_of_another_person_is_nobodys(client, ann):
    other = person(seat_of(partnership()))
    sign_in(client, ann, second_factor=False)
    session = client.session
    session["sign_in"] = str(SignIn.objects.create(person=other).id)
    session.save()

    assert client.get("/people/").headers["Location"].startswith("/sign-in/")


def test_sign_in_is_ended_from_another_browser(client, ann):
    sign_in(client, ann, second_factor=False)
    elsewhere = sign_in(Client(), ann, second_factor=False)
    (theirs,) = SignIn.objects.exclude(id=client.session["sign_in"])

    client.post(reverse("end_sign_in", args=[theirs.id]))

    assert elsewhere.get("/people/").status_code == 302
    assert client.get("/people/").status_code == 200


def test_nobody_ends_the_sign_in_of_somebody_else(client, ann):
    other = person(seat_of(partnership()))
    theirs = sign_in(Client(), other)
    sign_in(client, ann, second_factor=False)

    response = client.post(reverse("end_sign_in", args=[SignIn.objects.get(person=other).id]))

    assert response.status_code == 404
    assert theirs.get("/account/").status_code == 200


def test_signing_out_is_put_down_and_ends_the_sign_in(client, ann):
    sign_in(client, ann, second_factor=False)

    client.post(reverse("account_logout"))

    assert SignIn.objects.get().ended is not None
    assert Entry.objects.filter(event="signed-out", by=str(ann.id)).count() == 1


def test_last_second_factor_stays(client, ann):
    sign_in(client, ann, second_factor=False)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert response.status_code == 200
    assert Authenticator.objects.filter(user=ann, type="totp").exists()


def test_what_was_typed_as_an_address_is_kept_nowhere(client, ann):
    give_password(client, "my secret password typed in the wrong box@example.org")
    give_password(client, "mistyped@example.org")

    assert not Entry.objects.filter(details__contains="mistyped").exists()
    assert Entry.objects.filter(event="sign-in-failed", on_id="").count() == 1


def test_nobody_signs_themselves_up(client):
    for path in ("/signup/", "/accounts/signup/", "/sign-up/"):
        assert client.get(path).status_code == 404


def test_lost_second_factor_is_taken_away_by_an_administrator_and_a_new_one_must_be_set_up(client, ann, mailoutbox):
    boss = standing_of(person(seat_of(ann.memberships.get().seat.partnership), Administrator.name), None)
    theirs = sign_in(client, ann, second_factor=False)

    with TestCase.captureOnCommitCallbacks(execute=True):
        forget_second_factors(person=ann, by=boss)

    assert theirs.get("/account/").status_code == 302
    assert give_password(client).headers["Location"] == "/"
    assert client.get("/people/").headers["Location"] == reverse("second_factor")
    assert "second step was removed" in mailoutbox[0].body


def test_second_factor_of_somebody_elsewhere_is_not_taken_away(ann):
    boss = standing_of(person(seat_of(partnership()), Administrator.name), None)

    with pytest.raises(NotNow):
        forget_second_factors(person=ann, by=boss)

    assert Authenticator.objects.filter(user=ann).exists()


def test_person_hears_of_a_changed_password_and_of_being_locked_out(client, ann, mailoutbox):
    sign_in(client, ann, second_factor=False)

    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(reverse("change_password"), {"current": PASSWORD, "password": "green river ladder"})
        for _ in range(TRIES):
            give_password(Client(), password="wrong wrong wrong")

    assert [letter.to for letter in mailoutbox] == [["ann@example.org"]] * 2
    assert "Your password was changed" in mailoutbox[0].body
    assert "too often" in mailoutbox[1].body
    assert not any("Example" in letter.body for letter in mailoutbox)
