"""How wide the columns of a printed table are, measured from their words.

A column is never narrower than its longest word; what room is left goes where text would else run into
many lines. A table too wide at the smallest size we print is turned on its side.
"""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.model.document import Table
from frankpledge.report.lettering import width
from frankpledge.report.words import cell_text

# Points. Nine is what most councils ask of a table; seven and a half the smallest that prints clearly.
_SIZES = (9.0, 8.5, 8.0, 7.5)
# Five points either side, and a hair for rounding.
_PADDING = 10.6
# A table of so few rows is moved to the next page sooner than split over two.
KEPT_WHOLE = 14


@dataclass(frozen=True)
class Layout:
    """Column widths and the size of letters, in points."""

    columns: tuple[float, ...]
    size: float
    sideways: bool


def fit(table: Table, titles: tuple[str, ...], upright: float, sideways: float) -> Layout:
    """The largest letters that fit an upright page; failing that, a page on its side.

    `titles` are those of the columns, which a format may write longer than the table has them.
    """
    for room, turned in ((upright, False), (sideways, True)):
        for size in _SIZES:
            measures = _measures(table, titles, size)
            if sum(least for least, _ in measures) <= room:
                return Layout(_shared(measures, room), size, turned)
    return Layout(_squeezed(_measures(table, titles, _SIZES[-1]), sideways), _SIZES[-1], True)


def _measures(table: Table, titles: tuple[str, ...], size: float) -> list[tuple[float, float]]:
    """For each column, the width of its longest word and of its longest text."""
    measures = []
    for at, column in enumerate(table.columns):
        texts = [titles[at], *(cell_text(row[at]) for row in table.rows)]
        # All in bold, as headings and the partnership's own row are.
        longest_word = max(width(word, size, bold=True) for text in texts for word in text.split() or [""])
        longest = max(width(text, size, bold=True) for text in texts)
        if column.numeric:
            longest_word = max(longest_word, *(width(text, size, bold=True) for text in texts[1:]), 0.0)
        measures.append((longest_word + _PADDING, longest + _PADDING))
    return measures


def _shared(measures: list[tuple[float, float]], room: float) -> tuple[float, ...]:
    """Room beyond the least is shared by what each column still lacks; a narrow table stays narrow."""
    least = [low for low, _ in measures]
    lacking = [high - low for low, high in measures]
    spare = min(room - sum(least), sum(lacking))
    share = spare / sum(lacking) if sum(lacking) else 0.0
    return tuple(round(low + lack * share, 1) for low, lack in zip(least, lacking, strict=True))


def _squeezed(measures: list[tuple[float, float]], room: float) -> tuple[float, ...]:
    least = [low for low, _ in measures]
    return tuple(round(low * room / sum(least), 1) for low in least)
