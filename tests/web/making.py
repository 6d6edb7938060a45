"""Makes what the site's tests are about, by the same actions as everybody: partnerships, people and their standings."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from frankpledge.web.audit.actors import Agent
from frankpledge.web.partners.actions import bring_in, found_partnership, give_membership
from frankpledge.web.partners.models import Person
from frankpledge.web.partners.queries import standing_of
from frankpledge.web.partners.roles import Administrator, Member

_numbers = count(1)
AUTHORITIES = ("Example Borough Council", "Example Police", "Example Fire and Rescue Service")
PASSWORD = "plum tractor eleven"


def partnership(slug=None, authorities=AUTHORITIES):
    """A partnership with three seats."""
    slug = slug or f"example-{next(_numbers)}"
    return found_partnership(
        slug=slug, name=f"Safer {slug.title()}", colour="#12436D", authorities=authorities, by=Agent.COMMAND
    )


def in_days(days):
    """A moment some days from now."""
    return timezone.now() + timedelta(days=days)


def person(seat, role=Member.name, *, name="Ann Example", email=None, password=PASSWORD, days=100):
    """Somebody who sits there and has chosen a password."""
    made = bring_in(
        name=name,
        email=email or f"ann.{next(_numbers)}@example.org",
        seat=seat,
        role=role,
        ends=in_days(days),
        by=Agent.COMMAND,
    ).person
    made.set_password(password)
    made.save(update_fields=["password"])
    return Person.objects.get(id=made.id)


def also(who, seat, role=Member.name, days=100):
    """A further membership."""
    return give_membership(person=who, seat=seat, role=role, ends=in_days(days), by=Agent.COMMAND)


def standing(seat, role=Administrator.name, **options):
    """Somebody in a seat, as actions are given them."""
    return standing_of(person(seat, role, **options), seat.id)


def seat_of(partnership, number=0):
    """One of a partnership's seats."""
    return list(partnership.seats.order_by("agency__name"))[number]
