"""The sheets as an OpenDocument spreadsheet.

Sheets are written as XML in one piece, and read with the content around them: making 16,000 cells one by one takes a
second and more, and so does moving as many from one tree into another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document as Spreadsheet
from odfdo import Element
from odfdo.const import ODF_CONTENT, ODF_SETTINGS, ODF_STYLES
from odfdo.style_base import StyleBase
from odfdo.xmlpart import XmlPart

from frankpledge.disclosure import Released
from frankpledge.model.document import Cell, Document
from frankpledge.model.figure import Figure
from frankpledge.report.escaping import safe_text
from frankpledge.report.reading import read
from frankpledge.report.sheets import MOST_DECIMALS, Line, Page, pages_of
from frankpledge.report.words import cell_text, decimals_of

_NO_SHEETS = "<office:spreadsheet/>"
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


def write_ods(released: Released[Document], path: Path) -> None:
    """Write the document's numbers as an OpenDocument spreadsheet."""
    reading = read(released)
    book = Spreadsheet("spreadsheet")
    pages = pages_of(reading)
    _put_in(book, pages)
    _add_styles(book, {width for page in pages for width in page.widths})
    _name_tables(book, pages)
    _keep_in_sight(book, pages)
    _mark_edges(book, reading.marking)
    _describe(book, reading.document)
    book.save(str(path))


def _mark_edges(book: Spreadsheet, marking: str) -> None:
    """Whom it is for, on each printed page, above and below."""
    part = book.get_part(ODF_STYLES)
    assert isinstance(part, XmlPart), "every spreadsheet has its styles"
    for edge in ("header", "footer"):
        for found in part.get_elements(f"//style:master-page/style:{edge}"):
            found.append(Element.from_tag(f"<text:p>{escape(marking)}</text:p>"))


def _describe(book: Spreadsheet, document: Document) -> None:
    about = book.meta
    about.title, about.subject = document.title, document.subtitle
    about.language = "en-GB"
    about.creator = about.initial_creator = document.partnership
    about.date = about.creation_date = datetime.fromisoformat(document.prepared)


def _put_in(book: Spreadsheet, pages: list[Page]) -> None:
    content = book.get_part(ODF_CONTENT)
    assert isinstance(content, XmlPart), "every spreadsheet has its content"
    content.body.clear()
    before, after = content.serialize().decode().split(_NO_SHEETS)
    sheets = "".join(part for page in pages for part in _sheet_xml(page))
    book.set_part(ODF_CONTENT, f"{before}<office:spreadsheet>{sheets}</office:spreadsheet>{after}".encode())


def _sheet_xml(page: Page) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(page.name)}>"
    for width in page.widths:
        yield f'<table:table-column table:style-name="{_width_name(width)}"/>'
    # Only rows of the table itself wrap: a title is one long line over empty columns.
    in_table = False
    for line in page.lines:
        row = "".join(_cell_xml(cell, _style(line, at), in_table) for at, cell in enumerate(line.cells))
        row = f"<table:table-row>{row}</table:table-row>"
        # Marked as a heading: it is read out as one, and printed again on every page.
        header = line.look == "header"
        yield f"<table:table-header-rows>{row}</table:table-header-rows>" if header else row
        in_table = in_table or header
    yield "</table:table>"


def _style(line: Line, at: int) -> str:
    """The style its look gives a cell; empty when the cell decides."""
    return f"{line.look}-number" if line.numeric and line.numeric[at] else line.look


def _cell_xml(cell: Cell, look: str, in_table: bool) -> str:
    if isinstance(cell, Figure) and cell.value is not None:
        return _number_xml(cell.value, min(decimals_of(cell), MOST_DECIMALS))
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


def _add_styles(book: Spreadsheet, widths: set[float]) -> None:
    for name, properties in _LOOKS.items():
        _add(book, f'<style:style style:name="{name}" style:family="table-cell">{properties}</style:style>')
    for decimals in range(MOST_DECIMALS + 1):
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


def _name_tables(book: Spreadsheet, pages: list[Page]) -> None:
    """Name the table on each sheet, so that a reader can go to it and a program can ask for it."""
    ranges = "".join(
        f'<table:database-range table:name="{page.name}_data" table:target-range-address="{address}"/>'
        for page, address in ((page, _address(page)) for page in pages)
        if address
    )
    book.body.append(Element.from_tag(f"<table:database-ranges>{ranges}</table:database-ranges>"))


def _address(page: Page) -> str:
    """Where a page's table is, in the way of spreadsheets; empty when it has none."""
    if page.header is None:
        return ""
    last = _letters(len(page.lines[page.header].cells))
    return f"{page.name}.A{page.header + 1}:{page.name}.{last}{len(page.lines)}"


def _keep_in_sight(book: Spreadsheet, pages: list[Page]) -> None:
    """Keep the heading of each table in sight when it is scrolled."""
    views = "".join(
        f'<config:config-item-map-entry config:name="{page.name}">'
        f"{_item('VerticalSplitMode', 'short', 2)}{_item('VerticalSplitPosition', 'int', page.kept_in_sight)}"
        f"{_item('ActiveSplitRange', 'short', 2)}{_item('PositionBottom', 'int', page.kept_in_sight)}"
        "</config:config-item-map-entry>"
        for page in pages
        if page.kept_in_sight
    )
    told = (
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        f'</config:config-item><config:config-item-map-named config:name="Tables">{views}'
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set>"
    )
    part = book.get_part(ODF_SETTINGS)
    assert isinstance(part, XmlPart), "every spreadsheet has its settings"
    settings = part.get_element("//office:settings")
    assert isinstance(settings, Element), "settings are kept in one place"
    settings.clear()
    settings.append(Element.from_tag(told))


def _item(name: str, kind: str, value: int) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'


def _letters(column: int) -> str:
    """The nth column as spreadsheets write it: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
