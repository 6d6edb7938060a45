"""A change in per cent against the two values it is of: “rose by 5%, from 223 to 239”."""

from __future__ import annotations

from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import Bound, bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.rules.change_of_counts import difference

SLUG = "percent-of-counts"
_ALL = 100.0


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Per cents that are not the change of their two values; of two shares, those that are rather their points."""
    for one in bound_changes(document):
        if one.change.by.unit is Unit.PER_CENT and one.pair.before.value > 0:
            yield Tested(place_of(one.told), one.figures, None if _adds_up(one) else _objection(one))
    yield from _more_than_all(document)


def _more_than_all(document: ReadDocument) -> Iterator[Tested]:
    """A fall by more than a hundred per cent, which no count can have."""
    for sentence in document.sentences:
        for one in sentence.changes:
            if one.by.unit is Unit.PER_CENT and one.way < 0 and one.by.low > _ALL:
                words = f"Nothing that is counted falls by more than 100%; this tells of a fall by {one.by.printed}."
                place = place_of(sentence)
                yield objected(Objection(Kind.ERROR, SLUG, sentence.text, place, (one.by.printed,), words, "", 0.85))


def per_cent(before: Quantity, after: Quantity) -> Between:
    """By how many per cent the later of two values may lie above the earlier, as they are printed."""
    ends = [100 * (new / old - 1) for new in (after.low, after.high) for old in (before.low, before.high) if old > 0]
    return Between.of(*ends)


def _adds_up(one: Bound) -> bool:
    by, before, after = one.change.by, one.pair.before, one.pair.after
    stated = Between(by.low, by.high)
    moved = per_cent(before, after)
    if stated.meets(moved) or stated.meets(Between(-moved.high, -moved.low)):
        return True
    # Points that are called per cent are for another rule.
    points = difference(before, after)
    return after.unit is Unit.PER_CENT and (stated.meets(points) or stated.meets(Between(-points.high, -points.low)))


def _objection(one: Bound) -> Objection:
    before, after, by = one.pair.before, one.pair.after, one.change.by
    moved = 100 * (after.value / before.value - 1)
    return Objection(
        Kind.ERROR,
        SLUG,
        one.quote,
        place_of(one.told),
        one.figures,
        f"From {before.printed} to {after.printed} is {as_words(moved, 1)}%, not {by.printed}.",
        _suggestion(before, after, by),
        0.93 if one.told is one.at else 0.85,
    )


def _suggestion(before: Quantity, after: Quantity, by: Quantity) -> str:
    backwards = 100 * abs(before.value / after.value - 1) if after.value else 0.0
    if Between(by.low, by.high).meets(Between.of(backwards)):
        return f"It was worked out from {after.printed}, the later value, instead of from {before.printed}."
    return f"{as_words(abs(100 * (after.value / before.value - 1)), 1)}%, if both values are right."
