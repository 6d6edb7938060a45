"""A Word file: its passages and tables in the order they are read.

Headers, footers and comments are not part of the text; lists of contents repeat it. A paragraph is numbered when
there is something to read in it, a table as one; then come the notes that it refers to and the text boxes that hang
on it, each paragraph of those with a number of its own. The numbers are the same for the same file whenever it is
read, and `numbered_paragraphs` finds the paragraphs again, in a file that is open to be commented on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.gathering import Gathering
from frankpledge.claims.reading.packages import child, local
from frankpledge.claims.reading.word_parts import WordParts, parts_in, parts_of
from frankpledge.claims.reading.word_tables import blocks_in, grid_of
from frankpledge.claims.reading.word_text import WordParagraph, is_struck_out, read_paragraph
from frankpledge.claims.reading.wording import as_read, is_caption, is_label, may_head, without_mark

# Below Word's nine levels.
_BOLD_LEVEL = 10


def read_word(path: Path) -> PublishedDocument:
    """Read a Word file; its macros, if it has any, are not run.

    Raises
    ------
    SourceError
        When it is damaged, declares entities, or holds more than any document.
    """
    parts = parts_of(path)
    reading = _Reading(path, parts)
    reading.read(parts.body)
    if parts.macros:
        reading.gathered.leave("It carries macros: none of them is run.")
    reading.gathered.leave_pictures(reading.pictures)
    return reading.gathered.document(parts.dated)


def numbered_paragraphs(document: Document, name: str) -> Iterator[tuple[int, Any]]:
    """The number and the ``w:p`` of each block of a file that is open, as `read_word` numbers them.

    A table's is the first paragraph in it, a note's the paragraph that refers to it.

    Parameters
    ----------
    name
        Of the file, for messages.

    Raises
    ------
    SourceError
        When it holds more than any document.
    """
    yield from _read_again(document, name).numbered


def paragraphs_of_cells(document: Document, name: str) -> dict[tuple[int, int, int], Any]:
    """The ``w:p`` at each place of each table of a file that is open, by the table's number, row and column.

    Raises
    ------
    SourceError
        When it holds more than any document.
    """
    return _read_again(document, name).cells


def _read_again(document: Document, name: str) -> _Reading:
    parts = parts_in(document)
    reading = _Reading(Path(name), parts, kept=True)
    reading.read(parts.body)
    return reading


class _Reading:
    """Goes through the blocks of a file, and where they are to be found again, keeps where each came from."""

    def __init__(self, path: Path, parts: WordParts, kept: bool = False) -> None:
        self.gathered = Gathering(path)
        self.numbered: list[tuple[int, Any]] = []
        self.cells: dict[tuple[int, int, int], Any] = {}
        self.pictures: Counter[str] = Counter()
        self._name, self._parts, self._kept = path.name, parts, kept
        self._run_on = ""

    def read(self, container: Any, boxed: bool = False) -> None:
        """Take the blocks of a container."""
        for block in blocks_in(container):
            name = local(block.tag)
            if name == "p":
                self._take(block, boxed)
            elif name == "tbl":
                self._take_table(block, boxed)
            else:
                self.pictures["embedded document"] += 1

    def _take(self, element: Any, boxed: bool) -> None:
        paragraph = read_paragraph(element)
        if self._parts.styles.is_of_contents(element):
            return
        paragraph.text, self._run_on = self._run_on + paragraph.text, ""
        if is_struck_out(element):
            self._run_on = paragraph.text
        else:
            self._take_text(element, paragraph, boxed)
        self._take_what_hangs_on(element, paragraph)

    def _take_text(self, element: Any, paragraph: WordParagraph, boxed: bool) -> None:
        text, kind, level = self._looks(element, paragraph)
        if boxed:
            kind, level = PassageKind.BOX, 0
        if self.gathered.add(text, kind, level=level):
            self.numbered.append((self.gathered.number, element))

    def _looks(self, element: Any, paragraph: WordParagraph) -> tuple[str, PassageKind, int]:
        text, styles = paragraph.text.strip(), self._parts.styles
        seen = as_read(text)
        level = styles.level(element)
        if not level and paragraph.bold and (may_head(seen) or is_label(seen)):
            level = _BOLD_LEVEL
        if styles.is_caption(element) or is_caption(seen):
            return text, PassageKind.CAPTION, 0
        if level:
            return text, PassageKind.HEADING, level
        item = without_mark(text)
        if item is not None or styles.is_listed(element):
            return item or text, PassageKind.ITEM, 0
        return text, PassageKind.PARAGRAPH, 0

    def _take_what_hangs_on(self, element: Any, paragraph: WordParagraph) -> None:
        for reference in paragraph.notes:
            note = self._parts.notes.get(reference)
            found = (
                [read_paragraph(one) for one in blocks_in(note) if local(one.tag) == "p"] if note is not None else []
            )
            if self.gathered.add(" ".join(one.text for one in found), PassageKind.NOTE):
                self.numbered.append((self.gathered.number, element))
        self.pictures.update(paragraph.pictures)
        for box in paragraph.boxes:
            self.read(box, boxed=True)

    def _take_table(self, table: Any, boxed: bool) -> None:
        grid = grid_of(self._name, table)
        cells = list(dict.fromkeys(cell for row in grid for cell in row if cell is not None))
        if len(cells) == 1 or any(self._arranges(cell) for cell in cells):
            for cell in cells:
                self.read(cell, boxed or len(cells) == 1)
            return
        read = {cell: [(one, read_paragraph(one)) for one in _paragraphs(cell)] for cell in cells}
        texts = {cell: " ".join(paragraph.text for _, paragraph in found) for cell, found in read.items()}
        if self.gathered.add_table([[texts.get(cell, "") for cell in row] for row in grid]) and self._kept:
            self._remember(grid)
        for cell, found in read.items():
            for element, paragraph in found:
                self._take_what_hangs_on(element, paragraph)
            for inner in blocks_in(cell):
                if local(inner.tag) == "tbl":
                    self._take_table(inner, boxed)

    def _arranges(self, cell: Any) -> bool:
        """Whether a cell has a heading with text below it: its table only arranges the page."""
        written = [one for one in _paragraphs(cell) if child(one, "r") is not None]
        return len(written) > 1 and any(self._parts.styles.level(one) for one in written[:-1])

    def _remember(self, grid: list[list[Any | None]]) -> None:
        number = self.gathered.number
        first = {
            (number, row, column): next(_paragraphs(cell), None)
            for row, cells in enumerate(grid, 1)
            for column, cell in enumerate(cells, 1)
            if cell is not None
        }
        found = {place: paragraph for place, paragraph in first.items() if paragraph is not None}
        self.cells.update(found)
        self.numbered += [(number, paragraph) for paragraph in list(found.values())[:1]]


def _paragraphs(cell: Any) -> Iterator[Any]:
    return (one for one in blocks_in(cell) if local(one.tag) == "p")
