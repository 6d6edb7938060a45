"""What a rule objects to in a document: the sentence, its place, the arithmetic, and what the slip may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frankpledge.claims.published import Place


class Kind(StrEnum):
    """Whether two things cannot both be so, or a reader should think again."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True)
class Objection:
    """One thing that does not add up.

    Attributes
    ----------
    rule
        Slug of the rule that objects.
    quote
        The sentence, or a table's row, as printed.
    place
        Where it stands.
    figures
        The numbers that do not fit, as printed, the likely wrong one first.
    arithmetic
        What was worked out, in a sentence.
    suggestion
        What the slip may be; empty where nothing fits.
    confidence
        From 0 to 1: how strictly the rule tells, set by judgement; what orders a report, and no measured rate.
    """

    kind: Kind
    rule: str
    quote: str
    place: Place
    figures: tuple[str, ...]
    arithmetic: str
    suggestion: str = ""
    confidence: float = 0.9


@dataclass(frozen=True)
class Tested:
    """Figures that a rule has compared, and its objection where they do not fit."""

    place: Place
    figures: tuple[str, ...]
    objection: Objection | None


def objected(objection: Objection) -> Tested:
    """What was tested and did not hold."""
    return Tested(objection.place, objection.figures, objection)
