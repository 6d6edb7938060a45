"""Tests of change, areas beside each other and figures that are ranges against the naive second implementation."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frankpledge.statistics import bounds, change, comparison, funnel, harm, shrinkage, similar
from tests.reference import changes as naive
from tests.reference import series as naive_series

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=15)

counts = st.integers(0, 80)
some = st.integers(1, 20)
confidences = st.sampled_from([0.8, 0.95, 0.998])
excesses = st.sampled_from([1, 1.5, 4])


# Change


@slow
@given(st.integers(0, 15), st.integers(0, 15), st.integers(1, 4), st.integers(1, 4))
def test_e_test(before, after, exposure_before, exposure_after):
    if before + after == 0:
        return
    found = change.e_test(before, after, exposure_before, exposure_after)

    # Pairs exactly as far apart as those seen count, and rounding may lose them.
    least, most = (naive.e_test(before, after, exposure_before, exposure_after, slack) for slack in (1e-9, -1e-9))
    assert least - 1e-6 <= found <= most + 1e-6


@quick
@given(counts, counts, some, some, excesses, confidences)
def test_rate_difference(before, after, exposure_before, exposure_after, excess, confidence):
    found = change.rate_difference(before, after, exposure_before, exposure_after, 1, confidence, excess)

    expected = naive.rate_difference(before, after, exposure_before, exposure_after, excess, confidence)
    assert (found.value, found.low, found.high) == pytest.approx(expected)


@quick
@given(counts, counts, some, some, confidences, st.sampled_from([1.5, 4, 11]))
def test_ratio_limits_with_excess(before, after, exposure_before, exposure_after, confidence, excess):
    found = change.compare_counts(before, after, exposure_before, exposure_after, confidence, excess)

    expected = naive.scattered_ratio_limits(before, after, exposure_before, exposure_after, confidence, excess)
    assert (found.ratio_low, found.ratio_high) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@quick
@given(st.lists(st.tuples(counts, some), min_size=2, max_size=6), counts, some)
def test_compare_with_years(years, after, exposure_after):
    earlier, exposures = zip(*years, strict=True)

    found = change.compare_with_years(earlier, after, exposures, exposure_after)

    expected = naive.p_value_against_years(earlier, after, exposures, exposure_after)
    assert found.p_value == pytest.approx(expected, rel=1e-6, abs=1e-12)
    usual = sum(earlier) * exposure_after / sum(exposures)
    assert abs(found.difference - (after - usual)) <= 0.5 + 1e-9


@quick
@given(st.lists(counts, min_size=2, max_size=6).filter(any), st.integers(0, 60), some)
def test_a_year_further_off_is_no_less_striking(earlier, above, further):
    usual = -(-sum(earlier) // len(earlier))

    near, far = (change.compare_with_years(earlier, usual + one).p_value for one in (above, above + further))

    assert far <= near + 1e-12


# Areas

areas = st.lists(st.tuples(counts, st.integers(1, 5000)), min_size=3, max_size=25).filter(
    lambda rows: any(count for count, _ in rows)
)


@quick
@given(areas)
def test_funnel_deviations(rows):
    seen, at_risk = zip(*rows, strict=True)

    found = funnel.funnel(seen, at_risk)

    # What is left of a normal distribution's variance is rounded to three figures in the code.
    for area, (deviation, p_value) in zip(found.areas, naive.deviations(seen, at_risk), strict=True):
        assert area.deviation == pytest.approx(deviation, rel=5e-4, abs=1e-9)
        assert area.p_value == pytest.approx(p_value, rel=0.01, abs=1e-6)


@quick
@given(st.lists(st.integers(-500, 500).map(lambda one: one / 100), min_size=3, max_size=40))
def test_winsorised_excess(distances):
    assert funnel.winsorised_excess(distances) == pytest.approx(naive.funnel_excess(distances), rel=1e-3)


@quick
@given(areas, st.integers(2, 50))
def test_funnel_does_not_mind_the_unit_of_exposure(rows, times):
    seen, at_risk = zip(*rows, strict=True)

    found, other = funnel.funnel(seen, at_risk), funnel.funnel(seen, [one * times for one in at_risk])

    assert [one.deviation for one in other.areas] == pytest.approx([one.deviation for one in found.areas], abs=1e-9)
    assert [one.high_95 * times for one in other.areas] == pytest.approx([one.high_95 for one in found.areas])


@settings(quick, max_examples=6)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(50, 400)), min_size=2, max_size=4).filter(lambda v: v[0][0]))
@example([(20, 1000), (0, 1000), (15, 800)])
@example([(1, 50), (0, 400)])
def test_shrunk_limits(rows):
    seen, at_risk = zip(*rows, strict=True)

    found = shrinkage.shrunk_rates(seen, at_risk)

    for area, one in enumerate(found):
        below, above = (
            naive.shrunk_below(seen, at_risk, area, one.low),
            naive.shrunk_below(seen, at_risk, area, one.high),
        )
        # Read off between 160 points.
        assert (below, 1 - above) == pytest.approx((0.025, 0.025), abs=0.001)


@slow
@given(areas, st.sampled_from([2, 4]))
def test_excess_shrinks_as_counts_worth_so_many_fewer(rows, excess):
    seen, at_risk = zip(*rows, strict=True)
    many = [count * excess for count in seen]

    found = shrinkage.shrunk_rates(many, [one * excess for one in at_risk], excess=excess)

    assert found == shrinkage.shrunk_rates(seen, at_risk)


@slow
@given(areas, st.sampled_from([2, 4]))
def test_excess_ranks_as_counts_worth_so_many_fewer(rows, excess):
    seen, at_risk = zip(*rows, strict=True)
    many, exposed = [count * excess for count in seen], [one * excess for one in at_risk]

    found = comparison.rank_ranges(many, exposed, draws=500, excess=excess)

    assert found == comparison.rank_ranges(seen, at_risk, draws=500)


tables = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=12)


@quick
@given(tables, st.lists(st.integers(1, 4), min_size=3, max_size=3))
def test_a_column_that_counts_twice_is_two_columns(table, weights):
    found = similar.most_similar(table, 0, 5, weights)

    repeated = [[one for one, times in zip(row, weights, strict=True) for _ in range(times)] for row in table]
    expected = naive_series.nearest(repeated, 0, 5)
    assert [one.distance for one in found] == pytest.approx([distance for distance, _ in expected])


@quick
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=12).filter(
        lambda pairs: all(len(set(side)) > 1 for side in zip(*pairs, strict=True))
    )
)
def test_agreement(pairs):
    one, other = (dict(enumerate(side)) for side in zip(*pairs, strict=True))

    found = harm.agreement(*({str(place): value for place, value in side.items()} for side in (one, other)))

    assert found == pytest.approx(naive.in_one_order(list(one.values()), list(other.values())), abs=1e-9)


# Figures that are ranges


@quick
@given(st.integers(0, 60), st.integers(1, 12))
def test_rounded(times, base):
    found = bounds.rounded(times * base, base)

    possible = naive.may_be(times * base, base)
    assert (found.low, found.high) == (min(possible), max(possible))


@quick
@given(st.integers(0, 60))
def test_rounded_by_nhs(times):
    found = bounds.rounded_by_nhs(times * 5)

    possible = naive.may_be_of_the_nhs(times * 5)
    assert (found.low, found.high) == (min(possible), max(possible))


ranges = st.tuples(st.integers(0, 6), st.integers(0, 4)).map(lambda one: bounds.Bounds(one[0], one[0] + one[1]))


def each(one):
    return range(int(one.low), int(one.high) + 1)


@quick
@given(ranges, ranges)
def test_sums_and_differences_of_every_pair(one, other):
    sums = [a + b for a in each(one) for b in each(other)]
    differences = [a - b for a in each(one) for b in each(other)]

    assert one + other == bounds.Bounds(min(sums), max(sums)) == bounds.total([one, other])
    assert one - other == bounds.Bounds(min(differences), max(differences))
    assert one.overlaps(other) == bool(set(each(one)) & set(each(other)))


@quick
@given(ranges, ranges)
def test_shares_and_changes_of_every_pair(part, whole):
    shares = [a / b for a in each(part) for b in each(whole) if b and a <= b]
    if part.low <= whole.high:
        found = bounds.share(part, whole)
        assert (found is None) == (whole.low == 0)
        assert found is None or (found.low, found.high) == pytest.approx((min(shares), max(shares)))
    found = bounds.difference_in_per_cent(whole, part)
    assert (found is None) == (whole.low == 0)
    changes = [100 * (a - b) / b for a in each(part) for b in each(whole) if b]
    assert found is None or (found.low, found.high) == pytest.approx((min(changes), max(changes)), abs=1e-9)
