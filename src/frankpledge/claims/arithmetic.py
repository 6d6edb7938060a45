"""Numbers between their bounds, and numbers in words for a report."""

from __future__ import annotations

from dataclasses import dataclass

# Beyond what a computer's numbers round by.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Between:
    """A number that lies somewhere from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def of(cls, *ends: float) -> Between:
        """From the least of some numbers to the greatest."""
        return cls(min(ends), max(ends))

    def meets(self, other: Between, slack: float = 0.0) -> bool:
        """Whether both may be the same number; `slack` is how far apart they may lie besides."""
        least = _ROUNDING * max(1.0, abs(self.low), abs(self.high)) + slack
        return self.low <= other.high + least and other.low <= self.high + least

    @property
    def middle(self) -> float:
        """Half way between."""
        return (self.low + self.high) / 2


def as_words(number: float, decimals: int | None = None) -> str:
    """A number as it is printed in a report: as many decimals as it takes, or as many as are asked for.

    >>> as_words(2240.0)
    '2,240'
    >>> as_words(-0.594)
    '−0.594'
    """
    text = f"{number:,.3f}".rstrip("0").rstrip(".") if decimals is None else f"{number:,.{decimals}f}"
    return text.replace("-", "−")
