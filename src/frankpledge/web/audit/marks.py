"""The mark of an entry: a keyed hash over the mark before it and over every column of its own.

Who has the database but not the key folder can make no mark, and so can change nothing without it being found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from frankpledge.web.keys.fields import keyring

# The chain of what belongs to no partnership. Any other is named by its partnership's identifier.
SITE = "site"
COLUMNS = ("id", "chain", "sequence", "at", "event", "by", "seat", "on_kind", "on_id", "details", "address")

Marker = Callable[[str, Mapping[str, Any]], str]


def chain_of(partnership: UUID | None) -> str:
    """The chain of a partnership; of the site where there is none."""
    return SITE if partnership is None else str(partnership)


def marker() -> Marker:
    """Gives the mark of an entry from the mark before it and its columns; the key is read once."""
    mark = keyring().marker()
    return lambda before, columns: mark(f"{before}\n{canonical(columns)}".encode()).hex()


def canonical(columns: Mapping[str, Any]) -> str:
    """The columns of an entry as one text, the same whichever database they lie in."""
    return json.dumps({name: _plain(columns[name]) for name in COLUMNS}, separators=(",", ":"), sort_keys=True)


def _plain(value: Any) -> Any:
    """What a column says. A database that was tampered with may hold anything: that is written down as what it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)
