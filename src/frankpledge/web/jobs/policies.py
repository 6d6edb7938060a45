"""How a job may move from state to state, when it is tried again, and what may be said in its arguments. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from frankpledge.errors import UserError


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


# From → to. A running job goes back to waiting when its attempt failed or its worker stopped or was lost.
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.WAITING, State.DONE, State.FAILED, State.CANCELLED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset({State.WAITING}),
    State.CANCELLED: frozenset({State.WAITING}),
}
# States that nothing but somebody's wish leads out of.
ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})

# The wait before the second attempt, which doubles with each one that follows, and the longest.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Slugs, GSS codes, periods, identifiers, times.
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,63}")


class JobError(UserError):
    """Something that cannot be done with a job as it stands."""


class NotPlain(ValueError):
    """An argument that may hold something personal. It is not repeated here, for errors are logged."""


def can_move(state: State, to: State) -> bool:
    """Whether a job may go from one state to another."""
    return to in TRANSITIONS[state]


def check_can_cancel(state: State) -> None:
    """Only what has not ended can be cancelled."""
    if not can_move(state, State.CANCELLED):
        raise JobError(gettext("This work has ended already, so it cannot be cancelled."))


def check_can_try_again(state: State) -> None:
    """Only what failed or was cancelled can be tried again."""
    if not can_move(state, State.WAITING) or state == State.RUNNING:
        raise JobError(gettext("This work has neither failed nor been cancelled, so it cannot be tried again."))


def after_attempt(attempts: int, allowed: int, cancel_asked: bool) -> State:
    """Where a job goes whose attempt came to nothing."""
    if cancel_asked:
        return State.CANCELLED
    return State.WAITING if attempts < allowed else State.FAILED


def wait_before(attempt: int, first: timedelta = FIRST_WAIT) -> timedelta:
    """How long to wait before trying again: longer each time, and never the same for two that failed together."""
    longest = min(first * 2 ** min(attempt - 1, 30), LONGEST_WAIT)
    return longest * SystemRandom().uniform(0.5, 1.0)


def check_slug(text: str) -> str:
    """A slug, as it is.

    Raises
    ------
    NotPlain
        When it is none.
    """
    if not _SLUG.fullmatch(text) or len(text) > 64:
        raise NotPlain("A slug is made of lower-case letters, figures and single hyphens, 64 at most.")
    return text


def plain_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as they are stored: plain identifiers only, so that nothing personal can lie in a queue.

    Raises
    ------
    NotPlain
        When one is anything but an identifier, a slug, a period, a number, yes or no, a date, or a list of these.
    """
    return {_plain_name(name): _plain(name, value) for name, value in arguments.items()}


def plain_text(name: str, text: str) -> str:
    """A text that is a plain identifier, as it is.

    Raises
    ------
    NotPlain
        When it is none.
    """
    if not _PLAIN_TEXT.fullmatch(text):
        raise NotPlain(f"“{name}” is not a plain identifier: no spaces, no @, 64 characters at most.")
    return text


def _plain_name(name: str) -> str:
    if not name.isidentifier() or not _PLAIN_TEXT.fullmatch(name):
        raise NotPlain("The name of an argument is not a plain word.")
    return name


def _plain(name: str, value: Any) -> Any:
    match value:
        case bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case UUID() | date():
            return plain_text(name, value.isoformat() if isinstance(value, date) else str(value))
        case str():
            return plain_text(name, value)
        case list() | tuple():
            return [_plain(name, one) for one in value]
        case _:
            raise NotPlain(f"“{name}” is not a plain identifier, a number, a date, or a list of these.")
