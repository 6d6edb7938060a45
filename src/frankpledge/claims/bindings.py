"""Which stated change belongs to which two values: in one sentence, or in two that follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.grammar.nouns import nouns
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.moments import earlier_and_later, months_of_time
from frankpledge.claims.published import PassageKind
from frankpledge.claims.statements import Change, Pair, Sentence, sentence_of
from frankpledge.claims.topics import share_a_topic, stems


@dataclass(frozen=True)
class Bound:
    """A change and the two values it is of.

    Attributes
    ----------
    told, at
        The sentence that tells the change, and the one that tells the values.
    """

    change: Change
    pair: Pair
    told: Sentence
    at: Sentence

    @property
    def figures(self) -> tuple[str, ...]:
        """The change and the two values, as printed."""
        return self.change.by.printed, self.pair.before.printed, self.pair.after.printed

    @property
    def quote(self) -> str:
        """What is said, of both sentences where there are two."""
        both = {one.number: one.text for one in (self.told, self.at)}
        return " ".join(both[number] for number in sorted(both))


# Which values a change can be of.
_FITS = {
    Unit.COUNT: (Unit.COUNT,),
    Unit.MONEY: (Unit.MONEY,),
    Unit.RATE: (Unit.RATE, Unit.COUNT),
    Unit.POINTS: (Unit.PER_CENT,),
    Unit.PER_CENT: (Unit.COUNT, Unit.MONEY, Unit.RATE, Unit.PER_CENT),
}
_APART = re.compile(
    r";|,?\sand\s(?!this\b|that\b|is\b|was\b|an?\b|by\b|represent|so\b|thus\b|equat|the\s(?:increase|decrease|rise|fall))\w+|\b(?:while|whilst|whereas|but|although|however|meanwhile|by\scontrast|in\scontrast)\b"
)
_GOES_ON = re.compile(
    r"(?:there\s(?:was|were|has|have)|this|that|these|it|in\s|from\s|a\stotal|during|with|the\s(?:total|number|figure)|‹T|‹N)"
)
_LOOKS_BACK = re.compile(
    r"(?:this|that|which|it)\s(?:is|was|represents|represented|equates|equated|translates|translated|means|meant|amounts|"
    r"compares|gives|shows|marks|equals|reflects|has|had)|(?:an?|the)\s‹[UD]›|representing|equivalent|a\s(?:difference|change)"
)

# What says itself that it is about the same.
_REFERS = re.compile(r"(?:this|that|these|which|it|the\s(?:total|number|figure))\b|(?:an?|the)\s‹[UD]›")


def bound_changes(document: ReadDocument) -> Iterator[Bound]:
    """Every change that can be told to be of two values the document prints."""
    for sentence in document.sentences:
        yield from _compared_with_the_one_before(document, sentence)
        yield from _came_to(document, sentence)
        yield from _of_two_sentences(document, sentence)
        for change in sentence.changes:
            pair = _nearest(sentence, change)
            if pair is not None:
                yield Bound(change, pair, sentence, sentence)
            elif not any(_fits(change, one) for one in sentence.pairs):
                yield from _beyond(document, sentence, change)


# “This compares to 38.5% a year before”, “two years ago it was 28.7%”.
_COMPARES = re.compile(
    r"(?:(?:‹L\d+›|(?:an?|one)\s[a-z]+|the\s(?:year|quarter|wave))\s(?:ago|before|earlier),?\s(?:it|this|that|the\s[a-z]+)\s(?:was|stood\sat|had\sbeen)|"
    r"(?:this|that|which|it)?\s?(?:compares|compared|is\scompared|was\s‹[UD]›|is\s‹[UD]›|‹[UD]›)\s(?:to|with|from))\s[^‹›.;]{0,30}?‹([NMPR])(\d+)›"
)


def _compared_with_the_one_before(document: ReadDocument, sentence: Sentence) -> Iterator[Bound]:
    """The later value stands in the sentence before: “It is 36.4%. This compares to 38.5% a year before”."""
    found, before = _COMPARES.match(sentence.tagged.text), document.before(sentence)
    if found is None or before is None or not _near(sentence, before):
        return
    earlier = sentence.quantities[int(found[2])]
    later = [one for one in before.quantities if one.unit is earlier.unit]
    changes = [one for one in sentence.changes if one.by is not earlier and one.start > earlier.end]
    others = [one for one in sentence.quantities if one.unit is earlier.unit and one is not earlier]
    if len(later) == 1 and not before.pairs and all(one in [change.by for change in changes] for one in others):
        pair = Pair(earlier, later[0], earlier.start, earlier.end)
        yield from (Bound(one, pair, sentence, before) for one in changes if _fits(one, pair))


# “By 2018 the number had gone down to 1,063, by 4%”.
_CAME_TO = re.compile(
    r"(?:by|in)\s(?:the\s)?(?:‹L\d+›\s)?(?:[a-z]+\s){0,3}‹T\d+›,?\s(?:it|this|that|they|the\s(?:number|figure|total|count|rate))\s(?:had\s|has\s)?‹([UD])›\sto\s[^‹›.;]{0,15}‹([NMR])(\d+)›(?:,?\s(?:that\sis,?\s|which\sis\s)?(?:an?\s[a-z‹›UD]+\sof\s|by\s)?‹([NP])(\d+)›)?"
)


def _came_to(document: ReadDocument, sentence: Sentence) -> Iterator[Bound]:
    """The earlier value stands alone in the sentence before, the later in this one."""
    found, before = _CAME_TO.match(sentence.tagged.text), document.before(sentence)
    if found is None or before is None or sentence.pairs or not _near(sentence, before):
        return
    later = sentence.quantities[int(found[3])]
    earlier = [one for one in before.quantities if one.unit is later.unit]
    if len(earlier) == 1:
        pair = Pair(earlier[0], later, later.start, later.end)
        changes = [one for one in sentence.changes if one.by is not later and _fits(one, pair)]
        if not changes and found[5]:
            by = sentence.quantities[int(found[5])]
            changes = [Change(by, 1 if found[1] == "U" else -1, by.start, by.end)]
        yield from (Bound(one, pair, sentence, before) for one in changes if _fits(one, pair))


_MOST_TIMES = 2


def _of_two_sentences(document: ReadDocument, sentence: Sentence) -> Iterator[Bound]:
    """“It saw 124 in 2015. In 2014 it saw 118; the increase is 5%”: one value in each, and a time in each."""
    before = document.before(sentence)
    if (
        before is None
        or before.passage is not sentence.passage
        or not sentence.changes
        or before.changes
        or sentence.pairs
    ):
        return
    stated = [one.by for one in sentence.changes]
    for unit in (Unit.COUNT, Unit.RATE):
        first = [one for one in before.quantities if one.unit is unit]
        second = [one for one in sentence.quantities if one.unit is unit and one not in stated]
        if len(first) != 1 or len(second) != 1 or second[0].start > sentence.changes[0].start:
            continue
        joined = sentence_of(f"{before.text} {sentence.text}", sentence.passage, sentence.number)
        found = [
            at
            for at, one in enumerate(joined.quantities)
            if one.unit is unit and one.value in (first[0].value, second[0].value)
        ]
        ordered = earlier_and_later(joined.tagged.text, joined.quantities, *found) if len(found) == 2 else None
        # “989 (down 154 on 2014)” is itself the later.
        later = re.match(r"\s\(‹[UD]›", sentence.tagged.text[_end_of(sentence, second[0]) :])
        turned = bool(ordered and later and joined.quantities[ordered[0]].value == second[0].value)
        if ordered and not turned and _may_follow((before, first[0]), (sentence, second[0])):
            pair = Pair(joined.quantities[ordered[0]], joined.quantities[ordered[1]], second[0].start, second[0].end)
            yield from (Bound(one, pair, sentence, before) for one in sentence.changes if _fits(one, pair))


def _may_follow(one: tuple[Sentence, Quantity], other: tuple[Sentence, Quantity]) -> bool:
    """Whether two values of two sentences are two tellings of one thing: not told of one time, and not far apart."""
    low, high = sorted(value.value for _, value in (one, other))
    times = [months_of_time(sentence.time_of(value)) for sentence, value in (one, other)]
    return low != high <= _MOST_TIMES * low and (None in times or times[0] != times[1])


def _end_of(sentence: Sentence, one: Quantity) -> int:
    """Where a quantity's tag ends in the tagged sentence."""
    found = re.search(rf"‹[A-Z]{sentence.quantities.index(one)}›", sentence.tagged.text)
    return found.end() if found else 0


def _fits(change: Change, pair: Pair) -> bool:
    units = _FITS.get(change.by.unit, ())
    values = (pair.before, pair.after)
    return pair.after.unit in units and change.by not in values


def _nearest(sentence: Sentence, change: Change) -> Pair | None:
    """The one pair that a change is said of; None where two might be meant, or a clause lies between."""
    fitting = [pair for pair in sentence.pairs if _fits(change, pair)]
    near = sorted(fitting, key=lambda pair: _gap(pair, change))
    if not near or _APART.search(_between(sentence, near[0], change)):
        return None
    if len(near) > 1 and _gap(near[1], change) < 1.3 * _gap(near[0], change) + 10:
        return None
    others = [one for one in sentence.changes if one is not change and one.by.unit is change.by.unit]
    closer = [one for one in others if _gap(near[0], one) < _gap(near[0], change)]
    return None if closer else near[0]


def _gap(pair: Pair, change: Change) -> int:
    return max(pair.start - change.end, change.start - pair.end, 0)


def _between(sentence: Sentence, pair: Pair, change: Change) -> str:
    first, last = (change.end, pair.start) if change.end <= pair.start else (pair.end, change.start)
    return sentence.text[first:last].lower() if first < last else ""


def _beyond(document: ReadDocument, sentence: Sentence, change: Change) -> Iterator[Bound]:
    """The two values told in the sentence after, or, where this one looks back, in the one before."""
    own = [one for one in sentence.quantities if one.unit in _FITS.get(change.by.unit, ()) and one is not change.by]
    stated = [one.by for one in sentence.changes]
    if len([one for one in own if one not in stated]) > 1:
        return
    if sentence.pairs or len([one for one in sentence.changes if one.by.unit is change.by.unit]) > 1:
        return
    if _LOOKS_BACK.match(sentence.tagged.text):
        other = document.before(sentence)
        others = other.changes if other else ()
        if any(one.by.unit is change.by.unit for one in others):
            return
    else:
        other = document.after(sentence)
        if other is None or not _GOES_ON.match(other.tagged.text) or other.changes:
            return
    if other is None or other.passage.place.heading != sentence.passage.place.heading or not _near(sentence, other):
        return
    refers = _REFERS.match(sentence.tagged.text) or _REFERS.match(other.tagged.text)
    if not refers and not (share_a_topic(sentence.text, other.text) and _of_one_time(sentence, other)):
        return
    fitting = [pair for pair in other.pairs if _fits(change, pair) and _of_one_thing(change, pair)]
    if len(fitting) == 1 and (refers or stems(sentence.text) or _comparable(change, fitting[0])):
        yield Bound(change, fitting[0], sentence, other)


def _comparable(change: Change, pair: Pair) -> bool:
    """Whether a change is of the size of that from one value to the other."""
    moved = abs(pair.after.value - pair.before.value)
    if change.by.unit is Unit.PER_CENT and pair.after.unit is not Unit.PER_CENT:
        moved *= 100 / max(pair.before.value, 1e-9)
    return 1 / _MOST_TIMES < change.by.value / max(moved, 1e-9) < _MOST_TIMES


def _of_one_time(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences name a time in common, or one names none."""
    times = [
        {months_of_time(at) or at.printed for at in sentence.quantities if at.time is not None}
        for sentence in (one, other)
    ]
    return not all(times) or bool(times[0] & times[1])


def _of_one_thing(change: Change, pair: Pair) -> bool:
    """Whether what is counted may be the same; a number without a noun may be of anything."""
    of_change = nouns(change.by, general=True)
    of_pair = nouns(pair.after, general=True) | nouns(pair.before, general=True)
    return not of_change or not of_pair or bool(of_change & of_pair)


def _near(one: Sentence, other: Sentence) -> bool:
    """Of one paragraph, or of two that follow each other; each line of a box or list stands for itself."""
    kinds = {one.passage.kind, other.passage.kind}
    boxed = not kinds.isdisjoint((PassageKind.BOX, PassageKind.ITEM))
    return abs(one.passage.place.paragraph - other.passage.place.paragraph) <= (0 if boxed else 1)
