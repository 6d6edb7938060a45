"""Duties as text: under what authority, who, what, by when, and which evidence answers it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, read_definition
from frankpledge.errors import DefinitionError
from frankpledge.sources.partners.due import data_set


class Kind(StrEnum):
    """When a duty is due."""

    KEPT = "kept"  # it has to be there
    YEARLY = "yearly"  # once in twelve months
    BY = "by"  # once, by a day
    QUARTERLY = "quarterly"  # for each information period of SI 2007/1831
    CASE = "case"  # each time that it arises


@dataclass(frozen=True)
class Due:
    """By when.

    Attributes
    ----------
    kind
        See `Kind`.
    day
        Of ``by``, the last day; of ``yearly``, the day by which it is first due, where there is one.
    source_seen
        Whether the time limit was seen in a source.
    """

    kind: Kind
    day: datetime.date | None = None
    source_seen: bool = True


@dataclass(frozen=True)
class Duty:
    """Something that the law asks.

    Attributes
    ----------
    slug
        By which the register names it.
    instrument
        Slug of the law it stands in.
    authority
        Regulation, section and paragraph.
    who, what
        In words.
    due
        By when.
    begins
        From when it is in force.
    areas
        How the codes of the authorities begin that it binds: ``E`` for England; empty for all.
    verified
        Whether its wording was read at the source that the law's entry names; background knowledge where not.
    document
        Slug of the document an edition of which answers it; empty for none.
    within
        Slug of the document that has to hold it; empty for none.
    blocks, prose
        Of a duty within a document: names of blocks, and keys of the partnership's own text, any of which answers it.
    plan
        The part of a plan that answers it; empty for none.
    sets
        Data sets of SI 2007/1831 that have to arrive.
    """

    slug: str
    instrument: str
    authority: str
    who: str
    what: str
    due: Due
    begins: datetime.date
    areas: tuple[str, ...]
    verified: bool
    document: str
    within: str
    blocks: tuple[str, ...]
    prose: tuple[str, ...]
    plan: str
    sets: tuple[str, ...]

    def binds(self, areas: Iterable[str]) -> bool:
        """Whether it binds a partnership of these authorities."""
        return not self.areas or any(code.startswith(self.areas) for code in areas)


@dataclass(frozen=True)
class Instrument:
    """A law and its duties.

    Attributes
    ----------
    slug, title, citation
        As it is named.
    applies
        Where, in words.
    amended_by
        What changed it.
    read_in
        Where the duties that are marked as verified were read.
    hash
        Of its text here.
    """

    slug: str
    title: str
    citation: str
    applies: str
    amended_by: tuple[str, ...]
    read_in: str
    duties: tuple[Duty, ...]
    hash: str


def read_instruments(overlay: Path | None = None) -> dict[str, Instrument]:
    """Slug → law, the workspace's own laid over the packaged ones.

    Raises
    ------
    DefinitionError
        When two duties are called alike, or one cannot be used as written.
    """
    found = {slug: _instrument(path) for slug, path in definition_files("duties", overlay).items()}
    slugs = [duty.slug for one in found.values() for duty in one.duties]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise DefinitionError(f"The duty “{slug}” stands twice in definitions/duties.", "Give one another name.")
    return found


def read_duties(overlay: Path | None = None, areas: Iterable[str] | None = None) -> tuple[Duty, ...]:
    """Every duty, law by law; only those that bind a partnership of some authorities, where they are given."""
    asked = None if areas is None else tuple(areas)
    every = (duty for one in read_instruments(overlay).values() for duty in one.duties)
    return tuple(one for one in every if asked is None or one.binds(asked))


def _instrument(path: Path) -> Instrument:
    entry = read_definition(path)
    entry.only("schema", "title", "citation", "applies", "areas", "amended_by", "read_in", "duties")
    areas = entry.texts("areas", [])
    return Instrument(
        slug=path.stem,
        title=entry.text("title"),
        citation=entry.text("citation"),
        applies=entry.text("applies"),
        amended_by=entry.texts("amended_by", []),
        read_in=entry.text("read_in"),
        duties=tuple(_duty(one, path.stem, areas) for one in entry.entries("duties")),
        hash=hash_of(path),
    )


def _duty(entry: Entry, instrument: str, areas: tuple[str, ...]) -> Duty:
    entry.only(
        "duty", "authority", "who", "areas", "what", "due", "begins", "verified", "document", "within", "blocks",
        "prose", "plan", "sets",
    )  # fmt: skip
    due = _due(entry.entry("due"))
    sets = entry.texts("sets", [])
    for one in sets:
        data_set(one)
    if bool(sets) != (due.kind is Kind.QUARTERLY):
        raise entry.problem(
            "what is due each quarter are data sets of SI 2007/1831, and nothing else is.",
            "Name “sets” with kind: quarterly, and with no other.",
            "due",
        )
    return Duty(
        slug=entry.text("duty"),
        instrument=instrument,
        authority=entry.text("authority"),
        who=entry.text("who"),
        what=entry.text("what"),
        due=due,
        begins=entry.day("begins"),
        areas=entry.texts("areas", list(areas)),
        verified=entry.flag("verified"),
        document=entry.text("document", ""),
        within=entry.text("within", ""),
        blocks=entry.texts("blocks", []),
        prose=entry.texts("prose", []),
        plan=entry.text("plan", ""),
        sets=sets,
    )


def _due(entry: Entry) -> Due:
    entry.only("kind", "day", "source_seen")
    kind = Kind(entry.choice("kind", tuple(Kind)))
    if kind is Kind.BY and "day" not in entry.values:
        raise entry.problem("a duty due by a day names none.", "Add day: 2024-01-31.", "kind")
    return Due(kind, entry.day("day", None), entry.flag("source_seen", True))
