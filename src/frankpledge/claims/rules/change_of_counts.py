"""A change in number or rate against the two values it is of: “fell by 12, from 223 to 239”."""

from __future__ import annotations

from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import Bound, bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested

SLUG = "change-of-counts"


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Changes that are not the difference of their two values."""
    for one in bound_changes(document):
        same = one.change.by.unit is one.pair.after.unit or one.change.by.unit is Unit.POINTS
        if same and one.change.by.unit is not Unit.PER_CENT:
            yield Tested(place_of(one.told), one.figures, None if _adds_up(one) else _objection(one))


def difference(before: Quantity, after: Quantity) -> Between:
    """By how much the later of two values may lie above the earlier, as they are printed."""
    return Between.of(after.low - before.high, after.high - before.low)


def _adds_up(one: Bound) -> bool:
    by, apart = one.change.by, difference(one.pair.before, one.pair.after)
    stated = Between(by.low, by.high)
    return stated.meets(apart) or stated.meets(Between(-apart.high, -apart.low))


def _objection(one: Bound) -> Objection:
    before, after, by = one.pair.before, one.pair.after, one.change.by
    apart = after.value - before.value
    return Objection(
        Kind.ERROR,
        SLUG,
        one.quote,
        place_of(one.told),
        one.figures,
        f"From {before.printed} to {after.printed} is {as_words(apart)}, not {by.printed}.",
        f"{as_words(abs(apart))}, if both values are right.",
        0.95 if one.told is one.at else 0.85,
    )
