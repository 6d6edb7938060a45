"""A difference of two percentages that is called per cent and is percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.rules.change_of_counts import difference
from frankpledge.claims.rules.percent_of_counts import per_cent
from frankpledge.claims.statements import Sentence

SLUG = "unit"


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Per cents that are the difference of two percentages, and not their change in per cent."""
    bound = list(bound_changes(document))
    of_bound = {one.change.by for one in bound}
    for sentence in document.sentences:
        if of_bound.isdisjoint(sentence.quantities):
            yield from _of_three(sentence)
    for one in bound:
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


# About a number, what says that it is a difference.
_APART = re.compile(
    r"\b(?:shift|change|difference|gap|swing|movement)\sof\s(?:[a-z]+\s)?$|\bdown\sfrom\s[\d.]+%\s\($", re.IGNORECASE
)


def _of_three(sentence: Sentence) -> Iterator[Tested]:
    """Two percentages, and a third that is how far they lie apart and is told as a change."""
    shares = [one for one in sentence.quantities if one.unit is Unit.PER_CENT]
    if len(shares) != _THREE or any(one.unit is Unit.POINTS for one in sentence.quantities):
        return
    for by in shares:
        before, after = (one for one in shares if one is not by)
        if not _is_change(sentence, by) or by.value <= 0 or before.value <= 0 or after.value <= 0:
            continue
        apart = difference(before, after)
        stated = Between(by.low, by.high)
        exact = abs(abs(after.value - before.value) - by.value) <= 1.01 * max(one.number.step for one in shares)
        moved = [per_cent(before, after), per_cent(after, before)]
        in_per_cent = any(stated.meets(one) or stated.meets(Between(-one.high, -one.low)) for one in moved)
        if exact and not in_per_cent and (stated.meets(apart) or stated.meets(Between(-apart.high, -apart.low))):
            points = as_words(abs(after.value - before.value), 1)
            words = f"{before.printed} and {after.printed} lie {points} percentage points apart, not {by.printed}."
            figures = (by.printed, before.printed, after.printed)
            suggestion = f"Write {points} percentage points."
            yield objected(
                Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, suggestion, 0.88)
            )
            return


def _is_change(sentence: Sentence, by: Quantity) -> bool:
    """Whether a word of direction stands at it: “up 11%”, “10% higher”, “a 3% fall”, “a shift of 9%”."""
    before, behind = sentence.text[: by.start], sentence.text[by.end :]
    beside = any(
        (one.start >= by.end and len(sentence.text[by.end : one.start].strip(" -")) == 0)
        or (
            one.end <= by.start
            and re.fullmatch(r"\s(?:by\s|of\s|in\s)?(?:a\s|about\s|some\s)?", sentence.text[one.end : by.start])
        )
        for one in sentence.directions
    )
    return beside or bool(_APART.search(before)) or bool(re.match(r"\s?\)", behind) and re.search(r"%\s\($", before))


_THREE = 3
