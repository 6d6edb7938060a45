"""Words of a page put together into lines, and lines cut where there is a gap as between columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from frankpledge.claims.reading.pdf_pages import Word
from frankpledge.claims.reading.wording import raised

# In letter heights. Between words is a quarter, in justified text up to a half.
_GAP = 0.75
# A word stands on a line when half of it does, and when it is not so much smaller that it must be of another text.
_HALF, _SMALLEST = 0.5, 0.45
# A smaller figure that ends above the line is the mark of a note.
_SMALL, _ABOVE = 0.8, 0.1
_MARK = re.compile("[•·▪▫◦‣∙●○■□–—*o\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076-]|\\(?(?:\\d{1,2}|[a-z]|[ivx]{2,4})[.)]")


@dataclass(frozen=True)
class Fragment:
    """Words on one line without a gap between them, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Of its tallest word."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Of its lowest word."""
        return max(word.bottom for word in self.words)

    @cached_property
    def height(self) -> float:
        """How tall most of its letters are printed."""
        return _of_most([(word.height, len(word.text)) for word in self.words])

    @cached_property
    def size(self) -> float:
        """What most of its letters are set in."""
        return _of_most([(word.size, len(word.text)) for word in self.words])

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all(word.bold for word in self.words if any(letter.isalnum() for letter in word.text))

    @cached_property
    def gapped(self) -> bool:
        """Whether it was put together of several, with gaps between them."""
        words = self.words[1:] if _MARK.fullmatch(self.words[0].text) else self.words
        return any(after.left - before.right > _GAP * self.height for before, after in pairwise(words))

    @cached_property
    def text(self) -> str:
        """What is written, with figures above the line told from those on it."""
        return " ".join(raised(word.text) if self._is_above(word) else word.text for word in self.words)

    def _is_above(self, word: Word) -> bool:
        small = word.height < _SMALL * self.height and word.bottom < self.bottom - _ABOVE * self.height
        return small and word.text.strip("[](),").isdigit()


def _of_most(measures: list[tuple[float, int]]) -> float:
    """The measure in the middle, each counted as often as it has letters."""
    measures.sort()
    half, seen, found = sum(letters for _, letters in measures) / 2, 0, 0.0
    for measure, letters in measures:
        if seen >= half:
            break
        seen, found = seen + letters, measure
    return found


def lines_of(words: Iterable[Word]) -> list[list[Fragment]]:
    """Lines from top to bottom, each as the fragments on it from left to right."""
    lines: list[list[Word]] = []
    open_lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        open_lines = [line for line in open_lines if max(one.bottom for one in line[-8:]) > word.top]
        line = next((line for line in open_lines if _same_line(line[-1], word)), None)
        if line is None:
            line = []
            lines.append(line)
            open_lines.append(line)
        line.append(word)
    return sorted((_cut(line) for line in lines), key=lambda line: (min(one.top for one in line), line[0].left))


def joined(fragments: Iterable[Fragment]) -> Fragment:
    """Fragments of a line as one, whatever gaps there are."""
    return Fragment(tuple(word for fragment in fragments for word in fragment.words))


def _same_line(one: Word, other: Word) -> bool:
    lower, higher = sorted((one.height, other.height))
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return lower > 0 and shared >= _HALF * lower and lower >= _SMALLEST * higher


def _cut(line: list[Word]) -> list[Fragment]:
    parts: list[list[Word]] = []
    for word in sorted(line, key=lambda word: word.left):
        gap = word.left - parts[-1][-1].right if parts else 0
        # The bullet or number of an item is set apart from it, and belongs to it.
        alone = parts and len(parts[-1]) == 1 and _MARK.fullmatch(parts[-1][0].text)
        if parts and (gap <= _GAP * min(word.height, parts[-1][-1].height) or (alone and gap < 5 * word.height)):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [Fragment(tuple(part)) for part in parts]
