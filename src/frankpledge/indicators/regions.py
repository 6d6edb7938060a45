"""A region as the sum of its complete authorities, and of what lies in the region but in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.indicators.counts import Counts
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.people import People
from frankpledge.indicators.published import Value
from frankpledge.indicators.values import with_rate, with_value
from frankpledge.model.estimate import MISSING, Estimate
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period


def region_estimate(
    indicator: Indicator,
    region: Partnership,
    members: Sequence[Estimate],
    counts: Counts | None,
    people: People | None,
    period: Period,
) -> Estimate:
    """The region's own estimate; one that only some authorities make up says how many.

    What may not be added up (a share of people asked, a score, people counted once a quarter) is read as
    published for the region itself, or is missing.
    """
    name = region.region_name
    if counts is not None and (indicator.unit or not indicator.additive):
        empty = replace(
            members[0], area_code=region.region_code, area_name=name, numerator=None, denominator=None, value=None,
            low=None, high=None, population=None,
        )  # fmt: skip
        why = counts.why_missing(region.region_code, period)
        if why or indicator.published == ():
            return replace(empty, method=MISSING + (why or "it may not be added up"))
        return with_value(empty, indicator, counts.of(region.region_code, period), None, people, period.year)
    complete = [one for one in members if one.numerator is not None]
    if not complete or counts is None:
        return replace(members[0], area_code=region.region_code, area_name=name)
    whole = len(complete) == len(members)
    if not whole:
        name = f"{name} ({len(complete)} of {len(members)} areas)"
    number = sum(one.numerator or 0 for one in complete) + counts.beyond(region.region_code, period)
    total = replace(
        complete[0], area_code=region.region_code, area_name=name, numerator=number, denominator=None, value=None,
        low=None, high=None, method="", population=None,
    )  # fmt: skip
    summed = Value(number, number, number, total.status)
    denominators = sum(one.denominator or 0 for one in complete)
    if indicator.denominator.against is not Against.PEOPLE:
        of = Value(denominators, denominators, denominators, total.status)
        return with_value(total, indicator, summed, of, people, period.year)
    found = people.of(region.region_code, period.year) if people and whole else None
    if found is None and all(one.denominator for one in complete):
        made = with_rate(total, indicator, summed, (denominators, period.year), people)
        return replace(made, population=complete[0].population)
    return with_rate(total, indicator, summed, found, people)
