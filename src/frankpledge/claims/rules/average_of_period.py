"""An average a month against the total it is of: “254 cases, an average of 22 a month”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence
from frankpledge.statistics.months import MONTHS

SLUG = "average-of-period"
_PER_YEAR = {"month": 12, "week": 52, "quarter": 4, "day": 365}
_UNIT = r"(?:(?:per|a|each|every)\s(month|week|quarter|day)\b|(month|week|quarter|dai)ly\b)"
_FEW = r"(?:[^‹›.;]|‹[TL]\d+›){0,%d}?"
_AVERAGE = re.compile(
    rf"\b(?:averag\w+|mean|equates?\sto|equal\sto|works?\sout\sat|amounts?\sto|"
    rf"or\s(?:about\s|around\s)?){_FEW % 60}‹N(\d+)›"
    rf"{_FEW % 30}\b{_UNIT}|‹N(\d+)›{_FEW % 30}\b{_UNIT}\son\saverage"
)
_AVERAGE_LAST = re.compile(
    rf"\baverage\s{_FEW % 50}\b{_UNIT}{_FEW % 70}\b(?:is|was|of|at|stood\sat)\s{_FEW % 12}‹N(\d+)›"
)
_YEARS = re.compile(r"\b(two|both|2)[\s-]years?\b|\bover\s(?:the\s)?two\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\b(?:per|a|annual|year|twelve|12|20\d\d|during|in)\b")
_OTHER_TIME = re.compile(r"\b(?:previous\syear|last\syear|compared\swith\s‹N\d+›\sper|typically)\b")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Averages that are not the total over its months."""
    for at, section in enumerate(document.sections):
        for sentence in section.sentences:
            for average, times in _averages(sentence):
                yield from _against_year(sentence, average, times)
                if _YEARS.search(sentence.text):
                    near = document.sections[max(0, at - 1) : at + 2]
                    yield from _against_two_years(near, sentence, average, times)


def _averages(sentence: Sentence) -> Iterator[tuple[Quantity, int]]:
    for pattern, number_first in ((_AVERAGE, True), (_AVERAGE_LAST, False)):
        for found in pattern.finditer(sentence.tagged.text):
            groups = [one for one in found.groups() if one]
            digits = next(one for one in groups if one.isdigit())
            word = next(one for one in groups if not one.isdigit())
            times = _PER_YEAR["day" if word == "dai" else word]
            yield sentence.quantities[int(digits)], times
            if number_first:
                break


def _against_year(sentence: Sentence, average: Quantity, times: int) -> Iterator[Tested]:
    """The one count of the sentence that is near enough to be meant as its total."""
    if _YEARS.search(sentence.text):
        return
    counts = [one for one in sentence.quantities if one.unit is Unit.COUNT and one is not average]
    near = [one for one in counts if average.value and 0.6 * times < one.value / average.value < 1.6 * times]
    if len(near) == 1 and near[0].number.step == 0:
        yield _compared(sentence, average, (near[0],), near[0].value, times)


def _against_two_years(near: Sequence[Section], sentence: Sentence, average: Quantity, times: int) -> Iterator[Tested]:
    """Two counts of years that follow each other, told nearby, near enough to be those the average is of."""
    pairs = [
        pair for pair in _two_years(near) if 0.75 < (pair[0].value + pair[1].value) / 2 / times / average.value < 1.35
    ]
    if pairs:
        fitting = [pair for pair in pairs if _fits((pair[0].value + pair[1].value) / 2, average, times)]
        best = (fitting or pairs)[0]
        yield _compared(sentence, average, best, (best[0].value + best[1].value) / 2, times)


def _two_years(near: Sequence[Section]) -> list[tuple[Quantity, Quantity]]:
    told = [
        (one, at.time.first)
        for section in near
        for other in section.sentences
        for one in other.quantities
        if one.unit is Unit.COUNT and (at := other.time_of(one)) is not None and at.time is not None and at.time.first
    ]
    return [(one, other) for (one, first), (other, second) in permutations(told, 2) if second - first == MONTHS]


def _fits(total: float, average: Quantity, times: int) -> bool:
    # A year has 52 weeks and a day.
    whole = 0.5 if average.number.step == 0 else 0.0
    slack = 0.01 * total / times if times > 12 else 0.0
    return Between(average.low - whole, average.high + whole).meets(Between.of(total / times), slack)


def _compared(sentence: Sentence, average: Quantity, of: tuple[Quantity, ...], total: float, times: int) -> Tested:
    figures = (average.printed, *(one.printed for one in of))
    fits = _fits(total, average, times)
    return Tested(place_of(sentence), figures, None if fits else _objection(sentence, average, of, total / times))


def _objection(sentence: Sentence, average: Quantity, of: tuple[Quantity, ...], actual: float) -> Objection:
    return Objection(
        Kind.ERROR,
        SLUG,
        sentence.text,
        place_of(sentence),
        (average.printed, *(one.printed for one in of)),
        f"{' and '.join(one.printed for one in of)} come to {as_words(actual, 1)} on average, not {average.printed}.",
        "",
        0.8,
    )
