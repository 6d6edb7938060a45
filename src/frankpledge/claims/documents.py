"""A document ready for rules: its sentences, its tables with numbers in their cells, and the sections they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from frankpledge.claims.published import Passage, PassageKind, Place, PublishedDocument, PublishedTable
from frankpledge.claims.statements import Sentence, sentence_of
from frankpledge.claims.tables import NumberTable, number_table

# A stop ends a sentence where a capital, a digit or a quotation follows; not after these.
_END = re.compile(r"(?<=[.!?])[”’\")\]]*\s+(?=[A-Z“‘\"(\[\d£•])|\s[•·]\s")
_NO_END = re.compile(
    r"\b(?:e\.g|i\.e|etc|approx|incl|vs|No|Nos|St|Dr|Mr|Mrs|Ms|Cllr|Insp|Supt|Sgt|para|paras|s|ss|art|reg|sch|(?<!\d\s)pp?|c|"
    r"Fig|cf|al|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$|^\s*\d{1,2}(?:\.\d{1,2}){0,3}\.$"
)
# Longer than any sentence, and as long as a table that was not known as one.
_LONGEST = 1500
# More than any section or paragraph for readers has: what follows is read as another, for rules compare each with each.
_MOST_OF_SECTION, _MOST_OF_PARAGRAPH = 300, 100


@dataclass(frozen=True)
class Section:
    """What stands under one heading, up to the next of any level."""

    heading: str
    sentences: tuple[Sentence, ...]
    tables: tuple[NumberTable, ...]


@dataclass(frozen=True, eq=False)
class ReadDocument:
    """A published document with all that rules ask of it, worked out once."""

    published: PublishedDocument
    sections: tuple[Section, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(one for section in self.sections for one in section.sentences)

    @cached_property
    def tables(self) -> tuple[NumberTable, ...]:
        """All tables that hold numbers."""
        return tuple(one for section in self.sections for one in section.tables)

    def paragraph_of(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of the passage that one stands in."""
        return self._paragraphs[sentence.number]

    @cached_property
    def _paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """For each sentence, those of its passage."""
        by_passage: dict[Place, list[Sentence]] = {}
        for one in self.sentences:
            by_passage.setdefault(one.passage.place, []).append(one)
        found: dict[int, tuple[Sentence, ...]] = {}
        for some in by_passage.values():
            for at in range(0, len(some), _MOST_OF_PARAGRAPH):
                together = tuple(some[at : at + _MOST_OF_PARAGRAPH])
                found.update((one.number, together) for one in together)
        return tuple(found[number] for number in range(len(self.sentences)))

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one."""
        return self.sentences[sentence.number - 1] if sentence.number else None

    def after(self, sentence: Sentence) -> Sentence | None:
        """The sentence after one."""
        return self.sentences[sentence.number + 1] if sentence.number + 1 < len(self.sentences) else None


def read_document(published: PublishedDocument) -> ReadDocument:
    """Take a document's passages apart into sentences, and read the numbers of its tables."""
    number = count()
    sections: list[Section] = []
    for blocks in _sections(published):
        told = ((text, block) for block in blocks if isinstance(block, Passage) for text in _sentences(block.text))
        sentences = [sentence_of(text, block, next(number)) for text, block in told]
        heading = next(
            (one.text for one in blocks[:1] if isinstance(one, Passage) and one.kind is PassageKind.HEADING), ""
        )
        tables = (number_table(block) for block in blocks if isinstance(block, PublishedTable))
        sections.append(
            Section(heading, tuple(sentences[:_MOST_OF_SECTION]), tuple(one for one in tables if one is not None))
        )
        for at in range(_MOST_OF_SECTION, len(sentences), _MOST_OF_SECTION):
            sections.append(Section(heading, tuple(sentences[at : at + _MOST_OF_SECTION]), ()))
    return ReadDocument(published, tuple(sections))


def _sections(published: PublishedDocument) -> Iterator[Sequence[Passage | PublishedTable]]:
    held: list[Passage | PublishedTable] = []
    for block in published.blocks:
        if isinstance(block, Passage) and block.kind is PassageKind.HEADING and held:
            yield held
            held = []
        held.append(block)
    if held:
        yield held


# “Robberies, 2012: 58. 2011: 121. Change: 52% down.”: one line, in which a stop is no end.
_LABELLED = re.compile(r":\s£?[\d,.]+\D{0,20}$")
_GOES_ON = re.compile(
    r"^(?:(?:[A-Za-z0-9]+\s){0,6}?(?:FY\s?)?(?:19|20)?\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?|Change|Difference):\s[^:]{1,30}$"
)


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for one in _split(text):
        if held and _LABELLED.search(held) and _GOES_ON.match(one):
            held = f"{held} {one}"
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _split(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        if not _NO_END.search(text[start : found.start()]):
            yield from _bounded(text[start : found.start()])
            start = found.end()
    yield from _bounded(text[start:])


def _bounded(text: str) -> Iterator[str]:
    if text.strip():
        yield from (text[at : at + _LONGEST].strip() for at in range(0, len(text), _LONGEST))


def place_of(sentence: Sentence) -> Place:
    """Where a sentence stands."""
    return sentence.passage.place
