"""Reads what waits, and never what it says: only accepting it tells that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frankpledge.web.handover.models import Offer
from frankpledge.web.handover.policies import State


@dataclass(frozen=True)
class Waiting:
    """An offer that waits, without its content.

    Parameters
    ----------
    offered_by
        A person's identifier, or an agent.
    is_erased
        Whether what it is about was erased: then it can only be declined.
    """

    id: UUID
    kind: str
    from_app: str
    offered_by: str
    offered_seat: UUID | None
    offered_at: datetime
    is_erased: bool


def waiting_for(partnership: UUID, to: str) -> list[Waiting]:
    """What waits for an app in a partnership, the oldest first."""
    offers = Offer.objects.filter(partnership=partnership, to_app=to, state=State.OFFERED).defer("content")
    return [
        Waiting(one.id, one.kind, one.from_app, one.offered_by, one.offered_seat, one.offered_at, one.is_erased)
        for one in offers
    ]
