"""A published document as it was read: its passages and tables, in order, each with its place.

Every format is read into this, so that a sentence is tested in the same way wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Place:
    """Where something stands.

    Attributes
    ----------
    paragraph
        Number of the block in the document, from 1; tables count as one.
    page
        Of a PDF, from 1; None where the format knows no pages.
    line
        Of a text file, from 1; None where the format knows no lines.
    heading
        The heading it stands under, as printed; empty before the first.
    row, column
        Of a cell, from 1, headings included; None outside tables.
    """

    paragraph: int
    page: int | None = None
    line: int | None = None
    heading: str = ""
    row: int | None = None
    column: int | None = None

    def words(self) -> str:
        """The place as a person is told it: “page 4, paragraph 12, under “Burglary””."""
        at = [f"page {self.page}"] if self.page is not None else []
        at += [f"line {self.line}"] if self.line is not None else [f"paragraph {self.paragraph}"]
        at += [f"row {self.row}, column {self.column}"] if self.row is not None else []
        at += [f"under “{self.heading}”"] if self.heading else []
        return ", ".join(at)


class PassageKind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    BOX = "box"
    CAPTION = "caption"


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, list item, foot- or endnote, text box or caption.

    Attributes
    ----------
    text
        As a reader sees it: one space where there are several, no marks of the format.
    level
        Of a heading, from 1; nought of all else.
    """

    text: str
    kind: PassageKind
    place: Place
    level: int = 0


@dataclass(frozen=True)
class PublishedTable:
    """A table, each row as many cells as the widest; what spans several is repeated in each.

    Attributes
    ----------
    caption
        What is printed directly above it, where that is a caption; else empty.
    rows
        Texts of its cells, row by row.
    place
        Of its first cell, without row and column.
    lines
        Of a text file, the line of each row's first cell; empty elsewhere.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    place: Place
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class PublishedDocument:
    """A document.

    Attributes
    ----------
    name
        Of its file.
    blocks
        Passages and tables, in reading order.
    dated
        The day it says of itself that it was made or last saved, where it does.
    unread
        What could not be read of it, in words: scanned pages, pictures of tables.
    """

    name: str
    blocks: tuple[Passage | PublishedTable, ...]
    dated: date | None = None
    unread: tuple[str, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """What is not in tables."""
        return (block for block in self.blocks if isinstance(block, Passage))

    def tables(self) -> Iterator[PublishedTable]:
        """The tables."""
        return (block for block in self.blocks if isinstance(block, PublishedTable))
