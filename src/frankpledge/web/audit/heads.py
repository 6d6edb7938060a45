"""The heads of the chains, signed, in a folder outside the database: by them a tail that was cut off is seen.

A chain's file is there before its first entry is committed, and follows after each commit. So a file may be behind the
database, where the site stopped in between; it is never ahead, and it is never missing. One that does not agree with
the database is left as it is, for `verify` to tell: it is evidence.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from frankpledge.provenance import sync
from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.audit.signing import Forged, open_signed, public_key, signed

_WHAT = "audit head"
_LOG = logging.getLogger("frankpledge.audit")


@dataclass(frozen=True)
class Head:
    """How far a chain went: the number and the mark of an entry."""

    chain: str
    sequence: int
    mark: str


def begin_head(chain: str) -> None:
    """Write the head of a chain that has no entries yet, unless there is one."""
    with _locked(chain):
        if not _path(chain).exists():
            _write(Head(chain, 0, ""))


def follow_head(chain: str) -> None:
    """Write the newest head of a chain after a commit, if it goes on from the one that was written last."""
    with _locked(chain):
        kept = _kept(chain)
        newest = ChainHead.objects.get(chain=chain)
        if kept is None or not _is_in_the_database(kept):
            _LOG.error(
                "The signed head of chain %s does not agree with the database: run “frankpledge audit verify”.", chain
            )
        elif newest.sequence > kept.sequence:
            _write(Head(chain, newest.sequence, newest.mark))


def begin_heads_anew() -> Path:
    """Put the folder of the heads aside, and write the heads of all chains as the database has them.

    Only for a database that was brought back from a backup; what is put aside still says which entries were lost.
    """
    folder = Path(settings.AUDIT_HEADS)
    aside = folder.with_name(f"{folder.name}.until-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    if folder.exists():
        folder.rename(aside)
    for head in ChainHead.objects.all():
        with _locked(head.chain):
            _write(Head(head.chain, head.sequence, head.mark))
    return aside


def read_head(path: Path) -> Head:
    """A head from its file.

    Raises
    ------
    Forged
        When this site did not sign it, or signed it for another chain.
    """
    try:
        content = open_signed(_WHAT, json.loads(path.read_bytes()), public_key())
    except (OSError, ValueError) as error:
        raise Forged from error
    head = Head(**content)
    if head.chain != path.stem:
        raise Forged
    return head


def _kept(chain: str) -> Head | None:
    try:
        return read_head(_path(chain))
    except Forged:
        return None


def _is_in_the_database(head: Head) -> bool:
    return not head.sequence or Entry.objects.filter(**asdict(head)).exists()


def _path(chain: str) -> Path:
    return Path(settings.AUDIT_HEADS) / f"{chain}.json"


def _write(head: Head) -> None:
    path = _path(head.chain)
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(signed(_WHAT, asdict(head)), file)
    sync(passing)
    passing.rename(path)


@contextmanager
def _locked(chain: str) -> Iterator[Any]:
    """Hold the lock of a chain's file; the operating system lets go of it when the process ends, however it ends."""
    folder = Path(settings.AUDIT_HEADS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f".{chain}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
