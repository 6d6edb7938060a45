"""Year ends, steps, harm, people and displacement against the naive second implementation."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from frankpledge.statistics import breaks, cohorts, dispersion, forecast, harm, rates, shares
from frankpledge.statistics.place.displacement import BeforeAfter, weighted_displacement_difference
from tests.reference import people as naive_people
from tests.reference import series as naive
from tests.reference.statistics import conditional_p_value, count_limits, ratio_limits

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
slow = settings(quick, max_examples=25)

counts = st.integers(0, 80)
years = st.lists(counts, min_size=12, max_size=12)


@quick
@given(st.lists(counts, min_size=1, max_size=11), st.lists(years, max_size=3), st.floats(1.05, 8))
def test_year_end(months, earlier, excess):
    found = forecast.year_end(months, earlier, excess=excess)

    expected = naive.year_end(months, earlier, excess, 0.95)
    assert (found.expected, found.low, found.high) == pytest.approx(expected)


@slow
@given(st.lists(st.integers(20, 200), min_size=84, max_size=100, unique=True), st.integers(30, 60))
def test_step_at(series, position):
    found = breaks.step_at(series, [30] * len(series), position)

    assert (found.ratio, found.deviation) == pytest.approx(naive.step(series, position, 6))


offences = st.dictionaries(st.sampled_from("abcdef"), st.tuples(counts, st.integers(0, 5000)), min_size=1)


@quick
@given(offences, st.sampled_from([0.9, 0.95]))
def test_weigh(given_offences, confidence):
    seen = {one: count for one, (count, _) in given_offences.items()}
    weights = {one: weight for one, (_, weight) in given_offences.items()}

    found = harm.weigh(seen, weights, confidence)

    limits = {one: count_limits(count, confidence) for one, count in seen.items()}
    assert (found.value, found.low, found.high) == pytest.approx(naive.harm(seen, weights, limits))


START = date(2022, 1, 1)


@quick
@given(
    st.lists(st.tuples(st.integers(0, 800), st.none() | st.integers(0, 700)), max_size=30),
    st.integers(0, 1200),
    st.integers(1, 400),
)
def test_followed_up(people, known_until, days):
    begun = [START + timedelta(days=start) for start, _ in people]
    again = [None if after is None else START + timedelta(days=start + after) for start, after in people]

    found = cohorts.followed_up(begun, again, START + timedelta(days=known_until), days)

    numbers = [(start, None if after is None else start + after) for start, after in people]
    assert (found.people, found.again, found.not_yet) == naive.followed(numbers, known_until, days)


areas = st.tuples(counts, st.integers(1, 80), st.integers(1, 3), st.integers(1, 3), st.integers(1, 5))


@quick
@given(areas, areas, st.none() | st.tuples(areas, areas))
def test_weighted_displacement_difference(treated, control, displaced):
    more = [BeforeAfter(*one) for one in displaced] if displaced else []

    found = weighted_displacement_difference(BeforeAfter(*treated), BeforeAfter(*control), *more)

    signed = [(*treated, 1), (*control, -1)]
    signed += [(*displaced[0], 1), (*displaced[1], -1)] if displaced else []
    value, variance = naive.displacement(signed)
    assert found.value == pytest.approx(value)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * variance**0.5, rel=1e-6)


@quick
@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=24, max_size=60))
def test_share_excess(months):
    wholes = [of for of, _ in months]
    parts = [of * per_cent // 100 for of, per_cent in months]

    assert dispersion.share_excess(parts, wholes) == pytest.approx(naive.share_excess(parts, wholes))


@quick
@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.floats(0.5, 0.999))
def test_wilson_is_that_of_a_second_library(pair, confidence):
    # No printed example of Wilson's limits could be read; statsmodels has them.
    found = rates.proportion_interval(*pair, confidence)

    assert (found.low, found.high) == pytest.approx(
        proportion_confint(*pair, alpha=1 - confidence, method="wilson"), abs=1e-9
    )


# Shares

within = st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@quick
@given(within, within, st.sampled_from([1, 1.5, 4]))
def test_compare_shares_p_value(before, after, excess):
    found = shares.compare_shares(*before, *after, excess=excess)

    expected = naive_people.share_p_value(*(one / excess for one in (*before, *after)))
    assert found.p_value == pytest.approx(expected, rel=1e-6, abs=1e-12)


weights = st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any)


@quick
@given(weights, st.integers(2, 9))
def test_effective_number(given_weights, times):
    found = shares.effective_number(given_weights)

    assert found == pytest.approx(naive_people.worth(given_weights))
    assert found == pytest.approx(shares.effective_number([weight * times for weight in given_weights]))
    assert 1 - 1e-9 <= found <= len(given_weights) + 1e-9


@quick
@given(st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted).filter(lambda numbers: numbers[2]))
def test_recorded_share(numbers):
    found = shares.recorded_share(*numbers)

    group, recorded, total = numbers
    possible = naive_people.every_share(*numbers)
    assert (found.least, found.most) == pytest.approx((min(possible), max(possible)))
    assert found.recorded == pytest.approx(recorded / total)
    assert found.value == (pytest.approx(group / recorded) if recorded else None)


@quick
@given(st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted).filter(lambda numbers: numbers[2]))
def test_whoever_is_recorded_in_the_end_the_share_was_within_its_bounds(numbers):
    group, recorded, total = numbers
    before = shares.recorded_share(group, recorded, total)

    for belonging in {0, (total - recorded) // 2, total - recorded}:
        after = shares.recorded_share(group + belonging, total, total)
        assert before.least - 1e-12 <= after.value <= before.most + 1e-12


# Risk factors

cohort = st.tuples(st.integers(2, 40), st.integers(1, 6)).flatmap(
    lambda size: st.tuples(
        st.lists(st.lists(st.booleans(), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]),
        st.lists(st.booleans(), min_size=size[0], max_size=size[0]).filter(lambda some: any(some) and not all(some)),
    )
)


@quick
@given(cohort)
def test_compare_factors(people_and_some):
    people, some = people_and_some

    found = cohorts.compare_factors(people, some)

    for factor, ((a, of, b, others), q_value) in zip(found, naive_people.factors_apart(people, some), strict=True):
        assert (factor.some.value, factor.rest.value) == pytest.approx((a / of, b / others))
        assert factor.compared.difference.value == pytest.approx(a / of - b / others)
        assert factor.q_value == pytest.approx(q_value)


@quick
@given(cohort)
def test_factors_asked_the_other_way_round_have_the_other_sign(people_and_some):
    people, some = people_and_some

    found = cohorts.compare_factors(people, some)
    turned = cohorts.compare_factors(people, [not one for one in some])

    assert [(one.some, one.rest) for one in turned] == [(one.rest, one.some) for one in found]
    assert [one.q_value for one in turned] == pytest.approx([one.q_value for one in found])
    assert [one.compared.difference.value for one in turned] == pytest.approx(
        [-one.compared.difference.value for one in found]
    )


@quick
@given(cohort)
def test_factors_per_person(people_and_some):
    people, _ = people_and_some

    found = cohorts.factors_per_person(people)

    assert list(found.people) == naive_people.with_so_many(people)
    assert found.mean == pytest.approx(sum(map(sum, people)) / len(people))


# Groups

populations = st.integers(1, 400)


@quick
@given(counts, populations, counts, populations, st.integers(0, 20))
def test_disproportion(group, population, others, others_population, not_recorded):
    found = cohorts.disproportion(group, population, others, others_population, not_recorded)

    possible = naive_people.every_ratio(group, population, others, others_population, not_recorded)
    known = [ratio for ratio in possible if ratio is not None]
    assert found.least == (pytest.approx(min(known)) if known else None)
    assert found.most == (None if None in possible else pytest.approx(max(known)))
    limits = ratio_limits(others, group, others_population, population, 0.95)
    assert (found.low, found.high) == pytest.approx(limits, rel=1e-6)
    assert found.p_value == pytest.approx(conditional_p_value(others, group, others_population, population))


@quick
@given(counts, populations, counts, populations)
def test_disproportion_of_the_other_group_is_the_inverse(group, population, others, others_population):
    found = cohorts.disproportion(group, population, others, others_population)

    other = cohorts.disproportion(others, others_population, group, population)

    assert other.p_value == pytest.approx(found.p_value)
    if group and others:
        assert other.ratio == pytest.approx(1 / found.ratio)
        assert (other.low, other.high) == pytest.approx((1 / found.high, 1 / found.low))
