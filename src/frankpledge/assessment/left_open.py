"""What a document leaves open: texts that it asks for, numbers that somebody typed, and what a block could not tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from frankpledge.prose.reading import Settled
from frankpledge.prose.typed_numbers import TypedNumber


@dataclass
class Texts:
    """The partnership's own texts in one document.

    Attributes
    ----------
    wanted
        Files that are not written yet.
    typed, settled
        Numbers that were typed into those that are: to be looked at, and settled by whoever wrote them.
    """

    wanted: list[Path] = field(default_factory=list)
    typed: list[TypedNumber] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)


@dataclass(frozen=True)
class Untold:
    """What a block could not tell.

    Attributes
    ----------
    why
        In a sentence.
    what, of
        Which block it is, by its key in the catalogue of words, and the title of the indicator it could not be told of:
        where several could not, they are named together. Empty where it is of no indicator.
    takes
        What it takes, in a sentence; empty where that is said already.
    """

    why: str
    what: str = ""
    of: str = ""
    takes: str = ""


@dataclass(frozen=True)
class Written:
    """A block, or the partnership's own text, that had something to say: its name, and the heading it stands under."""

    name: str
    heading: str
