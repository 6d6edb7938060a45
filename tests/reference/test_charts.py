"""Control charts, their signs and readings against the naive second implementation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import charts
from frankpledge.statistics.readings import Better, assurance, variation
from frankpledge.statistics.signals import Limits, find_signals
from tests.reference import charts as naive

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)


def with_two(values):
    return len(values) - values.count(None) >= 2


counts = st.integers(0, 300)
gaps = st.lists(st.none() | st.integers(0, 100), min_size=2, max_size=30).filter(with_two)
months = st.lists(st.tuples(st.none() | counts, st.integers(1, 1000)), min_size=2, max_size=24).filter(
    lambda pairs: with_two([count for count, _ in pairs])
)
halves = st.lists(st.none() | st.integers(-7, 7).map(lambda half: half / 2), min_size=1, max_size=30)
# Walks in small steps make runs, trends and points far off, which scattered values hardly ever do.
walks = st.lists(st.integers(-2, 3), min_size=8, max_size=40).map(
    lambda steps: [sum(steps[: at + 1]) for at in range(len(steps))]
)


def limits_of(chart):
    return [(point.low, point.centre, point.high) for point in chart.points]


def signs_of(chart):
    return [({sign.value for sign in point.signals}, point.side) for point in chart.points]


# Limits


@quick
@given(gaps)
def test_individuals_chart(values):
    assert limits_of(charts.individuals_chart(values))[0] == pytest.approx(naive.individual_limits(values))


@quick
@given(months, st.sampled_from([1, 1000]))
def test_rate_chart(pairs, per):
    seen, at_risk = zip(*pairs, strict=True)

    found = charts.rate_chart(seen, at_risk, per)

    assert limits_of(found) == [
        pytest.approx(limits, rel=1e-9, abs=1e-9) for limits in naive.laney_limits(seen, at_risk, per)
    ]
    assert found.scatter == pytest.approx(naive.laney_scatter(seen, at_risk))


@quick
@given(months, st.sampled_from([1, 1000]))
def test_rate_chart_without_laney(pairs, per):
    seen, at_risk = zip(*pairs, strict=True)

    found = charts.rate_chart(seen, at_risk, per, laney=False)

    assert limits_of(found) == [
        pytest.approx(limits, rel=1e-9, abs=1e-9) for limits in naive.poisson_limits(seen, at_risk, per)
    ]


@quick
@given(gaps)
def test_gaps_chart(values):
    assert limits_of(charts.gaps_chart(values))[0] == pytest.approx(naive.gap_limits(values))


@quick
@given(gaps)
def test_times_chart(values):
    assert limits_of(charts.times_chart(values))[0] == pytest.approx(naive.time_limits(values), abs=1e-9)


@quick
@given(gaps, gaps, gaps)
def test_chart_with_breaks_is_a_chart_of_each_part(first, second, third):
    whole = charts.individuals_chart([*first, *second, *third], [len(first) + len(second), len(first)])

    parts = [charts.individuals_chart(part) for part in (first, second, third)]
    assert whole.points == tuple(point for part in parts for point in part.points)
    assert whole.provisional == parts[-1].provisional == (len(third) - third.count(None) < 12)


@quick
@given(gaps, st.integers(1, 50), st.integers(-100, 100))
def test_individuals_chart_of_another_unit_is_the_same_chart(values, times, more):
    found = charts.individuals_chart(values)

    other = charts.individuals_chart([None if one is None else one * times + more for one in values])

    assert limits_of(other)[0] == pytest.approx([limit * times + more for limit in limits_of(found)[0]])


# Signs


@quick
@given(halves | walks, st.sampled_from([(-3, 3), (-3, 6), (-1.5, 3)]))
def test_signals(values, reach):
    given = np.asarray([np.nan if value is None else value for value in values])
    low, high = (np.full(len(values), float(limit)) for limit in reach)

    found = find_signals(given, Limits(0 * low, low, high))

    expected = naive.signals(values, [(reach[0], 0, reach[1])] * len(values))
    assert [({sign.value for sign in signs}, side) for signs, side in found] == expected


@quick
@given(months)
def test_signals_of_limits_that_differ(pairs):
    seen, at_risk = zip(*pairs, strict=True)

    found = charts.rate_chart(seen, at_risk, laney=False)

    rates = [point.value for point in found.points]
    assert signs_of(found) == naive.signals(rates, limits_of(found))


@quick
@given(walks)
def test_upside_down_all_signs_are_of_the_other_side(values):
    found = signs_of(charts.individuals_chart(values))

    turned = signs_of(charts.individuals_chart([-value for value in values]))

    assert turned == [(signs, -side) for signs, side in found]


# Readings


@quick
@given((walks | gaps).filter(with_two), st.sampled_from(Better))
def test_variation(values, better):
    chart = charts.individuals_chart(values)

    assert variation(chart, better).value == naive.variation(values, limits_of(chart), better.value)


@quick
@given(gaps, st.integers(-100, 250), st.sampled_from([Better.LOWER, Better.HIGHER]))
def test_assurance(values, target, better):
    chart = charts.individuals_chart(values)

    low, _, high = limits_of(chart)[-1]
    # A target on a limit is met by that one value at most, and no chart is read so finely.
    if min(abs(target - low), abs(target - high)) > 1e-6:
        assert assurance(chart, target, better).value == naive.assurance(low, high, target, better.value)


@quick
@given(gaps, st.integers(-100, 250), st.integers(0, 50))
def test_an_easier_target_is_met_no_less_surely(values, target, easier):
    chart = charts.individuals_chart(values)
    order = ["misses the target", "hits and misses", "meets the target"]

    strict, mild = (order.index(assurance(chart, one, Better.LOWER)) for one in (target, target + easier))

    assert strict <= mild
