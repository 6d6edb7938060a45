"""People followed, risk factors and disproportionality: by hand, and on edges of dates."""

from datetime import date

import numpy as np
import pytest

from frankpledge.statistics.cohorts import compare_factors, disproportion, factors_per_person, followed_up

BEGUN = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        # 2024 is a leap year: the 365th day is 29 February.
        (date(2024, 2, 29), 1),
        (date(2024, 3, 1), 0),
        (date(2023, 3, 1), 1),
        (None, 0),
    ],
)
def test_an_offence_on_the_last_day_counts_and_one_after_does_not(again, expected):
    assert followed_up([BEGUN], [again], date(2024, 12, 31)).again == expected


def test_those_not_followed_long_enough_are_left_out():
    found = followed_up([BEGUN, date(2024, 1, 1)], [None, date(2024, 1, 5)], date(2024, 6, 30))

    assert (found.people, found.again, found.not_yet) == (1, 0, 1)


def test_nobody_followed_long_enough_has_no_share():
    found = followed_up([BEGUN], [None], date(2023, 6, 1))

    assert found.share is None and found.people == 0


def test_share_has_its_interval():
    found = followed_up([BEGUN] * 41, [date(2023, 5, 1)] * 15 + [None] * 26, date(2025, 1, 1))

    assert found.share.value == pytest.approx(15 / 41) and found.share.method == "wilson"


@pytest.mark.parametrize(
    ("begun", "again", "days", "words"),
    [
        ([BEGUN], [], 365, "needs a date or None"),
        ([BEGUN], [None], 0, "a day or more"),
        ([BEGUN], [date(2023, 2, 28)], 365, "before the day"),
    ],
)
def test_following_refuses(begun, again, days, words):
    with pytest.raises(ValueError, match=words):
        followed_up(begun, again, date(2025, 1, 1), days)


def test_factors_that_differ_are_told_from_those_that_do_not():
    some = np.repeat([True, False], [30, 170])
    excluded = np.concatenate((np.arange(30) < 24, np.arange(170) < 50))
    left_handed = np.concatenate((np.arange(30) < 3, np.arange(170) < 18))

    school, hand = compare_factors(np.column_stack((excluded, left_handed)), some)

    assert school.q_value < 0.001 and school.some.value == 0.8
    assert school.compared.difference.value == pytest.approx(0.8 - 50 / 170)
    assert hand.q_value > 0.5


def test_twenty_factors_that_mean_nothing_seldom_differ():
    random = np.random.default_rng(18)
    false = 0
    for _ in range(60):
        found = compare_factors(random.random((150, 20)) < 0.3, np.arange(150) < 30)
        false += any(one.q_value <= 0.05 for one in found)
    assert false <= 5


def test_factors_are_counted_by_person():
    found = factors_per_person([[1, 1, 0], [0, 0, 0], [1, 1, 1], [1, 0, 0]])

    assert found.people == found.people_at_most == (1, 1, 1, 1) and found.mean == found.least == found.most == 1.5


def test_each_person_is_followed_to_their_own_day():
    found = followed_up([BEGUN, BEGUN], [None, date(2023, 4, 1)], [date(2024, 6, 1), date(2023, 6, 1)])

    assert (found.people, found.again, found.not_yet) == (1, 0, 1)


def test_a_factor_not_recorded_is_not_one_that_is_absent():
    table = np.ma.masked_array([[1, 1], [0, 0], [0, 1], [0, 0]], [[0, 0], [0, 1], [0, 0], [1, 1]])

    found = factors_per_person(table)

    assert found.mean == pytest.approx(1 / 3 + 1)
    assert (found.least, found.most) == (0.75, 1.5)
    assert (found.people, found.people_at_most) == ((2, 1, 1), (0, 2, 2))


def test_each_factor_has_its_own_base():
    table = np.ma.masked_array(np.ones((20, 2)), np.column_stack((np.arange(20) % 2, np.zeros(20))))

    every_other, everybody = compare_factors(table, np.arange(20) < 8)

    assert (every_other.some_of, every_other.rest_of) == (4, 6)
    assert (everybody.some_of, everybody.rest_of) == (8, 12)


def test_a_factor_recorded_for_nobody_is_refused():
    table = np.ma.masked_array(np.ones((4, 1)), [[1], [1], [0], [0]])

    with pytest.raises(ValueError, match="nobody on one"):
        compare_factors(table, [True, True, False, False])
    with pytest.raises(ValueError, match="recorded for nobody"):
        factors_per_person(table[:2])


@pytest.mark.parametrize("some", [[True, True], [False, False], [True]])
def test_factors_need_people_on_both_sides(some):
    with pytest.raises(ValueError, match="both sides"):
        compare_factors([[1], [0]], some)


def test_factors_of_nobody_are_refused():
    with pytest.raises(ValueError, match="at least one person"):
        factors_per_person(np.empty((0, 3)))


def test_disproportion_on_the_right_ages():
    # 14 of 41 young people; 7.9% of all residents, but 13% of those of their ages.
    found = disproportion(14, 3_250, 27, 21_750)

    assert found.ratio == pytest.approx(14 / 3_250 / (27 / 21_750))
    assert found.low > 1 and found.p_value < 0.001
    assert (found.least, found.most) == pytest.approx((found.ratio, found.ratio))


@pytest.mark.parametrize(
    ("numbers", "ratio", "high"),
    [
        # The relative rates of the project prism-r's tests; its interval is of shares and on the log scale, ours exact.
        ((30, 300, 30, 300), 1, 1.6162),
        ((20, 400, 60, 600), 0.5, 0.8162),
        ((50, 500, 40, 800), 2, 2.9851),
        ((12, 240, 18, 540), 1.5, 3.0646),
    ],
)
def test_relative_rates_of_another_project(numbers, ratio, high):
    found = disproportion(*numbers)

    assert found.ratio == pytest.approx(ratio)
    assert found.high == pytest.approx(high, rel=0.15)


def test_those_of_no_recorded_group_bound_the_ratio():
    found = disproportion(10, 1000, 10, 1000, not_recorded=20)

    assert (found.least, found.ratio, found.most) == pytest.approx((1 / 3, 1, 3))


def test_nobody_of_the_other_group_has_no_ratio():
    found = disproportion(3, 1000, 0, 1000)

    assert found.ratio is None and found.most is None


def test_disproportion_refuses_less_than_nobody():
    with pytest.raises(ValueError, match="no recorded group"):
        disproportion(1, 1, 1, 1, -1)


def test_people_counted_again_and_again_widen_the_interval_of_a_disproportion():
    once, again = disproportion(30, 1000, 30, 3000), disproportion(30, 1000, 30, 3000, excess=2.0)

    assert once.ratio == again.ratio
    assert again.low < once.low and once.high < again.high
