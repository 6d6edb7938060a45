"""A web page: what a reader sees of it. Nothing is fetched and nothing is run.

Where the page says which part is its own (`main`), the rest is the site's and is left out. Tables that only arrange
the page are read as the text in them.
"""

from __future__ import annotations

import codecs
import re
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.gathering import Gathering, too_much
from frankpledge.claims.reading.grids import Cell, laid_out
from frankpledge.claims.reading.packages import MOST_TAGS, day_of
from frankpledge.claims.reading.wording import as_read, is_caption, is_label, may_head, raised, words
from frankpledge.errors import SourceError

# Pages with their pictures written into them come to about 20 MB.
MOST_OF_A_PAGE = 80_000_000
_ENCODING = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BEGINNING = 4096
_NOT_SHOWN = words(
    """audio button canvas datalist dialog head iframe input map math nav noscript object script select style svg
    template textarea title video"""
)
_SITE = words("navigation banner contentinfo search dialog menu")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASSES = words("visually-hidden govuk-visually-hidden sr-only screen-reader-text")
_BLOCKS = words(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"""
)
_SHOWN = {"img": "picture", "iframe": "embedded page"}
_BOLD = ("b", "strong")
_DIGITS = re.compile(r"\s*(\d{1,5})")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = {
    **dict.fromkeys(_HEADINGS, PassageKind.HEADING),
    "li": PassageKind.ITEM,
    "figcaption": PassageKind.CAPTION,
    "caption": PassageKind.CAPTION,
    "aside": PassageKind.BOX,
}
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?)(?:$|[\s_-])|^fn[\d:_-]")
# What is set in bold stands below what is marked as a heading.
_BOLD_LEVEL = 7
_DATES = (
    "dcterms.modified",
    "article:modified_time",
    "last-modified",
    "dcterms.issued",
    "article:published_time",
    "date",
)


def read_page(path: Path) -> PublishedDocument:
    """Read a web page that was saved.

    Raises
    ------
    SourceError
        When it holds more than any page, nests deeper, or shows no text.
    """
    if path.stat().st_size > MOST_OF_A_PAGE:
        raise too_much(path.name, f"more than {MOST_OF_A_PAGE // 10**6} MB")
    page = parsed(path.name, path.read_bytes())
    gathered = Gathering(path)
    content = page.xpath("//main | //*[@role='main']") or page.xpath("//body") or [page]
    gather(gathered, path.name, content[0])
    shown = {what: sum(1 for _ in content[0].iter(tag)) for tag, what in _SHOWN.items()}
    gathered.leave_pictures(shown)
    return gathered.document(_dated(page))


def parsed(name: str, content: bytes) -> Any:
    """The tree of a page.

    Raises
    ------
    SourceError
        When it holds more marks than any page, or nests deeper.
    """
    if content.count(b"<") > MOST_TAGS:
        raise too_much(name, f"more than {MOST_TAGS:,} marks")
    encoding, content = _encoding(content)
    parser = lxml.html.HTMLParser(
        encoding=encoding, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        page = lxml.html.document_fromstring(content, parser=parser)
    except etree.ParserError as error:
        raise SourceError(f"{name} is an empty page.", "Save the page once more, when it is all there.") from error
    # What is too deep is left out by the parser, with all that follows it.
    if any(one.level == etree.ErrorLevels.FATAL for one in parser.error_log):
        raise too_much(name, "marks that nest deeper than can be held")
    return page


def _encoding(content: bytes) -> tuple[str, bytes]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-8", content.decode("utf-16", "replace").encode()
    try:
        content.decode("utf-8")
        return "utf-8", content
    except UnicodeDecodeError:
        said = _ENCODING.search(content[:_BEGINNING])
    try:
        return codecs.lookup(said[1].decode("ascii") if said else "cp1252").name, content
    except LookupError:
        return "cp1252", content


def gather(gathered: Gathering, name: str, content: Any, line: int | None = None) -> None:
    """Take what an element shows.

    Parameters
    ----------
    name
        Of the file, for messages.
    line
        Where it stands in a text file, if it is part of one.
    """
    shown = _Shown(gathered, line)
    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            shown.end(element)
        elif _left_out(element):
            shown.begin(element, hidden=True)
            walk.skip_subtree()
        elif element.tag == "table" and not _arranges(element):
            shown.begin(element, hidden=True)
            for caption in element.findall("caption"):
                gathered.add(_text(caption), PassageKind.CAPTION, line=line)
            rows = laid_out(name, _rows(element))
            gathered.add_table(rows, lines=() if line is None else [line] * len(rows))
            walk.skip_subtree()
        else:
            shown.begin(element)
        if event == "end" and element is not content:
            shown.write(element.tail)
    shown.take()


class _Shown:
    """Puts the text of a page together, block by block."""

    def __init__(self, gathered: Gathering, line: int | None) -> None:
        self._gathered, self._line = gathered, line
        self._within: list[tuple[PassageKind, int]] = [(PassageKind.PARAGRAPH, 0)]
        self._parts: list[tuple[str, bool]] = []
        self._bold = self._raised = 0

    def begin(self, element: Any, hidden: bool = False) -> None:
        if element.tag in _BLOCKS:
            self.take()
            self._within.append(_kind(element, self._within[-1]))
        self._bold += element.tag in _BOLD
        self._raised += element.tag == "sup"
        if element.tag == "br":
            self.write(" ")
        if not hidden:
            self.write(element.text)

    def end(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self.take()
            self._within.pop()
        self._bold -= element.tag in _BOLD
        self._raised -= element.tag == "sup"

    def write(self, text: str | None) -> None:
        if text:
            self._parts.append((raised(text) if self._raised else text, self._bold > 0))

    def take(self) -> None:
        kind, level = self._within[-1]
        text = as_read("".join(part for part, _ in self._parts))
        if kind is PassageKind.PARAGRAPH and text:
            kind, level = _looks_like(text, all(bold for part, bold in self._parts if part.strip()))
        self._gathered.add(text, kind, level=level, line=self._line)
        self._parts.clear()


def _looks_like(text: str, bold: bool) -> tuple[PassageKind, int]:
    if is_caption(text):
        return PassageKind.CAPTION, 0
    return (
        (PassageKind.HEADING, _BOLD_LEVEL)
        if bold and (may_head(text) or is_label(text))
        else (PassageKind.PARAGRAPH, 0)
    )


def _kind(element: Any, around: tuple[PassageKind, int]) -> tuple[PassageKind, int]:
    """What a block is, within another: all that is in a note is the note."""
    named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    if around[0] is PassageKind.NOTE or _NOTES.search(named.strip()):
        return PassageKind.NOTE, 0
    kind = _KINDS.get(element.tag)
    if around[0] is PassageKind.BOX or kind is None:
        return around
    return kind, int(element.tag[1]) if kind is PassageKind.HEADING else 0


def _left_out(element: Any) -> bool:
    if element.tag in _NOT_SHOWN or element.get("role") in _SITE or element.get("hidden") is not None:
        return True
    if _HIDDEN.search(element.get("style", "")) or not _HIDDEN_CLASSES.isdisjoint(element.get("class", "").split()):
        return True
    # Of a page, not of a part of it.
    return element.tag == "footer" and next(element.iterancestors("article", "section", "blockquote"), None) is None


def _arranges(table: Any) -> bool:
    """Whether a table only arranges the page: it says so, has tables or headings in it, or a single cell."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", *_HEADINGS), None) is not None:
        return True
    cells = table.iterdescendants("td", "th")
    next(cells, None)
    return next(cells, None) is None


def _rows(table: Any) -> list[list[Cell]]:
    parts = {tag: table.findall(tag) for tag in ("thead", "tbody", "tr", "tfoot")}
    # A foot may be written before the body, and is shown after it.
    sections = [*parts["thead"], *parts["tbody"], *parts["tfoot"]]
    rows = [*parts["tr"], *(row for section in sections for row in section.findall("tr"))]
    return [
        [
            Cell(_text(cell), _number(cell.get("colspan")), _number(cell.get("rowspan"), len(rows)))
            for cell in row
            if cell.tag in ("td", "th") and not _left_out(cell)
        ]
        for row in rows
        if not _left_out(row)
    ]


def _number(text: str | None, nought: int = 1) -> int:
    """How many places a cell spans; nought of them means all that are left."""
    found = _DIGITS.match(text or "1")
    return (int(found[1]) or nought) if found else 1


def _text(content: Any) -> str:
    """All that an element shows, in one."""
    parts: list[str] = []
    walk = etree.iterwalk(content, events=("start", "end"))
    above = 0
    for event, element in walk:
        above += (element.tag == "sup") * (1 if event == "start" else -1)
        if element.tag in _BLOCKS or element.tag == "br":
            parts.append(" ")
        if event == "end":
            part = element.tail if element is not content else None
        elif _left_out(element):
            walk.skip_subtree()
            part = None
        else:
            part = element.text
        if part:
            parts.append(raised(part) if above else part)
    return "".join(parts)


def _dated(page: Any) -> date | None:
    said = {
        (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower(): meta.get("content")
        for meta in page.iter("meta")
    }
    return next((day for name in _DATES if (day := day_of(said.get(name)))), None)
