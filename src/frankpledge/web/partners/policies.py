"""May this change be made now? Each check says in a sentence why not."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from frankpledge.errors import UserError
from frankpledge.web.partners.models import Membership, Person, Seat, email_index
from frankpledge.web.partners.roles import Administrator
from frankpledge.web.partners.standing import Actor, Standing


class NotNow(UserError):
    """The rules do not allow this as things stand."""


def check_can_be_given(person: Person, seat: Seat, role: str, ends: datetime, longest: timedelta) -> None:
    """A membership is given for a while that has not passed, and once."""
    check_last_day(ends, longest)
    if person.memberships.filter(seat=seat, role=role, ends__gt=timezone.now()).exists():
        raise NotNow(_("They have this role in this seat already."), _("Change its last day instead."))


def check_is_somebody_else(person: Person, by: Actor) -> None:
    """Nobody gives themselves a role, with which they could see what they must not, or is rid of a second factor."""
    if isinstance(by, Standing) and by.person.id == person.id:
        raise NotNow(_("Nobody can do this for themselves."), _("Ask another administrator, or whoever runs the site."))


def check_can_renew(membership: Membership, ends: datetime, longest: timedelta) -> None:
    """Only what has not ended is renewed."""
    if not membership.is_current:
        raise NotNow(_("This membership has ended."), _("Give them a new one."))
    check_last_day(ends, longest)


def check_last_day(ends: datetime, longest: timedelta) -> None:
    """A last day lies ahead, and not too far."""
    now = timezone.now()
    if ends <= now:
        raise NotNow(_("The last day has passed."), _("Choose a day from tomorrow on."))
    if ends > now + longest + timedelta(days=1):
        raise NotNow(_("The last day is more than a year away."), _("Choose one within a year; it can be renewed."))


def check_can_end(membership: Membership) -> None:
    """What has ended cannot end again, and somebody must be left to look after people."""
    if not membership.is_current:
        raise NotNow(_("This membership has ended already."))
    others = Membership.objects.filter(
        seat__partnership=membership.seat.partnership_id,
        role=Administrator.name,
        ends__gt=timezone.now(),
        person__is_active=True,
    ).exclude(id=membership.id)
    if membership.role == Administrator.name and not others.exists():
        raise NotNow(
            _("This is the partnership's only administrator."), _("Make somebody else an administrator first.")
        )


def check_is_of(person: Person, partnership: UUID) -> None:
    """Only people who sit, or sat, in the partnership are its administrators' to look after."""
    if not person.memberships.filter(seat__partnership=partnership).exists():
        raise NotNow(_("They have never had a membership in this partnership."))


def check_is_theirs_alone(person: Person, partnership: UUID) -> None:
    """Who sits elsewhere too is not one partnership's to rename, to re-address or to take second factors from."""
    if sits_elsewhere(person, partnership):
        raise NotNow(
            _("They sit in another partnership too, which trusts this account."), _("Ask whoever runs the site.")
        )


def sits_elsewhere(person: Person, partnership: UUID) -> bool:
    """Whether a person has a membership that holds, or will, in another partnership."""
    return person.memberships.filter(ends__gt=timezone.now()).exclude(seat__partnership=partnership).exists()


def check_is_address(email: str) -> None:
    """A link is sent there, so it is an address."""
    try:
        validate_email(email.strip())
    except ValidationError:
        raise NotNow(_("This is not an e-mail address."), _("Write it like name@example.gov.uk.")) from None


def check_is_free(email: str, person: Person) -> None:
    """An address is one person's."""
    other = Person.objects.filter(email_index=email_index(email)).exclude(id=person.id)
    if other.exists():
        raise NotNow(
            _("Somebody else has this e-mail address."), _("Check it, or look for them in the list of people.")
        )


def check_can_be_erased(person: Person) -> None:
    """Nobody who still acts for somebody is erased."""
    if person.memberships.filter(ends__gt=timezone.now()).exists():
        raise NotNow(_("They still have a membership, here or in another partnership."), _("End it first."))
