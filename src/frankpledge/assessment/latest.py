"""The newest there is of an indicator: its newest month, the twelve months to it, and how old that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.finding import Finding
from frankpledge.periods import days_in_month, parse_period, rolling_year


@dataclass(frozen=True)
class Latest:
    """The newest of an indicator in an area, up to the end of the document's period.

    Attributes
    ----------
    month
        The newest month held; None where it is not counted by months.
    finding
        The twelve months to it held against the twelve before; else this period against the one before.
    answer
        What the finding is read from.
    """

    indicator: Indicator
    month: Estimate | None
    finding: Finding
    answer: Answer

    @property
    def last(self) -> int:
        """Number of the last month told of."""
        return parse_period(self.finding.current.period).last

    def days_old(self, prepared: str) -> int:
        """Days from the end of the last month to the day the document is made."""
        year, month = divmod(self.last, 12)
        return (date.fromisoformat(prepared) - date(year, month + 1, days_in_month(self.last))).days


def latest_of(enquiry: Enquiry, indicator: Indicator) -> Latest | None:
    """The newest of an indicator in the first area the document is of; None where none is held."""
    area = enquiry.areas[0]
    held = [
        one
        for one in enquiry.newest_months(indicator).estimates
        if one.area_code == area and one.status is not Status.MISSING
    ]
    if not held:
        finding = enquiry.change(indicator, area)
        missing = finding.current.status is Status.MISSING
        return None if missing else Latest(indicator, None, finding, enquiry.comparison(indicator))
    month = parse_period(held[-1].period).last
    if rolling_year(month).months == enquiry.period.months:
        # The document's own twelve months, as its other blocks have them.
        finding = enquiry.change(indicator, area)
        if not finding.current.missing:
            return Latest(indicator, held[-1], finding, enquiry.comparison(indicator))
    return Latest(indicator, held[-1], enquiry.change_to(indicator, area, month), enquiry.year_to(indicator, month))


def all_latest(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Latest]:
    """The newest of each indicator of which any is held."""
    return [found for found in (latest_of(enquiry, one) for one in indicators) if found]
