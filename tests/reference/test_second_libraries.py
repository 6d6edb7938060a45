"""Methods of which no printed example could be found, against what other libraries make of the same numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PHStatsMethods import ph_dsr
from scipy import stats
from scipy.integrate import quad
from statsmodels.stats.rates import test_poisson_2indep as compare_poisson

from frankpledge.statistics.comparison import rank_ranges
from frankpledge.statistics.forecast import year_end
from frankpledge.statistics.funnel import funnel, winsorised_excess
from frankpledge.statistics.standardising import standardised_rate

some = settings(derandomize=True, max_examples=25, deadline=None, database=None)


# Dobson's interval: the library the Department of Health and Social Care publishes its own indicators with

ages = st.tuples(st.integers(0, 300), st.integers(500, 50_000), st.integers(1, 9_000))


@some
@given(st.lists(ages, min_size=2, max_size=19).filter(lambda rows: sum(row[0] for row in rows) >= 10))
def test_standardised_rate(rows):
    counts, exposures, standard = (list(map(float, column)) for column in zip(*rows, strict=True))
    given_rows = pd.DataFrame({"number": counts, "people": exposures, "standard": standard})

    found = standardised_rate(counts, exposures, standard, per=100_000)

    theirs = ph_dsr(
        given_rows, "number", "people", "standard", euro_standard_pops=False, multiplier=100_000, metadata=False
    ).iloc[0]
    assert found.value == pytest.approx(theirs["Value"])
    # They take Byar's limits of any number; we take the exact ones, which these approximate, of fewer than ten.
    assert (found.low, found.high) == pytest.approx((theirs["lower_95_ci"], theirs["upper_95_ci"]))


# The over-dispersed funnel: its phi by SciPy's winsorising, its limits by quantiles of an over-dispersed count


@some
@given(st.sampled_from([11, 21, 31]), st.integers(0, 1_000_000), st.floats(1, 20))
def test_excess_of_winsorised_distances(number, seed, spread):
    distances = np.random.default_rng(seed).normal(0, spread, number)

    theirs = stats.mstats.winsorize(distances, limits=(0.1, 0.1))

    # A tenth pulled in at either end leaves a normal distribution this much of its variance.
    cut = stats.norm.ppf(0.9)
    left = stats.norm.expect(lambda z: np.clip(z, -cut, cut) ** 2)
    assert winsorised_excess(distances) == pytest.approx(max(1, float(np.mean(theirs**2)) / left), rel=1e-3)


@pytest.mark.parametrize("excess", [1.0, 4.0, 12.0])
@pytest.mark.parametrize(("confidence", "low", "high"), [(0.95, "low_95", "high_95"), (0.998, "low_998", "high_998")])
def test_over_dispersed_limits(excess, confidence, low, high):
    random = np.random.default_rng(3)
    exposures = random.uniform(100_000, 400_000, 33)
    mean = 0.02 * exposures
    counts = random.poisson(mean) if excess == 1 else random.negative_binomial(mean / (excess - 1), 1 / excess)

    found = funnel(counts.tolist(), exposures.tolist())

    tail = (1 - confidence) / 2
    for area, exposure in zip(found.areas, exposures, strict=True):
        # A gamma distribution with the mean of the count and phi times its variance.
        expected = found.overall * exposure
        limits = stats.gamma.ppf([tail, 1 - tail], expected / found.excess, scale=found.excess)
        assert (getattr(area, low) * exposure, getattr(area, high) * exposure) == pytest.approx(limits, rel=0.01)


# The plausible rank: without any draw, the number of areas above a given rate being a sum of unlike coins


def rank_distribution(area, counts, exposures):
    others = [one for one in range(len(counts)) if one != area]
    rates = [stats.gamma(count + 0.5, scale=1 / exposed) for count, exposed in zip(counts, exposures, strict=True)]

    def below(rate, number):
        return stats.poisson_binom([rates[one].cdf(rate) for one in others]).pmf(number) * rates[area].pdf(rate)

    lowest, highest = rates[area].ppf([1e-9, 1 - 1e-9])
    found = np.asarray([quad(below, lowest, highest, args=(number,), limit=200)[0] for number in range(len(counts))])
    assert found.sum() == pytest.approx(1, abs=1e-5)
    return found.cumsum()


@pytest.mark.parametrize(
    ("counts", "exposures"),
    [
        ([12, 20, 31, 44, 60], [100, 110, 120, 130, 140]),
        ([3, 5, 4, 90], [10, 10, 12, 200]),
        ([230, 180, 205, 260, 190, 210], [1000, 900, 1000, 1100, 1000, 950]),
    ],
)
def test_plausible_ranks(counts, exposures):
    for area, found in enumerate(rank_ranges(counts, exposures)):
        reached = rank_distribution(area, counts, exposures)
        # Ten thousand draws place a probability of 0.025 to within 0.005.
        low, high = ([1 + int(np.searchsorted(reached, one)) for one in pair] for pair in ((0.02, 0.03), (0.97, 0.98)))
        assert low[0] <= found.low <= low[1]
        assert high[0] <= found.high <= high[1]


# Where a year will end: every total that an exact test would not tell apart from the rate so far


@pytest.mark.parametrize(
    "months", [[40, 38, 45], [9, 14, 11, 12, 8, 10], [210, 190, 205, 220, 180, 201, 199, 215, 208]]
)
def test_year_end_without_excess(months):
    so_far, done, ahead = sum(months), len(months), 12 - len(months)

    found = year_end(months, excess=1.0)

    told_apart = {
        more: compare_poisson(so_far, done, more, ahead, method="exact-cond").pvalue < 0.05
        for more in range(1, 4 * so_far)
    }
    likely = [more for more, apart in told_apart.items() if not apart]
    # Prediction by a variance and by an exact test differ by an event or two in a hundred.
    leeway = max(2, 0.02 * so_far)
    assert found.low - so_far == pytest.approx(min(likely), abs=leeway)
    assert found.high - so_far == pytest.approx(max(likely), abs=leeway)
