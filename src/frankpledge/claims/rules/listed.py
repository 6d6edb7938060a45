"""A value told of a name against the list that holds it: a count, a rate, or the rate its count and people make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.moments import months_of_time
from frankpledge.claims.named import Named
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.slips import ONE_DIGIT, slip
from frankpledge.claims.told import ToldOfNames, told_of_names

UNIT = "unit"
_SLUGS = {Unit.COUNT: "same-quantity", Unit.RATE: "rate-of-count"}
_LEAST = {Unit.COUNT: 10.0, Unit.RATE: 0.05}
_TENS = (10.0, 100.0, 0.1, 0.01)
# Populations are printed rounded, and of one year or the next.
_LOOSE = 0.015
_LEAST_SLIPPED = 100
_MOST_SHOWN = 4
_OFTEN = 3
_NEAR_STEP = 0.006
# A rate so many times another is of something else.
_OF_ELSE = 10.0
_PERS = {1e3: "1,000", 1e4: "10,000", 1e5: "100,000"}


@dataclass(frozen=True)
class _Held:
    """What the lists hold for a label: a value, as it would be printed beside the one told, and whose it is."""

    value: float
    loose: float
    label: str
    name: str
    sure: bool
    months: tuple[int, int] | None = None


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Values of a listed name that are a slip of the listed one, or are another's."""
    for known in told_of_names(document):
        for one in known.told:
            yield from _tested(one, known)


def _tested(told: Named, known: ToldOfNames) -> Iterator[Tested]:
    value = told.value
    held = list(_held(told, known))
    made = list(_made(told, known)) if value.unit is Unit.RATE else []
    if value.unit is Unit.COUNT and not held:
        held = list(_told_often(told, known))
    least = _LEAST[value.unit] if value.unit is Unit.COUNT else 0.0
    mine = [one for one in (*held, *made) if one.label == told.label and one.value >= least]
    if any(one.sure for one in mine):
        mine = [one for one in mine if one.sure]
        held = [one for one in held if one.sure]
    held += made
    if value.value < _LEAST[value.unit] or not mine or _of_residents(told, known):
        return
    figures = (value.printed, *sorted({_shown(told, one.value) for one in mine})[:_MOST_SHOWN])
    if any(_agrees(told, one) for one in mine) or _of_its_own_count(told, known):
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


def _of_its_own_count(told: Named, known: ToldOfNames) -> bool:
    """Whether it is the rate of a count that its own sentence tells, which another rule tests."""
    counts = [one.value for one in told.sentence.quantities if one.unit is Unit.COUNT]
    per = told.value.per or 0.0
    rates = [per * count / residents for count in counts for residents in known.people.get(told.label, ())]
    return any(abs(rate - told.value.value) <= told.value.number.step / 2 + _LOOSE * rate for rate in rates)


def _of_residents(told: Named, known: ToldOfNames) -> bool:
    """Whether it is rather the number of residents."""
    return any(abs(one / told.value.value - 1) < _LOOSE for one in known.people.get(told.label, ()))


def _held(told: Named, known: ToldOfNames) -> Iterator[_Held]:
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


def _told_often(told: Named, known: ToldOfNames) -> Iterator[_Held]:
    """Counts that other sentences of the section tell of the label, and tell again and again."""
    same = [one for one in known.counted if one.label == told.label and one.sentence is not told.sentence]
    times = Counter(one.value.value for one in same)
    often = {one.value.value: one for one in same if times[one.value.value] >= _OFTEN}
    at = {one.value.value: months_of_time(one.at) for one in same if one.at is not None}
    now = months_of_time(told.at)
    if any(told.value in (pair.before, pair.after) for pair in told.sentence.pairs):
        return
    for value, one in often.items():
        then = at.get(value)
        # Counts of two years are as alike as this now and then.
        alike = slip(told.value.printed, one.value.printed) == ONE_DIGIT and (now is None or now != then)
        apart = now is not None and then is not None and now != then
        if not (alike or apart):
            yield _Held(value, 0.0, told.label, known.names.get(told.label, told.label.title()), sure=True)


def _made(told: Named, known: ToldOfNames) -> Iterator[_Held]:
    """The rates that counts and people make."""
    if told.value.per is None:
        return
    counts = [
        (label, number.value, one.months)
        for one in known.listed
        if one.unit is Unit.COUNT
        for label, number in one.values.items()
    ]
    # What names neither area nor time may be of a month.
    counts += [
        (one.label, one.value.value, months_of_time(one.at) or one.months)
        for one in known.counted
        if one.named or one.at is not None or one.months is not None
    ]
    counts += [(known.own, one.value, one.months) for one in known.own_counts if one.months is not None]
    for label, count, months in counts:
        if told.months is not None and months is not None and told.months != months:
            continue
        for residents in known.people.get(label, ()):
            rate = told.value.per * count / residents
            yield _Held(rate, _LOOSE * rate, label, known.names.get(label, label.title()), sure=True, months=months)


def _agrees(told: Named, one: _Held) -> bool:
    return abs(told.value.value - one.value) <= told.value.number.step / 2 + one.loose + 1e-9


def _explained(told: Named, mine: Sequence[_Held], held: Sequence[_Held]) -> Iterator[tuple[str, str, _Held]]:
    """What the slip may be, and the rule it breaks."""
    slug = _SLUGS[told.value.unit]
    for one in mine:
        yield from _misprinted(told, one, slug, alone=len({round(other.value, 3) for other in mine}) == 1)
    comparable = 1 / _OF_ELSE < told.value.value / max(mine[0].value, 1e-9) < _OF_ELSE
    if (
        told.value.unit is Unit.RATE
        and comparable
        and _told_of_one_time(told, mine)
        and not _near_enough(told, mine[0])
    ):
        yield "", slug, mine[0]
    if told.named and (told.value.value >= _LEAST[Unit.COUNT] or told.value.number.step < 1):
        for one in held:
            if one.label != told.label and _agrees(told, one) and _telling(told):
                yield f"It is that of {one.name}.", slug, mine[0]


def _misprinted(told: Named, one: _Held, slug: str, *, alone: bool) -> Iterator[tuple[str, str, _Held]]:
    """A base, a point or a digit that is another."""
    value, per = told.value.value, told.value.per
    # Small counts are each other's swapped digits now and then.
    if told.value.unit is Unit.COUNT and value < _LEAST_SLIPPED:
        return
    for other, printed in _PERS.items() if per else ():
        assert per is not None
        half = told.value.number.step / 2 * per / other
        if other != per and _near(value * per / other, one, half=half) and _near(value, one, other / per, half=half):
            yield f"It is per {printed}.", UNIT, one
    if any(_near(value * times, one) for times in _TENS):
        yield "The point is in the wrong place.", slug, one
    words = slip(told.value.printed, _shown(told, one.value))
    # Rates of two years may differ by a digit.
    if words and not (words == ONE_DIGIT and told.value.unit is Unit.RATE and (one.loose > _NEAR_STEP or not alone)):
        yield words, slug, one


def _told_of_one_time(told: Named, mine: Sequence[_Held]) -> bool:
    """Whether the rate and the one count it can be of are told of the same time, so that no slip need explain it."""
    times = {one.months for one in mine}
    return told.months is not None and times == {told.months} and len({round(one.value, 6) for one in mine}) == 1


def _near_enough(told: Named, one: _Held) -> bool:
    return abs(told.value.value - one.value) <= _FAR_OFF * one.value + told.value.number.step


_FAR_OFF = 0.04


def _telling(told: Named) -> bool:
    """Of as many digits as do not agree by chance."""
    return len([one for one in told.value.printed.partition(" ")[0] if one.isdigit()]) > 2


def _near(value: float, one: _Held, times: float = 1.0, half: float = 0.0) -> bool:
    return abs(value - one.value * times) <= (one.loose * times + 0.006 * value + half * min(times, 1.0)) and value > 0


def _shown(told: Named, value: float) -> str:
    step = told.value.number.step
    decimals = 0 if step == 0 or step >= 1 else len(f"{step:g}".partition(".")[2])
    return as_words(value, decimals)
