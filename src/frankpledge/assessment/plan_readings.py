"""The plan's measures and outputs as a document may tell them: each read once for each of the partnership's areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.indicators.compute import area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.plan.asking import read_measure
from frankpledge.plan.measuring import MeasureReading
from frankpledge.plan.plan import PlanMeasure


@dataclass(frozen=True)
class Told:
    """A measure of one of the partnership's areas, read."""

    measure: PlanMeasure
    indicator: Indicator | None
    area_name: str
    reading: MeasureReading


def tell_measures(enquiry: Enquiry, measures: Iterable[PlanMeasure]) -> list[Told]:
    """Each measure for each own area, in that order."""
    names = area_names(enquiry.warehouse, enquiry.partnership.areas)
    told = []
    for measure in measures:
        indicator = enquiry.planned.get(measure.indicator)
        for area in enquiry.partnership.areas:
            read = read_measure(measure, indicator, area, enquiry.period, enquiry.asked, enquiry.partnership)
            told.append(Told(measure, indicator, names.get(area, area), read))
    return told


def sources_of(enquiry: Enquiry, told: Iterable[Told]) -> str:
    """The series that measures were read from, for the line below a table."""
    estimates = [one for each in told for one in (each.reading.current, each.reading.against) if one]
    used = sorted({series_words(one.series) for one in estimates if one.series and not one.missing})
    return f"{'; '.join(used)}." if used else plan_source(enquiry)


def plan_source(enquiry: Enquiry) -> str:
    """The plan itself, for the line below a table."""
    assert enquiry.plan is not None
    (words,) = enquiry.wording.sentence("plan", "source", title=enquiry.plan.title, version=enquiry.plan.version)
    assert isinstance(words, str)
    return words


def day_of(enquiry: Enquiry) -> date:
    """The day a document tells of the plan: that on which it is made."""
    return date.fromisoformat(enquiry.prepared)
