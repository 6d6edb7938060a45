"""How much an area's months scatter, which decides how much its years may differ before that is news."""

from __future__ import annotations

from frankpledge.indicators.compute import Answer
from frankpledge.periods import Period, days_in_month, one_month, parse_period
from frankpledge.statistics.dispersion import monthly_excess, share_excess

YEARS = 5


def scatter_months(period: Period) -> tuple[Period, ...]:
    """The months scatter is learnt from: five years to the end of the period judged."""
    return tuple(one_month(period.last - back) for back in reversed(range(12 * YEARS)))


def scatter_of(months: Answer, area: str, period: Period) -> float | None:
    """How many times the chance variance an area's total of a period has, as its months tell.

    Parameters
    ----------
    months
        Estimates of one indicator for every month of `scatter_months`, from the series that is judged.
    area
        Its code.
    period
        The period judged: a total of many months moves further, where months are alike.

    Returns
    -------
    float or None
        One or more; None where fewer than two years of months are held.
    """
    of_area = [one for one in months.estimates if one.area_code == area]
    counts = [one.numerator for one in of_area]
    if any(one.share for one in of_area):
        return share_excess(counts, [one.denominator for one in of_area])
    days = [days_in_month(parse_period(one.period).first) for one in of_area]
    return monthly_excess(counts, days, together=len(period.months))
