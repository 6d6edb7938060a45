"""What has been read of a document so far, in order, and no more than a document may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from frankpledge.claims.published import Passage, PassageKind, Place, PublishedDocument, PublishedTable
from frankpledge.claims.reading.wording import as_read
from frankpledge.errors import SourceError

# A strategy of 200 pages has some 600,000 characters, 4,000 passages and 10,000 cells.
MOST_CHARACTERS = 20_000_000
MOST_PASSAGES = 400_000
MOST_CELLS = 2_000_000
# Word has 63 columns at most, web pages a thousand.
MOST_COLUMNS = 1_000
TO_DO = "Check that it is the document you mean; if it is, save the part that matters as a document of its own."


class Gathering:
    """Takes passages and tables in reading order, numbers them, and knows under which heading each stands.

    Parameters
    ----------
    path
        The file that is read, for its name.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._blocks: list[Passage | PublishedTable] = []
        self._headings: list[tuple[int, str]] = []
        self._unread: list[str] = []
        self._characters = self._cells = 0

    @property
    def number(self) -> int:
        """Of the block that was taken last; nought before the first."""
        return len(self._blocks)

    def add(
        self,
        text: str,
        kind: PassageKind = PassageKind.PARAGRAPH,
        *,
        level: int = 0,
        page: int | None = None,
        line: int | None = None,
    ) -> bool:
        """Take a passage; whether there was anything to read in it.

        Raises
        ------
        SourceError
            When the document holds more than any does.
        """
        text = as_read(text)
        if not any(letter.isalnum() for letter in text):
            return False
        self._count(len(text), 0)
        if kind is PassageKind.HEADING:
            self._headings = [one for one in self._headings if one[0] < level]
        place = self._place(page, line)
        if kind is PassageKind.HEADING:
            self._headings.append((level, text))
        self._blocks.append(Passage(text, kind, place, level))
        return True

    def add_table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        page: int | None = None,
        lines: Sequence[int] = (),
    ) -> bool:
        """Take a table, whose caption is the passage before it where that is one; whether anything is in it.

        Raises
        ------
        SourceError
            When the document holds more than any does.
        """
        width = max((len(row) for row in rows), default=0)
        self._count(0, width * len(rows))
        read = tuple((*(as_read(cell) for cell in row), *[""] * (width - len(row))) for row in rows)
        characters = sum(len(cell) for row in read for cell in row)
        if not characters:
            return False
        self._count(characters, 0)
        place = self._place(page, lines[0] if lines else None)
        self._blocks.append(PublishedTable(self._caption(), read, place, tuple(lines)))
        return True

    def leave(self, sentence: str) -> None:
        """Say what is not read."""
        self._unread.append(sentence)

    def leave_pictures(self, shown: Mapping[str, int]) -> None:
        """Say how many pictures, charts and the like there are, by what they are: what they show is not read."""
        for what, number in sorted(shown.items()):
            if number:
                self.leave(f"{number:,} {what if number == 1 else what + 's'}: what is shown there is not in the text.")

    def document(self, dated: date | None = None) -> PublishedDocument:
        """All that was taken.

        Raises
        ------
        SourceError
            When nothing was.
        """
        if not self._blocks:
            why = f" {' '.join(self._unread)}" if self._unread else ""
            raise SourceError(
                f"{self._name} has no text that can be read.{why}",
                "Open it: if it has text, save it as .docx, and check that.",
            )
        return PublishedDocument(self._name, tuple(self._blocks), dated, tuple(self._unread))

    def _place(self, page: int | None, line: int | None) -> Place:
        heading = self._headings[-1][1] if self._headings else ""
        return Place(self.number + 1, page=page, line=line, heading=heading)

    def _caption(self) -> str:
        before = self._blocks[-1] if self._blocks else None
        return before.text if isinstance(before, Passage) and before.kind is PassageKind.CAPTION else ""

    def _count(self, characters: int, cells: int) -> None:
        self._characters += characters
        self._cells += cells
        for number, most, what in (
            (self._characters, MOST_CHARACTERS, "characters of text"),
            (self._cells, MOST_CELLS, "cells in tables"),
            (len(self._blocks) + 1, MOST_PASSAGES, "paragraphs"),
        ):
            if number > most:
                raise too_much(self._name, f"more than {most:,} {what}")


def too_much(name: str, what: str) -> SourceError:
    """What to say of a document that holds more than any honest one."""
    return SourceError(f"{name} has {what}, which no published document has: it is not read.", TO_DO)
