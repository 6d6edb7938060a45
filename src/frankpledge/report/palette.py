"""Colours, and whether text can be read on them.

The palette is that of the Government Analysis Function (`afcharts`), made for people who see colours
differently; no meaning is ever given by colour alone.
"""

from __future__ import annotations

INK = "#0b0c0c"
GREY = "#505a5f"
FAINT = "#d5d9dc"
PAPER = "#ffffff"
CATEGORICAL = ("#12436D", "#28A197", "#801650", "#F46A25")
# Light to dark: more is darker.
SEQUENTIAL = ("#ADD1F1", "#6BACE6", "#2073BC", "#12436D", "#092135")
# What places are drawn on: told from the page, and from the lightest shade.
GROUND = "#eef0f1"
SIGNAL = "#801650"
ABOVE, BELOW, NEAR = "#12436D", "#6BACE6", "#BFBFBF"

# WCAG 2.2, success criterion 1.4.3: the contrast that text of ordinary size needs.
READABLE = 4.5
# And what a shape needs to be told from what it stands on (1.4.11).
VISIBLE = 3.0


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG defines it.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on a colour."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, fill))


def header_colour(wanted: str) -> str:
    """A partnership's colour where white text can be read on it; else the darkest of our own."""
    return wanted if contrast(wanted, PAPER) >= READABLE else SEQUENTIAL[-1]


def shades(count: int) -> tuple[str, ...]:
    """`count` steps of the sequential palette, spread over its whole length.

    >>> shades(2)
    ('#ADD1F1', '#092135')
    """
    last = len(SEQUENTIAL) - 1
    if count <= 1:
        return SEQUENTIAL[1:2]
    if count <= len(SEQUENTIAL):
        return tuple(SEQUENTIAL[round(step * last / (count - 1))] for step in range(count))
    return tuple(_between(step * last / (count - 1)) for step in range(count))


def _between(place: float) -> str:
    """A colour part of the way between two steps of the palette."""
    low = min(int(place), len(SEQUENTIAL) - 2)
    ends = zip(_channels(SEQUENTIAL[low]), _channels(SEQUENTIAL[low + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (place - low)):02X}" for a, b in ends)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
