"""Two counts compared: hand-worked answers, properties and refusals."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from frankpledge.statistics import change

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
counts = st.integers(0, 100_000)
some = st.integers(1, 100_000)
exposures = st.floats(0.01, 1e7)
confidences = st.floats(0.5, 0.999)


def test_compare_counts_robberies():
    compared = change.compare_counts(16, 25)

    assert (compared.before, compared.after, compared.difference) == (16, 25, 9)
    assert compared.ratio == 1.5625
    assert compared.p_value == pytest.approx(0.211, abs=0.0005)
    assert compared.ratio_low < 1 < compared.ratio_high
    assert compared.method == "exact conditional"


def test_compare_counts_is_more_cautious_than_the_e_test():
    # The figure practitioners know for this example, 0.165, is that of the E-test.
    e_test = change.e_test(16, 25)

    assert e_test == pytest.approx(0.165, abs=0.0005)
    assert change.compare_counts(16, 25).p_value > e_test


@pytest.mark.parametrize(
    ("before", "exposure_before", "after", "exposure_after", "expected"),
    [
        # apwheele/ptools, README.md and tests/testthat/test-etest.R, which has 0.0884 from the paper.
        (6, 1, 2, 1, 0.1748748),
        (0, 1, 3, 1, 0.0884),
        # apwheele/ptools, R/wdd.R: "about 0.069".
        (20, 1, 10, 1, 0.069),
    ],
)
def test_e_test_of_published_examples(before, exposure_before, after, exposure_after, expected):
    tolerance = 5e-8 if expected == 0.1748748 else 5e-4

    assert change.e_test(before, after, exposure_before, exposure_after) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(
    ("before", "exposure_before", "after", "exposure_after"),
    [(60, 51477.5, 30, 54308.7), (1, 1, 5, 1), (10, 20000, 2, 17877), (100, 365, 130, 366), (41, 28, 28, 19)],
)
def test_e_test_is_that_of_a_second_library(before, exposure_before, after, exposure_after):
    second = poisson_2indep(after, exposure_after, before, exposure_before, method="etest-wald").pvalue

    assert change.e_test(before, after, exposure_before, exposure_after) == pytest.approx(second, abs=1e-6)


def test_e_test_no_events_at_all():
    assert change.e_test(0, 0) == 1


def test_e_test_of_rates_that_are_equal_is_one():
    # Of one event in each, no events at all is an outcome too, and the sum without it would be 0.86.
    assert change.e_test(1, 1) == 1
    assert change.e_test(2, 4, 1, 2) == 1


def test_excess_makes_a_change_less_clear():
    plain, scattered = change.compare_counts(100, 140), change.compare_counts(100, 140, excess=3)

    assert plain.p_value < 0.02 and scattered.p_value > 0.1
    assert scattered.ratio == plain.ratio and scattered.excess == 3
    assert scattered.ratio_low < plain.ratio_low < plain.ratio_high < scattered.ratio_high


@quick
@given(counts, counts, exposures, exposures)
def test_next_to_no_excess_is_next_to_no_difference(before, after, exposure_before, exposure_after):
    plain = change.compare_counts(before, after, exposure_before, exposure_after)
    nearly = change.compare_counts(before, after, exposure_before, exposure_after, excess=1.001)

    assert nearly.p_value == pytest.approx(plain.p_value, abs=0.01)


def test_excess_keeps_false_alarms_at_five_in_a_hundred():
    random = np.random.default_rng(19)
    pairs = random.negative_binomial(200 / 3, 1 / 4, (2000, 2))

    plain = np.mean([change.compare_counts(*pair).p_value <= 0.05 for pair in pairs.tolist()])
    allowed = np.mean([change.compare_counts(*pair, excess=4).p_value <= 0.05 for pair in pairs.tolist()])

    assert plain > 0.25
    assert 0.03 <= allowed <= 0.06


def test_a_change_far_beyond_any_scatter():
    assert change.compare_counts(1_000_000, 2_000_000, excess=50).p_value == 0


@pytest.mark.parametrize("excess", [0.5, float("nan"), inf])
def test_excess_below_chance_is_refused(excess):
    with pytest.raises(ValueError, match="one or more"):
        change.compare_counts(1, 2, excess=excess)


# Differences of rates


def test_rate_difference_by_hand():
    # 60 in 51,477.5 and 30 in 54,308.7 per 1,000: 1.1656 less 0.5524, and Byar's limits put together.
    found = change.rate_difference(60, 30, 51_477.5, 54_308.7)

    assert found.value == pytest.approx(-0.61316, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((-0.9931, -0.2498), abs=1e-4)


@quick
@given(st.integers(0, 9), st.integers(0, 9), exposures, exposures)
def test_rate_difference_is_that_of_a_second_library(before, after, exposure_before, exposure_after):
    # Below ten our limits are the exact ones, which the library can be told to take.
    found = change.rate_difference(before, after, exposure_before, exposure_after, per=1)

    low, high = confint_poisson_2indep(
        after, exposure_after, before, exposure_before, method="mover", compare="diff", method_mover="exact-c"
    )
    if before and after:
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6, abs=1e-12)


def test_rate_difference_widens_with_excess():
    plain, wide = (change.rate_difference(100, 90, 1000, 1000, excess=one) for one in (1, 4))

    assert wide.value == plain.value
    assert wide.high - wide.low == pytest.approx(2 * (plain.high - plain.low))


# Several years before


def test_a_year_against_several():
    found = change.compare_with_years([300, 320, 280, 310], 363)

    # Years so alike add nothing to chance; 1,210 in four are 302.5 a year.
    assert found.excess == 1 and found.before == 1210 and found.difference == 60
    assert found.ratio == pytest.approx(1.2) and found.p_value < 0.01


def test_years_that_stray_make_the_next_less_striking():
    found = change.compare_with_years([200, 400, 250, 360], 363)

    assert found.excess > 20 and found.p_value > 0.4


def test_years_with_exposures_of_their_own():
    found = change.compare_with_years([100, 200], 150, [1000, 2000], 1000)

    assert found.excess == 1 and found.difference == 50 and found.ratio == pytest.approx(1.5)


def test_years_without_events_before():
    assert change.compare_with_years([0, 0], 3).ratio is None


def test_one_year_is_no_baseline():
    with pytest.raises(ValueError, match="at least two"):
        change.compare_with_years([3], 4)


def test_compare_counts_no_events_at_all():
    assert change.compare_counts(0, 0) == change.Change(
        before=0, after=0, difference=0, ratio=None, ratio_low=0.0, ratio_high=inf, p_value=1.0
    )


def test_compare_counts_none_before():
    # Three events all later: share at least 0.025^(1/3), and two in eight ways to fall so far apart.
    compared = change.compare_counts(0, 3)

    share = 0.025 ** (1 / 3)
    assert compared == change.Change(
        before=0,
        after=3,
        difference=3,
        ratio=None,
        ratio_low=pytest.approx(share / (1 - share)),
        ratio_high=inf,
        p_value=pytest.approx(0.25),
    )


def test_compare_counts_none_after():
    compared = change.compare_counts(3, 0)

    share = 0.025 ** (1 / 3)
    assert (compared.ratio, compared.ratio_low) == (0.0, 0.0)
    assert compared.ratio_high == pytest.approx((1 - share) / share)
    assert compared.p_value == pytest.approx(0.25)


def test_compare_counts_r_manual_example():
    # R, help page of poisson.test: lung cancer in Fredericia, 11 in 800, against 21 in 3,011 elsewhere.
    compared = change.compare_counts(21, 11, exposure_before=3011, exposure_after=800)

    assert compared.p_value == pytest.approx(0.07967, abs=0.000005)
    assert compared.ratio == pytest.approx(1.971488, abs=0.0000005)
    assert (compared.ratio_low, compared.ratio_high) == pytest.approx((0.8584264, 4.277266), abs=0.0000005)


def test_compare_counts_test_and_interval_can_disagree():
    # Fay's example, which the docstring warns of.
    compared = change.compare_counts(10, 2, exposure_before=20_000, exposure_after=17_877)

    assert compared.p_value < 0.05
    assert compared.ratio_low < 1 < compared.ratio_high


def test_compare_counts_keeps_a_small_limit_exact():
    # One event among 900,001: the limit is that of a Poisson count of one, 0.0253178, to five figures.
    compared = change.compare_counts(900_000, 1)

    assert compared.ratio_low * 900_000 == pytest.approx(0.0253178, rel=1e-5)


def test_compare_counts_of_unsigned_integers():
    before, after = np.array([25, 16], dtype=np.uint32)

    compared = change.compare_counts(before, after)

    assert compared.difference == -9
    assert {type(number) for number in (compared.before, compared.after, compared.difference)} == {int}


@quick
@given(counts, counts, exposures, exposures, confidences)
def test_compare_counts_interval_contains_the_ratio(before, after, first, second, confidence):
    compared = change.compare_counts(before, after, first, second, confidence)

    assert 0 <= compared.ratio_low < compared.ratio_high
    assert 0 <= compared.p_value <= 1
    assert (compared.ratio is None) == (before == 0)
    if compared.ratio is not None:
        assert compared.ratio == pytest.approx((after / second) / (before / first))
        assert compared.ratio_low <= compared.ratio <= compared.ratio_high


@quick
@given(some, some, exposures, exposures, confidences)
def test_compare_counts_swapping_inverts_the_ratio(before, after, first, second, confidence):
    forwards = change.compare_counts(before, after, first, second, confidence)
    backwards = change.compare_counts(after, before, second, first, confidence)

    assert backwards == replace(
        forwards,
        before=after,
        after=before,
        difference=-forwards.difference,
        ratio=pytest.approx(1 / forwards.ratio),
        ratio_low=pytest.approx(1 / forwards.ratio_high),
        ratio_high=pytest.approx(1 / forwards.ratio_low),
        p_value=pytest.approx(forwards.p_value, rel=1e-6, abs=1e-300),
    )


@quick
@given(counts, st.integers(0, 1000), st.integers(1, 1000))
def test_compare_counts_a_greater_rise_is_less_likely_by_chance(before, rise, more):
    less = change.compare_counts(before, before + rise)
    greater = change.compare_counts(before, before + rise + more)

    assert greater.p_value <= less.p_value
    assert greater.ratio_low > less.ratio_low


@quick
@given(counts, counts, st.floats(0.01, 1e6))
def test_compare_counts_only_relative_exposure_matters(before, after, exposure):
    alone, together = (change.compare_counts(before, after, each, each) for each in (1.0, exposure))

    assert together == alone


@quick
@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from([0.8, 0.95, 0.99]))
def test_compare_counts_test_and_interval_agree_for_equal_exposures(before, after, confidence):
    compared = change.compare_counts(before, after, confidence=confidence)

    excludes_one = not compared.ratio_low <= 1 <= compared.ratio_high
    assert excludes_one == (compared.p_value < 1 - confidence)


@pytest.mark.parametrize(("before", "after"), [(-1, 5), (5, -1)])
def test_compare_counts_refuses_negative_counts(before, after):
    with pytest.raises(ValueError, match="Counts must be zero or more"):
        change.compare_counts(before, after)


@pytest.mark.parametrize("exposure", [0, -1, inf, float("nan")])
@pytest.mark.parametrize("which", ["exposure_before", "exposure_after"])
def test_compare_counts_refuses_impossible_exposures(which, exposure):
    with pytest.raises(ValueError, match="An exposure must be a number above zero"):
        change.compare_counts(3, 5, **{which: exposure})


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_compare_counts_refuses_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        change.compare_counts(3, 5, confidence=confidence)
