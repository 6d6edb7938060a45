"""A figure: a number placed in a document, which can be asked where it came from.

Its identifier is a hash of what it stands for (indicator, area, period, comparison, measure), not of
where it stands, so it does not move when a paragraph is added.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from frankpledge.model.estimate import Estimate, Status

# Crockford's base 32: no I, L, O or U, so that an identifier read aloud or copied by hand survives.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret
_LENGTH = 8
SHORTEST = 4

MISSING_TEXT = "not available"
SUPPRESSED_TEXT = "[c]"


class Measure(StrEnum):
    """What a figure says about its estimates."""

    COUNT = "count"
    RATE = "rate"
    LOW = "low"
    HIGH = "high"
    POPULATION = "population"
    COUNT_CHANGE = "count-change"
    RATE_CHANGE = "rate-change"
    PERCENT_CHANGE = "percent-change"
    RANK = "rank"
    RANK_LOW = "rank-low"
    RANK_HIGH = "rank-high"
    SHRUNK = "shrunk"
    SHRUNK_LOW = "shrunk-low"
    SHRUNK_HIGH = "shrunk-high"
    MEAN = "mean"
    SUM_OF_PARTS = "sum-of-parts"
    REST = "rest"
    DIFFERENCE = "difference"
    TARGET = "target"
    PRINTED_COUNT = "printed-count"
    PRINTED_RATE = "printed-rate"
    PRINTED_CHANGE = "printed-change"
    SHARE = "share"
    SHARE_LOW = "share-low"
    SHARE_HIGH = "share-high"
    LEAST = "least"
    MOST = "most"
    RATIO = "ratio"
    RATIO_LOW = "ratio-low"
    RATIO_HIGH = "ratio-high"
    RATIO_LEAST = "ratio-least"
    RATIO_MOST = "ratio-most"
    AMOUNT = "amount"
    AMOUNT_LOW = "amount-low"
    AMOUNT_HIGH = "amount-high"
    COUNT_LOW = "count-low"
    COUNT_HIGH = "count-high"
    EXPECTED = "expected"
    EXPECTED_LOW = "expected-low"
    EXPECTED_HIGH = "expected-high"
    CENTRE = "centre"
    LIMIT_LOW = "limit-low"
    LIMIT_HIGH = "limit-high"
    POINTS_LOW = "points-low"
    POINTS_HIGH = "points-high"
    P_VALUE = "p-value"
    SCORE = "score"
    SCORE_PART = "score-part"


_DECIMALS = {
    Measure.RATE: 2,
    Measure.LOW: 2,
    Measure.HIGH: 2,
    Measure.RATE_CHANGE: 2,
    Measure.PERCENT_CHANGE: 1,
    Measure.SHRUNK: 2,
    Measure.SHRUNK_LOW: 2,
    Measure.SHRUNK_HIGH: 2,
    Measure.MEAN: 1,
    Measure.TARGET: 2,
    Measure.PRINTED_RATE: 2,
    Measure.PRINTED_CHANGE: 2,
    Measure.SHARE: 1,
    Measure.SHARE_LOW: 1,
    Measure.SHARE_HIGH: 1,
    Measure.LEAST: 1,
    Measure.MOST: 1,
    Measure.RATIO: 2,
    Measure.RATIO_LOW: 2,
    Measure.RATIO_HIGH: 2,
    Measure.RATIO_LEAST: 2,
    Measure.RATIO_MOST: 2,
    Measure.CENTRE: 1,
    Measure.LIMIT_LOW: 1,
    Measure.LIMIT_HIGH: 1,
    Measure.POINTS_LOW: 2,
    Measure.POINTS_HIGH: 2,
    Measure.P_VALUE: 3,
}
_PER_CENT = {
    Measure.PERCENT_CHANGE,
    Measure.SHARE,
    Measure.SHARE_LOW,
    Measure.SHARE_HIGH,
    Measure.LEAST,
    Measure.MOST,
}
_SIGNED = {
    Measure.COUNT_CHANGE,
    Measure.RATE_CHANGE,
    Measure.PERCENT_CHANGE,
    Measure.DIFFERENCE,
    Measure.PRINTED_CHANGE,
    Measure.POINTS_LOW,
    Measure.POINTS_HIGH,
}
_ORDINAL = {Measure.RANK, Measure.RANK_LOW, Measure.RANK_HIGH}


@dataclass(frozen=True)
class Figure:
    """A number in a document.

    Attributes
    ----------
    indicator, area_code, period
        What it is of.
    against
        The period, area or release it is compared with; empty when it stands alone.
    measure
        Which number of them.
    value
        Unrounded; None when missing or withheld.
    status
        Of the weakest estimate behind it.
    behind
        The estimates it was made from.
    unsigned
        Write a change without its sign, for a sentence that says "fell by 40".
    part
        Which of what the indicator counts; empty for all of it. See `Estimate`.
    """

    indicator: str
    area_code: str
    period: str
    against: str
    measure: Measure
    value: float | None
    status: Status
    behind: tuple[Estimate, ...] = ()
    unsigned: bool = False
    part: str = ""

    @cached_property
    def identifier(self) -> str:
        """The whole identifier; any beginning of it that is unique in an edition finds it."""
        of = (self.indicator, self.area_code, self.period, self.against, self.measure.value)
        key = "|".join((*of, self.part) if self.part else of)
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5])
        letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
        return f"F-{letters}"

    @property
    def text(self) -> str:
        """The number as it is printed."""
        if self.status is Status.SUPPRESSED:
            return SUPPRESSED_TEXT
        if self.value is None:
            return MISSING_TEXT
        return _written(self.value, self.measure, self.unsigned)

    @property
    def signed(self) -> Figure:
        """The same figure, a change with its sign: as it stands where no verb says which way."""
        return replace(self, unsigned=False)

    @property
    def policies(self) -> frozenset[str]:
        """The disclosure policies of everything behind it."""
        return frozenset(estimate.policy for estimate in self.behind)


def _written(value: float, measure: Measure, unsigned: bool) -> str:
    if measure in _ORDINAL:
        return ordinal(round(value))
    shown = abs(value) if unsigned else value
    sign = "+" if measure in _SIGNED and not unsigned else ""
    text = f"{shown:{sign},.{_DECIMALS.get(measure, 0)}f}"
    # A change that rounds to nothing has no direction to show, and "-0.00" would claim one.
    if not text.strip("+-0.,"):
        text = text.lstrip("+-")
    return text.replace("-", "−") + ("%" if measure in _PER_CENT else "")


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def shortest_identifiers(figures: tuple[Figure, ...]) -> dict[str, str]:
    """Whole identifier → the shortest beginning (four letters or more) that is unique among `figures`."""
    whole = sorted({figure.identifier for figure in figures})
    short: dict[str, str] = {}
    for index, identifier in enumerate(whole):
        neighbours = whole[max(0, index - 1) : index] + whole[index + 1 : index + 2]
        shared = max((_shared(identifier, other) for other in neighbours), default=0)
        short[identifier] = identifier[: max(len("F-") + SHORTEST, shared + 1)]
    return short


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
