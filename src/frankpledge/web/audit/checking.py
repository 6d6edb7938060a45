"""Looks for tampering in one chain, row by row. It knows no database: rows and claims are given to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frankpledge.web.audit.marks import SITE, Marker


@dataclass(frozen=True)
class Finding:
    """Something that is not as the site left it.

    Parameters
    ----------
    sequence
        The number of the entry it was found at; None where it is about the whole chain.
    words
        What it is, as a sentence.
    """

    chain: str
    sequence: int | None
    words: str

    def __str__(self) -> str:
        """Where, and what."""
        entry = "" if self.sequence is None else f", entry {self.sequence}"
        return f"{named(self.chain)}{entry}: {self.words}"


@dataclass(frozen=True)
class Claim:
    """Somebody else's word for how far a chain went: that entry has that mark.

    Parameters
    ----------
    source
        Whose word it is, as a sentence names it.
    """

    source: str
    sequence: int
    mark: str


@dataclass(frozen=True)
class Link:
    """How far the rows of a chain go: the number and the mark of the last that was read."""

    sequence: int = 0
    mark: Any = ""


def named(chain: str) -> str:
    """A chain as a sentence begins with it."""
    return "The site's chain" if chain == SITE else f"Chain {chain}"


@dataclass
class ChainCheck:
    """The check of one chain; after its findings were gone through, `last` is the last entry that was read."""

    chain: str
    claims: list[Claim]
    mark: Marker
    last: Link = Link()

    def findings(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
        """What is wrong, from the first entry to the last.

        Parameters
        ----------
        rows
            Every column of each entry by name, by number.
        """
        claimed = defaultdict(list)
        for claim in self.claims:
            claimed[claim.sequence].append(claim)
        for row in rows:
            yield from self._row(row)
            for claim in claimed.get(row["sequence"], ()):
                if claim.mark != row["mark"]:
                    yield self._finding(claim.sequence, f"{claim.source} has another mark for it.")
        for claim in self.claims:
            if claim.sequence > self.last.sequence:
                words = f"nothing stands after it, but {claim.source} knows {claim.sequence} entries: the tail was cut."
                yield self._finding(self.last.sequence, words)

    def _row(self, row: Mapping[str, Any]) -> Iterator[Finding]:
        number, due = row["sequence"], self.last.sequence + 1
        if not isinstance(number, int) or number < 1:
            yield self._finding(None, f"an entry after number {self.last.sequence} has a number that is none.")
            return
        if number == self.last.sequence:
            yield self._finding(number, "it is there twice.")
        elif number < due:
            yield self._finding(number, f"it stands after number {self.last.sequence}.")
        elif number > due:
            gap = f"entry {due} is" if number == due + 1 else f"entries {due} to {number - 1} are"
            yield self._finding(number, f"{gap} missing before it.")
        elif self.mark(self.last.mark, row) != row["mark"]:
            yield self._finding(number, "it, or the mark before it, was changed or put in.")
        self.last = Link(number, row["mark"])

    def _finding(self, sequence: int | None, words: str) -> Finding:
        return Finding(self.chain, sequence, words)
