"""What the columns of a table are to each other, told by their numbers: a difference, a change in per cent, a sum.

Headings are worded in a hundred ways, and many tables have none that survive a PDF. A relation holds of three columns
where it holds of most rows; the rows where it does not are the slips.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

from frankpledge.claims.arithmetic import Between
from frankpledge.claims.tables import NumberCell, NumberTable

# A table with this many columns of numbers is looked at; wider ones are months, no sums of each other.
_MOST_COLUMNS = 14
_LEAST_ROWS = 3
_HOLDS = 0.6
_SIGNS = "-−–(+"
_LEAST_POPULATION = 1_000
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Relation:
    """Three columns of which the third follows from the first two, and the rows where it does not.

    Attributes
    ----------
    kind
        ``difference``, ``per cent``, or ``rate per 1,000``, of which the first column is the population.
    before, after, result
        Columns.
    rows, wrong
        Body rows that have all three; those of them where it does not hold.
    """

    kind: str
    before: int
    after: int
    result: int
    rows: tuple[int, ...]
    wrong: tuple[int, ...]


def relations(table: NumberTable) -> Iterator[Relation]:
    """The relations that hold of most rows of a table, each result column explained once."""
    if len(table.columns) > _MOST_COLUMNS:
        return
    explained: set[int] = set()
    for kind, expected in _KINDS.items():
        for before, after, result in permutations(table.columns, 3):
            if result in explained or result < max(before, after):
                continue
            found = _relation(table, kind, expected, (before, after, result))
            if found is not None:
                explained.add(result)
                yield found


Expected = Callable[[NumberCell, NumberCell], Between]


def _relation(table: NumberTable, kind: str, expected: Expected, columns: tuple[int, int, int]) -> Relation | None:
    before, after, result = columns
    signed = any(cells[result] and cells[result].printed[:1] in _SIGNS for cells in table.cells)  # type: ignore[union-attr]
    rows = [
        (row, cells[before], cells[after], cells[result])
        for row, cells in enumerate(table.cells)
        if cells[before] and cells[after] and cells[result]
    ]
    if len(rows) < _LEAST_ROWS:
        return None
    wrong, telling = [], set()
    for row, old, new, told in rows:
        assert old is not None and new is not None and told is not None
        if not _holds(expected(old, new), told, signed, kind == "per cent"):
            wrong.append(row)
        elif abs(told.value) > told.number.step:
            telling.add((old.value, new.value))
    # Small numbers and noughts agree by chance.
    if len(telling) < 2 or len(rows) - len(wrong) < _HOLDS * len(rows):
        return None
    return Relation(kind, before, after, result, tuple(row for row, *_ in rows), tuple(wrong))


def _holds(expected: Between, told: NumberCell, signed: bool, rounded: bool) -> bool:
    # A whole per cent is rounded, with or without its sign.
    half = 0.5 if rounded and told.number.step == 0 else 0.0
    stated = Between(told.number.low - half, told.number.high + half)
    if stated.meets(expected):
        return True
    # Changes are now and then printed without their sign, beside an arrow; but not in a column that has signs.
    return not signed and stated.meets(Between(-expected.high, -expected.low))


def _difference(before: NumberCell, after: NumberCell) -> Between:
    return Between(after.number.low - before.number.high, after.number.high - before.number.low)


def _per_cent(before: NumberCell, after: NumberCell) -> Between:
    old, new = before.number, after.number
    if old.low <= 0:
        return Between(float("inf"), float("inf"))
    return Between.of(*(100 * (top / bottom - 1) for top in (new.low, new.high) for bottom in (old.low, old.high)))


def _rate(per: float) -> Expected:
    """So many of a count for every so many people, the population being the first of the two."""

    def expected(population: NumberCell, count: NumberCell) -> Between:
        if population.number.low < _LEAST_POPULATION:
            return Between(float("inf"), float("inf"))
        # Populations are printed rounded more often than not.
        half = 0.5 * 10 ** (len(population.printed) - len(population.printed.rstrip("0")))
        most, least = population.value + half, population.value - half
        return Between(per * count.number.low / most, per * count.number.high / least)

    return expected


_KINDS: dict[str, Expected] = {
    "difference": _difference,
    "per cent": _per_cent,
    **{f"rate per {per:,}": _rate(per) for per in (1_000, 10_000, 100_000)},
}


def turned_round(table: NumberTable, relation: Relation) -> bool:
    """Whether a column of changes has the sign of the earlier value less the later, all the way down."""
    years = [_YEAR.findall(table.headers[at]) for at in (relation.before, relation.after)]
    signed = any(
        cell is not None and cell.printed[:1] in _SIGNS for cell in (row[relation.result] for row in table.cells)
    )
    return signed and all(len(set(one)) == 1 for one in years) and years[0][0] > years[1][0]
