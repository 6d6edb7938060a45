"""A difference of two percentages that is called per cent and is percentage points."""

from __future__ import annotations

from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.rules.change_of_counts import difference
from frankpledge.claims.rules.percent_of_counts import per_cent

SLUG = "unit"


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Per cents that are the difference of two percentages, and not their change in per cent."""
    for one in bound_changes(document):
        before, after, by = one.pair.before, one.pair.after, one.change.by
        if by.unit is not Unit.PER_CENT or after.unit is not Unit.PER_CENT or before.value <= 0:
            continue
        stated, apart, moved = Between(by.low, by.high), difference(before, after), per_cent(before, after)
        in_points = stated.meets(apart) or stated.meets(Between(-apart.high, -apart.low))
        in_per_cent = stated.meets(moved) or stated.meets(Between(-moved.high, -moved.low))
        if in_points and not in_per_cent:
            points = as_words(abs(after.value - before.value), 1)
            yield objected(
                Objection(
                    Kind.ERROR,
                    SLUG,
                    one.quote,
                    place_of(one.told),
                    one.figures,
                    f"From {before.printed} to {after.printed} is {points} percentage points, which is "
                    f"{as_words(100 * (after.value / before.value - 1), 1)}%.",
                    f"Write {points} percentage points.",
                    0.93,
                )
            )
