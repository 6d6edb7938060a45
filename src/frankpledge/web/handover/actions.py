"""Offering, accepting, declining and withdrawing: each by the app that may, with what comes of it or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frankpledge.web.audit.events import Event
from frankpledge.web.handover import events, policies
from frankpledge.web.handover.kinds import Kind, kind_named
from frankpledge.web.handover.models import Offer
from frankpledge.web.handover.policies import State
from frankpledge.web.keys.fields import keyring
from frankpledge.web.partners.recording import put_down
from frankpledge.web.partners.standing import Actor, Refused, Standing, check_can


@transaction.atomic
def offer(*, kind: Kind, partnership: UUID, owner: UUID, content: Mapping[str, Any], by: Actor) -> UUID:
    """Offer something to the app that the kind says; the number it has in that app's inbox.

    Parameters
    ----------
    owner
        Whom or what it is about: its key seals the content.
    content
        Field → value, of the fields the kind allows.

    Raises
    ------
    NotNow
        When what it is about has been erased.
    """
    if kind.offering is not None:
        check_can(by, kind.offering, partnership)
    assert content.keys() <= kind.fields, f"a field that “{kind.slug}” does not allow"
    policies.check_is_not_erased(not keyring().version(owner))
    who, seat = _who(by)
    made = Offer.objects.create(
        partnership_id=partnership,
        kind=kind.slug,
        from_app=kind.from_app,
        to_app=kind.to_app,
        owner=owner,
        content=json.dumps(dict(content)),
        offered_by=who,
        offered_seat=seat,
    )
    put_down(events.OFFERED, by=by, partnership=partnership, on=made, kind=kind.slug)
    return made.id


@transaction.atomic
def accept(*, offer: UUID, app: str, by: Actor) -> dict[str, Any]:
    """Accept an offer, once: what it says, for the app to keep in this same transaction. The inbox keeps it no more.

    Raises
    ------
    NotNow
        When it was decided already, or what it is about has been erased.
    NotTheirs
        When it is to another app.
    """
    found = _held(offer)
    _check_may_decide(found, State.ACCEPTED, app, by)
    policies.check_is_not_erased(found.is_erased)
    content: dict[str, Any] = json.loads(found.content)
    _decide(found, State.ACCEPTED, events.ACCEPTED, by)
    return content


@transaction.atomic
def decline(*, offer: UUID, app: str, by: Actor) -> None:
    """Decline an offer. What it said is told to nobody.

    Raises
    ------
    NotNow
        When it was decided already.
    NotTheirs
        When it is to another app.
    """
    found = _held(offer)
    _check_may_decide(found, State.DECLINED, app, by)
    _decide(found, State.DECLINED, events.DECLINED, by)


@transaction.atomic
def withdraw(*, offer: UUID, app: str, by: Actor) -> None:
    """Withdraw an offer, from the seat it was made from.

    Raises
    ------
    NotNow
        When it was decided already, or was offered from another seat.
    NotTheirs
        When it is from another app.
    """
    found = _held(offer)
    policies.check_is_the_app(app, found.from_app)
    kind = kind_named(found.kind)
    if kind.offering is not None:
        check_can(by, kind.offering, found.partnership_id)
    policies.check_is_from((found.offered_by, found.offered_seat), _who(by))
    policies.check_can_move(State(found.state), State.WITHDRAWN)
    _decide(found, State.WITHDRAWN, events.WITHDRAWN, by)


def _held(offer: UUID) -> Offer:
    """An offer that nobody else decides until the transaction ends."""
    return Offer.objects.select_for_update().get(id=offer)


def _check_may_decide(offer: Offer, to: State, app: str, by: Actor) -> None:
    policies.check_is_the_app(app, offer.to_app)
    accepting = kind_named(offer.kind).accepting
    # Whatever the host may do else: what is offered is about somebody, and told to people in a seat alone.
    if not isinstance(by, Standing):
        raise Refused(accepting)
    check_can(by, accepting, offer.partnership_id)
    policies.check_can_move(State(offer.state), to)


def _decide(offer: Offer, state: State, event: Event, by: Actor) -> None:
    offer.state, offer.content, offer.decided_at = state, None, timezone.now()
    offer.decided_by, offer.decided_seat = _who(by)
    offer.save(update_fields=["state", "content", "decided_at", "decided_by", "decided_seat"])
    put_down(event, by=by, partnership=offer.partnership_id, on=offer, kind=offer.kind)


def _who(by: Actor) -> tuple[str, UUID | None]:
    return (str(by.person.id), by.seat.id) if isinstance(by, Standing) else (str(by), None)
