"""A LibreOffice text (ODT): its passages and tables in the order they are read.

What was struck out is kept elsewhere in the file than in its text; headers and footers are, too.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.forms import has_password
from frankpledge.claims.reading.gathering import MOST_CELLS, MOST_COLUMNS, Gathering, too_much
from frankpledge.claims.reading.grids import Cell, laid_out
from frankpledge.claims.reading.odt_text import OpenParagraph, OpenStyles, read_open_paragraph, styles_of
from frankpledge.claims.reading.packages import attribute, child, day_of, local, opened_package, xml_of
from frankpledge.claims.reading.wording import as_read, is_caption, is_label, may_head, without_mark
from frankpledge.errors import SourceError

_CONTENT, _ABOUT, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_LISTS = ("list", "list-item", "list-header", "numbered-paragraph")
_WRAPS = (*_LISTS, "section")
_ROWS = ("table-header-rows", "table-rows", "table-row-group")
_FLOATS = ("frame", "custom-shape", "rect", "ellipse", "g")
_LOWEST_LEVEL, _BOLD_LEVEL = 10, 11


def read_open_document(path: Path) -> PublishedDocument:
    """Read a LibreOffice text.

    Raises
    ------
    SourceError
        When it is damaged, protected by a password, declares entities, or holds more than any document.
    """
    with opened_package(path) as archive:
        if _is_sealed(path, archive):
            raise has_password(path)
        content = xml_of(path, archive, _CONTENT)
        dated = _day(xml_of(path, archive, _ABOUT)) if _ABOUT in archive.namelist() else None
    text = child(child(content, "body"), "text")
    if text is None:
        raise SourceError(f"{path.name} is damaged: it has no text.", "Save it as .odt once more, and check that.")
    reading = _Reading(path, styles_of(content))
    reading.read(text)
    reading.gathered.leave_pictures(reading.pictures)
    return reading.gathered.document(dated)


def _is_sealed(path: Path, archive: zipfile.ZipFile) -> bool:
    members = archive.namelist()
    if "encrypted-package" in members:
        return True
    manifest = xml_of(path, archive, _MANIFEST) if _MANIFEST in members else ()
    return any(child(entry, "encryption-data") is not None for entry in manifest)


def _day(about: Any) -> date | None:
    said = child(about, "meta")
    found = [child(said, name) for name in ("date", "creation-date")]
    return next((day for one in found if one is not None and (day := day_of(one.text))), None)


class _Reading:
    """Goes through the blocks of a file."""

    def __init__(self, path: Path, styles: OpenStyles) -> None:
        self.gathered = Gathering(path)
        self.pictures: Counter[str] = Counter()
        self._name, self._styles = path.name, styles

    def read(self, container: Any, boxed: bool = False, listed: bool = False) -> None:
        """Take the blocks of a container; of those that LibreOffice makes itself, such as lists of contents, none."""
        for block in container:
            name = local(block.tag)
            if name in ("p", "h", *_FLOATS):
                self._take(block, boxed, listed)
            elif name == "table":
                self._take_table(block, boxed)
            elif name in _WRAPS and attribute(block, "display") != "none":
                self.read(block, boxed, listed or name in _LISTS)

    def _take(self, element: Any, boxed: bool, listed: bool) -> None:
        paragraph = read_open_paragraph(element, self._styles)
        text, kind, level = self._looks(element, paragraph, listed)
        if boxed:
            kind, level = PassageKind.BOX, 0
        self.gathered.add(text, kind, level=level)
        self._take_what_hangs_on(paragraph)

    def _looks(self, element: Any, paragraph: OpenParagraph, listed: bool) -> tuple[str, PassageKind, int]:
        text = paragraph.text.strip()
        seen = as_read(text)
        level = self._level(element)
        if not level and paragraph.bold and (may_head(seen) or is_label(seen)):
            level = _BOLD_LEVEL
        if self._styles.is_caption(element) or is_caption(seen):
            return text, PassageKind.CAPTION, 0
        if level:
            return text, PassageKind.HEADING, level
        item = without_mark(text)
        if item is not None or listed:
            return item or text, PassageKind.ITEM, 0
        return text, PassageKind.PARAGRAPH, 0

    def _level(self, element: Any) -> int:
        if local(element.tag) != "h":
            return 1 if self._styles.is_title(element) else 0
        level = attribute(element, "outline-level")
        return min(int(level), _LOWEST_LEVEL) if level.isdecimal() and int(level) else 1

    def _take_what_hangs_on(self, paragraph: OpenParagraph) -> None:
        for note in paragraph.notes:
            found = [read_open_paragraph(one, self._styles).text for one in _paragraphs(child(note, "note-body"))]
            self.gathered.add(" ".join(found), PassageKind.NOTE)
        self.pictures.update(paragraph.pictures)
        for box in paragraph.boxes:
            self.read(box, boxed=True)

    def _take_table(self, table: Any, boxed: bool) -> None:
        rows = [row for row in _rows(table) for _ in range(self._times(row, "number-rows-repeated", MOST_CELLS))]
        cells = [cell for row in dict.fromkeys(rows) for cell in row if local(cell.tag) == "table-cell"]
        if len(cells) == 1 or any(_arranges(cell) for cell in cells):
            for cell in cells:
                self.read(cell, boxed or len(cells) == 1)
            return
        read = {cell: [read_open_paragraph(one, self._styles) for one in _paragraphs(cell)] for cell in cells}
        texts = {cell: " ".join(paragraph.text for paragraph in found) for cell, found in read.items()}
        self.gathered.add_table(laid_out(self._name, [list(self._cells(row, texts)) for row in rows]))
        for cell, found in read.items():
            for paragraph in found:
                self._take_what_hangs_on(paragraph)
            for inner in cell:
                if local(inner.tag) == "table":
                    self._take_table(inner, boxed)

    def _cells(self, row: Any, texts: dict[Any, str]) -> Iterator[Cell]:
        for cell in row:
            # What is covered by a cell that spans several is laid out from that.
            if cell in texts:
                across, down = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
                for _ in range(self._times(cell, "number-columns-repeated", MOST_COLUMNS)):
                    yield Cell(texts[cell], across, down)

    def _times(self, element: Any, name: str, most: int) -> int:
        times = _number(element, name)
        if times > most:
            raise too_much(self._name, f"a table that repeats something {times:,} times")
        return times


def _number(element: Any, name: str) -> int:
    found = attribute(element, name)
    # So many digits are no number of rows.
    return max(int(found), 1) if found.isdecimal() and len(found) < 15 else 1


def _rows(table: Any) -> Iterator[Any]:
    for one in table:
        if local(one.tag) == "table-row":
            yield one
        elif local(one.tag) in _ROWS:
            yield from _rows(one)


def _paragraphs(element: Any | None) -> Iterator[Any]:
    for one in element if element is not None else ():
        if local(one.tag) in ("p", "h"):
            yield one
        elif local(one.tag) in _WRAPS:
            yield from _paragraphs(one)


def _arranges(cell: Any) -> bool:
    """Whether a cell has a heading with text below it: its table only arranges the page."""
    written = [one for one in _paragraphs(cell) if one.text or len(one)]
    return len(written) > 1 and any(local(one.tag) == "h" for one in written[:-1])
