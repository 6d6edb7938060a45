"""What can be put down. Each app declares its own events, in its own ``events.py``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
_EVENTS: dict[str, Event] = {}


@dataclass(frozen=True)
class Event:
    """Something that is put down when it happens; declaring it makes its slug known.

    Parameters
    ----------
    slug
        Its name in the database, for ever.
    words
        What somebody did, as it follows their name: “invited a person”.
    is_sensitive_read
        Whether somebody only looked, at what may not be looked at without an account of it.
    """

    slug: str
    words: str
    is_sensitive_read: bool = False

    def __post_init__(self) -> None:
        """Make it known."""
        assert _SLUG.fullmatch(self.slug) and len(self.slug) <= LONGEST, f"“{self.slug}” is no slug"
        assert self.slug not in _EVENTS, f"there is an event “{self.slug}” already"
        _EVENTS[self.slug] = self


def event(slug: str) -> Event | None:
    """The event of a slug; None for one that no app declares any more."""
    return _EVENTS.get(slug)


def all_events() -> list[Event]:
    """Every event that was declared, by slug."""
    return [_EVENTS[slug] for slug in sorted(_EVENTS)]


CHAIN_BEGUN = Event("chain-begun", "made the first entry of a chain")
HEADS_BEGUN_ANEW = Event("heads-begun-anew", "put the signed heads aside and began them anew")
AUDIT_EXPORTED = Event("audit-exported", "exported entries of the audit", is_sensitive_read=True)
