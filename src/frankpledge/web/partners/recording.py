"""Puts down in the audit what somebody did, from the seat they did it from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.events import Event
from frankpledge.web.audit.record import record
from frankpledge.web.partners.models import Person
from frankpledge.web.partners.standing import Actor, Standing


def put_down(
    event: Event,
    *,
    by: Actor | Person,
    partnership: UUID | None = None,
    on: models.Model | None = None,
    **details: Any,
) -> None:
    """Record an event in its partnership's chain, else in that of the seat, else in the site's own.

    Parameters
    ----------
    by
        Somebody in a seat, a person who has none at this moment, or the site itself.
    details
        Identifiers, names of things and numbers; never what is about somebody.
    """
    if isinstance(by, Standing):
        where = partnership or by.partnership.id
        record(event, by=by.person.id, seat=by.seat.id, partnership=where, on=on, **details)
    else:
        who = by if isinstance(by, Agent) else by.id
        record(event, by=who, partnership=partnership, on=on, **details)
