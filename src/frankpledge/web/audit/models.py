"""What was done, in chains: one for the site, one for each partnership. An entry is added, and never anything else."""

from __future__ import annotations

import base64
import json
from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext

from frankpledge.web.audit.actors import Subject
from frankpledge.web.audit.events import LONGEST, event
from frankpledge.web.audit.marks import COLUMNS
from frankpledge.web.keys.ciphers import Tampered
from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.sensitivity import Sensitivity

_INTERNAL, _PERSONAL = Sensitivity.INTERNAL, Sensitivity.PERSONAL
_ADDRESS = "audit address"


class Unchangeable(Exception):
    """Something tried to change the audit, which can only be added to: a mistake of ours."""


def _refuse(*_: Any, **__: Any) -> NoReturn:
    """Refuse to change or to take away."""
    raise Unchangeable("The audit can only be added to: see frankpledge.web.audit.record.")


class Entries(models.QuerySet):
    """Entries, which can be read and no more."""

    update = delete = bulk_update = update_or_create = _refuse


class Heads(models.QuerySet):
    """Heads, none of which goes."""

    delete = _refuse


class Entry(models.Model):
    """One thing that somebody did, looked at, or was refused."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "chain": _INTERNAL,
        "sequence": _INTERNAL,
        "at": _INTERNAL,
        "event": _INTERNAL,
        "by": _INTERNAL,
        "seat": _INTERNAL,
        "on_kind": _INTERNAL,
        "on_id": _INTERNAL,
        "details": _INTERNAL,
        "address": _PERSONAL,
        "mark": _INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    chain = models.CharField(max_length=36)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=LONGEST)
    # A person's identifier, or an agent. No foreign keys: what an entry names may be gone, and the entry stays.
    by = models.CharField(max_length=36)
    seat = models.CharField(max_length=36, blank=True)
    on_kind = models.CharField(max_length=63, blank=True)
    on_id = models.CharField(max_length=64, blank=True)
    details = models.TextField(default="{}")
    # Sealed with a secret of the site's.
    address = models.TextField(blank=True)
    mark = models.CharField(max_length=64)

    objects = Entries.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("chain", "sequence")
        constraints = (models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_of_a_number"),)
        indexes = (
            models.Index(fields=["chain", "at"], name="entry_at"),
            models.Index(fields=["chain", "event", "sequence"], name="entry_event"),
            models.Index(fields=["chain", "by", "sequence"], name="entry_by"),
            models.Index(fields=["chain", "on_id", "sequence"], name="entry_on"),
        )

    def __str__(self) -> str:
        """Who did what."""
        return f"{self.chain} {self.sequence}: {self.by} {self.words}"

    delete = _refuse

    def save(self, *arguments: Any, **options: Any) -> None:
        """Add it; one that is there is never saved again."""
        if not self._state.adding:
            _refuse()
        super().save(*arguments, **options | {"force_insert": True})

    @property
    def columns(self) -> dict[str, Any]:
        """What its mark is made over."""
        return {name: getattr(self, name) for name in COLUMNS}

    @property
    def words(self) -> str:
        """What was done, in words."""
        known = event(self.event)
        return gettext(known.words) if known else self.event

    @property
    def detail(self) -> dict[str, Any]:
        """Name → value of its details."""
        return json.loads(self.details)

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.on_kind, self.on_id)

    @property
    def where(self) -> str:
        """The network address it was done from; empty where there was none."""
        if not self.address:
            return ""
        try:
            return keyring().open_for_site(base64.b64decode(self.address), _ADDRESS).decode()
        except (Tampered, ValueError):
            # The secret that sealed it was replaced, or it was tampered with, which `verify` finds.
            return gettext("[unreadable]")


def sealed_address(address: str) -> str:
    """A network address as an entry keeps it."""
    return base64.b64encode(keyring().seal_for_site(address.encode(), _ADDRESS)).decode() if address else ""


class ChainHead(models.Model):
    """The last entry of a chain: locked while the next is added, and by it a cut tail is seen."""

    SENSITIVITY: ClassVar = {"chain": _INTERNAL, "sequence": _INTERNAL, "mark": _INTERNAL}

    chain = models.CharField(max_length=36, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    mark = models.CharField(max_length=64, blank=True)

    objects = Heads.as_manager()

    delete = _refuse

    def __str__(self) -> str:
        """How far the chain goes."""
        return f"{self.chain} {self.sequence}"
