"""What is written along the sides of a chart: round numbers up it, months or years under it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from frankpledge.periods import MONTH_NAMES
from frankpledge.report.lettering import width

SIZE = 14
_MONTH = re.compile(r"(\d{4})-(\d{2})")
# Months between two labels: each divides a year, so that labels fall on the same months every year.
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60)
_GAP = 8


@dataclass(frozen=True)
class Scale:
    """The numbers up the side: where they begin and end, and which are written."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    @property
    def room(self) -> float:
        """How wide the widest number is."""
        return max(width(self.write(tick), SIZE) for tick in self.ticks)

    @property
    def format(self) -> str:
        """As the chart engine spells it."""
        return f",.{self.decimals}f"

    def write(self, value: float) -> str:
        """A number as it stands at its tick."""
        return f"{value:,.{self.decimals}f}"

    def height(self, value: float, size: float) -> float:
        """How far from the top a value is drawn, in a plot `size` high."""
        return size * (self.high - value) / (self.high - self.low)


def scale_for(values: list[float], ticks: int = 5) -> Scale:
    """A scale from nought (or the lowest value below it) to a round number above the highest.

    >>> scale_for([3.0, 41.0]).ticks
    (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)
    """
    low, high = min([0.0, *values]), max([0.0, *values])
    step = _round_step((high - low) / ticks) if high > low else 1.0
    first, last = math.floor(low / step), max(math.ceil(high / step), 1)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    marks = tuple(round(step * at, decimals) for at in range(first, last + 1))
    return Scale(marks[0], marks[-1], marks, decimals)


def _round_step(wanted: float) -> float:
    """The smallest of 1, 2, 5 or 10 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= wanted * 0.999)


def bottom_labels(labels: tuple[str, ...], room: float) -> dict[int, list[str]]:
    """Which places along the bottom carry words, and the lines of each, without any meeting its neighbour."""
    months = [_MONTH.fullmatch(label) for label in labels]
    parts = [(int(month[1]), int(month[2])) for month in months if month]
    if len(parts) == len(labels):
        return _month_labels(parts, room)
    spacing = room / max(len(labels), 1)
    every = math.ceil((max((width(label, SIZE) for label in labels), default=0) + _GAP) / spacing)
    return {at: [label] for at, label in enumerate(labels) if at % every == 0}


def _month_labels(parts: list[tuple[int, int]], room: float) -> dict[int, list[str]]:
    spacing = room / len(parts)
    # The widest thing written is a year; a short month name is narrower.
    needed = width("2018", SIZE) + _GAP
    step = next((step for step in _STEPS if step * spacing >= needed), _STEPS[-1])
    labels: dict[int, list[str]] = {}
    for at, (year, month) in enumerate(parts):
        if (year * 12 + month - 1) % step == 0:
            first = not labels or month == 1 or step >= 12
            labels[at] = [MONTH_NAMES[month][:3], str(year)] if first else [MONTH_NAMES[month][:3]]
    return _without_crowding(labels, spacing, needed)


def _without_crowding(labels: dict[int, list[str]], spacing: float, needed: float) -> dict[int, list[str]]:
    """Drop the year of the first label where the next January's year would run into it."""
    dated = [at for at, lines in labels.items() if len(lines) > 1]
    if len(dated) > 1 and (dated[1] - dated[0]) * spacing < needed:
        labels[dated[0]] = labels[dated[0]][:1]
    return labels
