"""A partnership's colour: whether it can be read on, and in which colour."""

from __future__ import annotations

import re

from frankpledge.errors import UserError

WHITE, BLACK = "#ffffff", "#0b0c0c"
DEFAULT = "#12436D"
# What WCAG 2.2 asks of text (1.4.3).
LEAST_CONTRAST = 4.5
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")


class ColourError(UserError):
    """A colour cannot be used on a page."""


def _light(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_light(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """White or black, whichever can be read on a colour.

    Raises
    ------
    ColourError
        When neither can, or it is not a colour.
    """
    if not _HEXADECIMAL.fullmatch(colour):
        raise ColourError(f"“{colour}” is not a colour.", "Write it as # and six figures or letters, such as #12436D.")
    best = max((WHITE, BLACK), key=lambda text: contrast(colour, text))
    if contrast(colour, best) < LEAST_CONTRAST:
        raise ColourError(
            f"Neither white nor black words can be read well on {colour}.", "Choose a darker or a lighter one."
        )
    return best
