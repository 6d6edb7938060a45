"""Which counts that were printed before a day read otherwise now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.assessment.editions import KeptEdition, compare_editions, kept, read_editions
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure.gate import OPEN
from frankpledge.findings.figures import of_estimate
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.periods import Period, parse_period
from frankpledge.workspace import Workspace


@dataclass(frozen=True)
class RevisedCount:
    """A count that an earlier edition had otherwise: as it was, and as it is now."""

    indicator: Indicator
    then: float
    now: Estimate


def edition_before(workspace: Workspace, day: str) -> KeptEdition | None:
    """The newest edition of any document that was made before a day, ISO 8601; None where there is none."""
    found = [one for one in read_editions(workspace.editions) if one.prepared < day]
    return found[-1] if found else None


def revisions_since(enquiry: Enquiry, earlier: KeptEdition, indicators: Sequence[Indicator]) -> list[RevisedCount]:
    """Counts of an earlier edition, of the areas this document is of, that read otherwise now.

    Partners' records are left out, for the earlier edition may have been for other readers.
    """
    now = {
        of_estimate(one, Measure.COUNT): (indicator, one)
        for indicator in indicators
        for one in enquiry.areas_at(indicator, _periods_of(earlier, indicator)).estimates
        if one.policy == OPEN and not one.missing
    }
    by_identifier = {figure.identifier: of for figure, of in now.items()}
    revised = compare_editions(earlier.figures, kept(now)).revised
    return [
        RevisedCount(by_identifier[one.later.identifier][0], one.earlier.value, by_identifier[one.later.identifier][1])
        for one in revised
        if one.earlier.value is not None
    ]


def _periods_of(earlier: KeptEdition, indicator: Indicator) -> tuple[Period, ...]:
    """The periods for which an edition printed a count of an indicator."""
    printed = {
        one.period
        for one in earlier.figures.values()
        if one.indicator == indicator.slug and one.measure == Measure.COUNT and not one.against
    }
    return tuple(sorted(parse_period(one) for one in printed))
