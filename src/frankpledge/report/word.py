"""The document as Word: real styles, captions, alternative text and repeated headings, to be edited further.

A council's own look is put on by changing the styles, so every paragraph here has one and no paragraph
is formatted by hand.
"""

from __future__ import annotations

from dataclasses import replace
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
from frankpledge.report import annex, glossary, grids, widths, word_furniture, word_styles, word_tables, words
from frankpledge.report.frames import WIDE
from frankpledge.report.palette import header_colour
from frankpledge.report.pictures import height_of, png_of, svg_of
from frankpledge.report.reading import Part, Reading, read
from frankpledge.report.word_tables import Grid
from frankpledge.report.word_template import open_template

_TALLEST_PICTURE = 560.0
# Columns are measured in our own letters; a template's may be wider, as Georgia's and Verdana's are.
_WIDER_LETTERS = 1.18


def write_word(released: Released[Document], path: Path, template: Path | None = None) -> None:
    """Write the document as a Word file.

    Parameters
    ----------
    template
        A Word file whose styles, page, headers and footers it takes; our own where None.

    Raises
    ------
    WorkspaceError
        When the template cannot be read, or holds macros.
    """
    reading = read(released)
    word = open_template(template) if template else docx.Document()
    _prepare(word, reading, of_template=template is not None)
    writer = _Writer(word, reading, of_template=template is not None)
    writer.cover()
    for part in reading.parts:
        writer.write(part)
    writer.glossary()
    writer.annex()
    word.save(str(path))


def _prepare(word: WordDocument, reading: Reading, of_template: bool) -> None:
    document = reading.document
    colour = header_colour(document.colour)
    if of_template:
        word_styles.add_missing_styles(word, colour)
        word_furniture.complete_page(word.sections[0])
        word_furniture.add_to_head_and_foot(word, document, reading.marking)
    else:
        word_styles.set_styles(word, colour)
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

    def __init__(self, word: WordDocument, reading: Reading, of_template: bool) -> None:
        self.word = word
        self.reading = reading
        self.pictures = 0
        # Running text is in a template's Normal; ours has a little more room between paragraphs.
        self.text = "Normal" if of_template else "Body Text"
        self.slack = _WIDER_LETTERS if of_template else 1.0
        self.style_ids = {style.name: style.style_id for style in word.styles}
        self.table_style = word_styles.table_grid(word) if of_template else ""
        # Where headings count themselves, a number in their text would be a second one.
        self.counts_headings = not (of_template and word_styles.numbers_itself(word.styles["Heading 1"]))
        self.room = word_furniture.room_between_margins(word.sections[0])

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
        if document.brief:
            return
        self._add("Contents heading", "Contents").paragraph_format.page_break_before = True
        word_furniture.contents(self.word, self._entries(), self.reading.contents_depth)

    def _entries(self) -> list[tuple[int, str, str]]:
        entries = []
        for part in self.reading.contents:
            assert isinstance(part.block, Heading), "the contents list headings"
            entries.append((part.block.level, self._titled(part.number, part.block.text), part.anchor))
        if self.reading.glossary:
            entries.append((1, glossary.TITLE, "glossary"))
        return [*entries, (1, self._titled("A", annex.TITLE), "annex")]

    def write(self, part: Part) -> None:
        """One part."""
        block = part.block
        match block:
            case Heading():
                heading = self._heading(block.level, part.number, block.text, part.anchor)
                self._mark(heading, block.origin)
            case Paragraph(runs):
                paragraph = self._runs(self.text, runs)
                paragraph.paragraph_format.keep_with_next = block.leads_in or None
                self._mark(paragraph, block.origin)
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
        room = self.room / self.slack
        layout = widths.fit(block, grids.flat_titles(block), room, room)
        columns = tuple(width * self.slack for width in layout.columns)
        self._grid(word_tables.grid_of(block, replace(layout, columns=columns)))
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
        tall = height_of(svg_of(block, WIDE)) * self.room / WIDE.width
        return self.room * min(1.0, _TALLEST_PICTURE / tall)

    def _under(self, block: Table | Chart | Map) -> None:
        symbols: tuple[Runs, ...] = tuple((text,) for text in words.symbol_notes(annex.exhibit_figures(block)))
        for runs in (*symbols, *block.notes):
            self._runs("Table note", runs).paragraph_format.keep_with_next = True
        self._add("Source", f"Source: {block.source}")

    def glossary(self) -> None:
        """The words that occur, each with its meaning."""
        if not self.reading.glossary:
            return
        self._heading(1, "", glossary.TITLE, "glossary")
        for term in self.reading.glossary:
            paragraph = self._add("Glossary", "")
            paragraph.add_run(f"{term.word}: ").bold = True
            paragraph.add_run(term.meaning)

    def annex(self) -> None:
        """Rows for the figures of the text, a line for each table and picture, on a page on its side."""
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        if section.orientation is not WD_ORIENT.LANDSCAPE:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        room = word_furniture.room_between_margins(section)
        self._heading(1, "A", annex.TITLE, "annex")
        self._add(self.text, _ANNEX_WORDS)
        rows = [row.cells for group in self.reading.annex if not group.anchor for row in group.rows]
        if rows:
            self._add("Caption", "Figures in the text")
            columns = _spread(_ANNEX_WIDTHS, room)
            self._grid(word_tables.plain_grid("Figures in the text", annex.HEADINGS, rows, columns))
        if self.reading.sources:
            self._add("Caption", _SOURCES_TITLE)
            cells = [
                (one.number, one.title, f"{one.count:,}", one.dataset, one.release) for one in self.reading.sources
            ]
            columns = _spread(_SOURCES_WIDTHS, room)
            self._grid(word_tables.plain_grid(_SOURCES_TITLE, _SOURCES_HEADINGS, cells, columns))

    def _grid(self, grid: Grid) -> None:
        word_tables.add_table(self.word, replace(grid, style=self.table_style))

    def _heading(self, level: int, number: str, text: str, anchor: str) -> WordParagraph:
        paragraph = self._add(f"Heading {level}", self._titled(number, text))
        word_furniture.bookmark(paragraph, anchor)
        return paragraph

    def _mark(self, paragraph: WordParagraph, origin: str) -> None:
        """Mark a paragraph of the partnership's own prose."""
        if origin:
            word_furniture.mark_origin(paragraph, origin)

    def _titled(self, number: str, text: str) -> str:
        return f"{number} {text}".strip() if self.counts_headings else text

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
        paragraph = self.word.add_paragraph(text)
        # Given by its name, each paragraph's would be looked for among all the styles of a template.
        paragraph._p.style = self.style_ids[style]  # noqa: SLF001 - only the element takes an identifier
        return paragraph


_ANNEX_WORDS = (
    "Each figure has an identifier, which does not change from edition to edition. Below are the figures of "
    "the text; those of tables, charts and maps are in the file figures.csv that comes with this document."
)
_ANNEX_WIDTHS = (52.0, 205.0, 60.0, 65.0, 75.0, 85.0, 110.0, 76.0)
_SOURCES_TITLE = "What tables, charts and maps are drawn from"
_SOURCES_HEADINGS = ("Number", "Title", "Figures", "Dataset", "Release")
_SOURCES_WIDTHS = (60.0, 290.0, 50.0, 200.0, 128.0)


def _spread(columns: tuple[float, ...], room: float) -> tuple[float, ...]:
    """Columns made for our own page, as wide as another has room for."""
    return tuple(width * room / sum(columns) for width in columns)
