"""How much an area's months scatter, which decides how much its years may differ before that is news."""

from __future__ import annotations

from frankpledge.indicators.compute import Answer
from frankpledge.periods import Period, days_in_month, one_month, parse_period
from frankpledge.statistics.dispersion import monthly_excess

YEARS = 5


def scatter_months(period: Period) -> tuple[Period, ...]:
    """The months scatter is learnt from: five years to the end of the period judged."""
    return tuple(one_month(period.last - back) for back in reversed(range(12 * YEARS)))


def scatter_of(months: Answer, area: str) -> float | None:
    """How many times the chance variance an area's months show.

    Parameters
    ----------
    months
        Estimates of one indicator for every month of `scatter_months`, from the series that is judged.
    area
        Its code.

    Returns
    -------
    float or None
        One or more; None where fewer than a year and a half of months are held, or for a share, whose test needs none.
    """
    of_area = [one for one in months.estimates if one.area_code == area]
    if not of_area or of_area[0].share:
        return None
    days = [days_in_month(parse_period(one.period).first) for one in of_area]
    return monthly_excess([one.numerator for one in of_area], days)
