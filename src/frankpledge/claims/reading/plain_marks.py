"""The marks that a dump of a document leaves in its text, and lines that were broken to fit a page.

Of Word files there are marks of bookmarks, pictures and footnotes; of others, Markdown's asterisks and links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from frankpledge.claims.reading.wording import bulleted, without_mark


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file without marks; its leading tab, if any, is kept.

    Attributes
    ----------
    last
        Number of the last line that was joined to it; its own where none was.
    marked
        Whether a mark says that it is a heading: it is in the list of contents, or wholly in bold.
    pictured
        Whether it begins with a picture.
    """

    number: int
    text: str
    last: int
    marked: bool = False
    pictured: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is on it, not even an empty cell."""
        return not self.text

    @property
    def tabbed(self) -> bool:
        """Whether it begins a cell of a table: one tab before all else, and none after."""
        return self.text.startswith("\t") and "\t" not in self.text[1:]


@dataclass(frozen=True)
class Note:
    """The text of a footnote, and the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True)
class Marked:
    """A text, its footnotes in the order they stand in, and how many pictures were in it."""

    lines: list[Line]
    notes: list[Note]
    pictures: int


_REFERENCE = re.compile(r"\[footnoteRef:(\d{1,4})\]")
_NOTE = re.compile(r"\s?\[(\d{1,4}):\s")
# A longer one is no footnote but a bracket that was never closed.
_LONGEST_NOTE = 5_000
_PICTURE = re.compile(r"\[image:?[^\]\n]{0,300}\]")
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,300}\]")
_IN_CONTENTS = "[bookmark: _Toc"
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:#|https?:)[^()\s]{0,500}\)")
# Emphasis hugs its words, and no letter hugs it: “Monthly* data” has none.
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*\n]{1,300})(?<=[^\s*])\*(?![A-Za-z0-9*])")
_ESCAPED = re.compile(r"\\([()\[\]*_#.-])")
_BROKEN_AT, _LEAST_BROKEN = 120, 50
_FINISHED = (".", "!", "?", ":")


def marked_lines(text: str) -> Marked:
    """The lines of a text, without marks."""
    text, notes = _without_notes(text)
    raw = text.split("\n")
    lines = [_line(number, line) for number, line in enumerate(raw, 1)]
    return Marked(list(_unbroken(lines)), notes, len(_PICTURE.findall(text)))


def _line(number: int, raw: str) -> Line:
    pictured = raw.lstrip().startswith("[image")
    text = _BOOKMARK.sub("", _PICTURE.sub("", raw)) if "[" in raw else raw
    bold = text.strip().startswith("**") and text.strip().endswith("**") and text.count("**") == 2
    if "*" in text or "](" in text:
        text = _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", text.replace("**", "")))
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    text = text.rstrip() or ("\t" if text.startswith("\t") and "\t" not in text[1:] else "")
    return Line(number, text, number, bold or _IN_CONTENTS in raw, pictured)


def _without_notes(text: str) -> tuple[str, list[Note]]:
    """A text without footnotes and their marks, each line where it was; notes may hold brackets and go over lines."""
    wanted = set(_REFERENCE.findall(text))
    if not wanted:
        return text, []
    text = _REFERENCE.sub("", text)
    kept, notes, done = [], [], 0
    line, counted_to = 1, 0
    for found in _NOTE.finditer(text):
        if found[1] not in wanted or found.start() < done:
            continue
        # Each is looked for once: a thousand brackets that are never closed take no longer than one.
        wanted.discard(found[1])
        end = _closing(text, found.end())
        if end is None:
            continue
        line, counted_to = line + text.count("\n", counted_to, found.start()), found.start()
        notes.append(Note(line, text[found.end() : end]))
        kept += [text[done : found.start()], "\n" * text.count("\n", found.start(), end + 1)]
        done = end + 1
    return "".join((*kept, text[done:])), notes


def _closing(text: str, start: int) -> int | None:
    """Where the bracket closes that was open before `start`."""
    depth = 1
    for at in range(start, min(start + _LONGEST_NOTE, len(text))):
        depth += (text[at] == "[") - (text[at] == "]")
        if not depth:
            return at
    return None


def _unbroken(lines: list[Line]) -> Iterator[Line]:
    """Lines that were broken to fit a page, or in the midst of a sentence, are one."""
    longest = max((len(line.text) for line in lines), default=0)
    width = longest if _LEAST_BROKEN <= longest <= _BROKEN_AT else None
    held: list[Line] = []
    for line in lines:
        if held and not _broken(held[-1], line, width):
            yield _one(held)
            held = []
        held.append(line)
    if held:
        yield _one(held)


def _one(lines: list[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text = " ".join((lines[0].text, *(line.text.strip() for line in lines[1:])))
    return replace(lines[0], text=text, last=lines[-1].number)


def _broken(line: Line, after: Line, width: int | None) -> bool:
    """Whether a line goes on in the one after it: in a small letter, or because its first word found no room."""
    text = after.text.strip()
    if line.blank or not text or "\t" in line.text + after.text or after.pictured or after.marked or "|" in after.text:
        return False
    if bulleted(text) or without_mark(text) is not None or line.text.endswith(_FINISHED):
        return False
    if text[0].islower():
        return not text.startswith(("http", "www"))
    return width is not None and len(line.text) + 1 + len(text.split(None, 1)[0]) > width
