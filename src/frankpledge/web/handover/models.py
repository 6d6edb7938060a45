"""What one app offers to another, sealed with the key of whom or what it is about until it is decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from frankpledge.web.handover.policies import State
from frankpledge.web.keys.fields import SealedField, SealedModel
from frankpledge.web.keys.sensitivity import Sensitivity
from frankpledge.web.partners.models import Partnership

_INTERNAL, _PERSONAL = Sensitivity.INTERNAL, Sensitivity.PERSONAL
_WAITING = models.Q(state=State.OFFERED.value)
_UNDECIDED = models.Q(decided_at__isnull=True, decided_by="", content__isnull=False)


class Offer(SealedModel):
    """Something offered. Only while it waits does it hold its content: whoever accepted it has it then."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "partnership": _INTERNAL,
        "kind": _INTERNAL,
        "from_app": _INTERNAL,
        "to_app": _INTERNAL,
        "owner": _INTERNAL,
        "content": _PERSONAL,
        "state": _INTERNAL,
        "offered_by": _INTERNAL,
        "offered_seat": _INTERNAL,
        "offered_at": _INTERNAL,
        "decided_by": _INTERNAL,
        "decided_seat": _INTERNAL,
        "decided_at": _INTERNAL,
    }
    # A subject, a report.
    OWNED_BY = "owner"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=60)
    from_app = models.CharField(max_length=30)
    to_app = models.CharField(max_length=30)
    owner = models.UUIDField()
    content = SealedField(null=True)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in State], default=State.OFFERED.value
    )
    # A person's identifier, or an agent.
    offered_by = models.CharField(max_length=36)
    offered_seat = models.UUIDField(null=True)
    offered_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=36, blank=True)
    decided_seat = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("offered_at", "id")
        indexes = (models.Index(fields=["partnership", "to_app", "state", "offered_at"], name="offers_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=(_WAITING & _UNDECIDED)
                | (~_WAITING & models.Q(decided_at__isnull=False, content__isnull=True) & ~models.Q(decided_by="")),
                name="decided_and_emptied_together",
            ),
        )

    def __str__(self) -> str:
        """What is offered to whom."""
        return f"{self.kind}: {self.from_app} to {self.to_app}"
