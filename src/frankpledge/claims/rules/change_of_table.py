"""A change told in the text against the row of the document's own area in a table of the section."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.columns import Relation, relations
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import listings_of, plain
from frankpledge.claims.named import own_label
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Change, Sentence
from frankpledge.claims.tables import NumberCell, NumberTable

SLUG = "same-quantity"
_NO_COUNTS = re.compile(r"\brate\b|per\s\d|%", re.IGNORECASE)
# Two tellings of one change lie as near as this; others are of two things.
_NEAR = 0.3
_WORD = re.compile(r"[a-z]{3,}")
_GENERAL = frozenset(
    ("table", "the", "and", "area", "areas", "offences", "crimes", "number", "year", "its", "neighbours")
)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Changes between two years that a table gives otherwise."""
    own = own_label(document, listings_of(document))
    for at, section in enumerate(document.sections):
        near = document.sections[max(0, at - 1) : at + 2]
        for table in (table for one in near for table in one.tables):
            for relation in relations(table):
                cell = _cell(table, relation, own)
                for sentence in section.sentences if cell else ():
                    assert cell is not None
                    yield from _compared(sentence, table, relation, cell)


def _cell(table: NumberTable, relation: Relation, own: str) -> NumberCell | None:
    """The area's change, where the columns are of counts of two years."""
    labels = [plain(label) for label in table.labels]
    if relation.kind != "difference" or own not in labels or _NO_COUNTS.search(table.headers[relation.after]):
        return None
    row = labels.index(own)
    return table.cells[row][relation.result] if row in relation.rows and row not in relation.wrong else None


def _compared(sentence: Sentence, table: NumberTable, relation: Relation, cell: NumberCell) -> Iterator[Tested]:
    years = [re.findall(r"\b(?:19|20)\d\d\b", table.headers[at]) for at in (relation.before, relation.after)]
    lengths = any(one.unit is Unit.DURATION for one in sentence.quantities)
    if (
        lengths
        or not all(years)
        or not all(one[0] in sentence.text for one in years)
        or not _of_one_thing(sentence, table)
    ):
        return
    for change in sentence.changes:
        if change.by.unit is Unit.COUNT and change.by.hedge is Hedge.EXACT and change.way * cell.value > 0:
            yield from _told(sentence, change, change.by, cell)


def _of_one_thing(sentence: Sentence, table: NumberTable) -> bool:
    """Whether the table's caption or first heading names what the sentence does."""
    named = set(_WORD.findall(f"{table.source.caption} {table.headers[0]}".lower())) - _GENERAL
    return not named or not named.isdisjoint(_WORD.findall(sentence.text.lower()))


def _told(sentence: Sentence, change: Change, by: Quantity, cell: NumberCell) -> Iterator[Tested]:
    apart = abs(by.value - abs(cell.value))
    if not apart or apart <= _NEAR * abs(cell.value):
        figures = (by.printed, cell.printed)
        words = f"{by.printed} here, and {cell.printed} in the table's row of the same area."
        objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.8)
        yield Tested(place_of(sentence), figures, objection if apart else None)
