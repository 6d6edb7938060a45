"""What is written on a place: its name and value if they fit, else a value, else a number for the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from frankpledge.model.document import Place
from frankpledge.report.drawing import Lettering, block_height, text_block
from frankpledge.report.lettering import widest, wrap
from frankpledge.report.map_classes import Shade
from frankpledge.report.words import cell_text

# CSS pixels. The smallest comes out at 7.8 points on paper, no smaller than the smallest table.
NAME_SIZES = (14, 13, 12, 11)

Fits = Callable[[float, float], bool]


@dataclass(frozen=True)
class Label:
    """Lines of text for a place. `named` is False when a reader needs the key to know the place."""

    lines: tuple[tuple[str, Lettering], ...]
    named: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return (
            max(widest([text], look.size, look.bold) for text, look in self.lines),
            block_height(look.size for _, look in self.lines),
        )

    def draw(self, x: float, y: float) -> str:
        """The label, centred on a point."""
        return text_block(list(self.lines), x, y)


def best_label(place: Place, shade: Shade, fits: Fits) -> Label | None:
    """The fullest label that fits."""
    plain = Lettering(NAME_SIZES[0], shade.ink, halo=shade.hatched)
    return next((label for label in _named(place, plain) if fits(*label.size)), None)


def number_label(number: int, shade: Shade) -> Label:
    """The number under which the key has a place."""
    look = Lettering(13, shade.ink, bold=True, halo=shade.hatched)
    return Label(((str(number), look),), named=False)


def _named(place: Place, plain: Lettering) -> Iterator[Label]:
    """Larger letters first, and at each size fewer lines first."""
    for size in NAME_SIZES:
        name = replace(plain, size=size)
        value = (cell_text(place.figure), replace(name, size=max(size, NAME_SIZES[-2]), bold=True))
        tried: set[tuple[str, ...]] = set()
        for limit in (200, 130, 100, 85, 70, 55, 40):
            lines = tuple(wrap(place.name, size, limit))
            if lines not in tried:
                tried.add(lines)
                yield Label((*((line, name) for line in lines), value), named=True)
