"""How wide the columns of a printed table are, measured from their words.

A column is never narrower than its longest word; what room is left goes where text would else run into
many lines. A table too wide at the smallest size we print is turned on its side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from frankpledge.model.document import Table
from frankpledge.report.lettering import width
from frankpledge.report.words import cell_text

# Points. Nine is what most councils ask of a table; seven and a half the smallest that prints clearly.
_SIZES = (9.0, 8.5, 8.0, 7.5)
# Five points either side, and a hair for rounding.
_PADDING = 10.6
_HAIR = 0.01
_FEW_WORDS = 90.0
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
            if sum(one.least for one in measures) <= room:
                return Layout(_shared(measures, room), size, turned)
    return Layout(_squeezed(_measures(table, titles, _SIZES[-1]), sideways), _SIZES[-1], True)


@dataclass(frozen=True)
class _Measure:
    """How wide a column has its longest word, its texts by and large, the longest under its title, and the longest."""

    least: float
    usual: float
    under_title: float
    most: float


def _measures(table: Table, titles: tuple[str, ...], size: float) -> list[_Measure]:
    measures = []
    for at, column in enumerate(table.columns):
        texts = [titles[at], *(cell_text(row[at]) for row in table.rows)]
        # All in bold, as headings and the partnership's own row are.
        longest_word = max(width(word, size, bold=True) for text in texts for word in text.split() or [""])
        widths = [width(text, size, bold=True) for text in texts]
        if column.numeric:
            longest_word = max(longest_word, *widths[1:], 0.0)
        # The mean square: a long text costs many lines, and one among short ones need not have the room of all.
        usual = math.sqrt(sum(one * one for one in widths) / len(widths))
        under_title = max(widths[1:], default=0.0)
        found = (longest_word, usual, under_title, max(widths))
        measures.append(_Measure(*(one + _PADDING for one in found)))
    return measures


def _shared(measures: list[_Measure], room: float) -> tuple[float, ...]:
    """Room beyond the least is shared by what each column's texts lack by and large; a narrow table stays narrow."""
    widths = [one.least for one in measures]
    spare = min(room - sum(widths), sum(one.most - one.least for one in measures))
    # Two or three words stay on one line, as long as that leaves half the room to those that have more to say.
    for at, one in sorted(enumerate(measures), key=lambda pair: pair[1].under_title - pair[1].least):
        more = one.under_title - one.least
        if one.under_title <= _FEW_WORDS and 0 < more <= spare / 2:
            spare -= more
            widths[at] += more
    wanting = [at for at, one in enumerate(measures) if one.most - widths[at] > _HAIR]
    while wanting and spare > _HAIR:
        lacking = {at: max(measures[at].usual - measures[at].least, 1.0) for at in wanting}
        share = spare / sum(lacking.values())
        for at in wanting:
            given = min(lacking[at] * share, measures[at].most - widths[at])
            widths[at] += given
            spare -= given
        # What a column has no use for goes to the others.
        wanting = [at for at in wanting if measures[at].most - widths[at] > _HAIR]
    return tuple(round(one, 1) for one in widths)


def _squeezed(measures: list[_Measure], room: float) -> tuple[float, ...]:
    least = [one.least for one in measures]
    return tuple(round(low * room / sum(least), 1) for low in least)
