"""How lines and bars look: colour, and dashes, shapes or patterns for those who cannot tell colours."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.model.document import Chart
from frankpledge.report.drawing import number
from frankpledge.report.palette import (
    ABOVE,
    BELOW,
    CATEGORICAL,
    GREY,
    INK,
    NEAR,
    PAPER,
    READABLE,
    SIGNAL,
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
    bare
        True for a point without a line through it.
    """

    colour: str
    dash: tuple[int, ...] = ()
    point: str = ""
    filled: bool = False
    pointer: str = ""
    bare: bool = False

    @property
    def label_colour(self) -> str:
        """The colour itself where text in it can be read on white, else ink."""
        return self.colour if contrast(self.colour, PAPER) >= READABLE else INK

    @property
    def edge(self) -> str:
        """A darker edge for a fill too pale to be told from the page (WCAG 1.4.11 asks 3 to 1)."""
        return self.colour if contrast(self.colour, PAPER) >= VISIBLE else GREY

    def swatch(self, x: float, y: float) -> str:
        """The look, small, as SVG with its left end at a point."""
        if self.filled:
            pointer = _POINTS[self.pointer].format(fill=ink_on(self.colour)) if self.pointer else ""
            square = f'<path d="M-7,-7H7V7H-7Z" fill="{self.colour}" stroke="{self.edge}"/>'
            return _moved(square + pointer, x + 8, y)
        if self.bare:
            return _moved(_POINTS[self.point].format(fill=self.colour), x + 10, y)
        dash = f' stroke-dasharray="{",".join(map(str, self.dash))}"' if self.dash else ""
        line = f'<path d="M-10,0H10" stroke="{self.colour}" stroke-width="2.5"{dash}/>'
        return _moved(line + (_POINTS[self.point].format(fill=self.colour) if self.point else ""), x + 10, y)


def _moved(drawn: str, x: float, y: float) -> str:
    return f'<g transform="translate({number(x)},{number(y)})">{drawn}</g>'


# As the chart engine draws them, for the key to show what stands in the plot.
_POINTS = {
    "circle": '<circle r="3.8" fill="{fill}"/>',
    "square": '<path d="M-3.4,-3.4H3.4V3.4H-3.4Z" fill="{fill}"/>',
    "diamond": '<path d="M0,-4.4L2.9,0L0,4.4L-2.9,0Z" fill="{fill}"/>',
    "cross": '<path d="M-4.5,-1.5H-1.5V-4.5H1.5V-1.5H4.5V1.5H1.5V4.5H-1.5V1.5H-4.5Z" fill="{fill}"/>',
    "triangle-up": '<path d="M0,-3.5L3.5,2.6H-3.5Z" fill="{fill}"/>',
    "triangle-down": '<path d="M0,3.5L3.5,-2.6H-3.5Z" fill="{fill}"/>',
}


# What a bar is told by, beside its shade: a triangle over it, or none.
MARKS = {
    "above": ("Above the mean", Look(ABOVE, filled=True, pointer="triangle-up")),
    "near": ("Near the mean", Look(NEAR, filled=True)),
    "below": ("Below the mean", Look(BELOW, filled=True, pointer="triangle-down")),
}
PLAIN_BAR = Look(ABOVE, filled=True)


# What a point of a line is marked by where a sign says that something has changed.
SIGNS = {
    "above": ("Sign of a rise", Look(SIGNAL, point="triangle-up", bare=True)),
    "below": ("Sign of a fall", Look(SIGNAL, point="triangle-down", bare=True)),
}


def look_of(chart: Chart, index: int) -> Look:
    """The look of the nth line."""
    assert index < len(CATEGORICAL), "a chart has at most four lines"
    if chart.lines[index].limit:
        return Look(GREY, _DASHES[index])
    return Look(CATEGORICAL[index], _DASHES[index], _SHAPES[index])
