"""A table's columns of change against the two columns they are of."""

from __future__ import annotations

from collections.abc import Iterator

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.columns import Relation, relations, turned_round
from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.tables import NumberCell, NumberTable

_RATE = "rate per "
_SLUGS = {"difference": "change-of-counts", "per cent": "percent-of-counts"}


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Rows whose change is not that of their two values, in a table where that of most rows is."""
    for table in document.tables:
        for relation in relations(table):
            for row in relation.rows:
                told = table.cells[row][relation.result]
                assert told is not None
                objection = None
                if row in relation.wrong:
                    objection = _objection(table, relation, row)
                elif turned_round(table, relation) and told.value:
                    objection = _turned_round(table, relation, row)
                yield Tested(told.place, (told.printed,), objection)


def _objection(table: NumberTable, relation: Relation, row: int) -> Objection:
    before, after, told = (table.cells[row][at] for at in (relation.before, relation.after, relation.result))
    assert before is not None and after is not None and told is not None
    if relation.kind.startswith(_RATE):
        return _of_rate(table, row, relation.kind, before, after, told)
    is_per_cent = relation.kind == "per cent"
    actual = 100 * (after.value / before.value - 1) if is_per_cent and before.value else after.value - before.value
    sign = "%" if is_per_cent else ""
    near = abs(abs(told.value) - abs(actual)) <= max(told.number.step, 0.5 * is_per_cent)
    wrong_way = told.value * actual < 0 and near
    return Objection(
        Kind.ERROR,
        "direction" if wrong_way else _SLUGS[relation.kind],
        table.row_words(row),
        told.place,
        (told.printed, before.printed, after.printed),
        f"From {before.printed} to {after.printed} is {as_words(actual, 1 if is_per_cent else None)}{sign}, "
        f"not {told.printed}, as the other rows of the table are worked out.",
        "The sign is lost." if wrong_way else "",
        0.9,
    )


def _of_rate(
    table: NumberTable, row: int, kind: str, population: NumberCell, count: NumberCell, told: NumberCell
) -> Objection:
    per = float(kind.removeprefix(_RATE).replace(",", ""))
    actual = as_words(per * count.value / population.value, 2)
    words = f"{count.printed} of {population.printed} is {actual} {kind.removeprefix('rate ')}"
    figures = (told.printed, count.printed, population.printed)
    return Objection(
        Kind.ERROR,
        "rate-of-count",
        table.row_words(row),
        told.place,
        figures,
        f"{words}, not {told.printed}.",
        "",
        0.88,
    )


def _turned_round(table: NumberTable, relation: Relation, row: int) -> Objection:
    later, earlier, told = (table.cells[row][at] for at in (relation.before, relation.after, relation.result))
    assert later is not None and earlier is not None and told is not None
    return Objection(
        Kind.ERROR,
        "direction",
        table.row_words(row),
        told.place,
        (told.printed, earlier.printed, later.printed),
        f"From {earlier.printed} to {later.printed} is {as_words(later.value - earlier.value)}, not {told.printed}.",
        "The whole column has its signs turned round: the later value was taken from the earlier.",
        0.8,
    )
