"""Pieces of SVG written by hand: text in lines, hatching, the frame with its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from frankpledge.report.fonts import FAMILIES
from frankpledge.report.palette import GREY, INK, PAPER

LEADING = 1.2
HATCH = "url(#hatch)"
_HATCHING = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
    f'<rect width="1.6" height="6" fill="{GREY}"/></pattern></defs>'
)


@dataclass(frozen=True)
class Lettering:
    """How a piece of text looks.

    Attributes
    ----------
    halo
        True for text on hatching, which needs white behind it.
    """

    size: float
    colour: str = INK
    bold: bool = False
    anchor: str = "middle"
    halo: bool = False


def number(value: float) -> str:
    """A coordinate, no longer than the eye can use.

    >>> number(3.0), number(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def text_line(text: str, x: float, y: float, look: Lettering) -> str:
    """One line of text with its baseline at `y`."""
    weight = ' font-weight="bold"' if look.bold else ""
    halo = f' stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if look.halo else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(look.size)}" fill="{look.colour}" '
        f'text-anchor="{look.anchor}"{weight}{halo}>{escape(text)}</text>'
    )


def block_height(sizes: Iterable[float]) -> float:
    """How tall lines of these sizes are, one under the other."""
    return sum(size * LEADING for size in sizes)


def text_block(lines: list[tuple[str, Lettering]], x: float, middle: float) -> str:
    """Lines one under the other, centred on a point."""
    y = middle - block_height(look.size for _, look in lines) / 2
    drawn = []
    for text, look in lines:
        # Capitals reach about 0.72 of the size above the baseline: this centres them in their line.
        drawn.append(text_line(text, x, y + look.size * (LEADING / 2 + 0.36), look))
        y += look.size * LEADING
    return "".join(drawn)


def polygon_path(rings: Iterable[Iterable[tuple[float, float]]]) -> str:
    """The path of a shape: its outline and its holes."""
    return "".join("M" + "L".join(f"{number(x)},{number(y)}" for x, y in ring) + "Z" for ring in rings)


def shape(path: str, fill: str) -> str:
    """A filled area with the white border that tells neighbours apart; on hatching it would not be seen."""
    edge = GREY if fill == HATCH else PAPER
    return (
        f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="1.5" '
        'stroke-linejoin="round" fill-rule="evenodd"/>'
    )


def border(path: str) -> str:
    """A dark border around an area that is pointed out, with white on both sides so that it is seen on any shade."""
    lines = ((PAPER, "7"), (INK, "3.5"))
    return "".join(
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{width}" stroke-linejoin="round"/>'
        for ink, width in lines
    )


def picture(width: float, height: float, title: str, description: str, body: str) -> str:
    """A whole SVG file."""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family={quoteattr(FAMILIES)}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{_HATCHING}"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{body}</svg>'
    )
