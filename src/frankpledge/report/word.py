"""The document as Word: real styles, captions, alternative text and repeated headings, to be edited further.

A council's own look is put on by changing the styles, so every paragraph here has one and no paragraph
is formatted by hand.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from frankpledge.disclosure import Released
from frankpledge.model.document import (
    BulletList,
    Chart,
    Document,
    Heading,
    Map,
    Note,
    Paragraph,
    QuickFacts,
    Runs,
    Table,
    plain_text,
)
from frankpledge.model.figure import Figure
from frankpledge.report import annex, grids, widths, word_furniture, word_styles, word_tables, words
from frankpledge.report.frames import WIDE
from frankpledge.report.palette import header_colour
from frankpledge.report.pictures import png_of, svg_of
from frankpledge.report.reading import Part, Reading, read

# Between the margins, in points: A4 with 20 mm either side.
PAGE_WIDTH = 482.0
_TALLEST_PICTURE = 560.0


def write_word(released: Released[Document], path: Path) -> None:
    """Write the document as a Word file."""
    reading = read(released)
    word = docx.Document()
    _prepare(word, reading)
    writer = _Writer(word, reading)
    writer.cover()
    for part in reading.parts:
        writer.write(part)
    writer.annex()
    word.save(str(path))


def _prepare(word: WordDocument, reading: Reading) -> None:
    document = reading.document
    word_styles.set_styles(word, header_colour(document.colour))
    word_furniture.set_page(word.sections[0])
    word_furniture.head_and_foot(word.sections[0], document, reading.marking)
    properties = word.core_properties
    properties.title = document.title
    properties.subject = document.subtitle
    properties.author = properties.last_modified_by = document.partnership
    properties.language = "en-GB"
    properties.comments = f"Edition {document.edition}"
    # The day the document was prepared, not the minute the file was: the same document, the same file.
    properties.created = properties.modified = datetime.fromisoformat(document.prepared)


class _Writer:
    """Writes the parts in order into one Word document."""

    def __init__(self, word: WordDocument, reading: Reading) -> None:
        self.word = word
        self.reading = reading
        self.pictures = 0

    def cover(self) -> None:
        """Partnership, title, what it is about, contents."""
        document = self.reading.document
        self._add("Cover partnership", document.partnership)
        self._add("Title", document.title)
        self._add("Subtitle", document.subtitle)
        if document.invented:
            paragraph = self._add("Note invented", "")
            paragraph.add_run(f"{words.INVENTED}.").bold = True
            paragraph.add_run(" The numbers in this document are made up.")
        for label, value in self.reading.cover:
            paragraph = self._add("Cover detail", "")
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(value)
        self._add("Contents heading", "Contents").paragraph_format.page_break_before = True
        word_furniture.contents(self.word, self._entries(), self.reading.contents_depth)

    def _entries(self) -> list[tuple[int, str, str]]:
        entries = []
        for part in self.reading.contents:
            assert isinstance(part.block, Heading), "the contents list headings"
            entries.append((part.block.level, f"{part.number} {part.block.text}", part.anchor))
        return [*entries, (1, f"A {annex.TITLE}", "annex")]

    def write(self, part: Part) -> None:
        """One part."""
        block = part.block
        match block:
            case Heading():
                heading = self._heading(block.level, f"{part.number} {block.text}".strip(), part.anchor)
                self._mark(heading, block.origin)
            case Paragraph(runs):
                self._mark(self._runs("Body Text", runs), block.origin)
            case BulletList(items):
                for number, item in enumerate(items, 1):
                    self._mark(self._runs("List Bullet", item), block.origin and f"{block.origin}.{number}")
            case Note(kind, runs):
                paragraph = self._add(f"Note {kind}", "")
                paragraph.add_run(f"{words.NOTE_WORDS[kind]}: ").bold = True
                self._mark(self._fill(paragraph, runs), block.origin)
            case QuickFacts(title, facts):
                self._add("Facts title", title)
                for fact in facts:
                    self._runs("Facts", fact)
            case Table():
                self._table(part, block)
            case Chart() | Map():
                self._picture(part, block)

    def _table(self, part: Part, block: Table) -> None:
        self._caption(part, block.title)
        layout = widths.fit(block, grids.flat_titles(block), PAGE_WIDTH, PAGE_WIDTH)
        word_tables.add_table(self.word, word_tables.grid_of(block, layout))
        self._under(block)

    def _picture(self, part: Part, block: Chart | Map) -> None:
        self._caption(part, f"{block.title}. {block.subtitle}")
        paragraph = self._add("Picture", "")
        paragraph.paragraph_format.keep_with_next = True
        self.pictures += 1
        shown = paragraph.add_run().add_picture(BytesIO(png_of(block)), width=Pt(self._width(block)))
        word_furniture.describe(shown, self.pictures, f"{part.number}: {block.title}", plain_text(block.alt))
        self._under(block)

    def _width(self, block: Chart | Map) -> float:
        """As wide as the page, unless it would then be too tall for it."""
        tall = word_furniture.svg_height(svg_of(block, WIDE)) * PAGE_WIDTH / WIDE.width
        return PAGE_WIDTH * min(1.0, _TALLEST_PICTURE / tall)

    def _under(self, block: Table | Chart | Map) -> None:
        symbols: tuple[Runs, ...] = tuple((text,) for text in words.symbol_notes(annex.exhibit_figures(block)))
        for runs in (*symbols, *block.notes):
            self._runs("Table note", runs).paragraph_format.keep_with_next = True
        self._add("Source", f"Source: {block.source}")

    def annex(self) -> None:
        """Rows for the figures of the text, a line for each table and picture, on a page on its side."""
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        self._heading(1, f"A {annex.TITLE}", "annex")
        self._add("Body Text", _ANNEX_WORDS)
        rows = [row.cells for group in self.reading.annex if not group.anchor for row in group.rows]
        if rows:
            self._add("Caption", "Figures in the text")
            grid = word_tables.plain_grid("Figures in the text", annex.HEADINGS, rows, _ANNEX_WIDTHS)
            word_tables.add_table(self.word, grid)
        if self.reading.sources:
            self._add("Caption", _SOURCES_TITLE)
            cells = [
                (one.number, one.title, f"{one.count:,}", one.dataset, one.release) for one in self.reading.sources
            ]
            word_tables.add_table(
                self.word, word_tables.plain_grid(_SOURCES_TITLE, _SOURCES_HEADINGS, cells, _SOURCES_WIDTHS)
            )

    def _heading(self, level: int, text: str, anchor: str) -> WordParagraph:
        paragraph = self._add(f"Heading {level}", text)
        word_furniture.bookmark(paragraph, anchor)
        return paragraph

    def _mark(self, paragraph: WordParagraph, origin: str) -> None:
        """Mark a paragraph of the partnership's own prose."""
        if origin:
            word_furniture.mark_origin(paragraph, origin)

    def _caption(self, part: Part, text: str) -> None:
        paragraph = self._add("Caption", "")
        name, _, number = part.number.partition(" ")
        word_furniture.sequence(paragraph, name, number)
        paragraph.add_run(f": {text}")
        word_furniture.bookmark(paragraph, part.anchor)

    def _runs(self, style: str, runs: Runs) -> WordParagraph:
        return self._fill(self._add(style, ""), runs)

    def _fill(self, paragraph: WordParagraph, runs: Runs) -> WordParagraph:
        for run in runs:
            if isinstance(run, Figure):
                mark = word_tables.mark_of(self.reading.short[run.identifier])
                word_furniture.link(paragraph, run.text, mark)
            else:
                paragraph.add_run(run)
        return paragraph

    def _add(self, style: str, text: str) -> WordParagraph:
        return self.word.add_paragraph(text, style=style)


_ANNEX_WORDS = (
    "Each figure has an identifier, which does not change from edition to edition. Below are the figures of "
    "the text; those of tables, charts and maps are in the file figures.csv that comes with this document."
)
_ANNEX_WIDTHS = (52.0, 205.0, 60.0, 65.0, 75.0, 85.0, 110.0, 76.0)
_SOURCES_TITLE = "What tables, charts and maps are drawn from"
_SOURCES_HEADINGS = ("Number", "Title", "Figures", "Dataset", "Release")
_SOURCES_WIDTHS = (60.0, 290.0, 50.0, 200.0, 128.0)
