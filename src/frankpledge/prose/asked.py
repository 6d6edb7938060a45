"""What prose asks of the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from frankpledge.findings.wording import Wording
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Finding
from frankpledge.periods import Period


class Asked(Protocol):
    """An enquiry, as far as prose needs it: answers are what the document's audience may know.

    The same is asked again and again, so answers are to be kept.
    """

    @property
    def period(self) -> Period:
        """The period the document is about."""

    @property
    def area(self) -> str:
        """The code of the area that is meant where none is named."""

    @property
    def region_name(self) -> str:
        """What the areas are ranked within, by its name; empty where there is none."""

    @property
    def wording(self) -> Wording:
        """The catalogue of sentences."""

    @property
    def every_indicator(self) -> Mapping[str, Indicator]:
        """Slug → indicator, of all that may be referred to."""

    @property
    def areas_known(self) -> Mapping[str, str]:
        """Code → name, of all areas that may be referred to."""

    def estimate(self, slug: str, area: str, period: Period) -> Estimate:
        """An indicator's estimate for an area and a period."""

    def finding(self, slug: str, area: str, period: Period, against: Period) -> Finding:
        """The change of an indicator between two periods, judged."""

    def rank(self, slug: str, area: str, period: Period, measure: Measure) -> Figure | None:
        """An area's place in its region, lowest rate first, or an end of its range; None where it has none.

        All that were ranked stand behind the figure.
        """
