"""A PDF: its lines, paragraphs and tables, put together again from where its words stand.

A PDF knows letters and places alone. Size and boldness tell headings, the room between lines tells paragraphs, drawn
lines and figures below each other tell tables; running headings, page numbers and lists of contents are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.gathering import Gathering
from frankpledge.claims.reading.pdf_columns import arranged
from frankpledge.claims.reading.pdf_furniture import without_furniture
from frankpledge.claims.reading.pdf_grids import Grid, grids_of
from frankpledge.claims.reading.pdf_lines import Fragment, joined, lines_of
from frankpledge.claims.reading.pdf_pages import Page, pages_of
from frankpledge.claims.reading.pdf_paragraphs import Paragraph, joined_text, paragraphs_of
from frankpledge.claims.reading.pdf_unread import unread_of
from frankpledge.claims.reading.wording import (
    goes_on,
    in_capitals,
    is_caption,
    is_contents,
    is_label,
    is_led_to_a_page,
    may_head,
    number_of,
    without_mark,
)

# In sizes that most of the text is set in.
_LARGER, _SMALLER = 1.1, 0.93
_NEARLY = 0.94
# What is no longer is a label of a chart as likely as text.
_LABEL = 60
_DEEPEST_LEVEL = 9
# Points: how far the edges of a table may differ from page to page.
_SAME_EDGE = 4.0
_NOTE = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹*]+\s*|\d{1,3}\s+)[^\W\d_].{5}")
_STRIPPED = ".,;:!?()[]“”‘’\"'"


@dataclass(frozen=True)
class _Passage:
    paragraph: Paragraph
    kind: PassageKind
    level: int = 0


@dataclass(frozen=True)
class _Table:
    grid: Grid
    page: int
    last_page: int


def read_pdf(path: Path) -> PublishedDocument:
    """Read a PDF; nothing in it is run.

    Raises
    ------
    SourceError
        When it is damaged, protected by a password, has no text, or takes more time or memory than any document.
    """
    pages, dated = pages_of(path)
    gathered = Gathering(path)
    for sentence in unread_of(pages):
        gathered.leave(sentence)
    known = frozenset(word.text.strip(_STRIPPED).lower() for page in pages for word in page.words)
    blocks = [block for page in without_furniture(pages) for block in _blocks(page, known)]
    for block in _whole_again(_told_apart(blocks, pages), known):
        if isinstance(block, _Passage):
            text = block.paragraph.text
            item = without_mark(text) if block.kind is PassageKind.ITEM else None
            gathered.add(item or text, block.kind, level=block.level, page=block.paragraph.page)
        else:
            gathered.add_table(block.grid.rows, page=block.page)
    return gathered.document(dated)


def _blocks(page: Page, known: frozenset[str]) -> Iterator[Paragraph | _Table]:
    grids, words = grids_of(page)
    rows: list[Sequence[Fragment | Grid]] = [
        line for line in lines_of(words) if not is_led_to_a_page(joined(line).text)
    ]
    rows += [[grid] for grid in grids]
    rows.sort(key=lambda row: min(piece.top for piece in row))
    contents = False
    for block in arranged(rows):
        if isinstance(block, Grid):
            if not contents:
                yield _Table(block, page.number, page.number)
            continue
        contents = False
        for paragraph in paragraphs_of(block, page.number, known):
            contents = is_contents(paragraph.text)
            yield paragraph


def _told_apart(blocks: Sequence[Paragraph | _Table], pages: Sequence[Page]) -> Iterator[_Passage | _Table]:
    """Each paragraph with what it is, by how it is printed beside the rest."""
    usual = _usual_size(blocks)
    heights = {page.number: page.height for page in pages}
    heads = {at for at, (block, after) in enumerate(zip_longest(blocks, blocks[1:])) if _heads(block, after, usual)}
    sizes = _sizes(block.size for at, block in enumerate(blocks) if at in heads and isinstance(block, Paragraph))
    for at, block in enumerate(blocks):
        if isinstance(block, _Table):
            yield block
        elif is_caption(block.text):
            yield _Passage(block, PassageKind.CAPTION)
        elif at in heads:
            level = sum(size >= block.size for size in sizes) or 1
            yield _Passage(block, PassageKind.HEADING, min(level, _DEEPEST_LEVEL))
        elif _is_note(block, usual, heights[block.page]):
            yield _Passage(block, PassageKind.NOTE)
        elif without_mark(block.text) is not None:
            yield _Passage(block, PassageKind.ITEM)
        else:
            yield _Passage(block, PassageKind.PARAGRAPH)


def _sizes(found: Iterable[float]) -> list[float]:
    """The sizes that headings are printed in, largest first; what differs by a hair is one."""
    sizes: list[float] = []
    for size in sorted(found, reverse=True):
        if not sizes or size < _NEARLY * sizes[-1]:
            sizes.append(size)
    return sizes


def _usual_size(blocks: Sequence[Paragraph | _Table]) -> float:
    """The size that most of the text is set in, tables and labels aside."""
    letters: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph):
            letters[round(2 * block.size) / 2] += max(len(block.text) - _LABEL, 1)
    return letters.most_common(1)[0][0] if letters else 1.0


def _heads(block: Paragraph | _Table, after: Paragraph | _Table | None, usual: float) -> bool:
    """Whether a paragraph is a heading: in larger letters, or in bold or capitals above something to head."""
    if isinstance(block, _Table) or block.gapped or not (may_head(block.text) or is_label(block.text)):
        return False
    if block.size >= _LARGER * usual:
        return True
    told = block.bold or (in_capitals(block.text) and not number_of(block.text))
    return told and block.size >= _SMALLER * usual and _is_something_to_head(after)


def _is_something_to_head(block: Paragraph | _Table | None) -> bool:
    if not isinstance(block, Paragraph):
        return block is not None
    return len(block.text) > _LABEL or block.text.endswith((".", ":")) or without_mark(block.text) is not None


def _is_note(paragraph: Paragraph, usual: float, page_height: float) -> bool:
    """Whether a paragraph is a footnote: smaller than the rest, at the foot of a page, begun with its number."""
    small = paragraph.size <= _SMALLER * usual
    return small and paragraph.top > page_height / 2 and _NOTE.match(paragraph.text) is not None


def _whole_again(blocks: Iterator[_Passage | _Table], known: frozenset[str]) -> Iterator[_Passage | _Table]:
    """Paragraphs and tables that the end of a page tore apart; a footnote between follows the paragraph."""
    held: _Passage | _Table | None = None
    notes: list[_Passage | _Table] = []
    for block in blocks:
        if held is not None and isinstance(block, _Passage) and block.kind is PassageKind.NOTE:
            notes.append(block)
            continue
        whole = _one(held, block, known) if held is not None else None
        if whole is not None:
            held = whole
            continue
        yield from [held, *notes] if held is not None else []
        held, notes = block, []
    yield from [held, *notes] if held is not None else []


def _one(held: _Passage | _Table, block: _Passage | _Table, known: frozenset[str]) -> _Passage | _Table | None:
    """Two that are one, as one."""
    if isinstance(held, _Table) and isinstance(block, _Table):
        return _one_table(held, block)
    if not isinstance(held, _Passage) or not isinstance(block, _Passage):
        return None
    prose = (PassageKind.PARAGRAPH, PassageKind.ITEM)
    first, second = held.paragraph, block.paragraph
    if held.kind not in prose or block.kind is not PassageKind.PARAGRAPH or not goes_on(first.text, second.text):
        return None
    # Within a column, room between the lines has told that they are two.
    if first.page == second.page and second.top > first.top:
        return None
    return replace(held, paragraph=replace(first, text=joined_text([first.text, second.text], known)))


def _one_table(held: _Table, block: _Table) -> _Table | None:
    one, other = held.grid, block.grid
    alike = abs(one.left - other.left) < _SAME_EDGE and abs(one.right - other.right) < _SAME_EDGE
    if block.page != held.last_page + 1 or not alike or len(one.rows[0]) != len(other.rows[0]):
        return None
    repeated = next((at for at, (row, head) in enumerate(zip(other.rows, one.rows, strict=False)) if row != head), 0)
    return replace(held, grid=replace(one, rows=[*one.rows, *other.rows[repeated:]]), last_page=block.page)
