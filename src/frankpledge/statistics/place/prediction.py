"""Whether hot spots hold: how much of what came after lies where they were.

A hot-spot map is a forecast. It is tested on a period that had no part in drawing it, or not at all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from frankpledge.statistics.rates import Interval, proportion_interval


@dataclass(frozen=True)
class Prediction:
    """How well a map foretold the next period.

    Attributes
    ----------
    captured
        Events of the next period within the hot spots, as a share of all, with its interval.
    area_share
        The hot spots' share of the area.
    accuracy
        PAI: the share of events over the share of area. 1 is no better than anywhere. None without any hot spot.
    accuracy_low, accuracy_high
        The same for the interval's limits.
    efficiency
        PEI: the accuracy over the most that any map of the same area could have had, from 0 to 1.
    events
        How many events of the next period there were.
    """

    captured: Interval
    area_share: float
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    efficiency: float | None
    events: int


def assess_prediction(hot: ArrayLike, following: ArrayLike, inside: ArrayLike | None = None) -> Prediction:
    """Test a map of hot spots on the events that came after.

    Parameters
    ----------
    hot
        Which cells the map called hot.
    following
        Events in each cell in the period after, of the same shape.
    inside
        Which cells belong to the area; all, unless given.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If the shapes differ, a count is negative, or there are no events in the period after.

    Notes
    -----
    Prediction accuracy index: Chainey, Tompson and Uhlig (2008), *Security Journal* 21. Prediction efficiency index:
    Hunt (2016). A high index is had cheaply by a very small area, so the two shares stand beside it.
    """
    called, seen = np.asarray(hot, dtype=bool), np.asarray(following)
    within = np.ones(seen.shape, dtype=bool) if inside is None else np.asarray(inside, dtype=bool)
    if not called.shape == seen.shape == within.shape:
        raise ValueError(f"The grids differ: {called.shape}, {seen.shape}, {within.shape}.")
    called, seen = called[within], seen[within]
    if (seen < 0).any() or not seen.any():
        raise ValueError("The period after needs events, zero or more in each cell: without any nothing is tested.")
    inside_hot, total, cells = int(seen[called].sum()), int(seen.sum()), int(called.sum())
    captured = proportion_interval(inside_hot, total)
    share = cells / called.size
    best = int(np.sort(seen)[::-1][:cells].sum())
    return Prediction(
        captured=captured,
        area_share=share,
        accuracy=captured.value / share if cells else None,
        accuracy_low=captured.low / share if cells else None,
        accuracy_high=captured.high / share if cells else None,
        efficiency=inside_hot / best if best else None,
        events=total,
    )
