"""The key above a chart's plot: a mark, its words, the next mark, wrapped to the width there is.

It is drawn by hand and put into the engine's picture: as layers of the chart it took most of its time.
"""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.model.document import Chart
from frankpledge.report.axes import SIZE
from frankpledge.report.chart_marks import MARKS, MEAN_DASH, SIGNS, Look, look_of
from frankpledge.report.drawing import Lettering, text_line
from frankpledge.report.lettering import width
from frankpledge.report.palette import INK

LINE_HEIGHT = 22
_SWATCH = 26
_BETWEEN = 18
_EDGE = 2


@dataclass(frozen=True)
class Entry:
    """One mark of the key: a line, a filled square or a triangle, and what it means."""

    words: str
    look: Look


@dataclass(frozen=True)
class Placed:
    """An entry and where it goes, from the key's top left corner."""

    entry: Entry
    x: float
    y: float


@dataclass(frozen=True)
class Key:
    """A key, laid out."""

    entries: tuple[Placed, ...]
    height: float

    def draw(self) -> str:
        """The key as SVG, from the top left corner of the picture."""
        look = Lettering(SIZE, anchor="start")
        return "".join(
            one.entry.look.swatch(one.x + _EDGE, one.y + LINE_HEIGHT / 2)
            + text_line(one.entry.words, one.x + _SWATCH + _EDGE, one.y + LINE_HEIGHT / 2 + SIZE * 0.36, look)
            for one in self.entries
        )


def key_for(chart: Chart, room: float, names_in_key: bool) -> Key:
    """Lay out the key of a chart: lines (where they are not named at their ends), marks, mean."""
    entries = []
    if chart.kind == "line" and names_in_key and len(chart.lines) > 1:
        entries += [Entry(line.name, look_of(chart, index)) for index, line in enumerate(chart.lines)]
    if chart.kind == "line":
        entries += [Entry(words, look) for mark, (words, look) in SIGNS.items() if mark in chart.marks]
    if chart.kind == "bars":
        entries += [Entry(words, look) for mark, (words, look) in MARKS.items() if mark in chart.marks]
    if chart.mean is not None and chart.mean.value is not None:
        entries.append(Entry(mean_words(chart), Look(INK, dash=MEAN_DASH)))
    return _laid_out(entries, room)


def mean_words(chart: Chart) -> str:
    """The mean in words with its number, which its words may have already."""
    assert chart.mean is not None, "only a chart with a mean has words for it"
    words = chart.mean_words or "Mean"
    return words if chart.mean.text in words else f"{words}: {chart.mean.text}"


def _laid_out(entries: list[Entry], room: float) -> Key:
    laid: list[Placed] = []
    x = y = 0.0
    for entry in entries:
        wide = _SWATCH + width(entry.words, SIZE)
        if x and x + wide > room:
            x, y = 0.0, y + LINE_HEIGHT
        laid.append(Placed(entry, x, y))
        x += wide + _BETWEEN
    return Key(tuple(laid), y + LINE_HEIGHT if laid else 0.0)
