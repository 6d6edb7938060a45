"""What somebody has looked into and settled: recorded beside the document, with why, and not raised again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from frankpledge.claims.objections import Objection
from frankpledge.definition import read_definition

_KEY_LENGTH = 10


@dataclass(frozen=True)
class Settled:
    """An objection that was settled.

    Attributes
    ----------
    key
        See `key_of`.
    why
        The reason, in a person's words.
    on
        The day, ISO 8601.
    """

    key: str
    why: str
    on: str


def key_of(objection: Objection) -> str:
    """What an objection is known by: its rule, its figures and its sentence, wherever that stands in a later draft."""
    told = "|".join((objection.rule, *objection.figures, " ".join(objection.quote.split()).lower()))
    return hashlib.sha256(told.encode()).hexdigest()[:_KEY_LENGTH]


def record_of(document: Path) -> Path:
    """Where what is settled of a document is kept: beside it."""
    return document.with_name(f"{document.name}.settled.yaml")


def read_settled(document: Path) -> tuple[Settled, ...]:
    """What is settled of a document; nothing where there is no record.

    Raises
    ------
    DefinitionError
        When the record cannot be read.
    """
    path = record_of(document)
    if not path.is_file():
        return ()
    held = read_definition(path)
    return tuple(Settled(one.text("key"), one.text("why"), one.text("on")) for one in held.entries("settled"))


def settle(document: Path, objections: Iterable[Objection], why: str, on: str) -> Path:
    """Add objections to the record of a document; say where it is."""
    kept = list(read_settled(document))
    known = {one.key for one in kept}
    keys = dict.fromkeys(key_of(one) for one in objections)
    kept += [Settled(key, why, on) for key in keys if key not in known]
    path = record_of(document)
    path.write_text(_written(kept), encoding="utf-8", newline="\n")
    return path


def _written(kept: Sequence[Settled]) -> str:
    entries = [{"key": one.key, "why": one.why, "on": one.on} for one in kept]
    return yaml.safe_dump({"schema": 1, "settled": entries}, allow_unicode=True, sort_keys=False)
