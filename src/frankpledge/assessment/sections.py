"""From a document's make-up to its blocks: section by section, each heading at its own level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from frankpledge.assessment.blocks import (
    DOCUMENT_BLOCKS,
    INDICATOR_BLOCKS,
    LOOKING_BACK,
    TELLING_OF_OTHERS,
    TOGETHER_BLOCKS,
)
from frankpledge.assessment.definition import AssessmentDefinition, Section
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.left_open import Untold, Written
from frankpledge.assessment.texts import text_of
from frankpledge.errors import DefinitionError
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Heading, Note, Paragraph
from frankpledge.prose.reading import settled_notes

Maker = TypeVar("Maker")


Made = dict[int, list[Block]]
"""The sections of a document that have been made, by their places."""


def blocks_of(enquiry: Enquiry, made: Made) -> tuple[list[Block], list[int]]:
    """Every block of a document, in order, and which of them are its executive summary.

    What tells of other sections is made after them, wherever it stands.

    Parameters
    ----------
    made
        Sections that stand already; those that do not are made, and are added.
    """
    sections = enquiry.definition.sections
    wanted = [place for place in range(len(sections)) if place not in made]
    for place in sorted(wanted, key=lambda place: _any_of(TELLING_OF_OTHERS, sections[place])):
        made[place] = section_blocks(enquiry, sections[place])
    blocks: list[Block] = []
    summary: list[int] = []
    for place, section in enumerate(sections):
        summary += range(len(blocks), len(blocks) + len(made[place])) if section.summary else ()
        blocks += made[place]
    return [*blocks, *_settled(enquiry)], summary


def standing(definition: AssessmentDefinition, made: Made) -> Made:
    """The sections that need not be made again, now that what changed since the last edition is known."""
    sections = definition.sections
    return {place: blocks for place, blocks in made.items() if not _any_of(LOOKING_BACK, sections[place])}


def _any_of(names: frozenset[str], section: Section) -> bool:
    return any(not names.isdisjoint(one.blocks) for one in section.all())


def _settled(enquiry: Enquiry) -> list[Block]:
    """What numbers that somebody typed rest on."""
    notes = settled_notes(enquiry.wording, enquiry.texts.settled)
    return [Heading(1, enquiry.wording.word("typed numbers")), *notes] if notes else []


def section_blocks(enquiry: Enquiry, section: Section, level: int = 1) -> list[Block]:
    """A section's blocks; none where it has nothing to say.

    Parameters
    ----------
    level
        Of its heading. Blocks write their own headings as if each were a section by itself.
    """
    below = level + 1 if section.title else level
    indicators = [enquiry.named(slug) for slug in section.indicators]
    known = len(enquiry.untold)
    made = [
        *([Paragraph((section.about,))] if section.about else []),
        *_lowered(_once(enquiry, section, indicators), below - 1),
        *_for_each(enquiry, section, indicators, level),
    ]
    text = _recorded(enquiry, section.prose, section.title, list(text_of(enquiry, section, made, level)))
    within = [block for one in section.sections for block in section_blocks(enquiry, one, below)]
    if not section.title:
        return [*made, *text, *within]
    # Text alone is a section too; but a paragraph that leads to blocks does not stand without them.
    leads = bool(section.blocks or section.each or section.sections)
    if leads and not any(_says_something(block, section) for block in (*made, *within)):
        lacking = _nothing_held(enquiry, indicators, enquiry.untold[known:])
        made = [*made[: bool(section.about)], *lacking] if lacking or text else []
    everything = [*made, *text, *within]
    return [Heading(level, section.title), *everything] if everything else []


def _says_something(block: Block, section: Section) -> bool:
    return not isinstance(block, Heading | Note) and block != Paragraph((section.about,))


def _nothing_held(enquiry: Enquiry, indicators: Sequence[Indicator], untold: Sequence[Untold]) -> list[Block]:
    """A gap is named where it would have stood, and not passed over."""
    if untold:
        return [Note("information", (f"{one.why} {one.takes}".rstrip(),)) for one in untold]
    if not indicators:
        return []
    titles = "; ".join(one.title for one in indicators)
    return [Note("information", enquiry.wording.sentence("nothing_held", titles=titles))]


def _once(enquiry: Enquiry, section: Section, indicators: Sequence[Indicator]) -> list[Block]:
    known = {**DOCUMENT_BLOCKS, **TOGETHER_BLOCKS}
    blocks: list[Block] = []
    for name in section.blocks:
        _known(known, name, enquiry.definition)
        made = TOGETHER_BLOCKS[name](enquiry, indicators) if name in TOGETHER_BLOCKS else DOCUMENT_BLOCKS[name](enquiry)
        headings = (one.text for one in made if isinstance(one, Heading))
        blocks += _recorded(enquiry, name, section.title or next(headings, enquiry.definition.title), made)
    return blocks


def _recorded(enquiry: Enquiry, name: str, heading: str, made: list[Block]) -> list[Block]:
    """What a block made, once it is written down that it had something to say."""
    if any(not isinstance(block, Heading | Note) for block in made):
        enquiry.written.append(Written(name, heading))
    return made


def _for_each(enquiry: Enquiry, section: Section, indicators: Sequence[Indicator], level: int) -> list[Block]:
    """Each indicator under its own heading; one alone in a section with a title needs none besides."""
    makers = {name: _known(INDICATOR_BLOCKS, name, enquiry.definition) for name in section.each}
    alone = bool(section.title) and len(indicators) == 1
    blocks: list[Block] = []
    for indicator in indicators if makers else ():
        title = section.title if alone else indicator.title
        made = [block for name in makers for block in _recorded(enquiry, name, title, makers[name](enquiry, indicator))]
        # One that could not be measured is told of in the closing pages.
        if any(not isinstance(block, Heading | Note) for block in made):
            heading = [] if alone else [Heading(1, indicator.title)]
            why = [Paragraph((indicator.why_it_matters,))] if _first_told(enquiry, section, indicator) else []
            headed: list[Block] = [*heading, *why, *made]
            blocks += _lowered(headed, level if section.title and not alone else level - 1)
    return blocks


def _first_told(enquiry: Enquiry, section: Section, indicator: Indicator) -> bool:
    """Whether no section before has told of an indicator: why it matters is said once."""
    told = (one for one in enquiry.definition.all_sections() if one.each)
    return next(one for one in told if indicator in map(enquiry.named, one.indicators)) is section


def _lowered(blocks: Iterable[Block], by: int) -> list[Block]:
    return [replace(one, level=one.level + by) if isinstance(one, Heading) else one for one in blocks]


def _known(known: Mapping[str, Maker], name: str, definition: AssessmentDefinition) -> Maker:
    if name not in known:
        raise DefinitionError(
            f"{definition.slug}.yaml names a block “{name}”, which there is not.",
            f"Write one of: {', '.join(known)}.",
        )
    return known[name]
