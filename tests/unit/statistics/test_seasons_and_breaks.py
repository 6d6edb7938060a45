"""Seasons, levels and steps: series made with them and without, and those that cannot be judged."""

import numpy as np
import pytest

from frankpledge.statistics.breaks import change_points, month_to_month, step_at
from frankpledge.statistics.season import find_season, seasonal_strength

DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def poisson(means, seed):
    return np.random.default_rng(seed).poisson(means).tolist()


def with_season(height, years, seed, level=80):
    season = 1 + height * np.cos((np.arange(12 * years) - 10) / 12 * 2 * np.pi)
    return poisson(level * season * np.asarray(DAYS * years) / 30.4, seed)


def test_a_strong_season_is_shown_with_its_peak():
    found = find_season(with_season(0.4, 6, 1), DAYS * 6)

    assert found.shown and found.strength > 0.6
    assert 10 in found.peaks and set(found.peaks) <= {8, 9, 10, 11, 0}
    assert found.monthly[10] > 0.25 and found.monthly[4] < -0.25


def test_no_season_is_seldom_shown():
    found = [find_season(with_season(0, 5, seed), DAYS * 5) for seed in range(100)]

    assert sum(one.shown for one in found) <= 10
    assert all(one.peaks == tuple(range(12)) for one in found if not one.shown)


def test_the_length_of_months_is_no_season():
    # The same every day: only February looks short.
    found = find_season([3 * days for days in DAYS] * 4, DAYS * 4)

    assert not found.shown and found.strength == 0


def test_strength_by_hand():
    # Variances 2/3 of season and 0 of the rest: nothing but season; and the other way round.
    assert seasonal_strength([1, -1, 1, -1], [0, 0, 0, 0]) == 1
    assert seasonal_strength([0, 0, 0, 0], [1, -1, 1, -1]) == 0
    assert seasonal_strength([1, -1, 1, -1], [1, 1, -1, -1]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("counts", "days", "words"),
    [
        ([1] * 35, (DAYS * 3)[:35], "takes 3 years"),
        ([1] * 36, DAYS * 2, "36 months but 24 lengths"),
        ([-1] + [1] * 35, DAYS * 3, "zero or more"),
        ([float("nan")] + [1] * 35, DAYS * 3, "no month missing"),
        ([1] * 36, [0] * 36, "a day or more"),
    ],
)
def test_season_refuses(counts, days, words):
    with pytest.raises(ValueError, match=words):
        find_season(counts, days)


def test_a_new_level_is_found_where_it_begins():
    counts = poisson([100] * 30 + [150] * 30, 2)

    assert change_points(counts, [30] * 60) == [pytest.approx(30, abs=1)]


def test_a_level_that_stays_is_left_alone():
    found = [change_points(poisson([100] * 60, seed), [30] * 60) for seed in range(50)]

    assert sum(bool(one) for one in found) <= 3


def test_months_that_are_alike_are_no_levels():
    random = np.random.default_rng(25)
    found = []
    for _ in range(60):
        drift = np.zeros(96)
        for month in range(1, 96):
            drift[month] = 0.6 * drift[month - 1] + random.normal(0, 0.08)
        found.append(change_points(random.poisson(200 * np.exp(drift)).tolist(), [30] * 96))

    assert sum(bool(one) for one in found) <= 12


def test_a_clean_step_is_found():
    assert change_points([5] * 12 + [9] * 12, [30] * 24) == [12]


def test_scatter_of_months_of_which_most_repeat_the_last_is_about_nought():
    # Differences of 0, 0, 0 and 1: the root of a quarter, over the root of two for one month.
    assert month_to_month(np.asarray([0.0, 0, 0, 0, 1])) == pytest.approx(0.5 / 2**0.5)


@pytest.mark.parametrize("counts", [[4] * 24, [0] * 24, [4] * 11, []])
def test_series_without_a_second_level(counts):
    assert change_points(counts, [30] * len(counts)) == []


def test_a_step_at_a_known_month_is_seen():
    found = step_at(poisson([100] * 60 + [150] * 12, 3), [30] * 72, 60)

    assert found.ratio == pytest.approx(1.5, rel=0.12)
    # The places from 6 to 48 have no month in common with those about the step.
    assert found.compared == 43 and found.p_value < 0.01 and found.deviation > 4


def test_months_without_a_step_are_seldom_called_one():
    found = [step_at(poisson([100] * 72, seed), [30] * 72, 40).p_value for seed in range(400)]

    assert 0.02 <= np.mean(np.asarray(found) <= 0.05) <= 0.09


def test_a_series_that_drifts_needs_a_larger_step():
    random = np.random.default_rng(22)
    drifting = [random.poisson(100 * np.exp(np.cumsum(random.normal(0, 0.06, 96)))).tolist() for _ in range(200)]

    found = [step_at(counts, [30] * 96, 60).p_value for counts in drifting]

    assert np.mean(np.asarray(found) <= 0.05) <= 0.09


def test_series_without_any_variation():
    assert step_at([30] * 60, [30] * 60, 30).p_value == 1
    assert step_at([30] * 48 + [60] * 12, [30] * 60, 48).p_value == 0


def test_a_season_is_no_step():
    series = with_season(0.5, 8, 4, level=200)

    found = [step_at(series, DAYS * 8, position).p_value for position in (60, 63, 66, 69)]

    assert min(found) > 0.05


@pytest.mark.parametrize(
    ("position", "words"), [(5, "6 months on either side"), (80, "6 months on either side"), (20, "at least 24")]
)
def test_step_refuses(position, words):
    with pytest.raises(ValueError, match=words):
        step_at([10] * (40 if position == 20 else 84), [30] * (40 if position == 20 else 84), position)
