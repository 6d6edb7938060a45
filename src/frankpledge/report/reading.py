"""A released document as it is read: numbered, anchored, with its annex.

Every format starts here, so that "Table 3" is the same table in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from frankpledge.disclosure import Audience, Released
from frankpledge.model.document import Block, Chart, Document, Heading, Map, Table, Term, figures_of
from frankpledge.model.figure import Figure, shortest_identifiers
from frankpledge.report import annex, glossary
from frankpledge.report.annex import AnnexGroup, AnnexRow, ExhibitSources
from frankpledge.report.words import AUDIENCE_WORDS, day_words

# Deeper headings carry no number: "3.2.1.4" helps nobody to find a page.
_NUMBERED_LEVELS = 2
# What a page of contents holds.
_LONGEST_CONTENTS = 40
# Anchors that pages use for parts of their own.
_RESERVED = frozenset({"annex", "contents", "glossary", "main", "top"})


@dataclass(frozen=True)
class Part:
    """A block with its number (``2.1``, ``Table 3``, ``Figure 2``, or empty) and its anchor."""

    block: Block
    number: str
    anchor: str


@dataclass(frozen=True)
class Reading:
    """A document ready for any format.

    Attributes
    ----------
    parts
        The blocks in order.
    short
        Whole identifier of a figure → the shortest that is unique in this document.
    readers
        Whom it was released to, in words.
    marking
        What every page says when that is not everyone; else empty.
    """

    document: Document
    parts: tuple[Part, ...]
    short: dict[str, str]
    readers: str
    marking: str

    @property
    def contents_depth(self) -> int:
        """How deep the list of contents goes: the sections alone where all headings would fill pages."""
        levels = [part.block.level for part in self.parts if isinstance(part.block, Heading)]
        return _NUMBERED_LEVELS if sum(level <= _NUMBERED_LEVELS for level in levels) <= _LONGEST_CONTENTS else 1

    @property
    def contents(self) -> tuple[Part, ...]:
        """The headings that belong in a list of contents."""
        return tuple(
            part for part in self.parts if isinstance(part.block, Heading) and part.block.level <= self.contents_depth
        )

    @property
    def exhibits(self) -> tuple[Part, ...]:
        """The tables, charts and maps."""
        return tuple(part for part in self.parts if isinstance(part.block, Table | Chart | Map))

    @property
    def cover(self) -> tuple[tuple[str, str], ...]:
        """What the cover says under the title, label and value."""
        document = self.document
        return (
            ("Period", document.period),
            ("Prepared", day_words(document.prepared)),
            ("For", self.readers),
            ("Edition", document.edition),
            *document.front.about,
        )

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """The words to be explained."""
        return glossary.terms_in(self.document)

    @cached_property
    def annex(self) -> tuple[AnnexGroup, ...]:
        """Figures of the text, every one of them, then those of each table that were not met before."""
        return tuple(group for group in self._groups() if group.rows)

    @cached_property
    def sources(self) -> tuple[ExhibitSources, ...]:
        """Where the figures of each table, chart and map come from, a row each."""
        return tuple(_sources_of(part) for part in self.exhibits)

    def _groups(self) -> Iterator[AnnexGroup]:
        seen: set[str] = set()
        text = [figure for part in self.parts for figure in annex.text_figures(part.block)]
        yield AnnexGroup("Figures in the text", "", self._rows(text, seen))
        for part in self.exhibits:
            if isinstance(part.block, Table):
                rows = self._rows(annex.exhibit_figures(part.block), seen)
                yield AnnexGroup(f"Figures in {part.number}", part.anchor, rows)

    def _rows(self, figures: list[Figure] | tuple[Figure, ...], seen: set[str]) -> tuple[AnnexRow, ...]:
        rows = []
        for figure in figures:
            if figure.identifier not in seen:
                seen.add(figure.identifier)
                rows.append(annex.annex_row(figure, self.short[figure.identifier]))
        return tuple(rows)


def read(released: Released[Document]) -> Reading:
    """Number and anchor a document that has passed the disclosure gate.

    Raises
    ------
    TypeError
        When it has not: a mistake of ours, which must stop everything.
    ValueError
        When it is not for everyone, and nothing says so on its pages.
    """
    if not isinstance(released, Released) or not isinstance(released.value, Document):
        raise TypeError("renderers accept Released[Document] only; see frankpledge.disclosure.release")
    return _read(released)


# All formats of a document and of its summary are written one after the other.
@lru_cache(maxsize=2)
def _read(released: Released[Document]) -> Reading:
    document = released.value
    return Reading(
        document=document,
        parts=tuple(_parts(document.blocks)),
        short=shortest_identifiers(figures_of(document)),
        readers=AUDIENCE_WORDS[released.audience],
        marking=_marking(document, released.audience),
    )


def _marking(document: Document, audience: Audience) -> str:
    marking = document.front.markings.get(audience, "")
    if not marking and audience is not Audience.PUBLIC:
        raise ValueError(f"{document.slug} is for {audience} and has no marking: give its front matter one")
    return marking


def _parts(blocks: tuple[Block, ...]) -> Iterator[Part]:
    headings = [0] * _NUMBERED_LEVELS
    exhibits = {"Table": 0, "Figure": 0}
    anchors = set(_RESERVED)
    for block in blocks:
        if isinstance(block, Heading):
            yield Part(block, _heading_number(block, headings), _anchor(block.text, anchors))
        elif isinstance(block, Table | Chart | Map):
            kind = "Table" if isinstance(block, Table) else "Figure"
            exhibits[kind] += 1
            number = f"{kind} {exhibits[kind]}"
            yield Part(block, number, _anchor(number, anchors))
        else:
            yield Part(block, "", "")


def _heading_number(heading: Heading, counts: list[int]) -> str:
    """Count a heading in, and say its number."""
    if heading.level > _NUMBERED_LEVELS:
        return ""
    counts[heading.level - 1] += 1
    counts[heading.level :] = [0] * (_NUMBERED_LEVELS - heading.level)
    return ".".join(str(count) for count in counts[: heading.level])


def _anchor(text: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
    anchor, again = plain, 2
    while anchor in taken:
        anchor, again = f"{plain}-{again}", again + 1
    taken.add(anchor)
    return anchor


def _sources_of(part: Part) -> ExhibitSources:
    block = part.block
    assert isinstance(block, Table | Chart | Map), "only tables, charts and maps have sources"
    figures = annex.exhibit_figures(block)
    behind = [estimate for figure in figures for estimate in figure.behind]
    return ExhibitSources(
        part.number,
        part.anchor,
        block.title,
        len({figure.identifier for figure in figures}),
        annex.datasets(behind),
        annex.releases(behind),
    )
