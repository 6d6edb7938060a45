"""What is counted of linked records, each number with what is not known of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Uncertain:
    """A number that is not known exactly: what is expected, and the range it may lie in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Overlap:
    """The persons in both of two lists.

    `at_half` and `at_95` are the links a reader would count who took each pair of that probability or more for
    one person. By code, they do not differ, and the range of `persons` is from the records without a code.
    """

    left_records: int
    right_records: int
    left_persons: int
    right_persons: int
    persons: Uncertain
    at_half: int
    at_95: int
    method: str


@dataclass(frozen=True)
class Repeats:
    """The persons whom one list holds twice or more.

    `share` is of the records: those that are not their person's first. `at_half` and `at_95` are the persons
    seen twice or more when pairs of that probability or more are taken for one person.
    """

    records: int
    without_code: int
    persons: Uncertain
    repeated: Uncertain
    share: Uncertain
    at_half: int
    at_95: int
    method: str
