"""Makes what the site's tests are about, by the same actions as everybody: partnerships, people and their standings."""

import re
import time
from datetime import timedelta
from itertools import count

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from frankpledge.web.audit.actors import Agent
from frankpledge.web.partners.actions import bring_in, found_partnership, give_membership
from frankpledge.web.partners.middleware import SEAT
from frankpledge.web.partners.models import Person
from frankpledge.web.partners.queries import standing_of
from frankpledge.web.partners.roles import Administrator, Member
from frankpledge.web.partners.signing_in.actions import begin_sign_in
from frankpledge.web.partners.signing_in.adapter import SIGN_IN

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


def sign_in(client, who, *, second_factor=True, seat=None):
    """Sign somebody in with a test's client, as the pages of signing in do."""
    client.force_login(who)
    session = client.session
    session[SIGN_IN] = str(begin_sign_in(person=who, browser="Firefox", address="127.0.0.1").id)
    if seat:
        session[SEAT] = str(seat.id)
    # As allauth notes that somebody has just shown that it is them.
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    if second_factor:
        TOTP.activate(who, generate_totp_secret())
    return client


def choose_password(client, word, password):
    """Follow a link that was sent, and choose a password."""
    page = client.get(reverse("follow_link", args=[word]), follow=True).content.decode()
    shown = re.search(r'name="invitation" value="([^"]+)"', page)
    return client.post(reverse("join"), {"password": password, "invitation": shown[1] if shown else ""})
