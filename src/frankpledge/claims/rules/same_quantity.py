"""One quantity told twice in a section, with two values: 2,240 in the box, 2,244 in the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.nouns import GENERAL, nouns
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import listings_of, plain
from frankpledge.claims.named import AVERAGED, own_label
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.populations import populations_told
from frankpledge.claims.published import Place
from frankpledge.claims.rates import CountAndRate, counts_and_rates, populations
from frankpledge.claims.slips import ONE_DIGIT, SWAPPED, slip
from frankpledge.claims.statements import Sentence
from frankpledge.claims.tables import NumberCell, NumberTable
from frankpledge.claims.topics import share_a_topic

SLUG = "same-quantity"
# Two tellings of one quantity lie as near as this, or have the same digits; others are two quantities.
_NEAR = 0.03
_LEAST = 30
# No number of residents is told more often.
_MOST_TELLINGS = 100
_MOST_GROWTH = 0.025
_COUNTS = re.compile(
    r"offences?|crimes?|incidents?|number|count|total|calls?|reports?|^(?:19|20)\d\d(?:/\d\d)?$", re.IGNORECASE
)
_AVERAGE_BEFORE = re.compile(r"\baverage\b[^.;]{0,60}$", re.IGNORECASE)
_SUMMED = re.compile(r"\b(?:taken\stogether|combined|together,)", re.IGNORECASE)
_NO_COUNTS = re.compile(r"rate|per\s|%|change|difference", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """A count with the time it is told of, and the words of what is counted."""

    count: Quantity
    months: tuple[int, int]
    nouns: frozenset[str]
    sentence: Sentence


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Counts of one time and thing that differ by little."""
    own = own_label(document, listings_of(document))
    for at, section in enumerate(document.sections):
        told = list(_told(section))
        yield from _beside_each_other(told)
        # A box may stand above the heading of its section, and a table below the next.
        near = document.sections[max(0, at - 1) : at + 2]
        for table in (table for one in near for table in one.tables):
            yield from _beside_table(told, table, own)
    yield from _years(document)
    yield from _populations(document)


@dataclass(frozen=True)
class _Residents:
    """A number of residents that is told, where, and in a sentence that names a time or none."""

    value: float
    printed: str
    quote: str
    place: Place
    timed: bool


def _populations(document: ReadDocument) -> Iterator[Tested]:
    """A number of residents that is a slip of another telling of the same area."""
    for label, told in _residents(document).items():
        times = Counter(value for value, _ in {(one.value, one.place) for one in told})
        once = list({one.value: one for one in told}.values())[:_MOST_TELLINGS]
        for one, other in permutations(once, 2):
            words = slip(one.printed, other.printed)
            sure = words == SWAPPED or (words == ONE_DIGIT and _no_growth(one, other, times))
            if label and times[one.value] <= times[other.value] and sure:
                figures = (one.printed, other.printed)
                said = f"{one.printed} here, and {other.printed} elsewhere."
                yield objected(Objection(Kind.ERROR, SLUG, one.quote, one.place, figures, said, words, 0.8))
                break


def _no_growth(one: _Residents, other: _Residents, times: Counter[float]) -> bool:
    """Whether two numbers lie further apart than years bring, neither is told of a year, and one is told again."""
    far = abs(one.value / other.value - 1) > _MOST_GROWTH
    return far and not one.timed and not other.timed and times[other.value] > times[one.value]


def _residents(document: ReadDocument) -> dict[str, list[_Residents]]:
    """Plain label → its numbers of residents; what no name is told of is the document's own."""
    found: dict[str, list[_Residents]] = defaultdict(list)
    own = own_label(document, listings_of(document))
    named = set()
    for name, one, sentence in populations_told(document):
        named.add((one.value, place_of(sentence)))
        found[plain(name)].append(_told_by(one.value, one.printed, sentence))
    for told in populations(document):
        if (told.value, told.place) not in named:
            found[own].append(_Residents(told.value, told.printed, told.printed, told.place, timed=False))
    for listed in (one for section in listings_of(document) for one in section if one.of_people):
        for label, number in listed.values.items():
            if listed.sentence is not None:
                printed = next(one.printed for one in listed.sentence.quantities if one.value == number.value)
                found[label].append(_told_by(number.value, printed, listed.sentence))
    return found


def _told_by(value: float, printed: str, sentence: Sentence) -> _Residents:
    timed = any(one.time is not None for one in sentence.quantities)
    return _Residents(value, printed, sentence.text, place_of(sentence), timed)


def _digits_of(value: float) -> str:
    return "".join(sorted(f"{value:.0f}"))


def _told(section: Section) -> Iterator[_Told]:
    for sentence in section.sentences:
        if _SUMMED.search(sentence.text):
            continue
        stated = {id(one.by) for one in sentence.changes}
        for one in sentence.quantities:
            if AVERAGED.match(sentence.text[one.end :]) or _AVERAGE_BEFORE.search(sentence.text[: one.start]):
                continue
            if one.unit is not Unit.COUNT or one.hedge is not Hedge.EXACT or one.value < _LEAST or id(one) in stated:
                continue
            at = sentence.time_of(one)
            if at is not None and at.time is not None and at.time.first is not None and at.time.last is not None:
                yield _Told(one, (at.time.first, at.time.last), nouns(one, general=True), sentence)


def _beside_each_other(told: list[_Told]) -> Iterator[Tested]:
    values = Counter(one.count.value for one in told)
    of_time: dict[tuple[int, int], list[_Told]] = defaultdict(list)
    for one in told:
        of_time[one.months].append(one)
    for one, other in (pair for some in of_time.values() for pair in combinations(some, 2)):
        if one.sentence is other.sentence or not _of_one_thing(one, other):
            continue
        if one.count.value == other.count.value:
            yield Tested(place_of(other.sentence), (other.count.printed, one.count.printed), None)
        elif _alike(one.count.value, other.count.value):
            # The one that is told more often is rather right.
            wrong, right = (one, other) if values[other.count.value] >= values[one.count.value] else (other, one)
            yield objected(_objection(wrong, right))


def _objection(wrong: _Told, right: _Told) -> Objection:
    figures = (wrong.count.printed, right.count.printed)
    words = f"{figures[0]} here, and {figures[1]} in “{right.sentence.text[:160]}”."
    return Objection(Kind.ERROR, SLUG, wrong.sentence.text, place_of(wrong.sentence), figures, words, "", 0.8)


def _years(document: ReadDocument) -> Iterator[Tested]:
    """A count told with the same rate twice, of two years."""
    told = [
        (one, at)
        for one in counts_and_rates(document)
        if (at := one.counted.time_of(one.count)) is not None and at.time is not None and at.time.first is not None
    ]
    together: dict[tuple[float, float, float | None], list[tuple[CountAndRate, Quantity]]] = defaultdict(list)
    for one, at in told:
        together[one.count.value, one.rate.value, one.rate.per].append((one, at))
    for (one, at), (other, then) in ((same[0], other) for same in together.values() for other in same[1:]):
        assert at.time is not None and then.time is not None
        if one.sentence is other.sentence:
            continue
        figures = (then.printed, at.printed)
        words = f"{other.count.printed} at {other.rate.printed} is told of {at.printed} and of {then.printed}."
        place = place_of(other.sentence)
        differs = at.time.first != then.time.first
        objection = Objection(Kind.ERROR, "dates", other.sentence.text, place, figures, words, "", 0.85)
        yield Tested(place, figures, objection if differs else None)


def _of_one_thing(one: _Told, other: _Told) -> bool:
    specific, of_other = one.nouns - GENERAL, other.nouns - GENERAL
    if not specific or not of_other:
        return bool(one.nouns and other.nouns) and share_a_topic(one.sentence.text, other.sentence.text)
    return bool(specific & of_other)


def _alike(one: float, other: float) -> bool:
    near = abs(one - other) <= _NEAR * max(one, other)
    swapped = _digits_of(one) == _digits_of(other) and len(f"{one:.0f}") >= 3
    return near or swapped


def _beside_table(told: list[_Told], table: NumberTable, own: str) -> Iterator[Tested]:
    about = " ".join((table.source.caption, *table.headers))
    rows = [row for row, label in enumerate(table.labels) if own and plain(label) == own]
    for row in rows:
        for one in (each for each in told if share_a_topic(each.sentence.text, about)):
            year = one.months[0] // 12
            if one.months != (12 * year, 12 * year + 11):
                continue
            cells = [cell for at, cell in enumerate(table.cells[row]) if cell and _counts_of(table.headers[at], year)]
            if any(cell.value == one.count.value for cell in cells):
                yield Tested(place_of(one.sentence), (one.count.printed,), None)
                continue
            near = (cell for cell in cells if _alike(cell.value, one.count.value))
            yield from (objected(_against(one, cell, table.labels[row])) for cell in near)


def _counts_of(header: str, year: int) -> bool:
    return str(year) in header and bool(_COUNTS.search(header)) and not _NO_COUNTS.search(header)


def _against(one: _Told, cell: NumberCell, label: str) -> Objection:
    return Objection(
        Kind.ERROR,
        SLUG,
        one.sentence.text,
        place_of(one.sentence),
        (one.count.printed, cell.printed),
        f"{one.count.printed} here, and {cell.printed} in the table's row of {label}.",
        "",
        0.85,
    )
