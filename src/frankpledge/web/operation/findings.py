"""What is found when the site is looked over: each with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is."""

    OK = "OK"
    LOOK_AT = "look at"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    state: State
    what: str
    to_do: str = ""


def fine(what: str) -> Finding:
    """Something that is as it should be."""
    return Finding(State.OK, what)


def look_at(what: str, to_do: str) -> Finding:
    """Something that works, and may not for long, or not as it should."""
    return Finding(State.LOOK_AT, what, to_do)


def broken(what: str, to_do: str) -> Finding:
    """Something that does not work."""
    return Finding(State.BROKEN, what, to_do)
