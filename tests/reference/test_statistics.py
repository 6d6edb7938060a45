"""`frankpledge.statistics` against the naive second implementation, over examples Hypothesis chooses.

Derandomised, so that a run checks the same examples everywhere.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import change, comparison, rates, standardising, trend
from tests.reference import statistics as naive

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=25)

confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998])
exposures = st.integers(1, 100_000)
days = st.integers(28, 31)


@quick
@given(st.integers(0, 9), confidences)
def test_count_interval_exact(count, confidence):
    interval = rates.count_interval(count, confidence)

    assert interval.method == "exact"
    assert (interval.low, interval.high) == pytest.approx(naive.exact_poisson_limits(count, confidence))


@quick
@given(st.integers(10, 2_000_000), confidences)
def test_count_interval_byar(count, confidence):
    interval = rates.count_interval(count, confidence)

    assert interval.method == "byar"
    assert (interval.low, interval.high) == pytest.approx(naive.cube_root_limits(count, confidence))


@slow
@given(st.integers(10, 1000))
def test_count_interval_byar_is_within_a_fifth_of_a_per_cent_of_exact(count):
    # The accuracy public health guidance claims for 95% limits, and the reason for changing method at ten.
    interval = rates.count_interval(count, 0.95)

    exact = naive.exact_poisson_limits(count, 0.95)

    assert (interval.low, interval.high) == pytest.approx(exact, rel=0.002)


@quick
@given(st.lists(st.integers(0, 100), max_size=8), confidences)
def test_count_intervals(counts, confidence):
    lows, highs = rates.count_intervals(counts, confidence)

    expected = [naive.count_limits(count, confidence) for count in counts]

    assert list(zip(lows, highs, strict=True)) == [pytest.approx(pair) for pair in expected]


@quick
@given(st.integers(0, 500), exposures, st.sampled_from([1, 1000, 100_000]), confidences)
def test_rate_interval(count, exposure, per, confidence):
    interval = rates.rate_interval(count, exposure, per, confidence)

    expected = [events / exposure * per for events in (count, *naive.count_limits(count, confidence))]

    assert [interval.value, interval.low, interval.high] == pytest.approx(expected)


AGES = st.tuples(st.integers(0, 5000), exposures, st.integers(1, 10_000))


@quick
@given(st.lists(AGES, min_size=1, max_size=20).filter(lambda ages: sum(one[0] for one in ages) >= 10), confidences)
def test_standardised_rate(ages, confidence):
    counts, exposed, standard = zip(*ages, strict=True)

    interval = standardising.standardised_rate(counts, exposed, standard, per=1, confidence=confidence)

    expected = naive.standardised(counts, exposed, standard, confidence)
    assert (interval.value, interval.low, interval.high) == pytest.approx(expected)


@quick
@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), confidences)
def test_proportion_interval(part, confidence):
    interval = rates.proportion_interval(*part, confidence)

    expected = naive.score_limits(*part, confidence)

    assert (interval.low, interval.high) == pytest.approx(expected, rel=1e-7, abs=1e-12)


@quick
@given(st.integers(0, 80), st.integers(0, 80), st.integers(1, 400), st.integers(1, 400))
def test_compare_counts_p_value(before, after, exposure_before, exposure_after):
    compared = change.compare_counts(before, after, exposure_before, exposure_after)

    expected = naive.conditional_p_value(before, after, exposure_before, exposure_after)

    assert compared.p_value == pytest.approx(expected, rel=1e-9, abs=1e-300)


@slow
@given(st.integers(0, 80), st.integers(0, 80), exposures, exposures, confidences)
def test_compare_counts_ratio(before, after, exposure_before, exposure_after, confidence):
    compared = change.compare_counts(before, after, exposure_before, exposure_after, confidence)

    expected = naive.ratio_limits(before, after, exposure_before, exposure_after, confidence)

    assert (compared.ratio_low, compared.ratio_high) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    "after", [900_000, 900_001, 900_700, 901_341, 898_000, 905_000, 893_000], ids=lambda after: f"{after:,}"
)
def test_compare_counts_of_many(after):
    compared = change.compare_counts(900_000, after)

    expected = naive.conditional_p_value_of_many(900_000, after)

    assert 0 < compared.p_value <= 1
    assert compared.p_value == pytest.approx(expected, rel=1e-6)


def test_conditional_p_value_of_many_agrees_with_whole_numbers():
    assert naive.conditional_p_value_of_many(16, 25) == pytest.approx(naive.conditional_p_value(16, 25, 1, 1))


@slow
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(50, 200)), min_size=1, max_size=5))
def test_rank_ranges(areas):
    counts, at_risk = zip(*areas, strict=True)
    ranges = comparison.rank_ranges(counts, at_risk)

    assert [found.rank for found in ranges] == naive.observed_ranks(counts, at_risk)
    for area, found in enumerate(ranges):
        probabilities = naive.rank_probabilities(area, counts, at_risk)
        # 10,000 draws place a probability of 0.025 to within 0.005 at more than three standard errors.
        least, most = (naive.rank_quantile(probabilities, level) for level in (0.020, 0.030))
        assert min(found.rank, least) <= found.low <= min(found.rank, most)
        least, most = (naive.rank_quantile(probabilities, level) for level in (0.970, 0.980))
        assert max(found.rank, least) <= found.high <= max(found.rank, most)


@slow
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(50, 200)), min_size=1, max_size=5))
def test_rank_probabilities_add_up_to_one(areas):
    counts, at_risk = zip(*areas, strict=True)

    for area in range(len(areas)):
        assert sum(naive.rank_probabilities(area, counts, at_risk)) == pytest.approx(1, abs=1e-4)


@quick
@given(st.lists(st.none() | st.integers(0, 1000), max_size=40), st.integers(1, 15))
def test_rolling_sums(values, window):
    assert trend.rolling_sums(values, window) == naive.rolling_sums(values, window)


@quick
@given(
    st.integers(0, 400).flatmap(
        lambda most: st.lists(st.tuples(st.none() | st.integers(0, most), days), min_size=1, max_size=24)
    ),
    confidences,
)
def test_months_against_mean(pairs, confidence):
    values, lengths = zip(*pairs, (3, 30), strict=True)
    mean, months = trend.months_against_mean(values, lengths, confidence)

    present = [value for value in values if value is not None]
    expected = naive.expected_counts(values, lengths)
    multiplier = naive.variance_multiplier(values, expected)
    tail = (1 - confidence) / 2
    assert mean == pytest.approx(sum(present) / len(present))
    assert [month.expected for month in months] == pytest.approx(expected)
    for month, centre in zip(months, expected, strict=True):
        assert month.low == naive.chance_quantile(tail, centre, multiplier)
        assert month.high == naive.chance_quantile(1 - tail, centre, multiplier)
