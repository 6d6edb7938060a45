"""Control charts: limits worked by hand, each sign by itself, and what is read from them."""

from math import sqrt

import numpy as np
import pytest

from frankpledge.statistics.charts import gaps_chart, individuals_chart, rate_chart, times_chart
from frankpledge.statistics.readings import Assurance, Better, Variation, assurance, variation
from frankpledge.statistics.signals import Limits, Signal, find_signals


def signs(values, low=-3.0, high=3.0):
    """The signs at each value, where the centre is 0 and a limit three deviations."""
    size = np.ones(len(values))
    return find_signals(np.asarray(values, dtype=float), Limits(0 * size, low * size, high * size))


def places(found, signal):
    return [place for place, (signals, _) in enumerate(found) if signal in signals]


# Limits


def test_individuals_by_hand():
    # Mean 12; ranges 4, 2, 4 and 8 have a mean of 4.5: limits 3 x 4.5 / 1.128 from the mean.
    chart = individuals_chart([10, 14, 12, 8, 16])

    reach = 3 * 4.5 / 1.128
    point = chart.points[0]
    assert (point.centre, point.low, point.high) == pytest.approx((12, 12 - reach, 12 + reach))
    assert chart.provisional


def test_no_range_is_taken_over_a_missing_value():
    chart = individuals_chart([1, 2, None, 50, 51])

    assert chart.points[0].high - chart.points[0].centre == pytest.approx(3 * 1 / 1.128)
    assert chart.points[2].value is None and not chart.points[2].signals


def test_rates_without_laney_are_poisson():
    # 60 events in 300 days: 0.2 a day; in a month of 30 days one deviation is the root of 0.2 / 30.
    chart = rate_chart([6, 5, 7, 6, 5, 7, 6, 6, 5, 7], [30] * 10, laney=False)

    assert chart.kind == "u"
    assert chart.points[0].high == pytest.approx(0.2 + 3 * sqrt(0.2 / 30))


def test_laney_widens_to_the_scatter_from_point_to_point():
    # Deviations alternate by four: a mean moving range of 4 is 4 / 1.128 times chance.
    counts, days = [100 + 20 * (-1) ** month for month in range(12)], [1.0] * 12
    chart = rate_chart(counts, days)

    assert chart.kind == "u′"
    assert chart.scatter == pytest.approx(4 / 1.128)
    assert chart.points[0].high == pytest.approx(100 + 3 * 10 * 4 / 1.128)


def test_longer_months_have_narrower_limits():
    chart = rate_chart([31, 28], [31, 28], per=30, laney=False)

    assert chart.points[0].centre == pytest.approx(30) and chart.points[0].high < chart.points[1].high


def test_a_rate_is_not_less_than_none():
    assert rate_chart([0, 1, 0, 1], [1, 1, 1, 1]).points[0].low == 0


def test_gaps_by_hand():
    # A mean gap of 20: the root of 20 x 21 is 20.49; the centre is the median, 0.693 of the mean.
    chart = gaps_chart([10, 30, 20, 20])

    point = chart.points[0]
    assert (point.centre, point.low, point.high) == pytest.approx((13.86, 0, 20 + 3 * sqrt(420)))


def test_times_are_charted_on_nelsons_scale():
    days = [10.0, 40, 25, 3, 60, 18]
    chart, scaled = times_chart(days), individuals_chart([one ** (1 / 3.6) for one in days])

    assert chart.points[0].high == pytest.approx(scaled.points[0].high ** 3.6)
    assert chart.points[0].centre == pytest.approx(scaled.points[0].centre ** 3.6)
    assert chart.points[0].low == pytest.approx(max(0, scaled.points[0].low) ** 3.6)


def test_limits_are_made_anew_at_a_break():
    chart = individuals_chart([10, 12, 11, 30, 32, 31], rebased_at=[3])

    assert [point.centre for point in chart.points] == pytest.approx([11, 11, 11, 31, 31, 31])


# Signs


def test_a_point_beyond_a_limit():
    found = signs([0, 3.1, 0, -3.1])

    assert places(found, Signal.BEYOND_LIMIT) == [1, 3]
    assert [side for _, side in found] == [0, 1, 0, -1]


def test_seven_on_one_side_and_not_six():
    assert places(signs([1, -1, *[1, 2] * 3, 1]), Signal.RUN) == list(range(2, 9))
    assert not places(signs([-1, *[1, 2] * 3, -1]), Signal.RUN)


def test_a_value_on_the_centre_or_missing_ends_a_run():
    assert not places(signs([1, 2, 1, 0, 1, 2, 1]), Signal.RUN)
    assert not places(signs([1, 2, 1, np.nan, 1, 2, 1, 2]), Signal.RUN)


def test_seven_rising_and_not_six():
    assert places(signs([0.9, 0.8, *np.linspace(0.7, 1.3, 6)]), Signal.TREND) == []
    found = signs([0.9, *np.linspace(-0.6, 0.6, 7), 0])
    assert places(found, Signal.TREND) == list(range(1, 8))
    assert found[1][1] == 1


def test_seven_falling_is_a_fall():
    assert signs(np.linspace(0.6, -0.6, 7))[6][1] == -1


def test_two_of_three_near_a_limit():
    assert places(signs([0, 2.1, 0.5, 2.2, -1]), Signal.NEAR_LIMIT) == [1, 3]
    assert not places(signs([0, 2.1, 0.5, 0.5, 2.2]), Signal.NEAR_LIMIT)
    assert not places(signs([0, 2.1, -0.5, 2.2]), Signal.NEAR_LIMIT)


def test_near_nought_is_no_sign_where_nought_is_the_least_possible():
    found = find_signals(np.asarray([0.1, 0.1, 0.1, 5]), Limits(np.full(4, 2.0), np.zeros(4), np.full(4, 9.0)))

    assert not places(found, Signal.NEAR_LIMIT)


def test_chance_seldom_signals():
    random = np.random.default_rng(9)
    points = [
        point.signals for _ in range(200) for point in individuals_chart(random.normal(100, 10, 24).tolist()).points
    ]

    assert sum(map(bool, points)) / len(points) < 0.06


def test_scattered_counts_do_not_signal_for_being_scattered():
    random = np.random.default_rng(10)
    beyond = {True: 0, False: 0}
    for _ in range(100):
        counts = random.negative_binomial(100 / 3, 1 / 4, 24).tolist()
        for laney in beyond:
            chart = rate_chart(counts, [1] * 24, laney=laney)
            beyond[laney] += sum(Signal.BEYOND_LIMIT in point.signals for point in chart.points)

    assert beyond[True] / 2400 < 0.01 < 0.08 < beyond[False] / 2400


# Readings


def test_variation_of_the_latest_point():
    high = individuals_chart([1, 2] * 6 + [9])

    assert variation(high, Better.LOWER) is Variation.CONCERNING
    assert variation(high, Better.HIGHER) is Variation.IMPROVING
    assert variation(high, Better.NEITHER) is Variation.HIGHER
    assert variation(individuals_chart([1, 2] * 6 + [-9]), Better.NEITHER) is Variation.LOWER
    assert variation(individuals_chart([1, 2] * 6), Better.LOWER) is Variation.COMMON_CAUSE


def test_a_missing_latest_value_is_passed_over():
    assert variation(individuals_chart([1, 2] * 6 + [9, None]), Better.LOWER) is Variation.CONCERNING


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (9, Better.LOWER, Assurance.PASSES),
        (-5, Better.LOWER, Assurance.FAILS),
        (9, Better.HIGHER, Assurance.FAILS),
        (-5, Better.HIGHER, Assurance.PASSES),
        (1.5, Better.LOWER, Assurance.HIT_OR_MISS),
    ],
)
def test_assurance_against_a_target(target, better, expected):
    assert assurance(individuals_chart([1, 2] * 6), target, better) is expected


def test_what_has_no_better_way_has_no_target():
    with pytest.raises(ValueError, match="no target"):
        assurance(individuals_chart([1, 2]), 1, Better.NEITHER)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: individuals_chart([1]), "at least two values"),
        (lambda: individuals_chart([1, 2, 3], [2]), "at least two values"),
        (lambda: individuals_chart([1, 2], [5]), "A break lies within"),
        (lambda: rate_chart([1, 2], [1]), "needs an exposure"),
        (lambda: rate_chart([1, 2], [1, 0]), "needs an exposure"),
        (lambda: rate_chart([1, -2], [1, 1]), "zero or more"),
        (lambda: gaps_chart([1, -2]), "A gap is zero or more"),
        (lambda: times_chart([1, -2]), "zero or more"),
    ],
)
def test_charts_refuse(draw, words):
    with pytest.raises(ValueError, match=words):
        draw()
