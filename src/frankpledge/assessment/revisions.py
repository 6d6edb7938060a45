"""Which counts that were printed before a day read otherwise now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.assessment.editions import KeptEdition, compare_editions, kept, read_editions
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure.gate import OPEN
from frankpledge.findings.figures import of_estimate
from frankpledge.indicators.compute import area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.periods import Period, parse_period


@dataclass(frozen=True)
class RevisedCount:
    """A count that an earlier edition had otherwise: as it was, and as it is now."""

    indicator: Indicator
    then: float
    now: Estimate


def edition_before(enquiry: Enquiry, day: str, indicators: Sequence[Indicator]) -> KeptEdition | None:
    """The newest edition made before a day, ISO 8601, that printed a count of any of these indicators and areas.

    A document about something else has nothing to set beside this one, and would say that nothing was revised.
    """
    slugs = {one.slug for one in indicators}
    names = set(area_names(enquiry.warehouse, enquiry.areas).values())
    found = [
        one
        for one in read_editions(enquiry.workspace.editions)
        if one.prepared < day
        and any(figure.indicator in slugs and figure.area_name in names for figure in one.figures.values())
    ]
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
