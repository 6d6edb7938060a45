"""Where a year will end: by hand, and how often the interval holds."""

import numpy as np
import pytest

from frankpledge.statistics.forecast import year_end


def test_half_a_year_without_earlier_ones_doubles():
    found = year_end([10, 12, 8, 11, 9, 10])

    assert found.so_far == 60 and found.expected == pytest.approx(120)
    assert found.low < 120 < found.high


def test_a_year_is_spread_as_earlier_ones_were():
    # Two thirds of earlier years fell in their first half.
    earlier = [[20] * 6 + [10] * 6] * 3

    found = year_end([20] * 6, earlier)

    assert found.expected == pytest.approx(120 * (183 + 93) / 183, rel=0.02)


def test_a_whole_year_is_known():
    found = year_end([5] * 12)

    assert (found.so_far, found.expected, found.low, found.high) == (60, 60, 60, 60)


def test_none_so_far_is_not_none_for_certain():
    found = year_end([0, 0, 0])

    assert found.expected == 0 and found.low == 0 and found.high >= 3


def test_a_year_of_none_says_nothing_of_scatter():
    # Two are expected of every month of the other years: 24 times 2, over 24 months less two levels and the spread.
    busy = [[4, 0] * 6, [0, 4] * 6]

    found = year_end([0, 0, 0], busy)

    assert found == year_end([0, 0, 0], busy, excess=48 / 11)
    assert found.high > year_end([0, 0, 0], busy, excess=1).high


@pytest.mark.parametrize("excess", [1, 3])
def test_interval_holds_as_often_as_it_says(excess):
    random = np.random.default_rng(8)
    held = 0
    for _ in range(600):
        mean = 40.0
        year = (
            random.poisson(mean, 12) if excess == 1 else random.negative_binomial(mean / (excess - 1), 1 / excess, 12)
        )
        found = year_end(year[:7].tolist(), excess=excess)
        held += found.low <= year.sum() <= found.high
    assert 0.93 <= held / 600 <= 0.98


def test_fewer_months_know_less():
    widths = [year_end([10] * months, excess=1) for months in (2, 6, 11)]

    assert widths[0].high - widths[0].low > widths[1].high - widths[1].low > widths[2].high - widths[2].low


@pytest.mark.parametrize(
    ("months", "earlier", "confidence", "words"),
    [
        ([], (), 0.95, "one to twelve"),
        ([1] * 13, (), 0.95, "one to twelve"),
        ([1], ([1] * 11,), 0.95, "twelve months"),
        ([-1], (), 0.95, "zero or more"),
        ([1, None], (), 0.95, "no month missing"),
        ([1], (), 1, "Confidence"),
    ],
)
def test_year_end_refuses(months, earlier, confidence, words):
    with pytest.raises(ValueError, match=words):
        year_end(months, earlier, confidence)
