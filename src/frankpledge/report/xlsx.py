"""The sheets as a workbook, for programs that do not read OpenDocument: the same sheets, another writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from frankpledge.disclosure import Released
from frankpledge.model.document import Cell, Document
from frankpledge.model.figure import Figure
from frankpledge.report.escaping import safe_text
from frankpledge.report.reading import read
from frankpledge.report.sheets import MOST_DECIMALS, Line, Page, pages_of
from frankpledge.report.words import cell_text, decimals_of

# The width of a digit at 11 points: columns are measured in them.
_CENTIMETRES_A_DIGIT = 0.198
_ARIAL = {"font_name": "Arial", "font_size": 11}
_HEADER = {**_ARIAL, "bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"}


def write_xlsx(released: Released[Document], path: Path) -> None:
    """Write the document's numbers as a workbook (XLSX)."""
    reading = read(released)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    looks = _looks(book)
    for page in pages_of(reading):
        sheet = book.add_worksheet(page.name)
        _write_page(sheet, page, looks)
        _mark_edges(sheet, reading.marking)
    _describe(book, reading.document)
    book.close()


def _mark_edges(sheet: Worksheet, marking: str) -> None:
    """Whom it is for, on each printed page, above and below; “&” begins a code there, and is written twice."""
    words = marking.replace("&", "&&")
    sheet.set_header(f"&C{words}")
    sheet.set_footer(f"&C{words}&RPage &P of &N")


def _describe(book: xlsxwriter.Workbook, document: Document) -> None:
    book.set_properties(
        {
            "title": document.title,
            "subject": document.subtitle,
            "author": document.partnership,
            "comments": f"Edition {document.edition}",
            # The day the document was prepared, not the minute the file was: the same document, the same file.
            "created": datetime.fromisoformat(document.prepared),
        }
    )


@dataclass(frozen=True)
class _Looks:
    """How cells look."""

    lines: dict[str, Format]
    words: Format
    wrapped: Format
    symbol: Format
    numbers: tuple[Format, ...]


def _looks(book: xlsxwriter.Workbook) -> _Looks:
    return _Looks(
        lines={
            "title": book.add_format({**_ARIAL, "font_size": 15, "bold": True}),
            "heading": book.add_format({**_ARIAL, "bold": True}),
            "header": book.add_format(_HEADER),
            "header-number": book.add_format({**_HEADER, "align": "right"}),
        },
        words=book.add_format(_ARIAL),
        wrapped=book.add_format({**_ARIAL, "text_wrap": True, "valign": "top", "indent": 1}),
        symbol=book.add_format({**_ARIAL, "align": "right", "valign": "top"}),
        numbers=tuple(
            book.add_format({**_ARIAL, "valign": "top", "num_format": "#,##0" + ("." + "0" * places if places else "")})
            for places in range(MOST_DECIMALS + 1)
        ),
    )


def _write_page(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width / _CENTIMETRES_A_DIGIT)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for row, line in enumerate(page.lines):
        in_table = page.header is not None and row > page.header
        for column, cell in enumerate(line.cells):
            _write_cell(sheet, row, column, cell, _look(line, column, in_table, cell, looks))
    if page.header is not None:
        _mark_table(sheet, page, page.header, looks)
    if page.kept_in_sight:
        sheet.freeze_panes(page.kept_in_sight, 0)


def _look(line: Line, column: int, in_table: bool, cell: Cell, looks: _Looks) -> Format:
    if line.look:
        return looks.lines[f"{line.look}-number" if line.numeric and line.numeric[column] else line.look]
    if isinstance(cell, Figure):
        places = min(decimals_of(cell), MOST_DECIMALS)
        return looks.symbol if cell.value is None else looks.numbers[places]
    return looks.wrapped if in_table else looks.words


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    if isinstance(cell, Figure) and cell.value is not None:
        sheet.write_number(row, column, cell.value, look)
    else:
        sheet.write_string(row, column, safe_text(cell_text(cell)), look)


def _mark_table(sheet: Worksheet, page: Page, header: int, looks: _Looks) -> None:
    """Mark the table as one, with its headings and a name: a screen reader then reads a cell with its heading."""
    line = page.lines[header]
    columns = [
        {"header": safe_text(cell_text(cell)), "header_format": _look(line, at, False, cell, looks)}
        for at, cell in enumerate(line.cells)
    ]
    # A table has a row below its headings, or programs call the file damaged.
    last = max(len(page.lines) - 1, header + 1)
    options = {"name": f"{page.name}_data", "style": None, "autofilter": False, "columns": columns}
    sheet.add_table(header, 0, last, len(columns) - 1, options)
    sheet.repeat_rows(header)
