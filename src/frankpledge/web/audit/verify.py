"""Verifies the audit: that no entry was changed, put in, taken away or moved since the site wrote it.

Three accounts are compared: the entries and their marks, the chain's head in the database, and its signed head in a file.
The order they are read in lets the site go on writing meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import Error
from django.db.models import TextField
from django.db.models.functions import Cast

from frankpledge.web.audit.checking import ChainCheck, Claim, Finding
from frankpledge.web.audit.events import CHAIN_BEGUN
from frankpledge.web.audit.heads import read_head
from frankpledge.web.audit.marks import COLUMNS, SITE, Marker, marker
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
    mark, own = marker(), Path(settings.AUDIT_HEADS)
    if chain is not None:
        return list(_findings(chain, own, heads, mark))
    known = _chains_in_the_database()
    found = list(_findings(SITE, own, heads, mark)) if known | _chains_in(own) else []
    begun = set(Entry.objects.filter(chain=SITE, event=CHAIN_BEGUN.slug).values_list("on_id", flat=True))
    for other in sorted(known - begun - {SITE}):
        found.append(Finding(SITE, None, f"it does not say that chain {other} was begun."))
    for other in sorted((known | begun | _chains_in(own) | _chains_in(heads)) - {SITE}):
        found += _findings(other, own, heads, mark, is_begun=other in begun)
    return found


def _findings(chain: str, own: Path, kept: Path | None, mark: Marker, is_begun: bool = False) -> Iterator[Finding]:
    # The file first, then the head, then the rows, then the head again: whatever is added meanwhile, each is at most as
    # far on as the next.
    claims: list[Claim] = []
    exists = is_begun or chain in _chains_in_the_database(chain)
    yield from _read_file(own / f"{chain}.json", chain, claims, must_be_there=exists)
    if kept is not None:
        yield from _read_file(kept / f"{chain}.json", chain, claims, must_be_there=False)
    before = ChainHead.objects.filter(chain=chain).first()
    if before is not None:
        claims.append(Claim("the chain's head in the database", before.sequence, before.mark))
    check = ChainCheck(chain, claims, mark)
    try:
        yield from check.findings(_rows(chain))
    except (Error, UnicodeError) as error:
        yield Finding(chain, check.last.sequence + 1, f"the database cannot read it ({type(error).__name__}).")
    yield from _against_head(chain, check, is_begun)


def _read_file(path: Path, chain: str, claims: list[Claim], must_be_there: bool) -> Iterator[Finding]:
    if not path.exists():
        if must_be_there:
            yield Finding(chain, None, f"its signed head, {path.name}, is not in {path.parent}.")
        return
    try:
        head = read_head(path)
    except Forged:
        yield Finding(chain, None, f"its signed head, {path}, was not signed by this site for this chain.")
    else:
        claims.append(Claim(f"the signed head in {path.parent.name}", head.sequence, head.mark))


def _against_head(chain: str, check: ChainCheck, is_begun: bool) -> Iterator[Finding]:
    after = ChainHead.objects.filter(chain=chain).first()
    if after is None:
        if check.last.sequence:
            yield Finding(chain, None, "it has entries, but no head in the database.")
        elif is_begun:
            yield Finding(chain, None, "it was begun, and nothing of it is in the database.")
    elif check.last.sequence > after.sequence:
        words = f"its head in the database knows no more than {after.sequence} entries."
        yield Finding(chain, check.last.sequence, words)


def _chains_in_the_database(chain: str | None = None) -> set[str]:
    chosen = {} if chain is None else {"chain": chain}
    entries = Entry.objects.filter(**chosen).order_by().values_list("chain", flat=True).distinct()
    return {*entries, *ChainHead.objects.filter(**chosen).values_list("chain", flat=True)}


def _chains_in(folder: Path | None) -> set[str]:
    return {path.stem for path in folder.glob("*.json")} if folder else set()


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
