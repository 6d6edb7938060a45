"""Dates that are none, and periods whose end lies before their beginning."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import Time
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.statements import Sentence
from frankpledge.periods import month_words

SLUG = "dates"
_DAYS = ("day", "american", "slashed", "iso", "day of month")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_name)}),?\s(?:the\s)?$")
_JOINED = re.compile(r"^\s?(?:to|until|till|through\sto|[-–—])\s?(?:the\send\sof\s)?$")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Days that no month has, and periods that end before they begin."""
    for sentence in document.sentences:
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
