"""Where the level of a monthly series changes, and whether it does at a month that is known.

A new recording system, a new way of counting, a lockdown: a series before and after is two series. A break that
is known is declared with its source; these functions show the ones nobody declared, and whether a declared one is to
be seen in this series at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from ruptures import KernelCPD
from scipy.stats import t as student

from frankpledge.statistics.months import daily_counts

Floats = NDArray[np.float64]

# A level is a level when it has lasted half a year.
LEAST_MONTHS = 6
# Schwarz's criterion asks for log n for each number fitted; a break fits two, its place and its level, and
# months that follow each other are alike, which makes breaks where there are none.
_PENALTY = 4.0
_MAD_TO_DEVIATION = 1.4826
_MOST_ALIKE = 0.8


def change_points(counts: Sequence[float], days: Sequence[int], least: int = LEAST_MONTHS) -> list[int]:
    """The months at which a series takes another level.

    Parameters
    ----------
    counts
        Count of each month, in order, without gaps; not whole where a season has been taken off.
    days
        How many days each month has.
    least
        Fewest months a level lasts.

    Returns
    -------
    list of int
        Positions, counted from 0, of the first month of each new level; none for a series that keeps its own.

    Raises
    ------
    ValueError
        If the two series differ in length, a count is missing or negative, or a month has no days.

    Notes
    -----
    The division that costs least, found exactly (Killick, Fearnhead and Eckley 2012, *JASA* 107, as the package
    ruptures has it), on square roots of daily counts, whose scatter is the same at every level. The scatter is
    taken from month to month, so that levels do not count as scatter, and widened for months that are alike. A season
    is not taken off: take it off before (`season.find_season`), or levels of half a year will be found in a strong one.
    """
    daily = daily_counts(counts, days)
    roots = np.sqrt(daily)
    penalty = break_penalty(roots)
    if len(roots) < 2 * least or penalty == 0:
        return []
    found = KernelCPD(kernel="linear", min_size=least).fit(roots.reshape(-1, 1))
    return [int(place) for place in found.predict(pen=penalty)[:-1]]


def break_penalty(roots: Floats) -> float:
    """What a break must save to be one, in squares of the series given; nought for a series that never moves."""
    if roots.size < 2:
        return 0.0
    return _PENALTY * log(roots.size) * month_to_month(roots) ** 2 * _alike(roots)


@dataclass(frozen=True)
class Step:
    """The step of a series at one month.

    `ratio` is the level after over the level before, with what the same months of other years do taken off.
    `deviation` is how many times the usual step it is, `compared` how many other months that was learnt from, and
    `p_value` two-sided, of a series that has no step of its own there.
    """

    position: int
    ratio: float
    deviation: float
    p_value: float
    compared: int


def step_at(counts: Sequence[int], days: Sequence[int], position: int, reach: int = LEAST_MONTHS) -> Step:
    """Whether a series steps up or down at a known month, more than it does elsewhere.

    Parameters
    ----------
    counts
        Count of each month, in order, without gaps: three years or more beside the months tested.
    days
        How many days each month has.
    position
        First month of what may be a new level, counted from 0.
    reach
        How many months on either side are compared.

    Returns
    -------
    Step

    Raises
    ------
    ValueError
        If there are not as many months on either side as `reach`, or fewer than two other years to compare with,
        or for the reasons given in `change_points`.

    Notes
    -----
    A test by placebo: the same comparison is made at every month whose own months do not touch the step, each less
    the mean of its own month of the year, so that a season is no step. A series that drifts or jumps all the time has
    a large usual step, and needs a larger one. The usual step is taken from the median, lest one lockdown hide all
    else. The p-value is Student's, with as many degrees of freedom as there are steps that share no months, less one.
    """
    daily = daily_counts(counts, days)
    if not reach <= position <= len(daily) - reach:
        raise ValueError(f"A step at month {position} needs {reach} months on either side, of {len(daily)}.")
    places = np.arange(reach, len(daily) - reach + 1)
    logs = _log_steps(daily, places, reach)
    others = np.abs(places - position) >= 2 * reach
    if others.sum() < 2 * 12:
        raise ValueError(f"Only {others.sum()} other months can be compared with; at least 24 are needed.")
    usual, years = _by_month_of_year(logs, places, others)
    beyond = logs - usual[places % 12]
    here, of_month = float(beyond[places == position][0]), years[position % 12]
    # The other steps took part in the mean of their month, and so lie nearer it than this one does.
    nearer = sqrt((1 + 1 / of_month) / (1 - 1 / max(of_month, 2)))
    deviation = _scale(beyond[others]) * nearer
    times = here / deviation if deviation else np.copysign(np.inf, here) if here else 0.0
    apart = int(others.sum()) // reach
    p_value = float(2 * student.sf(abs(times), apart - 1))
    return Step(position, float(np.exp(here)), float(times), p_value, int(others.sum()))


def month_to_month(roots: Floats) -> float:
    """Standard deviation of a month, from the differences between neighbours: a step moves one of those only."""
    differences = np.diff(roots)
    if not differences.size:
        return 0.0
    return _scale(differences) / float(np.sqrt(2))


def _alike(roots: Floats) -> float:
    """How many times the variance of a level's mean is what it would be of months independent of each other.

    Of an autoregression of the first order, whose differences tell its coefficient however the level moves.
    """
    steps = np.diff(roots)
    usual = _MAD_TO_DEVIATION * float(np.median(np.abs(steps)))
    if usual == 0:
        return 1.0
    # A step to another level is one great difference, and says nothing of how alike months are.
    steps = np.clip(steps, -3 * usual, 3 * usual)
    coefficient = min(max(1 + 2 * float((steps[1:] * steps[:-1]).sum() / (steps**2).sum()), 0.0), _MOST_ALIKE)
    # The scatter was taken from differences, which are smaller the more alike neighbours are.
    return (1 + coefficient) / (1 - coefficient) ** 2


def _scale(differences: Floats) -> float:
    """Standard deviation about nought, by the median, which a few large ones do not move."""
    # Where most are nought, as among months of no events, the median says that there is no scatter.
    return float(_MAD_TO_DEVIATION * np.median(np.abs(differences)) or np.sqrt(np.mean(differences**2)))


def _log_steps(daily: Floats, places: NDArray[np.intp], reach: int) -> Floats:
    """Logarithm of the mean after each place over the mean before; half an event is added, for months of none."""
    half = 0.5 / (30 * reach)
    sums = np.concatenate(([0.0], np.cumsum(daily)))
    after, before = sums[places + reach] - sums[places], sums[places] - sums[places - reach]
    return np.asarray(np.log(after / reach + half) - np.log(before / reach + half))


def _by_month_of_year(
    logs: Floats, places: NDArray[np.intp], others: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.intp]]:
    """The mean step of each month of the year, and from how many years it is."""
    months = places[others] % 12
    years = np.maximum(np.bincount(months, minlength=12), 1)
    return np.asarray(np.bincount(months, logs[others], 12) / years), years
