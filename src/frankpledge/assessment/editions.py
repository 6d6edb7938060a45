"""Editions that are kept, read back and set beside each other: which figures are new, gone, or another number now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frankpledge.disclosure import Audience
from frankpledge.errors import NotHeldError, WorkspaceError
from frankpledge.model.figure import Figure

EVIDENCE = "figures.json"


@dataclass(frozen=True)
class KeptFigure:
    """A figure as an edition has it.

    Attributes
    ----------
    text
        The number as printed, or the symbol in its place.
    value
        Unrounded; None when missing or withheld.
    releases
        Dataset and release of everything behind it: ``mps-borough 2021-07``.
    """

    identifier: str
    indicator: str
    area_name: str
    period: str
    against: str
    measure: str
    text: str
    value: float | None
    releases: tuple[str, ...]


@dataclass(frozen=True)
class KeptEdition:
    """An edition with its figures.

    Attributes
    ----------
    name
        Of its folder.
    definition, audience
        What kind of document it is, and for whom; empty in editions from before these were kept.
    question
        Hash of all that was asked and of what: two editions of one question differ in nothing but in what they are
        set beside.
    figures
        Identifier → figure.
    """

    name: str
    document: str
    title: str
    definition: str
    audience: str
    prepared: str
    edition: str
    question: str
    figures: Mapping[str, KeptFigure]


@dataclass(frozen=True)
class Revision:
    """A figure that has another value than it had."""

    earlier: KeptFigure
    later: KeptFigure

    @property
    def size(self) -> float:
        """How far it moved, as a share of what it was; boundless where one of them is no number, or it was nought."""
        if self.earlier.value is None or self.later.value is None or not self.earlier.value:
            return float("inf")
        return abs(self.later.value / self.earlier.value - 1)


@dataclass(frozen=True)
class EditionChanges:
    """What differs between two editions, in the order of the later one."""

    new: tuple[KeptFigure, ...]
    gone: tuple[KeptFigure, ...]
    revised: tuple[Revision, ...]


def compare_editions(earlier: Mapping[str, KeptFigure], later: Mapping[str, KeptFigure]) -> EditionChanges:
    """Set the figures of two editions beside each other, identifier by identifier.

    A figure is revised when it is printed otherwise: a difference in the tenth decimal is none to any reader, and that
    a number is now withheld is one.
    """
    both = [(earlier[identifier], one) for identifier, one in later.items() if identifier in earlier]
    return EditionChanges(
        new=tuple(one for identifier, one in later.items() if identifier not in earlier),
        gone=tuple(one for identifier, one in earlier.items() if identifier not in later),
        revised=tuple(Revision(old, new) for old, new in both if old.text != new.text),
    )


def kept(figures: Iterable[Figure]) -> dict[str, KeptFigure]:
    """The figures of a document as its edition will keep them."""
    return {one.identifier: _of_figure(one) for one in figures}


def _of_figure(figure: Figure) -> KeptFigure:
    names = dict.fromkeys(one.area_name for one in figure.behind if one.area_code == figure.area_code)
    series = [one for estimate in figure.behind for one in (estimate.series, estimate.population) if one]
    return KeptFigure(
        identifier=figure.identifier,
        indicator=figure.indicator,
        area_name=next(iter(names), figure.area_code),
        period=figure.period,
        against=figure.against,
        measure=figure.measure.value,
        text=figure.signed.text,
        value=figure.value,
        releases=tuple(dict.fromkeys(f"{one.dataset} {one.release.partition(', ')[0]}" for one in series)),
    )


def read_editions(folder: Path, make_up: str = "") -> list[KeptEdition]:
    """Every edition kept in a folder, the earliest first.

    Parameters
    ----------
    make_up
        Slug of a document's definition: only editions of it are read, which their folders' names begin with.

    Raises
    ------
    WorkspaceError
        If one cannot be read.
    """
    paths = sorted(folder.glob(f"{make_up}*/{EVIDENCE}"), key=lambda path: path.stat().st_mtime_ns)
    return sorted((_read(path) for path in paths), key=lambda one: one.prepared)


def _read(path: Path) -> KeptEdition:
    try:
        evidence = json.loads(path.read_text(encoding="utf-8"))
        figures = [_of_record(one, evidence["estimates"]) for one in evidence["figures"]]
        return KeptEdition(
            name=path.parent.name,
            document=evidence["document"],
            title=evidence["title"],
            definition=evidence.get("definition", ""),
            audience=evidence.get("audience", ""),
            prepared=evidence["prepared"],
            edition=evidence["edition"],
            question=evidence.get("question", ""),
            figures={one.identifier: one for one in figures},
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise WorkspaceError(
            f"editions/{path.parent.name}/{path.name}, which keeps what is behind its figures, cannot be read.",
            "Put it back from a backup, or move the folder out of editions/.",
        ) from problem


def _of_record(record: dict[str, Any], estimates: dict[str, dict[str, Any]]) -> KeptFigure:
    behind = [estimates[key] for key in record["behind"]]
    names = dict.fromkeys(one["area_name"] for one in behind if one["area_code"] == record["area_code"])
    read = [(one[f"{of}dataset"], one[f"{of}release"]) for one in behind for of in ("", "population_")]
    return KeptFigure(
        identifier=record["identifier"],
        indicator=record["indicator"],
        area_name=next(iter(names), record["area_code"]),
        period=record["period"],
        against=record["against"],
        measure=record["measure"],
        text=record["text"],
        value=record["value"],
        releases=tuple(dict.fromkeys(f"{dataset} {release}" for dataset, release in read if dataset)),
    )


def last_edition(
    folder: Path, *, make_up: str, definition: str, audience: Audience, prepared: str, question: str
) -> KeptEdition | None:
    """The newest earlier edition of a kind of document for the same audience; None where this is the first.

    One of the very same question is no earlier one: it is this document, made before.
    """
    earlier = [
        one
        for one in read_editions(folder, make_up)
        if (one.definition, one.audience) == (definition, audience)
        and one.prepared <= prepared
        and one.question != question
    ]
    return earlier[-1] if earlier else None


def find_edition(editions: Iterable[KeptEdition], wanted: str) -> KeptEdition:
    """An edition by its letters and digits, or any beginning of them, or by the name of its folder.

    Raises
    ------
    NotHeldError
        When there is none, or there are several.
    """
    known = list(editions)
    found = [one for one in known if one.name == wanted or one.edition.startswith(wanted)]
    if len(found) != 1:
        what = f"{len(found)} editions begin with" if found else "There is no edition"
        raise NotHeldError(f"{what} “{wanted}”.", f"Kept are: {', '.join(one.edition for one in known) or 'none'}.")
    return found[0]
