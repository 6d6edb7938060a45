"""Hours of the week: published cases, changes of the clock, times that are missing or the wrong way round."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.stats import chi2

from frankpledge.statistics.hours import hours_of_week, profile_limits

MONDAY = datetime(2024, 1, 1)
SUNDAY = 6 * 24


def weights_of(start, end):
    weights = hours_of_week([start], [end]).weights
    return {int(hour): pytest.approx(weights[hour]) for hour in np.flatnonzero(weights)}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # apwheele/crimepy, tests/test_aor.py; Monday 00:00 is hour 0.
        ((1, 1, 0), (1, 1, 0), {1: 1}),
        ((1, 1, 0), (1, 1, 30), {1: 1}),
        ((1, 1, 50), (1, 2, 10), {1: 0.5, 2: 0.5}),
        ((1, 1, 0), (1, 2, 30), {1: 2 / 3, 2: 1 / 3}),
        ((1, 23, 30), (2, 1, 15), {23: 30 / 105, 24: 60 / 105, 25: 15 / 105}),
        # jerryratcliffe/aoristic, README.md and R/aoristic.df.R: by the minute, not by the hour touched.
        ((1, 10, 55), (1, 11, 55), {10: 5 / 60, 11: 55 / 60}),
    ],
)
def test_shares_of_the_hours(start, end, expected):
    def time(parts):
        return datetime(2024, 1, *parts)

    assert weights_of(time(start), time(end)) == expected


def test_eight_hours_are_an_eighth_each():
    # Ratcliffe's own example: 0.125 for each hour.
    assert set(hours_of_week([datetime(2024, 1, 1, 9)], [datetime(2024, 1, 1, 17)]).weights) == {0, 0.125}


def test_a_week_or_longer_says_nothing_of_the_hour():
    found = hours_of_week([MONDAY], [datetime(2024, 1, 9)])

    assert found.weights == pytest.approx(np.full(168, 1 / 168)) and found.over_a_week == 1


def test_a_single_time_lies_whole_in_its_hour_and_is_counted():
    found = hours_of_week([datetime(2024, 1, 1, 15, 30), None], [None, datetime(2024, 1, 2, 8, 30)])

    assert found.weights[15] == 1 and found.weights[32] == 1
    assert (found.events, found.one_end) == (2, 2)


def test_an_end_before_the_start_is_left_out_and_counted():
    found = hours_of_week([datetime(2024, 1, 1, 14, 30)], [datetime(2024, 1, 1, 12, 15)])

    assert (found.events, found.reversed, found.weights.sum()) == (0, 1, 0)


def test_no_time_at_all_is_left_out_and_counted():
    found = hours_of_week([None, MONDAY], [None, MONDAY])

    assert (found.events, found.untimed) == (1, 1)


def test_the_hour_that_spring_leaves_out_has_no_share():
    # 26 March 2017: from 00:30 to 03:30 on the wall are two hours, and none of them is between 1 and 2.
    assert weights_of(datetime(2017, 3, 26, 0, 30), datetime(2017, 3, 26, 3, 30)) == {
        SUNDAY: 0.25,
        SUNDAY + 2: 0.5,
        SUNDAY + 3: 0.25,
    }


def test_the_hour_that_autumn_has_twice_has_two_shares():
    # 29 October 2017: from 00:30 to 02:30 on the wall are three hours.
    assert weights_of(datetime(2017, 10, 29, 0, 30), datetime(2017, 10, 29, 2, 30)) == {
        SUNDAY: 1 / 6,
        SUNDAY + 1: 4 / 6,
        SUNDAY + 2: 1 / 6,
    }


def test_a_single_time_in_the_hour_that_comes_twice_is_one_event():
    found = hours_of_week([datetime(2017, 10, 29, 1, 30)], [None])

    assert found.weights[SUNDAY + 1] == 1 and found.events == 1


def test_moved_is_the_share_that_middles_would_put_elsewhere():
    # From 8 to 10: half of it would lie in another hour, were all of it put at 9.
    assert hours_of_week([datetime(2024, 1, 1, 8)], [datetime(2024, 1, 1, 10)]).moved == 0.5


def test_days_and_hours_add_up_to_the_events():
    found = hours_of_week([MONDAY, datetime(2024, 1, 7, 23)], [datetime(2024, 1, 1, 6), datetime(2024, 1, 8, 1)])

    assert found.by_day() == pytest.approx([1.5, 0, 0, 0, 0, 0, 0.5])
    assert found.by_hour().sum() == pytest.approx(2)


def test_no_events_have_no_shares():
    found = hours_of_week([], [])

    assert (found.events, found.moved, found.weights.sum()) == (0, 0, 0)


def test_hours_refuse_unequal_numbers_and_zones():
    with pytest.raises(ValueError, match="1 starts but 0 ends"):
        hours_of_week([MONDAY], [])
    with pytest.raises(ValueError, match="time zone"):
        hours_of_week([MONDAY.replace(tzinfo=UTC)], [None])


def test_limits_of_whole_counts_are_the_exact_ones():
    low, high = profile_limits([0, 5])

    assert low == pytest.approx([0, chi2.ppf(0.025, 10) / 2])
    assert high == pytest.approx([chi2.isf(0.025, 2) / 2, chi2.isf(0.025, 12) / 2])


def test_limits_of_parts_of_events_lie_between_those_of_whole_ones():
    low, high = profile_limits([4, 4.5, 5])

    assert low[0] < low[1] < low[2] and high[0] < high[1] < high[2]


@pytest.mark.parametrize(("weights", "confidence"), [([-1], 0.95), ([float("nan")], 0.95), ([1], 1)])
def test_limits_refuse(weights, confidence):
    with pytest.raises(ValueError, match="Weights must be"):
        profile_limits(weights, confidence)
