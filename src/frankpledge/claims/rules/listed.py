"""A value told of a name against the list that holds it: a count, a rate, or the rate that its count and people make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.listings import Listing, listings_of, pattern_of
from frankpledge.claims.named import Named, named_values, own_label
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.slips import slip
from frankpledge.claims.topics import speaks_of_else, speaks_of_others, topic_of

_SLUGS = {Unit.COUNT: "same-quantity", Unit.RATE: "rate-of-count"}
_LEAST = {Unit.COUNT: 10.0, Unit.RATE: 0.05}
_TENS = (10.0, 100.0, 0.1, 0.01)
# Populations are printed rounded, and of one year or the next.
_LOOSE = 0.015
_PERS = {1e3: "1,000", 1e4: "10,000", 1e5: "100,000"}


@dataclass(frozen=True)
class _Held:
    """What the lists hold for a label: a value, as it would be printed beside the one told, and whose it is."""

    value: float
    loose: float
    label: str
    name: str
    sure: bool


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Values of a listed name that are a slip of the listed one, or are another's."""
    listed = listings_of(document)
    people = [one for section in listed for one in section if one.of_people]
    own = own_label(document, listed)
    topics = [topic_of(section, own) for section in document.sections]
    for at, section in enumerate(document.sections):
        near = [one for one in listed[at] if not one.of_people]
        labels = pattern_of(label for one in (*near, *people) for label in one.values)
        if labels is None:
            continue
        others = frozenset().union(*(one for other, one in enumerate(topics) if other != at)) - topics[at]
        for sentence in section.sentences:
            else_of_count = speaks_of_else(sentence.text, topics[at], labels)
            else_of_rate = speaks_of_others(sentence.text, topics[at], others)
            for told in named_values(sentence, labels, own):
                if not (else_of_rate if told.value.unit is Unit.RATE else else_of_count):
                    yield from _tested(told, near, people)


def _tested(told: Named, near: Sequence[Listing], people: Sequence[Listing]) -> Iterator[Tested]:
    value = told.value
    others = [one for one in near if one.sentence is None or one.sentence is not told.sentence]
    held = list(_held(told, others))
    made = list(_made(told, others, people)) if value.unit is Unit.RATE else []
    held = [one for one in held if one.sure] + made or held
    mine = [one for one in held if one.label == told.label]
    if value.value < _LEAST[value.unit] or not mine or _of_residents(told, people):
        return
    figures = (value.printed, *sorted({_shown(told, one.value) for one in mine}))
    if any(_agrees(told, one) for one in mine):
        yield Tested(place_of(told.sentence), figures, None)
        return
    for suggestion, slug, right in _explained(told, mine, held):
        words = f"{value.printed} here; by its list {right.name} has {_shown(told, right.value)}."
        yield Tested(
            place_of(told.sentence),
            figures,
            Objection(Kind.ERROR, slug, told.sentence.text, place_of(told.sentence), figures, words, suggestion, 0.82),
        )
        return


def _of_residents(told: Named, people: Sequence[Listing]) -> bool:
    """Whether it is rather the number of residents."""
    return any(
        abs(one.values[told.label].value / told.value.value - 1) < _LOOSE for one in people if told.label in one.values
    )


def _held(told: Named, near: Sequence[Listing]) -> Iterator[_Held]:
    """What lists of its unit hold, in the base that is told."""
    for one in near:
        if one.unit is not told.value.unit or told.label not in one.values or not _of_one_time(told, one):
            continue
        for label, number in one.values.items():
            times = told.value.per / one.per if told.value.per and one.per else 1.0
            sure = told.value.unit is Unit.COUNT or (told.value.per is not None and one.per is not None)
            yield _Held(number.value * times, number.step / 2 * times, label, one.names[label], sure)


def _made(told: Named, near: Sequence[Listing], people: Sequence[Listing]) -> Iterator[_Held]:
    """The rates that counts and people make."""
    if told.value.per is None:
        return
    for counts in near:
        if counts.unit is not Unit.COUNT or told.label not in counts.values or not _of_one_time(told, counts):
            continue
        for residents in people:
            for label in counts.values.keys() & residents.values.keys():
                rate = told.value.per * counts.values[label].value / max(residents.values[label].value, 1.0)
                yield _Held(rate, _LOOSE * rate, label, counts.names[label], sure=True)


def _of_one_time(told: Named, one: Listing) -> bool:
    return told.months is None or told.months == one.months


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
                    yield f"It is per {printed}.", "unit", one
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
