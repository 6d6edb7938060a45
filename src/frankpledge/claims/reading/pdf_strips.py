"""Strips of a page from top to bottom: where something is printed, and nothing between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

# Points.
_NARROWEST_GUTTER = 3.0
# More columns than these are a drawing.
MOST_STRIPS = 40


class Placed(Protocol):
    """What has a place from left to right."""

    @property
    def left(self) -> float:
        """Where it begins."""

    @property
    def right(self) -> float:
        """Where it ends."""


@dataclass(frozen=True)
class Strip:
    """From where to where something is printed."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2


def strips_of(pieces: Iterable[Placed], gutter: float = _NARROWEST_GUTTER) -> list[Strip]:
    """The strips that pieces take, from left to right; those without a gutter between them are one."""
    strips: list[Strip] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if strips and piece.left - strips[-1].right < gutter:
            strips[-1] = Strip(strips[-1].left, max(strips[-1].right, piece.right))
        else:
            strips.append(Strip(piece.left, piece.right))
    return strips


def with_strips(some: Sequence[Strip], more: Sequence[Strip]) -> list[Strip]:
    """The strips that both take together; none where that is a drawing."""
    both = strips_of([*some, *more])
    return both if len(both) <= MOST_STRIPS else []


def overlap(one: Placed, other: Placed) -> float:
    """How far two share their place from left to right; negative by how far they are apart."""
    return min(one.right, other.right) - max(one.left, other.left)
