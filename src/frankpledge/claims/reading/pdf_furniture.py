"""What a PDF prints on every page: running headings, and numbers of pages. It is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from frankpledge.claims.reading.pdf_lines import joined, lines_of
from frankpledge.claims.reading.pdf_pages import Page, Word

# Shares of the page's height. Running headings stand in the margin; the text begins below it.
_MARGIN = 0.12
# The same at the same height on so many pages; left and right pages may differ. With the number of the page in it, a
# line needs no more pages than a chapter has.
_LEAST_PAGES, _LEAST_SHARE, _LEAST_OF_A_CHAPTER = 2, 0.4, 3
# In letter heights: the room between a running heading and the text, which the heading of a table has not.
_ROOM = 1.2
# Points.
_SAME_HEIGHT = 6
_NUMBER = re.compile(r"\d{1,4}")
# A line with more numbers is a row of a table.
_MOST_NUMBERS = 3
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[–-]?\s*(\d{1,4})\s*[–-]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)

Key = tuple[str, int]


@dataclass(frozen=True)
class _MarginLine:
    words: tuple[Word, ...]
    text: str
    top: float
    bottom: float
    keys: frozenset[Key]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is printed on most of them at the same height."""
    margins = [_margins(page) for page in pages]
    often = Counter(
        key for margin in margins for lines in margin for key in {key for line in lines for key in line.keys}
    )
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    left = []
    for page, margin in zip(pages, margins, strict=True):
        gone = {word for lines in margin for line in _furniture(lines, page, often, least) for word in line.words}
        left.append(replace(page, words=[word for word in page.words if word not in gone]) if gone else page)
    return left


def _margins(page: Page) -> tuple[list[_MarginLine], list[_MarginLine]]:
    """The lines in the margins above and below, from the edge of the page inwards."""
    upper, lower = _MARGIN * page.height, (1 - _MARGIN) * page.height
    above = [joined(line) for line in lines_of(word for word in page.words if word.top < upper)]
    below = [joined(line) for line in lines_of(word for word in page.words if word.bottom > lower)]
    lines = [
        [
            _MarginLine(one.words, one.text, one.top, one.bottom, frozenset(_keys(one.text, one.top, page)))
            for one in some
        ]
        for some in (above, below)
    ]
    # A line that reaches into the text is of the text.
    return [one for one in lines[0] if one.bottom <= upper], [one for one in reversed(lines[1]) if one.top >= lower]


def _keys(text: str, top: float, page: Page) -> Iterator[Key]:
    """A line as it may be the same on each page: any of its numbers may go with the number of the page."""
    numbers = _NUMBER.findall(text)
    fixed = _NUMBER.split(text)
    place = round(top / _SAME_HEIGHT)
    if len(numbers) > _MOST_NUMBERS:
        return
    for kinds in product((True, False), repeat=len(numbers)):
        said = [f"#{int(one) - page.number}" if goes else one for one, goes in zip(numbers, kinds, strict=True)]
        written = "".join(part for pair in zip(fixed, [*said, ""], strict=True) for part in pair)
        # What lies on the border between two heights counts in both.
        yield from ((written, place + step) for step in (0, 1))


def _furniture(lines: list[_MarginLine], page: Page, often: Counter[Key], least: float) -> list[_MarginLine]:
    """The lines of a margin, from the edge inwards, up to the last that is on most pages and has room after it."""
    last = 0
    for at, line in enumerate(lines, 1):
        if not _is_often(line, often, least) and not _is_number(line, page):
            break
        if _room(line, page) >= _ROOM * (line.bottom - line.top):
            last = at
    return lines[:last]


def _is_often(line: _MarginLine, often: Counter[Key], least: float) -> bool:
    return any(
        often[text, place] >= (min(least, _LEAST_OF_A_CHAPTER) if "#" in text else least) for text, place in line.keys
    )


def _room(line: _MarginLine, page: Page) -> float:
    """How far a line is from the next one inwards."""
    if line.top < page.height / 2:
        return min((word.top - line.bottom for word in page.words if word.top >= line.bottom), default=page.height)
    return min((line.top - word.bottom for word in page.words if word.bottom <= line.top), default=page.height)


def _is_number(line: _MarginLine, page: Page) -> bool:
    """Whether all that a line says is which page this is; of a short document nothing else tells."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and int(found[1]) == page.number
