"""Tables of the Word file, written as XML in one piece.

Asking python-docx for one cell after another walks the table each time: a 40-page document took 15
seconds so, and takes half a second this way. No cells are merged, since Word's accessibility checker and
many screen readers stumble there: the heading over several columns is repeated in each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument

from frankpledge.model.document import Table
from frankpledge.report.grids import flat_titles
from frankpledge.report.widths import KEPT_WHOLE, Layout
from frankpledge.report.word_furniture import bookmark_name, bookmark_number, parse
from frankpledge.report.words import cell_text

_RULE, _INK, _PALE = "B1B4B6", "0B0C0C", "F3F4F5"
_ANNEX_SIZE = 8.0


@dataclass(frozen=True)
class Grid:
    """A table as Word needs it.

    Attributes
    ----------
    widths
        In points.
    size
        Of the letters, in points.
    numeric
        For each column, whether it is set to the right.
    marks
        For each row the name of a bookmark in its first cell; empty when there are none.
    style
        The table style of a template, whose lines it takes; empty for our own lines.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: float
    numeric: tuple[bool, ...]
    emphasis: int | None = None
    marks: tuple[str, ...] = ()
    style: str = ""


def grid_of(table: Table, layout: Layout) -> Grid:
    """A table of the document."""
    return Grid(
        title=table.title,
        headings=flat_titles(table),
        rows=tuple(tuple(cell_text(cell) for cell in row) for row in table.rows),
        widths=layout.columns,
        size=layout.size,
        numeric=tuple(column.numeric for column in table.columns),
        emphasis=table.emphasis,
    )


def plain_grid(
    title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], widths: tuple[float, ...]
) -> Grid:
    """A table of the annex: all text, small."""
    cells = tuple(rows)
    marks = tuple(mark_of(row[0]) for row in cells)
    return Grid(title, headings, cells, widths, _ANNEX_SIZE, (False,) * len(headings), marks=marks)


def mark_of(identifier: str) -> str:
    """The bookmark of a row of the annex."""
    return f"figure {identifier}"


def add_table(word: WordDocument, grid: Grid) -> None:
    """Put a table at the end of the document."""
    table = parse("".join(_xml(grid)))
    body = word.element.body
    # The last element of the body holds the page's size and must stay last.
    body.insert(len(body) - 1, table)


def _xml(grid: Grid) -> Iterable[str]:
    yield "<w:tbl><w:tblPr>"
    if grid.style:
        yield f"<w:tblStyle w:val={quoteattr(grid.style)}/>"
    yield f'<w:tblW w:w="{_twips(sum(grid.widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    yield '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    # The order of the schema: the look before the caption, or Word calls the file damaged.
    yield '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"/>'
    yield f"<w:tblCaption w:val={quoteattr(grid.title)}/>"
    yield f"<w:tblDescription w:val={quoteattr(_described(grid))}/>"
    yield "</w:tblPr><w:tblGrid>"
    yield from (f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid.widths)
    yield "</w:tblGrid>"
    yield _row(grid, grid.headings, heading=True)
    for at, row in enumerate(grid.rows):
        yield _row(grid, row, bold=at == grid.emphasis, mark=grid.marks[at] if grid.marks else "")
    yield "</w:tbl>"


def _described(grid: Grid) -> str:
    return f"A table of {len(grid.rows)} rows and {len(grid.headings)} columns: {', '.join(grid.headings)}."


def _row(grid: Grid, cells: tuple[str, ...], heading: bool = False, bold: bool = False, mark: str = "") -> str:
    start = "<w:tr><w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if heading else "") + "</w:trPr>"
    # Each row keeps with the next in a table short enough to stay whole, and the last with its notes.
    keep = heading or len(grid.rows) <= KEPT_WHOLE
    parts = []
    for at, text in enumerate(cells):
        look = _Look(grid.numeric[at], heading or bold, keep, bold, heading, ruled=not grid.style)
        parts.append(_cell(text, grid.widths[at], grid.size, look, mark if at == 0 else ""))
    return start + "".join(parts) + "</w:tr>"


@dataclass(frozen=True)
class _Look:
    """How a cell looks."""

    numeric: bool
    bold: bool
    keep: bool
    shaded: bool
    heading: bool
    ruled: bool


def _cell(text: str, width: float, size: float, look: _Look, mark: str) -> str:
    thick, colour = (8, _INK) if look.heading else (4, _RULE)
    line = f'<w:bottom w:val="single" w:sz="{thick}" w:space="0" w:color="{colour}"/>'
    lines = f"<w:tcBorders>{line}</w:tcBorders>" if look.ruled else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_PALE}"/>' if look.shaded else ""
    foot = '<w:vAlign w:val="bottom"/>' if look.heading else ""
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{lines}{shade}{foot}</w:tcPr>'
    return f"{cell}<w:p>{_paragraph(look)}{_marked(_run(text, size, look.bold), mark)}</w:p></w:tc>"


def _paragraph(look: _Look) -> str:
    style = "Tablenumber" if look.numeric else "Tabletext"
    keep = "<w:keepNext/>" if look.keep else ""
    side = '<w:jc w:val="right"/>' if look.numeric else ""
    return f'<w:pPr><w:pStyle w:val="{style}"/>{keep}<w:spacing w:before="40" w:after="40"/>{side}</w:pPr>'


def _run(text: str, size: float, bold: bool) -> str:
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:r><w:rPr>{weight}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _marked(run: str, mark: str) -> str:
    if not mark:
        return run
    number, name = bookmark_number(mark), bookmark_name(mark)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{number}"/>'


def _twips(points: float) -> int:
    return round(points * 20)
