"""Kernel density: a smooth surface of events, for looking at, in events for each square kilometre."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft, irfft2, next_fast_len, rfft, rfft2

from frankpledge.statistics.place.grid import Grid, Points

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Points looked at together: what is worked out of so many stays in the processor's own memory.
_TOGETHER = 1 << 15
# With fewer cells to the bandwidth than this, places halfway between middles are needed as well.
_ENOUGH_CELLS = 8
# More would each need a whole surface to count into, and be slower.
_THREADS = 2


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
    Silverman (1986), *Density Estimation*, section 4.2. Events are shared out among the four nearest middles of
    cells, or places halfway between where there are fewer than eight cells to the bandwidth (linear binning), and the
    kernel laid over them by a fast Fourier transform (Wand 1994, *Journal of Computational and Graphical Statistics*
    3). How far that is from the sum over all events, on average and in parts of the average, where events are snapped
    to street points: less than two thousandths at five cells to the bandwidth, and one at ten.
    """
    if not bandwidth >= 2 * grid.cell:
        raise ValueError(f"A bandwidth of {bandwidth:g} m is less than two cells of {grid.cell:g} m: widen it.")
    reach = int(np.ceil(bandwidth / grid.cell))
    fine = 1 if bandwidth >= _ENOUGH_CELLS * grid.cell else 2
    binned = _binned(points, grid, reach, fine)
    surface = _laid_over(binned, _quartic(fine * bandwidth / grid.cell, fine * reach), fine)
    inner = surface[2 * reach : 2 * reach + grid.rows, 2 * reach : 2 * reach + grid.columns]
    # The transform leaves what should be nought a hair's breadth off it, on either side.
    return np.maximum(inner, 0) * 1_000_000 / grid.cell**2


def _binned(points: Points, grid: Grid, reach: int, fine: int) -> Floats:
    """Events shared out on the lattice, `fine` places to a cell each way, with a margin for those outside."""
    first = grid.west + (0.5 - reach) * grid.cell, grid.south + (0.5 - reach) * grid.cell
    shape = fine * (grid.rows + 2 * reach), fine * (grid.columns + 2 * reach)
    each = max(-(-points.x.size // _THREADS), 1)

    def of_some(start: int) -> Floats:
        some = slice(start, start + each)
        part = Points(points.x[some], points.y[some], points.events[some])
        places, shares = _shared_out(part, first, grid.cell / fine, shape)
        return np.asarray(np.bincount(places.ravel(), shares.ravel(), shape[0] * shape[1]))

    with ThreadPoolExecutor(_THREADS) as threads:
        parts = list(threads.map(of_some, range(0, points.x.size, each)))
    return np.asarray(sum(parts, np.zeros(1))).reshape(shape) if parts else np.zeros(shape)


def _shared_out(
    points: Points, first: tuple[float, float], step: float, shape: tuple[int, int]
) -> tuple[Whole, Floats]:
    """The four places each point lies between, south-west, south-east, north-west, north-east, and what falls to them.

    `first` is the lattice's south-western place, east and north; `step` how far it is from one to the next.
    """
    rows, columns = shape
    places, shares = np.empty((4, points.x.size), dtype=np.int64), np.empty((4, points.x.size))
    filled = 0
    for start in range(0, points.x.size, _TOGETHER):
        some = slice(start, start + _TOGETHER)
        across = (points.x[some] - first[0]) / step
        up = (points.y[some] - first[1]) / step
        events = points.events[some]
        near = (across >= 0) & (across < columns - 1) & (up >= 0) & (up < rows - 1)
        if not near.all():
            across, up, events = across[near], up[near], events[near]
        column, row = np.floor(across), np.floor(up)
        right, above = across - column, up - row
        upper = events * above
        lower = events - upper
        here = slice(filled, filled + across.size)
        places[0, here] = row * columns + column
        for one, further in enumerate((1, columns, columns + 1), start=1):
            places[one, here] = places[0, here] + further
        shares[1, here], shares[3, here] = lower * right, upper * right
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


def _laid_over(binned: Floats, kernel: Floats, fine: int) -> Floats:
    """The surface at middles of cells only: of each part of the lattice whose places lie whole cells apart."""
    rows, columns = (size // fine for size in binned.shape)
    # Before the first, so that the places between, half a cell north or east of a middle, see it from there.
    kernel = np.pad(kernel, (fine - 1, 0))
    shape = (
        next_fast_len(rows + kernel.shape[0] // fine, real=True),
        next_fast_len(columns + kernel.shape[1] // fine, real=True),
    )
    spectrum = np.zeros((shape[0], shape[1] // 2 + 1), dtype=np.complex128)
    for up, across in product(range(fine), repeat=2):
        seen = kernel[fine - 1 - up :: fine, fine - 1 - across :: fine]
        # Summed, not integrated: each event is then worth exactly one, whatever the cell.
        narrow = rfft(seen / seen.sum(), shape[1], axis=1)
        # Laid out anew, for a transform reads every other number as slowly as all of them.
        quarter = np.ascontiguousarray(binned[up::fine, across::fine])
        spectrum += rfft2(quarter, shape) * fft(narrow, shape[0], axis=0)
    return np.asarray(irfft2(spectrum, shape))
