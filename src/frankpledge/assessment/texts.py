"""The partnership's own texts, where a document's sections want them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from frankpledge.assessment.asking import OfEnquiry
from frankpledge.assessment.definition import Section
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.model.document import Block, figures_in
from frankpledge.prose.reading import asked_for, prose_blocks


def text_of(enquiry: Enquiry, section: Section, made: Iterable[Block], level: int) -> list[Block]:
    """A section's text; where it is not written, what it is asked to say.

    Parameters
    ----------
    made
        The section's other blocks, whose figures a typed number may stand for.
    level
        Of the section's heading.
    """
    if not section.prose:
        return []
    path = _path(enquiry, section.prose)
    if not path.is_file():
        enquiry.texts.want(path)
        return [asked_for(enquiry.wording, section.title, section.asks, path)] if section.asks else []
    known = [figure for block in made for figure in figures_in(block)]
    read = prose_blocks(OfEnquiry(enquiry), path, within=level, known=known)
    enquiry.texts.take(read.typed, read.settled)
    return list(read.blocks)


def _path(enquiry: Enquiry, key: str) -> Path:
    return enquiry.workspace.prose / enquiry.definition.slug / f"{key}.md"
