"""Changes to partnerships and people: what is allowed, what is refused, and that each is put down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.models import Entry
from frankpledge.web.keys.fields import ERASED, keyring
from frankpledge.web.keys.models import Version
from frankpledge.web.partners import actions
from frankpledge.web.partners.models import AgencyKind, Membership, Person
from frankpledge.web.partners.policies import NotNow
from frankpledge.web.partners.queries import people_in, standing_of
from frankpledge.web.partners.roles import Administrator, Auditor, Member
from frankpledge.web.partners.signing_in.actions import begin_sign_in
from frankpledge.web.partners.standing import Refused
from tests.web.making import also, in_days, partnership, person, seat_of, standing

pytestmark = pytest.mark.django_db


def entries(event):
    """How often an event was put down."""
    return Entry.objects.filter(event=event).count()


def test_partnership_has_a_key_and_a_seat_for_each_authority():
    made = partnership()

    assert keyring().version(made.id) == 1
    assert [(seat.agency.name, seat.agency.kind) for seat in made.seats.all()] == [
        ("Example Borough Council", AgencyKind.COUNCIL),
        ("Example Fire and Rescue Service", AgencyKind.FIRE),
        ("Example Police", AgencyKind.POLICE),
    ]
    assert entries("partnership-founded") == 1


def test_person_brought_in_is_sealed_and_known_by_address():
    seat = seat_of(partnership())
    by = standing(seat)

    membership = actions.bring_in(
        name="Ben Example", email="Ben@Example.org", seat=seat, role=Member.name, ends=in_days(30), by=by
    )

    assert Person.objects.with_email("ben@example.org") == membership.person
    assert membership.person.name == "Ben Example"
    assert not membership.person.has_usable_password()
    put = Entry.objects.get(event="membership-given", on_id=str(membership.id))
    assert (put.by, put.seat) == (str(by.person.id), str(seat.id))


def test_person_who_is_known_is_brought_in_under_the_name_they_have():
    one, other = partnership(), partnership()
    known = person(seat_of(one), email="ann@example.org")

    actions.bring_in(
        name="Somebody Else", email="ANN@example.org", seat=seat_of(other), role=Member.name, ends=in_days(30),
        by=standing(seat_of(other)),
    )  # fmt: skip

    assert Person.objects.get(id=known.id).name == "Ann Example"
    assert known.memberships.count() == 2


@pytest.mark.parametrize("role", [Auditor.name, Member.name])
def test_who_does_not_manage_people_brings_nobody_in(role):
    seat = seat_of(partnership())
    by = standing(seat, role)
    before = Person.objects.count()

    with pytest.raises(Refused):
        actions.bring_in(name="B", email="b@example.org", seat=seat, role=Member.name, ends=in_days(30), by=by)

    assert Person.objects.count() == before


def test_administrator_manages_nobody_in_another_partnership():
    by, there = standing(seat_of(partnership())), seat_of(partnership())
    other = standing(there)
    membership = also(other.person, there)

    with pytest.raises(Refused):
        actions.bring_in(name="B", email="b@example.org", seat=there, role=Member.name, ends=in_days(30), by=by)
    with pytest.raises(Refused):
        actions.end_membership(membership=membership, by=by)
    with pytest.raises(Refused):
        actions.leave(person=other.person, partnership=there.partnership_id, by=by)
    with pytest.raises(NotNow, match="never"):
        actions.erase_person(person=other.person, partnership=by.partnership.id, by=by)


@pytest.mark.parametrize(("days", "why"), [(-1, "passed"), (400, "more than a year")])
def test_membership_lasts_a_year_at_most(days, why):
    seat = seat_of(partnership())
    by = standing(seat)

    with pytest.raises(NotNow, match=why):
        also(by.person, seat, Member.name, days)


def test_same_membership_is_not_given_twice():
    seat = seat_of(partnership())
    known = person(seat)

    with pytest.raises(NotNow, match="already"):
        also(known, seat)


def test_ended_membership_ends_the_standing_and_cannot_be_renewed():
    seat = seat_of(partnership())
    by, who = standing(seat), person(seat)
    membership = who.memberships.get()

    actions.end_membership(membership=membership, by=by)

    assert standing_of(who, seat.id) is None
    with pytest.raises(NotNow):
        actions.renew_membership(membership=membership, ends=in_days(10), by=by)
    with pytest.raises(NotNow):
        actions.end_membership(membership=membership, by=by)
    assert entries("membership-ended") == 1


def test_expired_membership_is_no_standing():
    seat = seat_of(partnership())
    who = person(seat)
    Membership.objects.filter(person=who).update(
        begins=timezone.now() - timedelta(days=2), ends=timezone.now() - timedelta(seconds=1)
    )

    assert standing_of(who, seat.id) is None
    assert standing_of(who, None) is None


def test_last_administrator_stays():
    seat = seat_of(partnership())
    by = standing(seat)

    with pytest.raises(NotNow, match="only administrator"):
        actions.leave(person=by.person, partnership=seat.partnership_id, by=by)

    standing(seat)
    actions.leave(person=by.person, partnership=seat.partnership_id, by=by)
    assert standing_of(by.person, None) is None


def test_leaver_loses_this_partnership_and_every_sign_in():
    here, there = partnership(), partnership()
    by, who = standing(seat_of(here)), person(seat_of(here))
    also(who, seat_of(here, 1), Auditor.name)
    also(who, seat_of(there))
    begun = begin_sign_in(person=who, browser="Firefox", address="127.0.0.1")

    actions.leave(person=who, partnership=here.id, by=by)

    assert standing_of(who, seat_of(here).id) is None
    assert standing_of(who, None).partnership == there
    begun.refresh_from_db()
    assert begun.ended is not None


def test_seat_must_be_chosen_where_there_are_several():
    here = partnership()
    who = person(seat_of(here))
    also(who, seat_of(here, 1), Auditor.name)

    assert standing_of(who, None) is None
    assert {one.value for one in standing_of(who, seat_of(here, 1).id).permissions} == {"people.see", "audit.read"}


def test_seat_of_somebody_else_is_no_standing():
    here = partnership()
    who = person(seat_of(here))

    assert standing_of(who, seat_of(here, 1).id) is None


def test_roles_in_one_seat_add_up():
    seat = seat_of(partnership())
    who = person(seat, Auditor.name)
    also(who, seat, Administrator.name)

    allowed = standing_of(who, seat.id).permissions

    assert allowed == Auditor.permissions | Administrator.permissions


def test_changed_person_is_found_by_the_new_address_and_what_was_is_kept_sealed():
    seat = seat_of(partnership())
    by, who = standing(seat), person(seat, email="old@example.org")

    actions.change_person(
        person=who, name="Ann Newname", email="new@example.org", partnership=seat.partnership_id, by=by
    )

    assert Person.objects.with_email("new@example.org") == who
    assert Person.objects.with_email("old@example.org") is None
    version = Version.objects.get(record=who.id)
    assert version.was == {"name": "Ann Example", "email": "old@example.org"}
    assert version.changed_by == by.person.id


def test_address_of_somebody_else_is_not_taken():
    seat = seat_of(partnership())
    by, who = standing(seat), person(seat)
    person(seat, email="taken@example.org")

    with pytest.raises(NotNow, match="Somebody else"):
        actions.change_person(person=who, name="Ann", email="Taken@example.org", partnership=seat.partnership_id, by=by)


def test_erased_person_is_unreadable_and_can_never_sign_in():
    seat = seat_of(partnership())
    by, who = standing(seat), person(seat, name="Zoë Uniquename", email="zoe@example.org")
    actions.change_person(
        person=who, name="Zoë Othername", email="zoe@example.org", partnership=seat.partnership_id, by=by
    )
    actions.end_membership(membership=who.memberships.get(), by=by)

    actions.erase_person(person=who, partnership=seat.partnership_id, by=by)

    found = Person.objects.get(id=who.id)
    assert (found.name, found.email) == (str(ERASED), str(ERASED))
    assert Version.objects.get(record=who.id).was == {}
    assert Person.objects.with_email("zoe@example.org") is None
    assert not found.is_active
    assert people_in(seat.partnership)


def test_nobody_who_still_sits_somewhere_is_erased():
    here, there = seat_of(partnership()), seat_of(partnership())
    by, who = standing(here), person(here)
    also(who, there)
    actions.leave(person=who, partnership=here.partnership_id, by=by)

    with pytest.raises(NotNow, match="still have a membership"):
        actions.erase_person(person=who, partnership=here.partnership_id, by=by)

    assert Person.objects.get(id=who.id).name == "Ann Example"


def test_worker_manages_nobody():
    seat = seat_of(partnership())

    with pytest.raises(Refused):
        actions.bring_in(
            name="B", email="b@example.org", seat=seat, role=Member.name, ends=in_days(30), by=Agent.WORKER
        )


def test_failed_change_leaves_no_entry():
    seat = seat_of(partnership())
    before = Entry.objects.count()

    with pytest.raises(NotNow):
        actions.bring_in(
            name="B", email="b@example.org", seat=seat, role=Member.name, ends=in_days(-1), by=Agent.COMMAND
        )

    assert Entry.objects.count() == before
    assert Person.objects.with_email("b@example.org") is None


def test_dump_of_the_database_shows_no_name_and_no_address():
    seat = seat_of(partnership())
    by, who = standing(seat), person(seat, name="Quentin Rareword", email="quentin@rareword.example")
    begin_sign_in(person=who, browser="Firefox on a Mac", address="192.0.2.77")
    actions.change_person(
        person=who, name="Quentin Rarerword", email="q@rareword.example", partnership=seat.partnership_id, by=by
    )

    dump = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            dump.append(str(cursor.fetchall()).casefold())
    text = " ".join(dump)

    assert "example-" in text
    assert "quentin" not in text
    assert "rareword" not in text
    assert "192.0.2.77" not in text
    assert "firefox" not in text
