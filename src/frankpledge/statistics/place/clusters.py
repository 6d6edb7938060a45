"""Gi*: cells that, with those around them, hold more than their share, and which of them chance does not explain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve
from scipy.stats import false_discovery_control

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEVEL = 0.05
# What a Fourier transform of probabilities leaves of a probability smaller than this is rounding.
_LEAST_P = 1e-13


@dataclass(frozen=True)
class Clusters:
    """Gi* of every cell, in arrays of the grid's shape.

    Attributes
    ----------
    z
        The statistic; NaN outside the area.
    p_value
        Probability of so much or more within reach, were the same events shuffled among the cells; NaN outside.
    q_value
        The same after discovery control over all cells of the area.
    hot
        Cells with a q-value of 5% or less: where to look, not yet why.
    """

    z: Floats
    p_value: Floats
    q_value: Floats
    hot: Flags


def hot_cells(counts: Whole, reach: float, inside: Flags | None = None) -> Clusters:
    """Look for cells that stand out together with their neighbours.

    Parameters
    ----------
    counts
        Events in each cell, whole numbers, of shape (rows, columns).
    reach
        Distance between the middles of neighbours, at most, in cells: 3.5 of 100 metres is 350 metres. At least one.
    inside
        Cells that belong to the area; all, unless given. Cells outside are no neighbours, however many events are
        counted there, which for a neighbour's side of a border is never all.

    Returns
    -------
    Clusters

    Raises
    ------
    ValueError
        If a count is negative or not whole, the shapes differ, the reach is below one cell, or fewer than two cells are
        inside.

    Notes
    -----
    Getis and Ord (1992), *Geographical Analysis* 24; Ord and Getis (1995), *Geographical Analysis* 27: a cell is
    its own neighbour, all within reach count alike. The p-value is what endless random permutations would give: how
    much so many cells hold, drawn at random from all, is worked out whole, by raising the distribution of cells to a
    power (with replacement: on a grid of a few hundred cells or fewer that is cautious). It needs no draws, and unlike
    them tells 1 in 10,000 from 1 in 10,000,000, without which discovery control (Benjamini and Hochberg 1995) over
    many cells could find nothing.
    """
    seen = np.asarray(counts)
    within = np.ones(seen.shape, dtype=bool) if inside is None else np.asarray(inside, dtype=bool)
    _check(seen, within, reach)
    values = np.where(within, seen, 0).astype(np.float64)
    near, sums = _around(within, reach), _around(values, reach)
    z = np.where(within, _z(values[within], near, sums), np.nan)
    p_value = np.full(seen.shape, np.nan)
    p_value[within] = _p_values(seen[within].astype(np.int64), near[within], sums[within])
    q_value = np.full(seen.shape, np.nan)
    q_value[within] = false_discovery_control(p_value[within])
    return Clusters(z, p_value, q_value, np.nan_to_num(q_value, nan=1.0) <= LEVEL)


def _check(counts: NDArray[np.generic], within: Flags, reach: float) -> None:
    if counts.ndim != 2 or counts.shape != within.shape:
        raise ValueError(f"Counts and area must be grids of one shape, not {counts.shape} and {within.shape}.")
    if not np.issubdtype(counts.dtype, np.integer) or np.any(np.asarray(counts, dtype=np.int64) < 0):
        raise ValueError("Counts of cells must be whole numbers of zero or more.")
    if not reach >= 1:
        raise ValueError(f"A reach of {reach:g} cells has no neighbours in it; take at least one.")
    if within.sum() < 2:
        raise ValueError("Fewer than two cells are inside the area.")


def _around(values: Floats | Flags, reach: float) -> Whole:
    """Sum over each cell's neighbours and itself. Whole numbers, so that what the transform rounds off is put right."""
    far = int(reach)
    offsets = np.arange(-far, far + 1)
    disc = (offsets[:, None] ** 2 + offsets**2 <= reach**2).astype(np.float64)
    return np.rint(fftconvolve(values.astype(np.float64), disc, mode="same")).astype(np.int64)


def _z(values: Floats, near: Whole, sums: Whole) -> Floats:
    number, mean, deviation = values.size, values.mean(), values.std()
    # Cells that are all alike, or have every cell around them, cannot stand out.
    spread = deviation * np.sqrt(np.maximum(number * near - near.astype(np.float64) ** 2, 0) / (number - 1))
    return np.asarray(np.divide(sums - mean * near, spread, out=np.zeros(near.shape), where=spread > 0))


def _p_values(values: Whole, near: Whole, sums: Whole) -> Floats:
    chances = np.bincount(values) / values.size
    found = np.ones(values.size)
    for number in np.unique(near):
        here = near == number
        found[here] = _at_least(chances, int(number), int(sums[here].max()))[sums[here]]
    return np.clip(found, _LEAST_P, 1)


def _at_least(chances: Floats, number: int, most: int) -> Floats:
    """Probability that so many cells drawn hold 0, 1, 2 … or more events, up to `most`."""
    size = (chances.size - 1) * number + 1
    length = 1 << (size - 1).bit_length()
    sums = np.fft.irfft(np.fft.rfft(chances, length) ** number, length)[:size]
    return np.asarray(np.cumsum(sums[::-1])[::-1][: most + 1])
