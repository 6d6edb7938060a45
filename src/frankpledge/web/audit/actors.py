"""Who does something, and what it is done to, as an entry names them: by identifiers alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import models


class Agent(StrEnum):
    """Who does something when it is no person that has signed in."""

    COMMAND = "command"  # the host's operator, at the command line
    WORKER = "worker"  # the site itself, behind the pages
    NOBODY = "nobody"  # somebody who has not signed in


# A person's identifier, or an agent.
Actor = UUID | Agent


@dataclass(frozen=True)
class Subject:
    """What an entry is about: a kind, such as ``partners.seat``, and which one."""

    kind: str = ""
    id: str = ""


NOTHING = Subject()


def subject_of(thing: models.Model | Subject | None) -> Subject:
    """How an entry names a record."""
    if thing is None:
        return NOTHING
    if isinstance(thing, Subject):
        return thing
    assert thing.pk is not None, "an entry is about a record that has a key"
    return Subject(thing._meta.label_lower, str(thing.pk))
