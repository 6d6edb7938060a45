"""Headline changes that chance and the usual ups and downs would bring: advice, for the arithmetic may be right."""

from __future__ import annotations

from collections.abc import Iterator

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Unit
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.statistics.change import compare_counts

SLUG = "noise"
_CLEAR = 0.05
_MOST = 10_000_000


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Changes of counts that are no larger than chance alone would bring."""
    seen = set()
    for one in bound_changes(document):
        before, after = one.pair.before, one.pair.after
        if after.unit is not Unit.COUNT or Hedge.EXACT not in (before.hedge, after.hedge) or one.pair in seen:
            continue
        if not all(value == int(value) and value < _MOST for value in (before.value, after.value)):
            continue
        seen.add(one.pair)
        p_value = compare_counts(int(before.value), int(after.value)).p_value
        if before.value != after.value and p_value >= _CLEAR:
            yield objected(
                Objection(
                    Kind.ADVICE,
                    SLUG,
                    one.quote,
                    place_of(one.told),
                    (before.printed, after.printed),
                    f"Chance alone would bring two counts as far apart as {before.printed} and {after.printed} "
                    f"{as_words(100 * p_value, 0)} times in 100.",
                    "Say that there is no clear change, if they are counts of events.",
                    0.7,
                )
            )
