"""Who lives in the area: the figures that every other is set against."""

from __future__ import annotations

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.figures import of_estimate
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Against
from frankpledge.model.document import Block, Cell, Column, Heading, Table
from frankpledge.model.figure import Measure


def area_profile(enquiry: Enquiry) -> list[Block]:
    """One row a measure of the partnership's own areas; what is not held is left out, and listed at the end."""
    answers = [enquiry.profile(indicator) for indicator in enquiry.profiled.values()]
    held = [answer for answer in answers if any(not one.missing for one in answer.estimates)]
    if not held:
        return []
    names = [one.area_name for one in held[0].estimates]
    used = sorted({series_words(one.series) for answer in held for one in answer.estimates if one.series})
    return [
        Heading(1, "The area"),
        Table(
            slug="area-profile",
            title=f"Who lives here, {enquiry.period.words()}",
            columns=(Column("Measure"), *(Column(name, True) for name in names)),
            rows=tuple(_row(answer) for answer in held),
            source="; ".join(used) + ".",
        ),
    ]


def _row(answer: Answer) -> tuple[Cell, ...]:
    indicator = answer.indicator
    alone = indicator.denominator.against is Against.NOTHING and not indicator.unit
    title = indicator.title if alone else f"{indicator.title} ({indicator.per})"
    measure = Measure.COUNT if alone else Measure.RATE
    return (title, *("not held" if one.missing else of_estimate(one, measure) for one in answer.estimates))
