"""Puts something down: in the transaction of what was done, so that neither is there without the other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from frankpledge.web.audit.actors import Actor, Subject, subject_of
from frankpledge.web.audit.details import details_text
from frankpledge.web.audit.events import CHAIN_BEGUN, Event
from frankpledge.web.audit.heads import begin_head, follow_head
from frankpledge.web.audit.marks import SITE, chain_of, marker
from frankpledge.web.audit.models import ChainHead, Entry, sealed_address
from frankpledge.web.audit.where import here


def record(
    event: Event,
    *,
    by: Actor,
    partnership: UUID | None,
    seat: UUID | None = None,
    on: models.Model | Subject | None = None,
    **details: Any,
) -> Entry:
    """Put something down, as the next entry of its chain.

    The chain is held until the transaction ends. An action that writes to two chains writes to the site's first, so
    that two of them cannot wait for each other.

    Parameters
    ----------
    partnership
        In whose chain; None: in the site's own.
    details
        Identifiers, slugs, numbers, days, or lists of them; never what is about somebody.

    Raises
    ------
    ValueError
        When a detail could hold anything else.
    """
    assert connection.in_atomic_block, (
        "record() stands in the transaction of what it puts down: use @transaction.atomic"
    )
    said, subject = details_text(details), subject_of(on)
    head = _held(chain_of(partnership), by, seat)
    entry = Entry(
        chain=head.chain,
        sequence=head.sequence + 1,
        at=timezone.now(),
        event=event.slug,
        by=str(by),
        seat=str(seat or ""),
        on_kind=subject.kind,
        on_id=subject.id,
        details=said,
        address=sealed_address(here()),
    )
    return _add(entry, head)


def _add(entry: Entry, head: ChainHead) -> Entry:
    entry.mark = marker()(head.mark, entry.columns)
    entry.save()
    head.sequence, head.mark = entry.sequence, entry.mark
    head.save(update_fields=["sequence", "mark"])
    # A head that could not be written is behind, which is no reason to tell somebody that what they did failed.
    transaction.on_commit(lambda: follow_head(head.chain), robust=True)
    return entry


def _held(chain: str, by: Actor, seat: UUID | None) -> ChainHead:
    """The head of a chain, held until the transaction ends."""
    return _lock(chain) or (_begin_site() if chain == SITE else _begin(chain, by, seat))


def _begin(chain: str, by: Actor, seat: UUID | None) -> ChainHead:
    """Begin a partnership's chain, and say so in the site's: so one that vanished whole is missed."""
    _held(SITE, by, seat)
    # Somebody else may have begun it while this waited for the site's chain.
    head = _lock(chain)
    if head is None:
        record(CHAIN_BEGUN, by=by, seat=seat, partnership=None, on=Subject("audit.chain", chain))
        head = ChainHead.objects.create(chain=chain)
        begin_head(chain)
    return head


def _begin_site() -> ChainHead:
    ChainHead.objects.get_or_create(chain=SITE)
    begin_head(SITE)
    head = _lock(SITE)
    assert head is not None, "the head was made above"
    return head


def _lock(chain: str) -> ChainHead | None:
    return ChainHead.objects.select_for_update().filter(chain=chain).first()
