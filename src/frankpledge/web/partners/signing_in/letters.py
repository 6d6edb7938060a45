"""E-mails about signing in. None of them holds a name: whoever reads over a shoulder learns that there is a link."""

from __future__ import annotations

import logging

from django.conf import settings
from django.urls import reverse

from frankpledge.web.design import mail
from frankpledge.web.partners.models import InvitationKind, Person
from frankpledge.web.partners.signing_in.actions import make_link
from frankpledge.web.partners.standing import Actor

logger = logging.getLogger(__name__)


def address_of_link(word: str) -> str:
    """The whole address of a link."""
    return settings.SITE_ADDRESS + reverse("follow_link", args=[word])


def send_invitation(person: Person, *, by: Actor) -> str:
    """Send a link to join with, or one for a new password to whoever has joined; the link's address."""
    kind = InvitationKind.PASSWORD if person.has_usable_password() else InvitationKind.JOIN
    link = address_of_link(make_link(person=person, kind=kind, by=by))
    mail.send(to=person.email, template=f"partners/mail/{kind}.txt", context={"link": link})
    return link


def send_password_link(email: str) -> None:
    """Send a link for a new password to whoever has joined with an address; to nobody where nobody has."""
    person = Person.objects.with_email(email)
    if person is None or not person.is_active:
        return
    try:
        send_invitation(person, by=person)
    except OSError:
        # Whoever asked is told what everybody is: else a mail server that is away would tell who is known here.
        logger.exception("mail-not-sent")
