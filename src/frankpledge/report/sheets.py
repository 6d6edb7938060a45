"""What a spreadsheet of the document holds, sheet by sheet, for every kind of spreadsheet alike.

Laid out as the Government Analysis Function asks ("Releasing statistics in spreadsheets", 2021): a cover, contents and
notes; then one table a sheet, its title in A1, no merged cells and none left blank, numbers as numbers, symbols in
place of what is not there. Charts and maps are told as tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.model.document import Cell, Chart, Map, Table, figures_of, plain_text
from frankpledge.model.figure import Figure
from frankpledge.report import annex, words
from frankpledge.report.grids import as_table, distinct_titles
from frankpledge.report.reading import Part, Reading

_SYMBOLS = (
    ("[c]", "Withheld, so that nobody can be identified"),
    (words.MISSING_SYMBOL, "Not available"),
    (_NOT_APPLICABLE := "[z]", "Not applicable"),
)
# Decimals that a cell shows; behind them is the whole number.
MOST_DECIMALS = 2
# With more lines than these above a heading, keeping it in sight would leave a small screen no room for rows.
_MOST_KEPT_IN_SIGHT = 12


@dataclass(frozen=True)
class Line:
    """A row of a sheet.

    Attributes
    ----------
    look
        ``title``, ``heading``, ``header`` (of a table) or nothing.
    numeric
        Of a header: which of its columns hold numbers, and so stand to the right.
    """

    cells: tuple[Cell, ...]
    look: str = ""
    numeric: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Page:
    """A sheet before it has a format; `widths` of its columns are in centimetres."""

    name: str
    lines: list[Line]
    widths: tuple[float, ...]

    @property
    def header(self) -> int | None:
        """Which line is the heading of its table, counted from nought; None when it has no table."""
        return next((at for at, line in enumerate(self.lines) if line.look == "header"), None)

    @property
    def kept_in_sight(self) -> int:
        """How many lines stay when the sheet is scrolled: those down to the heading, where that leaves room."""
        return 0 if self.header is None or self.header >= _MOST_KEPT_IN_SIGHT else self.header + 1


def pages_of(reading: Reading) -> list[Page]:
    """Every sheet, in order."""
    exhibits = [_exhibit_page(part, reading) for part in reading.exhibits]
    return [_cover(reading), _contents(reading), _notes(reading), *exhibits, _figures(reading)]


def _cover(reading: Reading) -> Page:
    document = reading.document
    lines: list[Line] = [
        Line((document.title,), "title"),
        *_marked(reading),
        Line((document.subtitle,)),
        Line((document.partnership,)),
    ]
    if document.invented:
        lines.append(Line((f"{words.INVENTED}: the numbers in this document are made up.",), "heading"))
    lines += [Line((f"{label}: {value}",)) for label, value in reading.cover]
    lines.append(Line(("Each table is on a sheet of its own. The sheet “Contents” lists them.",)))
    return Page("Cover", lines, (16.0,))


def _contents(reading: Reading) -> Page:
    rows = [Line((sheet_name(part), _full_title(part))) for part in reading.exhibits]
    lines = [
        Line(("Contents",), "title"),
        *_marked(reading),
        Line(("This sheet has one table: a row for each sheet of the file.",)),
        Line(("Sheet", "What is on it"), "header"),
        Line(("Notes", "What symbols mean, and notes to the tables")),
        *rows,
        Line(("Figures", annex.TITLE)),
    ]
    return Page("Contents", lines, (4.0, 18.0))


def _notes(reading: Reading) -> Page:
    notes = [(sheet_name(part), plain_text(note)) for part in reading.exhibits for note in _exhibit(part).notes]
    symbols = {symbol for symbol, _ in _SYMBOLS}
    terms = [(term.word, term.meaning) for term in reading.glossary if term.word not in symbols]
    lines = [
        Line(("Notes",), "title"),
        *_marked(reading),
        Line(("This sheet has one table: symbols used in place of numbers, words, and notes to the tables.",)),
        Line(("Symbol, word or sheet", "What it means"), "header"),
        *(Line(pair) for pair in (*_SYMBOLS, *terms, *notes)),
    ]
    return Page("Notes", lines, (5.5, 18.0))


def _marked(reading: Reading) -> list[Line]:
    """Who may read it, on every sheet; nothing where everyone may."""
    return [Line((reading.marking,), "heading")] if reading.marking else []


def sheet_name(part: Part) -> str:
    """``Table 3`` as the name of a sheet: ``Table_3``, so that it needs no quotes in a formula."""
    return part.number.replace(" ", "_")


def _full_title(part: Part) -> str:
    return f"{part.number}: {as_table(_exhibit(part)).title}"


def _exhibit(part: Part) -> Table | Chart | Map:
    assert isinstance(part.block, Table | Chart | Map), "only tables, charts and maps have sheets"
    return part.block


def _exhibit_page(part: Part, reading: Reading) -> Page:
    block = _exhibit(part)
    table = as_table(block)
    lines = [Line((_full_title(part),), "title"), *_marked(reading), Line(("This sheet has one table.",))]
    if reading.document.invented:
        lines.append(Line((f"{words.INVENTED}: the numbers in this table are made up.",), "heading"))
    header = Line(distinct_titles(table), "header", tuple(column.numeric for column in table.columns))
    lines += [Line((text,)) for text in words.symbol_notes(annex.exhibit_figures(block))]
    lines += [Line((plain_text(note),)) for note in table.notes]
    lines += [Line((f"Source: {table.source}",)), header]
    lines += [Line(tuple(_filled(cell) for cell in row)) for row in table.rows]
    return Page(sheet_name(part), lines, (7.0, *(3.2 for _ in table.columns[1:])))


def _filled(cell: Cell) -> Cell:
    """No cell is left blank: a reader cannot tell an empty one from a lost one."""
    return cell if isinstance(cell, Figure) or cell.strip() else _NOT_APPLICABLE


def _figures(reading: Reading) -> Page:
    figures = figures_of(reading.document)
    rows = [_figure_line(figure, reading) for figure in figures]
    lines = [
        Line((annex.TITLE,), "title"),
        *_marked(reading),
        Line(("This sheet has one table: a row for each figure of the document.",)),
        Line(annex.HEADINGS, "header"),
        *rows,
    ]
    return Page("Figures", lines, (3.0, 12.0, 3.0, 4.0, 4.0, 4.5, 6.0, 4.5))


def _figure_line(figure: Figure, reading: Reading) -> Line:
    row = annex.annex_row(figure, reading.short[figure.identifier])
    texts = (row.numerator, row.denominator, row.interval, row.dataset, row.release)
    return Line((row.identifier, row.what, figure, *(text or _NOT_APPLICABLE for text in texts)))
