"""Year ends, steps, harm, cohorts and displacement against the naive second implementation."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from frankpledge.statistics import breaks, cohorts, dispersion, forecast, harm, rates
from frankpledge.statistics.place.displacement import BeforeAfter, weighted_displacement_difference
from tests.reference import series as naive
from tests.reference.statistics import count_limits

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=25)

counts = st.integers(0, 80)
years = st.lists(counts, min_size=12, max_size=12)


@quick
@given(st.lists(counts, min_size=1, max_size=11), st.lists(years, max_size=3), st.floats(1.05, 8))
def test_year_end(months, earlier, excess):
    found = forecast.year_end(months, earlier, excess=excess)

    expected = naive.year_end(months, earlier, excess, 0.95)
    assert (found.expected, found.low, found.high) == pytest.approx(expected)


@slow
@given(st.lists(st.integers(20, 200), min_size=84, max_size=100, unique=True), st.integers(30, 60))
def test_step_at(series, position):
    found = breaks.step_at(series, [30] * len(series), position)

    assert (found.ratio, found.deviation) == pytest.approx(naive.step(series, position, 6))


offences = st.dictionaries(st.sampled_from("abcdef"), st.tuples(counts, st.integers(0, 5000)), min_size=1)


@quick
@given(offences, st.sampled_from([0.9, 0.95]))
def test_weigh(given_offences, confidence):
    seen = {one: count for one, (count, _) in given_offences.items()}
    weights = {one: weight for one, (_, weight) in given_offences.items()}

    found = harm.weigh(seen, weights, confidence)

    limits = {one: count_limits(count, confidence) for one, count in seen.items()}
    assert (found.value, found.low, found.high) == pytest.approx(naive.harm(seen, weights, limits))


START = date(2022, 1, 1)


@quick
@given(
    st.lists(st.tuples(st.integers(0, 800), st.none() | st.integers(0, 700)), max_size=30),
    st.integers(0, 1200),
    st.integers(1, 400),
)
def test_followed_up(people, known_until, days):
    begun = [START + timedelta(days=start) for start, _ in people]
    again = [None if after is None else START + timedelta(days=start + after) for start, after in people]

    found = cohorts.followed_up(begun, again, START + timedelta(days=known_until), days)

    numbers = [(start, None if after is None else start + after) for start, after in people]
    assert (found.people, found.again, found.not_yet) == naive.followed(numbers, known_until, days)


areas = st.tuples(counts, st.integers(1, 80), st.integers(1, 3), st.integers(1, 3), st.integers(1, 5))


@quick
@given(areas, areas, st.none() | st.tuples(areas, areas))
def test_weighted_displacement_difference(treated, control, displaced):
    more = [BeforeAfter(*one) for one in displaced] if displaced else []

    found = weighted_displacement_difference(BeforeAfter(*treated), BeforeAfter(*control), *more)

    signed = [(*treated, 1), (*control, -1)]
    signed += [(*displaced[0], 1), (*displaced[1], -1)] if displaced else []
    value, variance = naive.displacement(signed)
    assert found.value == pytest.approx(value)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * variance**0.5, rel=1e-6)


@quick
@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=24, max_size=60))
def test_share_excess(months):
    wholes = [of for of, _ in months]
    parts = [of * per_cent // 100 for of, per_cent in months]

    assert dispersion.share_excess(parts, wholes) == pytest.approx(naive.share_excess(parts, wholes))


@quick
@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.floats(0.5, 0.999))
def test_wilson_is_that_of_a_second_library(pair, confidence):
    # No printed example of Wilson's limits could be read; statsmodels has them.
    found = rates.proportion_interval(*pair, confidence)

    assert (found.low, found.high) == pytest.approx(
        proportion_confint(*pair, alpha=1 - confidence, method="wilson"), abs=1e-9
    )
