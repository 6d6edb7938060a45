"""What a document leaves open: texts that it asks for, numbers that somebody typed, and what a block could not tell."""

from __future__ import annotations

from collections.abc import Iterable
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

    def want(self, path: Path) -> None:
        """Take note of a file that is not written; once, for a section that looks back is made twice."""
        if path not in self.wanted:
            self.wanted.append(path)

    def take(self, typed: Iterable[TypedNumber], settled: Iterable[Settled]) -> None:
        """Take note of numbers that were typed; each once."""
        self.typed += [one for one in typed if one not in self.typed]
        self.settled += [one for one in settled if one not in self.settled]


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
