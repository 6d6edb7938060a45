"""What of a PDF cannot be read, in words: scanned pages, pictures, text that stands on end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from frankpledge.claims.reading.pdf_pages import Page

# A page number alone, and a stamp, are no text of a page.
_FEWEST_WORDS = 5
# Shares of the page: a scan fills it, a logo does not tell anything.
_FILLS, _TELLS = 0.5, 0.02
# Letters without a meaning, as a share of all.
_MOST_UNKNOWN = 0.1


def unread_of(pages: Sequence[Page]) -> Iterator[str]:
    """A sentence on each kind of thing that is not read."""
    scanned = [page.number for page in pages if _is_scanned(page)]
    if scanned:
        yield f"{_numbers(scanned)} scanned or drawn, without text that can be read."
    unknown = [page.number for page in pages if page.unknown > _MOST_UNKNOWN * max(_letters(page), 1)]
    if unknown:
        yield f"{_numbers(unknown)} printed in letters that the file does not name: what is read of them may be wrong."
    turned = [page.number for page in pages if page.turned]
    if turned:
        yield f"{_numbers(turned)} not read where the text stands on end or aslant."
    pictures = sum(share > _TELLS for page in pages if page.number not in scanned for share in page.pictures)
    if pictures:
        number = f"{pictures:,} picture{'s' if pictures > 1 else ''}"
        yield f"{number}: what is shown there is not in the text."


def _is_scanned(page: Page) -> bool:
    if len(page.words) >= _FEWEST_WORDS:
        return False
    return any(share > _FILLS for share in page.pictures) or (not page.words and page.drawn)


def _letters(page: Page) -> int:
    return sum(len(word.text) for word in page.words) + page.unknown


def _numbers(pages: Iterable[int]) -> str:
    """“Page 4 is”, or “Pages 3 to 5 and 9 are”."""
    numbers = list(pages)
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    runs = [str(start) if start == end else f"{start} to {end}" for start, end in zip(starts, ends, strict=True)]
    listed = " and ".join(filter(None, (", ".join(runs[:-1]), runs[-1])))
    return f"Page {listed} is" if len(numbers) == 1 else f"Pages {listed} are"
