"""Tables of Word files, with each place of the grid and the cell that fills it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from frankpledge.claims.reading.gathering import MOST_CELLS, MOST_COLUMNS, too_much
from frankpledge.claims.reading.packages import attribute, child, local
from frankpledge.claims.reading.word_text import chosen

# What only wraps blocks, and what holds text that was put in or moved to where it stands.
_WRAPS = frozenset(("sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def blocks_in(element: Any) -> Iterator[Any]:
    """Paragraphs, tables, rows, cells and embedded documents that stand in an element, through what only wraps them.

    A list of contents is passed over: it repeats headings, with numbers of pages.
    """
    for one in element:
        name = local(one.tag)
        if name in ("p", "tbl", "tr", "tc", "altChunk", "subDoc"):
            yield one
        elif name in _WRAPS or (name == "sdt" and not _is_contents(one)):
            yield from blocks_in(one)
        elif name == "AlternateContent":
            yield from blocks_in(chosen(one))


def grid_of(name: str, table: Any) -> list[list[Any | None]]:
    """The cell at each place of a table, row by row; one that spans several stands at each, and None at none.

    Parameters
    ----------
    name
        Of the file, for the message.

    Raises
    ------
    SourceError
        When the table has more places than any document.
    """
    grid: list[list[Any | None]] = []
    taken = 0
    for row in blocks_in(table):
        properties = child(row, "trPr")
        if local(row.tag) != "tr" or child(properties, "del") is not None:
            continue
        places: list[Any | None] = [None] * _number(properties, "gridBefore", nought=0)
        for cell in blocks_in(row):
            about = child(cell, "tcPr")
            if child(about, "cellDel") is not None:
                continue
            places += [_merged(cell, about, grid, len(places))] * _number(about, "gridSpan")
            if len(places) > MOST_COLUMNS:
                break
        taken += len(places)
        if taken > MOST_CELLS or len(places) > MOST_COLUMNS:
            raise too_much(name, f"a table of more than {MOST_COLUMNS:,} columns, or of more than {MOST_CELLS:,} cells")
        grid.append(places)
    return grid


def _merged(cell: Any, about: Any | None, grid: list[list[Any | None]], column: int) -> Any:
    """The cell itself, or the one above that it is a part of."""
    merge = child(about, "vMerge")
    if merge is None or attribute(merge, "val") == "restart" or not grid or column >= len(grid[-1]):
        return cell
    return grid[-1][column] if grid[-1][column] is not None else cell


def _number(properties: Any | None, name: str, nought: int = 1) -> int:
    found = attribute(child(properties, name), "val")
    return min(int(found), MOST_COLUMNS + 1) if found.isdecimal() and len(found) < 10 else nought


def _is_contents(control: Any) -> bool:
    part = child(child(control, "sdtPr"), "docPartObj")
    return attribute(child(part, "docPartGallery"), "val") == "Table of Contents"
