"""Where allauth asks us: who may sign up (nobody), what is sealed, what is put down."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frankpledge.web.audit.where import address_of
from frankpledge.web.keys.fields import keyring
from frankpledge.web.partners.models import Person
from frankpledge.web.partners.signing_in import actions
from frankpledge.web.partners.signing_in.browsers import browser_of

SIGN_IN = "sign_in"
_LOCKED = gettext_lazy(
    "Too many wrong tries. Wait 15 minutes and try again, or ask an administrator of your partnership to unlock you."
)
_WRONG = gettext_lazy("The e-mail address or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation, and a sign-in is noted with its browser."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "too_many_login_attempts": _LOCKED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever does something that matters shows again that it is them."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom the limits are for: the address that the audit puts down, which nobody can make up."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Say that no more tries are taken, in the same words whether there is such a person or not."""
        super().pre_authenticate(request, **credentials)
        person = _person(credentials)
        if person and person.is_locked:
            raise self.validation_error("too_many_login_attempts")

    def forget_tries(self, request: HttpRequest, person: Person) -> None:
        """Forget the wrong tries of somebody who was let try again: the limits count them beside the lock."""
        password = self._get_login_attempts_cache_key(request, username=person.email_index)
        for key in (password, f"mfa-auth-user-{person.pk}"):
            ratelimit.clear(request, action="login_failed", key=key)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it."""
        actions.note_wrong(person=_person(credentials))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """Note the browser, so that it can be listed and ended."""
        assert isinstance(user, Person)
        browser = browser_of(request.headers.get("User-Agent", ""))
        sign_in = actions.begin_sign_in(person=user, browser=browser, address=address_of(request))
        request.session[SIGN_IN] = str(sign_in.id)
        # Whoever has just signed in need not show again at once that it is them.
        record_authentication(request, user, method="password", reauthenticated=True)
        return super().post_login(request, user, **options)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Whoever may no longer sign in is told what somebody unknown is told."""
        messages.error(request, str(_WRONG))
        return redirect("account_login")

    def add_message(self, *arguments: Any, **options: Any) -> None:
        """Our pages say themselves what was done."""

    def send_notification_mail(self, *arguments: Any, **options: Any) -> None:
        """What is told by e-mail is told by our own actions, without a name in it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are sealed, and their names say when they were added and nothing of anybody."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code is not right. Enter the newest one, or a recovery code."),
        "cannot_delete_authenticator": gettext_lazy("Add another second factor before you remove this one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return base64.b64encode(keyring().seal_for_site(text.encode(), "second factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return keyring().open_for_site(base64.b64decode(encrypted_text), "second factor").decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What stands in the person's own app."""
        assert isinstance(user, Person)
        return user.email

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        assert isinstance(user, Person)
        return user.email

    def _get_site_name(self) -> str:
        return "Frankpledge"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """When it was added, by which somebody with two can tell them apart."""
        when = timezone.localtime()
        return _("Added %(day)s at %(time)s") % {
            "day": date_format(when, "j F Y"),
            "time": date_format(when, "H:i"),
        }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays: nobody is without a second factor."""
        types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=types).exclude(pk=authenticator.pk)
        return others.exists()


def _person(credentials: dict[str, Any]) -> Person | None:
    found: models.QuerySet[Person] = Person.objects.filter(email_index=credentials.get("username", ""))
    return found.first()
