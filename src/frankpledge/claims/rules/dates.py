"""Dates that are none, and periods whose end lies before their beginning."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import Time
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.statements import Sentence
from frankpledge.periods import month_words

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
    r"started|attended|decided|briefed|received|completed)\b"
)
_TO_COME = re.compile(r"\b(?:will|shall|is\sto|are\sto|due|by|until|planned|expected|proposed|scheduled|expires?)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_name)}),?\s(?:the\s)?$")
_JOINED = re.compile(r"^\s?(?:to|until|till|through\sto|[-–—])\s?(?:the\send\sof\s)?$")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Days that no month has, and periods that end before they begin."""
    own = _own_day(document)
    for sentence in document.sentences:
        yield from _told_twice(sentence)
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


def _own_day(document: ReadDocument) -> date | None:
    """The day of the document: what its file says, else what a line near its beginning does."""
    if document.published.dated is not None:
        return document.published.dated
    first = (
        one
        for one in document.sentences[:_NEAR_THE_BEGINNING]
        if _DATED.search(one.text) and not _PAST.search(one.text)
    )
    days = (told for one in first for told in _days(one))
    return next((day for _, day in days), None)


def _days(sentence: Sentence) -> Iterator[tuple[Quantity, date]]:
    for one in sentence.quantities:
        if one.time is not None and one.time.form in _FULL and one.time.first is not None and one.time.day:
            yield one, date(one.time.first // 12, one.time.first % 12 + 1, one.time.day)


def _after(sentence: Sentence, own: date | None) -> Iterator[Tested]:
    """What is told as past of a day that is after the document's own."""
    if own is None or not _PAST.search(sentence.text) or _TO_COME.search(sentence.text):
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
