"""Pairs of records, each with the probability of being one person's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Two records, and the probability that they are of one person.

    Of one list, `left` is the record whose identifier sorts first.
    """

    left: str
    right: str
    probability: float


@dataclass(frozen=True)
class Linkage:
    """The pairs of records that may be of one person, and what they were found among.

    `prior` is the probability for any two records, before they are compared. `right_records` is None when one
    list was compared with itself. Pairs of less than one in a thousand are not kept.
    """

    pairs: tuple[Pair, ...]
    left_records: int
    right_records: int | None
    prior: float
