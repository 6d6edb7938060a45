"""A table's column of shares against its column of counts: each a share of the total, or of the sum of them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.tables import NumberTable

SLUG = "share-of-whole"
_TOTAL = re.compile(r"^(?:grand\s|overall\s)?totals?\b|^all\b|^base\b", re.IGNORECASE)
_CHANGE = re.compile(r"change|difference|rate\b|\+/-|rise|fall", re.IGNORECASE)
_ALL = 100.0
_LEAST_ROWS = 3
_HOLDS = 0.6


@dataclass(frozen=True)
class _Shares:
    """A column of counts, one of shares, and what all are shares of."""

    counts: int
    shares: int
    whole: float


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Rows whose share is not that of their count, in a table where that of most rows is."""
    for table in document.tables:
        for one in _shares(table):
            for row, cells in enumerate(table.cells):
                count, share = cells[one.counts], cells[one.shares]
                if count is not None and share is not None:
                    fits = _fits(table, row, one)
                    yield Tested(
                        share.place, (share.printed, count.printed), None if fits else _objection(table, row, one)
                    )


def _shares(table: NumberTable) -> Iterator[_Shares]:
    for counts, shares in zip(table.columns, table.columns[1:], strict=False):
        per_cent = any(row[shares] is not None and row[shares].per_cent for row in table.cells)  # type: ignore[union-attr]
        if (
            shares != counts + 1
            or not (per_cent or "%" in table.headers[shares])
            or _CHANGE.search(table.headers[shares])
        ):
            continue
        printed = _totals(table, counts)
        for whole in _wholes(table, counts):
            rows = [
                row
                for row, cells in enumerate(table.cells)
                if cells[counts] and cells[shares] and not _is_total(table, row)
            ]
            holding = sum(_fits(table, row, _Shares(counts, shares, whole)) for row in rows)
            # Of two rows and a printed total one may be the slip.
            few = len(rows) == 2 and holding and whole in printed
            if few or (len(rows) >= _LEAST_ROWS and holding >= max(2, _HOLDS * len(rows))):
                yield _Shares(counts, shares, whole)
                break


def _is_total(table: NumberTable, row: int) -> bool:
    return bool(_TOTAL.match(table.labels[row].strip()))


def _wholes(table: NumberTable, column: int) -> list[float]:
    """What counts may be shares of: the total printed, else their sum."""
    parts = [cells[column] for row, cells in enumerate(table.cells) if cells[column] and not _is_total(table, row)]
    added = sum(cell.value for cell in parts if cell is not None)
    return [one for one in (*_totals(table, column), added) if one > 0]


def _totals(table: NumberTable, column: int) -> list[float]:
    cells = [cells[column] for row, cells in enumerate(table.cells) if cells[column] and _is_total(table, row)]
    return [cell.value for cell in cells if cell is not None]


def _fits(table: NumberTable, row: int, one: _Shares) -> bool:
    count, share = table.cells[row][one.counts], table.cells[row][one.shares]
    assert count is not None and share is not None
    half = 0.5 if share.number.step == 0 else 0.0
    stated = Between(share.number.low - half, share.number.high + half)
    return stated.meets(Between.of(_ALL * count.value / one.whole), slack=1e-6)


def _objection(table: NumberTable, row: int, one: _Shares) -> Objection:
    count, share = table.cells[row][one.counts], table.cells[row][one.shares]
    assert count is not None and share is not None
    actual = _ALL * count.value / one.whole
    return Objection(
        Kind.ERROR,
        SLUG,
        table.row_words(row),
        share.place,
        (share.printed, count.printed),
        f"{count.printed} of {as_words(one.whole)} is {as_words(actual, 1)}%, not {share.printed}, as other rows are.",
        "",
        0.88,
    )
