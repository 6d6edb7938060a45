"""The pages of a PDF: words with their places, lines that are drawn, and how much of the page is pictures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frankpledge.claims.reading import pdf_words
from frankpledge.claims.reading.forms import has_password
from frankpledge.claims.reading.gathering import too_much
from frankpledge.errors import SourceError

# A report of 200 pages takes a second or two.
MOST_SECONDS = 120
_DAY = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, with its box measured from the page's upper left corner, and the size it is set in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool

    @property
    def height(self) -> float:
        """From the lowest of its letters to the highest; in some fonts more than in others of that size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, upright or level."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page, turned so that most of its text is upright.

    Attributes
    ----------
    pictures
        What share of the page each picture takes.
    turned
        How many words or letters stand otherwise than most.
    unknown
        How many letters the file does not say the meaning of.
    drawn
        Whether anything at all is on it.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    pictures: list[float]
    turned: int
    unknown: int
    drawn: bool


def pages_of(path: Path) -> tuple[list[Page], date | None]:
    """The pages of a file, and the day it says that it was saved or made.

    Raises
    ------
    SourceError
        When it is damaged, protected by a password, or takes more time or memory than any document.
    """
    lines = _lines(path)
    end = json.loads(lines[-1]) if lines else {}
    trouble = end.get("trouble")
    if trouble == "password":
        raise has_password(path)
    if trouble == "too much" or not ("dated" in end or trouble):
        # It ended before it could say how: the system took its memory or its time away.
        raise too_much(path.name, "more in it than can be read")
    if trouble:
        raise SourceError(
            f"{path.name} is damaged and cannot be read ({trouble}).",
            "Get it again from whoever sent it, or open it, print it to a new PDF, and check that.",
        )
    return list(_pages(lines[:-1])), _day(end["dated"])


def _lines(path: Path) -> list[bytes]:
    """What the program writes that reads the file, in a process that can be ended."""
    program = [sys.executable, "-I", pdf_words.__file__, str(path.resolve())]
    try:
        # Nothing of the file becomes part of the command but its path, and no shell reads that.
        done = subprocess.run(program, capture_output=True, timeout=MOST_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return []
    return done.stdout.splitlines()


def _pages(lines: list[bytes]) -> Iterator[Page]:
    for number, line in enumerate(lines, 1):
        read = json.loads(line)
        width, height = read["size"]
        yield Page(
            number=number,
            width=width,
            height=height,
            words=[Word(*word) for word in read["words"]],
            rules=[Rule(*rule) for rule in read["rules"]],
            pictures=read["pictures"],
            turned=read["turned"],
            unknown=read["unknown"],
            drawn=read["pieces"] > 0,
        )


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None
