"""Dates that are none, and periods whose end lies before their beginning."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import DAYS, FULL_DAYS, MONTH, YEAR, Time, times
from frankpledge.claims.moments import times_with_values
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.statements import Sentence
from frankpledge.periods import month_words
from frankpledge.statistics.months import MONTHS

SLUG = "dates"
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_NEAR_THE_BEGINNING = 8
_A_LINE = 90
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
        yield from _no_such_year(document, sentence)
        yield from _back_in_time(sentence)
        yield from _after(sentence, own)
        for one in sentence.quantities:
            if one.unit is Unit.TIME and one.time is not None and not one.time.known and one.time.form in DAYS:
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


# “From 249 in August 23 to 297 July”: a month without its year, before the one it is to follow.
_TO_A_MONTH = re.compile(
    rf"\bfrom\s[^.;]{{0,60}}?\b(?P<one>{MONTH})\s(?P<year>[’']?\d\d|{YEAR})\b[^.;]{{0,40}}?\bto\s[^.;]{{0,30}}?\b(?P<other>{MONTH})\b"
    rf"(?!\s?[’']?\d)(?!\sof)(?!\s?(?:to|[-–])\s?{MONTH}\s?[’']?\d)",
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
    valued = {time for time, _ in times_with_values(sentence.tagged.text)}
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
        if (_DATED.search(one.text) or len(one.text) < _A_LINE)
        and not (_PAST.search(one.text) or _OF_A_PERIOD.search(one.text))
    )
    days = (told for one in first for told in _days(one))
    return next((day for _, day in days), None)


def _days(sentence: Sentence) -> Iterator[tuple[Quantity, date]]:
    for one in sentence.quantities:
        if one.time is not None and one.time.form in FULL_DAYS and one.time.first is not None and one.time.day:
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
