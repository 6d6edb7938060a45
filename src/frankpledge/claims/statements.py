"""What a sentence states of its quantities: which changed from what to what, by how much, and which way.

Sentences are tagged first: each quantity becomes ‹N3›, its unit's letter and its number in the sentence, each word of
direction ‹U› or ‹D›. Grammar is then written over tags and the few words between them, and knows no subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from frankpledge.claims.grammar.directions import Direction, directions
from frankpledge.claims.grammar.quantities import Quantity, Unit, quantities
from frankpledge.claims.moments import earlier_and_later, times_beside
from frankpledge.claims.published import Passage

_LETTERS = {
    Unit.COUNT: "N",
    Unit.MONEY: "M",
    Unit.PER_CENT: "P",
    Unit.POINTS: "O",
    Unit.RATE: "R",
    Unit.SHARE: "F",
    Unit.TIMES: "X",
    Unit.RANK: "K",
    Unit.AGE: "A",
    Unit.DURATION: "L",
    Unit.TIME: "T",
}
LEVELS = (Unit.COUNT, Unit.MONEY, Unit.PER_CENT, Unit.RATE)


@dataclass(frozen=True)
class Pair:
    """Two values of one thing, the earlier and the later.

    Attributes
    ----------
    start, end
        From the first of the two to the end of the second.
    """

    before: Quantity
    after: Quantity
    start: int
    end: int


@dataclass(frozen=True)
class Change:
    """A stated change: how much, and which way (1 up, −1 down, 0 not said)."""

    by: Quantity
    way: int
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence with its quantities and words of direction.

    Attributes
    ----------
    passage
        What it stands in.
    number
        Its place among the document's sentences.
    """

    text: str
    passage: Passage
    number: int
    quantities: tuple[Quantity, ...]
    directions: tuple[Direction, ...]

    @cached_property
    def tagged(self) -> Tagged:
        """The sentence with tags for its quantities and words of direction."""
        return _tag(self)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Two values of one thing, wherever it tells both."""
        return tuple(_pairs(self))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes it states in number, rate or per cent."""
        return tuple(_changes(self))

    @cached_property
    def times_beside(self) -> Mapping[int, Quantity]:
        """Number of a value → the time that stands directly beside it."""
        return times_beside(self.tagged.text, self.quantities)

    def time_of(self, one: Quantity) -> Quantity | None:
        """The time that a quantity is told of; None where the sentence does not say, or says two."""
        return _time_of(self, one)


@dataclass(frozen=True)
class Tagged:
    """A tagged sentence, and for each of its letters where it stands in the sentence."""

    text: str
    places: tuple[int, ...]


def sentence_of(text: str, passage: Passage, number: int) -> Sentence:
    """Read a sentence."""
    found = tuple(quantities(text))
    free = [
        one
        for one in directions(text)
        if not any(quantity.start < one.end and one.start < quantity.end for quantity in found)
    ]
    return Sentence(text, passage, number, found, tuple(free))


def _tag(sentence: Sentence) -> Tagged:
    marks = [(one.start, one.end, f"‹{_LETTERS[one.unit]}{at}›") for at, one in enumerate(sentence.quantities)]
    marks += [(one.start, one.end, "‹U›" if one.way > 0 else "‹D›") for one in sentence.directions]
    text, places, at = "", [], 0
    for start, end, tag in sorted(marks):
        if start < at:
            continue
        text += sentence.text[at:start].lower() + tag
        places += [*range(at, start), *[start] * len(tag)]
        at = end
    text += sentence.text[at:].lower()
    places += range(at, len(sentence.text) + 1)
    return Tagged(text, tuple(places))


# A few words, in which a time, an age or a length of time may stand but no value.
_FEW = r"(?:[^‹›.;:]|‹[TAL]\d+›){0,%d}?"
_ASIDE = r"(?:\s?[(\[](?:[^‹›()]|‹\w+›){0,90}?[)\]])?"
_VALUE = r"‹([NMPR])(\d+)›"
_SAME = r"‹\1(\d+)›"
_BEFORE_IT = (
    r"(?:(?:which\sis\s|was\s|is\s)?(?:an?\s)?‹[UD]›\s(?:on|from|of\s‹[NMPOR]\d+›(?:\s?\(‹\w+›\))?\s(?:from|on))"
    r"|(?:as\s)?(?:when\s)?(?:compared|comparing|compares|compare)\s(?:to|with)|against|versus|vs\.?|and\s‹[UD]›\sfrom|"
    r"(?:this\s)?compares\s(?:to|with)|‹[UD]›\sthan)"
)
_EARLIER = (
    r"(?:previous|prior|preceding|last\s(?:year|quarter|month)|year\s(?:before|"
    r"earlier|ago)|earlier|before|same\s(?:period|quarter|month|time)|‹T\d+›)"
)  # fmt: skip
# “(121 to 58)”, “199 → 218”.
_ARROW = re.compile(
    r"\(\s?(?:from\s)?‹([NMPR])(\d+)›\sto\s‹\1(\d+)›\s?\)|‹(?P<unit>[NMPR])(?P<one>\d+)›\s?(?:→|->|⟶)\s?‹(?P=unit)(?P<other>\d+)›"
)
_FROM_TO = re.compile(rf"\bfrom\s{_FEW % 30}{_VALUE}{_ASIDE}{_FEW % 70}\bto\s{_FEW % 30}{_SAME}")
_TO_FROM = re.compile(
    rf"(?:\bto\s{_FEW % 25})?{_VALUE}{_ASIDE}{_FEW % 70}(?:‹[UD]›\s|an?\s‹[UD]›\s)?\bfrom\s{_FEW % 25}{_SAME}"
)
_COMPARED = re.compile(rf"{_VALUE}{_ASIDE}{_FEW % 90}{_BEFORE_IT}\s{_FEW % 40}{_SAME}")
# “Compared with 223 in 2017, there were 239 in 2018”.
_BESIDE_EARLIER = re.compile(
    rf"(?:^|[.;]\s)(?:when\s)?compared\s(?:to|with)\s{_FEW % 40}{_VALUE}{_ASIDE}{_FEW % 60},\s{_FEW % 60}{_SAME}"
)

# “295 admissions, 11 fewer than in Q3 (306)”.
_SO_MANY_MORE = re.compile(
    rf"{_VALUE}{_ASIDE}"
    rf"(?:{_FEW % 90},\s(?:which\s(?:is|was)\s|that\sis\s)?|,\s{_FEW % 90}\s(?:is|was)\s|\)?\s(?:is|was)\s)"
    rf"‹(?:\1|O)\d+›(?:\s?\(‹\w+›\))?\s(?:[a-z]+\s)?‹[UD]›\s(?:than|on)\s"
    rf"(?:that\s)?{_FEW % 60}{_SAME}"
)

# “There were 156 more in 2015/16 than in 2014/15 (1,338 against 1,173)”.
_LATER_AGAINST = re.compile(
    rf"‹[UD]›[^.;]{{0,120}}?\bthan\b[^.;()]{{0,60}}\({_VALUE}\s(?:against|as\sopposed\sto|compared\s(?:with|to)|versus|vs?\.?|and\snot)\s{_SAME}\)"
)


def _pairs(sentence: Sentence) -> Iterator[Pair]:
    found = sentence.quantities
    taken: set[int] = set()
    for before, after in (*_told_together(sentence), *_told_of_two_times(sentence)):
        if taken.isdisjoint((before, after)) and _comparable(found[before], found[after]):
            taken.update((before, after))
            first, last = sorted((found[before], found[after]), key=lambda one: one.start)
            yield Pair(found[before], found[after], first.start, last.end)


def _told_together(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The earlier and the later value, by number, wherever words bind them."""
    text = sentence.tagged.text
    for one in _ARROW.finditer(text):
        yield int(one[2] or one["one"]), int(one[3] or one["other"])
    for pattern in (_SO_MANY_MORE, _LATER_AGAINST):
        yield from ((int(one[3]), int(one[2])) for one in pattern.finditer(text))
    for pattern in (_BESIDE_EARLIER, _FROM_TO):
        yield from ((int(one[2]), int(one[3])) for one in pattern.finditer(text))
    for one in _COMPARED.finditer(text):
        # “80 lower than 1,714”: the first is how much.
        if _told_earlier(text, one) and not re.match(r"\s‹[UD]›\sthan", text[one.end(2) + 1 :]):
            yield int(one[3]), int(one[2])
    for one in _TO_FROM.finditer(text):
        directly = re.fullmatch(r".*›,\sfrom\s‹\w+›", one[0])
        if re.match(r"to\b", one[0]) or "‹U›" in one[0] or "‹D›" in one[0] or directly:
            yield int(one[3]), int(one[2])


def _told_of_two_times(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Two values of a kind that nothing binds, each told of a time of its own."""
    bound = {at for pair in _told_together(sentence) for at in pair}
    stated = {one.by for one in sentence.changes}
    for unit in LEVELS:
        of_unit = [
            at
            for at, one in enumerate(sentence.quantities)
            if one.unit is unit and one not in stated and at not in bound
        ]
        if len(of_unit) == 2:
            ordered = _by_time(sentence, *of_unit) or earlier_and_later(
                sentence.tagged.text, sentence.quantities, *of_unit
            )
            if ordered:
                yield ordered


def _told_earlier(text: str, found: re.Match[str]) -> bool:
    """Whether the second value is told of an earlier time, and not of another place or group."""
    between = text[found.end(2) : found.end()]
    after = text[found.end() : found.end() + 70].partition(";")[0]
    if re.search(r"‹[UD]›\s(?:on|from)|‹[UD]›\sof", between):
        return True
    next_value = re.search(r"‹[NMPR]\d+›", after)
    told = after[: next_value.start()] if next_value else after
    return bool(re.search(_EARLIER, told) or re.search(_EARLIER, between))


def _comparable(before: Quantity, after: Quantity) -> bool:
    return before.unit is after.unit and (
        before.unit is not Unit.RATE or before.per == after.per or None in (before.per, after.per)
    )


def _by_time(sentence: Sentence, one: int, other: int) -> tuple[int, int] | None:
    """The earlier and the later of two, where each is told of a time of its own and the lengths are the same."""
    first, second = (sentence.time_of(sentence.quantities[at]) for at in (one, other))
    if first is None or second is None or first is second or first.time is None or second.time is None:
        return None
    of_first, of_second = first.time, second.time
    if None in (of_first.first, of_second.first) or of_first.form != of_second.form:
        return None
    assert of_first.first is not None and of_second.first is not None
    if of_first.first == of_second.first:
        return None
    return (one, other) if of_first.first < of_second.first else (other, one)


_TIME_AFTER = re.compile(
    r"^(?:[^‹›.;:,(]|\s?\(‹[PR]\d+›\)){0,45}?[\s(](?:in|during|for|of|to|at|by|up\sto|ending|until)?\s?(?:the\s)?"
    r"(?:[\w\s]|‹L\d+›){0,30}?‹T(\d+)›"
)
_TIME_BEFORE = re.compile(r"‹T(\d+)›[,:]?\s(?:[^‹›.;]){0,60}$")


# What a value behind it is told of is no longer the time before; nor is one in a bracket that is not closed behind it.
_APART = re.compile(r"\b(?:against|compared|than|from|versus)\b|\((?!.*\))")


def _time_of(sentence: Sentence, one: Quantity) -> Quantity | None:
    text, at = sentence.tagged.text, sentence.quantities.index(one)
    if at in sentence.times_beside:
        return sentence.times_beside[at]
    tag = f"‹{_LETTERS[one.unit]}{at}›"
    place = text.index(tag)
    after = _TIME_AFTER.match(text[place + len(tag) :])
    # “204 to 224 between 2018/19 and 2019/20”: of which, it does not say.
    if after and not re.search(r"\bbetween\b", after[0]):
        return sentence.quantities[int(after[1])]
    before = _TIME_BEFORE.search(text[:place])
    if before and not (_APART.search(before[0]) and text[place + len(tag) : place + len(tag) + 1] != ")"):
        return sentence.quantities[int(before[1])]
    return None


_BY = r"‹([NMPOR])(\d+)›"
_SHORT = r"[^‹›.;:]{0,%d}?"
_CHANGE_FORMS = (
    # “Decreased by 146”, “up by around 7%”, “an increase in burglary of 16”.
    (re.compile(rf"‹([UD])›(?:(?!\bthan\b)[^‹›.;:]|‹[TAL]\d+›){{0,60}}?\b(?:by|of)\s{_SHORT % 18}{_BY}"), 1, 3),
    # “So the decrease was 35”.
    (re.compile(rf"\bthe\s‹([UD])›\s(?:is|was|being)\s(?:of\s)?{_SHORT % 12}{_BY}"), 1, 3),
    # “An 8% reduction”, “a 0.59 rate increase”, “16 more than”.
    (re.compile(
        rf"{_BY}(?:\s?\(‹\w+›\))?[\s-](?:(?:rate|percentage|point|year[\s-]on[\s-]year|"
        rf"annual|further|overall|net|real|small|slight|significant|relative)[\s-]){{0,3}}‹([UD])›"), 3, 2),
    # “Climbed from 62 to 71 (15%)”.
    (re.compile(
        rf"‹([UD])›{_FEW % 40}\bfrom\s{_FEW % 30}‹([NMR])\d+›{_FEW % 60}\bto\s{_FEW % 30}‹\2\d+›"
        rf"{_FEW % 30}[\s,]\(?{_BY}(?=[),.;]|\sin\s(?:a|one)\b)"), 1, 4),
    # “15.5%, up from 9.5% (6.0 points)”.
    (re.compile(
        rf"{_VALUE}{_ASIDE}{_FEW % 60},?\s(?:which\sis\s|that\sis\s)?‹([UD])›\s(?:from|on)\s{_FEW % 30}‹\1\d+›"
        rf"{_FEW % 30}\s?\({_BY}(?=\))"),
        3, 5),
    # “Up 7%”, “fell 12%”.
    (re.compile(rf"‹([UD])›\s(?:(?:by|a|an|around|about|nearly|just|over|almost|some)\s){{0,2}}{_BY}"), 1, 3),
)  # fmt: skip
_BESIDE = re.compile(
    rf"^(?:\s?[a-z-]+){{0,3}}\s?\(\s?(?:an?\s|or\s|of\s|by\s|[-+−–]\s?|‹([UD])›\s?){{0,3}}{_BY}\s?(?:‹([UD])›)?\s?\)"
    rf"|^\s?(?:or\s|, or\s|\sor\s){_BY}"
)
_SIGNED = re.compile(rf"\(\s?[-+−–]\s?{_BY}\s?\)")


def _changes(sentence: Sentence) -> Iterator[Change]:
    text, found = sentence.tagged.text, sentence.quantities
    taken: set[int] = set()
    for pattern, way_group, number_group in _CHANGE_FORMS:
        for one in pattern.finditer(text):
            at, way = int(one[number_group]), 1 if one[way_group] == "U" else -1
            if at in taken or _is_level(text, one, number_group):
                continue
            taken.add(at)
            yield Change(found[at], way, found[at].start, found[at].end)
            end = one.end() if number_group > way_group else text.index("›", one.end(number_group)) + 1
            yield from _beside(text[end:], found, way, taken)
    for one in _SIGNED.finditer(text):
        at = int(one[2])
        if at not in taken and found[at].sign:
            taken.add(at)
            yield Change(found[at], found[at].sign, found[at].start, found[at].end)


def _is_level(text: str, found: re.Match[str], number_group: int) -> bool:
    """“Fell to a total of 239”: what is of a total, a rate or an average is no change."""
    before = text[: found.start(number_group)]
    return bool(
        re.search(
            r"\b(?:total|rate|average|mean|median|number|level|proportion|sample|cohort|target)\sof\s\S{0,12}$", before
        )
    )


def _beside(rest: str, found: Sequence[Quantity], way: int, taken: set[int]) -> Iterator[Change]:
    """The same change told again behind it: “by 16 (7.2%)”."""
    again = _BESIDE.match(rest)
    if again is None:
        return
    at = int(again[3] or again[6])
    unit = found[at].unit
    if at in taken or unit not in (Unit.PER_CENT, Unit.COUNT, Unit.POINTS):
        return
    taken.add(at)
    told = again[1] or again[4]
    yield Change(found[at], way if told is None else 1 if told == "U" else -1, found[at].start, found[at].end)
