"""What is put down when allauth has done something."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from frankpledge.web.partners.models import Person
from frankpledge.web.partners.signing_in import actions


@receiver(user_logged_out)
def note_signed_out(sender: Any, request: Any, user: Any, **others: Any) -> None:
    """End the sign-in of the browser at hand; one that the site ended is ended already."""
    if isinstance(user, Person) and request.sign_in:
        actions.end_sign_in(sign_in=request.sign_in, by=user)


@receiver(authentication_step_completed)
def begin_session_anew(sender: Any, request: Any, user: Any, **others: Any) -> None:
    """Whoever shows again that it is them goes on under another key: a copy of the old one is worth nothing."""
    if others.get("reauthenticated"):
        request.session.cycle_key()


# What the next page says; of recovery codes the page itself is enough.
_ADDED = {
    Authenticator.Type.TOTP: gettext_lazy("The app was added."),
    Authenticator.Type.WEBAUTHN: gettext_lazy("The passkey was added."),
}


@receiver(authenticator_added)
def note_added(sender: Any, request: Any, user: Any, authenticator: Authenticator, **others: Any) -> None:
    """A second factor was added."""
    actions.note_second_factor(person=user, added=True, kind=authenticator.type)
    if authenticator.type in _ADDED:
        messages.success(request, _ADDED[Authenticator.Type(authenticator.type)])


@receiver(authenticator_removed)
def note_removed(sender: Any, user: Any, authenticator: Authenticator, **others: Any) -> None:
    """A second factor was removed."""
    actions.note_second_factor(person=user, added=False, kind=authenticator.type)
