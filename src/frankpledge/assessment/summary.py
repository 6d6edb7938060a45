"""The executive summary: a shorter document made of blocks of the whole one, and of nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from frankpledge.findings.wording import Wording
from frankpledge.model.document import Block, Document, Heading, plain_text


def executive_summary(document: Document, wording: Wording) -> Document | None:
    """A document of those blocks of another that are its summary, in their order, with its front matter.

    It is made before the disclosure gate and released by itself. Of the same figures, it cannot say anything else than
    the whole does.

    The headings that a block stands under come with it. None where the document has no summary.
    """
    if not document.summary:
        return None
    title = plain_text(wording.sentence("summary title", title=document.title))
    chosen = tuple(_with_headings(document.blocks, document.summary))
    return replace(document, slug=f"{document.slug}-summary", title=title, blocks=chosen, summary=frozenset())


def _with_headings(blocks: tuple[Block, ...], chosen: Collection[int]) -> Iterator[Block]:
    """The chosen blocks, each heading above them once: levels are never skipped so, and no section is unnamed."""
    above: list[tuple[int, Heading]] = []
    shown: set[int] = set()
    for position, block in enumerate(blocks):
        if isinstance(block, Heading):
            above = [pair for pair in above if pair[1].level < block.level] + [(position, block)]
        if position in chosen:
            for at, heading in above:
                if at not in shown:
                    shown.add(at)
                    yield heading
            if position not in shown:
                yield block
