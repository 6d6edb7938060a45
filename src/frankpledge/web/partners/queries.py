"""Reads: from a partnership, a seat or a person, never from a whole table."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from frankpledge.web.partners.models import Invitation, Membership, Partnership, Person, Seat, SignIn
from frankpledge.web.partners.roles import Administrator
from frankpledge.web.partners.standing import Standing


def partnership_named(slug: str) -> Partnership | None:
    """The partnership with a slug."""
    return Partnership.objects.filter(slug=slug).first()


def only_partnership() -> Partnership | None:
    """The site's partnership, where there is one only."""
    found = list(Partnership.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def current_memberships(person: Person) -> QuerySet[Membership]:
    """The memberships under which a person may act at this moment."""
    now = timezone.now()
    return person.memberships.filter(begins__lte=now, ends__gt=now).select_related("seat__agency", "seat__partnership")


def seats_of(person: Person) -> list[Seat]:
    """The seats from which a person may act, each once."""
    return list({one.seat_id: one.seat for one in current_memberships(person)}.values())


def standing_of(person: Person, seat: UUID | str | None) -> Standing | None:
    """A person's standing in a seat; in the only one they have, where none was chosen. None where they have none."""
    memberships = list(current_memberships(person))
    seats = {str(one.seat_id): one.seat for one in memberships}
    chosen = str(seat) if seat else next(iter(seats), "")
    if chosen not in seats or (not seat and len(seats) > 1):
        return None
    return Standing(person, seats[chosen], tuple(one for one in memberships if str(one.seat_id) == chosen))


def seats_in(partnership: Partnership) -> QuerySet[Seat]:
    """The seats of a partnership."""
    return partnership.seats.select_related("agency")


def people_in(partnership: Partnership) -> list[tuple[Person, list[Membership]]]:
    """The people who sit or sat in a partnership with their memberships in it; those who sit first, then by name."""
    memberships = Membership.objects.filter(seat__partnership=partnership).select_related("person", "seat__agency")
    found: dict[UUID, tuple[Person, list[Membership]]] = {}
    for one in memberships:
        found.setdefault(one.person_id, (one.person, []))[1].append(one)
    return sorted(found.values(), key=lambda each: (not any(m.is_current for m in each[1]), each[0].name.casefold()))


def memberships_of(person: Person, partnership: Partnership) -> list[Membership]:
    """A person's memberships in a partnership, those that hold first."""
    found = person.memberships.filter(seat__partnership=partnership).select_related("seat__agency", "seat__partnership")
    return sorted(found, key=lambda one: (not one.is_current, one.ends), reverse=False)


def person_in(partnership: Partnership, person: UUID) -> Person | None:
    """A person who sits or sat in a partnership."""
    return Person.objects.filter(id=person, memberships__seat__partnership=partnership).distinct().first()


def membership_in(partnership: Partnership, membership: UUID) -> Membership | None:
    """A membership of a partnership."""
    return (
        Membership.objects.filter(id=membership, seat__partnership=partnership)
        .select_related("seat__agency", "person")
        .first()
    )


def names_of(people: set[UUID]) -> dict[UUID, str]:
    """Person → name, of those who are known."""
    return {one.id: one.name for one in Person.objects.filter(id__in=people)}


def living_sign_ins(person: Person) -> QuerySet[SignIn]:
    """A person's signed-in browsers, the last heard of first."""
    return person.sign_ins.filter(ended=None)


def partnerships_without_administrator() -> list[Partnership]:
    """The partnerships whose people nobody looks after."""
    looked_after = Membership.objects.filter(role=Administrator.name, ends__gt=timezone.now())
    return list(Partnership.objects.exclude(seats__memberships__in=looked_after))


def open_invitation(word_hash: str) -> Invitation | None:
    """The invitation of a link, if it can still be followed."""
    found = Invitation.objects.filter(word_hash=word_hash, person__is_active=True).select_related("person").first()
    return found if found and found.is_open else None


def seat_names(seats: set[UUID]) -> dict[str, str]:
    """Seat, as an entry of the audit names it → the agency it is of."""
    return {str(one.id): one.agency.name for one in Seat.objects.filter(id__in=seats).select_related("agency")}
