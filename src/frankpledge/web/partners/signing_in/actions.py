"""Changes that signing in makes: links, passwords, locks, and the browsers somebody is signed in with."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from frankpledge.web.audit.actors import Agent
from frankpledge.web.keys.ciphers import Tampered
from frankpledge.web.partners import events
from frankpledge.web.partners.models import Invitation, InvitationKind, Person, Seat, SignIn
from frankpledge.web.partners.policies import check_is_of, check_is_somebody_else, check_is_theirs_alone
from frankpledge.web.partners.recording import put_down
from frankpledge.web.partners.roles import Permission
from frankpledge.web.partners.signing_in.notices import (
    FACTOR_ADDED,
    FACTOR_REMOVED,
    LOCKED_OUT,
    PASSWORD_CHANGED,
    notify,
)
from frankpledge.web.partners.standing import Actor, Standing, check_can

# Long enough for somebody on leave to come back; a link for a password is asked for by whoever waits for it.
OPEN_FOR = {InvitationKind.JOIN: timedelta(days=7), InvitationKind.PASSWORD: timedelta(hours=1)}
# Wrong tries in a row before no more are taken, and for how long. Six digits would need years at this pace.
TRIES, LOCKED_FOR = 5, timedelta(minutes=15)
# What is sealed of a second factor: of an app, and of recovery codes. Of a passkey nothing is secret.
_SEALED = ("secret", "seed")


def word_hash(word: str) -> str:
    """How the word of a link is kept. It is random and long, so a plain hash tells nothing of it."""
    return hashlib.sha256(word.encode()).hexdigest()


@transaction.atomic
def make_link(*, person: Person, kind: InvitationKind, by: Actor | Person) -> str:
    """Make a link's word, in place of any that the person was sent before.

    Returns
    -------
    The word, which is kept nowhere: whoever sends it has the only copy.
    """
    person.invitations.filter(used=None).delete()
    word = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person, kind=kind, word_hash=word_hash(word), expires=timezone.now() + OPEN_FOR[kind]
    )
    put_down(events.LINK_SENT, by=by, on=person, kind=str(kind))
    return word


@transaction.atomic
def choose_password(*, invitation: Invitation, password: str) -> Person:
    """Set the password of whoever follows a link; the link is used up, and other sign-ins end.

    Raises
    ------
    Invitation.DoesNotExist
        When the link was used a moment ago.
    """
    invitation = Invitation.objects.select_for_update().get(id=invitation.id, used=None)
    invitation.used = timezone.now()
    invitation.save(update_fields=["used"])
    person = invitation.person
    person.set_password(password)
    person.wrong, person.locked_until = 0, None
    person.save(update_fields=["password", "wrong", "locked_until"])
    end_sign_ins(person=person, by=person)
    put_down(events.PASSWORD_CHOSEN, by=person, on=person)
    if invitation.kind == InvitationKind.PASSWORD:
        notify(person, PASSWORD_CHANGED)
    return person


@transaction.atomic
def change_password(*, person: Person, password: str, keep: SignIn | None) -> None:
    """Change one's own password; every sign-in but the one at hand ends."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sign_ins(person=person, by=person, but=keep)
    put_down(events.PASSWORD_CHOSEN, by=person, on=person)
    notify(person, PASSWORD_CHANGED)


@transaction.atomic
def note_wrong(*, person: Person | None) -> None:
    """Count a wrong password or code, and lock the person out when there were too many in a row.

    What was typed is not kept: people type a password where their address should stand.
    """
    put_down(events.SIGN_IN_FAILED, by=Agent.NOBODY, on=person)
    if person is None:
        return
    Person.objects.filter(id=person.id).update(wrong=F("wrong") + 1)
    person.refresh_from_db(fields=["wrong"])
    if person.wrong >= TRIES:
        person.wrong, person.locked_until = 0, timezone.now() + LOCKED_FOR
        person.save(update_fields=["wrong", "locked_until"])
        put_down(events.PERSON_LOCKED, by=Agent.NOBODY, on=person)
        notify(person, LOCKED_OUT)


@transaction.atomic
def unlock(*, person: Person, by: Standing) -> None:
    """Let a person try again before their time is up."""
    check_can(by, Permission.PEOPLE_MANAGE, by.partnership.id)
    person.wrong, person.locked_until = 0, None
    person.save(update_fields=["wrong", "locked_until"])
    put_down(events.PERSON_UNLOCKED, by=by, on=person)


@transaction.atomic
def begin_sign_in(*, person: Person, browser: str, address: str) -> SignIn:
    """Note a browser that somebody has just signed in with."""
    if person.wrong:
        person.wrong = 0
        person.save(update_fields=["wrong"])
    sign_in = SignIn.objects.create(person=person, browser=browser, address=address)
    put_down(events.SIGNED_IN, by=person, on=sign_in)
    return sign_in


@transaction.atomic
def end_sign_in(*, sign_in: SignIn, by: Person | Agent) -> None:
    """End one signed-in browser: its next click finds itself signed out. By the site itself: it was left alone."""
    if not SignIn.objects.filter(id=sign_in.id, ended=None).update(ended=timezone.now()):
        return
    put_down(events.SIGN_IN_ENDED if isinstance(by, Agent) else events.SIGNED_OUT, by=by, on=sign_in)


@transaction.atomic
def end_sign_ins(*, person: Person, by: Actor | Person, but: SignIn | None = None) -> int:
    """End every signed-in browser of a person, or every other one; how many there were."""
    living = person.sign_ins.filter(ended=None).exclude(id=but.id if but else None)
    ended = living.update(ended=timezone.now())
    if ended:
        put_down(events.SIGNED_OUT_ELSEWHERE, by=by, on=person, sign_ins=ended)
    return ended


@transaction.atomic
def end_sign_ins_of(*, person: Person, by: Standing) -> int:
    """End every signed-in browser of somebody one looks after; how many there were."""
    check_can(by, Permission.PEOPLE_MANAGE, by.partnership.id)
    check_is_of(person, by.partnership.id)
    return end_sign_ins(person=person, by=by)


@transaction.atomic
def hear(*, sign_in: SignIn) -> None:
    """Note that a signed-in browser was used: this moves its idle limit on, and nothing else."""
    SignIn.objects.filter(id=sign_in.id).update(heard=timezone.now())


@transaction.atomic
def note_seat(*, person: Person, seat: Seat) -> None:
    """Put down which seat somebody chose to act from."""
    put_down(events.SEAT_CHOSEN, by=person, partnership=seat.partnership_id, on=seat)


@transaction.atomic
def link_directory(*, person: Person, index: str) -> None:
    """Remember under which identifier the council's directory knows a person."""
    person.directory_index = index
    person.save(update_fields=["directory_index"])
    put_down(events.DIRECTORY_LINKED, by=person, on=person)


@transaction.atomic
def note_second_factor(*, person: Person, added: bool, kind: str) -> None:
    """Put down that somebody added or removed a second factor."""
    event = events.SECOND_FACTOR_ADDED if added else events.SECOND_FACTOR_REMOVED
    put_down(event, by=person, on=person, kind=kind)
    notify(person, FACTOR_ADDED if added else FACTOR_REMOVED)


@transaction.atomic
def forget_second_factors(*, person: Person, by: Standing) -> None:
    """Take away the second factors of somebody who has lost them: they set new ones up when they next sign in."""
    check_can(by, Permission.PEOPLE_MANAGE, by.partnership.id)
    check_is_of(person, by.partnership.id)
    check_is_theirs_alone(person, by.partnership.id)
    check_is_somebody_else(person, by)
    person.authenticator_set.all().delete()
    end_sign_ins(person=person, by=by)
    put_down(events.SECOND_FACTORS_FORGOTTEN, by=by, on=person)
    notify(person, FACTOR_REMOVED)


@transaction.atomic
def seal_second_factors_anew() -> None:
    """Seal the secrets of all second factors with the site's secret of today."""
    for factor in Authenticator.objects.select_for_update().order_by("pk"):
        factor.data |= {name: _sealed_anew(factor.data[name]) for name in _SEALED if name in factor.data}
        factor.save(update_fields=["data"])


def _sealed_anew(text: str) -> str:
    adapter: Any = get_adapter()
    try:
        return adapter.encrypt(adapter.decrypt(text))
    except Tampered:
        # It let nobody in before, and lets nobody in now.
        return text
