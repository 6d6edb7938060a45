"""A region as the sum of its complete authorities, and of what lies in the region but in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.indicators.counts import COUNTED, Counts
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.people import People
from frankpledge.indicators.published import Value, total
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

    What somebody published for the region itself is read as published: it is less rounded than a sum, and of
    a share of people asked, or of people counted once a quarter, no sum can be made.
    """
    code, against = region.region_code, indicator.denominator.against
    empty = replace(
        members[0], area_code=code, area_name=region.region_name, numerator=None, denominator=None, value=None,
        low=None, high=None, population=None, share=False,
    )  # fmt: skip
    if counts is None:
        return empty
    if indicator.published and not counts.why_missing(code, period):
        whole = counts.whole(code, period) if against in COUNTED else None
        return with_value(empty, indicator, counts.of(code, period), whole, people, period.year)
    if indicator.unit or not indicator.additive:
        why = counts.why_missing(code, period) if indicator.published else "it may not be added up"
        return empty.but(method=MISSING + why)
    complete = _complete(indicator, members)
    if not complete:
        return empty.but(method=members[0].method)
    if len(complete) < len(members):
        empty = empty.but(area_name=f"{region.region_name} ({len(complete)} of {len(members)} areas)")
    parts = [counts.of(one.area_code, period) for one in complete]
    count = _and(total(parts), counts.beyond(code, period))
    if against is Against.PEOPLE:
        return _rate(empty, indicator, count, complete, people, len(complete) == len(members), period.year)
    whole = total([counts.whole(one.area_code, period) for one in complete]) if against in COUNTED else None
    return with_value(
        empty, indicator, count, whole and _and(whole, counts.whole_beyond(code, period)), people, period.year
    )


def _complete(indicator: Indicator, members: Sequence[Estimate]) -> list[Estimate]:
    """Those with a count; where it is set against another, those with both: a share is of what it is counted in."""
    counted = [one for one in members if one.numerator is not None]
    if indicator.denominator.against in COUNTED:
        return [one for one in counted if one.denominator is not None]
    return counted


def _and(value: Value, beyond: int) -> Value:
    """A count with what is counted beyond the authorities."""
    number, low, high = (None if one is None else one + beyond for one in (value.number, value.low, value.high))
    return replace(value, number=number, low=low, high=high)


def _rate(
    empty: Estimate,
    indicator: Indicator,
    count: Value,
    complete: Sequence[Estimate],
    people: People | None,
    all_of_them: bool,
    year: int,
) -> Estimate:
    """Per the region's own people, else per those of its complete authorities."""
    assert count.number is not None, "complete authorities have counts"
    counted = empty.but(numerator=round(count.number), status=count.status)
    found = people.of(counted.area_code, year) if people and all_of_them else None
    if found is None and all(one.denominator for one in complete):
        made = with_rate(counted, indicator, count, (sum(one.denominator or 0 for one in complete), year), people)
        return made.but(population=complete[0].population)
    return with_rate(counted, indicator, count, found, people)
