"""The rows of headings above a table without lines: which heading stands over which columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from frankpledge.claims.reading.pdf_lines import Fragment
from frankpledge.claims.reading.pdf_strips import Placed, Strip, overlap, strips_of

# In letter heights: how near the lines of one heading are, and how far from where it should stand a heading may be.
_NEAR, _OFF = 0.5, 0.8
# Points. Of two readings, that which leaves fewer columns without a heading.
_BARE = 1.0


def heading_rows(lines: Sequence[Sequence[Fragment]], columns: Sequence[Strip]) -> list[list[str]]:
    """The rows of headings, each with a cell for every column.

    The last row has one for each column; those above it may stand over several, and are repeated in each. Where it
    is not told over which, each column gets the whole row: a wrong heading is worse than none.
    """
    groups = _near_each_other(lines)
    if not groups:
        return []
    lowest = [" ".join(parts) for parts in zip(*(cells_of(line, columns) for line in groups[-1]), strict=True)]
    lowest = [text.strip() for text in lowest]
    # With its heading, a column is wider than its figures.
    wide = [_wider(column, at, groups[-1], columns) for at, column in enumerate(columns)]
    rows = [_over(group, wide, lowest) for group in groups[:-1]]
    for above, below in pairwise([*rows, lowest]):
        for at, text in enumerate(above):
            alone = text not in (*above[:at], *above[at + 1 :])
            below[at] = below[at] or (text if alone else "")
    return [*rows, lowest]


def _near_each_other(lines: Sequence[Sequence[Fragment]]) -> list[list[Sequence[Fragment]]]:
    groups: list[list[Sequence[Fragment]]] = []
    for line in lines:
        top, height = min(one.top for one in line), line[0].height
        if groups and top - max(one.bottom for one in groups[-1][-1]) < _NEAR * height:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def column_of(piece: Placed, columns: Sequence[Strip]) -> int:
    """The column that a piece of a line stands in, or nearest to."""
    return max(range(len(columns)), key=lambda at: overlap(piece, columns[at]))


def cells_of(line: Sequence[Fragment], columns: Sequence[Strip]) -> list[str]:
    """The text of a line in each column; what runs on from one into another is parted between its words."""
    cells: list[list[str]] = [[] for _ in columns]
    for fragment in line:
        if sum(overlap(fragment, column) > 0 for column in columns) < 2:
            cells[column_of(fragment, columns)].append(fragment.text)
        else:
            for word in fragment.words:
                cells[column_of(word, columns)].append(word.text)
    return [" ".join(texts) for texts in cells]


def with_headed(columns: Sequence[Strip], lines: Sequence[Sequence[Fragment]]) -> list[Strip]:
    """The columns, and those that are empty but for their heading, which stands between others."""
    groups = _near_each_other(lines)
    lowest = [fragment for line in groups[-1] for fragment in line] if groups else []
    between = [one for one in lowest if all(overlap(one, column) < 0 for column in columns)]
    # Before the first column and after the last there is none: that is text beside the table.
    within = [one for one in between if columns[0].left < one.left and one.right < columns[-1].right]
    return strips_of([*columns, *within], 0)


def _wider(column: Strip, at: int, group: Sequence[Sequence[Fragment]], columns: Sequence[Strip]) -> Strip:
    own = [one for line in group for one in line if column_of(one, columns) == at]
    return Strip(min([column.left, *(one.left for one in own)]), max([column.right, *(one.right for one in own)]))


def _over(group: Sequence[Sequence[Fragment]], columns: Sequence[Strip], below: Sequence[str]) -> list[str]:
    """A row of headings that may stand over several columns."""
    pieces = [one for line in group for one in line]
    strips = strips_of(pieces)
    texts = [" ".join(one.text for one in pieces if overlap(one, strip) > 0) for strip in strips]
    off = _OFF * pieces[0].height * len(strips)
    spans = min((_centred(strips, columns, below), _flush(strips, columns)), key=lambda found: found[0])
    if spans[0] > off:
        return [" ".join(texts)] * len(columns)
    cells = [""] * len(columns)
    for text, (first, last) in zip(texts, spans[1], strict=True):
        cells[first : last + 1] = [text] * (last + 1 - first)
    return cells


Spans = tuple[float, tuple[tuple[int, int], ...]]
"""How far headings are from where they should stand, and the first and last column of each."""


def _centred(strips: Sequence[Strip], columns: Sequence[Strip], below: Sequence[str]) -> Spans:
    """Headings that stand over the middle of their columns, one after the other; any may have none at the ends."""
    best: dict[int, Spans] = {at: (_BARE * max(at - 1, 0), ()) for at in range(len(columns))}
    for strip in strips:
        found: dict[int, Spans] = {}
        for first, (off, spans) in best.items():
            for last in range(first, len(columns)):
                # Over a column that has a heading of its own, another is likelier to be there for more than that one.
                alone = _BARE * 3 if last == first and below[first] else 0
                apart = off + alone + abs(strip.middle - (columns[first].left + columns[last].right) / 2)
                if apart < found.get(last + 1, (float("inf"), ()))[0]:
                    found[last + 1] = apart, (*spans, (first, last))
        best = found
    ends = ((off + _BARE * (len(columns) - after), spans) for after, (off, spans) in best.items())
    return min(ends, key=lambda one: one[0], default=(float("inf"), ()))


def _flush(strips: Sequence[Strip], columns: Sequence[Strip]) -> Spans:
    """Headings that begin where their first column does, each up to the next."""
    firsts = [min(range(len(columns)), key=lambda at: abs(strip.left - columns[at].left)) for strip in strips]
    if len(set(firsts)) < len(firsts):
        return float("inf"), ()
    off = sum(abs(strip.left - columns[at].left) for strip, at in zip(strips, firsts, strict=True))
    lasts = [*(after - 1 for after in firsts[1:]), len(columns) - 1]
    return off, tuple(zip(firsts, lasts, strict=True))
