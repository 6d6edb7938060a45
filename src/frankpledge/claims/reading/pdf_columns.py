"""What stands side by side on a page: columns of text, which are read one after the other, and tables without lines.

Lines that leave the same strips of the page empty stand in columns. They are a table when figures stand below each
other in one of them, and are read as columns of text otherwise: a table that is none would put words together that
do not belong together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frankpledge.claims.reading.pdf_aligned import aligned_table
from frankpledge.claims.reading.pdf_grids import Grid
from frankpledge.claims.reading.pdf_lines import Fragment, joined
from frankpledge.claims.reading.pdf_strips import Strip, strips_of, with_strips

Piece = Fragment | Grid
# So many lines beside each other are columns; fewer are a line with a wide gap, such as a name and a date.
_LEAST_LINES = 3
# Lines of a heading that stands over several columns.
_MOST_ABOVE = 3
# Points; and the share of a column's lines that have an edge in common with another.
_SAME_EDGE, _MOSTLY = 2.0, 0.6
# Columns within columns within columns are drawings.
_DEEPEST = 4


@dataclass
class _Run:
    """Rows of the page, one after the other, that leave the same strips empty."""

    rows: list[Sequence[Piece]]
    strips: list[Strip]


def arranged(rows: Sequence[Sequence[Piece]], depth: int = 0) -> Iterator[list[Fragment] | Grid]:
    """Text and tables in the order they are read; text as the lines of one column.

    Parameters
    ----------
    rows
        From top to bottom, each with what stands on it from left to right.
    """
    text: list[Fragment] = []
    for run in _runs(rows):
        # The first of its headings may stand where they leave no strip empty.
        rows_with_above = [*([line] for line in text[-_MOST_ABOVE:]), *run.rows]
        table = aligned_table(rows_with_above) if len(run.strips) > 1 else None
        if table is not None:
            yield from _flushed([*text[:-_MOST_ABOVE], *_lines(rows_with_above[: table.first])])
            yield table.grid
            text = _lines(rows_with_above[table.last + 1 :])
        elif len(run.strips) > 1 and depth < _DEEPEST and _side_by_side(run):
            yield from _flushed(text)
            text = []
            for strip in run.strips:
                yield from arranged(_within(run.rows, strip), depth + 1)
        else:
            for row in run.rows:
                for grid in (piece for piece in row if isinstance(piece, Grid)):
                    yield from _flushed(text)
                    text = []
                    yield grid
                text += _lines([row])
    yield from _flushed(text)


def _flushed(text: list[Fragment]) -> Iterator[list[Fragment]]:
    if text:
        yield text


def _lines(rows: Sequence[Sequence[Piece]]) -> list[Fragment]:
    """Each row as one line, what is drawn aside."""
    fragments = ([piece for piece in row if isinstance(piece, Fragment)] for row in rows)
    return [joined(row) for row in fragments if row]


def _runs(rows: Sequence[Sequence[Piece]]) -> Iterator[_Run]:
    run: _Run | None = None
    for row in rows:
        strips = strips_of(row)
        both = with_strips(run.strips, strips) if run else []
        if run is not None and len(both) > 1:
            run.rows.append(row)
            run.strips = both
            continue
        begun = _Run([row], strips)
        if run is not None:
            _take_back(run, begun)
            if run.rows:
                yield run
        run = begun
    if run is not None:
        yield run


def _take_back(run: _Run, begun: _Run) -> None:
    """Give a row to the run that begins below it, when it came into the one above by chance: a title over columns."""
    while run.rows and len(run.rows[-1]) > 1 and sum(len(row) > 1 for row in run.rows) < _LEAST_LINES:
        both = with_strips(begun.strips, strips_of(run.rows[-1]))
        if len(both) < 2:
            break
        begun.rows.insert(0, run.rows.pop())
        begun.strips = both


def _side_by_side(run: _Run) -> bool:
    """Whether two of the strips have several lines at the same height, each strip with an edge of its own."""
    strips = [[piece for row in _within(run.rows, strip) for piece in row] for strip in run.strips]
    columns = [pieces for pieces in strips if len(pieces) >= _LEAST_LINES and _has_an_edge(pieces)]
    tall = [(min(piece.top for piece in one), max(piece.bottom for piece in one)) for one in columns]
    return any(
        min(one[1], other[1]) - max(one[0], other[0]) > min(one[1] - one[0], other[1] - other[0]) / 2
        for at, one in enumerate(tall)
        for other in tall[at + 1 :]
    )


def _has_an_edge(pieces: Sequence[Piece]) -> bool:
    """Whether lines begin, end or have their middle below each other; wide spaces that meet by chance do not."""
    edges = (
        [piece.left for piece in pieces],
        [piece.right for piece in pieces],
        [(piece.left + piece.right) / 2 for piece in pieces],
    )
    for places in edges:
        often = Counter(round(place / _SAME_EDGE) for place in places)
        if sum(number for number in often.values() if number > 1) >= _MOSTLY * len(places):
            return True
    return False


def _within(rows: Sequence[Sequence[Piece]], strip: Strip) -> list[Sequence[Piece]]:
    within = ([piece for piece in row if strip.left <= piece.left and piece.right <= strip.right] for row in rows)
    return [row for row in within if row]
