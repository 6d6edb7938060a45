"""How much an area's months scatter, which decides how much its years may differ before that is news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.estimate import Estimate
from frankpledge.periods import Period, days_in_month, one_month, parse_period
from frankpledge.statistics.dispersion import monthly_excesses, share_excess

YEARS = 5


def scatter_months(period: Period) -> tuple[Period, ...]:
    """The months scatter is learnt from: five years to the end of the period judged."""
    return tuple(one_month(period.last - back) for back in reversed(range(12 * YEARS)))


def counts_of(indicator: Indicator) -> Indicator:
    """The indicator without the people it is set against, where it is: of months only the counts are looked at."""
    if indicator.denominator.against is not Against.PEOPLE:
        return indicator
    return replace(indicator, denominator=replace(indicator.denominator, against=Against.NOTHING))


def learn_scatters(
    ask: Callable[[tuple[str, ...]], Answer], groups: Sequence[tuple[str, ...]], judged: Estimate, period: Period
) -> dict[str, float | None]:
    """How far areas' totals of a period may move, learnt from as many areas as are counted in the same way.

    Parameters
    ----------
    ask
        The months of `scatter_months` of some areas.
    groups
        Areas' codes, the largest group first: the first whose months are of the dataset judged is taken, and the last
        where none is.
    judged
        An estimate of the period judged.
    period
        See `scatters_of`.

    Returns
    -------
    dict of float or None
        See `scatters_of`.
    """
    dataset = judged.series.dataset if judged.series else None
    for areas in groups:
        months = ask(areas)
        if months.selection and months.selection.series.dataset == dataset:
            break
    return scatters_of(months, period)


def scatters_of(months: Answer, period: Period) -> dict[str, float | None]:
    """How many times the chance variance each area's total of a period has, as the months tell.

    Parameters
    ----------
    months
        Estimates of one indicator for every month of `scatter_months`, from the series that is judged, for the areas
        that are compared. The more there are, the better it is known how alike months are.
    period
        The period judged: a total of many months moves further, where months are alike.

    Returns
    -------
    dict of float or None
        By area's code, one or more; None where fewer than two years of months are held.
    """
    areas: dict[str, list[Estimate]] = {}
    for one in months.estimates:
        areas.setdefault(one.area_code, []).append(one)
    if any(one.share for one in months.estimates):
        return {code: _of_shares(held) for code, held in areas.items()}
    days = [days_in_month(parse_period(one.period).first) for one in next(iter(areas.values()), ())]
    counts = [[one.numerator for one in held] for held in areas.values()]
    return dict(zip(areas, monthly_excesses(counts, days, together=len(period.months)), strict=True))


def _of_shares(held: Sequence[Estimate]) -> float | None:
    return share_excess([one.numerator for one in held], [one.denominator for one in held])
