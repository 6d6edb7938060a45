"""Counts and the rates told beside them, and the populations that a document prints or that its rates imply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from frankpledge.claims.arithmetic import Between
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.published import Place
from frankpledge.claims.statements import Sentence
from frankpledge.claims.tables import NumberCell, NumberTable

# Of everybody who lives somewhere; other wholes (households, 10-17s, Muslims) the document seldom prints.
_EVERYBODY = re.compile(
    r"^(?:the\s)?(?:population|residents?|people|persons?|inhabitants|head|capita|head\sof\spopulation)?$"
)
_OF_PEOPLE = re.compile(
    r"^(?:usual\s|total\s|local\s)?(?:residents?|people\s(?:live|living|who\slive)|inhabitants|population)\b",
    re.IGNORECASE,
)
_POPULATION_BEFORE = re.compile(
    r"\bpopulation\s(?:of\s)?(?:[^‹›.;]|‹T\d+›){0,60}?(?:is|was|of|at|to|as|stands?\sat|estimate[sd]?|approximately|now|around)\s"
    r"(?:be\s|at\s|about\s|approximately\s|around\s|estimated\s|currently\s|now\s|to\sbe\s)*‹N(\d+)›"
    r"|\bhome\sto\s(?:[a-z]+\s){0,3}‹N(\d+)›(?=\s(?:people|residents|inhabitants))"
)
_LEAST_POPULATION = 15_000
# A rate of one figure could be of any of a hundred populations, and says nothing of which.
_NARROW = 1.05
_LEAST_AGREEING = 3
_MOST_PAIRS = 400
_RESIDENTS = re.compile(r"(?:people|residents|inhabitants)\b", re.IGNORECASE)
_POPULATION = re.compile(r"(?<!0\s)\bpopulation\s(?:of\s)?(?:[\w’'-]+\s){0,3}\(?$")
_BETWEEN = re.compile(r"^(?:[^‹›.;:]|‹T\d+›){0,70}?$")


@dataclass(frozen=True)
class CountAndRate:
    """A count and the rate told beside it, the sentence of the rate and that of the count, mostly the same."""

    count: Quantity
    rate: Quantity
    sentence: Sentence
    counted: Sentence

    @property
    def implied(self) -> Between:
        """The population that would give this rate."""
        return implied(self.count.low, self.count.high, self.rate.low, self.rate.high, self.rate.per or 1000.0)


def implied(count_low: float, count_high: float, rate_low: float, rate_high: float, per: float) -> Between:
    """The population for which so many are such a rate."""
    return Between(per * count_low / rate_high, per * count_high / max(rate_low, 1e-9))


def counts_and_rates(document: ReadDocument) -> Iterator[CountAndRate]:
    """Every count with a rate of everybody beside it."""
    for sentence in document.sentences:
        values = [one for one in sentence.quantities if one.unit in (Unit.COUNT, Unit.RATE)]
        for first, second in zip(values, values[1:], strict=False):
            count, rate = (first, second) if first.unit is Unit.COUNT else (second, first)
            if _belong(sentence, count, rate, first, second):
                yield CountAndRate(count, rate, sentence, sentence)
        yield from _of_the_one_before(document, sentence)


def _of_the_one_before(document: ReadDocument, sentence: Sentence) -> Iterator[CountAndRate]:
    """A rate whose sentence has no count and points back to the one before, which has one alone, or its pair."""
    before = document.before(sentence)
    rates = [
        one
        for one in sentence.quantities
        if one.unit is Unit.RATE
        and (one.per is not None or _BARE_RATE.search(sentence.text[: one.start]))
        and _EVERYBODY.match(one.of)
    ]
    counts = [
        one for one in sentence.quantities if one.unit in (Unit.COUNT, Unit.MONEY) and not _OF_PEOPLE.match(one.of)
    ]
    if before is None or len(rates) != 1 or counts or not _POINTS_BACK.search(sentence.text[: rates[0].start]):
        return
    told = [
        one for one in before.quantities if one.unit is Unit.COUNT and one.value >= 2 and not _OF_PEOPLE.match(one.of)
    ]
    if before.pairs:
        told = [before.pairs[0].after]
    if len(told) == 1 and before.passage.place.heading == sentence.passage.place.heading and told[0].unit is Unit.COUNT:
        yield CountAndRate(told[0], rates[0], sentence, before)


_BARE_RATE = re.compile(r"\brates?\s\($", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"^(?:this|that|which|it)\b|\b(?:this|that)\s(?:is|was|equates|represents|gives|translates)\b|^as\sa\srate\b|"
    r"\b(?:but|and|although|while)\s(?:the\s|its\s|our\s)?rates?\s\($",
    re.IGNORECASE,
)


def _belong(sentence: Sentence, count: Quantity, rate: Quantity, first: Quantity, second: Quantity) -> bool:
    if count.unit is not Unit.COUNT or rate.unit is not Unit.RATE or rate.per is None or not _EVERYBODY.match(rate.of):
        return False
    if count.value < 1 or not float(count.value).is_integer() or count.number.step or rate.value <= 0:
        return False
    if Hedge.EXACT not in (count.hedge, rate.hedge) or _of_residents(sentence, count):
        return False
    between = sentence.text[first.end : second.start]
    if rate is first:
        # “8.81 per 1,000 (2,240 offences)”.
        return bool(re.match(r"^[^.;]{0,25}\(\s?(?:[a-z]+\s){0,2}$", between))
    return bool(_BETWEEN.match(between)) and not re.search(
        r"\b(?:compared|while|whereas|than|against|but|average|London|England|national|per\s)\b", between
    )


def _of_residents(sentence: Sentence, count: Quantity) -> bool:
    """Whether a count is rather the population itself."""
    many = count.value >= _LEAST_POPULATION and bool(_RESIDENTS.match(count.of))
    told = _POPULATION.search(sentence.text[: count.start]) or _OF_PEOPLE.match(count.of)
    return many or bool(told) or _is_population(sentence, sentence.quantities.index(count), count)


@dataclass(frozen=True)
class Population:
    """A number of residents that the document prints."""

    value: float
    printed: str
    place: Place


def populations(document: ReadDocument) -> list[Population]:
    """The numbers of residents that the document's sentences print, of whatever area."""
    return [
        Population(one.value, one.printed, place_of(sentence))
        for sentence in document.sentences
        for at, one in enumerate(sentence.quantities)
        if one.unit is Unit.COUNT and one.value >= _LEAST_POPULATION and _is_population(sentence, at, one)
    ]


def _is_population(sentence: Sentence, at: int, one: Quantity) -> bool:
    named = (int(found[1] or found[2]) for found in _POPULATION_BEFORE.finditer(sentence.tagged.text))
    return bool(_OF_PEOPLE.match(one.of)) or at in named


@dataclass(frozen=True)
class CellsOfRate:
    """A count and a rate in one row of a table."""

    table: NumberTable
    row: int
    count: NumberCell
    rate: NumberCell

    @property
    def implied(self) -> Between:
        """The population that would give this rate per 1,000."""
        count, rate = self.count.number, self.rate.number
        return implied(count.low, count.high, rate.low, rate.high, 1000.0)


def cells_of_rates(document: ReadDocument) -> Iterator[CellsOfRate]:
    """Counts beside rates in tables: a column of whole numbers, and the next, called a rate, of decimals."""
    for table in document.tables:
        for column in table.columns:
            if not re.search(r"\brate\b|per\s1,?000", table.headers[column], re.IGNORECASE) or column == 0:
                continue
            for row, cells in enumerate(table.cells):
                count, rate = cells[column - 1], cells[column]
                if (
                    count
                    and rate
                    and count.value > 0
                    and rate.value > 0
                    and count.number.step == 0
                    and rate.number.step
                ):
                    yield CellsOfRate(table, row, count, rate)


def usual_populations(pairs: Sequence[Between]) -> list[float]:
    """The populations that three or more of a document's counts and rates agree on, the one of most first."""
    narrow = sorted((one for one in pairs if one.high < _NARROW * one.low), key=lambda one: one.middle)[:_MOST_PAIRS]
    found: list[float] = []
    while narrow:
        groups = [[other for other in narrow if other.meets(one)] for one in narrow]
        most = max(groups, key=len)
        if len(most) < _LEAST_AGREEING:
            break
        found.append(median(one.middle for one in most))
        narrow = [one for one in narrow if one not in most]
    return found
