"""A table's row or column of totals against what it is the total of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.grammar.times import MONTH
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.tables import NumberCell, NumberTable

SLUG = "parts-of-total"
_TOTAL = re.compile(
    r"^(?:grand\s|overall\s|sub-?)?totals?\b(?!\snotifiable)|^all(?:\s(?:residents|people|areas|ages|groups))?$|^sum$",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:average|mean|median)\b", re.IGNORECASE)
_NOT_SUMMED = re.compile(r"\brate\b|%|per\s\d|per\scent|change|average|mean|rank", re.IGNORECASE)
# A total further off than this is of more than the rows above it.
_SLIP = 0.25
_SLIP_ALONE = 0.1


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Totals of columns that their rows do not come to."""
    for table in document.tables:
        yield from _averages(table)
        totals = [row for row, label in enumerate(table.labels) if _TOTAL.match(label.strip())]
        ends = (0, len(table.cells) - 1 - sum(map(bool, map(_AVERAGE.search, table.labels))))
        if len(totals) == 1 and totals[0] in ends and len(table.cells) >= 3:
            yield from _columns(table, totals[0])


def _averages(table: NumberTable) -> Iterator[Tested]:
    """A row of averages over the months, or groups, of its table."""
    named = [row for row, label in enumerate(table.labels) if _AVERAGE.search(label)]
    parts = [row for row, label in enumerate(table.labels) if row not in named and not _TOTAL.match(label.strip())]
    if len(named) != 1 or len(parts) < _LEAST_AVERAGED:
        return
    checked = []
    for at in table.columns:
        told, held = table.cells[named[0]][at], [table.cells[row][at] for row in parts]
        if told is not None and all(held) and not told.per_cent and not _NOT_SUMMED.search(table.headers[at]):
            actual = sum(cell.value for cell in held if cell is not None) / len(held)
            half = max(told.number.step, 0.0 if told.number.step else 1.0) / 2
            checked.append((told, actual, abs(told.value - actual) <= half + 1e-9))
    # Where none is the average of the rows, it is of something else.
    of_months = all(_MONTH.match(table.labels[row].strip()) for row in parts)
    for told, actual, fits in checked:
        if fits or of_months or any(one[2] for one in checked):
            words = f"The {len(parts)} rows come to {as_words(actual, 1)} on average, not {told.printed}."
            figures = (told.printed,)
            quote = table.row_words(named[0])
            objection = Objection(Kind.ERROR, "average-of-period", quote, told.place, figures, words, "", 0.85)
            yield Tested(told.place, figures, None if fits else objection)


_LEAST_AVERAGED = 3
_MONTH = re.compile(rf"^{MONTH}\b", re.IGNORECASE)


def _columns(table: NumberTable, total: int) -> Iterator[Tested]:
    summed = [at for at in table.columns if _can_be_summed(table, at)]
    checked = [(at, *_sum(table, at, total)) for at in summed if table.cells[total][at]]
    agree = [at for at, parts, loose in checked if _fits(table, total, at, parts, loose)]
    for at, parts, _ in checked:
        told = table.cells[total][at]
        assert told is not None
        near = abs(parts - told.value) <= _SLIP * abs(told.value)
        # Where no other column adds up, rows may overlap, or not be all there are.
        alone = len(checked) == 1 and abs(parts - told.value) <= _SLIP_ALONE * abs(told.value)
        if at in agree or (near and (agree or alone)):
            objection = None if at in agree else _objection(table, total, told, parts)
            yield Tested(told.place, (told.printed,), objection)


def _can_be_summed(table: NumberTable, column: int) -> bool:
    cells = [row[column] for row in table.cells if row[column]]
    return not _NOT_SUMMED.search(table.headers[column]) and not any(
        cell is not None and cell.per_cent for cell in cells
    )


def _sum(table: NumberTable, column: int, total: int) -> tuple[float, float]:
    averages = [bool(_AVERAGE.search(label)) for label in table.labels]
    cells = [row[column] for at, row in enumerate(table.cells) if at != total and not averages[at]]
    held = [cell for cell in cells if cell is not None]
    return sum(cell.value for cell in held), sum(cell.number.step / 2 for cell in held)


def _fits(table: NumberTable, total: int, column: int, parts: float, loose: float) -> bool:
    told = table.cells[total][column]
    return told is not None and abs(parts - told.value) <= loose + told.number.step / 2 + 1e-9


def _objection(table: NumberTable, total: int, told: NumberCell, parts: float) -> Objection:
    return Objection(
        Kind.ERROR,
        SLUG,
        table.row_words(total),
        told.place,
        (told.printed,),
        f"The rows come to {as_words(parts)}, not {told.printed}.",
        f"A difference of {as_words(told.value - parts)}.",
        0.85,
    )
