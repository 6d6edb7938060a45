"""What holds up whoever asks for too much, and what is asked again before a sign-in is ended."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from frankpledge.web.audit.models import Entry
from frankpledge.web.partners.models import SignIn
from frankpledge.web.partners.pace import Pace
from frankpledge.web.partners.policies import NotNow
from frankpledge.web.partners.roles import Administrator, Auditor, Member
from frankpledge.web.partners.signing_in.actions import end_sign_ins_of
from frankpledge.web.partners.standing import Refused
from tests.web.making import PASSWORD, partnership, person, seat_of, sign_in, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return seat_of(partnership())


@pytest.fixture
def ann(here):
    return person(here, Member.name)


def forget_that_it_was_shown(client):
    session = client.session
    del session["account_authentication_methods"]
    session.save()


def test_requests_of_each_person_are_counted_within_their_minute():
    clock = SimpleNamespace(time=0.0)
    pace = Pace(now=lambda: clock.time)

    assert [pace.count("ann"), pace.count("ann"), pace.count("bea")] == [1, 2, 1]
    clock.time = 59.9
    assert pace.count("ann") == 3
    clock.time = 60.0
    assert [pace.count("ann"), pace.count("bea")] == [1, 1]


def test_whoever_asks_faster_than_anybody_reads_is_held_up_and_it_is_put_down_once(client, here, ann, settings):
    settings.MOST_A_MINUTE = 5
    other = sign_in(Client(), person(here, Member.name))
    sign_in(client, ann)

    answers = [client.get("/people/").status_code for _ in range(9)]

    assert answers == [200] * 5 + [429] * 4
    assert other.get("/people/").status_code == 200
    assert Entry.objects.filter(event="too-fast").count() == 1


def test_audit_is_not_carried_off_again_and_again(client, here):
    sign_in(client, person(here, Auditor.name))

    answers = [client.get(reverse("export_audit")).status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]


def test_letters_are_not_sent_without_end(client, here, ann, settings, monkeypatch):
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "letter", "2/h/user")
    sign_in(client, person(here, Administrator.name))

    answers = [client.post(reverse("send_link", args=[ann.id])).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_administrator_signs_somebody_out_everywhere(client, here, ann):
    theirs = sign_in(Client(), ann)
    sign_in(client, person(here, Administrator.name))

    page = client.post(reverse("end_sign_ins", args=[ann.id]), follow=True).content.decode()

    assert "They were signed out of 1 browser." in page
    assert theirs.get("/people/").headers["Location"].startswith("/sign-in/")
    assert not SignIn.objects.filter(person=ann, ended=None).exists()


def test_nobody_else_signs_them_out(here, ann):
    sign_in(Client(), ann)

    with pytest.raises(Refused):
        end_sign_ins_of(person=ann, by=standing(here, Auditor.name))
    with pytest.raises(NotNow):
        end_sign_ins_of(person=ann, by=standing(seat_of(partnership()), Administrator.name))

    assert SignIn.objects.filter(person=ann, ended=None).exists()


@pytest.mark.parametrize("everywhere", [True, False])
def test_sign_ins_are_ended_once_it_was_shown_again_who_asks(client, ann, everywhere):
    sign_in(client, ann, second_factor=False)
    elsewhere = sign_in(Client(), ann)
    (theirs,) = SignIn.objects.exclude(id=client.session["sign_in"])
    address = reverse("sign_out_everywhere") if everywhere else reverse("end_sign_in", args=[theirs.id])
    forget_that_it_was_shown(client)

    asked = client.post(address)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert elsewhere.get("/people/").status_code == 200

    client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert elsewhere.get("/people/").status_code == 302
