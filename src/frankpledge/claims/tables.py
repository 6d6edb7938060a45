"""Tables with numbers: which rows and columns are words, and what number stands in each other cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from frankpledge.claims.grammar.numbers import DIGITS, Number, number_of
from frankpledge.claims.published import Place, PublishedTable

_CELL = re.compile(
    rf"^[~c(\s]*(?P<sign>[-+−–(]?)\s?£?(?P<n>{DIGITS})\s?(?P<scale>m|k|bn)?\s?(?P<unit>%|pp|ppts?)?\s?[)*†‡]*[▲▼↑↓(]?$"
)


@dataclass(frozen=True)
class NumberCell:
    """A number in a cell, as printed and as a number with its sign; whether it is a per cent."""

    printed: str
    number: Number
    per_cent: bool
    place: Place

    @property
    def value(self) -> float:
        """With its sign."""
        return self.number.value


@dataclass(frozen=True)
class NumberTable:
    """A table whose body holds numbers.

    Attributes
    ----------
    labels
        Of each body row, its words.
    headers
        Of each column, the words above its numbers, joined.
    cells
        Body row → column → its number; None where there is none.
    """

    source: PublishedTable
    labels: tuple[str, ...]
    headers: tuple[str, ...]
    cells: tuple[tuple[NumberCell | None, ...], ...]

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns with numbers in at least two rows."""
        width = len(self.headers)
        return tuple(at for at in range(width) if sum(row[at] is not None for row in self.cells) >= 2)

    def row_words(self, row: int) -> str:
        """A row as printed, cell by cell."""
        shown = [cell.printed if cell else "–" for at, cell in enumerate(self.cells[row]) if at in self.columns]
        return " | ".join([self.labels[row], *shown])


def number_table(table: PublishedTable) -> NumberTable | None:
    """Read a table's numbers; None where fewer than two rows have any."""
    read = [
        [_cell(text, table, row, column) for column, text in enumerate(cells)] for row, cells in enumerate(table.rows)
    ]
    if not read:
        return None
    width = max(map(len, read))
    first = _first_body_row(table, read)
    body = [row for row in range(first, len(read)) if any(read[row])]
    if len(body) < 2:
        return None
    label_columns = [at for at in range(width) if sum(_at(read[row], at) is not None for row in body) < len(body) / 2]
    labels = tuple(" ".join(_text(table, row, at) for at in label_columns[:1]).strip() for row in body)
    headers = tuple(
        " ".join(dict.fromkeys(filter(None, (_text(table, row, at) for row in range(first))))) for at in range(width)
    )
    cells = tuple(tuple(_at(read[row], at) for at in range(width)) for row in body)
    return NumberTable(table, labels, headers, cells)


def _first_body_row(table: PublishedTable, read: list[list[NumberCell | None]]) -> int:
    """The row where the body begins: one whose first cell is words and in which most others are numbers, not years."""
    for row, cells in enumerate(read):
        others = [cell for cell in cells[1:] if cell is not None]
        years = [cell for cell in others if re.fullmatch(r"(?:19|20)\d\d", cell.printed)]
        if others and len(years) < len(others):
            return row
    return 0


def _at(cells: list[NumberCell | None], column: int) -> NumberCell | None:
    return cells[column] if column < len(cells) else None


def _text(table: PublishedTable, row: int, column: int) -> str:
    cells = table.rows[row]
    return cells[column].strip() if column < len(cells) else ""


def _cell(text: str, table: PublishedTable, row: int, column: int) -> NumberCell | None:
    printed = text.strip()
    found = _CELL.match(printed)
    if found is None:
        return None
    number = number_of(found["n"] + (found["scale"] or ""))
    if found["unit"] and number.step == 0:
        number = Number(number.value, 1.0)
    if found["sign"] in ("-", "−", "–", "(") and not (found["sign"] == "(" and not printed.endswith(")")):
        number = Number(-number.value, number.step)
    line = table.lines[row] if row < len(table.lines) else table.place.line
    place = replace(table.place, row=row + 1, column=column + 1, line=line)
    return NumberCell(printed, number, bool(found["unit"]), place)
