"""Verifies the audit: that no entry was changed, put in, taken away or moved since the site wrote it.

Three accounts are compared: the entries with their marks, the chain's head in the database, and its signed head in a
file. The order they are read in lets the site go on writing meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from frankpledge.web.audit.checking import ChainCheck, Claim, Finding
from frankpledge.web.audit.events import CHAIN_BEGUN
from frankpledge.web.audit.heads import read_head
from frankpledge.web.audit.marks import COLUMNS, SITE, marker
from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.audit.signing import Forged

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(\+00)?")
_AT_ONCE = 5000


def verify(chain: str | None = None, heads: Path | None = None) -> list[Finding]:
    """What was tampered with; an empty list where nothing was.

    Parameters
    ----------
    chain
        The one to verify; None: all, and whether one vanished whole.
    heads
        A folder of signed heads that somebody kept elsewhere, which are compared too.
    """
    verification = _Verification([Path(settings.AUDIT_HEADS), *([heads] if heads else [])])
    with _whatever_is_stored():
        for one in _all_chains(verification.folders) if chain is None else [chain]:
            verification.chain(one)
    return verification.found


class _Verification:
    """One run over some chains, and what it has found so far."""

    def __init__(self, folders: list[Path]) -> None:
        # The site's own first.
        self.folders = folders
        self.mark = marker()
        self.found: list[Finding] = []

    def chain(self, chain: str) -> None:
        """Verify one chain."""
        if not _is_name(chain):
            self._find(str(chain), "no chain of this site has such a name.")
            return
        # The files first, then the head, then the rows, then the head again: whatever is added meanwhile, each is at
        # most as far on as the next. And a chain that was begun before is there afterwards.
        was_begun = _is_begun(chain)
        claims = [claim for folder in self.folders for claim in self._signed_head(chain, folder)]
        check = ChainCheck(chain, [*claims, *self._head(chain)], self.mark)
        self.found += check.findings(_rows(chain))
        head = next(self._head(chain), None)
        self._whole(check, head.sequence if head else None, was_begun)

    def _signed_head(self, chain: str, folder: Path) -> Iterator[Claim]:
        path = folder / f"{chain}.json"
        if not path.exists():
            return
        try:
            head = read_head(path)
        except Forged:
            self._find(chain, f"its signed head, {path}, was not signed by this site for this chain.")
        else:
            yield Claim(f"the signed head in {folder.name}", head.sequence, head.mark)

    def _head(self, chain: str) -> Iterator[Claim]:
        for head in ChainHead.objects.filter(chain=chain):
            if isinstance(head.sequence, int):
                yield Claim("its head in the database", head.sequence, head.mark)
            else:
                self._find(chain, "its head in the database has no number.")

    def _whole(self, check: ChainCheck, head: int | None, was_begun: bool) -> None:
        chain, last = check.chain, check.last.sequence
        if not last and head is None:
            if was_begun:
                self._find(chain, "it was begun, and nothing of it is in the database.")
            return
        if head is None:
            self._find(chain, "it has entries, but no head in the database.")
        elif last > head:
            self._find(chain, f"its head in the database knows no more than {head} entries.", last)
        if chain != SITE and not was_begun and not _is_begun(chain):
            self._find(SITE, f"it does not say that chain {chain} was begun.")
        if not (self.folders[0] / f"{chain}.json").exists():
            self._find(chain, f"its signed head, {chain}.json, is not in {self.folders[0]}.")

    def _find(self, chain: str, words: str, sequence: int | None = None) -> None:
        self.found.append(Finding(chain, sequence, words))


def _all_chains(folders: list[Path]) -> list[str]:
    entries = Entry.objects.order_by().values_list("chain", flat=True).distinct()
    heads = ChainHead.objects.values_list("chain", flat=True)
    begun = Entry.objects.filter(chain=SITE, event=CHAIN_BEGUN.slug).values_list("on_id", flat=True)
    files = {path.stem for folder in folders for path in folder.glob("*.json")}
    return sorted({*entries, *heads, *begun, *files}, key=str)


def _is_begun(chain: str) -> bool:
    """Whether the site's chain says that one was begun; nothing says it of the site's own."""
    return Entry.objects.filter(chain=SITE, event=CHAIN_BEGUN.slug, on_id=chain).exists()


def _is_name(chain: str) -> bool:
    try:
        return chain == SITE or str(UUID(chain)) == chain
    except (ValueError, AttributeError, TypeError):
        return False


@contextmanager
def _whatever_is_stored() -> Iterator[None]:
    """Read texts that are no texts too: SQLite stores any bytes, and they are to be found, not to end the run."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield
        return
    connection.connection.text_factory = lambda stored: stored.decode(errors="replace")
    try:
        yield
    finally:
        connection.connection.text_factory = str


def _rows(chain: str) -> Iterator[dict[str, Any]]:
    """The entries as the database has them: it may hold what Django could not read, and that is to be found too."""
    raw = Entry.objects.annotate(raw_id=Cast("id", TextField()), raw_at=Cast("at", TextField()))
    names = ["raw_id", "raw_at", *(name for name in COLUMNS if name not in ("id", "at")), "mark"]
    for row in raw.filter(chain=chain).order_by("sequence").values(*names).iterator(_AT_ONCE):
        row["id"], row["at"] = _identifier(row["raw_id"]), _moment(row["raw_at"])
        yield row


def _identifier(text: Any) -> Any:
    try:
        return str(UUID(text))
    except (ValueError, AttributeError, TypeError):
        return text


def _moment(text: Any) -> Any:
    try:
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except (ValueError, TypeError):
        moment = None
    return moment.replace(tzinfo=UTC) if moment else text
