"""Place and repeat against the libraries people take for them: hot cells, kernel density and near repeats.

python -m benchmarks.place measures these alone. What they are compared with is in requirements/bench.txt; what is not
installed is skipped, and said to be.
"""

import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import Line, measure, print_table, watch
from frankpledge.statistics.near_repeats import near_repeats
from frankpledge.statistics.place.clusters import hot_cells
from frankpledge.statistics.place.density import kernel_density
from frankpledge.statistics.place.grid import Grid, Points, gather_points

# As London is at 100 metres.
GRID = Grid(500_000, 150_000, 100, 580, 455)
CELLS = GRID.columns * GRID.rows
POINTS = 1_000_000
# About as many as London has to which the police snap what they publish.
PLACES = 70_000
REACH = 3.5
# Five cells, and ten: the error falls with the square of that.
BANDWIDTH, WIDE = 500, 1_000
PERMUTATIONS = 999
SEED = 20190
# Cells at which sums are exact, and at which scikit-learn is asked.
SAMPLE = 1_000

DATED = 20_000
# Between any two distances that points on whole metres can have, so that to either side of it means the same to both.
NEAR = 40_000.5**0.5
DAYS = 8


def lines(folder: Path) -> list[Line]:
    """Measure all three, one after the other."""
    place = folder / "place"
    place.mkdir(exist_ok=True)
    _generate(place)
    return [*_hot_cells(place), *_density(place), *_near_repeats(place)]


def _generate(folder: Path) -> None:
    """Crimes on the places they are snapped to, thicker in towns, few places having many; and dated records."""
    random = np.random.default_rng(SEED)
    # Two cells from the edge: FFTKDE takes no point beyond the outermost middle.
    low = np.array([GRID.west, GRID.south]) + 2 * GRID.cell
    size = np.array([GRID.columns - 4, GRID.rows - 4]) * GRID.cell
    towns = random.random((40, 2))[random.integers(0, 40, PLACES // 2)] + random.normal(0, 0.04, (PLACES // 2, 2))
    places = np.vstack((np.abs(1 - np.abs(1 - np.abs(towns))), random.random((PLACES - PLACES // 2, 2)))) * size + low
    weight = random.gamma(0.5, 1, PLACES)
    points = np.round(places, 2)[random.choice(PLACES, POINTS, p=weight / weight.sum())]
    np.save(folder / "points.npy", points)
    np.save(folder / "counts.npy", GRID.count(gather_points(*points.T)))
    np.save(folder / "sample.npy", random.choice(CELLS, SAMPLE, replace=False))
    where = random.integers(0, 20_000, (DATED, 2)) + [520_000, 170_000]
    np.save(folder / "dated.npy", np.column_stack((where, random.integers(0, 365, DATED))))


# Hot cells


def our_hot_cells(folder: str) -> dict[str, Any]:
    """Gi* and its p-values, without draws."""
    counts = np.load(f"{folder}/counts.npy")
    done = watch(lambda: hot_cells(counts, REACH), times=11)
    np.savez(f"{folder}/our-cells.npz", z=done.answer.z.ravel(), p=done.answer.p_value.ravel())
    return {"seconds": done.seconds}


def esda_hot_cells(folder: str) -> dict[str, Any]:
    """esda's, with permutations drawn for every cell on every core, compiled before the clock starts.

    Its memory is told without that of its workers.
    """
    from esda import G_Local
    from libpysal.graph import Graph

    def weights(columns: int, rows: int) -> Graph:
        up, across = np.divmod(np.arange(columns * rows), columns)
        return Graph.build_distance_band(np.column_stack((across, up)).astype(np.float64), REACH, binary=True)

    def whole(counts: np.ndarray, graph: Graph) -> G_Local:
        # Keeping every draw would take two gigabytes and more of its time.
        return G_Local(
            counts,
            graph.assign_self_weight(1),
            transform="B",
            permutations=PERMUTATIONS,
            star=True,
            keep_simulations=False,
            seed=SEED,
        )

    counts = np.load(f"{folder}/counts.npy").ravel().astype(np.float64)
    whole(counts[:400], weights(20, 20))
    weighing = watch(lambda: weights(GRID.columns, GRID.rows))
    done = watch(lambda: whole(counts, weighing.answer))
    np.savez(f"{folder}/esda-cells.npz", z=done.answer.Zs, p=done.answer.p_sim)
    return {"seconds": done.seconds, "weights": weighing.seconds}


def _hot_cells(folder: Path) -> list[Line]:
    if _without("Gi*", "esda", "libpysal", "numba"):
        return []
    ours, theirs = _both("Gi*", folder, our_hot_cells, esda_hot_cells)
    here, there = np.load(folder / "our-cells.npz"), np.load(folder / "esda-cells.npz")
    apart = np.abs(here["z"] - there["z"]).max()
    assert apart <= 1e-9, apart
    # Its p-value is that of the nearer tail.
    agree = ((here["p"] < 0.05) == ((there["z"] > 0) & (there["p"] < 0.05))).mean()
    with_weights = theirs.answer["seconds"] + theirs.answer["weights"]
    return [
        _times(f"Gi* on {CELLS:,} cells against esda", ours.answer, theirs.answer["seconds"], "100 x"),
        _times("  with the time of its weights", ours.answer, with_weights, ""),
        ("  most memory", f"{ours.mebibytes:,.0f} MiB", "300"),
        ("  z, furthest apart", f"{apart:.0e}", "1e-9"),
        (f"  cells on which p < 0.05 agrees with {PERMUTATIONS} drawn", f"{agree:.1%}", ""),
    ]


# Kernel density


def our_density(folder: str) -> dict[str, Any]:
    """Of a million events as they come, and of places gathered first."""
    x, y = np.ascontiguousarray(np.load(f"{folder}/points.npy").T)
    as_they_come = Points(x, y, np.ones(x.size, dtype=np.int64))
    done = watch(lambda: kernel_density(as_they_come, GRID, BANDWIDTH), times=21)
    gathering = watch(lambda: gather_points(x, y), times=5)
    gathered = watch(lambda: kernel_density(gathering.answer, GRID, BANDWIDTH), times=21)
    assert np.allclose(gathered.answer, done.answer, atol=1e-6)
    np.save(f"{folder}/our-density.npy", done.answer.ravel())
    np.save(f"{folder}/wide-density.npy", kernel_density(gathering.answer, GRID, WIDE).ravel())
    return {"seconds": done.seconds, "gathering": gathering.seconds, "gathered": gathered.seconds}


def fftkde_density(folder: str) -> dict[str, Any]:
    """KDEpy's, of the same points and kernel; the grid's points are made before the clock starts."""
    from KDEpy import FFTKDE

    points = np.load(f"{folder}/points.npy")
    east, north = GRID.centres()
    middles = np.column_stack((np.repeat(east, north.size), np.tile(north, east.size)))
    # Its bandwidth is the kernel's standard deviation in one dimension.
    bandwidth = BANDWIDTH / np.sqrt(7)
    done = watch(lambda: FFTKDE(kernel="biweight", bw=bandwidth).fit(points).evaluate(middles), times=5)
    surface = done.answer.reshape(east.size, north.size).T * POINTS * 1_000_000
    np.save(f"{folder}/fftkde-density.npy", surface.ravel())
    return {"seconds": done.seconds}


def sklearn_density(folder: str) -> dict[str, Any]:
    """scikit-learn's, of places gathered first, with their events as weights, at a sample of cells: its quickest.

    It has no quartic kernel; its Epanechnikov reaches as far, and so looks at the same events.
    """
    from sklearn.neighbors import KernelDensity

    gathered = gather_points(*np.load(f"{folder}/points.npy").T)
    places, at = np.column_stack((gathered.x, gathered.y)), _sampled(folder)
    tree = KernelDensity(kernel="epanechnikov", bandwidth=BANDWIDTH)
    fitting = watch(lambda: tree.fit(places, sample_weight=gathered.events), times=3)
    scoring = watch(lambda: tree.score_samples(at), times=3)
    exact = _exact(folder, BANDWIDTH, lambda squared: 2 / np.pi * (1 - squared))
    assert np.allclose(np.exp(scoring.answer) * POINTS * 1_000_000, exact, rtol=1e-6, atol=1e-6)
    return {"seconds": fitting.seconds + scoring.seconds * CELLS / SAMPLE}


def _density(folder: Path) -> list[Line]:
    if _without("Kernel density", "KDEpy", "sklearn"):
        return []
    ours, fftkde = _both("kernel density", folder, our_density, fftkde_density)
    sklearn = measure("benchmarks.place:sklearn_density", str(folder))
    _tell("scikit-learn, scaled up", sklearn.answer["seconds"], sklearn.mebibytes)
    mine = ours.answer
    return [
        (f"kernel density, {POINTS:,} points x {CELLS:,} cells", f"{mine['seconds'] * 1000:.0f} ms", "50 ms"),
        ("  of points gathered first", f"{mine['gathered'] * 1000:.0f} ms", ""),
        ("  and to gather them", f"{mine['gathering'] * 1000:.0f} ms", ""),
        (f"  mean error at {SAMPLE:,} cells, {BANDWIDTH} m", f"{_error(folder, 'our', BANDWIDTH):.2%}", "0.5%"),
        (f"  mean error at {SAMPLE:,} cells, {WIDE:,} m", f"{_error(folder, 'wide', WIDE):.2%}", "0.5%"),
        (f"  mean error of FFTKDE, {BANDWIDTH} m", f"{_error(folder, 'fftkde', BANDWIDTH):.2%}", ""),
        _times("  against FFTKDE", mine, fftkde.answer["seconds"], "3 x"),
        _times(f"  against scikit-learn, {SAMPLE:,} cells scaled up", mine, sklearn.answer["seconds"], "1,000 x"),
    ]


def _sampled(folder: str) -> np.ndarray:
    east, north = GRID.centres()
    row, column = np.divmod(np.load(f"{folder}/sample.npy"), GRID.columns)
    return np.column_stack((east[column], north[row]))


def _error(folder: Path, whose: str, bandwidth: int) -> float:
    """How far from the exact sums, either way, on average over the sampled cells, as a share of their mean."""
    exact = _exact(str(folder), bandwidth, lambda squared: 3 / np.pi * (1 - squared) ** 2)
    surface = np.load(folder / f"{whose}-density.npy")[np.load(folder / "sample.npy")]
    return float(np.abs(surface - exact).mean() / exact.mean())


def _exact(folder: str, bandwidth: int, kernel: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Events for each square kilometre at the sampled cells, event by event."""
    gathered = gather_points(*np.load(f"{folder}/points.npy").T)
    sums = []
    for east, north in _sampled(folder):
        squared = ((gathered.x - east) ** 2 + (gathered.y - north) ** 2) / bandwidth**2
        near = squared < 1
        sums.append((gathered.events[near] * kernel(squared[near])).sum())
    return np.array(sums) * 1_000_000 / bandwidth**2


# Near repeats


def our_near_repeats(folder: str) -> dict[str, Any]:
    """One band of distance and one of days."""
    x, y, day = np.load(f"{folder}/dated.npy").T
    dates = np.datetime64("2018-01-01") + day
    done = watch(lambda: near_repeats(x, y, dates, (0, NEAR), (0, DAYS), PERMUTATIONS), times=3)
    found = done.answer
    return {
        "seconds": done.seconds,
        "mebibytes": done.mebibytes,
        "observed": int(found.observed[0, 0]),
        "p": float(found.p_value[0, 0]),
    }


def pointpats_near_repeats(folder: str) -> dict[str, Any]:
    """pointpats's Knox, whose thresholds are the furthest that still counts."""
    from pointpats import Knox

    records = np.load(f"{folder}/dated.npy").astype(np.float64)
    np.random.seed(SEED)
    done = watch(lambda: Knox(records[:, :2], records[:, 2:], NEAR, DAYS - 0.5, permutations=PERMUTATIONS))
    return {
        "seconds": done.seconds,
        "mebibytes": done.mebibytes,
        "observed": int(done.answer.nst),
        "p": float(done.answer.p_sim),
    }


def _near_repeats(folder: Path) -> list[Line]:
    if _without("Knox's test", "pointpats"):
        return []
    ours, theirs = _both("Knox's test", folder, our_near_repeats, pointpats_near_repeats)
    assert ours.answer["observed"] == theirs.answer["observed"], (ours.answer, theirs.answer)
    return [
        _times(
            f"Knox, {DATED:,} points x {PERMUTATIONS}, against pointpats",
            ours.answer,
            theirs.answer["seconds"],
            "30 x",
        ),
        ("  memory above what was in use", f"{ours.answer['mebibytes']:,.0f} MiB", "150"),
        ("  memory of pointpats, the same", f"{theirs.answer['mebibytes']:,.0f} MiB", ""),
        (f"  {ours.answer['observed']:,} pairs in both; p-values apart", _apart(ours.answer, theirs.answer), ""),
    ]


def _apart(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    return f"{abs(ours['p'] - theirs['p']):.3f}"


# All three


def _both(what: str, folder: Path, ours: Callable[[str], Any], theirs: Callable[[str], Any]) -> tuple[Any, Any]:
    print(f"{what[0].upper()}{what[1:]}: ours, {theirs.__name__.partition('_')[0]}", file=sys.stderr)
    measured = []
    for work in (ours, theirs):
        one = measure(f"benchmarks.place:{work.__name__}", str(folder))
        _tell(work.__name__.partition("_")[0].replace("our", "ours"), one.answer["seconds"], one.mebibytes)
        measured.append(one)
    return tuple(measured)


def _tell(words: str, seconds: float, mebibytes: float) -> None:
    print(f"  {words:28} {seconds:7.3f} s {mebibytes:8,.0f} MiB", file=sys.stderr)


def _times(words: str, ours: dict[str, Any], theirs: float, bound: str) -> Line:
    return f"{words}: times faster", f"{theirs / ours['seconds']:,.0f} x", bound


def _without(what: str, *peers: str) -> bool:
    missing = [one for one in peers if find_spec(one) is None]
    if missing:
        print(f"{what} is not measured: {', '.join(missing)} not installed (make bench installs it).", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        print_table(lines(Path(made)))
