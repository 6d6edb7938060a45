"""What a PDF prints on every page: running headings, and numbers of pages. It is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from frankpledge.claims.reading.pdf_lines import joined, lines_of
from frankpledge.claims.reading.pdf_pages import Page, Word

# Shares of the page's height. Running headings stand in the margin; the text begins below it.
_MARGIN = 0.12
# The same at the same height on so many pages; left and right pages may differ.
_LEAST_PAGES, _LEAST_SHARE = 2, 0.4
# Points.
_SAME_HEIGHT = 6
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[–-]?\s*(\d{1,4})\s*[–-]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True)
class _MarginLine:
    text: str
    top: float
    words: tuple[Word, ...]

    @property
    def key(self) -> tuple[str, int]:
        """What is the same on each page: all but the page's number."""
        return _DIGITS.sub("#", self.text), round(self.top / _SAME_HEIGHT)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is printed on most of them at the same height."""
    margins = [_margin_lines(page) for page in pages]
    often = Counter(key for lines in margins for key in {line.key for line in lines})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    left = []
    for page, lines in zip(pages, margins, strict=True):
        gone = {
            word
            for line in lines
            # What lies on the border between two heights is counted in either.
            if sum(often[line.key[0], line.key[1] + step] for step in (-1, 0, 1)) >= least or _is_number(line, page)
            for word in line.words
        }
        left.append(replace(page, words=[word for word in page.words if word not in gone]) if gone else page)
    return left


def _margin_lines(page: Page) -> list[_MarginLine]:
    upper, lower = _MARGIN * page.height, (1 - _MARGIN) * page.height
    words = [word for word in page.words if word.bottom <= upper or word.top >= lower]
    lines = [joined(line) for line in lines_of(words)]
    return [_MarginLine(line.text, line.top, line.words) for line in lines]


def _is_number(line: _MarginLine, page: Page) -> bool:
    """Whether all that a line says is which page this is; of a short document nothing else tells."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and int(found[1]) == page.number
