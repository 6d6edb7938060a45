"""A finding: a comparison of estimates that has been judged. Sentences are written from these only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frankpledge.model.estimate import Estimate


class Verdict(StrEnum):
    """What may be said of a change."""

    ROSE = "rose"
    FELL = "fell"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to say"
    CANNOT_COMPARE = "cannot be compared"


@dataclass(frozen=True)
class Finding:
    """One area's change between two periods, judged.

    Attributes
    ----------
    current, against
        The two estimates compared.
    verdict
        What may be said.
    p_value
        Of the two-sided test by itself; None when it was not made.
    adjusted
        The same after control of false discoveries over its family, on which the verdict rests.
    family
        How many areas were judged together with it, itself included; nought when it was not tested.
    scatter
        How many times the chance variance was allowed for; None where it is not known.
    ratio, ratio_low, ratio_high
        Rate now divided by rate then, with its 95 % interval; None for a share, or when it was not tested.
    reason
        Why it cannot be compared, in a few words; empty otherwise.
    caveats
        What a reader must know beside it.
    """

    current: Estimate
    against: Estimate
    verdict: Verdict
    p_value: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    adjusted: float | None = None
    family: int = 0
    scatter: float | None = None
    reason: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def difference(self) -> int | None:
        """Count now less count then."""
        if self.current.numerator is None or self.against.numerator is None:
            return None
        return self.current.numerator - self.against.numerator

    @property
    def rate_difference(self) -> float | None:
        """Rate now less rate then."""
        if self.current.value is None or self.against.value is None:
            return None
        return self.current.value - self.against.value

    @property
    def percent(self) -> float | None:
        """Change of the count, per cent of the earlier count; None from nothing."""
        if self.difference is None or not self.against.numerator:
            return None
        return 100 * self.difference / self.against.numerator
