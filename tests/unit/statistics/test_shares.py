"""Percentage points, weighted surveys and what is not recorded: published answers, hand-worked ones, refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from frankpledge.statistics.shares import PlaceRange, compare_shares, effective_number, place_ranges, recorded_share

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
pairs = st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_points_are_not_per_cent():
    # Re-offending of 36.4% and 38.5% of a thousand each: 2.1 points, not "2.1%".
    found = compare_shares(385, 1000, 364, 1000)

    assert found.difference.value == pytest.approx(-0.021)
    assert found.difference.low < 0 < found.difference.high and found.p_value > 0.3


@quick
@given(pairs, pairs)
def test_interval_is_that_of_a_second_library(before, after):
    found = compare_shares(*before, *after)

    low, high = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert (found.difference.low, found.difference.high) == pytest.approx((low, high), abs=1e-9)


@quick
@given(pairs, pairs)
def test_the_other_way_round_is_the_other_sign(before, after):
    one, other = compare_shares(*before, *after), compare_shares(*after, *before)

    assert one.difference.value == pytest.approx(-other.difference.value)
    assert one.difference.low == pytest.approx(-other.difference.high)
    assert one.p_value == pytest.approx(other.p_value)


def test_all_or_none_in_both_cannot_be_told_apart():
    assert compare_shares(0, 50, 0, 80).p_value == 1
    assert compare_shares(50, 50, 80, 80).p_value == 1


def test_p_value_by_hand():
    # 30 of 100 against 45 of 100: 199 x (30 x 55 - 45 x 70)^2 / (100 x 100 x 75 x 125) = 4.776.
    assert compare_shares(30, 100, 45, 100).p_value == pytest.approx(0.02886, abs=5e-5)


def test_a_weighted_survey_is_worth_fewer_answers():
    assert effective_number([1, 1, 1, 1]) == 4
    assert effective_number([1, 1, 2]) == pytest.approx(16 / 6)
    assert effective_number([5, 0]) == 1


@pytest.mark.parametrize("weights", [[], [0], [-1, 2], [float("nan")]])
def test_weights_are_refused(weights):
    with pytest.raises(ValueError, match="Weights must be"):
        effective_number(weights)


def test_what_is_not_recorded_is_bounded():
    # Of 1,000 accused 120 have an occupation recorded, 50 of them unemployed: anything from 5% to 93%.
    found = recorded_share(50, 120, 1000)

    assert found.value == pytest.approx(50 / 120)
    assert (found.least, found.most, found.recorded) == (0.05, 0.93, 0.12)


def test_nothing_recorded_has_no_share_but_bounds():
    found = recorded_share(0, 0, 10)

    assert (found.value, found.low, found.high) == (None, None, None)
    assert (found.least, found.most) == (0, 1)


def test_all_recorded_has_one_share():
    found = recorded_share(3, 10, 10)

    assert found.least == found.most == found.value == 0.3


@pytest.mark.parametrize("numbers", [(2, 1, 3), (0, 4, 3), (-1, 1, 1), (0, 0, 0)])
def test_recorded_share_refuses(numbers):
    with pytest.raises(ValueError, match="lies within"):
        recorded_share(*numbers)


def test_shares_outside_their_whole_are_refused():
    with pytest.raises(ValueError, match="part within a whole"):
        compare_shares(5, 4, 1, 2)


def test_people_who_come_back_widen_the_interval_and_not_the_bounds():
    once, again = recorded_share(30, 80, 100), recorded_share(30, 80, 100, excess=2.0)

    assert (again.value, again.least, again.most) == (once.value, once.least, once.most)
    # As of half as many.
    assert (again.low, again.high) == pytest.approx((recorded_share(15, 40, 50).low, recorded_share(15, 40, 50).high))
    with pytest.raises(ValueError, match="one or more"):
        recorded_share(1, 2, 3, excess=0.5)


def test_second_most_common_is_no_finding_with_most_not_recorded():
    assert place_ranges([700, 500], 8_800) == (PlaceRange(1, 2), PlaceRange(1, 2))
    assert place_ranges([700, 500], 0) == (PlaceRange(1, 1), PlaceRange(2, 2))
    assert place_ranges([700, 500, 20], 100) == (PlaceRange(1, 1), PlaceRange(2, 2), PlaceRange(3, 3))


def test_few_or_counted_again_and_again_are_in_no_order():
    assert place_ranges([12, 10], 0) == (PlaceRange(1, 2), PlaceRange(1, 2))
    assert place_ranges([60, 36], 0) == (PlaceRange(1, 1), PlaceRange(2, 2))
    assert place_ranges([60, 36], 0, excess=2.0) == (PlaceRange(1, 2), PlaceRange(1, 2))


@quick
@given(st.lists(st.integers(0, 6), min_size=1, max_size=4), st.integers(0, 5))
def test_without_chance_places_hold_every_way_of_filling_in_what_is_not_recorded(counts, blank):
    # Next to no confidence asked for: chance is left out, and only the blanks are.
    found = place_ranges(counts, blank, confidence=1e-9)

    every = [tuple(map(sum, zip(counts, more, strict=True))) for more in ways(blank, len(counts))]
    for place, one in enumerate(found):
        best = min(1 + sum(other > way[place] for other in way) for way in every)
        worst = max(sum(other >= way[place] for other in way) for way in every)
        assert one.first == best and one.last >= worst


def ways(number, parts):
    """Every way of sharing out some people, or fewer, among parts."""
    if parts == 0:
        return [()]
    return [(one, *rest) for one in range(number + 1) for rest in ways(number - one, parts - 1)]


@pytest.mark.parametrize(("counts", "blank", "excess"), [([-1], 0, 1), ([1], -1, 1), ([1], 0, 0.5)])
def test_places_of_less_than_nobody_are_refused(counts, blank, excess):
    with pytest.raises(ValueError, match="zero or more"):
        place_ranges(counts, blank, excess=excess)
