"""The course of an area's months: whether it has changed, its season, its levels, and where the year will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.geography import kind_of
from frankpledge.indicators.compute import Answer, compute
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.periods import days_in_month, one_month, parse_period
from frankpledge.sources.registry import all_sources
from frankpledge.statistics.breaks import change_points
from frankpledge.statistics.charts import ControlChart, rate_chart
from frankpledge.statistics.forecast import YearEnd, year_end
from frankpledge.statistics.readings import Better, Variation, variation
from frankpledge.statistics.season import LEAST_YEARS, MONTHS, Season, find_season
from frankpledge.warehouse.connection import Warehouse

YEARS = 10
# Below so many a month, on average, the limits of a chart of counts say little.
FEWEST = 5
CHART_MONTHS = 36


@dataclass(frozen=True)
class Course:
    """What an area's months show. Whatever cannot be told is None.

    Attributes
    ----------
    months
        The last months without a gap, the earliest first: month number and count.
    chart, chart_first
        Of the last three years at most, a rate a day, made anew at declared breaks; and the month it begins.
    variation
        What the latest month says of the process.
    season
        Of the months since the last declared break.
    levels
        First month of each new level that was found; declared breaks may be among them.
    declared
        First month after each declared break.
    year_end
        Where the calendar year of the last month will end, where it has not.
    """

    area_code: str
    months: tuple[tuple[int, int], ...]
    chart: ControlChart | None
    chart_first: int | None
    variation: Variation | None
    season: Season | None
    levels: tuple[int, ...]
    declared: tuple[int, ...]
    year_end: YearEnd | None


def months_of(warehouse: Warehouse, indicator: Indicator, area_code: str, last: int, pinned: dict[str, str]) -> Answer:
    """Every month of the ten years that end with one, in one series."""
    periods = [one_month(last - back) for back in reversed(range(MONTHS * YEARS))]
    return compute(warehouse, indicator, kind_of(area_code), [area_code], periods, pinned=pinned)


def follow(months: Answer, area_code: str) -> Course:
    """Read the course of an area's months.

    Parameters
    ----------
    months
        As `months_of` gives them, and treated for whoever is to read it.
    area_code
        The area.

    Returns
    -------
    Course
        Of the months after the last one that is missing: nothing is filled in.
    """
    run = _unbroken([one for one in months.estimates if one.area_code == area_code])
    numbers = [parse_period(one.period).first for one in run]
    counts = [one.numerator or 0 for one in run]
    days = [days_in_month(number) for number in numbers]
    declared = [number for number in _declared(run) if numbers and numbers[0] < number <= numbers[-1]]
    since = numbers.index(declared[-1]) if declared else 0
    chart, first = _chart(numbers, counts, days, declared)
    return Course(
        area_code=area_code,
        months=tuple(zip(numbers, counts, strict=True)),
        chart=chart,
        chart_first=first,
        variation=variation(chart, Better(months.indicator.polarity)) if chart else None,
        season=_season(counts[since:], days[since:]),
        levels=tuple(numbers[place] for place in change_points(counts, days)),
        declared=tuple(declared),
        year_end=_year_end(numbers, counts),
    )


def _unbroken(estimates: Sequence[Estimate]) -> list[Estimate]:
    gaps = [place for place, one in enumerate(estimates) if one.numerator is None and place < _last_held(estimates)]
    return [one for one in estimates[gaps[-1] + 1 if gaps else 0 :] if one.numerator is not None]


def _last_held(estimates: Sequence[Estimate]) -> int:
    return max((place for place, one in enumerate(estimates) if one.numerator is not None), default=-1)


def _declared(run: Sequence[Estimate]) -> list[int]:
    """First month after each break that the series' source declares for this area."""
    datasets = {one.series.dataset for one in run if one.series}
    return sorted(
        {
            one.month
            for registered in all_sources().values()
            if registered.source.dataset in datasets
            for one in registered.source.breaks
            if not one.areas or run[0].area_code in one.areas
        }
    )


def _chart(
    numbers: Sequence[int], counts: Sequence[int], days: Sequence[int], declared: Sequence[int]
) -> tuple[ControlChart | None, int | None]:
    start = max(0, len(numbers) - CHART_MONTHS)
    shown, seen = list(numbers[start:]), list(counts[start:])
    # A break that leaves a single month on a side leaves nothing to make limits of.
    at = [shown.index(one) for one in declared if one in shown and 2 <= shown.index(one) <= len(shown) - 2]
    if len(shown) < MONTHS or sum(seen) < FEWEST * len(seen):
        return None, None
    return rate_chart(seen, list(days[start:]), rebased_at=at), shown[0]


def _season(counts: Sequence[int], days: Sequence[int]) -> Season | None:
    whole = len(counts) // MONTHS * MONTHS
    if whole < LEAST_YEARS * MONTHS or sum(counts) < FEWEST * len(counts):
        return None
    return find_season(counts[-whole:], days[-whole:])


def _year_end(numbers: Sequence[int], counts: Sequence[int]) -> YearEnd | None:
    if not numbers or numbers[-1] % MONTHS == MONTHS - 1:
        return None
    so_far = numbers[-1] % MONTHS + 1
    if so_far > len(counts):
        return None
    whole = counts[:-so_far]
    earlier = [whole[end - MONTHS : end] for end in range(len(whole), MONTHS - 1, -MONTHS)][:3]
    return year_end(counts[-so_far:], earlier)
