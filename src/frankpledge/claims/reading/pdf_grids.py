"""Tables of a PDF that are drawn with lines: which word stands in which cell is certain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from frankpledge.claims.reading.pdf_lines import joined, lines_of
from frankpledge.claims.reading.pdf_pages import Page, Rule, Word

# Points. The two edges of a thick line are one; lines that end this near each other meet.
_SAME = 3.0
# Of a page with more there is no telling what is drawn: maps, charts.
_MOST_RULES = 600
# A cell with more words is a column of text between lines.
_MOST_WORDS_OF_A_CELL = 200


@dataclass(frozen=True)
class Grid:
    """A table, with its place on the page."""

    rows: list[list[str]]
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class _Line:
    """Drawn lines that lie in one: across at `at` from `start` to `end`, or down."""

    at: float
    start: float
    end: float


def grids_of(page: Page) -> tuple[list[Grid], list[Word]]:
    """The drawn tables of a page, and the words that are in none."""
    level = _in_one((rule.top, rule.left, rule.right) for rule in page.rules if _is_level(rule))
    upright = _in_one((rule.left, rule.top, rule.bottom) for rule in page.rules if not _is_level(rule))
    grids: list[Grid] = []
    words = page.words
    if len(level) + len(upright) > _MOST_RULES:
        return grids, words
    for across, down in _meeting(level, upright):
        frame = _Frame(across, down)
        inside = [word for word in words if frame.holds(word)]
        rows = frame.rows(inside) if len(frame.edges) > 2 and len(frame.levels) > 2 else []
        if sum(1 for row in rows if len({text for text in row if text}) > 1) > 1:
            grids.append(Grid(rows, frame.edges[0], frame.levels[0], frame.edges[-1], frame.levels[-1]))
            words = [word for word in words if not frame.holds(word)]
    return grids, words


def _is_level(rule: Rule) -> bool:
    return rule.right - rule.left >= rule.bottom - rule.top


def _in_one(rules: Iterable[tuple[float, float, float]]) -> list[_Line]:
    """Lines that lie in one and touch, as one."""
    lines: list[_Line] = []
    beside: list[_Line] = []
    for at, start, end in sorted(rules):
        beside = [line for line in beside if at - line.at <= _SAME]
        near = next((line for line in beside if start <= line.end + _SAME and line.start <= end + _SAME), None)
        if near is None:
            near = _Line(at, start, end)
            lines.append(near)
            beside.append(near)
        near.start, near.end = min(near.start, start), max(near.end, end)
    return lines


def _meeting(level: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Level and upright lines that meet, directly or by others."""
    left = set(range(len(upright)))
    groups: list[tuple[list[_Line], list[_Line]]] = []
    spare = list(range(len(level)))
    while spare:
        across, down = [spare.pop()], []
        new = list(across)
        while new:
            reached = [one for one in left if any(_meet(level[line], upright[one]) for line in new)]
            left.difference_update(reached)
            down += reached
            new = [line for line in spare if any(_meet(level[line], upright[one]) for one in reached)]
            spare = [line for line in spare if line not in new]
            across += new
        groups.append(([level[line] for line in across], [upright[one] for one in down]))
    return sorted(groups, key=lambda group: min(line.at for line in group[0]))


def _meet(level: _Line, upright: _Line) -> bool:
    across = level.start - _SAME <= upright.at <= level.end + _SAME
    return across and upright.start - _SAME <= level.at <= upright.end + _SAME


class _Frame:
    """The places between lines that meet, and which of them are one cell."""

    def __init__(self, across: list[_Line], down: list[_Line]) -> None:
        self._across, self._down = across, down
        self.levels = _apart(line.at for line in across)
        self.edges = _apart(line.at for line in down)

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies within."""
        if not self.edges or not self.levels:
            return False
        x, y = _middle(word)
        return self.edges[0] <= x <= self.edges[-1] and self.levels[0] <= y <= self.levels[-1]

    def rows(self, words: Sequence[Word]) -> list[list[str]]:
        """The text at each place; what spans several is repeated in each."""
        cell_of = self._cells()
        held: dict[int, list[Word]] = {}
        for word in words:
            x, y = _middle(word)
            row = min(bisect_right(self.levels, y) - 1, len(cell_of) - 1)
            column = min(bisect_right(self.edges, x) - 1, len(cell_of[0]) - 1)
            held.setdefault(cell_of[row][column], []).append(word)
        if any(len(cell) > _MOST_WORDS_OF_A_CELL for cell in held.values()):
            return []
        texts = {cell: " ".join(joined(line).text for line in lines_of(inside)) for cell, inside in held.items()}
        return [[texts.get(cell, "") for cell in row] for row in cell_of]

    def _cells(self) -> list[list[int]]:
        """The number of the cell at each place: where no line parts two places, they are one."""
        columns, levels = list(pairwise(self.edges)), list(pairwise(self.levels))
        width = len(columns)
        one_with = list(range(width * len(levels)))

        def cell(place: int) -> int:
            while one_with[place] != place:
                one_with[place] = place = one_with[one_with[place]]
            return place

        for row, (top, bottom) in enumerate(levels):
            for column, (left, right) in enumerate(columns):
                place = row * width + column
                if column and not _drawn(self._down, left, (top + bottom) / 2):
                    one_with[cell(place)] = cell(place - 1)
                if row and not _drawn(self._across, top, (left + right) / 2):
                    one_with[cell(place)] = cell(place - width)
        return [[cell(row * width + column) for column in range(width)] for row in range(len(levels))]


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, (word.top + word.bottom) / 2


def _apart(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def _drawn(lines: list[_Line], at: float, through: float) -> bool:
    return any(abs(line.at - at) <= _SAME and line.start <= through <= line.end for line in lines)
