"""A sender's table that no mapping knows yet: where it stands in its file, and what its columns look like.

What stands in a column is looked at as a whole, for a machine cannot know every name: one text says little, and
many different ones under “Caller” say enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from frankpledge.errors import UserError
from frankpledge.sources.partners.mapping import Grid, beginnings, find_heading, plain, read_grid
from frankpledge.sources.partners.personal import (
    names_birth,
    names_people,
    names_things,
    reads_as_people,
    written_as_name,
)
from frankpledge.sources.partners.values import YES_NO

# How far down its heading is looked for.
_WITHIN = 20
# In fewer rows, different texts say nothing: three calls may well be of three kinds.
_FEW_ROWS = 10
# Texts of a column that are looked at for people: enough to tell, and soon read.
_LOOKED_AT = 500
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_CODE = re.compile(r"[\w/.-]*\d[\w/.-]*")


@dataclass(frozen=True)
class GivenColumn:
    """A heading as the sender has it, and the texts under it row by row, empty ones among them."""

    heading: str
    texts: tuple[str, ...] = ()

    @cached_property
    def filled(self) -> list[str]:
        """Its texts without the empty ones."""
        return [text for text in self.texts if text]

    @cached_property
    def different(self) -> list[str]:
        """Each of its texts once."""
        return sorted(set(self.filled))

    @property
    def varied(self) -> bool:
        """Whether its texts are nearly all different, as no choices are."""
        return len(self.filled) >= _FEW_ROWS and self._mostly_different

    @property
    def coded(self) -> bool:
        """Whether it holds numbers or codes that stand for one row each."""
        return self._mostly_different and _share(_is_code, self.different) > 0.5

    @property
    def _mostly_different(self) -> bool:
        return len(self.different) * 3 > len(self.filled) * 2

    @cached_property
    def people(self) -> bool:
        """Whether it looks as if it held people's names, dates of birth, or how to reach them."""
        texts = self.different[:_LOOKED_AT]
        # The names that are known are a part of all: of a column of names, one row in five is enough.
        if names_birth(self.heading) or _share(reads_as_people, self.filled[:_LOOKED_AT]) >= 0.2:
            return True
        if names_people(self.heading):
            return _share(_is_words, texts) >= 0.5
        repeated = len(self.different) * 4 <= len(self.filled)
        return not names_things(self.heading) and not repeated and _share(written_as_name, texts) >= 0.8

    @property
    def clock(self) -> bool:
        """Whether it holds times of day without a date."""
        return _share(_is_clock, self.different) >= 0.8

    @property
    def timed(self) -> bool:
        """Whether any of its texts has a time of day."""
        return any(":" in text for text in self.different)

    @property
    def written_once(self) -> bool:
        """Whether a text seems to be written once for several rows.

        Then it is not written again in the next row; and fewer empty cells than one in four are forgotten ones.
        """
        empty = len(self.texts) - len(self.filled)
        again = any(one and one == other for one, other in pairwise(self.texts))
        return bool(self.filled and self.texts[0]) and empty * 4 >= len(self.texts) and not again


@dataclass(frozen=True)
class GivenTable:
    """Where the table of a file stands, and its columns from left to right."""

    sheet: str
    heading_row: int
    columns: tuple[GivenColumn, ...]

    @property
    def headings(self) -> list[str]:
        """Its headings as the file has them."""
        return [column.heading for column in self.columns]

    def find(self, heading: str) -> GivenColumn | None:
        """The column of a heading, whatever its capitals; None where there is none."""
        return next((column for column in self.columns if plain(column.heading) == plain(heading)), None)

    def clock_beside(self, date: GivenColumn, free: Iterable[GivenColumn]) -> GivenColumn | None:
        """Of some columns, the one nearest to a date that holds times of day; None where there is none."""
        at = self.columns.index(date)
        clocks = [column for column in free if column.clock]
        return min(clocks, key=lambda column: abs(self.columns.index(column) - at), default=None)


def find_table(file: Path, sheet: str, headings: Sequence[str]) -> GivenTable:
    """The table of a file: under the row that has the headings, or the row that looks most like a heading.

    Raises
    ------
    UserError
        When the file has no such sheet, or no such row.
    """
    sheets = beginnings(file)
    if sheet and sheet not in sheets:
        raise UserError(f"{file.name} has no sheet “{sheet}”.", f"It has: {', '.join(sheets)}.")
    found = []
    for name in [sheet] if sheet else list(sheets):
        grid = read_grid(file, name)
        at = find_heading(grid[:_WITHIN], headings) if headings else guess_heading(grid[:_WITHIN])
        if at is not None and grid:
            columns = _columns(grid[at][1], [cells for _, cells in grid[at + 1 :]])
            found.append(GivenTable(name, grid[at][0], columns))
    if not found:
        raise UserError(
            f"{file.name} has no row with the headings “{'”, “'.join(headings)}”.",
            "Write each heading as it stands in the file.",
        )
    # Notes have a column or two; the table has more.
    return max(found, key=lambda table: len(table.columns))


def guess_heading(grid: Grid) -> int:
    """Where in a grid the heading probably stands: the first row with about as many words as any has."""
    words = [sum(bool(cell.strip()) and not _is_figure(cell) for cell in row) for _, row in grid]
    most = max(words, default=0)
    return next((at for at, number in enumerate(words) if number * 4 >= most * 3 and number > 1), 0)


def _is_figure(cell: str) -> bool:
    return re.fullmatch(r"[\d.,/: -]+", cell.strip()) is not None


def _columns(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[GivenColumn, ...]:
    # Of two columns with one heading, the first is read.
    places = {plain(cell): at for at, cell in reversed(list(enumerate(heading))) if cell.strip()}
    return tuple(
        GivenColumn(
            " ".join(heading[at].split()), tuple(cells[at].strip() if at < len(cells) else "" for cells in rows)
        )
        for at in sorted(places.values())
    )


def _share(is_such: Callable[[str], bool], texts: Sequence[str]) -> float:
    return sum(map(is_such, texts)) / len(texts) if texts else 0.0


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _is_clock(text: str) -> bool:
    return _CLOCK.fullmatch(text) is not None


def _is_words(text: str) -> bool:
    """Whether a text is a few words, as a name is."""
    return text.lower() not in YES_NO and len(text.split()) <= 4 and not any(letter.isdigit() for letter in text)
