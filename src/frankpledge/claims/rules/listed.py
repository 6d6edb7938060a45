"""A value told of a name against the list that holds it: a count, a rate, or the rate that its count and people make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.listings import Listing, listings_of, pattern_of, plain
from frankpledge.claims.named import Named, named_values, own_label
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.populations import populations_of_areas
from frankpledge.claims.rates import populations
from frankpledge.claims.slips import slip
from frankpledge.claims.topics import speaks_of_else, speaks_of_others, topic_of

UNIT = "unit"
_SLUGS = {Unit.COUNT: "same-quantity", Unit.RATE: "rate-of-count"}
_LEAST = {Unit.COUNT: 10.0, Unit.RATE: 0.05}
_TENS = (10.0, 100.0, 0.1, 0.01)
# Populations are printed rounded, and of one year or the next.
_LOOSE = 0.015
_MOST_SHOWN = 4
_PERS = {1e3: "1,000", 1e4: "10,000", 1e5: "100,000"}


@dataclass(frozen=True)
class _Held:
    """What the lists hold for a label: a value, as it would be printed beside the one told, and whose it is."""

    value: float
    loose: float
    label: str
    name: str
    sure: bool


@dataclass(frozen=True)
class _Known:
    """What a section holds of its names: lists of their counts and rates, counts that its sentences tell, their people."""

    listed: Sequence[Listing]
    counted: Sequence[Named]
    people: Mapping[str, Sequence[float]]
    names: Mapping[str, str]


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Values of a listed name that are a slip of the listed one, or are another's."""
    listed = listings_of(document)
    own = own_label(document, listed)
    people = _people(document, listed, own)
    names = {label: one.names[label] for section in listed for one in section for label in one.values}
    topics = [topic_of(section, own) for section in document.sections]
    for at, section in enumerate(document.sections):
        near = [one for one in listed[at] if not one.of_people]
        labels = pattern_of([*(label for one in near for label in one.values), *people, own])
        if labels is None:
            continue
        others = frozenset().union(*(one for other, one in enumerate(topics) if other != at)) - topics[at]
        told = list(_told(section, labels, own, topics[at], others))
        known = _Known(near, [one for one in told if one.value.unit is Unit.COUNT], people, names)
        for one in told:
            yield from _tested(one, known)


def _people(document: ReadDocument, listed: Sequence[Sequence[Listing]], own: str) -> Mapping[str, Sequence[float]]:
    """Plain label → numbers of residents; what no name is told of is the document's own."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in (one for section in listed for one in section if one.of_people):
        for label, number in one.values.items():
            found[label].append(number.value)
    for name, values in populations_of_areas(document).items():
        found[plain(name)] += values
    if own and not found.get(own):
        found[own] += [one.value for one in populations(document)]
    return found


def _told(
    section: Section, labels: re.Pattern[str], own: str, topic: frozenset[str], others: frozenset[str]
) -> Iterator[Named]:
    """The values its sentences tell of names, but for those that speak of another topic."""
    for sentence in section.sentences:
        of_count = not speaks_of_else(sentence.text, topic, labels)
        of_rate = not speaks_of_others(sentence.text, topic, others)
        for told in named_values(sentence, labels, own):
            if of_rate if told.value.unit is Unit.RATE else of_count:
                yield told


def _tested(told: Named, known: _Known) -> Iterator[Tested]:
    value = told.value
    held = list(_held(told, known))
    made = list(_made(told, known)) if value.unit is Unit.RATE else []
    held = [one for one in held if one.sure] + made or held
    mine = [one for one in held if one.label == told.label]
    if value.value < _LEAST[value.unit] or not mine or _of_residents(told, known):
        return
    figures = (value.printed, *sorted({_shown(told, one.value) for one in mine})[:_MOST_SHOWN])
    if any(_agrees(told, one) for one in mine):
        yield Tested(place_of(told.sentence), figures, None)
        return
    for suggestion, slug, right in _explained(told, mine, held):
        if slug == UNIT:
            figures = (value.printed, f"per {as_words(value.per or 0.0)}", *figures[1:])
        words = f"{value.printed} here; by what else is printed {right.name} has {_shown(told, right.value)}."
        yield Tested(
            place_of(told.sentence),
            figures,
            Objection(Kind.ERROR, slug, told.sentence.text, place_of(told.sentence), figures, words, suggestion, 0.82),
        )
        return


def _of_residents(told: Named, known: _Known) -> bool:
    """Whether it is rather the number of residents."""
    return any(abs(one / told.value.value - 1) < _LOOSE for one in known.people.get(told.label, ()))


def _held(told: Named, known: _Known) -> Iterator[_Held]:
    """What lists of its unit hold, in the base that is told."""
    for one in known.listed:
        if one.unit is not told.value.unit or told.label not in one.values or one.sentence is told.sentence:
            continue
        if told.months is not None and told.months != one.months:
            continue
        for label, number in one.values.items():
            times = told.value.per / one.per if told.value.per and one.per else 1.0
            sure = told.value.unit is Unit.COUNT or (told.value.per is not None and one.per is not None)
            yield _Held(number.value * times, number.step / 2 * times, label, one.names[label], sure)


def _made(told: Named, known: _Known) -> Iterator[_Held]:
    """The rates that counts and people make."""
    if told.value.per is None:
        return
    counts = [
        (label, number.value, one.months)
        for one in known.listed
        if one.unit is Unit.COUNT
        for label, number in one.values.items()
    ]
    counts += [(one.label, one.value.value, one.months) for one in known.counted]
    for label, count, months in counts:
        if told.months is not None and months is not None and told.months != months:
            continue
        for residents in known.people.get(label, ()):
            rate = told.value.per * count / residents
            yield _Held(rate, _LOOSE * rate, label, known.names.get(label, label.title()), sure=True)


def _agrees(told: Named, one: _Held) -> bool:
    loose = max(told.value.number.step / 2, 0.0 if told.value.unit is Unit.COUNT else 0.0) + one.loose
    return abs(told.value.value - one.value) <= loose + 1e-9


def _explained(told: Named, mine: Sequence[_Held], held: Sequence[_Held]) -> Iterator[tuple[str, str, _Held]]:
    """What the slip may be, and the rule it breaks."""
    slug, value = _SLUGS[told.value.unit], told.value.value
    for one in mine:
        per = told.value.per
        if per is not None:
            for other, printed in _PERS.items():
                if other != per and _near(value * per / other, one) and _near(value, one, other / per):
                    yield f"It is per {printed}.", UNIT, one
        for times in _TENS:
            if _near(value * times, one):
                yield "The point is in the wrong place.", slug, one
        words = slip(told.value.printed, _shown(told, one.value))
        if words:
            yield words, slug, one
    if told.value.value >= 10 or told.value.number.step < 1:
        for one in held:
            if one.label != told.label and _agrees(told, one) and _telling(told):
                yield f"It is that of {one.name}.", slug, mine[0]


def _telling(told: Named) -> bool:
    """Of as many digits as do not agree by chance."""
    return len([one for one in told.value.printed.partition(" ")[0] if one.isdigit()]) > 2


def _near(value: float, one: _Held, times: float = 1.0) -> bool:
    return abs(value - one.value * times) <= (one.loose * times + 0.006 * value) and value > 0


def _shown(told: Named, value: float) -> str:
    step = told.value.number.step
    decimals = 0 if step == 0 or step >= 1 else len(f"{step:g}".partition(".")[2])
    return as_words(value, decimals)
