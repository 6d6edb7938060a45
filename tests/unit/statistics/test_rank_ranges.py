"""Ranks with their ranges: properties and refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import comparison

quick = settings(derandomize=True, max_examples=40, deadline=None, database=None)
area_lists = st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 10_000)), min_size=1, max_size=12)


def ranges_of(areas, **options):
    counts, exposures = zip(*areas, strict=True)
    return comparison.rank_ranges(counts, exposures, **options)


def test_rank_ranges_no_areas():
    assert comparison.rank_ranges([], []) == []


def test_rank_ranges_one_area():
    assert comparison.rank_ranges([5], [1000]) == [comparison.RankRange(rank=1, low=1, high=1)]


def test_rank_ranges_equal_areas_may_be_anywhere():
    # With 20 equal areas each rank has a probability of 0.05, so the tails of 0.025 reach the first and last.
    ranges = ranges_of([(30, 1000)] * 20)

    assert ranges == [comparison.RankRange(rank=1, low=1, high=20)] * 20


def test_rank_ranges_narrow_at_lower_confidence():
    areas = [(30 + area, 1000) for area in range(20)]
    wide, narrow = ranges_of(areas, confidence=0.95), ranges_of(areas, confidence=0.5)

    assert all(w.low <= n.low and n.high <= w.high for w, n in zip(wide, narrow, strict=True))
    assert sum(n.high - n.low for n in narrow) < sum(w.high - w.low for w in wide) / 2


def test_rank_ranges_no_events_is_not_certainly_lowest():
    # None in 100 says less than 1 in 10,000.
    first, second = ranges_of([(0, 100), (1, 10_000)])

    assert first == comparison.RankRange(rank=1, low=1, high=2)
    assert second == comparison.RankRange(rank=2, low=1, high=2)


def test_rank_ranges_observed_rank_below_the_simulation_is_included():
    # Of three areas without events, the two of small exposure are nearly always simulated above the third, in
    # places two and three, but share the observed rank of 1 with it.
    ranges = ranges_of([(0, 1), (0, 1), (0, 1_000_000)])

    assert [found.rank for found in ranges] == [1, 1, 1]
    assert [found.low for found in ranges] == [1, 1, 1]
    assert [found.high for found in ranges] == [3, 3, 1]


def test_rank_ranges_observed_rank_above_the_simulation_is_included():
    # One event in a million is more than none, but of the areas with next to no exposure nothing is known.
    ranges = ranges_of([(0, 1), (0, 1), (0, 1), (1, 1_000_000)])

    assert ranges[3] == comparison.RankRange(rank=4, low=1, high=4)


@quick
@given(area_lists)
def test_rank_ranges_hold_the_observed_rank(areas):
    ranges = ranges_of(areas, draws=200)

    assert len(ranges) == len(areas)
    assert all(1 <= found.low <= found.rank <= found.high <= len(areas) for found in ranges)


@quick
@given(area_lists)
def test_rank_ranges_order_areas_by_rate(areas):
    ranks = [found.rank for found in ranges_of(areas, draws=1)]

    rates = [count / exposure for count, exposure in areas]
    assert sorted(ranks) == sorted(1 + sorted(rates).index(rate) for rate in rates)
    for rank, rate in zip(ranks, rates, strict=True):
        assert rank == 1 + sum(other < rate for other in rates)


@quick
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12, unique=True))
def test_rank_ranges_without_ties_are_a_permutation(counts):
    ranks = [found.rank for found in comparison.rank_ranges(counts, [1000] * len(counts), draws=1)]

    assert sorted(ranks) == list(range(1, len(counts) + 1))


@quick
@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(50, 99)), min_size=2, max_size=8, unique=True).flatmap(
        lambda areas: st.tuples(st.just(areas), st.permutations(areas))
    )
)
def test_rank_ranges_do_not_depend_on_the_order_of_areas(orders):
    first, second = (dict(zip(areas, ranges_of(areas, draws=200), strict=True)) for areas in orders)

    assert first == second


def test_rank_ranges_same_answer_each_time_and_no_global_randomness():
    areas = [(30 + area, 1000) for area in range(20)]
    before = np.random.get_state()[1].tolist()

    first, second = ranges_of(areas), ranges_of(areas)

    assert first == second
    assert np.random.get_state()[1].tolist() == before


def test_rank_ranges_other_seeds_move_an_end_by_little():
    areas = [(30 + 2 * area, 1000) for area in range(20)]
    first, second = ranges_of(areas, seed=1), ranges_of(areas, seed=2)

    assert all(abs(f.low - s.low) <= 1 and abs(f.high - s.high) <= 1 for f, s in zip(first, second, strict=True))


@pytest.mark.parametrize("count", [-1, 2.5, float("nan"), float("inf")])
def test_rank_ranges_refuse_impossible_counts(count):
    with pytest.raises(ValueError, match="whole numbers of zero or more"):
        comparison.rank_ranges([3, count], [100, 100])


@pytest.mark.parametrize("exposure", [0, -1, float("nan"), float("inf")])
def test_rank_ranges_refuse_impossible_exposures(exposure):
    with pytest.raises(ValueError, match="Every exposure must be a number above zero"):
        comparison.rank_ranges([3, 4], [100, exposure])


def test_rank_ranges_refuse_unequal_lengths():
    with pytest.raises(ValueError, match="There are 2 counts but 1 exposures"):
        comparison.rank_ranges([3, 4], [100])


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_rank_ranges_refuse_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        comparison.rank_ranges([3, 4], [100, 100], confidence=confidence)


def test_rank_ranges_refuse_no_draws():
    with pytest.raises(ValueError, match="At least one draw is needed"):
        comparison.rank_ranges([3, 4], [100, 100], draws=0)
