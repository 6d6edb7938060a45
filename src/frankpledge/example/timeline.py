"""The example's months: whole years are shared out, and the months it does not cover are then left off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frankpledge.periods import month_number, month_text

YEARS = tuple(range(2012, 2024))
FIRST, LAST = month_number(2012, 4), month_number(2023, 9)

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

_JANUARY = month_number(YEARS[0], 1)
KEPT = slice(FIRST - _JANUARY, LAST - _JANUARY + 1)
"""Where the example's months lie among all months of its years."""

MONTHS = tuple(month_text(number) for number in range(FIRST, LAST + 1))


def year_index(month_indices: Whole) -> Whole:
    """Which year of `YEARS` each of the example's months lies in."""
    return np.asarray((month_indices + FIRST) // 12 - YEARS[0])


def between_knots(knots: dict[int, float]) -> Numbers:
    """A value for each year, on straight lines between the years that have one."""
    return np.asarray(np.interp(YEARS, list(knots), list(knots.values())))


def smooth_months(annual: Numbers) -> Numbers:
    """How large each month is beside its neighbours when yearly totals, last axis, pass smoothly into each other."""
    middle = np.arange(12 * len(YEARS)) + 0.5
    hats = np.array([np.interp(middle, 12 * np.arange(len(YEARS)) + 6, row) for row in np.eye(len(YEARS))])
    return np.asarray(annual @ hats)
