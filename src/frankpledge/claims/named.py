"""Values that sentences tell of a name that the document lists: “Eastholm has a rate of 2.7 per 1,000”."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from frankpledge.claims.areas import own_area, places_named, wider
from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import Listing, plain
from frankpledge.claims.moments import months_of_time
from frankpledge.claims.published import PassageKind
from frankpledge.claims.rates import populations
from frankpledge.claims.runs import runs
from frankpledge.claims.statements import Sentence

# As near as a number of residents lies to itself, rounded to thousands.
_ROUNDED = 0.005
_UNITS = (Unit.COUNT, Unit.RATE)
_BEHIND = re.compile(r"^(?:,\sthe\srate\sof)?(?:[^.;:,()]{0,45}?\s)?(?:in|for|across)\s(?:the\s)?$")
_BEHIND_COUNTED = re.compile(r"^\s(?:[a-z-]+\s){0,6}(?:in|for|across)\s(?:the\s)?$")
_APART = re.compile(r";|\.\s|\b(?:while|whilst|whereas|but|than|against|compares?|times)\b|,\s(?:and\s)?(?=[A-Z])")
_FAR = 110
_HEADINGS_COUNT, _FIRST, _FIRST_COUNT, _TITLE = 3, 8, 2, 3


@dataclass(frozen=True)
class Named:
    """A value and the plain label it is told of.

    Attributes
    ----------
    months
        Those the sentence names, where it names one time for it.
    at
        The time that stands directly beside it, which is surer.
    named
        Whether its sentence names a name; else it is taken to be of the document's own area.
    """

    label: str
    value: Quantity
    months: tuple[int, int] | None
    sentence: Sentence
    at: Quantity | None = None
    named: bool = True


def own_label(document: ReadDocument, listed: Iterable[Iterable[Listing]]) -> str:
    """The listed name that the document's sentences name most: its own area; empty where none is named twice."""
    every = [one for section in listed for one in section]
    of_people = [one for one in every if one.of_people]
    names = {label: one.names[label] for one in of_people or every for label in one.values}
    areas = [name for name in names.values() if re.match(r"^[A-Z][a-z]{2,}", name)]
    if not of_people:
        # Groups are listed as areas are; only a place that sentences name is one.
        places = places_named(document)
        place = next((one for one, _ in places.most_common() if one in areas), own_area(document))
        areas = [place, *(name for name in areas if name.startswith(f"{place} "))] if place else []
    # What stands in headings, and first, is what a document is about.
    texts = [one.text for one in document.sentences]
    headed = [one.text for one in document.sentences if one.passage.kind is PassageKind.HEADING]
    text = " ".join([*texts, *_HEADINGS_COUNT * headed, *_FIRST_COUNT * texts[:_FIRST]])
    times = Counter({plain(name): len(re.findall(rf"\b{re.escape(name)}\b", text)) for name in areas})
    first = " ".join(texts[:_TITLE])
    titled = [name for name in areas if re.search(rf"\b{re.escape(name)}\b", first)]
    if titled:
        return max(map(plain, titled), key=lambda label: (times[label], len(label)))
    for told in populations(document):
        near = {
            label
            for one in of_people
            for label, number in one.values.items()
            if abs(told.value / number.value - 1) < _ROUNDED
        }
        if len(near) == 1:
            return next(iter(near))
    most = times.most_common(1)
    return most[0][0] if most and most[0][1] > 1 else ""


# What is no value of a name: an average, an age-standardised rate, a rate of households, a number of people.
AVERAGED = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?:an?|per|each|every)\s(?:day|week|month|quarter|year)\b(?!\s(?:earlier|before|ago))",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:averag\w+|mean|median|standardised|adjusted|times\s(?:the|that|as)|households?|homes|dwellings|hectares?|expected|different\sbase|aged\s\d|target\w*|"
    r"will|aims?|should)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:our|the\s(?:borough|city|district|county|town)[’']?s?)\s(?:own\s)?(?:rate|figure|number)\s(?:[a-z]+\s){0,3}$",
    re.IGNORECASE,
)
_THE_WHOLE = re.compile(
    r"^\s(?:in|for|across)\sthe\s(?:borough|city|district|county|town)(?:\sas\sa\swhole|\soverall)?\b", re.IGNORECASE
)
_OF_PEOPLE = re.compile(r"^(?:people|residents|persons)\b", re.IGNORECASE)
# A rate of these is of another base than residents.
_OF_SOME = re.compile(
    r"\b(?:young|children|pupils|adults?|women|girls|households?|aged|males?|females?|persons\saged)\b", re.IGNORECASE
)
_OF_RATES = re.compile(r"\brates?\b|\bper\s\d", re.IGNORECASE)


# “In Eastholm it was 18.0”.
_LEADS = re.compile(r"\s(?:it\s|the\srate\s|that\s)?(?:was|is|had|has|stood\sat|were)\s")
# “Figures in Table 23 (10)”: how many there are in it.
_REFERRED = re.compile(r"\b(?:Table|Figure|Chart|Map|Section|Appendix|Annex)\s\d+(?:\.\d+)*\s?\($")


def named_values(sentence: Sentence, labels: re.Pattern[str], own: str) -> Iterator[Named]:
    """The counts and rates of a sentence that are told of one of some labels, or, where it names none, of the own."""
    times = [one for one in sentence.quantities if one.time is not None]
    found = [
        name
        for name in labels.finditer(sentence.text)
        # “May” of “May 2017” is no month of a list.
        if not name[0][0].islower() and not any(one.start <= name.start() < one.end for one in times)
    ]
    earlier = [pair.before for pair in sentence.pairs]
    left = {id(one.by) for one in sentence.changes}
    # What is listed is of the name in its list, and of nobody where that is no name.
    listed = {
        id(value): plain(label) for run in runs(sentence) for label, value in zip(run.labels, run.values, strict=True)
    }
    beside = sentence.times_beside
    bare_month = bool(_BARE_MONTH.search(sentence.text))
    before: tuple[Quantity, str] | None = None
    for at, one in enumerate(sentence.quantities):
        value = _as_rate(sentence, one)
        if value is None or id(one) in left or _is_of_else(sentence, one):
            continue
        months = _months(sentence, one, alone=one not in earlier)
        label = _beside_a_rank(sentence, one, found) or _aside(sentence, one, before)
        if not label and id(one) in listed:
            label = _listed(listed[id(one)], found)
        elif not label:
            label = _label(sentence, one, value, found, own) or (own if _is_ours(sentence, one, found) else "")
        before = (one, label)
        of_a_month = bare_month and months is None and not found
        if label and not (one in earlier and months is None) and not of_a_month:
            yield Named(label, value, months, sentence, beside.get(at), bool(found))


# “Eastholm had the most fires (122)”.
_RANKED = re.compile(
    r"\s(?:had|has|saw|recorded|reported)\s(?:by\sfar\s)?the\s(?:most|fewest|highest|lowest|largest|smallest|greatest)\s[^.;:,()\d]{0,60}\($"
)
# “3,244 (2,749 in 2021)”.
_IN_A_TIME = re.compile(
    r"^\s(?:in|during|for)\s(?:the\s)?(?:[a-z]+\s|\d{1,2}\s){0,5}(?:[A-Z][a-z]+\s)?\d{2,4}(?:[/–-]\d{2,4})?\)"
)


def _beside_a_rank(sentence: Sentence, one: Quantity, found: Sequence[re.Match[str]]) -> str:
    """The label that a value in brackets behind its rank is of."""
    if sentence.text[one.end : one.end + 1] != ")":
        return ""
    ranked = (name for name in found if _RANKED.fullmatch(sentence.text[name.end() : one.start]))
    return plain(next((name[0] for name in ranked), ""))


def _aside(sentence: Sentence, one: Quantity, before: tuple[Quantity, str] | None) -> str:
    """The label of the value before, of which this one, in brackets, is that of another time."""
    if before is None or before[0].unit is not one.unit or sentence.text[before[0].end : one.start] != " (":
        return ""
    return before[1] if _IN_A_TIME.match(sentence.text[one.end :]) else ""


# “(107 of 3,798)”, “122 out of 1,219”, “44 records were of thefts (38) or arson (6)”: a part, or a sum of topics.
_A_PART = re.compile(
    r"^\s(?:out\s)?of\s(?:the\s|all\s|a\stotal\sof\s)?\d|^\s(?:records|incidents|cases)\b[^.;]{0,40}\bwere\sof\b"
)
_A_WHOLE = re.compile(
    r"(?:%|per\scent)\sof\s(?:the\s|all\s)?[\d,]+\s[a-z\s]{0,40}\($|\d\s(?:out\s)?of\s(?:the\s|all\s)?$"
)


def _is_of_else(sentence: Sentence, one: Quantity) -> bool:
    """Whether it is about, a part or a whole, or of an average, a target, households, or how many a table holds."""
    if _A_PART.match(sentence.text[one.end :]) or _A_WHOLE.search(sentence.text[: one.start]):
        return True
    clause = sentence.text[sentence.text.rfind(";", 0, one.start) + 1 :].partition(";")[0]
    referred = _REFERRED.search(sentence.text[: one.start])
    return one.hedge is not Hedge.EXACT or bool(_OTHERWISE.search(clause)) or bool(referred)


def _is_ours(sentence: Sentence, one: Quantity, found: Sequence[re.Match[str]]) -> bool:
    """Whether it is of the document's own area, where nothing else is named for it."""
    return bool(_OURS.search(sentence.text[: one.start])) or not (found or wider(sentence.text))


def _listed(label: str, found: Sequence[re.Match[str]]) -> str:
    return label if any(plain(name[0]) == label for name in found) else ""


def _as_rate(sentence: Sentence, one: Quantity) -> Quantity | None:
    """A count or rate; a number with decimals is a rate where the sentence speaks of one; None of all else."""
    if one.unit not in _UNITS or AVERAGED.match(sentence.text[one.end :]):
        return None
    if one.unit is Unit.COUNT and _OF_PEOPLE.match(one.of):
        return None
    if one.unit is Unit.RATE and _OF_SOME.search(one.of):
        return None
    if one.unit is Unit.COUNT and one.number.step:
        return replace(one, unit=Unit.RATE) if one.number.step < 1 and _OF_RATES.search(sentence.text) else None
    return one


def _label(sentence: Sentence, one: Quantity, value: Quantity, found: Sequence[re.Match[str]], own: str) -> str:
    """The label a value is told of: one that leads to it, one behind it, or the last before it."""
    if own and _THE_WHOLE.match(sentence.text[one.end :]):
        return own
    before = [name for name in found if name.end() <= one.start]
    if before and _LEADS.fullmatch(sentence.text[before[-1].end() : one.start]):
        return plain(before[-1][0])
    behind = next((name for name in found if name.start() >= one.end), None)
    if behind is not None:
        between = sentence.text[one.end : behind.start()]
        if _BEHIND_COUNTED.match(between) or (value.unit is Unit.RATE and _BEHIND.match(between)):
            return plain(behind[0])
    return plain(before[-1][0]) if before and _reaches(sentence, before[-1].end(), one, value) else ""


def _reaches(sentence: Sentence, start: int, one: Quantity, value: Quantity) -> bool:
    """Whether nothing between a label and a value ends what is told of the label, no other value of its kind either."""
    between = sentence.text[start : one.start]
    units = (one.unit, value.unit)
    others = (other for other in sentence.quantities if other.unit in units and start <= other.start < one.start)
    return len(between) <= _FAR and not _APART.search(between) and not any(others)


# “204 (down 19 on 2011)”: a time that is rather that of the value before.
_OF_BEFORE = re.compile(
    r"\b(?:on|since|than(?:\sin)?|from|compared\s(?:to|with)|against)\s(?:the\s)?(?:[a-z]+\s|\d{1,2}\s){0,4}$",
    re.IGNORECASE,
)


# “102 in July”: a month of a year that is not told.
_BARE_MONTH = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])}|Q[1-4])\b(?!\s(?:19|20)?\d\d)(?!\s’\d)")


def _months(sentence: Sentence, one: Quantity, *, alone: bool) -> tuple[int, int] | None:
    """The time a value is told of; where none stands by it, that which its sentence names alone."""
    at = sentence.time_of(one)
    if at is None and alone:
        named = [other for other in sentence.quantities if other.time is not None]
        at = named[0] if len(named) == 1 and not _OF_BEFORE.search(sentence.text[: named[0].start]) else None
    return months_of_time(at)
