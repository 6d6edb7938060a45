"""An average a month against the total it is of: “254 cases, an average of 22 a month”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence
from frankpledge.statistics.months import MONTHS

SLUG = "average-of-period"
_PER_YEAR = {"month": 12, "week": 52, "quarter": 4, "day": 365}
_UNIT = r"(?:(?:per|an?|each|every)\s(month|week|quarter|day)\b|(month|week|quarter|dai)ly\b)"
_FEW = r"(?:[^‹›.;]|‹[TL]\d+›){0,%d}?"
_SAID = (
    r"\b(?:averag\w+|typical\w*|mean|equates?\sto|equal\sto|works?\sout\sat|amounts?\sto|(?:come|comes|came|equivalent)\sto|means?|"
    r"or\s(?:about\s|around\s)?)"
)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # “An average of 22 cases per month”, “22 a month on average”.
        rf"{_SAID}{_FEW % 60}‹N(\d+)›{_FEW % 60}\b{_UNIT}",
        rf"‹N(\d+)›{_FEW % 40}\b{_UNIT}\son\saverage",
        rf"\b(?:mean|median|average)\snumber\sof\s{_FEW % 50}\bper\s(month|week|quarter|day)\s(?:was|is)\s‹N(\d+)›",
        # “Officers handle 29 offences every month; the total for 2023/24 was 347”.
        rf"‹N(\d+)›{_FEW % 40}\b(?:every|each)\s(month|week|quarter|day)\b(?=.*\btotal\b|\s\(‹N\d+›\sin\b)",
        # “Averaged 91 a month”, “the monthly average was 33”.
        rf"\baveraged\s‹N(\d+)›{_FEW % 20}\b{_UNIT}",
        # “The average number of calls per month is 407”, “in an average quarter there were 64”.
        rf"\baverage\s{_FEW % 50}\b{_UNIT}{_FEW % 70}\b(?:is|was|of|at|stood\sat)\s{_FEW % 12}‹N(\d+)›",
        rf"\b(month|quarter|week|dai)ly\saverage\s{_FEW % 60}\b(?:was|is|of|stood\sat)\s{_FEW % 12}‹N(\d+)›",
        rf"\b(?:an|the)\saverage\s(month|week|quarter|day)\s{_FEW % 20}‹N(\d+)›",
    )
)
# A total that is called one stands for itself, however far from the average it is.
_TOTAL = re.compile(
    r"‹N(\d+)›\s(?:[a-z-]+\s){0,3}?(?:over|in|for|during|across)\s(?:the|a|that)\s(?:whole\s|full\s|same\s)?year\b"
    r"|\b(?:year[’']s|annual|yearly|full-year)\stotal\s(?:[a-z]+\s){0,3}‹N(\d+)›"
    r"|\(total\s‹N(\d+)›\)|\btotal\s(?:for|in|over)\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){0,4}(?:‹T\d+›\s)?(?:was|is|of|came\sto)\s‹N(\d+)›"
    r"|‹N(\d+)›\s(?:[a-z-]+\s){0,4}?(?:in|for|during)\s(?:the\s)?(?:‹L\d+›\s)?(?:[a-z]+\s){0,3}‹T\d+›\)?\s(?:equates?|comes?|came|amounts?|works?\sout|averages?)\b"
    r"|\bthe\s‹N(\d+)›\s(?:[a-z-]+\s){1,4}?(?:works?\sout|comes?|came|equates?|amounts?)\b"
    r"|\b(?:divided|shared|spread)\s(?:over|across|by)\s(?:the\s)?‹L\d+›,\s(?:the|that|those)\s‹N(\d+)›"
    r"|\bover\sthe\s(?:year|‹L\d+›)\sthere\swere\s‹N(\d+)›|\(‹N(\d+)›\sin\s(?:the\s)?(?:‹L\d+›\s)?(?:[a-z]+\s){0,3}(?:‹T\d+›|year)\s?\)"
)
# “From 2,251, 3,602 and 5,125”: an average of years that are listed.
_LISTED = re.compile(r"‹N(\d+)›(?:,\s‹N\d+›)+,?\sand\s‹N(\d+)›")
_A_YEAR = re.compile(rf"{_SAID}{_FEW % 60}‹N(\d+)›{_FEW % 40}\b(?:per|a|each|every)\syear\b")
_YEARS = re.compile(r"\b(two|both|2)[\s-]years?\b|\bover\s(?:the\s)?two\b", re.IGNORECASE)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Averages that are not the total over its months, or the mean of the years listed."""
    for at, section in enumerate(document.sections):
        wrong: dict[float, Tested] = {}
        for sentence in section.sentences:
            yield from _again(sentence, wrong)
            yield from _of_listed_years(sentence)
            for average, times in averages(sentence):
                if _YEARS.search(sentence.text):
                    near = document.sections[max(0, at - 1) : at + 2]
                    found = list(_against_two_years(near, sentence, average, times))
                    wrong.update((average.value, one) for one in found if one.objection is not None)
                    yield from found
                else:
                    yield from _against_year(sentence, average, times)


_BARE = re.compile(r"^(?:monthly\s)?average\s?[=:]\s?‹N(\d+)›\.?$")


def _again(sentence: Sentence, wrong: Mapping[float, Tested]) -> Iterator[Tested]:
    """“Average = 407” beneath a chart, where the text above it tells the same and is wrong."""
    bare = _BARE.match(sentence.tagged.text)
    told = wrong.get(sentence.quantities[int(bare[1])].value) if bare else None
    if told is not None and told.objection is not None:
        yield Tested(
            place_of(sentence), told.figures, replace(told.objection, quote=sentence.text, place=place_of(sentence))
        )


def averages(sentence: Sentence) -> Iterator[tuple[Quantity, int]]:
    """The averages of a sentence, each once, and how many of their periods make a year."""
    seen: set[str] = set()
    for pattern in _FORMS:
        for found in pattern.finditer(sentence.tagged.text):
            digits, word = sorted(one for one in found.groups() if one)
            if digits not in seen:
                seen.add(digits)
                yield sentence.quantities[int(digits)], _PER_YEAR["day" if word == "dai" else word]


def _against_year(sentence: Sentence, average: Quantity, times: int) -> Iterator[Tested]:
    """The count that is called the year's, or the one that is near enough to be meant as its total."""
    told = _TOTAL.search(sentence.tagged.text)
    counts = [one for one in sentence.quantities if one.unit is Unit.COUNT and one is not average]
    near = [one for one in counts if average.value and 0.6 * times < one.value / average.value < 1.6 * times]
    at = next((int(one) for one in told.groups() if one), None) if told else None
    total = sentence.quantities[at] if at is not None else near[0] if len(near) == 1 else None
    if total is not None and total is not average and total.number.step == 0 and average.value:
        yield _compared(sentence, average, (total,), total.value, times)


def _of_listed_years(sentence: Sentence) -> Iterator[Tested]:
    found, listed = _A_YEAR.search(sentence.tagged.text), _LISTED.search(sentence.tagged.text)
    if found and listed and not int(listed[1]) <= int(found[1]) <= int(listed[2]):
        years = tuple(sentence.quantities[at] for at in range(int(listed[1]), int(listed[2]) + 1))
        if all(one.unit is Unit.COUNT for one in years):
            average = sentence.quantities[int(found[1])]
            yield _compared(sentence, average, years, sum(one.value for one in years) / len(years), 1)


def _against_two_years(near: Sequence[Section], sentence: Sentence, average: Quantity, times: int) -> Iterator[Tested]:
    """Two counts of years that follow each other, told nearby, near enough to be those the average is of."""
    pairs = [
        pair for pair in _two_years(near) if 0.75 < (pair[0].value + pair[1].value) / 2 / times / average.value < 1.35
    ]
    if pairs:
        fitting = [pair for pair in pairs if fits((pair[0].value + pair[1].value) / 2, average, times)]
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


def fits(total: float, average: Quantity, times: int) -> bool:
    """Whether an average, as printed, is a total's over so many times."""
    # A year has 52 weeks and a day.
    whole = 0.5 if average.number.step == 0 else 0.0
    slack = 0.01 * total / times if times > 12 else 0.0
    return Between(average.low - whole, average.high + whole).meets(Between.of(total / times), slack)


def _compared(sentence: Sentence, average: Quantity, of: tuple[Quantity, ...], total: float, times: int) -> Tested:
    figures = (average.printed, *(one.printed for one in of))
    holds = fits(total, average, times)
    return Tested(place_of(sentence), figures, None if holds else _objection(sentence, average, of, total / times))


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
