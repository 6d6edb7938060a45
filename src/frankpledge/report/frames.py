"""How large pictures are drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """How large a picture is drawn, in CSS pixels. Text is as large in the narrow one as in the wide."""

    width: int
    height: int
    narrow: bool


WIDE = Frame(680, 350, narrow=False)
# What is left of a 320 px page inside its margins.
NARROW = Frame(288, 340, narrow=True)
