"""Periods that are mislabelled: a change that is that of two other years, a heading whose table is of other times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between
from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import times
from frankpledge.claims.moments import times_beside
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.published import Passage, PublishedTable
from frankpledge.claims.statements import Sentence
from frankpledge.statistics.months import MONTHS

SLUG = "dates"
_CHANGE = re.compile(r"^‹P(\d+)›\s‹([UD])›\s?$|^‹P(\d+)›\s‹([UD])›\s\(‹T(\d+)›(?:\s?(?:to|-|–)\s?‹T(\d+)›)?\)\s?$")
_PERIOD = re.compile(r"^\(?‹T(\d+)›(?:\s?(?:to|-|–)\s?‹T(\d+)›)?\)?\s?$")
_MOST_YEARS = 2
_LEAST_ROWS = 3
_ABOVE = 3


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Changes that are told of other years than their values, and headings of tables of other periods."""
    for section in document.sections:
        yield from _changes(section)
    yield from _tables(document)


def _changes(section: Section) -> Iterator[Tested]:
    """“2018: 523; 2017: 373; 40% increase (2016-2017)”, in a box."""
    for sentence, after in zip(section.sentences, [*section.sentences[1:], None], strict=True):
        found = _CHANGE.match(sentence.tagged.text)
        if not found:
            continue
        told, ends = (sentence, (found[5], found[6])) if found[5] else (after, _period(after))
        if told is None or not ends[0]:
            continue
        years = _years(told, ends)
        values = _values(section, sentence)
        if years is None or len(values) != _MOST_YEARS or years == tuple(sorted(values)):
            continue
        by = sentence.quantities[int(found[1] or found[3])]
        (one, before), (other, now) = sorted(values.items())
        moved = 100 * (now.value / before.value - 1) if before.value else 0.0
        way = 1 if (found[2] or found[4]) == "U" else -1
        if Between(by.low, by.high).meets(Between.of(way * moved)):
            printed = told.text.strip("() ")
            moves = f"{before.printed} in {one} to {now.printed} in {other}"
            words = f"{by.printed} is the change from {moves}, not of {printed}."
            quote = f"{sentence.text} {told.text}" if told is not sentence else sentence.text
            objection = Objection(
                Kind.ERROR, SLUG, quote, place_of(told), (printed,), words, f"{one} to {other}?", 0.82
            )
            yield Tested(place_of(told), (printed,), objection)


def _period(sentence: Sentence | None) -> tuple[str | None, str | None]:
    found = _PERIOD.match(sentence.tagged.text) if sentence else None
    return (found[1], found[2]) if found else (None, None)


def _years(sentence: Sentence, ends: tuple[str | None, str | None]) -> tuple[int, int] | None:
    """The first and the last year of a period."""
    named = [sentence.quantities[int(one)].time for one in ends if one]
    months = [month for time in named if time is not None for month in (time.first, time.last) if month is not None]
    printed = re.findall(r"(?:19|20)\d\d", sentence.text)
    if len(printed) == _MOST_YEARS:
        return int(printed[0]), int(printed[1])
    return (months[0] // MONTHS, months[-1] // MONTHS) if months else None


def _values(section: Section, but: Sentence) -> dict[int, Quantity]:
    """Calendar year → the count told of it in the lines before, where each begins with its year."""
    found: dict[int, Quantity] = {}
    for sentence in section.sentences:
        if sentence is but:
            break
        for at, time in times_beside(sentence.tagged.text, sentence.quantities).items():
            value = sentence.quantities[at]
            if value.unit is Unit.COUNT and time.time is not None and time.time.form == "year" and time.start == 0:
                assert time.time.first is not None
                found[time.time.first // MONTHS] = value
    return found


def _tables(document: ReadDocument) -> Iterator[Tested]:
    """A heading that names one year, above a table whose rows are mostly of other times."""
    blocks = document.published.blocks
    for at, table in enumerate(blocks):
        if not isinstance(table, PublishedTable):
            continue
        above = [one for one in blocks[max(0, at - _ABOVE) : at] if isinstance(one, Passage)]
        headed = [one for one in above if re.search(r"\b(?:data|figures)\s(?:for|of|in)\s", one.text, re.IGNORECASE)]
        if not headed:
            continue
        told = [one for one in times(headed[-1].text) if one.first is not None]
        rows = [
            found[0]
            for row in table.rows
            if row and len(found := [one for one in times(row[0]) if one.first is not None]) == 1
        ]
        if len(told) != 1 or len(rows) < _LEAST_ROWS:
            continue
        period = told[0]
        assert period.first is not None and period.last is not None
        outside = [one for one in rows if one.last is not None and not period.first <= one.last <= period.last]
        printed = headed[-1].text[period.start : period.end]
        words = f"{len(outside)} of the {len(rows)} rows below are of times outside {printed}."
        objection = Objection(Kind.ERROR, SLUG, headed[-1].text, headed[-1].place, (printed,), words, "", 0.75)
        yield Tested(headed[-1].place, (printed,), objection if 2 * len(outside) > len(rows) else None)
