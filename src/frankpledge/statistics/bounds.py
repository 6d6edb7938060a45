"""Arithmetic with figures that are rounded or withheld: what is known is a range, and stays one.

A "5" of the NHS stands for anything from 1 to 7, a "40" for 38 to 42. Their sum is not 45 but 39 to 49.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Bounds:
    """The least and the most a figure may be, both possible."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"The least ({self.low}) cannot be above the most ({self.high}).")

    @property
    def exact(self) -> bool:
        """True when there is only one number it can be."""
        return self.low == self.high

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.low - other.high, self.high - other.low)

    def per(self, exposure: float, multiplier: float = 1000) -> "Bounds":
        """The rate in an exposure that is known.

        Raises
        ------
        ValueError
            If the exposure is not above zero.
        """
        if not exposure > 0:
            raise ValueError(f"A rate needs an exposure above zero, not {exposure}.")
        return Bounds(self.low * multiplier / exposure, self.high * multiplier / exposure)

    def overlaps(self, other: "Bounds") -> bool:
        """True when both may be the same number: then nothing is known to have changed."""
        return self.low <= other.high and other.low <= self.high


def exactly(count: float) -> Bounds:
    """A figure that is neither rounded nor withheld."""
    return Bounds(count, count)


def rounded(shown: int, base: int) -> Bounds:
    """A count shown to the nearest multiple of a base.

    Parameters
    ----------
    shown
        As published, a multiple of the base.
    base
        One or more. Of an even base the half goes either way, so both are possible.

    Raises
    ------
    ValueError
        If it is negative or no multiple of the base.
    """
    if base < 1 or shown < 0 or shown % base:
        raise ValueError(f"{shown} is not a count rounded to the nearest {base}.")
    half = base // 2
    return Bounds(max(0, shown - half), shown + half)


def rounded_by_nhs(shown: int) -> Bounds:
    """A count as NHS Digital shows it: 1 to 7 as 5, others to the nearest 5.

    Raises
    ------
    ValueError
        If it is negative or no multiple of five.

    Notes
    -----
    The rule that NHS Digital states beside its figures of female genital mutilation (5 March 2018).
    """
    if shown == 0:
        return exactly(0)
    return Bounds(1, 7) if shown == 5 else rounded(shown, 5)


def withheld(below: int, least: int = 1) -> Bounds:
    """A count that is not shown because it is below a threshold; a nought, where noughts are shown, it is not."""
    return Bounds(least, below - 1)


def unknown() -> Bounds:
    """A count of which nothing is known."""
    return Bounds(0, inf)


def total(parts: Iterable[Bounds], additive: bool = True) -> Bounds:
    """The whole of several parts.

    Parameters
    ----------
    parts
        Figures of parts that do not overlap: months, wards.
    additive
        Whether they may be summed. Newly recorded cases may; distinct people in each quarter may not, for one person
        may be in all four: there are at least as many as in the largest part, and at most as many as in all.

    Raises
    ------
    ValueError
        If there are no parts.
    """
    listed = list(parts)
    if not listed:
        raise ValueError("There are no parts to take together.")
    low = (sum if additive else max)(part.low for part in listed)
    return Bounds(low, sum(part.high for part in listed))


def share(part: Bounds, whole: Bounds) -> Bounds | None:
    """The part's share of a whole that it belongs to, between 0 and 1; None where the whole may be nought.

    Raises
    ------
    ValueError
        If the part cannot lie within the whole, whatever both are.
    """
    if part.low > whole.high:
        raise ValueError(f"A part of at least {part.low:g} cannot lie within a whole of at most {whole.high:g}.")
    if whole.low <= 0:
        return None
    return Bounds(part.low / whole.high, min(1.0, part.high / whole.low))


def difference_in_per_cent(before: Bounds, after: Bounds) -> Bounds | None:
    """Change in per cent of the figure before; None where that may be nought."""
    if before.low <= 0:
        return None
    return Bounds(100 * (after.low / before.high - 1), 100 * (after.high / before.low - 1))
