"""Dates that are none, and periods whose end lies before their beginning."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.nouns import nouns
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import MONTH, YEAR, Time, times
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.runs import runs
from frankpledge.claims.statements import Sentence, sentence_of
from frankpledge.periods import month_words
from frankpledge.statistics.months import MONTHS

SLUG = "dates"
_FULL = ("day", "american", "slashed", "iso")
_DAYS = ("day", "american", "slashed", "iso", "day of month")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_NEAR_THE_BEGINNING = 8
_DATED = re.compile(
    r"^.{0,60}\b(?:date|dated|version|report|prepared|cabinet|board|committee|meeting)\b.{0,60}$", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:was|were|went|met|visited|agreed|held|took|reported|considered|approved|adopted|launched|published|opened|ended|began|"
    r"started|attended|decided|briefed|received|completed|extracted|downloaded|drawn|accessed|collected|surveyed|interviewed)\b"
)
# “This section concerns 1 April 2019 to 31 March 2020”: a period that is told as over.
_OF_A_PERIOD = re.compile(
    r"\b(?:concerns?|covers?|relates?\sto|data|figures|statistics|period|recorded|reported)\b", re.IGNORECASE
)
_OF_A_PLAN = re.compile(
    r"\b(?:strategy|strategies|plan|plans|programme|priorities|contract|funding|budget|target|forecast|project\w*|order|agreement|lease|grant)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:will|shall|is\sto|are\sto|due|by|until|planned|expected|proposed|scheduled|expires?)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_name)}),?\s(?:the\s)?$")
_JOINED = re.compile(r"^\s?(?:to|until|till|through\sto|[-–—])\s?(?:the\send\sof\s)?$")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Days that no month has, and periods that end before they begin."""
    own = _own_day(document)
    for sentence in document.sentences:
        yield from _told_twice(sentence)
        yield from _two_of_one_time(document, sentence)
        yield from _no_such_year(document, sentence)
        yield from _back_in_time(sentence)
        yield from _after(sentence, own)
        for one in sentence.quantities:
            if one.unit is Unit.TIME and one.time is not None and not one.time.known and one.time.form in _DAYS:
                yield objected(_objection(sentence, (one,), f"There is no {one.printed}."))
        yield from _weekdays(sentence)
        for first, second in _spans(sentence):
            assert first.time is not None and second.time is not None
            words = f"{second.printed} ({_words(second)}) is before {first.printed} ({_words(first)})."
            backwards = _order(second.time) < _order(first.time)
            objection = _objection(sentence, (first, second), words) if backwards else None
            yield Tested(place_of(sentence), (first.printed, second.printed), objection)


def _spans(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity]]:
    """Two times joined to one period."""
    named = [one for one in sentence.quantities if one.unit is Unit.TIME]
    for first, second in zip(named, named[1:], strict=False):
        between = sentence.text[first.end : second.start]
        joined = _JOINED.match(between) or (between == " and " and _BETWEEN.search(sentence.text[: first.start]))
        if not joined or first.time is None or second.time is None:
            continue
        if first.time.last is None or second.time.last is None or "day of month" in (first.time.form, second.time.form):
            continue
        if first.time.form == second.time.form:
            yield first, second


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


# A value and the time it is told of, with no more than a mark, or “in”, between.
_ADJACENT = (
    re.compile(r"‹T(\d+)›(?:\s?[:–—-]\s?|,\s)‹([NM])(\d+)›"),
    re.compile(r"‹([NM])(\d+)›(?:\s[a-z&’'-]+){0,5}\s(?:in|during|for)\s(?:the\s)?‹T(\d+)›"),
    re.compile(r"‹T(\d+)›\s(?:stood\sat|was|saw|had|closed\swith)\s‹([NM])(\d+)›"),
)


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
    return bool(_ADJACENT[0].search(sentence.tagged.text)) and len(sentence.text) < _A_LINE


def _same_times(told: Sentence, at: Sentence) -> Iterator[Tested]:
    stated = {id(one.by) for one in told.changes}
    found = [
        (told.quantities[int(one[1])], told.quantities[int(one[3])]) for one in _ADJACENT[0].finditer(told.tagged.text)
    ]
    found += [
        (told.quantities[int(one[3])], told.quantities[int(one[2])]) for one in _ADJACENT[1].finditer(told.tagged.text)
    ]
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
_A_LINE = 90


# “From 249 in August 23 to 297 July”: a month without its year, before the one it is to follow.
_TO_A_MONTH = re.compile(
    rf"\bfrom\s[^.;]{{0,60}}?\b(?P<one>{MONTH})\s(?P<year>[’']?\d\d|{YEAR})\b[^.;]{{0,40}}?\bto\s[^.;]{{0,30}}?\b(?P<other>{MONTH})\b"
    r"(?!\s?[’']?\d)(?!\sof)",
    re.IGNORECASE,
)


def _back_in_time(sentence: Sentence) -> Iterator[Tested]:
    for found in _TO_A_MONTH.finditer(sentence.text):
        first, second = (next(times(f"{found[name]} {found['year']}")) for name in ("one", "other"))
        if first.first is not None and second.first is not None:
            figures = (f"{found['one']} {found['year']}", found["other"])
            words = f"{found['other']}, without a year, comes before {figures[0]}, from which it is told to follow."
            objection = Objection(
                Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "A year is missing.", 0.8
            )
            yield Tested(place_of(sentence), figures, objection if second.first < first.first else None)


def _no_such_year(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """“2023/25” with a value, where the passage tells another of “2022/23”."""
    if not any(one.time is not None and one.time.form == "financial" for one in sentence.quantities):
        return
    passage = document.paragraph_of(sentence)
    years = [
        one
        for other in passage
        for one in other.quantities
        if one.time is not None and one.time.form == "financial" and one.time.first is not None
    ]
    single = [one for one in years if _is_one_year(one)]
    if not single or _OF_A_PLAN.search(" ".join(one.text for one in passage)):
        return
    valued = {int(one[1]) for one in _ADJACENT[0].finditer(sentence.tagged.text)}
    valued |= {int(one[3]) for one in _ADJACENT[1].finditer(sentence.tagged.text)}
    valued |= {int(one[1]) for one in _IN_A_YEAR.finditer(sentence.tagged.text)}
    for at in sorted(valued):
        one = sentence.quantities[at]
        if one in years and not _is_one_year(one) and _two_years(one):
            words = f"{one.printed} is two years, and {single[0].printed} beside it is one."
            yield objected(
                Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), (one.printed,), words, "", 0.8)
            )


_IN_A_YEAR = re.compile(r"\bin\s‹T(\d+)›,?\s(?:it\s|there\s|they\s)?(?:was|were|had|saw|stood\sat)\s‹[NMPR]\d+›")


def _is_one_year(one: Quantity) -> bool:
    assert one.time is not None and one.time.first is not None and one.time.last is not None
    return one.time.last - one.time.first == MONTHS - 1


def _two_years(one: Quantity) -> bool:
    assert one.time is not None and one.time.first is not None and one.time.last is not None
    return one.time.last // MONTHS - one.time.first // MONTHS == 2


def _own_day(document: ReadDocument) -> date | None:
    """The day of the document: what its file says, else what a line near its beginning does."""
    if document.published.dated is not None:
        return document.published.dated
    first = (
        one
        for one in document.sentences[:_NEAR_THE_BEGINNING]
        if (_DATED.search(one.text) or len(one.text) < _A_LINE) and not _PAST.search(one.text)
    )
    days = (told for one in first for told in _days(one))
    return next((day for _, day in days), None)


def _days(sentence: Sentence) -> Iterator[tuple[Quantity, date]]:
    for one in sentence.quantities:
        if one.time is not None and one.time.form in _FULL and one.time.first is not None and one.time.day:
            yield one, date(one.time.first // 12, one.time.first % 12 + 1, one.time.day)


def _after(sentence: Sentence, own: date | None) -> Iterator[Tested]:
    """What is told as past of a day that is after the document's own."""
    if own is None or _TO_COME.search(sentence.text):
        return
    ends = [second for _, second in _spans(sentence)]
    period = bool(ends) and bool(_OF_A_PERIOD.search(sentence.text)) and not _OF_A_PLAN.search(sentence.text)
    if not period and not _PAST.search(sentence.text):
        return
    for one, day in _days(sentence):
        words = (
            f"{one.printed} is after the document, which is of {own.day} {month_words(own.year * 12 + own.month - 1)}."
        )
        objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), (one.printed,), words, "", 0.8)
        yield Tested(place_of(sentence), (one.printed,), objection if day > own else None)


def _weekdays(sentence: Sentence) -> Iterator[Tested]:
    """A date with its day of the week."""
    for one in sentence.quantities:
        told = _WEEKDAY.search(sentence.text[: one.start])
        if (
            told is None
            or one.time is None
            or one.time.first is None
            or one.time.day is None
            or "20" not in one.printed
        ):
            continue
        actual = calendar.day_name[calendar.weekday(one.time.first // 12, one.time.first % 12 + 1, one.time.day)]
        figures = (told[1], one.printed)
        words = f"{one.printed} is a {actual}, not a {told[1]}."
        objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.9)
        yield Tested(place_of(sentence), figures, None if actual == told[1] else objection)


def _words(one: Quantity) -> str:
    assert one.time is not None and one.time.last is not None
    return month_words(one.time.last)


def _order(time: Time) -> tuple[int, int]:
    assert time.last is not None
    return time.last, time.day or 0


def _objection(sentence: Sentence, named: tuple[Quantity, ...], arithmetic: str) -> Objection:
    return Objection(
        Kind.ERROR, SLUG, sentence.text, place_of(sentence), tuple(one.printed for one in named), arithmetic, "", 0.85
    )
