"""Tables in plain text: with every cell on a line of its own, or with a row on each, cut by tabs or upright bars.

Of the first kind each cell begins with a tab, and an empty line ends a row. Cells may have paragraphs, hence empty
lines of their own; and what spans several columns is written once. Where a row has fewer cells than there are columns
and nothing tells which stand where, each place gets the whole row: wrong figures under a heading are worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.claims.reading.plain_marks import Line

# Between the rows of a table is one empty line, two where a cell ends with one; further apart are two tables.
_MOST_EMPTY = 3
_LEAST_ROWS = 2
# As many as Word has; more lines that begin with a tab are a list.
_MOST_COLUMNS = 64
# So many, each alone, are a list too.
_LONE_CELLS = 5
# So many rows tell how wide a table is.
_ROWS_THAT_TELL = 500
# What follows a last cell and is longer than this is a paragraph below the table.
_LONGEST_IN_CELL = 120
_RULE = re.compile(r"[\s|:=+-]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class PlainTable:
    """A table of a text.

    Attributes
    ----------
    lines
        The line of each row's first cell.
    uncertain
        Lines of the rows whose cells could not be told apart.
    end
        Where the text goes on, as an index of its lines.
    last
        Number of its last line.
    """

    rows: list[list[str]]
    lines: list[int]
    uncertain: list[int]
    end: int
    last: int


@dataclass(frozen=True)
class _Cell:
    line: int
    texts: list[str]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def table_at(lines: list[Line], at: int) -> PlainTable | None:
    """The table that begins at a line; None where none does."""
    if lines[at].tabbed:
        return _of_cells(lines, at)
    return _of_rows(lines, at)


def _of_cells(lines: list[Line], at: int) -> PlainTable | None:
    width = _width(lines, at)
    if width < 2:
        return None
    rows: list[list[_Cell]] = [[]]
    empty, end = 0, at
    for here in range(at, len(lines)):
        line = lines[here]
        if line.blank:
            empty += 1
            continue
        row = rows[-1]
        if line.tabbed and empty <= _MOST_EMPTY:
            if empty and len(row) + _cells_from(lines, here) > width:
                rows.append(row := [])
            row.append(_Cell(line.number, [line.text]))
        elif not line.tabbed and _goes_on(row, width, line, empty):
            row[-1].texts.append(line.text)
        else:
            break
        empty, end = 0, here + 1
    if len(rows) < _LEAST_ROWS:
        return None
    return _laid_out([[cell.text for cell in row] for row in rows], [row[0].line for row in rows], end, lines)


def _width(lines: list[Line], at: int) -> int:
    """How many cells most rows have; nought when these are no cells."""
    sizes: list[int] = []
    row = empty = 0
    for line in _from(lines, at):
        if line.blank:
            empty += 1
            continue
        if line.tabbed:
            if empty > _MOST_EMPTY:
                break
            if empty and row:
                sizes.append(row)
                row = 0
            row += 1
            if row > _MOST_COLUMNS or (len(sizes) > _LONE_CELLS and max(sizes) == 1):
                return 0
        elif empty > 1:
            break
        empty = 0
    sizes.append(row)
    return _usual([size for size in sizes if 1 < size <= _MOST_COLUMNS])


def _from(lines: list[Line], at: int) -> Iterator[Line]:
    """So many of the lines from one on as tell how wide a table is."""
    return (lines[here] for here in range(at, min(at + _ROWS_THAT_TELL, len(lines))))


def _usual(sizes: list[int]) -> int:
    counted = Counter(sizes)
    return max(counted, key=lambda size: (counted[size], size), default=0)


def _cells_from(lines: list[Line], at: int) -> int:
    """How many cells stand together before the next empty line that a cell follows."""
    cells, empty = 0, False
    for line in _from(lines, at):
        if line.tabbed:
            if empty or cells > _MOST_COLUMNS:
                break
            cells += 1
        empty = line.blank
    return cells


def _goes_on(row: list[_Cell], width: int, line: Line, empty: int) -> bool:
    """Whether text belongs to the cell before it: within a row always, at its end when it could not stand alone."""
    if "\t" in line.text or not row:
        return False
    if not empty:
        return True
    whole = len(row) >= width
    return empty == 1 and not (whole and (_is_figure(row[-1].text) or len(line.text) > _LONGEST_IN_CELL))


def _is_figure(text: str) -> bool:
    return not text or (any(letter.isdigit() for letter in text) and sum(letter.isalpha() for letter in text) <= 3)


def _of_rows(lines: list[Line], at: int) -> PlainTable | None:
    rows, end = [], at
    while end < len(lines) and (cells := _cells_of(lines[end].text)):
        rows.append((lines[end].number, cells))
        end += 1
    rows = [(number, cells) for number, cells in rows if not _RULE.fullmatch("".join(cells) or "x")]
    if len(rows) < _LEAST_ROWS:
        return None
    return _laid_out([cells for _, cells in rows], [number for number, _ in rows], end, lines)


def _cells_of(text: str) -> list[str]:
    """The cells of a row on one line; none of a line that is no row."""
    cut = "|" if "|" in text else "\t"
    if cut == "|":
        text = text.strip().removeprefix("|").removesuffix("|")
    cells = [cell.strip() for cell in text.split(cut)]
    return cells if 1 < len(cells) <= _MOST_COLUMNS else []


def _laid_out(rows: list[list[str]], numbers: list[int], end: int, lines: list[Line]) -> PlainTable:
    width = max(len(row) for row in rows)
    full, uncertain = False, []
    done: list[list[str]] = []
    spans: list[int] | None = None
    for row, number in zip(rows, numbers, strict=True):
        if len(row) == width:
            done.append(_under(row, done[-1], spans) if spans else row)
            full, spans = True, None
            continue
        spans = None if full else _spans(row, width)
        if spans is None and len(row) > 1:
            uncertain.append(number)
        done.append(
            [text for text, span in zip(row, spans, strict=True) for _ in range(span)]
            if spans
            else [" ".join(row).strip()] * width
        )
    return PlainTable(done, numbers, uncertain, end, lines[end - 1].last)


def _spans(row: list[str], width: int) -> list[int] | None:
    """How many columns each heading stands over: those alike, such as years, over equally many; None if untold."""
    shapes = Counter(_DIGIT.sub("9", text) for text in row[1:] if text)
    alike, number = shapes.most_common(1)[0] if shapes else ("", 0)
    spare = width - (len(row) - number)
    if number < 2 or spare % number:
        return None
    return [spare // number if at and _DIGIT.sub("9", text) == alike else 1 for at, text in enumerate(row)]


def _under(row: list[str], above: list[str], spans: list[int]) -> list[str]:
    """A second row of headings, with the headings above that stand in both."""
    over = [span for span in spans for _ in range(span)]
    if any(any(letter.isdigit() for letter in text) for text, span in zip(row, over, strict=True) if span > 1):
        return row
    return [text or (high if span == 1 else "") for text, high, span in zip(row, above, over, strict=True)]
