"""Plain text: what a document looks like when everything but its letters is taken away.

Such a file is mostly a dump of a Word file or a PDF. Marks of the dump are read for what they mean, tables are put
together again, and a line is a heading only where the lines around it bear that out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.gathering import Gathering
from frankpledge.claims.reading.plain_marks import Line, Note, marked_lines
from frankpledge.claims.reading.plain_passages import kind_of
from frankpledge.claims.reading.plain_tables import PlainTable, table_at
from frankpledge.claims.reading.texts import text_of
from frankpledge.claims.reading.wording import LONGEST_HEADING, goes_on

_BOX = re.compile(r"(?:Quick|Key|Fast)\s+[Ff]acts?\s?:$")
# In a box that is spaced out, the line that tells it from the text below.
_YEAR = re.compile(r"\s*(?:19|20)\d\d(?:[/-]\d\d)?\s*:")


@dataclass(frozen=True)
class _Written:
    """A passage, and the lines it is written on."""

    text: str
    kind: PassageKind
    level: int
    line: int
    last: int


def read_plain(path: Path) -> PublishedDocument:
    """Read a plain text.

    Raises
    ------
    SourceError
        When it is no text, or longer than any document.
    """
    marked = marked_lines(text_of(path))
    gathered, notes = Gathering(path), list(reversed(marked.notes))
    for block in _joined(_blocks(marked.lines)):
        _take(gathered, block)
        _take_notes(gathered, notes, block.last)
    _take_notes(gathered, notes, None)
    gathered.leave_pictures({"picture": marked.pictures})
    return gathered.document()


def _take(gathered: Gathering, block: _Written | PlainTable) -> None:
    if isinstance(block, _Written):
        gathered.add(block.text, block.kind, level=block.level, line=block.line)
        return
    gathered.add_table(block.rows, lines=block.lines)
    for line in block.uncertain:
        gathered.leave(f"Line {line}: the cells of this row are fewer than the columns; which stand where is not told.")


def _take_notes(gathered: Gathering, notes: list[Note], last: int | None) -> None:
    """Take the notes, last first, whose text stands before the end of a line."""
    while notes and (last is None or notes[-1].line <= last):
        note = notes.pop()
        gathered.add(note.text, PassageKind.NOTE, line=note.line)


def _blocks(lines: list[Line]) -> Iterator[_Written | PlainTable]:
    at = 0
    while at < len(lines):
        if table := table_at(lines, at):
            yield table
            at = table.end
        elif label := _BOX.search(lines[at].text):
            # The label of a box is often run into the end of what stands before it.
            lines[at] = replace(lines[at], text=lines[at].text[: label.start()])
            yield from _written(lines, at)
            box, at = _box(lines, at, label[0])
            yield from box
        else:
            yield from _written(lines, at)
            at += 1


def _written(lines: list[Line], at: int) -> Iterator[_Written]:
    line = lines[at]
    if line.text.strip():
        text, kind, level = kind_of(lines, at)
        yield _Written(text, kind, level, line.number, line.last)


def _box(lines: list[Line], at: int, label: str) -> tuple[list[_Written], int]:
    """The lines of a box, from its label to the next empty line, and where it ends."""
    within, end = [], at + 1
    while end < len(lines) and not lines[end].blank and not lines[end].tabbed:
        within.append(lines[end])
        end += 1
    if not within:
        within, end = _spaced_out(lines, end)
    texts = [(label, lines[at]), *((line.text, line) for line in within)]
    return [_Written(text, PassageKind.BOX, 0, line.number, line.last) for text, line in texts], end


def _spaced_out(lines: list[Line], start: int) -> tuple[list[Line], int]:
    """The lines of a box with an empty line after each: from one that begins with a year, those that are short."""
    within: list[Line] = []
    end = at = start
    while at < len(lines) and not (lines[at].blank and lines[at - 1].blank):
        line = lines[at]
        if not line.blank:
            if len(line.text) > LONGEST_HEADING or not (within or _YEAR.match(line.text)):
                break
            within.append(line)
            end = at + 1
        at += 1
    return within, end


def _joined(blocks: Iterable[_Written | PlainTable]) -> Iterator[_Written | PlainTable]:
    """A sentence that a footnote or the end of a page tore apart is put together again; the note follows it."""
    torn: list[_Written] = []
    notes: list[_Written] = []
    for block in blocks:
        if torn and isinstance(block, _Written):
            if block.kind is PassageKind.NOTE:
                notes.append(block)
                continue
            if _goes_on(torn[0].kind, torn[-1].text, block):
                torn.append(block)
                continue
        yield from (*_one(torn), *notes)
        torn, notes = ([block], []) if isinstance(block, _Written) else ([], [])
        if isinstance(block, PlainTable):
            yield block
    yield from (*_one(torn), *notes)


def _one(torn: list[_Written]) -> list[_Written]:
    return [replace(torn[0], text=" ".join(one.text for one in torn), last=torn[-1].last)] if torn else []


def _goes_on(kind: PassageKind, text: str, after: _Written) -> bool:
    return (
        kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)
        and after.kind is PassageKind.PARAGRAPH
        and goes_on(text, after.text)
    )
