"""Before every page: is the sign-in still alive, from which seat does one act, and may one be here at all?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from frankpledge.web.audit.actors import Agent
from frankpledge.web.design.errors import forbidden, not_found
from frankpledge.web.partners import events
from frankpledge.web.partners.access import Access, Rule
from frankpledge.web.partners.models import Person, SignIn
from frankpledge.web.partners.pace import Pace
from frankpledge.web.partners.queries import standing_of
from frankpledge.web.partners.recording import put_down
from frankpledge.web.partners.roles import Permission
from frankpledge.web.partners.signing_in import actions
from frankpledge.web.partners.signing_in.adapter import SIGN_IN
from frankpledge.web.partners.standing import Refused, Standing

Answer = Callable[[HttpRequest], HttpResponse]
SEAT = "seat"
# A page that is left open asks for progress; that is nobody at the keyboard.
QUIET = "keeps_nobody_signed_in"
# How often the idle limit is moved on: a write with every click would be a write too many.
_HEARD_EVERY = timedelta(seconds=20)


class StandingRequest(HttpRequest):
    """A request as its page sees it. What the list of access does not promise for a page is None, or not there."""

    sign_in: SignIn | None
    standing: Standing | None
    # Whether whoever is signed in has a second factor.
    secure: bool
    # How long the sign-in lasts, whatever one does.
    left_seconds: int
    # Who is signed in; there unless the address is open to anybody.
    person: Person
    # The standing, on pages that need a seat.
    seated: Standing


def standing(get_response: Answer) -> Answer:
    """End a sign-in that was left alone or lasted too long; else see from which seat the person acts."""

    def answer(request: HttpRequest) -> HttpResponse:
        known = cast(StandingRequest, request)
        known.sign_in = known.standing = None
        known.secure = False
        if isinstance(request.user, Person):
            known.person = request.user
            known.sign_in = _living(known)
            if known.sign_in is None:
                logout(request)
            else:
                known.secure = has_second_factor(known.person)
                _seat(known)
        return get_response(request)

    return answer


def _seat(request: StandingRequest) -> None:
    found = standing_of(request.person, request.session.get(SEAT))
    request.standing = found
    if found:
        request.seated = found


def _living(request: StandingRequest) -> SignIn | None:
    sign_in = SignIn.objects.filter(id=request.session.get(SIGN_IN), person=request.person).first()
    if sign_in is None:
        return None
    idle, longest = timedelta(minutes=settings.IDLE_MINUTES), timedelta(hours=settings.SIGN_IN_HOURS)
    if sign_in.is_alive(idle, longest):
        request.left_seconds = int((sign_in.begun + longest - timezone.now()).total_seconds())
        return sign_in
    actions.end_sign_in(sign_in=sign_in, by=Agent.NOBODY)
    return None


class Guard:
    """Lets a request through to its page if the list of access does, and puts down what was refused."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._pace = Pace()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: Any, options: Any
    ) -> HttpResponse | None:
        """Before the page: may one be here?"""
        known = cast(StandingRequest, request)
        if known.sign_in and self._is_too_fast(known):
            return ratelimit.respond_429(request)
        if known.sign_in and not getattr(view, QUIET, False) and timezone.now() - known.sign_in.heard > _HEARD_EVERY:
            actions.hear(sign_in=known.sign_in)
        match = request.resolver_match
        rule: Rule | None = import_string(settings.ACCESS).get(match.view_name if match else "")
        return self._turned_away(known, rule)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """After a page that refused: put it down, and answer as if there were nothing there."""
        if not isinstance(error, PermissionDenied):
            return None
        self._put_down(cast(StandingRequest, request), error.permission if isinstance(error, Refused) else None)
        return not_found(request)

    def _is_too_fast(self, request: StandingRequest) -> bool:
        asked = self._pace.count(request.person.id)
        if asked == settings.MOST_A_MINUTE + 1:
            # Once: what asks so fast would fill the audit.
            with transaction.atomic():
                put_down(events.TOO_FAST, by=request.standing or request.person)
        return asked > settings.MOST_A_MINUTE

    def _turned_away(self, request: StandingRequest, rule: Rule | None) -> HttpResponse | None:
        if rule is Access.PUBLIC:
            return None
        if rule is None:
            return not_found(request)
        if not request.sign_in:
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        if rule is Access.SIGNED_IN:
            return None
        if not request.secure:
            return redirect("second_factor")
        if rule is Access.SECURE:
            return None
        if request.standing is None:
            return redirect("seat")
        if isinstance(rule, Permission) and not request.standing.may(rule):
            self._put_down(request, rule)
            return forbidden(request)
        return None

    def _put_down(self, request: StandingRequest, permission: Permission | None) -> None:
        match = request.resolver_match
        with transaction.atomic():
            put_down(
                events.REFUSED,
                by=request.standing or (request.person if request.sign_in else Agent.NOBODY),
                route=match.view_name if match else "",
                permission=permission.value if permission else "",
            )


def has_second_factor(person: Person) -> bool:
    """Whether somebody has set up an app or a passkey."""
    return get_adapter().is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
