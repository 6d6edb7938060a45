"""Areas beside each other: funnel limits, shrunk rates and the most similar ones."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics.funnel import funnel, winsorised_excess
from frankpledge.statistics.shrinkage import shrunk_rates
from frankpledge.statistics.similar import most_similar

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
areas = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 100_000)), min_size=3, max_size=30).filter(
    lambda rows: any(count for count, _ in rows)
)


# Funnels


def test_funnel_limits_by_hand():
    # 100 expected of each: on the square-root scale 10, give or take 1.96 / 2, squared.
    found = funnel([100, 110, 90], [1000, 1000, 1000], overdispersion=False)

    area = found.areas[1]
    assert found.overall == 0.1 and area.rate == 0.11
    assert area.deviation == pytest.approx(2 * (sqrt(110) - 10))
    assert (area.low_95, area.high_95) == pytest.approx(
        ((10 - 1.959964 / 2) ** 2 / 1000, (10 + 1.959964 / 2) ** 2 / 1000)
    )
    assert area.high_998 == pytest.approx((10 + 3.090232 / 2) ** 2 / 1000)


@quick
@given(areas, st.booleans())
def test_an_area_is_outside_exactly_when_its_deviation_says_so(rows, overdispersion):
    counts, exposures = zip(*rows, strict=True)

    found = funnel(counts, exposures, overdispersion)

    for area in found.areas:
        assert area.low_998 <= area.low_95 <= area.high_95 <= area.high_998
        if abs(area.deviation - 1.959964) > 1e-4:
            assert (area.rate > area.high_95) == (area.deviation > 1.959964)


def test_a_small_area_has_wider_limits():
    found = funnel([10, 100, 100], [100, 1000, 1000])

    assert found.areas[0].high_95 > found.areas[1].high_95


def test_areas_that_differ_anyway_widen_the_limits():
    random = np.random.default_rng(11)
    rates = random.gamma(20, 0.005, 40)
    counts = random.poisson(rates * 5000).tolist()

    plain, widened = funnel(counts, [5000] * 40, overdispersion=False), funnel(counts, [5000] * 40)

    assert widened.excess > 10
    assert sum(abs(area.deviation) > 3.09 for area in plain.areas) >= 10
    assert sum(abs(area.deviation) > 3.09 for area in widened.areas) == 0


def test_one_area_apart_does_not_hide_itself():
    random = np.random.default_rng(12)
    counts = [*random.poisson(100, 19).tolist(), 400]

    found = funnel(counts, [1000] * 20)

    assert found.areas[-1].p_value < 0.001


def test_excess_is_of_distances_with_their_ends_pulled_in():
    # Of -3 … 3 the tenths lie at -2.4 and 2.4, and what is beyond is pulled in to them.
    assert winsorised_excess([-3, -2, -1, 0, 1, 2, 3]) == pytest.approx((2 * (2.4**2) + 2 * 4 + 2 * 1) / 7 / 0.679)
    assert winsorised_excess([0.1, -0.1, 0]) == 1


def test_excess_of_a_normal_distribution_is_its_variance():
    distances = np.random.default_rng(24).normal(0, 3, (400, 32))

    assert np.mean([winsorised_excess(one) for one in distances]) == pytest.approx(9, rel=0.05)


@pytest.mark.parametrize(
    ("counts", "exposures", "words"),
    [
        ([1, 2], [1, 1], "three areas"),
        ([1, 2, 3], [1, 1], "three areas"),
        ([0, 0, 0], [1, 1, 1], "not all zero"),
        ([1, -1, 1], [1, 1, 1], "whole numbers"),
        ([1, 0.5, 1], [1, 1, 1], "whole numbers"),
        ([1, 1, 1], [1, 0, 1], "above zero"),
    ],
)
def test_funnel_refuses(counts, exposures, words):
    with pytest.raises(ValueError, match=words):
        funnel(counts, exposures)


# Shrunk rates


def test_two_areas_are_drawn_towards_each_other():
    # By moments the weight is 36 / 40; with so few areas the spread is hardly known, and it comes out near that.
    low, high = shrunk_rates([20, 60], [1000, 1000])

    assert 0.02 < low.value < 0.026 and 0.052 < high.value < 0.06
    assert low.low < 0.02 < low.high and 0.8 < low.weight < 1


def test_the_smallest_area_is_drawn_furthest():
    found = shrunk_rates([9, 100, 60, 80], [100, 2000, 2000, 2000])

    assert found[0].weight < min(one.weight for one in found[1:])


def test_areas_that_look_alike_are_not_said_to_be():
    found = shrunk_rates([100, 101, 99, 100, 102], [1000] * 5)

    assert all(one.weight < 0.6 for one in found)
    assert all(one.low < 0.095 and one.high > 0.105 for one in found)


@pytest.mark.parametrize(("number", "spread"), [(5, 0.0), (10, 0.1), (20, 0.0), (10, 0.4)])
def test_interval_holds_the_rate_of_few_areas_too(number, spread):
    random = np.random.default_rng(28)
    held = []
    for _ in range(60):
        truth = 0.01 * (random.gamma(1 / spread**2, spread**2, number) if spread else np.ones(number))
        found = shrunk_rates(np.maximum(random.poisson(truth * 8000), 0).tolist(), [8000] * number)
        held += [one.low <= rate <= one.high for one, rate in zip(found, truth, strict=True)]
    assert np.mean(held) >= 0.92


def test_excess_draws_further_and_widens():
    plain, wide = shrunk_rates([20, 60, 40], [1000] * 3)[0], shrunk_rates([20, 60, 40], [1000] * 3, excess=4)[0]

    assert wide.weight < plain.weight and wide.high - wide.low > plain.high - plain.low


def test_shrunk_rates_are_nearer_the_truth():
    random = np.random.default_rng(13)
    better = 0
    for _ in range(50):
        exposures = random.integers(200, 5000, 22)
        truth = random.gamma(10, 0.001, 22)
        counts = random.poisson(truth * exposures)
        found = shrunk_rates(counts.tolist(), exposures.tolist())
        seen = ((counts / exposures - truth) ** 2).mean()
        better += ((np.asarray([one.value for one in found]) - truth) ** 2).mean() < seen
    assert better >= 42


def test_shrunk_interval_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(14)
    held = []
    for _ in range(50):
        truth = random.gamma(10, 0.001, 40)
        found = shrunk_rates(random.poisson(truth * 2000).tolist(), [2000] * 40)
        held += [one.low <= rate <= one.high for one, rate in zip(found, truth, strict=True)]
    assert 0.91 <= np.mean(held) <= 0.98


@quick
@given(areas)
def test_shrinking_never_goes_beyond_the_overall_rate(rows):
    counts, exposures = zip(*rows, strict=True)
    overall = sum(counts) / sum(exposures)

    for one in shrunk_rates(counts, exposures):
        # The mean of all is itself uncertain, so that an area near it may land a little beyond.
        reach = abs(one.seen - overall) + 0.5 * overall
        assert overall - reach <= one.value <= overall + reach and one.low <= one.value <= one.high


@pytest.mark.parametrize(
    ("counts", "exposures", "confidence", "words"),
    [
        ([1], [1], 0.95, "two areas"),
        ([1, 1], [1, 0], 0.95, "above zero"),
        ([0, 0], [1, 1], 0.95, "no overall rate"),
        ([1, 1], [1, 1], 0, "Confidence"),
        ([1, 1], [1, float("inf")], 0.95, "above zero"),
    ],
)
def test_shrinking_refuses(counts, exposures, confidence, words):
    with pytest.raises(ValueError, match=words):
        shrunk_rates(counts, exposures, confidence)


# Similar areas


def test_most_similar_are_nearest_in_rank():
    # Column by column the order is 0, 1, 2, 3: the one next to it is nearest, whatever the units.
    found = most_similar([[1, 10], [2, 300], [900, 5000], [1000, 6000]], 0, number=2)

    assert [one.position for one in found] == [1, 2]
    assert found[0].distance < found[1].distance


def test_two_areas_drawn_at_random_are_about_one_apart():
    table = np.random.default_rng(15).uniform(size=(300, 6))

    assert np.mean([one.distance for one in most_similar(table, 0, number=299)]) == pytest.approx(1, abs=0.25)


def test_an_area_of_which_something_is_not_known_cannot_be_placed():
    found = most_similar([[1.0], [np.nan], [3.0]], 0)

    assert [one.position for one in found] == [2]


def test_weights_decide_what_counts():
    table = [[1, 9], [1, 1], [9, 9]]

    assert most_similar(table, 0, 1, weights=[9, 1])[0].position == 1
    assert most_similar(table, 0, 1, weights=[1, 9])[0].position == 2


def test_likeness_is_mutual():
    table = np.random.default_rng(16).normal(size=(20, 4))

    there = {one.position: one.distance for one in most_similar(table, 3, 19)}
    back = {one.position: one.distance for one in most_similar(table, 7, 19)}

    assert there[7] == pytest.approx(back[3])


@pytest.mark.parametrize(
    ("features", "weights", "words"),
    [
        ([[np.nan], [1.0]], None, "not known"),
        ([[1.0], [np.nan]], None, "no other area"),
        ([[1.0], [2.0]], [0], "weight above zero"),
        ([[1.0], [2.0]], [1, 1], "weight above zero"),
    ],
)
def test_most_similar_refuses(features, weights, words):
    with pytest.raises(ValueError, match=words):
        most_similar(features, 0, weights=weights)
