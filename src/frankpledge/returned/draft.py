"""A Word file as it is read: its paragraphs with our marks and figures, its tables, its comments.

Tracked changes are read as if accepted: what is put in is there, what is struck out is gone. The file is from outside
and is trusted in nothing: it is looked at before it is unpacked, and declares no entities.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from frankpledge.errors import ProseError, SourceError
from frankpledge.report.word_furniture import ORIGIN_MARK, bookmark_name
from frankpledge.report.word_tables import mark_of
from frankpledge.sources.reading.archives import opened
from frankpledge.sources.reading.formats import damage_told

# A long document with fifty pictures comes to about 30 MB.
MOST_OF_A_DRAFT = 300_000_000
# The text of one of 200 pages with its tables comes to about 10 MB.
MOST_OF_A_TEXT = 60_000_000
_BODY, _COMMENTS, _ABOUT = "word/document.xml", "word/comments.xml", "docProps/core.xml"
_ASK_AGAIN = "Ask whoever sent it to save the draft as .docx once more, and to send that."
# In any of the encodings that XML may have.
_DECLARES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")
_FIGURE_MARK = bookmark_name(mark_of("F-"))
_EDITION = re.compile(r"Edition ([0-9a-f]{6,64})")


@dataclass(frozen=True)
class Part:
    """A run of text; of a figure, with its identifier as the document prints it."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class DraftParagraph:
    """A paragraph outside tables.

    Attributes
    ----------
    mark
        Name of the mark of our prose that it lies within; empty where none.
    style
        Word's identifier of its style: ``BodyText``, ``ListBullet``, ``Heading2``.
    comments
        Identifiers of the comments that are made on it.
    """

    mark: str
    style: str
    parts: tuple[Part, ...]
    comments: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class DraftComment:
    """A comment, with its author as the file gives it."""

    identifier: str
    author: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A Word file.

    Attributes
    ----------
    edition
        The edition it was made for; empty where it does not say.
    tables
        The cells of each table, row by row.
    """

    edition: str
    paragraphs: tuple[DraftParagraph, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    comments: tuple[DraftComment, ...]


def read_draft(path: Path) -> Draft:
    """Read a Word file.

    Raises
    ------
    ProseError
        When it is not a Word file, is damaged, would unpack to more than any honest one, or declares entities.
    """
    try:
        with opened(path, MOST_OF_A_DRAFT) as archive, damage_told(path):
            body, comments, about = (_xml(path, archive, name) for name in (_BODY, _COMMENTS, _ABOUT))
    except SourceError as error:
        raise ProseError(error.happened, _ASK_AGAIN) from error
    if body is None:
        raise ProseError(f"{path.name} is not a Word file.", _ASK_AGAIN)
    return Draft(
        edition=_edition(about),
        paragraphs=tuple(_paragraphs(body)),
        tables=tuple(_table(one) for one in body.iter(qn("w:tbl"))),
        comments=tuple(_comments(comments)) if comments is not None else (),
    )


def _xml(path: Path, archive: zipfile.ZipFile, name: str) -> BaseOxmlElement | None:
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > MOST_OF_A_TEXT:
        raise ProseError(f"{path.name} holds more text ({name}) than any draft of ours: it is not read.", _ASK_AGAIN)
    content = archive.read(name)
    if _DECLARES.search(content):
        raise ProseError(f"{path.name} declares entities, which no draft of ours does: it is not read.", _ASK_AGAIN)
    try:
        element = parse_xml(content)
    except (SyntaxError, ValueError) as error:
        raise ProseError(f"{path.name} is damaged: its text ({name}) cannot be read.", _ASK_AGAIN) from error
    assert isinstance(element, BaseOxmlElement), "Word's XML parses to Word's elements"
    return element


def _edition(about: BaseOxmlElement | None) -> str:
    found = _EDITION.search("\n".join(about.itertext())) if about is not None else None
    return found[1] if found else ""


def _paragraphs(body: BaseOxmlElement) -> Iterator[DraftParagraph]:
    """Paragraphs outside tables and text boxes, each with the mark it lies within."""
    open_marks: dict[str, str] = {}
    for paragraph in body.iter(qn("w:p")):
        if any(_is(one, "tbl", "txbxContent") for one in paragraph.iterancestors()):
            continue
        yield DraftParagraph(
            mark=_mark(paragraph, open_marks),
            style=_style(paragraph),
            parts=tuple(_joined(_parts(paragraph, ""))),
            comments=tuple(one.get(qn("w:id"), "") for one in paragraph.iter(qn("w:commentReference"))),
        )


def _mark(paragraph: BaseOxmlElement, open_marks: dict[str, str]) -> str:
    """The mark that begins in a paragraph, else one that is open from before and holds text of it.

    `open_marks`, by number, is brought up to the paragraph's end.
    """
    own, carried, wrote = "", dict(open_marks), False
    for element in paragraph.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        number, name = element.get(qn("w:id"), ""), element.get(qn("w:name"), "")
        if _is(element, "t"):
            wrote = True
        elif _is(element, "bookmarkEnd"):
            open_marks.pop(number, None)
            # An end at the very beginning of a paragraph is that of the one before.
            carried = carried if wrote else {key: one for key, one in carried.items() if key != number}
        elif name.startswith(ORIGIN_MARK):
            own, open_marks[number] = own or name, name
    return own or next(iter(carried.values()), "")


def _is(element: BaseOxmlElement, *names: str) -> bool:
    return element.tag in [qn(f"w:{name}") for name in names]


def _style(paragraph: BaseOxmlElement) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val"), ""))


# What is struck out or moved away, what only Word reads, and what is told apart from the text.
_PASSED_OVER = ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "drawing", "pict", "object")
_WRITTEN_AS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}


def _parts(element: BaseOxmlElement, figure: str) -> Iterator[Part]:
    for child in element:
        if _is(child, "t"):
            yield Part(_harmless(child.text or ""), figure)
        elif _is(child, *_WRITTEN_AS):
            yield Part(_WRITTEN_AS[child.tag.rpartition("}")[2]], figure)
        elif _is(child, "hyperlink"):
            anchor = str(child.get(qn("w:anchor"), ""))
            identifier = f"F-{anchor.removeprefix(_FIGURE_MARK)}" if anchor.startswith(_FIGURE_MARK) else ""
            yield from _parts(child, identifier or figure)
        elif not _is(child, *_PASSED_OVER):
            yield from _parts(child, figure)


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Parts of one figure, and parts of text, that follow each other become one."""
    held: Part | None = None
    for part in parts:
        if held is not None and part.figure == held.figure:
            held = Part(held.text + part.text, held.figure)
            continue
        if held is not None and held.text:
            yield held
        held = part
    if held is not None and held.text:
        yield held


def _harmless(text: str) -> str:
    """Without letters that would move the cursor of a terminal or turn its writing round."""
    return "".join(letter if letter.isprintable() or letter == "\u00a0" else " " for letter in text)


def _table(table: BaseOxmlElement) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            " ".join("".join(part.text for part in _parts(one, "")) for one in cell.iter(qn("w:p"))).strip()
            for cell in row.iter(qn("w:tc"))
        )
        for row in table.iter(qn("w:tr"))
    )


def _comments(comments: BaseOxmlElement) -> Iterator[DraftComment]:
    for one in comments.iter(qn("w:comment")):
        texts = ("".join(part.text for part in _parts(paragraph, "")) for paragraph in one.iter(qn("w:p")))
        author = _harmless(str(one.get(qn("w:author"), ""))).strip()
        yield DraftComment(str(one.get(qn("w:id"), "")), author, " ".join(texts).strip())
