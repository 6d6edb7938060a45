"""Cells, rows and styles of the spreadsheet.

Sheets are written as XML in one piece: making 16,000 cells one by one takes a second and more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document as Spreadsheet
from odfdo import Element
from odfdo import Table as Sheet
from odfdo.style_base import StyleBase

from frankpledge.model.document import Cell
from frankpledge.model.figure import Figure
from frankpledge.report.escaping import safe_text
from frankpledge.report.words import cell_text, decimals_of

_MOST_DECIMALS = 2
_LOOKS = {
    "title": '<style:text-properties fo:font-family="Arial" fo:font-size="15pt" fo:font-weight="bold"/>',
    "heading": '<style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:font-weight="bold"/>',
    "header": (
        '<style:table-cell-properties fo:wrap-option="wrap" fo:border-bottom="1pt solid #0b0c0c" '
        'style:vertical-align="bottom"/>'
        '<style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:font-weight="bold"/>'
    ),
    "header-number": (
        '<style:table-cell-properties fo:wrap-option="wrap" fo:border-bottom="1pt solid #0b0c0c" '
        'style:vertical-align="bottom"/><style:paragraph-properties fo:text-align="end"/>'
        '<style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:font-weight="bold"/>'
    ),
    "words": '<style:text-properties fo:font-family="Arial" fo:font-size="11pt"/>',
    "wrapped": (
        '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
        'fo:padding-left="0.2cm"/>'
        '<style:text-properties fo:font-family="Arial" fo:font-size="11pt"/>'
    ),
    "symbol": (
        '<style:paragraph-properties fo:text-align="end"/>'
        '<style:text-properties fo:font-family="Arial" fo:font-size="11pt"/>'
    ),
}


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

    def style(self, at: int) -> str:
        """The style its look gives a cell; empty when the cell decides."""
        return f"{self.look}-number" if self.numeric and self.numeric[at] else self.look


@dataclass(frozen=True)
class Page:
    """A sheet before it is XML; `widths` of its columns are in centimetres."""

    name: str
    lines: list[Line]
    widths: tuple[float, ...]

    @property
    def table(self) -> str:
        """Where its table is, in the way of spreadsheets; empty when it has none."""
        heads = [at for at, line in enumerate(self.lines, 1) if line.look == "header"]
        if not heads:
            return ""
        last = _letters(len(self.lines[heads[0] - 1].cells))
        return f"{self.name}.A{heads[0]}:{self.name}.{last}{len(self.lines)}"


def sheet_of(page: Page) -> Sheet:
    """The sheet of a page."""
    sheet = Element.from_tag("".join(_sheet_xml(page.name, page.lines, page.widths)))
    assert isinstance(sheet, Sheet), "the XML of a sheet is a sheet"
    return sheet


def _sheet_xml(name: str, lines: list[Line], widths: tuple[float, ...]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(name)}>"
    for width in widths:
        yield f'<table:table-column table:style-name="{_width_name(width)}"/>'
    # Only rows of the table itself wrap: a title is one long line over empty columns.
    in_table = False
    for line in lines:
        yield "<table:table-row>"
        yield from (_cell_xml(cell, line.style(at), in_table) for at, cell in enumerate(line.cells))
        yield "</table:table-row>"
        in_table = in_table or line.look == "header"
    yield "</table:table>"


def _cell_xml(cell: Cell, look: str, in_table: bool) -> str:
    if isinstance(cell, Figure) and cell.value is not None:
        return _number_xml(cell.value, min(decimals_of(cell), _MOST_DECIMALS))
    style = look or ("symbol" if isinstance(cell, Figure) else "wrapped" if in_table else "words")
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{escape(safe_text(cell_text(cell)))}</text:p></table:table-cell>"
    )


def _number_xml(value: float, decimals: int) -> str:
    return (
        f'<table:table-cell table:style-name="number{decimals}" office:value-type="float" '
        f'office:value="{value!r}"><text:p>{value:,.{decimals}f}</text:p></table:table-cell>'
    )


def _width_name(width: float) -> str:
    return f"width{round(width * 10)}"


def add_styles(book: Spreadsheet, widths: set[float]) -> None:
    """The styles of all cells and columns."""
    for name, properties in _LOOKS.items():
        _add(book, f'<style:style style:name="{name}" style:family="table-cell">{properties}</style:style>')
    for decimals in range(_MOST_DECIMALS + 1):
        _add(
            book,
            f'<number:number-style style:name="digits{decimals}">'
            f'<number:number number:decimal-places="{decimals}" '
            f'number:min-decimal-places="{decimals}" number:min-integer-digits="1" number:grouping="true"/>'
            "</number:number-style>",
        )
        _add(
            book,
            f'<style:style style:name="number{decimals}" style:family="table-cell" '
            f'style:data-style-name="digits{decimals}">'
            '<style:table-cell-properties style:vertical-align="top"/>'
            f"{_LOOKS['words']}</style:style>",
        )
    for width in widths:
        _add(
            book,
            f'<style:style style:name="{_width_name(width)}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width}cm"/></style:style>',
        )


def _add(book: Spreadsheet, xml: str) -> None:
    style = Element.from_tag(xml)
    assert isinstance(style, StyleBase), "the XML of a style is a style"
    book.insert_style(style, automatic=True)


def name_tables(book: Spreadsheet, pages: list[Page]) -> None:
    """Name the table on each sheet, so that a reader can go to it and a program can ask for it."""
    ranges = "".join(
        f'<table:database-range table:name="{page.name}_data" table:target-range-address="{page.table}"/>'
        for page in pages
        if page.table
    )
    book.body.append(Element.from_tag(f"<table:database-ranges>{ranges}</table:database-ranges>"))


def _letters(column: int) -> str:
    """The nth column as spreadsheets write it: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
