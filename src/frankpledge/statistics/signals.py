"""The signs on a control chart that a process is no longer what it was.

The four of NHS England, *Making Data Count*. Each says where it was found and on which side. A missing value ends a
run: nobody knows what it would have been.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RUN = 7


class Signal(StrEnum):
    """Signs that a process is not what it was."""

    BEYOND_LIMIT = "beyond a limit"
    RUN = "seven on one side"
    TREND = "seven rising or falling"
    NEAR_LIMIT = "two of three near a limit"


@dataclass(frozen=True)
class Limits:
    """The centre and the limits of every point, and how many times the chance deviation they stand for."""

    centre: Floats
    low: Floats
    high: Floats
    scatter: float = 1.0


def find_signals(values: Floats, limits: Limits) -> list[tuple[frozenset[Signal], int]]:
    """The signs at each value of a stretch that has one process's limits.

    Parameters
    ----------
    values
        In order, NaN where missing.
    limits
        Of the same length.

    Returns
    -------
    list of (frozenset of Signal, int)
        For each value its signs, and their side: 1 of high values or a rise, -1 of low ones or a fall, 0 without any.
    """
    signals: list[set[Signal]] = [set() for _ in values]
    sides = np.zeros(values.size, dtype=int)
    # The last found gives the side: the plainest sign is looked for last.
    for signal, find in (
        (Signal.TREND, _trends),
        (Signal.NEAR_LIMIT, _near_limit),
        (Signal.RUN, _runs),
        (Signal.BEYOND_LIMIT, _beyond),
    ):
        found = find(values, limits)
        for place in np.flatnonzero(found):
            signals[place].add(signal)
            sides[place] = found[place]
    return [(frozenset(signs), int(side)) for signs, side in zip(signals, sides, strict=True)]


def _beyond(values: Floats, limits: Limits) -> NDArray[np.int_]:
    return (values > limits.high).astype(int) - (values < limits.low)


def _runs(values: Floats, limits: Limits) -> NDArray[np.int_]:
    return _stretches(np.nan_to_num(np.sign(values - limits.centre)).astype(int), RUN)


def _trends(values: Floats, _: Limits) -> NDArray[np.int_]:
    steps = np.nan_to_num(np.sign(np.diff(values))).astype(int)
    # Seven values in a row are six steps the same way; the value the steps set out from is the first of the seven.
    moving = _stretches(steps, RUN - 1)
    found = np.zeros(values.size, dtype=int)
    found[1:] = moving
    found[:-1] = np.where(found[:-1] == 0, moving, found[:-1])
    return found


def _near_limit(values: Floats, limits: Limits) -> NDArray[np.int_]:
    found = np.zeros(values.size, dtype=int)
    for side, limit in ((1, limits.high), (-1, limits.low)):
        # Where nought is the limit only because nothing can be less, being near it is no sign.
        real = limit > 0 if side < 0 and np.all(limits.low >= 0) else np.ones(values.size, dtype=bool)
        near = real & (side * (values - limits.centre) > 2 / 3 * np.abs(limit - limits.centre))
        for start in range(values.size - 2):
            window = slice(start, start + 3)
            if near[window].sum() >= 2 and np.all(side * (values - limits.centre)[window] > 0):
                found[window][near[window]] = side
    return found


def _stretches(signs: NDArray[np.int_], least: int) -> NDArray[np.int_]:
    """The signs that stand in a row of at least so many alike; the others, and noughts, are nought."""
    found = np.zeros_like(signs)
    start = 0
    for place in range(1, signs.size + 1):
        if place == signs.size or signs[place] != signs[start]:
            if place - start >= least:
                found[start:place] = signs[start]
            start = place
    return found
