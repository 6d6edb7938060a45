"""Reads the audit of one partnership, or of the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from frankpledge.web.audit.actors import Actor, Subject, subject_of
from frankpledge.web.audit.marks import chain_of
from frankpledge.web.audit.models import Entries, Entry

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some entries, newest first.

    Parameters
    ----------
    older
        What `page_of` is given for the entries before these; None where there are none.
    """

    entries: list[Entry]
    older: int | None


def entries_for(
    partnership: UUID | None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    event: str = "",
    by: Actor | None = None,
    on: models.Model | Subject | None = None,
) -> Entries:
    """The entries of a partnership's chain, newest first.

    Parameters
    ----------
    partnership
        None: the site's own.
    since, until
        From the one, and before the other.
    """
    subject = subject_of(on)
    conditions = {
        "at__gte": since,
        "at__lt": until,
        "event": event,
        "by": str(by or ""),
        "on_kind": subject.kind,
        "on_id": subject.id,
    }
    asked = {name: value for name, value in conditions.items() if value}
    return Entry.objects.filter(chain=chain_of(partnership), **asked).order_by("-sequence")


def extent(partnership: UUID | None = None) -> tuple[int, int]:
    """How many entries there are, in how many chains: in all, or of one partnership."""
    chosen = Entry.objects.filter(chain=chain_of(partnership)) if partnership else Entry.objects.all()
    return chosen.count(), chosen.order_by().values("chain").distinct().count()


def page_of(entries: Entries, before: int | None = None, size: int = PAGE) -> Page:
    """A page of entries, from the newest or from those before a number.

    By number and not by counting pages: what is added meanwhile moves nothing.
    """
    rest = entries if before is None else entries.filter(sequence__lt=before)
    found = list(rest[: size + 1])
    return Page(found[:size], found[size - 1].sequence if len(found) > size else None)
