"""Lines of a column put together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

from frankpledge.claims.reading.pdf_lines import Fragment
from frankpledge.claims.reading.wording import bulleted, is_caption, without_mark

# In letter heights: how much more room than usual there is between two paragraphs; how far lines of one may differ in
# size; how far a line is set in.
_MORE_ROOM, _LIKE, _SET_IN = 0.3, 0.1, 1.5
# Of text that does not tell otherwise.
_LEADING, _LONG = 0.3, 40
# In shares of a line, for text that is not set to both edges.
_RAGGED = 0.02
_FINISHED = (".", "!", "?", ":")
_ONLY_FIGURE = re.compile(r"[-−+£]?[\d,.]*\d%?")
_HYPHENED = re.compile(r"(\w+)-$")
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, with how they are printed.

    Attributes
    ----------
    gapped
        Whether there are gaps in a line, as between columns.
    """

    text: str
    size: float
    bold: bool
    gapped: bool
    page: int
    top: float


def paragraphs_of(lines: Sequence[Fragment], page: int, known: frozenset[str]) -> Iterator[Paragraph]:
    """The paragraphs of a column.

    Parameters
    ----------
    known
        The words of the document, which tell whether a hyphen at the end of a line belongs to its word.
    """
    usual = _usual_gap(lines)
    for block in _split(lines, partial(_parts, usual=usual)):
        right = max(line.right for line in block)
        for part in _split(block, partial(_would_have_fitted, right=right)):
            yield Paragraph(
                text=joined_text([line.text for line in part], known),
                size=max(part, key=lambda line: len(line.text)).size,
                bold=all(line.bold for line in part),
                gapped=any(line.gapped for line in part),
                page=page,
                top=part[0].top,
            )


def joined_text(texts: Sequence[str], known: frozenset[str]) -> str:
    """Lines as one text; a word that was parted at the end of one is whole again."""
    parts = [texts[0]]
    for text in texts[1:]:
        hyphened, first = _HYPHENED.search(parts[-1]), _FIRST_WORD.match(text)
        if hyphened and first:
            if not _keeps_hyphen(hyphened[1], first[0], known):
                parts[-1] = parts[-1][:-1]
            parts.append(text)
        else:
            parts.append(f" {text}")
    return "".join(parts)


def _keeps_hyphen(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own: “community-based”, “2018-19”."""
    if f"{before}{after}".lower() in known:
        return False
    return f"{before}-{after}".lower() in known or not (before[-1].isalpha() and after[0].islower())


def _split(lines: Sequence[Fragment], parted: Callable[[Fragment, Fragment], bool]) -> Iterator[list[Fragment]]:
    part: list[Fragment] = []
    for line in lines:
        if part and parted(part[-1], line):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _usual_gap(lines: Sequence[Fragment]) -> float:
    """The room between lines of a paragraph, in letter heights: what is usual where two lines are alike."""
    pairs = [(before, after) for before, after in pairwise(lines) if _alike(before, after)]
    gaps = [((after.top - before.bottom) / before.height, len(before.text)) for before, after in pairs]
    likely = [(gap, letters) for gap, letters in gaps if 0 <= gap < 2]
    # What is long is a line of a paragraph; what is short may be a label of a chart.
    found = [gap for gap, letters in likely if letters >= _LONG] or [gap for gap, _ in likely]
    return median(found) if found else _LEADING


def _alike(one: Fragment, other: Fragment) -> bool:
    return one.bold == other.bold and abs(one.size - other.size) <= _LIKE * max(one.size, other.size)


def _parts(before: Fragment, line: Fragment, usual: float) -> bool:
    """Whether a paragraph ends between two lines."""
    gap = (line.top - before.bottom) / before.height
    # Of a column that was read before, this is the next one's first line.
    if gap > usual + _MORE_ROOM or gap < -1 or not _alike(before, line):
        return True
    # On a line of its own without a stop, a figure is one of a chart.
    if _ONLY_FIGURE.fullmatch(line.text) or _ONLY_FIGURE.fullmatch(before.text):
        return True
    if bulleted(line.text) or is_caption(line.text) or _is_item(line.text):
        return True
    set_in = line.left - before.left > _SET_IN * line.height
    return set_in and before.text.endswith(_FINISHED) and not bulleted(before.text) and not _is_item(before.text)


def _is_item(text: str) -> bool:
    return without_mark(text) is not None


def _would_have_fitted(before: Fragment, line: Fragment, right: float) -> bool:
    """Whether the first word of a line had room on the line before it, so that the line was ended on purpose."""
    space = 0.25 * line.height
    first = line.words[0]
    return before.right + space + (first.right - first.left) < right - _RAGGED * (right - before.left)
