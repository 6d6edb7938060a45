"""What Word keeps in fields and hidden places: page numbers, captions, links, bookmarks, contents."""

from __future__ import annotations

import re
import zlib

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.section import _Footer as Footer
from docx.section import _Header as Header
from docx.shape import InlineShape
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph as WordParagraph

from frankpledge.model.document import Document
from frankpledge.report.words import INVENTED

# Word allows 40 letters in the name of a bookmark, and no hyphen.
_BOOKMARK_LENGTH = 40
# How the marks of the partnership's own prose begin.
ORIGIN_MARK = "_prose_"


def set_page(section: Section) -> None:
    """A4 with margins of 20 mm and more."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(34), Mm(22)
    section.header_distance, section.footer_distance = Mm(11), Mm(11)


def complete_page(section: Section) -> None:
    """Give a template's page what it does not say of itself: size and margins are ours where it has none."""
    if not section.page_width or not section.page_height:
        section.page_width, section.page_height = Mm(210), Mm(297)
    if section.left_margin is None or section.right_margin is None:
        section.left_margin = section.right_margin = Mm(20)


def room_between_margins(section: Section) -> float:
    """How wide text may be, in points."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    assert width and left is not None and right is not None, "pages have a size and margins"
    return float(Length(width - left - right).pt)


def head_and_foot(section: Section, document: Document, marking: str) -> None:
    """Marking, warning, partnership and title above; marking and page number below."""
    header = section.header
    header.is_linked_to_previous = False
    _mark(header, document, marking)
    _line(header, "Header").add_run(f"{document.partnership} – {document.title}")
    _mark_below(section.footer, marking)
    _count_pages(_line(section.footer, "Footer"))


def add_to_head_and_foot(word: WordDocument, document: Document, marking: str) -> None:
    """Marking and warning beside what a template has on its pages, the first and the even ones too."""
    section = word.sections[0]
    edges = [(section.header, section.footer)]
    if section.different_first_page_header_footer:
        edges.append((section.first_page_header, section.first_page_footer))
    if word.settings.odd_and_even_pages_header_footer:
        edges.append((section.even_page_header, section.even_page_footer))
    for header, footer in edges:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        _mark(header, document, marking)
        _mark_below(footer, marking)
        if not _counts_pages(footer) and not _counts_pages(header):
            _count_pages(_line(footer, "Footer"))


def _mark(header: Header, document: Document, marking: str) -> None:
    if marking:
        _line(header, "Marking").add_run(marking)
    if document.invented:
        _line(header, "Header warning").add_run(f"{INVENTED}: the numbers in this document are made up")


def _mark_below(footer: Footer, marking: str) -> None:
    if marking:
        _line(footer, "Marking").add_run(marking)


def _line(edge: Header | Footer, style: str) -> WordParagraph:
    """A line at the end of a header or footer: the empty one that Word begins with, where it is still there."""
    lines: list[WordParagraph] = edge.paragraphs
    # A logo is no text, but a paragraph with one has more in it than its properties.
    if len(lines) == 1 and not lines[0].text and len(lines[0]._p) <= 1:
        lines[0].style = style
        return lines[0]
    added = edge.add_paragraph(style=style)
    assert isinstance(added, WordParagraph), "what is added to a header is a paragraph"
    return added


def _counts_pages(edge: Header | Footer) -> bool:
    """Whether a page number stands there already, as a field of either kind."""
    text = edge._element.xml
    return re.search(r"(?:<w:instrText[^>]*>|w:instr=\")\s*PAGE\b", text) is not None


def _count_pages(line: WordParagraph) -> None:
    line.add_run("Page ")
    _field(line, "PAGE", "1")
    line.add_run(" of ")
    _field(line, "NUMPAGES", "1")


def sequence(paragraph: WordParagraph, name: str, number: str) -> None:
    """Number a caption ("Table 3") by Word's own counting: one added by hand renumbers the rest."""
    paragraph.add_run(f"{name} ")
    _field(paragraph, f"SEQ {name} \\* ARABIC", number)


def _field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    paragraph.add_run()._r.append(_character("begin"))
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    paragraph.add_run()._r.append(told)
    paragraph.add_run()._r.append(_character("separate"))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_character("end"))


def _character(kind: str) -> BaseOxmlElement:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    return character


def bookmark(paragraph: WordParagraph, anchor: str) -> None:
    """A place that links inside the document lead to."""
    for element in bookmark_pair(anchor):
        paragraph._p.append(element)


def mark_origin(paragraph: WordParagraph, origin: str) -> None:
    """An invisible mark around a paragraph of the partnership's own prose, by which a draft that comes back is read.

    Around it, not within: of a paragraph that somebody breaks in two both halves are then known.
    """
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(bookmark_number(origin))
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), origin_mark(origin))
    end.set(qn("w:id"), number)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def origin_mark(origin: str) -> str:
    """The name of the mark of an origin: ``prose/strategic-assessment/burglary.md#3`` → ``_prose_5f0c6a1d_3``.

    The file is told by a number made of its name, for which there is not always room.
    """
    file, _, place = origin.rpartition("#")
    return f"{ORIGIN_MARK}{zlib.crc32(file.encode()):08x}_{place.replace('.', '_')}"


def bookmark_pair(anchor: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """The start and end of a bookmark."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(bookmark_number(anchor))
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), bookmark_name(anchor))
    end.set(qn("w:id"), number)
    return start, end


def bookmark_number(anchor: str) -> int:
    """A number for a bookmark; any will do so long as no two share it."""
    return zlib.crc32(anchor.encode()) & 0x7FFFFFFF


def bookmark_name(anchor: str) -> str:
    """An anchor as Word spells bookmarks; a long one is cut and ends in a number of its own."""
    name = "_" + re.sub(r"[^A-Za-z0-9]", "_", anchor)
    if len(name) <= _BOOKMARK_LENGTH:
        return name
    return f"{name[: _BOOKMARK_LENGTH - 11]}_{bookmark_number(anchor)}"


def link(paragraph: WordParagraph, text: str, anchor: str) -> None:
    """Text that leads to a bookmark."""
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("w:anchor"), bookmark_name(anchor))
    hyperlink.set(qn("w:history"), "1")
    run = paragraph.add_run(text)._r
    hyperlink.append(run)
    paragraph._p.append(hyperlink)


def contents(word: WordDocument, entries: list[tuple[int, str, str]], depth: int) -> None:
    """A list of contents Word can renew, filled in so that it is right before anyone does.

    It has links and no page numbers (switch ``\\n``): only Word knows on what page a heading falls, and
    asking it to find out on opening puts a warning before the reader.
    """
    paragraphs = []
    for level, text, anchor in entries:
        paragraph = word.add_paragraph(style=f"toc {level}")
        link(paragraph, text, anchor)
        paragraphs.append(paragraph)
    opening = [_character("begin"), OxmlElement("w:instrText"), _character("separate")]
    opening[1].set(qn("xml:space"), "preserve")
    opening[1].text = f' TOC \\o "1-{depth}" \\h \\n \\z '
    for place, element in enumerate(opening):
        run = OxmlElement("w:r")
        run.append(element)
        # After the paragraph's properties, before its link.
        paragraphs[0]._p.insert(1 + place, run)
    paragraphs[-1].add_run()._r.append(_character("end"))


def describe(shown: InlineShape, number: int, title: str, alt: str) -> None:
    """Alternative text of a picture, and a name for it."""
    # LibreOffice takes a distance that is not stated for an eighth of an inch, and moves the picture by it.
    for side in ("distT", "distB", "distL", "distR"):
        shown._inline.set(side, "0")
    properties = shown._inline.docPr
    properties.set("id", str(number))
    properties.set("name", f"Picture {number}")
    properties.set("title", title)
    properties.set("descr", alt)


def parse(xml: str) -> BaseOxmlElement:
    """Word's own XML, with its namespace declared."""
    element = parse_xml(xml.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1))
    assert isinstance(element, BaseOxmlElement), "Word's XML parses to Word's elements"
    return element
