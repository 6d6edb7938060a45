"""The document's own counts by year against what else is told of them: a value, a change, an average, a share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import pattern_of
from frankpledge.claims.moments import months_of_time
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.rules.average_of_period import averages, fits
from frankpledge.claims.slips import slip
from frankpledge.claims.statements import Change, Sentence
from frankpledge.claims.told import OwnCount, told_of_names
from frankpledge.claims.topics import speaks_of
from frankpledge.statistics.months import MONTHS

_LEAST = 10
# A value that is another area's by chance is small; one that is told more than once is rather right.
_OFTEN, _LEAST_OF_ANOTHER = 2, 50
_MOST_PRODUCTS = 6
_OF_ELSE = 2.0
Months = tuple[int, int]
_YEAR_BEFORE = re.compile(
    r"\b(?:than|on|from|over|compared\s(?:to|with)|against|since)\s(?:in\s)?(?:the\s)?(?:previous\syear|year\sbefore|year\searlier|last\syear|prior\syear|"
    r"preceding\syear)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|on|than\s(?:in|during|for)|compared\s(?:to|with)|from)\s(?:the\s)?(?:‹L\d+›\s)?(?:(?:calendar\s|financial\s)?year\s)?"
    r"(?:(?:to|ending|ended|up\sto|in)\s)?(?:the\send\sof\s)?‹T(\d+)›"
)
# “The year to March 2015”: a year, though a month is named.
_YEAR_TO = re.compile(
    r"\b(?:year|(?:twelve|12)\smonths)\s(?:to|ending|ended|up\sto)\s(?:(?:in|the\send\sof)\s)*$", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\bbetween\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){0,4}‹T(\d+)›\sand\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){0,4}‹T(\d+)›"
)
# “Climbed by 24 to 564 in 2013/14”.
_TO = re.compile(
    r"‹[UD]›\sby\s‹[NP]\d+›(?:\s\(‹P\d+›\))?\sto\s‹N\d+›\s(?:in|during|for)\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){0,4}‹T(\d+)›"
)


@dataclass(frozen=True)
class _Series:
    """Months → the values told of them, with how often."""

    values: Mapping[Months, Counter[float]]

    def at(self, months: Months) -> list[float]:
        """The values told of some months, that told most first."""
        return [value for value, _ in self.values.get(months, Counter()).most_common()]


def tested(document: ReadDocument) -> Iterator[Tested]:
    """What is told of the document's own counts and is not what its other sentences and tables tell."""
    bound = {one.change.by for one in bound_changes(document)}
    for known in told_of_names(document):
        every = _series(known.own_counts)
        of_sentence: dict[int, list[OwnCount]] = defaultdict(list)
        for count in known.own_counts:
            of_sentence[id(count.sentence)].append(count)
        labels = pattern_of([*known.people, known.own])
        elsewhere = known.counts_of_others
        for told in known.counted:
            if told.label == known.own and told.at is not None and told.value.value >= _LEAST:
                others = _but(every, of_sentence[id(told.sentence)])
                yield from _value(told.sentence, told.value, told.at, others, every, elsewhere)
        for sentence in known.sentences:
            if labels is None or not speaks_of(sentence.text, known.topic, labels):
                continue
            others = _but(every, of_sentence[id(sentence)])
            yield from _averages(sentence, others)
            changes = [one for one in sentence.changes if one.by not in bound]
            if len(changes) == 1:
                yield from _change(sentence, changes[0], others)


def _series(counts: Sequence[OwnCount]) -> _Series:
    found: dict[Months, Counter[float]] = defaultdict(Counter)
    for one in counts:
        if one.months is not None:
            found[one.months][one.value] += 1
    return _Series(found)


def _but(every: _Series, left: Sequence[OwnCount]) -> _Series:
    """A series without what one sentence tells of it."""
    values = dict(every.values)
    for one in left:
        if one.months is not None:
            values[one.months] = values[one.months] - Counter([one.value])
    return _Series({months: told for months, told in values.items() if told})


def _value(
    sentence: Sentence, value: Quantity, at: Quantity, series: _Series, every: _Series, elsewhere: Mapping[float, str]
) -> Iterator[Tested]:
    """A value told of a time: one told elsewhere of another time or area, or a slip of the one told of it there."""
    months = months_of_time(at)
    others = series.at(months) if months else []
    if months is None or not others:
        return
    if value.value in others:
        yield Tested(place_of(sentence), (value.printed,), None)
        return
    right = others[0]
    swapped = [
        when
        for when, values in every.values.items()
        if when != months and value.value in values and right not in values
    ]
    words = slip(value.printed, f"{right:,.0f}")
    often = series.values[months][right] >= _OFTEN
    whose = elsewhere.get(value.value, "") if often and value.value >= _LEAST_OF_ANOTHER else ""
    if swapped or words or whose:
        figures = (value.printed, at.printed, as_words(right))
        told = f"{value.printed} here, and {as_words(right)} of the same time elsewhere."
        suggestion = "It is told elsewhere of another time." if swapped else words or f"It is that of {whose}."
        objection = Objection(
            Kind.ERROR, "same-quantity", sentence.text, place_of(sentence), figures, told, suggestion, 0.8
        )
        yield Tested(place_of(sentence), figures, objection)


def _averages(sentence: Sentence, series: _Series) -> Iterator[Tested]:
    """“An average of 33 a quarter in 2018”, against the count of that year, where the document tells one alone."""
    named = [one for one in sentence.quantities if one.time is not None]
    counts = [one for one in sentence.quantities if one.unit is Unit.COUNT]
    if len(named) != 1 or len(counts) != 1:
        return
    for average, times in averages(sentence):
        months = months_of_time(named[0])
        year = months is not None and (
            months[1] - months[0] == MONTHS - 1 or _YEAR_TO.search(sentence.text[: named[0].start])
        )
        totals = series.at(months) if months and year else []
        # Of two, the one that is told again is rather the year's.
        sure = len(totals) == 1 or (len(totals) > 1 and months and series.values[months][totals[0]] >= _OFTEN)
        if sure and average.value:
            actual = totals[0] / times
            figures = (average.printed, as_words(totals[0]))
            words = f"{as_words(totals[0])} in {named[0].printed} come to {as_words(actual, 1)}, not {average.printed}."
            objection = Objection(
                Kind.ERROR, "average-of-period", sentence.text, place_of(sentence), figures, words, "", 0.78
            )
            yield Tested(
                place_of(sentence), figures, None if any(fits(one, average, times) for one in totals) else objection
            )


def _change(sentence: Sentence, change: Change, series: _Series) -> Iterator[Tested]:
    if change.by.unit not in (Unit.COUNT, Unit.PER_CENT) or not change.way or change.by.hedge is not Hedge.EXACT:
        return
    times = _times(sentence, change, series)
    if times is None:
        return
    before, after = (series.at(one) for one in times)
    counts = [
        one.value
        for one in sentence.quantities
        if one.unit is Unit.COUNT and one is not change.by and one.value >= _LEAST
    ]
    if len(counts) == 1 and not _BETWEEN.search(sentence.tagged.text):
        # What is far from all that is told is of something else.
        if not all(_comparable(counts[0], known) for known in (before, after) if known):
            return
        after = counts
    elif counts:
        return
    pairs = [(old, new) for old, new in product(before, after) if old > 0]
    if not pairs or len(pairs) > _MOST_PRODUCTS:
        return
    figures = (change.by.printed, as_words(pairs[0][0]), as_words(pairs[0][1]))
    if any(_fits(change, old, new) for old, new in pairs):
        yield Tested(place_of(sentence), figures, None)
        return
    old, new = pairs[0]
    actual = new - old if change.by.unit is Unit.COUNT else 100 * (new / old - 1)
    sign = "" if change.by.unit is Unit.COUNT else "%"
    wrong_way = change.way * actual < 0
    slug = "direction" if wrong_way else "change-of-counts" if change.by.unit is Unit.COUNT else "percent-of-counts"
    moved = f"{as_words(actual, 1 if sign else 0)}{sign}"
    told = f"{change.by.printed} {'up' if change.way > 0 else 'down'}"
    words = f"From {as_words(old)} to {as_words(new)} is {moved}; this tells of {told}."
    objection = Objection(Kind.ERROR, slug, sentence.text, place_of(sentence), figures, words, "", 0.78)
    yield Tested(place_of(sentence), figures, objection)


def _comparable(count: float, known: Sequence[float]) -> bool:
    return any(1 / _OF_ELSE < count / one < _OF_ELSE for one in known if one)


def _times(sentence: Sentence, change: Change, series: _Series) -> tuple[Months, Months] | None:
    """The earlier and the later time that a change is told of."""
    text = sentence.tagged.text
    if between := _BETWEEN.search(text):
        return _both(sentence.quantities[int(between[1])], sentence.quantities[int(between[2])])
    if to := _TO.search(text):
        later = months_of_time(sentence.quantities[int(to[1])])
        return ((later[0] - MONTHS, later[1] - MONTHS), later) if later else None
    named = [months_of_time(one) for one in sentence.quantities if one.time is not None]
    if _YEAR_BEFORE.search(sentence.text):
        later = named[0] if len(named) == 1 else _latest(series) if not named else None
        return ((later[0] - MONTHS, later[1] - MONTHS), later) if later else None
    since = _SINCE.search(text)
    if since and len(named) <= 2:
        earlier = months_of_time(sentence.quantities[int(since[1])])
        later = next((one for one in named if one != earlier), None) or _latest(series)
        return (earlier, later) if earlier and later and earlier < later else None
    return None


def _both(one: Quantity, other: Quantity) -> tuple[Months, Months] | None:
    first, second = months_of_time(one), months_of_time(other)
    return (first, second) if first and second and first < second else None


def _latest(series: _Series) -> Months | None:
    return max(series.values, default=None)


def _fits(change: Change, old: float, new: float) -> bool:
    moved = new - old if change.by.unit is Unit.COUNT else 100 * (new / old - 1)
    stated = (
        Between(change.way * change.by.low, change.way * change.by.high)
        if change.way > 0
        else Between(-change.by.high, -change.by.low)
    )
    return stated.meets(Between.of(moved))
