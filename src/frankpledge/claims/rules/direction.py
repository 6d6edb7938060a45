"""A word of direction against the two values: “fell, from 223 to 239”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.directions import Direction
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import LEVELS, Pair, Sentence

SLUG = "direction"
_WORDS = {1: "a rise", -1: "a fall"}
_NEAR = 60
_APART = re.compile(r"[;:]|,\s(?:and|with|while)\b|\b(?:while|whereas|but|although|than|target)\b")
_DENIED = re.compile(
    r"\b(?:not|never|no|without|aims?\sto|will|should|could|may|would|slow\w*|target|rate\sof)\s(?:\w+\s)?$",
    re.IGNORECASE,
)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Changes that are said to go the other way than their values do."""
    objected: set[Pair] = set()
    for one in bound_changes(document):
        wrong = _wrong_way(one.pair, one.change.way)
        if wrong:
            objected.add(one.pair)
        objection = _objection(one.pair, one.change.way, one.quote, one.told, one.change.by.printed) if wrong else None
        yield Tested(place_of(one.told), one.figures, objection)
    for sentence in document.sentences:
        yield from _trend(document, sentence)
        yield from _each_year(sentence)
        for pair in sentence.pairs:
            way = _said_of(sentence, pair) or _said_behind(sentence, pair)
            if pair not in objected and way:
                wrong = _wrong_way(pair, way.way)
                figures = (pair.before.printed, pair.after.printed)
                objection = _objection(pair, way.way, sentence.text, sentence, "") if wrong else None
                yield Tested(place_of(sentence), figures, objection)


def _wrong_way(pair: Pair, way: int) -> bool:
    rose, fell = pair.after.low > pair.before.high, pair.after.high < pair.before.low
    return (way > 0 and fell) or (way < 0 and rose)


def _said_of(sentence: Sentence, pair: Pair) -> Direction | None:
    """The word of direction that is said of two values, with nothing between that it could be said of instead."""
    inside = [one for one in sentence.directions if pair.start <= one.start < pair.end]
    if inside:
        # “81, down from 65”: said of the first, which is the later.
        told = pair.after.start < pair.before.start and re.match(r"\s(?:from|on)\b", sentence.text[inside[-1].end :])
        return inside[-1] if told and len(inside) == 1 else None
    leading = [
        one
        for one in sentence.directions
        if one.end <= pair.start and one.kind != "compared" and not _is_subject(sentence.text, one)
    ]
    if not leading:
        return None
    last = leading[-1]
    between, before = sentence.text[last.end : pair.start], sentence.text[: last.start]
    values = [one for one in sentence.quantities if last.end <= one.start < pair.start and one.unit in LEVELS]
    denied = _DENIED.search(before) or (last.kind == "verb" and before.endswith("to "))
    return None if values or len(between) > _NEAR or _APART.search(between) or denied else last


def _is_subject(text: str, one: Direction) -> bool:
    """“Reducing reoffending received £640,000”: what is done, not what was."""
    going = text[one.start : one.end].lower().endswith("ing")
    return going and not re.search(r"\b(?:is|are|was|were|been|be)\s(?:\w+\s)?$", text[: one.start])


# “So the rate is growing”, “, upward on the year”.
_BEHIND = re.compile(
    r"^[^.;:]{0,40}?(?:,?\sso\s(?:the\s)?(?:[a-z]+\s){0,3}(?:is|was|are|has\sbeen)\s|,\s(?:which\sis\s|that\sis\s)?(?:an?\s)?)$"
)
_TREND = re.compile(
    r"^(?:the|this|our)\s(?:direction\sof\stravel|trend|movement|trajectory)\s(?:is|was|remains)\s(?:therefore\s|still\s)?(?:an?\s)?‹([UD])›"
)


def _said_behind(sentence: Sentence, pair: Pair) -> Direction | None:
    """A word of direction that sums up the two values before it."""
    behind = [one for one in sentence.directions if one.start >= pair.end]
    if not behind or not _BEHIND.match(sentence.text[pair.end : behind[0].start]):
        return None
    after = sentence.text[behind[0].end :]
    return (
        behind[0]
        if re.match(r"^\s?(?:on\s(?:the|a)\s(?:year|quarter)|year\son\syear)?\s?[.;]?$|^\son\sthe\s", after)
        else None
    )


def _trend(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """“The direction of travel is downward”, said of the two values of the sentence before."""
    told, before = _TREND.match(sentence.tagged.text), document.before(sentence)
    if told and before is not None and before.passage is sentence.passage and len(before.pairs) == 1:
        pair, way = before.pairs[0], 1 if told[1] == "U" else -1
        figures = (pair.before.printed, pair.after.printed)
        objection = (
            _objection(pair, way, f"{before.text} {sentence.text}", sentence, "") if _wrong_way(pair, way) else None
        )
        yield Tested(place_of(sentence), figures, objection)


# “Have risen in each of the last three years: 29, 61, 72 and now 75”.
_EACH = re.compile(
    r"‹([UD])›\s(?:again\s)?(?:in\s)?(?:each|every)\b[^.;]{0,60}?[:,(]\s(?:from\s)?((?:‹N\d+›(?:,\s|,?\s(?:and|to|then)\s)(?:now\s)?){2,}‹N\d+›)"
)


def _each_year(sentence: Sentence) -> Iterator[Tested]:
    """Three values or more, of which each is said to be higher, or lower, than the one before."""
    for found in _EACH.finditer(sentence.tagged.text):
        values = [sentence.quantities[int(one)] for one in re.findall(r"‹N(\d+)›", found[2])]
        way = 1 if found[1] == "U" else -1
        against = [
            Pair(one, other, one.start, other.end)
            for one, other in pairwise(values)
            if way * (other.value - one.value) <= 0
        ]
        figures = tuple(one.printed for one in values)
        objection = _objection(against[0], way, sentence.text, sentence, "") if against else None
        yield Tested(place_of(sentence), figures, objection)


def _objection(pair: Pair, way: int, quote: str, at: Sentence, by: str) -> Objection:
    before, after = pair.before.printed, pair.after.printed
    said = f"{by} is" if by else "the sentence"
    verb = "called" if by else "tells of"
    return Objection(
        Kind.ERROR,
        SLUG,
        quote,
        place_of(at),
        tuple(filter(None, (by, before, after))),
        f"From {before} to {after} is {_WORDS[-way]}; {said} {verb} {_WORDS[way]}.",
        "The word of direction is wrong, or the two values are in each other's place.",
        0.87,
    )
