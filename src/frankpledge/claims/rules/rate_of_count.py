"""A rate against its count and a population the document prints or its other rates imply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from frankpledge.claims.areas import own_area, speaks_of_another
from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.bindings import bound_changes
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.populations import area_named, populations_of_areas
from frankpledge.claims.rates import (
    CellsOfRate,
    CountAndRate,
    Population,
    cells_of_rates,
    counts_and_rates,
    populations,
    usual_populations,
)

SLUG = "rate-of-count"
# Populations of one area differ by as much between two years; and, of those printed, between two estimates.
_YEARS_APART = 0.012
_ESTIMATES_APART = 0.025
# What an area's own population and that of another, larger place may be apart: a part of the area is not judged.
_OTHER_AREA = 8
_IMPOSSIBLE = 30


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Rates that no population of the document gives."""
    own, areas = own_area(document), populations_of_areas(document)
    yield from _of_three(document)
    every = list(counts_and_rates(document))
    cells = list(cells_of_rates(document))
    of_areas = {one: area for one in every if (area := area_named(_clause(one), areas))}
    for one, area in of_areas.items():
        fits = any(
            _near(one.implied, value, _ESTIMATES_APART if len(set(areas[area])) > 1 else _YEARS_APART)
            for value in areas[area]
        )
        objection = None if fits else _objection(one, areas[area][0], cells, areas)
        yield Tested(place_of(one.sentence), (one.rate.printed, one.count.printed), objection)
    pairs = [one for one in every if one not in of_areas and not speaks_of_another(_own_clause(one), own)]
    printed = populations(document)
    usual = usual_populations([one.implied for one in pairs])
    yield from _rate_changes(document, usual)
    for one in pairs:
        if printed or usual:
            wanted = _wanted(one, printed, usual)
            objection = _objection(one, wanted, cells, areas) if wanted is not None else None
            yield Tested(place_of(one.sentence), (one.rate.printed, one.count.printed), objection)


# “1,794 offences among 361,400 residents, a rate of 5.0 per 1,000”; “twelve out of a population of 144,449”.
_THREE = re.compile(
    r"‹N(\d+)›(?:\s[a-z&’'-]+){1,8}?\s(?:among|amongst|and|in|out\sof|for|from)\s(?:a\spopulation\sof\s(?:[a-z]+\s){0,2}‹N(\d+)›|(?:[a-z]+\s){0,2}‹N(\d+)›"
    r"\s(?:residents|people|inhabitants|population))[^‹›.;]{0,60}‹R(\d+)›"
)


def _of_three(document: ReadDocument) -> Iterator[Tested]:
    """A count, the people it is of and the rate, told in one sentence."""
    for sentence in document.sentences:
        for found in _THREE.finditer(sentence.tagged.text):
            count, people, rate = (sentence.quantities[int(at)] for at in (found[1], found[2] or found[3], found[4]))
            if rate.per is None or people.value <= count.value:
                continue
            per = rate.per
            made = Between(per * count.low / (people.high * 1.01), per * count.high / (people.low * 0.99))
            figures = (rate.printed, count.printed, people.printed)
            actual = as_words(per * count.value / people.value, 2)
            words = f"{count.printed} of {people.printed} is {actual} per {as_words(per)}, not {as_words(rate.value)}."
            objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.92)
            fits = made.meets(Between(rate.low, rate.high))
            yield Tested(place_of(sentence), figures, None if fits else objection)


# “But rates (0.13) are higher than the neighbours’”: what follows a comparison is not what the rate is of.
_COMPARED = re.compile(r"\b(?:higher|lower|above|below|more|less|compared|against)\b")


def _own_clause(one: CountAndRate) -> str:
    compared = _COMPARED.search(one.sentence.text, one.rate.end)
    return one.sentence.text[: compared.start()] if compared and one.sentence is not one.counted else one.sentence.text


def _clause(one: CountAndRate) -> str:
    """What is said up to the rate and its count, since the clause before."""
    end = max(one.rate.end, one.count.end) if one.sentence is one.counted else one.rate.end
    behind = re.match(r"^[^.;]{0,40}", one.sentence.text[end:])
    return one.sentence.text[:end].rpartition(";")[2] + (behind[0] if behind else "")


def _rate_changes(document: ReadDocument, usual: Sequence[float]) -> Iterator[Tested]:
    """Changes of a rate that are told beside two counts."""
    for one in bound_changes(document):
        by, pair = one.change.by, one.pair
        if len(usual) != 1 or by.unit is not Unit.RATE or pair.after.unit is not Unit.COUNT:
            continue
        per = by.per or 1000.0
        apart = per * abs(pair.after.value - pair.before.value) / usual[0]
        # A difference of two rates has the rounding of both.
        loose = 1.5 * by.number.step + _YEARS_APART * apart
        words = f"A change of {as_words(abs(pair.after.value - pair.before.value))} in {as_words(usual[0], 0)} people "
        words += f"is {as_words(apart, 2)} per {as_words(per)}, not {by.printed}."
        objection = Objection(Kind.ERROR, SLUG, one.quote, place_of(one.told), one.figures, words, "", 0.85)
        yield Tested(place_of(one.told), one.figures, objection if abs(apart - by.value) > loose else None)


def _wanted(one: CountAndRate, printed: list[Population], usual: Sequence[float]) -> float | None:
    """The population that a rate should have been of, where it is of none that the document knows."""
    known = [population.value for population in printed]
    if usual:
        # The document's rates say which of its populations they are of; the others may be of other places.
        others = [value for value in known if not any(abs(value / one - 1) < _ESTIMATES_APART for one in usual)]
        if any(_near(one.implied, value) for value in usual) or any(_near(one.implied, value, 0.0) for value in others):
            return None
        # Where a document is of several areas, a rate may be of one that is met but once.
        wanted = usual[0] if len(usual) == 1 else None
    elif known and max(known) < (1 + _ESTIMATES_APART) * min(known):
        wanted = known[0] if not any(_near(one.implied, value, _ESTIMATES_APART) for value in known) else None
    else:
        wanted = None
    if wanted is None:
        return None
    if one.implied.low > _IMPOSSIBLE * max([*known, wanted]):
        return wanted
    alike = 1 / _OTHER_AREA < one.implied.middle / wanted < _OTHER_AREA
    return wanted if alike or _slipped(one, wanted) else None


def _near(implied: Between, population: float, apart: float = _YEARS_APART) -> bool:
    return implied.meets(Between(population * (1 - apart), population * (1 + apart)))


def _slipped(one: CountAndRate, wanted: float) -> bool:
    """Whether the point, or the base, is out by tens."""
    return any(
        _near(Between(one.implied.low * times, one.implied.high * times), wanted) for times in (10, 100, 0.1, 0.01)
    )


def _objection(
    one: CountAndRate, wanted: float, cells: list[CellsOfRate], areas: Mapping[str, tuple[float, ...]]
) -> Objection:
    per = one.rate.per or 1000.0
    rate = per * one.count.value / wanted
    return Objection(
        Kind.ERROR,
        SLUG,
        one.sentence.text,
        place_of(one.sentence),
        (one.rate.printed, one.count.printed),
        f"{one.count.printed} of a population of {as_words(wanted, 0)} is {as_words(rate, 2)} per {as_words(per)}; "
        f"{as_words(one.rate.value)} would be of {as_words(one.implied.middle, 0)}.",
        _suggestion(one, wanted, cells, areas),
        0.9,
    )


def _suggestion(
    one: CountAndRate, wanted: float, cells: list[CellsOfRate], areas: Mapping[str, tuple[float, ...]]
) -> str:
    for times, words in ((10, "a tenth"), (0.1, "ten times"), (100, "a hundredth"), (0.01, "a hundred times")):
        if _near(Between(one.implied.low * times, one.implied.high * times), wanted):
            return f"The point is in the wrong place: it should be {words} of what is printed."
    for cell in cells:
        label = cell.table.labels[cell.row]
        if cell.rate.number.value == one.rate.value and label:
            return f"{as_words(one.rate.value)} is the rate that a table gives {label}."
    for cell in cells:
        label = cell.table.labels[cell.row]
        if cell.implied.meets(one.implied) and cell.implied.high < 1.02 * cell.implied.low and label:
            return f"It fits the population of {label}."
    for name, values in areas.items():
        if any(_near(one.implied, value, 0.0) for value in values):
            return f"It fits the population of {name}."
    return ""
