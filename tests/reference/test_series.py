"""Scatter, series and areas against the naive second implementation, over examples Hypothesis chooses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import breaks, change, dispersion, funnel, season, shares, shrinkage, similar
from tests.reference import series as naive

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=20)

counts = st.integers(0, 300)
excesses = st.floats(1.05, 20)
exposures = st.integers(1, 100_000)
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.998])


@quick
@given(st.lists(st.tuples(st.none() | counts, st.floats(0.1, 300)), min_size=1, max_size=30), st.integers(0, 3))
def test_excess(pairs, fitted):
    seen, expected = zip(*pairs, strict=True)

    found = dispersion.excess_variation([np.nan if one is None else one for one in seen], expected, fitted)

    assert found == pytest.approx(naive.excess(seen, expected, fitted))


@quick
@given(counts, counts, exposures, exposures, excesses)
def test_compare_counts_with_excess(before, after, exposure_before, exposure_after, excess):
    found = change.compare_counts(before, after, exposure_before, exposure_after, excess=excess)

    expected = (
        naive.scattered_p_value(before, after, exposure_before, exposure_after, excess) if before + after else 1.0
    )
    assert found.p_value == pytest.approx(expected, abs=1e-7)


@quick
@given(st.floats(0.5, 200), excesses, st.sampled_from([0.025, 0.001]))
def test_chance_limits_with_excess(mean, excess, tail):
    low, high = dispersion.chance_limits([mean], excess, tail)

    assert low[0] == naive.negative_binomial_quantile(mean, excess, tail)
    assert high[0] == naive.negative_binomial_quantile(mean, excess, 1 - tail)


pairs = st.integers(1, 2000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@quick
@given(pairs, pairs, confidences)
def test_compare_shares(before, after, confidence):
    found = shares.compare_shares(*before, *after, confidence)

    expected = naive.newcombe(*before, *after, confidence)
    assert (found.difference.low, found.difference.high) == pytest.approx(expected, abs=1e-6)


parts = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=3, max_size=40)


@quick
@given(parts)
def test_seasonal_strength(pairs):
    seasonal, rest = zip(*pairs, strict=True)

    assert season.seasonal_strength(seasonal, rest) == pytest.approx(naive.strength(seasonal, rest), abs=1e-6)


@slow
@given(st.lists(st.integers(0, 60), min_size=8, max_size=14))
def test_change_points(series):
    found = breaks.change_points(series, [30] * len(series), least=3)

    roots = [(count / 30) ** 0.5 for count in series]
    penalty = breaks.break_penalty(np.asarray(roots))
    if penalty == 0:
        assert found == []
    else:
        expected = naive.best_division(roots, 3, penalty)
        assert cost(roots, found, penalty) == pytest.approx(cost(roots, expected, penalty), abs=1e-9)


def cost(roots, places, penalty):
    levels = [np.asarray(roots[a:b]) for a, b in zip([0, *places], [*places, len(roots)], strict=True)]
    return sum(((level - level.mean()) ** 2).sum() for level in levels) + penalty * len(places)


areas = st.lists(st.tuples(counts, exposures), min_size=3, max_size=25).filter(lambda rows: any(c for c, _ in rows))


@slow
@given(areas)
def test_shrunk_rates(rows):
    seen, at_risk = zip(*rows, strict=True)

    assert [one.value for one in shrinkage.shrunk_rates(seen, at_risk)] == pytest.approx(naive.shrunk(seen, at_risk))


@quick
@given(areas)
def test_funnel_limits(rows):
    seen, at_risk = zip(*rows, strict=True)

    found = funnel.funnel(seen, at_risk)

    for area, exposure in zip(found.areas, at_risk, strict=True):
        expected = naive.funnel_limits(found.overall, exposure, found.excess, 0.95)
        assert (area.low_95, area.high_95) == pytest.approx(expected, rel=1e-6, abs=1e-9)


tables = st.integers(2, 12).flatmap(
    lambda rows: st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=rows, max_size=rows)
)


@quick
@given(tables)
def test_most_similar(table):
    found = similar.most_similar(table, 0, 5)

    expected = naive.nearest(table, 0, 5)
    assert [one.distance for one in found] == pytest.approx([distance for distance, _ in expected])
