"""Place, hour and repeat against the naive second implementation, over examples Hypothesis chooses."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from frankpledge.statistics import hours, near_repeats
from frankpledge.statistics.place import clusters, concentration, density, grid, prediction
from tests.reference import place as naive

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=25)

grids = st.tuples(st.integers(2, 7), st.integers(2, 7)).flatmap(
    lambda shape: st.tuples(
        arrays(np.int64, shape, elements=st.integers(0, 12)), arrays(np.bool_, shape, elements=st.booleans())
    )
)
metres = st.floats(500_000, 500_999.9).map(lambda value: round(value, 2))


@quick
@given(grids.filter(lambda pair: pair[1].sum() >= 2), st.sampled_from([1, 1.5, 2, 3.5]))
def test_hot_cells_z(pair, reach):
    counts, inside = pair

    found = clusters.hot_cells(counts, reach, inside)

    expected = naive.getis_ord(counts.tolist(), reach, inside.tolist())
    for (row, column), (z, _, _) in expected.items():
        assert found.z[row, column] == pytest.approx(z, abs=1e-9)
    assert np.isnan(found.z[~inside]).all()


@slow
@given(arrays(np.int64, (3, 3), elements=st.integers(0, 4)))
def test_hot_cells_p_value(counts):
    found = clusters.hot_cells(counts, 1)

    expected = naive.getis_ord(counts.tolist(), 1, np.ones((3, 3)).tolist())
    for (row, column), (_, total, near) in expected.items():
        p_value = naive.drawn_at_least(counts.ravel().tolist(), near, total)
        assert found.p_value[row, column] == pytest.approx(min(1, p_value), abs=1e-9)


@quick
@given(st.lists(st.tuples(metres, metres), min_size=1, max_size=40))
def test_points_in_cells(points):
    x, y = zip(*points, strict=True)
    over = grid.Grid(500_100, 500_200, 150, 4, 5)

    counted = over.count(grid.gather_points(x, y))

    assert counted.tolist() == naive.cells(points, 500_100, 500_200, 150, 5, 4)


@slow
@given(st.lists(st.tuples(metres, metres), min_size=5, max_size=60))
def test_kernel_density_is_within_half_a_per_cent_of_the_peak(points):
    x, y = zip(*points, strict=True)
    over = grid.Grid(500_000, 500_000, 50, 20, 20)

    surface = density.kernel_density(grid.gather_points(x, y), over, 500)

    east, north = over.centres()
    exact = np.asarray([[naive.density(points, (a, b), 500) for a in east] for b in north])
    # A point where it peaks is the worst case for linear binning; a mean over the surface is what ENGINES measures.
    assert np.abs(surface - exact).mean() <= 0.005 * exact.max()
    assert np.abs(surface - exact).max() <= 0.02 * exact.max()


@quick
@given(st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any))
def test_concentration(counts):
    found = concentration.concentration(counts)

    assert found.gini == pytest.approx(naive.gini(counts), abs=1e-9)
    assert found.places_holding_half == naive.places_holding_half(counts)


@quick
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=30).filter(
        lambda cells: any(hot for hot, _ in cells) and any(events for _, events in cells)
    )
)
def test_prediction(cells):
    hot, following = zip(*cells, strict=True)

    found = prediction.assess_prediction(hot, following)

    assert (found.accuracy, found.efficiency) == pytest.approx(naive.prediction(hot, following))


@quick
@given(st.lists(st.tuples(metres, metres, st.integers(0, 40)), min_size=2, max_size=40))
def test_near_repeats(events):
    x, y, days = zip(*events, strict=True)
    dates = np.datetime64("2020-01-02") + np.asarray(days)

    found = near_repeats.near_repeats(x, y, dates, (0, 1, 100, 300), (0, 7, 14), permutations=1)

    assert found.observed.tolist() == naive.knox(list(zip(x, y, strict=True)), days, (0, 1, 100, 300), (0, 7, 14))


times = st.datetimes(datetime(2017, 3, 20), datetime(2017, 11, 5)).map(lambda one: one.replace(second=0, microsecond=0))


@quick
@given(times, st.integers(0, 3000))
def test_hours_of_week(start, minutes):
    end = start + timedelta(minutes=minutes)
    forward = (
        start.replace(tzinfo=naive.LONDON, fold=0).timestamp() <= end.replace(tzinfo=naive.LONDON, fold=1).timestamp()
    )

    found = hours.hours_of_week([start], [end])

    assert found.events == forward
    if forward:
        assert found.weights == pytest.approx(naive.hours_by_the_minute(start, end), abs=1e-9)
