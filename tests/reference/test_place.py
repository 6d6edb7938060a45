"""Place, hour and repeat against the naive second implementation, over examples Hypothesis chooses."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from frankpledge.statistics import hours, near_repeats
from frankpledge.statistics.place import clusters, concentration, density, displacement, grid, persistence, prediction
from tests.reference import place as naive
from tests.reference.distributions import discovered, normal_beyond
from tests.reference.statistics import exact_poisson_limits, score_limits

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


@slow
@given(arrays(np.int64, (4, 4), elements=st.sampled_from([0, 0, 0, 0, 0, 1, 1, 2, 40])))
def test_hot_cells_after_discovery_control(counts):
    found = clusters.hot_cells(counts, 1)

    seen = naive.getis_ord(counts.tolist(), 1, np.ones((4, 4)).tolist())
    # A probability is not told from one of less than 1e-13.
    p_values = [
        max(1e-13, naive.drawn_at_least(counts.ravel().tolist(), near, total)) for _, total, near in seen.values()
    ]
    q_values = discovered(p_values)
    assert found.q_value.ravel().tolist() == pytest.approx(q_values, abs=1e-9)
    assert found.hot.ravel().tolist() == [q_value <= 0.05 for q_value in q_values]


@quick
@given(grids.filter(lambda pair: pair[1].sum() >= 2), st.integers(2, 9))
def test_hot_cells_of_so_many_times_the_events_are_the_same(pair, times):
    counts, inside = pair

    found, more = (clusters.hot_cells(one, 1.5, inside) for one in (counts, counts * times))

    assert more.z[inside] == pytest.approx(found.z[inside], abs=1e-6)
    assert (more.hot == found.hot).all()


mostly = st.sampled_from([True, True, True, True, False])
seldom = st.sampled_from([True, False, False, False])


@quick
@given(
    st.integers(4, 15).flatmap(
        lambda periods: st.tuples(
            st.lists(
                st.lists(mostly, min_size=periods, max_size=periods)
                | st.lists(seldom, min_size=periods, max_size=periods),
                min_size=4,
                max_size=12,
            ),
            st.integers(1, periods // 2),
        )
    )
)
def test_classify_hot_spots(places_and_recent):
    places, recent = places_and_recent

    found = persistence.classify_hot_spots([np.asarray(period) for period in zip(*places, strict=True)], recent)

    assert [one.value for one in found] == [naive.became(place, recent) for place in places]


@quick
@given(
    st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=1, max_size=20), st.integers(1, 400)
)
def test_grid_over(points, cell):
    # Far enough from the origin not to look like degrees.
    far = 100 * cell
    x, y = zip(*((east + far * 10, north + far * 10) for east, north in points), strict=True)

    found = grid.grid_over([*x], [*y], cell)

    west, south, columns, rows = naive.over_whole_cells(points, cell)
    assert (found.west, found.south) == (west + far * 10, south + far * 10)
    assert (found.columns, found.rows) == (columns, rows)
    assert found.count(grid.gather_points(x, y)).sum() == len(points)


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


def test_kernel_density_of_snapped_points_is_within_half_a_per_cent_on_average():
    random = np.random.default_rng(7)
    places = 500_000 + random.random((60, 2)) * 3_000
    points = places[random.choice(60, 900, p=random.dirichlet(np.full(60, 0.5)))]
    over = grid.Grid(500_000, 500_000, 100, 30, 30)

    surface = density.kernel_density(grid.gather_points(*points.T), over, 500)

    east, north = over.centres()
    exact = np.asarray([[naive.density(points.tolist(), (a, b), 500) for a in east] for b in north])
    assert np.abs(surface - exact).mean() <= 0.005 * exact.mean()


many = st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any)
# Fewer events than places, as of rare crimes in streets.
hardly_any = st.lists(st.sampled_from([0, 0, 0, 1, 3]), min_size=5, max_size=40).filter(any)


@quick
@given(many | hardly_any)
def test_concentration(counts):
    found = concentration.concentration(counts)

    assert found.gini == pytest.approx(naive.gini(counts), abs=1e-9)
    assert found.adjusted_gini == pytest.approx(naive.gini_of_few(counts), abs=1e-9)
    assert found.places_holding_half == naive.places_holding(counts)


@slow
@given(st.integers(1, 6), st.integers(2, 4))
def test_concentration_by_chance(events, places):
    found = concentration.concentration([events, *[0] * (places - 1)])

    mean, variance = naive.dealt_out(events, places)
    # 199 deals place a mean to within four of their standard errors.
    assert found.by_chance == pytest.approx(mean, abs=4 * (variance / 199) ** 0.5 + 1e-9)


@quick
@given(st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any), st.sampled_from([0.1, 0.25, 0.5, 0.8, 1.0]))
def test_lorenz_curve(counts, share):
    places, events = concentration.lorenz_curve(counts)

    assert places.tolist() == pytest.approx([number / len(counts) for number in range(len(counts) + 1)])
    assert events.tolist() == pytest.approx(naive.curve(counts))
    assert concentration.places_holding(counts, share) == naive.places_holding(counts, share)


@quick
@given(st.lists(st.integers(0, 30), min_size=2, max_size=20).filter(any), st.integers(2, 5))
def test_concentration_is_of_shares_not_of_numbers(counts, times):
    found = concentration.concentration(counts)

    more = concentration.concentration([count * times for count in counts])
    twice = concentration.concentration([*counts, *counts])
    assert more.gini == pytest.approx(found.gini, abs=1e-9)
    assert twice.gini == pytest.approx(found.gini, abs=1e-9)
    assert more.places_holding_half == found.places_holding_half


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
    captured = sum(count for called, count in cells if called)
    limits = [limit / found.area_share for limit in score_limits(captured, sum(following), 0.95)]
    assert (found.accuracy_low, found.accuracy_high) == pytest.approx(limits, abs=1e-9)


@quick
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.booleans()), min_size=2, max_size=30).filter(
        lambda cells: any(events and within for _, events, within in cells)
    )
)
def test_prediction_of_a_part_is_that_of_its_cells_alone(cells):
    hot, following, inside = zip(*cells, strict=True)

    found = prediction.assess_prediction(hot, following, inside)

    own = [(called, events) for called, events, within in cells if within]
    assert found == prediction.assess_prediction(*zip(*own, strict=True))


area = st.tuples(st.integers(0, 80), st.integers(0, 80))
happened = st.tuples(st.integers(1, 80), st.integers(1, 80))


@quick
@given(area, area, happened)
def test_weighted_displacement_quotient(treated, buffer, control):
    found = displacement.weighted_displacement_quotient(
        *(displacement.BeforeAfter(*one) for one in (treated, buffer, control))
    )

    success, change, quotient = naive.quotient(treated, buffer, control)
    assert (found.success, found.buffer) == pytest.approx((float(success), float(change)), abs=1e-12)
    assert found.quotient == (None if quotient is None else pytest.approx(float(quotient)))


@quick
@given(area, happened)
def test_p_value_of_a_displacement_difference(treated, control):
    found = displacement.weighted_displacement_difference(
        displacement.BeforeAfter(*treated), displacement.BeforeAfter(*control)
    )

    value = treated[1] - treated[0] - control[1] + control[0]
    assert found.p_value == pytest.approx(2 * normal_beyond(abs(value) / (sum(treated) + sum(control)) ** 0.5))
    assert (found.p_value <= 0.05) == (found.low >= 0 or found.high <= 0)


@quick
@given(st.lists(st.tuples(metres, metres, st.integers(0, 40)), min_size=2, max_size=40))
def test_near_repeats(events):
    x, y, days = zip(*events, strict=True)
    dates = np.datetime64("2020-01-02") + np.asarray(days)

    found = near_repeats.near_repeats(x, y, dates, (0, 1, 100, 300), (0, 7, 14), permutations=1)

    assert found.observed.tolist() == naive.knox(list(zip(x, y, strict=True)), days, (0, 1, 100, 300), (0, 7, 14))


few = st.lists(
    st.tuples(st.sampled_from([0, 50, 250]), st.integers(0, 250), st.sampled_from([0, 3, 9, 20])),
    min_size=2,
    max_size=5,
)


@slow
@given(few)
def test_near_repeats_of_every_order_of_the_dates(events):
    x, y, days = zip(*((500_000 + east, 200_000 + north, day) for east, north, day in events), strict=True)
    edges = ((0, 1, 100, 300), (0, 7, 14))

    found = near_repeats.near_repeats(x, y, np.datetime64("2020-01-02") + np.asarray(days), *edges, permutations=999)

    tables = np.asarray(naive.shuffled(list(zip(x, y, strict=True)), days, *edges))
    # 999 shuffles place a mean, and a share, to within four and a half of their standard errors.
    as_many = (tables >= found.observed).mean(axis=0)
    assert np.all(np.abs(found.expected - tables.mean(axis=0)) <= 4.5 * tables.std(axis=0) / 999**0.5 + 1e-9)
    assert np.all(np.abs(found.p_value - as_many) <= 4.5 * (as_many * (1 - as_many) / 999) ** 0.5 + 0.001)


times = st.datetimes(datetime(2017, 3, 20), datetime(2017, 11, 5)).map(lambda one: one.replace(second=0, microsecond=0))
# The hours about a change of the clocks, in which a time may be there twice or not at all.
changes = st.sampled_from([datetime(2017, 3, 26, 1), datetime(2017, 10, 29, 1)])
nights = st.tuples(changes, st.integers(-60, 120)).map(lambda one: one[0] + timedelta(minutes=one[1]))
spans = st.tuples(times | nights, st.integers(-600, 11_000)).map(
    lambda one: (one[0], one[0] + timedelta(minutes=one[1]))
)
of_one_night = st.tuples(nights, st.integers(0, 90)).map(lambda one: (one[0], one[0] + timedelta(minutes=one[1])))
of_one_time = st.tuples(st.none(), times | nights | st.none()) | st.tuples(nights, st.none())


@quick
@given(st.lists(spans | of_one_night | of_one_time, max_size=6))
def test_hours_of_week(events):
    starts, ends = zip(*events, strict=True) if events else ((), ())

    found = hours.hours_of_week(starts, ends)

    weights, numbers, middles = naive.week(events)
    assert (found.events, found.one_end, found.over_a_week, found.reversed, found.untimed) == numbers
    assert found.weights == pytest.approx(weights, abs=1e-9)
    moved = sum(abs(one - other) for one, other in zip(weights, middles, strict=True)) / 2
    assert found.moved == pytest.approx(moved / found.events if found.events else 0.0, abs=1e-9)
    assert found.by_hour() == pytest.approx([sum(weights[hour::24]) for hour in range(24)], abs=1e-9)
    assert found.by_day() == pytest.approx([sum(weights[day * 24 : day * 24 + 24]) for day in range(7)], abs=1e-9)


confidences = st.sampled_from([0.8, 0.95, 0.998])
worths = st.lists(st.just(0.0) | st.floats(1e-3, 150), min_size=1, max_size=6)


@quick
@given(worths, confidences)
def test_profile_limits(weights, confidence):
    low, high = hours.profile_limits(weights, confidence)

    expected = [naive.worth_limits(one, confidence) for one in weights]
    assert list(zip(low, high, strict=True)) == [pytest.approx(limits, rel=1e-6, abs=1e-12) for limits in expected]


@quick
@given(st.integers(0, 60), confidences)
def test_profile_limits_of_whole_events(count, confidence):
    low, high = hours.profile_limits([count], confidence)

    assert (low[0], high[0]) == pytest.approx(exact_poisson_limits(count, confidence))


@quick
@given(worths)
def test_profile_limits_rise_with_worth_and_widen_with_confidence(weights):
    ordered = sorted(weights)

    low, high = hours.profile_limits(ordered)
    lower, higher = hours.profile_limits(ordered, 0.998)

    assert (np.diff(low) >= 0).all() and (np.diff(high) >= 0).all()
    assert (lower <= low).all() and (low <= ordered).all() and (ordered <= high).all() and (high <= higher).all()
