"""A share told of one group against the list that holds it: “12% took place between 6am and noon”, of 42 in 356."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from frankpledge.claims.areas import wider
from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import Listing
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence
from frankpledge.claims.told import told_of_names

SLUG = "share-of-whole"
_ALL = 100.0
_LEAST_GROUPS = 3
# How far from what is listed a share may lie that is told in round words, and one that is told as about so much.
_LOOSE_WORDS, _LOOSE_ABOUT, _ROUNDING = 5.0, 1.5, 0.06
# What is of some of them only, of another time, or of more than the one group.
_OF_ELSE = re.compile(
    r"\b(?:of\s(?:these|those|them|whom|which|the\s\w+\swho)|compared|(?<!more\s)(?<!less\s)(?<!fewer\s)than|against|average|target|increase|rise|fall|years?\sago|earlier|before|previous|"
    r"last\s(?:year|time|wave)|CI|confidence|combined|together|either|or\sover|positive|arrest\w*|charged?)\b",
    re.IGNORECASE,
)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Shares that are not those of the group they name, in any list of the section that holds it."""
    for known in told_of_names(document):
        wholes = {one.value for one in known.own_counts}
        lists = [one for one in known.listed if _of_groups(one, {known.own, *known.people}) and _is_whole(one, wholes)]
        for sentence in known.sentences if lists else ():
            yield from _compared(sentence, lists)


def _of_groups(one: Listing, areas: Set[str]) -> bool:
    """Whether a list is of groups that make a whole, and neither of times nor of areas."""
    of_groups = one.unit in (Unit.COUNT, Unit.PER_CENT) and len(one.values) >= _LEAST_GROUPS
    return of_groups and not one.by_time and areas.isdisjoint(one.values)


def _is_whole(one: Listing, wholes: Set[float]) -> bool:
    """Whether a list holds all there are, not the five most common: shares say so, and counts that come to a total."""
    return one.unit is Unit.PER_CENT or _sum(one) in wholes


def _compared(sentence: Sentence, lists: Sequence[Listing]) -> Iterator[Tested]:
    shares = [one for one in sentence.quantities if one.unit in (Unit.PER_CENT, Unit.SHARE)]
    if len(shares) != 1 or sentence.changes or _OF_ELSE.search(sentence.text) or wider(sentence.text):
        return
    if any(one.sentence is sentence for one in lists):
        return
    told = [(one, label) for one in lists for label in _named(sentence, one)]
    labels = {label for _, label in told}
    if len(labels) != 1:
        return
    expected = [_share(one, label) for one, label in told]
    counts = [one.value for one in sentence.quantities if one.unit is Unit.COUNT and one.hedge is Hedge.EXACT]
    known = {value for one, label in told if one.unit is Unit.COUNT for value in (one.values[label].value, _sum(one))}
    counted = [one for one, _ in told if one.unit is Unit.COUNT]
    if not _agree(expected):
        return
    figures = (shares[0].printed, *(as_words(one) for one in counts))
    fits = any(_stated(shares[0]).meets(one) for one in expected)
    if counted and not known.issuperset(counts):
        if fits and len(counts) == 1 and counts[0] < _sum(counted[0]):
            yield Tested(place_of(sentence), figures, _other_count(sentence, counted[0], told[0][1], figures))
        return
    yield Tested(
        place_of(sentence), figures, None if fits else _objection(sentence, shares[0], told[0], expected[0], figures)
    )


def _named(sentence: Sentence, one: Listing) -> Iterator[str]:
    """The labels of a list that a sentence names; “between noon and 6pm” names “noon to 6pm”."""
    text = sentence.text
    # The longest first: “neither agree nor disagree” does not name “disagree”.
    for label in sorted(one.values, key=len, reverse=True):
        loose = re.escape(label).replace(r"\ to\ ", r"\s(?:to|and)\s").replace(r"\-", "[-–—]")
        found = re.search(rf"(?<![\w-]){loose}(?![\w-])", text, re.IGNORECASE) if len(label) > 3 else None
        if found:
            text = text[: found.start()] + text[found.end() :]
            yield label


def _sum(one: Listing) -> float:
    return sum(number.value for number in one.values.values())


def _share(one: Listing, label: str) -> Between:
    """The share of a label, as far as what is listed tells it."""
    number = one.values[label]
    if one.unit is Unit.PER_CENT:
        return Between(number.low, number.high)
    return Between.of(_ALL * number.value / _sum(one))


def _agree(expected: Sequence[Between]) -> bool:
    widened = [Between(one.low - _ROUNDING, one.high + _ROUNDING) for one in expected]
    return all(one.meets(widened[0]) for one in widened)


def _stated(share: Quantity) -> Between:
    loose = _LOOSE_WORDS if share.unit is Unit.SHARE else _ROUNDING if share.hedge is Hedge.EXACT else _LOOSE_ABOUT
    return Between(share.low - loose, share.high + loose)


def _other_count(sentence: Sentence, one: Listing, label: str, figures: tuple[str, ...]) -> Objection:
    """The share is that of the list, and the count beside it is another."""
    listed = as_words(one.values[label].value)
    words = f"{one.names[label]} is listed with {listed}, which is {figures[0]}; not {figures[1]}."
    return Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.75)


def _objection(
    sentence: Sentence, share: Quantity, told: tuple[Listing, str], expected: Between, figures: tuple[str, ...]
) -> Objection:
    one, label = told
    of = f"{as_words(one.values[label].value)} of {as_words(_sum(one))}, " if one.unit is Unit.COUNT else ""
    words = f"{one.names[label]} is listed with {of}{as_words(expected.middle, 1)}%; this tells of {share.printed}."
    return Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.8)
