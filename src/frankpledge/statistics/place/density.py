"""Kernel density: a smooth surface of events, for looking at, in events for each square kilometre."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2

from frankpledge.statistics.place.grid import Grid, Points

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Points looked at together: what is worked out of so many stays in the processor's own memory.
_TOGETHER = 1 << 15


def kernel_density(points: Points, grid: Grid, bandwidth: float) -> Floats:
    """Quartic kernel density at the middle of every cell.

    Parameters
    ----------
    points
        Gathered, in metres. Those up to a bandwidth outside the grid add to it.
    grid
        Where it is wanted.
    bandwidth
        Distance in metres beyond which an event adds nothing: at least two cells. It decides what the map shows; the
        cell does not. Five to ten cells are usual.

    Returns
    -------
    array of float, of the grid's shape
        Events for each square kilometre. Near the edge of where events are recorded it is too low, for nothing is known
        of what lies beyond.

    Raises
    ------
    ValueError
        If the bandwidth is less than two cells: the surface would show the grid.

    Notes
    -----
    Silverman (1986), *Density Estimation*, section 4.2. Events are shared out among the four nearest middles (linear
    binning) and the kernel laid over them by a fast Fourier transform (Wand 1994, *Journal of Computational and
    Graphical Statistics* 3). How far that is from the sum over all events, on average and in parts of the average: a
    thousandth at ten cells to the bandwidth; at five not quite a hundredth where events are snapped to street points,
    and less where they are not.
    """
    if not bandwidth >= 2 * grid.cell:
        raise ValueError(f"A bandwidth of {bandwidth:g} m is less than two cells of {grid.cell:g} m: widen it.")
    reach = int(np.ceil(bandwidth / grid.cell))
    binned = _binned(points, grid, reach)
    kernel = _quartic(bandwidth / grid.cell, reach)
    surface = _laid_over(binned, kernel)
    inner = surface[2 * reach : 2 * reach + grid.rows, 2 * reach : 2 * reach + grid.columns]
    # The transform leaves what should be nought a hair's breadth off it, on either side.
    return np.maximum(inner, 0) * 1_000_000 / grid.cell**2


def _binned(points: Points, grid: Grid, reach: int) -> Floats:
    """Events shared out among the four nearest middles of cells, with a margin all round for those outside."""
    rows, columns = grid.rows + 2 * reach, grid.columns + 2 * reach
    corner, shares = _shared_out(points, grid, reach, (rows, columns))
    binned = np.zeros(rows * columns)
    for step, share in zip((0, 1, columns, columns + 1), shares, strict=True):
        binned[step:] += np.bincount(corner, share, binned.size)[: binned.size - step]
    return binned.reshape(rows, columns)


def _shared_out(points: Points, grid: Grid, reach: int, shape: tuple[int, int]) -> tuple[Whole, Floats]:
    """The middle to the south-west of each point, and what falls to it, the one east, the one north, and across."""
    rows, columns = shape
    corner, shares = np.empty(points.x.size, dtype=np.int64), np.empty((4, points.x.size))
    filled = 0
    for start in range(0, points.x.size, _TOGETHER):
        some = slice(start, start + _TOGETHER)
        across = (points.x[some] - grid.west) / grid.cell - 0.5 + reach
        up = (points.y[some] - grid.south) / grid.cell - 0.5 + reach
        events = points.events[some]
        near = (across >= 0) & (across < columns - 1) & (up >= 0) & (up < rows - 1)
        if not near.all():
            across, up, events = across[near], up[near], events[near]
        column, row = across.astype(np.int64), up.astype(np.int64)
        right, above = across - column, up - row
        upper = events * above
        lower = events - upper
        here = slice(filled, filled + across.size)
        corner[here] = row * columns + column
        shares[1, here], shares[3, here] = lower * right, upper * right
        shares[0, here], shares[2, here] = lower - shares[1, here], upper - shares[3, here]
        filled = here.stop
    return corner[:filled], shares[:, :filled]


def _quartic(radius: float, reach: int) -> Floats:
    # One more all round, of nought, so that every middle has its neighbours.
    offsets = np.arange(-reach - 1, reach + 2)
    squared = (offsets[:, None] ** 2 + offsets**2) / radius**2
    kernel = np.where(squared < 1, (1 - squared) ** 2, 0.0)
    # What is shared out between two middles gets the chord of the kernel there instead of the curve, on average a
    # twelfth of the second difference off it. That is put right beforehand.
    middle = kernel[1:-1, 1:-1]
    bend = kernel[2:, 1:-1] + kernel[:-2, 1:-1] + kernel[1:-1, 2:] + kernel[1:-1, :-2] - 4 * middle
    kernel = np.maximum(middle - bend / 12, 0)
    # Summed, not integrated: each event is then worth exactly one, whatever the cell.
    return np.asarray(kernel / kernel.sum())


def _laid_over(binned: Floats, kernel: Floats) -> Floats:
    shape = [next_fast_len(a + b - 1, real=True) for a, b in zip(binned.shape, kernel.shape, strict=True)]
    return np.asarray(irfft2(rfft2(binned, shape) * rfft2(kernel, shape), shape))
