"""The writes of the audit about itself: that somebody took a copy of it, and that its signed heads were begun anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from frankpledge.web.audit.actors import Actor
from frankpledge.web.audit.events import AUDIT_EXPORTED, HEADS_BEGUN_ANEW
from frankpledge.web.audit.export import Form, export_lines
from frankpledge.web.audit.heads import Head, begin_heads_anew
from frankpledge.web.audit.marks import chain_of
from frankpledge.web.audit.queries import entries_for
from frankpledge.web.audit.record import record


def export_entries(
    *,
    partnership: UUID | None,
    by: Actor,
    form: Form,
    chosen: Mapping[str, Any],
    seat: UUID | None = None,
) -> Iterator[str]:
    """Put down that somebody exports entries, and give the lines, oldest first.

    Parameters
    ----------
    chosen
        Which, as `entries_for` takes it.
    """
    with transaction.atomic():
        entry = record(AUDIT_EXPORTED, by=by, partnership=partnership, seat=seat, form=form)
    found = entries_for(partnership, **chosen).filter(sequence__lte=entry.sequence).order_by("sequence")
    return export_lines(found.iterator(), Head(chain_of(partnership), entry.sequence, entry.mark), form)


def replace_heads(*, by: Actor) -> Path:
    """Begin the signed heads anew, for a database that was brought back from a backup; where the earlier ones lie."""
    aside = begin_heads_anew()
    with transaction.atomic():
        record(HEADS_BEGUN_ANEW, by=by, partnership=None)
    return aside
