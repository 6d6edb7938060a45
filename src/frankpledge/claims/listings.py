"""What a document lists by name: columns of its tables and runs of its sentences, each label with its value."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from frankpledge.claims.documents import ReadDocument, Section
from frankpledge.claims.grammar.numbers import Number
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.grammar.times import MONTH, times
from frankpledge.claims.rates import populations
from frankpledge.claims.runs import runs
from frankpledge.claims.statements import Sentence
from frankpledge.claims.tables import NumberTable

_RATE = re.compile(r"\brates?\b|\bper\s(?:1,?000|10,?000|100,?000|head|capita)\b", re.IGNORECASE)
_PER = re.compile(r"\bper\s(1,?000|10,?000|100,?000)\b", re.IGNORECASE)
_SHARE = re.compile(r"%|per\s?cent|\bshare\b|proportion", re.IGNORECASE)
_CHANGE = re.compile(r"change|difference|\+/[-–]|\brise\b|\bfall\b|\bdiff\b|rank", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:populations?|residents|inhabitants|people\slive|mid-year|census|estimates?|for\srates|areas\scompared|purposes?\sof\scomparison)\b",
    re.IGNORECASE,
)
_LEAST_PEOPLE = 15_000
# As near as a number of residents lies to itself, rounded.
_SAME_PEOPLE = 0.002
# What things are listed by in a sentence: places, groups, ages, times.
_NAME = re.compile(
    r"^(?:[A-Z]|[“\"‘]|\d|(?:fe)?male$|not\s(?:known|recorded|stated)$|midnight|noon)|^[a-z-]+\s(?:locality|ward|area|quarter)$"
)
# So many of plain words are groups too: “town centre 287, residential streets 694, …”.
_PLAIN_NAME, _LEAST_PLAIN = re.compile(r"[a-z][a-z\s’'-]{2,40}"), 4
_REFERENCE = re.compile(
    r"^(?:Table|Figure|Chart|Map|Section|Appendix|Annex|Part|Page|Priority|Objective|Action)\s[\dA-Z]"
)
# Rows that are of all the others.
_OF_ALL = re.compile(
    r"^(?:greater\s)?london$|^england\b|^wales\b|^(?:grand\s|overall\s|sub-?)?totals?\b|^all\b|^sum\b|average|\bmean\b|\bmedian\b|^base\b",
    re.IGNORECASE,
)
_LEAST = 2


@dataclass(frozen=True)
class Listing:
    """Labels with their values, all of one unit.

    Attributes
    ----------
    values
        Plain label (see `plain`) → its number.
    names
        Plain label → as printed.
    per
        Of rates, per how many, where it says.
    months
        First and last month that all are told of; None where that is not said.
    of_people
        Whether it lists numbers of residents.
    """

    values: Mapping[str, Number]
    names: Mapping[str, str]
    unit: Unit
    per: float | None
    months: tuple[int, int] | None
    of_people: bool = False
    sentence: Sentence | None = None

    @property
    def by_time(self) -> bool:
        """Whether its labels are times, so that its values are one thing's."""
        return all(months_of(name) for name in self.names.values())


def plain(label: str) -> str:
    """A label to compare: without quotation marks and capitals, any dash as one.

    >>> plain("“18–34”")
    '18-34'
    """
    text = re.sub(r"[–—]", "-", label).strip(" “”\"‘’'*:").lower()
    return text[:3] if re.fullmatch(MONTH, text) else text


def pattern_of(labels: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of some plain labels in a text; None where there are none."""
    longest = sorted({label for label in labels if len(label) > 1}, key=len, reverse=True)
    if not longest:
        return None
    any_of = "|".join(_loose(label) for label in longest)
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w–-]|\s?%|/\d)", re.IGNORECASE)


def _loose(label: str) -> str:
    month = next((name for name in calendar.month_name if name and name[:3].lower() == label), "")
    return f"{label}(?:{month[3:]})?" if month else re.escape(label).replace(r"\-", "[-–—]")


def listings(section: Section) -> Iterator[Listing]:
    """What a section lists, in tables and in sentences."""
    for table in section.tables:
        yield from _of_table(table)
    for sentence in section.sentences:
        yield from _of_sentence(sentence)


def _of_table(table: NumberTable) -> Iterator[Listing]:
    for column in table.columns:
        header, caption = table.headers[column], table.source.caption
        if _CHANGE.search(header):
            continue
        cells = {
            plain(label): (label, row[column].number)  # type: ignore[union-attr]
            for label, row in zip(table.labels, table.cells, strict=True)
            if row[column] is not None
            and label.strip()
            and not _REFERENCE.match(label.strip())
            and not _OF_ALL.search(label.strip())
        }
        if len(cells) < _LEAST:
            continue
        share = any(row[column] is not None and row[column].per_cent for row in table.cells)  # type: ignore[union-attr]
        per = _PER.search(header) or _PER.search(caption)
        is_rate = bool(_RATE.search(header)) or (bool(_RATE.search(caption)) and _has_decimals(table, column))
        unit = Unit.PER_CENT if share or _SHARE.search(header) else Unit.RATE if is_rate else Unit.COUNT
        yield Listing(
            {label: number for label, (_, number) in cells.items()},
            {label: name for label, (name, _) in cells.items()},
            unit,
            float(per[1].replace(",", "")) if per else None,
            months_of(header) or months_of(caption),
            unit is Unit.COUNT and _are_people(f"{header} {caption}", [number for _, number in cells.values()]),
        )


def _are_people(text: str, values: list[Number]) -> bool:
    return bool(_PEOPLE.search(text)) and all(one.value >= _LEAST_PEOPLE for one in values)


def _has_decimals(table: NumberTable, column: int) -> bool:
    return any(row[column] is not None and row[column].number.step for row in table.cells)  # type: ignore[union-attr]


def months_of(text: str) -> tuple[int, int] | None:
    """The one time that a heading names."""
    found = {(one.first, one.last) for one in times(text) if one.first is not None and one.last is not None}
    return next(iter(found)) if len(found) == 1 else None


def _of_sentence(sentence: Sentence) -> Iterator[Listing]:
    for run in runs(sentence):
        labelled = {
            plain(label): (label, one) for label, one in zip(run.labels, run.values, strict=True) if plain(label)
        }
        if any(_REFERENCE.match(name) for name, _ in labelled.values()):
            continue
        names = [label for label, _ in labelled.values()]
        named = all(map(_NAME.match, names)) or (len(names) >= _LEAST_PLAIN and all(map(_PLAIN_NAME.fullmatch, names)))
        if len(labelled) < max(_LEAST, len(run.values)) or not named:
            continue
        first = run.values[0]
        unit = run.unit
        decimals = any(one.number.step for one in run.values)
        if unit is Unit.COUNT and decimals and _RATE.search(sentence.text):
            unit = Unit.RATE
        if unit is Unit.COUNT and decimals:
            unit = Unit.RATE
        per = next((one.per for one in sentence.quantities if one.per), first.per)
        yield Listing(
            {label: one.number for label, (_, one) in labelled.items()},
            {label: name for label, (name, _) in labelled.items()},
            unit,
            per,
            None if all(months_of(name) for name, _ in labelled.values()) else months_of(sentence.text),
            unit is Unit.COUNT and _are_people(sentence.text, [one.number for one in run.values]),
            sentence,
        )


@lru_cache(maxsize=2)
def listings_of(document: ReadDocument) -> Sequence[Sequence[Listing]]:
    """The listings of each section, in order."""
    residents = {one.value for one in populations(document)}
    found = [list(listings(section)) for section in document.sections]
    return [[replace(one, of_people=one.of_people or _hold(one, residents)) for one in section] for section in found]


def _hold(one: Listing, residents: Collection[float]) -> bool:
    """Whether a list is of residents though it does not say so: all its values are large, and one is told as theirs."""
    values = [number.value for number in one.values.values()]
    large = one.unit is Unit.COUNT and min(values) >= _LEAST_PEOPLE
    return large and any(abs(value / other - 1) < _SAME_PEOPLE for value in values for other in residents)


def wide_labels(listed: Iterable[Iterable[Listing]]) -> frozenset[str]:
    """Labels of a whole that the others are parts of: of as many people, or counts, as all others together."""
    every = [one for section in listed for one in section if one.unit is Unit.COUNT and len(one.values) > _LEAST + 1]
    of_people = [one for one in every if one.of_people]
    found = [_called_wide(one) or _widest(one) for one in of_people or every] + [_called_wide(one) for one in every]
    return frozenset(label for label in found if label)


def _called_wide(one: Listing) -> str:
    """The one label that is called a region or county."""
    called = [label for label, name in one.names.items() if _CALLED_WIDE.search(name)]
    return called[0] if len(called) == 1 else ""


def _widest(one: Listing) -> str:
    label = max(one.values, key=lambda label: one.values[label].value)
    others = [number.value for other, number in one.values.items() if other != label]
    least = _TIMES_THE_NEXT * max(others) if one.of_people else sum(others)
    return label if _NAMED.match(one.names[label]) and one.values[label].value >= least else ""


# No area has so many more residents than the next of those it is compared with.
_TIMES_THE_NEXT = 3
_CALLED_WIDE = re.compile(r"\s(?:region|county)$|shire$")
_NAMED = re.compile(r"^[A-Z][a-z]+(?:[\s-](?:[A-Z][a-z]+|and|the|of|on|upon|region|county))*$")


def without(one: Listing, labels: frozenset[str]) -> Listing:
    """A listing without some of its labels."""
    return replace(one, values={label: number for label, number in one.values.items() if label not in labels})
