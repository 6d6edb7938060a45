"""How lines and bars look: colour, and dashes, shapes or patterns for those who cannot tell colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from frankpledge.report.palette import (
    ABOVE,
    BELOW,
    CATEGORICAL,
    GREY,
    INK,
    NEAR,
    PAPER,
    READABLE,
    VISIBLE,
    contrast,
    ink_on,
)

MEAN_DASH = (6, 4)
_DASHES: tuple[tuple[int, ...], ...] = ((), (8, 3), (2, 3), (10, 3, 2, 3))
_SHAPES = ("circle", "square", "diamond", "cross")


@dataclass(frozen=True)
class Look:
    """How one thing of a chart is drawn.

    Attributes
    ----------
    dash
        Of a line; empty for an unbroken one.
    point
        Shape put on a line's points and ends.
    filled
        True for a bar.
    pointer
        A triangle over a bar: ``triangle-up``, ``triangle-down`` or none.
    """

    colour: str
    dash: tuple[int, ...] = ()
    point: str = ""
    filled: bool = False
    pointer: str = ""

    @property
    def label_colour(self) -> str:
        """The colour itself where text in it can be read on white, else ink."""
        return self.colour if contrast(self.colour, PAPER) >= READABLE else INK

    def swatch(self, x: float, y: float) -> list[alt.Chart]:
        """The look, small, with its left end at a point."""
        if not self.filled:
            return [self._line(x, y), *self._shape(x + 10, y, self.point, 45, self.colour)]
        square = _at(x + 8, y).mark_square(
            size=180, color=self.colour, opacity=1, stroke=self.edge, strokeWidth=1
        )
        return [square, *self._shape(x + 8, y, self.pointer, 40, ink_on(self.colour))]

    @property
    def edge(self) -> str:
        """A darker edge for a fill too pale to be told from the page (WCAG 1.4.11 asks 3 to 1)."""
        return self.colour if contrast(self.colour, PAPER) >= VISIBLE else GREY

    def _shape(self, x: float, y: float, shape: str, size: int, colour: str) -> list[alt.Chart]:
        if not shape:
            return []
        return [_at(x, y).mark_point(shape=shape, size=size, filled=True, color=colour, opacity=1)]

    def _line(self, x: float, y: float) -> alt.Chart:
        rule = alt.Chart(alt.InlineData(values=[{}])).mark_rule(
            color=self.colour, strokeWidth=2.5, strokeDash=list(self.dash)
        )
        return placed(rule, x=alt.XValue(x), x2=alt.X2Value(x + 20), y=alt.YValue(y))


def _at(x: float, y: float) -> alt.Chart:
    return placed(alt.Chart(alt.InlineData(values=[{}])), x=alt.XValue(x), y=alt.YValue(y))


def placed(chart: alt.Chart, **channels: Any) -> alt.Chart:
    """A mark with its channels. Altair leaves `encode` without a type; here it gets one."""
    encoded: alt.Chart = chart.encode(**channels)
    return encoded


# What a bar is told by, beside its shade: a triangle over it, or none.
MARKS = {
    "above": ("Above the mean", Look(ABOVE, filled=True, pointer="triangle-up")),
    "near": ("Near the mean", Look(NEAR, filled=True)),
    "below": ("Below the mean", Look(BELOW, filled=True, pointer="triangle-down")),
}
PLAIN_BAR = Look(ABOVE, filled=True)


def look_of(index: int) -> Look:
    """The look of the nth line."""
    assert index < len(CATEGORICAL), "a chart has at most four lines"
    return Look(CATEGORICAL[index], _DASHES[index], _SHAPES[index])
