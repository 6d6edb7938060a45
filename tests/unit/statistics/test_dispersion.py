"""Scatter beyond chance: worked by hand, and on series made with a known excess."""

from math import isnan

import numpy as np
import pytest

from frankpledge.statistics.change import compare_counts
from frankpledge.statistics.dispersion import (
    chance_limits,
    excess_variation,
    monthly_excess,
    monthly_excesses,
    share_excess,
)

DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def scattered(excess, years, seed, level=100.0):
    """Monthly counts with a season, a level for each year, and a variance of so many times the mean."""
    random = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    means = level * season * np.linspace(0.8, 1.4, years)[:, None] * np.asarray(DAYS) / 30.4
    if excess == 1:
        return random.poisson(means).ravel().tolist()
    return random.negative_binomial(means / (excess - 1), 1 / excess).ravel().tolist()


def drifting(random, months, likeness, step, level):
    """Monthly counts about a level that nothing moves but chance, each month as far off as the last one was."""
    drift = np.zeros(months)
    for month in range(1, months):
        drift[month] = likeness * drift[month - 1] + random.normal(0, step)
    return random.poisson(level * np.exp(drift)).tolist()


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
    series = [scattered(1, 5, seed) for seed in range(40)]

    # Above one, for what scatters less than chance is taken as chance.
    assert np.mean(monthly_excesses(series, DAYS * 5)) == pytest.approx(1.4, abs=0.1)
    assert np.median(monthly_excesses(series, DAYS * 5)) < 1.3


def test_monthly_excess_finds_what_was_put_in():
    assert 4 < np.mean(monthly_excesses([scattered(4, 5, seed) for seed in range(40)], DAYS * 5)) < 4.8


def test_months_that_are_high_together_move_a_year_further():
    random = np.random.default_rng(26)
    alike = [drifting(random, 60, 0.6, 0.1, 300) for _ in range(30)]
    independent = [random.permutation(counts).tolist() for counts in alike]

    together, apart = monthly_excesses(alike, [30] * 60), monthly_excesses(independent, [30] * 60)

    assert np.median(together) > 2 * np.median(apart)


def test_likeness_is_learnt_from_all_areas_and_scatter_from_each():
    random = np.random.default_rng(28)
    steady, wild = drifting(random, 60, 0.5, 0.02, 300), drifting(random, 60, 0.5, 0.3, 300)
    others = [drifting(random, 60, 0.5, 0.1, 300) for _ in range(20)]

    found = monthly_excesses([steady, wild, *others], [30] * 60)
    of_a_month = monthly_excesses([steady, wild, *others], [30] * 60, together=1)

    added = [(total - 1) / (month - 1) for total, month in zip(found, of_a_month, strict=True) if month > 1]
    assert max(added) - min(added) < 1e-9
    assert found[0] < 3 < 60 < found[1]
    assert monthly_excesses([steady, [None] * 60], [30] * 60)[1] is None


def test_a_total_of_one_month_gains_nothing_from_likeness():
    counts = scattered(4, 5, 1)

    assert monthly_excess(counts, DAYS * 5, together=1) < monthly_excess(counts, DAYS * 5, together=12) * 1.05


@pytest.mark.parametrize("likeness, most", [(0.0, 0.06), (0.3, 0.07), (0.5, 0.08), (0.7, 0.1)])
def test_false_verdicts_over_years_of_months_that_are_alike(likeness, most):
    random = np.random.default_rng(27)
    areas = [drifting(random, 72, likeness, 0.08, 200) for _ in range(400)]
    excesses = [one for some in range(0, 400, 20) for one in last_five_years(areas[some : some + 20])]

    called = [
        compare_counts(sum(months[-24:-12]), sum(months[-12:]), excess=excess).p_value <= 0.05
        for months, excess in zip(areas, excesses, strict=True)
    ]

    assert sum(called) / 400 <= most


def last_five_years(areas):
    return monthly_excesses([months[-60:] for months in areas], [30] * 60)


def test_share_excess_by_hand():
    # Half of a hundred, but 60 and 40 by turns: (10^2 / 25) for each of 24 months over 22 degrees of freedom.
    assert share_excess([60, 40] * 12, [100] * 24) == pytest.approx(24 * 4 / 22)
    assert share_excess([50] * 24, [100] * 24) == 1
    assert share_excess([50] * 23, [100] * 23) is None
    assert share_excess([0] * 24, [100] * 24) == 1
    with pytest.raises(ValueError, match="1 parts but 0 wholes"):
        share_excess([1], [])


def test_monthly_excess_needs_two_years():
    assert monthly_excess([10] * 23, (DAYS * 2)[:23]) is None
    assert monthly_excess([10] * 24, DAYS * 2) is not None


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
