"""From a count and what it is set against to a rate, a share, a ratio or a value as published, with its interval."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.people import People
from frankpledge.indicators.published import Value
from frankpledge.model.estimate import MISSING, Estimate, Status
from frankpledge.statistics.rates import proportion_interval, rate_interval


def with_value(
    empty: Estimate, indicator: Indicator, count: Value, whole: Value | None, people: People | None, year: int
) -> Estimate:
    """An estimate with its count, its value and the interval of both chance and rounding.

    Parameters
    ----------
    empty
        The estimate, its area, period and series filled in.
    whole
        What the count is a share of, or its target.
    people
        The population a rate is per.
    year
        The year whose population serves.
    """
    if indicator.unit:
        return _as_published(empty, indicator, count)
    if count.number is None:
        return _withheld(empty, indicator, count)
    if count.number < 0:
        return empty.but(method=f"{MISSING}fewer were counted than are to be taken away: the two do not fit")
    estimate = empty.but(status=count.status, numerator=round(count.number))
    if count.low is not None and count.high is not None and count.low < count.high:
        estimate = estimate.but(least=round(count.low), most=round(count.high))
    against = indicator.denominator.against
    if against is Against.PEOPLE:
        found = people.of(estimate.area_code, year) if people else None
        return with_rate(estimate, indicator, count, found, people)
    if against is Against.NOTHING:
        return _alone(estimate, count)
    assert whole is not None, "a share or a ratio is of something"
    return _of_whole(estimate, indicator, count, whole)


def with_rate(
    estimate: Estimate, indicator: Indicator, count: Value, found: tuple[int, int] | None, people: People | None
) -> Estimate:
    """A count set against people; `found` is their number and the year it is of."""
    if found is None or people is None or not found[0]:
        return estimate.but(method=f"count only: the number of {indicator.denominator.words} is not held")
    number, year = found
    assert count.number is not None, "a rate is of a count"
    rate = rate_interval(round(count.number), number, per=indicator.multiplier)
    least, most = (
        rate if one in (None, count.number) else rate_interval(round(one), number, per=indicator.multiplier)
        for one in (count.low, count.high)
    )
    return estimate.but(
        denominator=number,
        value=rate.value,
        low=least.low,
        high=most.high,
        method=rate.method + _rounding(count),
        population=replace(people.series, release=f"{people.series.release}, mid-{year}"),
    )


def _withheld(estimate: Estimate, indicator: Indicator, count: Value) -> Estimate:
    """No number, and the range it lies in where that is known; a range of counts is no range of rates."""
    estimate = estimate.but(status=count.status)
    if count.status is Status.MISSING:
        return estimate.but(method=f"{MISSING}the publisher leaves it empty")
    if count.low is None or count.high is None:
        return estimate.but(method=f"{MISSING}withheld by the publisher")
    method = f"{MISSING}withheld by the publisher, between {count.low:,.0f} and {count.high:,.0f}"
    if indicator.denominator.against is not Against.NOTHING:
        return estimate.but(method=method)
    return estimate.but(low=count.low, high=count.high, method=method)


def _as_published(estimate: Estimate, indicator: Indicator, count: Value) -> Estimate:
    if count.number is None:
        return _withheld(estimate, indicator, replace(count, low=None, high=None))
    sample = f", {count.sample:,} asked" if count.sample else ""
    value, low, high = (
        None if one is None else indicator.multiplier * one for one in (count.number, count.low, count.high)
    )
    return estimate.but(value=value, low=low, high=high, method=f"as published{sample}", status=count.status)


def _alone(estimate: Estimate, count: Value) -> Estimate:
    if count.low == count.high:
        return estimate.but(method="count")
    return estimate.but(value=count.number, low=count.low, high=count.high, method="count" + _rounding(count))


def _of_whole(estimate: Estimate, indicator: Indicator, count: Value, whole: Value) -> Estimate:
    words = indicator.denominator.words
    if whole.number is None:
        return estimate.but(method=f"count only: the number of {words} was withheld")
    if not whole.number:
        return estimate.but(denominator=0, method=f"count only: there were no {words}")
    assert count.number is not None, "a share is of a count"
    part, of = round(count.number), round(whole.number)
    if indicator.denominator.against is Against.TARGET:
        return estimate.but(denominator=of, value=indicator.multiplier * part / of, method="ratio")
    if part > of:
        return estimate.but(
            denominator=of, method=f"count only: more were counted than there are {words}: the two do not fit"
        )
    share = proportion_interval(part, of)
    least, most = _extremes(count, whole)
    value, low, high = (indicator.multiplier * one for one in (share.value, least, most))
    method = share.method + (_rounding(count) or _rounding(whole))
    return estimate.but(denominator=of, value=value, low=low, high=high, method=method, share=True)


def _extremes(count: Value, whole: Value) -> tuple[float, float]:
    """The ends of a share's interval, chance and rounding both: the fewest of the most, the most of the fewest."""
    assert count.number is not None and whole.number is not None
    fewest, most = round(_or(count.low, count.number)), round(_or(count.high, count.number))
    least_of, most_of = round(_or(whole.low, whole.number)), round(_or(whole.high, whole.number))
    low = proportion_interval(min(fewest, most_of), most_of).low
    return low, proportion_interval(min(most, least_of), least_of).high if least_of else 1.0


def _rounding(count: Value) -> str:
    return ", of a rounded count" if count.status is Status.ROUNDED else ""


def _or(one: float | None, other: float) -> float:
    return other if one is None else one
