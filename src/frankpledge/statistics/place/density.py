"""Kernel density: a smooth surface of events, for looking at, in events for each square kilometre."""

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft, irfft2, next_fast_len, rfft, rfft2

from frankpledge.statistics.place.grid import Grid, Points

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Points looked at together: what is worked out of so many stays in the processor's own memory.
_TOGETHER = 1 << 15
# More would each need surfaces of their own to count into, and be slower.
_THREADS = 2
# The lattice's quarters: whether their places lie halfway north of the middles, and halfway east.
_QUARTERS = tuple(product((0, 1), repeat=2))


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
    Silverman (1986), *Density Estimation*, section 4.2. Events are shared out among the four nearest places of a
    lattice of half cells (linear binning) and the kernel laid over them by a fast Fourier transform (Wand 1994,
    *Journal of Computational and Graphical Statistics* 3). How far that is from the sum over all events, on average and
    in parts of the average, where events are snapped to street points: less than two thousandths at five cells to the
    bandwidth, and two ten-thousandths at ten.
    """
    if not bandwidth >= 2 * grid.cell:
        raise ValueError(f"A bandwidth of {bandwidth:g} m is less than two cells of {grid.cell:g} m: widen it.")
    reach = int(np.ceil(bandwidth / grid.cell))
    with ThreadPoolExecutor(_THREADS) as threads:
        quarters = _binned(points, grid, reach, threads)
        surface = _laid_over(quarters, _quartic(2 * bandwidth / grid.cell, 2 * reach), threads)
    inner = surface[2 * reach : 2 * reach + grid.rows, 2 * reach : 2 * reach + grid.columns]
    # The transform leaves what should be nought a hair's breadth off it, on either side.
    return np.maximum(inner, 0) * 1_000_000 / grid.cell**2


def _binned(points: Points, grid: Grid, reach: int, threads: ThreadPoolExecutor) -> list[Floats]:
    """Events shared out on the lattice, a surface for each of its quarters, with a margin for those outside the grid.

    Counted quarter by quarter: every point lies between one place of each, and a quarter is small enough to be at hand.
    """
    shape = grid.rows + 2 * reach + 1, grid.columns + 2 * reach + 1
    first = grid.west + (0.5 - reach) * grid.cell, grid.south + (0.5 - reach) * grid.cell
    each = max(-(-points.x.size // _THREADS), 1)

    def of_some(start: int) -> list[Floats]:
        some = slice(start, start + each)
        part = Points(points.x[some], points.y[some], points.events[some])
        places, shares = _shared_out(part, first, grid.cell, shape)
        size = shape[0] * shape[1]
        return [np.asarray(np.bincount(at, share, size), float) for at, share in zip(places, shares, strict=True)]

    parts = list(threads.map(of_some, range(0, max(points.x.size, 1), each)))
    return [reduce(np.add, surfaces).reshape(shape) for surfaces in zip(*parts, strict=True)]


def _shared_out(
    points: Points, first: tuple[float, float], cell: float, shape: tuple[int, int]
) -> tuple[Whole, Floats]:
    """Of each quarter, the place that every point lies beside, and how much of it falls there.

    `first` is the south-western middle of a cell, east and north.
    """
    rows, columns = shape
    places, shares = np.empty((4, points.x.size), dtype=np.int64), np.empty((4, points.x.size))
    filled = 0
    for start in range(0, points.x.size, _TOGETHER):
        some = slice(start, start + _TOGETHER)
        across, up = (points.x[some] - first[0]) / cell, (points.y[some] - first[1]) / cell
        events = points.events[some]
        near = (across >= 0) & (across < columns - 1) & (up >= 0) & (up < rows - 1)
        if not near.all():
            across, up, events = across[near], up[near], events[near]
        here = slice(filled, filled + across.size)
        # The middle that is nearest, and the place halfway between the middles on either side.
        column, row = (np.rint(across), np.floor(across)), (np.rint(up), np.floor(up))
        aside, above = 2 * np.abs(across - column[0]), 2 * np.abs(up - row[0])
        begins = row[0] * columns, row[1] * columns
        for quarter, (north, east) in enumerate(_QUARTERS):
            places[quarter, here] = begins[north] + column[east]
        upper = events * above
        lower = events - upper
        shares[1, here], shares[3, here] = lower * aside, upper * aside
        shares[0, here], shares[2, here] = lower - shares[1, here], upper - shares[3, here]
        filled = here.stop
    return places[:, :filled], shares[:, :filled]


def _quartic(radius: float, reach: int) -> Floats:
    # One more all round, of nought, so that every place has its neighbours.
    offsets = np.arange(-reach - 1, reach + 2)
    squared = (offsets[:, None] ** 2 + offsets**2) / radius**2
    kernel = np.where(squared < 1, (1 - squared) ** 2, 0.0)
    # What is shared out between two places gets the chord of the kernel there instead of the curve, on average a
    # twelfth of the second difference off it. That is put right beforehand.
    middle = kernel[1:-1, 1:-1]
    bend = kernel[2:, 1:-1] + kernel[:-2, 1:-1] + kernel[1:-1, 2:] + kernel[1:-1, :-2] - 4 * middle
    return np.asarray(np.maximum(middle - bend / 12, 0))


def _laid_over(quarters: list[Floats], kernel: Floats, threads: ThreadPoolExecutor) -> Floats:
    """The surface at middles of cells, of every quarter, whose places lie whole cells apart."""
    rows, columns = quarters[0].shape
    # Before the first, so that the places between, half a cell north or east of a middle, see it from there.
    kernel = np.pad(kernel, (1, 0))
    shape = (
        next_fast_len(rows + kernel.shape[0] // 2, real=True),
        next_fast_len(columns + kernel.shape[1] // 2, real=True),
    )

    def spectrum(quarter: Floats, place: tuple[int, int]) -> NDArray[np.complex128]:
        seen = kernel[1 - place[0] :: 2, 1 - place[1] :: 2]
        # Summed, not integrated: each event is then worth exactly one, whatever the cell.
        narrow = rfft(seen / seen.sum(), shape[1], axis=1)
        return np.asarray(rfft2(quarter, shape) * fft(narrow, shape[0], axis=0))

    return np.asarray(irfft2(reduce(np.add, threads.map(spectrum, quarters, _QUARTERS)), shape))
