"""Scatter beyond chance: worked by hand, and on series made with a known excess."""

from math import isnan

import numpy as np
import pytest

from frankpledge.statistics.dispersion import chance_limits, excess_variation, monthly_excess

DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def scattered(excess, years, seed, level=100.0):
    """Monthly counts with a season, a level for each year, and a variance of so many times the mean."""
    random = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    means = level * season * np.linspace(0.8, 1.4, years)[:, None] * np.asarray(DAYS) / 30.4
    if excess == 1:
        return random.poisson(means).ravel().tolist()
    return random.negative_binomial(means / (excess - 1), 1 / excess).ravel().tolist()


def test_excess_by_hand():
    # Ten expected of each: deviations of 4, 0, -4 and 0 are 32/10 over three degrees of freedom.
    assert excess_variation([14, 10, 6, 10], [10, 10, 10, 10]) == pytest.approx(32 / 10 / 3)


def test_less_scatter_than_chance_is_chance():
    assert excess_variation([10, 10, 11, 9], [10, 10, 10, 10]) == 1


def test_missing_counts_say_nothing():
    assert excess_variation([14, np.nan, 6, 10], [10, 10, 10, 10]) == pytest.approx(32 / 10 / 2)


@pytest.mark.parametrize("counts", [[], [3], [0, 0, 0]])
def test_too_little_to_show_anything(counts):
    assert excess_variation(counts, [1] * len(counts)) == 1


def test_monthly_excess_is_not_moved_by_levels_seasons_or_lengths():
    found = [monthly_excess(scattered(1, 5, seed), DAYS * 5) for seed in range(40)]

    assert np.mean(found) == pytest.approx(1.08, abs=0.08)


def test_monthly_excess_finds_what_was_put_in():
    found = [monthly_excess(scattered(4, 5, seed), DAYS * 5) for seed in range(40)]

    assert np.mean(found) == pytest.approx(4, rel=0.1)


def test_monthly_excess_needs_a_year_and_a_half():
    assert monthly_excess([10] * 17, (DAYS * 2)[:17]) is None
    assert monthly_excess([10] * 18, (DAYS * 2)[:18]) is not None


def test_monthly_excess_leaves_missing_months_out():
    counts = scattered(4, 5, 1)
    with_gaps = [None if month in (3, 40) else count for month, count in enumerate(counts)]

    assert monthly_excess(with_gaps, DAYS * 5) == pytest.approx(monthly_excess(counts, DAYS * 5), rel=0.15)


def test_monthly_excess_of_months_without_events_is_one():
    assert monthly_excess([0] * 36, DAYS * 3) == 1
    assert not isnan(monthly_excess([0] * 12 + [2] * 24, DAYS * 3))


def test_monthly_excess_refuses_months_without_days():
    with pytest.raises(ValueError, match="needs its number of days"):
        monthly_excess([1, 2], [31])
    with pytest.raises(ValueError, match="needs its number of days"):
        monthly_excess([1], [0])


def test_limits_widen_with_excess():
    low, high = chance_limits([20], 1, 0.025)
    wider_low, wider_high = chance_limits([20], 3, 0.025)

    assert wider_low < low < 20 < high < wider_high
