"""Attacks on what stands behind signing in: other partnerships, forms, what a page shows."""

import re
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from markupsafe import escape

from frankpledge.web.audit.actors import Agent
from frankpledge.web.partners.actions import bring_in
from frankpledge.web.partners.models import Invitation, Membership, Person
from frankpledge.web.partners.policies import NotNow
from frankpledge.web.partners.roles import Administrator, Auditor, Member
from tests.web.config.test_access import routes
from tests.web.making import also, in_days, partnership, person, seat_of, sign_in

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
PNG = b"\x89PNG\r\n\x1a\n"
DAY = {"ends-day": "1", "ends-month": "6"}


@pytest.fixture
def here():
    """A partnership."""
    return partnership()


@pytest.fixture
def boss(here):
    """Its administrator, signed in."""
    who = person(seat_of(here), Administrator.name, name="Bo Boss", email="boss@example.org")
    client = sign_in(Client(), who, seat=seat_of(here))
    client.who = who
    return client


@pytest.fixture
def elsewhere():
    """Another partnership, with somebody who administers it."""
    made = partnership()
    made.boss = person(seat_of(made), Administrator.name, name="Cy Elsewhere", email="cy@example.org")
    return made


def invitation(seat, **more):
    """What the form of an invitation is sent with."""
    year = str(Membership.objects.latest("ends").ends.year)
    return {"name": "Ann New", "email": "new@example.org", "seat": seat.id, "role": Member.name, "ends-year": year} | (
        DAY | more
    )


# --- Roles and other partnerships


def test_nobody_gives_themselves_a_role(boss, here):
    form = invitation(seat_of(here), role=Auditor.name)

    given = boss.post(reverse("give_membership", args=[boss.who.id]), form)
    invited = boss.post(reverse("invite"), form | {"email": "boss@example.org"})

    assert "Nobody can do this for themselves" in given.content.decode()
    assert "Nobody can do this for themselves" in invited.content.decode()
    assert [one.role for one in boss.who.memberships.all()] == [Administrator.name]


def test_nobody_is_rid_of_their_own_second_factor(boss):
    """Else a stolen session and a password would be enough to set up another one."""
    response = boss.post(reverse("forget_second_factors", args=[boss.who.id]))

    assert response.status_code == 409
    assert boss.who.authenticator_set.count() == 1


@pytest.mark.parametrize("role", ["superuser", "", "Administrator"])
def test_role_that_there_is_not_is_not_given(boss, here, role):
    boss.post(reverse("invite"), invitation(seat_of(here), role=role))

    assert not Membership.objects.filter(person__email_index__isnull=False, role=role).exists()
    assert Person.objects.with_email("new@example.org") is None


def test_seat_in_another_partnership_is_not_given(boss, elsewhere):
    theirs = seat_of(elsewhere)

    boss.post(reverse("invite"), invitation(theirs))
    boss.post(reverse("give_membership", args=[boss.who.id]), invitation(theirs))
    boss.post(reverse("seat"), {"seat": theirs.id})

    assert theirs.memberships.count() == 1
    assert boss.get("/people/").status_code == 200
    assert "Cy Elsewhere" not in boss.get("/people/").content.decode()


def test_fields_that_a_form_does_not_have_change_nothing(boss, here):
    more = {"is_active": "0", "begins": "2000-01-01", "wrong": "9", "password": "x", "id": boss.who.id, "by": "command"}

    boss.post(reverse("invite"), invitation(seat_of(here), **more))

    made = Person.objects.with_email("new@example.org")
    assert made.id != boss.who.id
    assert made.is_active
    assert made.wrong == 0
    assert not made.has_usable_password()
    assert made.memberships.get().begins.year > 2000


def test_person_of_two_partnerships_is_no_ones_to_take_over(boss, here, elsewhere, settings):
    """An administrator may invite anybody whose address they know: that must not give them the account."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.SITE_FOLDER / "outbox"
    theirs = elsewhere.boss

    invited = boss.post(reverse("invite"), invitation(seat_of(here), email="cy@example.org"))
    assert theirs.memberships.count() == 2
    address = reverse("change_person", args=[theirs.id])
    changed = boss.post(address, {"name": "Mine", "email": "mine@example.org"})
    asked = boss.post(reverse("forget_second_factors", args=[theirs.id]))
    linked = boss.post(reverse("send_link", args=[theirs.id]))

    assert invited.status_code == 302
    assert "another partnership" in changed.content.decode()
    assert asked.status_code == 409
    assert "/join/" not in linked.content.decode()
    theirs = Person.objects.get(id=theirs.id)
    assert (theirs.name, theirs.email) == ("Cy Elsewhere", "cy@example.org")


def test_link_of_somebody_whom_another_partnership_invited_is_not_shown(boss, here, elsewhere, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.SITE_FOLDER / "outbox"
    Person.objects.filter(id=elsewhere.boss.id).update(password="!nobody")

    shown = boss.post(reverse("invite"), invitation(seat_of(here)))
    hidden = boss.post(reverse("invite"), invitation(seat_of(here), email="cy@example.org"))

    assert "/join/" in shown.content.decode()
    assert "/join/" not in hidden.content.decode()
    assert "whoever runs the site passes it on" in hidden.content.decode()


def test_standing_of_one_seat_is_not_kept_in_another(here, elsewhere):
    who = person(seat_of(here), Administrator.name)
    also(who, seat_of(elsewhere), Member.name)
    client = sign_in(Client(), who, seat=seat_of(here))
    assert client.get(reverse("invite")).status_code == 200

    client.post(reverse("seat"), {"seat": seat_of(elsewhere).id})

    assert client.get(reverse("invite")).status_code == 403


def test_link_is_sent_by_whoever_has_just_shown_that_it_is_them(boss, here):
    who = person(seat_of(here))
    session = boss.session
    session["account_authentication_methods"] = []
    session.save()

    response = boss.post(reverse("send_link", args=[who.id]))

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.filter(person=who).exists()


# --- Forms


def test_form_from_another_site_is_refused_everywhere(here):
    who = person(seat_of(here), Administrator.name)
    client = sign_in(Client(enforce_csrf_checks=True), who, seat=seat_of(here))
    parts = dict.fromkeys(("person", "membership", "job", "sign_in"), UUID(int=1))
    parts |= {"word": "w", "pk": 1, "provider_id": "directory"}

    for name, pattern in routes().items():
        address = reverse(name, kwargs={part: parts[part] for part in pattern.pattern.converters})
        assert client.post(address, headers={"Origin": "https://evil.example"}).status_code == 403, name
        assert Client(enforce_csrf_checks=True).post(address).status_code == 403, name


@pytest.mark.parametrize("figures", ["9" * 5000, "٣", "²", "-1", "1e3", "0x1"])
def test_day_of_strange_figures_is_no_day_and_breaks_nothing(boss, here, figures):
    response = boss.post(reverse("invite"), invitation(seat_of(here)) | {"ends-day": figures})

    assert response.status_code == 200
    assert "Enter a real date" in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["before=" + "9" * 5000, "before=²", "since-year=" + "9" * 5000, "by=%00", "event=%00"]
)
def test_strange_question_of_the_audit_breaks_nothing(here, asked):
    client = sign_in(Client(), person(seat_of(here), Auditor.name), seat=seat_of(here))

    assert client.get(f"{reverse('audit')}?{asked}").status_code == 200


@pytest.mark.parametrize("email", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "nobody", ""])
def test_address_that_would_be_two_is_none(boss, here, email):
    boss.post(reverse("invite"), invitation(seat_of(here), email=email))

    assert mail.outbox == []
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("email", ["a@example.org\nBcc: b@example.org", "nobody", "x" * 400 + "@example.org"])
def test_address_given_at_the_command_line_is_one_too(here, email):
    with pytest.raises(NotNow, match="not an e-mail address"):
        bring_in(name="Ann", email=email, seat=seat_of(here), role="member", ends=in_days(9), by=Agent.COMMAND)


def test_name_with_lines_in_it_is_in_no_email(boss, here):
    boss.post(reverse("invite"), invitation(seat_of(here), name="Ann\r\nBcc: evil@example.org"))

    sent = mail.outbox[-1].message().as_string()
    assert "evil@example.org" not in sent
    assert mail.outbox[-1].recipients() == ["new@example.org"]


# --- What a page shows


def test_words_of_people_are_words_on_every_page(boss, here):
    boss.post(reverse("invite"), invitation(seat_of(here), name=SCRIPT))
    boss.post(reverse("add_seat"), {"agency": SCRIPT, "kind": "police"})
    boss.post(reverse("partnership"), {"name": SCRIPT, "colour": "#12436D"})
    new = Person.objects.with_email("new@example.org")

    for route in ("home", "people", "invite", "partnership", "account"):
        page = boss.get(reverse(route)).content.decode()
        assert (
            escape(SCRIPT) in page or str(escape(SCRIPT)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
        )
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "<script>alert" not in boss.get(reverse("person", args=[new.id])).content.decode()


@pytest.mark.parametrize(
    "colour", ["red", "#12436D;", "#12436D}body{background:red", "#12436</style>", "＃12436D", "#ＡＡＡＡＡＡ"]
)
def test_nothing_but_a_colour_gets_into_the_styles(boss, here, colour):
    boss.post(reverse("partnership"), {"name": "Safer", "colour": colour})

    here.refresh_from_db()
    assert here.colour == "#12436D"


@pytest.mark.parametrize(
    "content",
    [b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', b"GIF89a", b"<html>", PNG + b"0" * 65536],
)
def test_logo_that_is_no_small_picture_is_refused(boss, here, content, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(content)

    with logo.open("rb") as file:
        boss.post(reverse("partnership"), {"name": "Safer", "colour": "#12436D", "logo": file})

    here.refresh_from_db()
    assert here.logo == ""


def test_logo_is_shown_as_a_picture_whatever_its_name_says(boss, here, tmp_path):
    logo = tmp_path / "logo.html"
    logo.write_bytes(PNG + b'"><script>alert(1)</script>')

    with logo.open("rb") as file:
        boss.post(reverse("partnership"), {"name": "Safer", "colour": "#12436D", "logo": file})

    page = boss.get("/").content.decode()
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=]+"', page)
    assert "<script>alert" not in page


def test_no_two_answers_have_the_same_nonce(client):
    nonces = {client.get("/sign-in/").headers["Content-Security-Policy"].split("'nonce-")[1] for _ in range(5)}

    assert len(nonces) == 5
