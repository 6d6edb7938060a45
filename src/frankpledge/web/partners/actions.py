"""Changes to partnerships, seats and people. Each is whole or is not, and is put down in the same transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frankpledge.web.audit.actors import Agent
from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.models import keep_version
from frankpledge.web.partners import events, policies
from frankpledge.web.partners.models import (
    Agency,
    AgencyKind,
    Membership,
    Partnership,
    Person,
    Seat,
    email_index,
)
from frankpledge.web.partners.recording import put_down
from frankpledge.web.partners.roles import Permission
from frankpledge.web.partners.signing_in.actions import end_sign_ins
from frankpledge.web.partners.standing import Actor, check_can

# A membership is looked at again at least once a year: nobody stays because nobody thought of it.
LONGEST_MEMBERSHIP = timedelta(days=366)
# What stands in the name of an agency of some kind.
_WORDS = {
    "police": "police",
    "fire": "fire",
    "integrated care": "health",
    "health": "health",
    "probation": "probation",
    "youth": "youth-justice",
    "council": "council",
    "borough of": "council",
}


@transaction.atomic
def found_partnership(*, slug: str, name: str, colour: str, authorities: tuple[str, ...], by: Agent) -> Partnership:
    """Set a partnership up, with a key of its own and a seat for each responsible authority.

    Parameters
    ----------
    authorities
        Names of the responsible authorities, as the partnership's definition has them.
    """
    partnership = Partnership.objects.create(slug=slug, name=name, colour=colour)
    keyring().make(partnership.id)
    put_down(events.PARTNERSHIP_FOUNDED, by=by, partnership=partnership.id, on=partnership)
    for authority in authorities:
        make_seat(partnership=partnership, agency=authority, kind=kind_of_agency(authority), by=by)
    return partnership


def kind_of_agency(name: str) -> AgencyKind:
    """What kind of body a name is that of; other, where nothing in it tells."""
    return AgencyKind(next((kind for word, kind in _WORDS.items() if word in name.casefold()), "other"))


@transaction.atomic
def make_seat(*, partnership: Partnership, agency: str, kind: AgencyKind, by: Actor) -> Seat:
    """Give an agency a seat in a partnership; the one it has, where it has one."""
    check_can(by, Permission.PARTNERSHIP_CHANGE, partnership.id)
    known, _ = Agency.objects.get_or_create(name=agency.strip(), defaults={"kind": kind})
    seat, made = Seat.objects.get_or_create(partnership=partnership, agency=known)
    if made:
        put_down(events.SEAT_MADE, by=by, partnership=partnership.id, on=seat)
    return seat


@transaction.atomic
def change_partnership(*, partnership: Partnership, name: str, colour: str, logo: str, by: Actor) -> None:
    """Change what a partnership is called and how its pages look."""
    check_can(by, Permission.PARTNERSHIP_CHANGE, partnership.id)
    partnership.name, partnership.colour, partnership.logo = name, colour, logo
    partnership.save(update_fields=["name", "colour", "logo"])
    put_down(events.PARTNERSHIP_CHANGED, by=by, partnership=partnership.id, on=partnership)


@transaction.atomic
def bring_in(*, name: str, email: str, seat: Seat, role: str, ends: datetime, by: Actor) -> Membership:
    """Give somebody a membership, making them known to the site where they were not.

    Who is known already keeps the name they have: they may sit elsewhere too.

    Raises
    ------
    NotNow
        When the last day is past or too far away, or they have this membership already.
    """
    check_can(by, Permission.PEOPLE_MANAGE, seat.partnership_id)
    person = Person.objects.with_email(email) or _make_known(name=name, email=email, seat=seat, by=by)
    return give_membership(person=person, seat=seat, role=role, ends=ends, by=by)


def _make_known(*, name: str, email: str, seat: Seat, by: Actor) -> Person:
    policies.check_is_address(email)
    person = Person(name=name.strip(), email=email.strip(), email_index=email_index(email))
    person.set_unusable_password()
    keyring().make(person.id)
    person.save(force_insert=True)
    put_down(events.PERSON_INVITED, by=by, partnership=seat.partnership_id, on=person)
    return person


@transaction.atomic
def give_membership(*, person: Person, seat: Seat, role: str, ends: datetime, by: Actor) -> Membership:
    """Let a person act from a seat, in a role, until a day.

    Raises
    ------
    NotNow
        When the last day is past or too far away, or they have this membership already.
    """
    check_can(by, Permission.PEOPLE_MANAGE, seat.partnership_id)
    policies.check_is_somebody_else(person, by)
    policies.check_can_be_given(person, seat, role, ends, LONGEST_MEMBERSHIP)
    membership = Membership.objects.create(person=person, seat=seat, role=role, ends=ends)
    put_down(
        events.MEMBERSHIP_GIVEN, by=by, partnership=seat.partnership_id, on=membership, person=person.id, role=role
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor) -> None:
    """End a membership now; whoever acts under it is stopped at their next click.

    Raises
    ------
    NotNow
        When it has ended already, or is the partnership's last administrator's.
    """
    partnership = membership.seat.partnership_id
    check_can(by, Permission.PEOPLE_MANAGE, partnership)
    policies.check_can_end(membership)
    membership.ends = timezone.now()
    membership.save(update_fields=["ends"])
    put_down(events.MEMBERSHIP_ENDED, by=by, partnership=partnership, on=membership, person=membership.person_id)
    # Who sits nowhere any more, and perhaps never came, has no use for a link that is still open.
    if not membership.person.memberships.filter(ends__gt=timezone.now()).exists():
        membership.person.invitations.filter(used=None).delete()


@transaction.atomic
def renew_membership(*, membership: Membership, ends: datetime, by: Actor) -> None:
    """Give a membership another last day.

    Raises
    ------
    NotNow
        When it has ended, or the day is past or too far away.
    """
    partnership = membership.seat.partnership_id
    check_can(by, Permission.PEOPLE_MANAGE, partnership)
    policies.check_can_renew(membership, ends, LONGEST_MEMBERSHIP)
    membership.ends = ends
    membership.save(update_fields=["ends"])
    put_down(events.MEMBERSHIP_RENEWED, by=by, partnership=partnership, on=membership, person=membership.person_id)


@transaction.atomic
def change_person(*, person: Person, name: str, email: str, partnership: UUID, by: Actor) -> None:
    """Put a person's name or e-mail address right; what it was is kept, sealed with the person's key.

    Raises
    ------
    NotNow
        When somebody else has the address.
    """
    check_can(by, Permission.PEOPLE_MANAGE, partnership)
    policies.check_is_of(person, partnership)
    policies.check_is_theirs_alone(person, partnership)
    policies.check_is_address(email)
    policies.check_is_free(email, person)
    keep_version(person, by=getattr(getattr(by, "person", None), "id", None))
    # A link that is still open went to where they were written to before.
    person.invitations.filter(used=None).delete()
    person.name, person.email, person.email_index = name.strip(), email.strip(), email_index(email)
    person.save(update_fields=["name", "email", "email_index"])
    put_down(events.PERSON_CHANGED, by=by, partnership=partnership, on=person)


@transaction.atomic
def leave(*, person: Person, partnership: UUID, by: Actor) -> None:
    """End all memberships of a person in a partnership, and their sign-ins: they have left.

    Raises
    ------
    NotNow
        When the partnership would be without an administrator.
    """
    check_can(by, Permission.PEOPLE_MANAGE, partnership)
    for membership in Membership.objects.filter(
        person=person, seat__partnership=partnership, ends__gt=timezone.now()
    ).select_related("seat"):
        end_membership(membership=membership, by=by)
    end_sign_ins(person=person, by=by)


@transaction.atomic
def erase_person(*, person: Person, partnership: UUID, by: Actor) -> None:
    """Make a person's name and address unreadable here, in what was, and in every backup: destroy their key.

    Raises
    ------
    NotNow
        When they still have a membership anywhere.
    """
    check_can(by, Permission.PEOPLE_MANAGE, partnership)
    policies.check_is_of(person, partnership)
    policies.check_can_be_erased(person)
    end_sign_ins(person=person, by=by)
    person.is_active = False
    # A keyed hash of the address is still about somebody, to whoever has the key.
    person.email_index, person.directory_index = f"erased {person.id}", None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "email_index", "directory_index", "password"])
    person.authenticator_set.all().delete()
    put_down(events.PERSON_ERASED, by=by, partnership=partnership, on=person)
    # Before the commit: should that fail, nobody reads the name all the same, and erasing again puts the rest right.
    keyring().destroy(person.id)
