"""Counts, rates and proportions: hand-worked limits, properties and refusals."""

from math import log

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frankpledge.statistics import rates

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
counts = st.integers(0, 2_000_000)
confidences = st.floats(0.01, 0.9999)


def test_count_interval_no_events():
    interval = rates.count_interval(0)

    assert interval == rates.Interval(value=0.0, low=0.0, high=pytest.approx(-log(0.025)), method="exact")


def test_count_interval_one_event():
    # At least one event has the probability 1 - exp(-mean), so its lower limit can be written down.
    interval = rates.count_interval(1)

    assert interval.low == pytest.approx(-log(0.975))
    assert interval.high == pytest.approx(5.5716, abs=0.00005)


@pytest.mark.parametrize(("count", "method"), [(9, "exact"), (10, "byar")])
def test_count_interval_changes_method_at_ten(count, method):
    assert rates.count_interval(count).method == method


def test_count_interval_byar_by_hand():
    # 10 x (1 - 1/90 - 1.959964/9.486833)^3 and 11 x (1 - 1/99 + 1.959964/9.949874)^3
    interval = rates.count_interval(10)

    assert interval.low == pytest.approx(4.78745, abs=0.00001)
    assert interval.high == pytest.approx(18.39146, abs=0.00001)


def test_count_interval_agrees_with_garwood_for_25():
    # GraphPad's worked example of the exact method: 16.18 to 36.90.
    interval = rates.count_interval(25)

    assert interval.low == pytest.approx(16.18, abs=0.01)
    assert interval.high == pytest.approx(36.90, abs=0.01)


def test_count_interval_returns_plain_numbers():
    interval = rates.count_interval(np.int64(12))

    assert {type(number) for number in (interval.value, interval.low, interval.high)} == {float}


@quick
@given(counts, confidences)
def test_count_interval_contains_the_count(count, confidence):
    interval = rates.count_interval(count, confidence)

    assert 0 <= interval.low <= interval.value == count <= interval.high


@quick
@given(counts, confidences, confidences)
def test_count_interval_widens_with_confidence(count, first, second):
    less, more = (rates.count_interval(count, confidence) for confidence in sorted((first, second)))

    assert more.low <= less.low
    assert less.high <= more.high


@quick
@given(st.integers(0, 100_000), st.sampled_from([0.8, 0.95, 0.998]))
def test_count_interval_rises_with_the_count(count, confidence):
    fewer, more = rates.count_interval(count, confidence), rates.count_interval(count + 1, confidence)

    assert fewer.low < more.low
    assert fewer.high < more.high


@quick
@given(st.lists(counts, min_size=1, max_size=20), confidences)
def test_count_intervals_are_those_of_each_count(many, confidence):
    lows, highs = rates.count_intervals(np.array(many), confidence)

    alone = [rates.count_interval(count, confidence) for count in many]
    assert lows.tolist() == [interval.low for interval in alone]
    assert highs.tolist() == [interval.high for interval in alone]


@pytest.mark.parametrize("shape", [(), (0,), (6,), (2, 3)])
def test_count_intervals_keep_the_shape(shape):
    lows, highs = rates.count_intervals(np.full(shape, 7))

    assert lows.shape == highs.shape == shape


def test_count_intervals_leave_their_input_alone():
    seen = np.array([0, 3, 12])

    rates.count_intervals(seen)

    assert seen.tolist() == [0, 3, 12]


@pytest.mark.parametrize("seen", [-1, 2.5, float("nan"), float("inf"), [3, -1], [3, None]], ids=lambda seen: str(seen))
def test_count_intervals_refuse_impossible_counts(seen):
    with pytest.raises(ValueError, match="whole numbers of zero or more"):
        rates.count_intervals(seen)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, float("nan")])
def test_count_interval_refuses_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        rates.count_interval(5, confidence)


@pytest.mark.parametrize("exposure", [0, -1000, float("nan"), float("inf")])
def test_rate_interval_refuses_impossible_exposure(exposure):
    with pytest.raises(ValueError, match="exposure and a unit above zero"):
        rates.rate_interval(5, exposure)


def test_rate_interval_refuses_impossible_unit():
    with pytest.raises(ValueError, match="exposure and a unit above zero"):
        rates.rate_interval(5, 1000, per=0)


def test_rate_interval_is_the_count_interval_of_its_own_exposure():
    rate, count = rates.rate_interval(37, exposure=1000), rates.count_interval(37)

    assert rate == count


@quick
@given(counts, st.floats(0.001, 1e9), st.sampled_from([1, 1000, 100_000]), confidences)
def test_rate_interval_contains_the_rate(count, exposure, per, confidence):
    interval = rates.rate_interval(count, exposure, per, confidence)

    assert interval.low <= interval.value <= interval.high
    assert interval.value == pytest.approx(per * count / exposure)


@quick
@given(st.integers(0, 100_000), st.integers(1, 1_000_000))
def test_rate_interval_halves_when_the_exposure_doubles(count, exposure):
    once, twice = rates.rate_interval(count, exposure), rates.rate_interval(count, 2 * exposure)

    assert [twice.value, twice.low, twice.high] == [once.value / 2, once.low / 2, once.high / 2]


def test_proportion_interval_of_none_by_hand():
    # z^2 / (n + z^2), with z^2 = 3.841459
    interval = rates.proportion_interval(0, 20)

    assert interval == rates.Interval(value=0.0, low=0.0, high=pytest.approx(3.841459 / 23.841459), method="wilson")


@quick
@given(st.integers(1, 1_000_000), confidences)
@example(983_877, 0.29223707081170475)  # the formula, rounded, has a lower limit just above none here
def test_proportion_interval_of_none_and_all_ends_exactly_there(of, confidence):
    none, all_of_them = (rates.proportion_interval(count, of, confidence) for count in (0, of))

    assert (none.low, none.value) == (0, 0)
    assert (all_of_them.value, all_of_them.high) == (1, 1)


part_of_whole = st.integers(1, 1_000_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@quick
@given(part_of_whole, confidences)
def test_proportion_interval_contains_the_proportion(part, confidence):
    interval = rates.proportion_interval(*part, confidence)

    assert 0 <= interval.low <= interval.value <= interval.high <= 1
    assert interval.value == part[0] / part[1]
    assert interval.low < interval.high


@quick
@given(part_of_whole, confidences)
def test_proportion_interval_mirrors_that_of_the_remainder(part, confidence):
    count, of = part
    interval, mirrored = (rates.proportion_interval(some, of, confidence) for some in (count, of - count))

    assert interval.low == pytest.approx(1 - mirrored.high, abs=1e-12)
    assert interval.high == pytest.approx(1 - mirrored.low, abs=1e-12)


@quick
@given(part_of_whole)
def test_proportion_interval_rises_with_the_count(part):
    count, of = part
    fewer, more = rates.proportion_interval(count, of + 1), rates.proportion_interval(count + 1, of + 1)

    assert fewer.low < more.low
    assert fewer.high < more.high


@pytest.mark.parametrize(("count", "of"), [(3, 2), (0, 0), (1, 0)])
def test_proportion_interval_refuses_parts_beyond_the_whole(count, of):
    with pytest.raises(ValueError, match="a part within a whole above zero"):
        rates.proportion_interval(count, of)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (1, -5), (1.5, 5)])
def test_proportion_interval_refuses_impossible_counts(count, of):
    with pytest.raises(ValueError, match="whole numbers of zero or more"):
        rates.proportion_interval(count, of)


def test_proportion_interval_refuses_impossible_confidence():
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        rates.proportion_interval(1, 5, 95)
