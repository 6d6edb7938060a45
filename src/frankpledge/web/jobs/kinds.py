"""What kinds of work there are. An app declares its own, and registers them when Django starts (`AppConfig.ready`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from frankpledge.web.jobs.policies import check_slug

Arguments = Mapping[str, Any]


class Report(Protocol):
    """How work tells how far it is. Call it often: it is where work that was cancelled is left off."""

    # The job's own identifier, the same each time it is tried.
    job: UUID

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Say that `done` parts of `total` are done, and which of the kind's steps it is at."""


@dataclass(frozen=True)
class Kind:
    """A kind of work, in two halves, so that it is never lost and never done twice.

    Parameters
    ----------
    slug
        What jobs of this kind are stored under: it may never change.
    title
        What people read on the job's page.
    work_out
        The long half: ``work_out(arguments, report) -> result``, outside any transaction. It may run again from the
        beginning after a worker was killed, even while another worker still runs it. So whatever it does outside the
        database (a file, an e-mail) has to be made under the job's identifier, ``report.job``, such that making it
        again comes to the same. It writes nothing in the database. It checks anew whether whoever asked may have it:
        days may lie between, and their membership may have ended.
    write_down
        The short half: ``write_down(arguments, result)`` makes the effect in the database, in the one transaction that
        also marks the job as done. When another worker has the job by then, it is not called. It does nothing
        outside the database.
    attempts
        How often it is tried before it has failed; a worker that died counts.
    steps
        The slugs that `report` may name, each with what people read.
    every
        Ask for one by itself in each such stretch of time. Such work takes no arguments.
    """

    slug: str
    title: str
    work_out: Callable[[Arguments, Report], Any]
    write_down: Callable[[Arguments, Any], None]
    attempts: int = 3
    steps: Mapping[str, str] = field(default_factory=dict)
    every: timedelta | None = None

    def __post_init__(self) -> None:
        """Refuse slugs that are none."""
        for slug in (self.slug, *self.steps):
            check_slug(slug)


# Slug → kind.
KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Let workers of this site do a kind of work."""
    assert kind.slug not in KINDS, f"there are two kinds of work called {kind.slug}"
    KINDS[kind.slug] = kind
    return kind
