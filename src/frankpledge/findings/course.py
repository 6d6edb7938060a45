"""The course of an area's months: whether it has changed, its season, its levels, and where the year will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.findings.judge import breaks_of
from frankpledge.geography import kind_of
from frankpledge.indicators.compute import Answer, compute
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.periods import days_in_month, one_month, parse_period
from frankpledge.statistics.breaks import change_points
from frankpledge.statistics.charts import ControlChart, rate_chart
from frankpledge.statistics.dispersion import monthly_excess
from frankpledge.statistics.forecast import YearEnd, year_end
from frankpledge.statistics.months import MONTHS
from frankpledge.statistics.readings import Better, Variation, variation
from frankpledge.statistics.season import LEAST_YEARS, Season, find_season
from frankpledge.warehouse.connection import Warehouse

YEARS = 10
# Below so many a month, on average, the limits of a chart of counts say little.
FEWEST = 5
CHART_MONTHS = 36
_YEARS_OF_SPREAD = 3
# With fewer since a break hardly any month can stand out, whatever it does.
FEWEST_SINCE_BREAK = 8
# With fewer there is no saying that a level was kept.
FEWEST_FOR_LEVELS = 24


@dataclass(frozen=True)
class Course:
    """What an area's months show. Whatever cannot be told is None.

    Attributes
    ----------
    months
        The last months without a gap, the earliest first: month number and count.
    chart, chart_first
        Of the last three years at most, a rate a day, made anew at declared breaks; and the month it begins. Where
        there is a season, it is taken off: a January is set beside what Januaries are.
    worth
        For each month of the chart what its count arose from: its days, or as many as its month of the year is worth.
        A value of the chart times this is a count.
    variation
        What the last month says of the process; None as well where a break is too fresh to tell.
    season
        Of the months since the last declared break, in the order of `season_months`.
    season_months
        Months of the year, 1 to 12, in the order the season's numbers have.
    levels
        First month of each new level that was found, the season taken off; declared breaks may be among them. None
        where there are too few months to look.
    declared
        First month after each declared break.
    year_end
        Where the calendar year of the last month will end, where it has not.
    """

    area_code: str
    months: tuple[tuple[int, int], ...]
    chart: ControlChart | None
    chart_first: int | None
    worth: tuple[float, ...]
    variation: Variation | None
    season: Season | None
    season_months: tuple[int, ...]
    levels: tuple[int, ...] | None
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
    declared = [one.month for one in breaks_of(run[0]) if numbers[0] < one.month <= numbers[-1]] if run else []
    since = numbers.index(declared[-1]) if declared else 0
    season, season_months = _season(numbers[since:], counts[since:], days[since:])
    worth = _worth(numbers, days, season, season_months)
    chart, first = _chart(numbers, counts, worth, declared)
    return Course(
        area_code=area_code,
        months=tuple(zip(numbers, counts, strict=True)),
        chart=chart,
        chart_first=first,
        worth=tuple(worth[numbers.index(first) :]) if first is not None else (),
        variation=_variation(chart, Better(months.indicator.polarity), len(numbers) - since),
        season=season,
        season_months=season_months,
        levels=_levels(numbers, counts, days, worth),
        declared=tuple(declared),
        year_end=_year_end(numbers[since:], counts[since:], days[since:]),
    )


def _unbroken(estimates: Sequence[Estimate]) -> list[Estimate]:
    """The months up to the last one held, back to the gap before it."""
    last = max((place for place, one in enumerate(estimates) if one.numerator is not None), default=-1)
    held = estimates[: last + 1]
    gap = max((place for place, one in enumerate(held) if one.numerator is None), default=-1)
    return list(held[gap + 1 :])


def _worth(
    numbers: Sequence[int], days: Sequence[int], season: Season | None, season_months: Sequence[int]
) -> list[float]:
    """What each month's count arose from: its days, and where there is a season, as many as its month is worth."""
    if season is None or not season.shown:
        return [float(day) for day in days]
    more = {month: 1 + effect for month, effect in zip(season_months, season.monthly, strict=True)}
    return [day * max(more[number % MONTHS + 1], _LEAST_WORTH) for number, day in zip(numbers, days, strict=True)]


# A month of the year with next to nothing still has days.
_LEAST_WORTH = 0.05


def _variation(chart: ControlChart | None, better: Better, since: int) -> Variation | None:
    return variation(chart, better) if chart and since >= FEWEST_SINCE_BREAK else None


def _levels(
    numbers: Sequence[int], counts: Sequence[int], days: Sequence[int], worth: Sequence[float]
) -> tuple[int, ...] | None:
    if len(numbers) < FEWEST_FOR_LEVELS:
        return None
    level = [count * day / one for count, day, one in zip(counts, days, worth, strict=True)]
    return tuple(numbers[place] for place in change_points(level, days))


def _chart(
    numbers: Sequence[int], counts: Sequence[int], worth: Sequence[float], declared: Sequence[int]
) -> tuple[ControlChart | None, int | None]:
    start = max(0, len(numbers) - CHART_MONTHS)
    shown, seen = list(numbers[start:]), list(counts[start:])
    # A break that leaves a single month on a side leaves nothing to make limits of.
    at = [shown.index(one) for one in declared if one in shown and 2 <= shown.index(one) <= len(shown) - 2]
    if len(shown) < MONTHS or sum(seen) < FEWEST * len(seen):
        return None, None
    return rate_chart(seen, list(worth[start:]), rebased_at=at), shown[0]


def _season(
    numbers: Sequence[int], counts: Sequence[int], days: Sequence[int]
) -> tuple[Season | None, tuple[int, ...]]:
    whole = len(counts) // MONTHS * MONTHS
    if whole < LEAST_YEARS * MONTHS or sum(counts) < FEWEST * len(counts):
        return None, ()
    months = tuple(number % MONTHS + 1 for number in numbers[-whole:][:MONTHS])
    return find_season(counts[-whole:], days[-whole:]), months


def _year_end(numbers: Sequence[int], counts: Sequence[int], days: Sequence[int]) -> YearEnd | None:
    """Of a calendar year that has begun, from months of one way of counting."""
    if not numbers or numbers[-1] % MONTHS == MONTHS - 1:
        return None
    so_far = numbers[-1] % MONTHS + 1
    if so_far > len(counts):
        return None
    whole = counts[:-so_far]
    earlier = [whole[end - MONTHS : end] for end in range(len(whole), MONTHS - 1, -MONTHS)][:_YEARS_OF_SPREAD]
    excess = monthly_excess(counts[-MONTHS * 5 :], days[-MONTHS * 5 :], together=MONTHS - so_far)
    return year_end(counts[-so_far:], earlier, excess=excess) if excess is not None else None
