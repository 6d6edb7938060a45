"""Dates that are none, and periods whose end lies before their beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.statements import Sentence
from frankpledge.periods import month_words

SLUG = "dates"
_DAYS = ("day", "slashed", "iso", "day of month")
_JOINED = re.compile(r"^\s?(?:to|until|till|through\sto|[-–—])\s?(?:the\send\sof\s)?$")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Days that no month has, and periods that end before they begin."""
    for sentence in document.sentences:
        for one in sentence.quantities:
            if one.unit is Unit.TIME and one.time is not None and not one.time.known and one.time.form in _DAYS:
                yield objected(_objection(sentence, (one,), f"There is no {one.printed}."))
        for first, second in _spans(sentence):
            assert first.time is not None and second.time is not None
            words = f"{second.printed} ({_words(second)}) is before {first.printed} ({_words(first)})."
            backwards = second.time.last < first.time.last if second.time.last and first.time.last else False
            objection = _objection(sentence, (first, second), words) if backwards else None
            yield Tested(place_of(sentence), (first.printed, second.printed), objection)


def _spans(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity]]:
    """Two times joined to one period."""
    named = [one for one in sentence.quantities if one.unit is Unit.TIME]
    for first, second in zip(named, named[1:], strict=False):
        if not _JOINED.match(sentence.text[first.end : second.start]) or first.time is None or second.time is None:
            continue
        if first.time.last is None or second.time.last is None or "day of month" in (first.time.form, second.time.form):
            continue
        if first.time.form == second.time.form:
            yield first, second


def _words(one: Quantity) -> str:
    assert one.time is not None and one.time.last is not None
    return month_words(one.time.last)


def _objection(sentence: Sentence, named: tuple[Quantity, ...], arithmetic: str) -> Objection:
    return Objection(
        Kind.ERROR, SLUG, sentence.text, place_of(sentence), tuple(one.printed for one in named), arithmetic, "", 0.85
    )
