"""What the partnership's own prose asks of the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frankpledge.assessment.blocks.comparisons import place_of
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.judge import judge_change
from frankpledge.findings.scatter import counts_of, learn_scatters, scatter_months
from frankpledge.findings.wording import Wording
from frankpledge.indicators.compute import Answer, area_names
from frankpledge.indicators.definition import Indicator, read_indicators
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Finding
from frankpledge.periods import Period


@dataclass(frozen=True)
class OfEnquiry:
    """An enquiry as `prose.asked.Asked` has it: every answer is what the document's audience may know."""

    enquiry: Enquiry

    @property
    def period(self) -> Period:
        """The period the document is about."""
        return self.enquiry.period

    @property
    def area(self) -> str:
        """The partnership's first area."""
        return self.enquiry.partnership.areas[0]

    @property
    def region_name(self) -> str:
        """What the areas are ranked within."""
        return self.enquiry.partnership.region_name

    @property
    def wording(self) -> Wording:
        """The catalogue of sentences."""
        return self.enquiry.wording

    @property
    def every_indicator(self) -> Mapping[str, Indicator]:
        """All that are defined, and not the document's own alone."""
        definitions = self.enquiry.workspace.definitions
        return self.enquiry.warehouse.once(("every indicator",), lambda: read_indicators(definitions))

    @property
    def areas_known(self) -> Mapping[str, str]:
        """The areas that are compared or ranked, and the region."""
        partnership = self.enquiry.partnership
        codes = tuple(dict.fromkeys((*partnership.compared, *partnership.region_members)))
        region = {partnership.region_code: partnership.region_name} if partnership.region_code else {}
        return area_names(self.enquiry.warehouse, codes) | region

    def estimate(self, slug: str, area: str, period: Period) -> Estimate:
        """An indicator's estimate for an area and a period."""
        return self._answer(self._referred(slug), area, period).of(area, period)

    def finding(self, slug: str, area: str, period: Period, against: Period) -> Finding:
        """The change of an indicator between two periods, judged as the document judges it."""
        enquiry, indicator = self.enquiry, self._referred(slug)
        if area in enquiry.partnership.areas and (period, against) == (enquiry.period, enquiry.before):
            return enquiry.change(indicator, area)
        answer = self._answer(indicator, area, period, against)
        current = answer.of(area, period)
        scatters = learn_scatters(
            lambda areas: enquiry.asked(counts_of(indicator), areas, scatter_months(period)),
            [enquiry.partnership.all_compared, (area,)],
            current,
            period,
        )
        return judge_change(current, answer.of(area, against), scatters.get(area))

    def rank(self, slug: str, area: str, period: Period, measure: Measure) -> Figure | None:
        """An area's place in its region; for the document's own period only, which its ranks are of."""
        indicator = self._referred(slug)
        return place_of(self.enquiry, indicator, area, measure) if period == self.period else None

    def _referred(self, slug: str) -> Indicator:
        """An indicator that a text names: what the document shows is kept with its definition."""
        return self.enquiry.referred.setdefault(slug, self.every_indicator[slug])

    def _answer(self, indicator: Indicator, area: str, *periods: Period) -> Answer:
        """From the series the document's own figures are read from, where it has them."""
        enquiry = self.enquiry
        compared = {*enquiry.partnership.compared, enquiry.partnership.region_code}
        if area in compared and {*periods} <= {enquiry.period, enquiry.before}:
            return enquiry.comparison(indicator)
        areas = enquiry.partnership.compared if area in compared else (area,)
        return enquiry.asked(indicator, areas, periods)
