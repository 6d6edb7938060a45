"""What a line of plain text is: a heading, an item of a list, a caption, a note, or a paragraph.

A short line is a heading only where what follows is something to head: a sentence, a list, figures or a table.
"""

from __future__ import annotations

from frankpledge.claims.published import PassageKind
from frankpledge.claims.reading.plain_marks import Line
from frankpledge.claims.reading.wording import (
    LONGEST_HEADING,
    bulleted,
    has_figures,
    in_capitals,
    is_caption,
    is_label,
    leads_on,
    may_head,
    number_of,
    without_mark,
)

_LONG = 90
# How a short line's standing is told: what has a number or capitals stands above what is merely short.
_CAPITALS, _MARKED, _SHORT, _LABEL = 1, 2, 3, 4


def kind_of(lines: list[Line], at: int) -> tuple[str, PassageKind, int]:
    """The text of a line without the mark of a list, what it is, and the level of a heading."""
    line = lines[at]
    text = line.text.strip()
    if text[0] in "¹²³⁴⁵⁶⁷⁸⁹":
        return text, PassageKind.NOTE, 0
    if is_caption(text) or (line.pictured and may_head(text)):
        return text, PassageKind.CAPTION, 0
    if bulleted(text):
        item = without_mark(text) or ""
        return without_mark(item) or item, PassageKind.ITEM, 0
    # A cell without a table is no heading, however short.
    level = 0 if "\t" in line.text else _level(lines, at, text)
    if level:
        return text, PassageKind.HEADING, level
    item = without_mark(text) or ""
    return (item, PassageKind.ITEM, 0) if item else (text, PassageKind.PARAGRAPH, 0)


def _level(lines: list[Line], at: int, text: str) -> int:
    """Of a heading; nought of all else."""
    number = number_of(text)
    short = may_head(text) and not leads_on(text)
    if number and short and (lines[at].marked or not _counted_on(lines, at, number)):
        return number.count(".") + 1
    if lines[at].marked and (short or _capital_heading(text)):
        return _MARKED
    if is_label(text):
        return _LABEL
    # What a number begins is one of a list.
    if number or not _something_to_head(lines, at):
        return 0
    if _capital_heading(text):
        return _CAPITALS
    return _SHORT if short else 0


def _capital_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and in_capitals(text) and not text.endswith((".", ",", ";"))


def _counted_on(lines: list[Line], at: int, number: str) -> bool:
    """Whether the paragraph before or after has the number before or after: these are items of a list."""
    chapter, _, last = number.rpartition(".")
    near = [
        number_of(lines[one].text.strip()) for one in (_next(lines, at, -1), _next(lines, at, 1)) if one is not None
    ]
    begun = f"{chapter}." if chapter else ""
    return any(one in near for one in (f"{begun}{int(last) - 1}", f"{begun}{int(last) + 1}"))


def _something_to_head(lines: list[Line], at: int) -> bool:
    after = _next(lines, at, 1)
    if after is None:
        return False
    line = lines[after]
    text = line.text.strip()
    if line.pictured or is_caption(text):
        return False
    ends = text.endswith((".", "?", "!", ";", ":")) and not is_label(text)
    return line.tabbed or "|" in text or len(text) > _LONG or ends or bulleted(text) or has_figures(text)


def _next(lines: list[Line], at: int, step: int) -> int | None:
    """The next line that something is on, in one direction."""
    at += step
    while 0 <= at < len(lines):
        if not lines[at].blank or lines[at].pictured:
            return at
        at += step
    return None
