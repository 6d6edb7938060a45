"""Tables of a PDF that are not drawn with lines: what stands below each other in columns, in three rows or more.

Where there are figures, columns are found where those stand; what is above the first of them is the heading, and a
heading that stands over several columns is repeated in each. Words alone make a table when every row has them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from frankpledge.claims.reading.pdf_grids import Grid
from frankpledge.claims.reading.pdf_headings import cells_of, column_of, heading_rows, with_headed
from frankpledge.claims.reading.pdf_lines import Fragment
from frankpledge.claims.reading.pdf_strips import Strip, strips_of

_LEAST_ROWS = 3
# Of the cells below each other that are not empty.
_MOSTLY = 0.6
# Of the places of a table; in a map or chart, words are strewn about.
_FILLED = 0.55
# In letter heights: between columns, in many rows or in a few. Between words is a quarter.
_GUTTER, _WIDE_GUTTER = 0.4, 0.75
# Figures may have a unit or a mark, “12k”, “n/a”, “25 (a)”; words have more letters.
_MOST_LETTERS = 3
# Years head columns, and are no figures of theirs.
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?:?")
# Rows of words alone: nearly all have all columns, and nearly all that is in them begins like something new.
_NEARLY, _MOST_WORDS = 0.85, 6
_NO_FIGURES = frozenset(("-", "–", "—", "*", "..", "…", "n/a", "N/A", "c", "x", ":"))
# In letter heights: how much more room than between lines of a cell there is between rows.
_MORE_ROOM = 0.2
# Points.
_EDGE = 2.0


@dataclass(frozen=True)
class AlignedTable:
    """A table, and which rows of the page it takes."""

    grid: Grid
    first: int
    last: int


@dataclass
class _Row:
    """A line of a table; a main one has what each row has one of, a figure."""

    cells: list[str]
    top: float
    bottom: float
    main: bool


def aligned_table(rows: Sequence[Sequence[object]]) -> AlignedTable | None:
    """The table that rows of a page make; None where that is not certain.

    Parameters
    ----------
    rows
        Each with what stands on it from left to right.
    """
    lines = [[piece for piece in row if isinstance(piece, Fragment)] for row in rows]
    several = [at for at, line in enumerate(lines) if len(line) > 1 and len(line) == len(rows[at])]
    if len(several) < _LEAST_ROWS or any(len(lines[at]) < len(rows[at]) for at in range(several[0], several[-1])):
        return None
    telling = [at for at in several if any(_is_figure(one.text) for one in lines[at][1:])]
    # With its heading, a table of two rows has three.
    told_by_figures = len(telling) > 1
    rows_that_tell = [lines[at] for at in (telling if told_by_figures else several)]
    columns = _columns(rows_that_tell)
    if len(columns) < 2 or (told_by_figures and not _certain(rows_that_tell, columns)):
        return None
    first, last = several[0], several[-1]
    begun = telling[0] if told_by_figures else first
    while begun and _is_heading_above(lines, first, columns):
        first -= 1
    columns = with_headed(columns, lines[first:begun])
    body = [_row(line, columns, told_by_figures) for line in lines[begun : last + 1]]
    near = _near(body)
    while near is not None and last + 1 < len(lines) and _is_end_of_cell(lines[last + 1], columns, body[-1], near):
        last += 1
        body.append(_row(lines[last], columns, told_by_figures))
    made = _put_together(body, near)
    if not told_by_figures and not _certain_without(made):
        return None
    cells = [*heading_rows(lines[first:begun], columns), *(row.cells for row in made)]
    top, bottom = min(one.top for one in lines[first]), max(one.bottom for one in lines[last])
    return AlignedTable(Grid(cells, columns[0].left, top, columns[-1].right, bottom), first, last)


def _columns(lines: Sequence[Sequence[Fragment]]) -> list[Strip]:
    """Where words stand and none between; of a few rows, spaces may stand below each other by chance."""
    height = lines[0][0].height
    gutter = _GUTTER if len(lines) > _LEAST_ROWS else _WIDE_GUTTER
    return strips_of((word for line in lines for fragment in line for word in fragment.words), gutter * height)


def _is_heading_above(lines: Sequence[Sequence[Fragment]], first: int, columns: Sequence[Strip]) -> bool:
    """Whether what stands alone above a table heads some of its columns: it is near, and not above the first."""
    above = lines[first - 1] if first else []
    if len(above) != 1:
        return False
    near = min(one.top for one in lines[first]) - above[0].bottom < 1.5 * above[0].height
    middle = (above[0].left + above[0].right) / 2
    return near and above[0].left > columns[0].right and middle <= columns[-1].right


def _is_figure(text: str) -> bool:
    if text in _NO_FIGURES or _YEAR.fullmatch(text):
        return text in _NO_FIGURES
    return any(letter.isdigit() for letter in text) and sum(letter.isalpha() for letter in text) <= _MOST_LETTERS


def _certain(lines: Sequence[Sequence[Fragment]], columns: Sequence[Strip]) -> bool:
    """Whether the places are filled, each with one piece of a line, and a column but the first with figures."""
    below: list[list[str]] = [[] for _ in columns]
    doubled = 0
    for line in lines:
        places = [column_of(fragment, columns) for fragment in line]
        doubled += len(places) - len(set(places))
        for place, fragment in zip(places, line, strict=True):
            below[place].append(fragment.text)
    filled = sum(len({column_of(one, columns) for one in line}) for line in lines)
    if filled < _FILLED * len(lines) * len(columns):
        return False
    figures = [sum(map(_is_figure, texts)) >= max(_MOSTLY * len(texts), 2) for texts in below[1:]]
    return any(figures) and doubled <= len(lines) / 10


def _certain_without(rows: Sequence[_Row]) -> bool:
    """Whether words that stand in columns are the rows of a table, and no columns of text."""
    cells = [cell for row in rows for cell in row.cells if cell]
    whole = sum(all(row.cells) for row in rows)
    new = sum(not cell[:1].islower() for cell in cells)
    words = sum(len(row.cells[0].split()) for row in rows)
    enough = len(rows) >= _LEAST_ROWS and whole >= _NEARLY * len(rows)
    return enough and new >= _NEARLY * len(cells) and words <= _MOST_WORDS * len(rows)


def _is_end_of_cell(line: Sequence[Fragment], columns: Sequence[Strip], before: _Row, near: float) -> bool:
    """Whether a line below a table is the last of one of its cells."""
    if len(line) != 1 or line[0].top - before.bottom > near:
        return False
    column = columns[column_of(line[0], columns)]
    return column.left - _EDGE <= line[0].left and line[0].right <= column.right + _EDGE


def _row(line: Sequence[Fragment], columns: Sequence[Strip], told_by_figures: bool) -> _Row:
    cells = cells_of(line, columns)
    main = told_by_figures and any(map(_is_figure, cells[1:]))
    return _Row(cells, min(one.top for one in line), max(one.bottom for one in line), main)


def _near(rows: Sequence[_Row]) -> float | None:
    """How near lines of one cell are to each other; None where all lines are, and nothing tells them from rows."""
    gaps = [after.top - before.bottom for before, after in pairwise(rows)]
    near = min(gaps, default=0.0) + _MORE_ROOM * (rows[0].bottom - rows[0].top)
    return near if max(gaps, default=0.0) > near else None


def _put_together(rows: Sequence[_Row], near: float | None) -> list[_Row]:
    """Rows whose cells take several lines, from those lines."""
    made: list[_Row] = []
    for row in rows:
        if made and _goes_on(made[-1], row, near):
            made[-1] = _Row(
                [f"{one} {other}".strip() for one, other in zip(made[-1].cells, row.cells, strict=True)],
                made[-1].top,
                row.bottom,
                made[-1].main or row.main,
            )
        else:
            made.append(row)
    return made


def _goes_on(before: _Row, row: _Row, near: float | None) -> bool:
    if before.main and row.main:
        return False
    gap = row.top - before.bottom
    if near is not None:
        return gap <= near
    # A row has something in its first column, and does not begin in the middle of a sentence.
    return not row.cells[0] or row.cells[0][:1].islower()
