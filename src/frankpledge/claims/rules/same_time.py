"""Two values, or the two sides of a change, told of the same time: “from 694 in 2019/20 to 607 in 2019/20”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.nouns import nouns
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import DAYS
from frankpledge.claims.moments import TIME_AS_LABEL, times_with_values
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.rules.change_of_counts import difference
from frankpledge.claims.rules.percent_of_counts import per_cent
from frankpledge.claims.runs import runs
from frankpledge.claims.statements import LEVELS, Change, Pair, Sentence, sentence_of

SLUG = "dates"
_A_LINE = 90


def tested(document: ReadDocument) -> Iterator[Tested]:
    """What is compared with itself, where another time must be meant."""
    for sentence in document.sentences:
        for way in (_told_twice(sentence), _compared_with_itself(sentence), _two_of_one_time(document, sentence)):
            found = list(way)
            yield from found
            if any(one.objection for one in found):
                break


def _told_twice(sentence: Sentence) -> Iterator[Tested]:
    """Two values of one thing that are both told of the same time: “from 694 in 2019/20 to 607 in 2019/20”."""
    for pair in sentence.pairs:
        first, second = sentence.time_of(pair.before), sentence.time_of(pair.after)
        if first is None or second is None or first is second or first.time is None or second.time is None:
            continue
        if pair.before.unit is Unit.COUNT and first.time.first is not None and pair.before.value != pair.after.value:
            same = (first.time.first, first.time.last) == (second.time.first, second.time.last)
            figures = (second.printed, pair.before.printed, pair.after.printed)
            words = f"{pair.before.printed} and {pair.after.printed} are both told of {second.printed}."
            objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
            yield Tested(place_of(sentence), figures, objection if same else None)


_A_TIME = r"(?:the\s)?(?:‹L\d+›\s)?(?:[a-z]+\s){0,4}?‹T(\d+)›"
_WITH_ITSELF = (
    re.compile(rf"\bbetween\s{_A_TIME}\sand\s{_A_TIME}"),
    re.compile(rf"\bcompared\s(?:with|to)\s{_A_TIME}(?:\s\([^()]*\))?,\s{_A_TIME}"),
    re.compile(
        rf"\b(?:in|during|for)\s{_A_TIME}\s(?:was|is)\s‹[NP]\d+›\s‹[UD]›\sthan\s(?:that\sof\s|those\sof\s|in\s){_A_TIME}"
    ),
    re.compile(
        rf"‹[UD]›[^‹›.;]{{0,60}}?\b(?:in|during|for)\s{_A_TIME},?\s(?:than|(?:as\s)?compared\s(?:with|to)|against|versus)\s(?:in\s|during\s|for\s)?{_A_TIME}"
    ),
)


def _compared_with_itself(sentence: Sentence) -> Iterator[Tested]:
    """A change between a time and the same time: “a 6% fall between 2019/20 and 2019/20”."""
    for found in (one for pattern in _WITH_ITSELF for one in pattern.finditer(sentence.tagged.text)):
        first, second = (sentence.quantities[int(one)] for one in found.groups())
        yield from _same_time(sentence, first, second, ())
    for unit in LEVELS if sentence.changes else ():
        stated = {id(one.by) for one in sentence.changes}
        values = [one for one in sentence.quantities if one.unit is unit and id(one) not in stated]
        if len(values) != 2 or values[0].value == values[1].value:
            continue
        pair = Pair(values[0], values[1], values[0].start, values[1].end)
        told, again = (sentence.time_of(one) for one in values)
        if told is not None and again is not None and any(_accounts_for(one, pair) for one in sentence.changes):
            yield from _same_time(sentence, told, again, (values[0].printed, values[1].printed))


def _accounts_for(change: Change, pair: Pair) -> bool:
    """Whether a change is that from one of two values to the other, either way."""
    by = Between(change.by.low, change.by.high)
    if change.by.unit is Unit.PER_CENT and pair.before.unit is not Unit.PER_CENT:
        ways = (per_cent(pair.before, pair.after), per_cent(pair.after, pair.before))
        return any(by.meets(one) or by.meets(Between(-one.high, -one.low)) for one in ways)
    moved = difference(pair.before, pair.after)
    return by.meets(moved) or by.meets(Between(-moved.high, -moved.low))


def _same_time(sentence: Sentence, first: Quantity, second: Quantity, values: tuple[str, ...]) -> Iterator[Tested]:
    if first is second or first.time is None or second.time is None or None in (first.time.first, first.time.last):
        return
    # Two days may lie in one month.
    if first.time.form in DAYS or second.time.form in DAYS:
        return
    figures = (second.printed, *values)
    words = f"What is compared is told of {first.printed} and of {second.printed}, which are the same."
    same = (first.time.first, first.time.last) == (second.time.first, second.time.last)
    objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
    yield Tested(place_of(sentence), figures, objection if same else None)


def _two_of_one_time(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """Two values in a line, each beside its time, and both times the same: “2022/23 – 671 thefts (2022/23 – 574)”."""
    if sentence.pairs:
        return
    before = document.before(sentence)
    if before is not None and before.passage is sentence.passage and _is_label(before) and _is_label(sentence):
        joined = sentence_of(f"{before.text} {sentence.text}", sentence.passage, sentence.number)
        yield from _same_times(joined, sentence)
    yield from _same_times(sentence, sentence)


def _is_label(sentence: Sentence) -> bool:
    """“Distraction burglaries, 2021/22: 36.”: a label and its value."""
    return bool(TIME_AS_LABEL.search(sentence.tagged.text)) and len(sentence.text) < _A_LINE


def _same_times(told: Sentence, at: Sentence) -> Iterator[Tested]:
    stated = {id(one.by) for one in told.changes}
    found = [(told.quantities[time], told.quantities[value]) for time, value in times_with_values(told.tagged.text)]
    found = [pair for pair in found if id(pair[1]) not in stated]
    if any(len(run.values) > 2 for run in runs(told)):
        return
    if len(found) != 2 or found[0][1].unit is not found[1][1].unit or found[0][1] is found[1][1]:
        return
    (one, first), (other, second) = sorted(found, key=lambda pair: pair[1].start)
    same = one.time is not None and other.time is not None and one.time.first is not None
    if not same or _of_two_things(first, second) or _NO_TWO.search(told.text):
        return
    assert one.time is not None and other.time is not None
    figures = (other.printed, first.printed, second.printed)
    words = f"{first.printed} and {second.printed} are both told of {other.printed}."
    objection = Objection(Kind.ERROR, SLUG, told.text, place_of(at), figures, words, "", 0.85)
    differ = (one.time.first, one.time.last) != (other.time.first, other.time.last) or first.value == second.value
    yield Tested(place_of(at), figures, None if differ else objection)


def _of_two_things(one: Quantity, other: Quantity) -> bool:
    first, second = nouns(one), nouns(other)
    return bool(first and second) and not first & second


# What is of the same time without being the same: a part, a target, another place.
_NO_TWO = re.compile(
    r"\b(?:of\swh\w+|including|target|forecast|budget|respectively|both|each|victims?\sand|per|average|while|whereas)\b",
    re.IGNORECASE,
)
