"""Tables with cells that span rows or columns, laid out so that each place has its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frankpledge.claims.reading.gathering import MOST_CELLS, MOST_COLUMNS, too_much

_TOO_MANY = f"a table of more than {MOST_CELLS:,} cells"


@dataclass(frozen=True)
class Cell:
    """A cell as a file gives it, with how many columns and rows it spans."""

    text: str
    across: int = 1
    down: int = 1


def laid_out(name: str, rows: Sequence[Iterable[Cell]]) -> list[list[str]]:
    """The text of each place, row by row; a cell that spans several is repeated in each.

    A cell takes the first free place of its row, as browsers lay out tables.

    Parameters
    ----------
    name
        Of the file, for the message.

    Raises
    ------
    SourceError
        When the table has more places than any document.
    """
    grid: list[dict[int, str]] = [{} for _ in rows]
    taken = 0
    for at, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column in grid[at]:
                column += 1
            across, down = min(max(cell.across, 1), MOST_COLUMNS), min(max(cell.down, 1), len(rows) - at)
            taken += across * down
            if taken > MOST_CELLS or column + across > MOST_COLUMNS:
                raise too_much(name, _TOO_MANY)
            for row in grid[at : at + down]:
                row.update(dict.fromkeys(range(column, column + across), cell.text))
            column += across
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    if width * len(grid) > MOST_CELLS:
        raise too_much(name, _TOO_MANY)
    return [[row.get(column, "") for column in range(width)] for row in grid]
