"""The work behind replacing keys: seals anew what earlier keys sealed, and ends with destroying those."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from frankpledge.web.audit.actors import Agent, Subject
from frankpledge.web.audit.record import record
from frankpledge.web.jobs.kinds import Arguments, Kind, Report
from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.replacing import being_replaced, finish_replacing, has_settled, seal_keys_anew
from frankpledge.web.keys.resealing import seal_anew
from frankpledge.web.operation.events import EARLIER_KEY_DESTROYED

# What an entry of the audit calls an owner of keys.
KEY_OWNER = "keys.owner"


def _seal_all_anew(arguments: Arguments, report: Report) -> list[UUID]:
    """Of the owners whose keys are being replaced, those whose earlier keys seal nothing any more.

    It does write in the database, and may: no text changes by it, however often and by whomever it is done.
    """
    ring = keyring()
    owners = being_replaced(ring)
    if owners:
        seal_keys_anew(ring, owners)
    return [owner for number, owner in enumerate(owners) if _is_done(owner, report, number, len(owners))]


def _is_done(owner: UUID, report: Report, number: int, total: int) -> bool:
    # Asked first: what is written while the texts are looked through must be sealed with the newest key already.
    settled = has_settled(keyring(), owner)
    return seal_anew(owner, lambda: report(number, total)) == 0 and settled


def _end_replacing(arguments: Arguments, owners: Iterable[UUID]) -> None:
    ring = keyring()
    for owner in owners:
        if len(ring.stored.versions(owner)) > 1:
            record(EARLIER_KEY_DESTROYED, by=Agent.WORKER, partnership=None, on=Subject(KEY_OWNER, str(owner)))
        # Afterwards: should that fail, the next such job puts it down and does it again.
        transaction.on_commit(partial(finish_replacing, ring, owner))


SEAL_ANEW = Kind(
    "seal-anew",
    gettext_lazy("Seal anew what earlier keys sealed"),
    _seal_all_anew,
    _end_replacing,
    every=datetime.timedelta(hours=6),
)
