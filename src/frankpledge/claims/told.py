"""What each section tells of the names it lists, and of its document's own area: lists, values, people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from frankpledge.claims.documents import ReadDocument, Section
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.listings import Listing, listings_of, months_of, pattern_of, plain
from frankpledge.claims.moments import months_of_time
from frankpledge.claims.named import Named, named_values, own_label
from frankpledge.claims.populations import populations_of_areas
from frankpledge.claims.rates import populations
from frankpledge.claims.statements import Sentence
from frankpledge.claims.tables import NumberTable
from frankpledge.claims.topics import counts_topic, speaks_of, speaks_of_others, stems, topic_of

_OF_ALL = re.compile(r"^(?:grand\s|overall\s)?totals?\b|^all\b|^base\b", re.IGNORECASE)


# A section that tells more than this is a table that was not known as one.
_MOST_TOLD = 3_000


@dataclass(frozen=True)
class OwnCount:
    """A count of the document's own area: its months where they are told, and the sentence that tells it."""

    value: float
    printed: str
    months: tuple[int, int] | None
    sentence: Sentence | None


@dataclass(frozen=True)
class ToldOfNames:
    """What a section holds of names.

    Attributes
    ----------
    section, topic
        Which, and the words it is about.
    sentences
        Its own, and those of other sections that speak of its topic.
    listed
        Its lists of counts, rates and shares.
    told
        The counts and rates that its sentences tell of a name, or of the own area.
    people
        Plain label → numbers of residents, of the whole document.
    names
        Plain label → as printed.
    own
        Plain label of the document's own area.
    """

    section: Section
    sentences: Sequence[Sentence]
    topic: frozenset[str]
    listed: Sequence[Listing]
    told: Sequence[Named]
    people: Mapping[str, Sequence[float]]
    names: Mapping[str, str]
    own: str

    @property
    def counted(self) -> Sequence[Named]:
        """The counts among what is told."""
        return [one for one in self.told if one.value.unit is Unit.COUNT]

    @property
    def counts_of_others(self) -> Mapping[float, str]:
        """Count → the name, other than the own, that it is listed or told of."""
        found = {one.value.value: one.label for one in self.counted if one.label != self.own}
        for one in self.listed:
            if one.unit is Unit.COUNT and not one.by_time:
                found |= {number.value: label for label, number in one.values.items() if label != self.own}
        return {value: self.names.get(label, label.title()) for value, label in found.items()}

    @cached_property
    def own_counts(self) -> Sequence[OwnCount]:
        """Every count of the own area: those told, those listed, and totals of tables of its groups or months."""
        names = pattern_of([self.own, *self.people])
        found = [
            OwnCount(one.value.value, one.value.printed, months_of_time(one.at), one.sentence)
            for one in self.counted
            if one.label == self.own
        ]
        found += [
            OwnCount(one.values[self.own].value, f"{one.values[self.own].value:,.0f}", one.months, one.sentence)
            for one in self.listed
            if one.unit is Unit.COUNT and self.own in one.values
        ]
        found += [
            OwnCount(number.value, f"{number.value:,.0f}", months_of(one.names[label]), one.sentence)
            for one in self.listed
            if one.unit is Unit.COUNT
            and one.sentence is not None
            and one.by_time
            and speaks_of(one.sentence.text, self.topic, names)
            for label, number in one.values.items()
        ]
        for table in self.section.tables:
            if self.own not in map(plain, table.labels):
                found += _totals(table)
        return found


def _totals(table: NumberTable) -> Iterator[OwnCount]:
    for label, cells in zip(table.labels, table.cells, strict=True):
        for column in table.columns if _OF_ALL.match(label.strip()) else ():
            cell = cells[column]
            if cell is not None and not cell.per_cent and not cell.number.step:
                months = months_of(table.headers[column]) or months_of(table.source.caption)
                yield OwnCount(cell.value, cell.printed, months, None)


@lru_cache(maxsize=2)
def told_of_names(document: ReadDocument) -> Sequence[ToldOfNames]:
    """What each section tells of names, in order."""
    listed = listings_of(document)
    own = own_label(document, listed)
    people = _people(document, listed, own)
    names = {label: one.names[label] for section in listed for one in section for label in one.values}
    topics = [topic_of(section, own) for section in document.sections]
    elsewhere = _told_elsewhere(document.sections, topics)
    found = []
    for at, section in enumerate(document.sections):
        near = [one for one in listed[at] if not one.of_people]
        labels = pattern_of([*(label for one in near if not one.by_time for label in one.values), *people, own])
        others = frozenset().union(*(one for other, one in enumerate(topics) if other != at)) - topics[at]
        sentences = [*section.sentences, *elsewhere[at]]
        told = list(_told(sentences, labels, own, topics[at], others)) if labels else []
        told = told if len(told) <= _MOST_TOLD else []
        found.append(ToldOfNames(section, sentences, topics[at], near, told, people, names, own))
    return found


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


def _told_elsewhere(sections: Sequence[Section], topics: Sequence[frozenset[str]]) -> Mapping[int, Sequence[Sentence]]:
    """Number of a section → the sentences of others, such as a box or a summary, that speak of its topic alone."""
    found: dict[int, list[Sentence]] = defaultdict(list)
    for at, section in enumerate(sections):
        for sentence in section.sentences:
            words = set(stems(sentence.text))
            shared = [len(words & topic) for topic in topics]
            if not words or shared[at]:
                continue
            most = max(shared)
            if 2 * most > len(words) and shared.count(most) == 1:
                found[shared.index(most)].append(sentence)
    return found


def _told(
    sentences: Sequence[Sentence], labels: re.Pattern[str], own: str, topic: frozenset[str], others: frozenset[str]
) -> Iterator[Named]:
    """The values its sentences tell of names, but for those that speak of another topic."""
    for sentence in sentences:
        if speaks_of_others(sentence.text, topic, others):
            continue
        for told in named_values(sentence, labels, own):
            if told.value.unit is Unit.RATE or counts_topic(sentence, told.value, topic, labels):
                yield told
