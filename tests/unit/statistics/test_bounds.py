"""Arithmetic with rounded and withheld figures: no true value ever lies outside, and none is given away."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import bounds
from frankpledge.statistics.bounds import Bounds

quick = settings(derandomize=True, max_examples=100, deadline=None, database=None)
counts = st.integers(0, 500)


def shown_by_nhs(count):
    """As the publisher does it."""
    if count == 0:
        return 0
    return 5 if count <= 7 else 5 * round(count / 5)


@quick
@given(counts)
def test_the_nhs_rule_holds_the_count(count):
    found = bounds.rounded_by_nhs(shown_by_nhs(count))

    assert found.low <= count <= found.high


def test_five_of_the_nhs_is_one_to_seven_and_forty_is_thirty_eight_to_forty_two():
    assert bounds.rounded_by_nhs(5) == Bounds(1, 7)
    assert bounds.rounded_by_nhs(40) == Bounds(38, 42)
    assert bounds.rounded_by_nhs(0) == Bounds(0, 0)


def test_quarters_that_read_ninety_are_eighty_four_to_ninety_six():
    # 25 + 30 + 35 is not 90.
    assert bounds.total([bounds.rounded_by_nhs(shown) for shown in (25, 30, 35)]) == Bounds(84, 96)


def test_distinct_people_of_three_quarters_are_no_sum():
    quarters = [bounds.rounded_by_nhs(shown) for shown in (25, 30, 35)]

    assert bounds.total(quarters, additive=False) == Bounds(33, 96)


@quick
@given(counts, st.sampled_from([3, 5, 10]))
def test_rounding_holds_the_count(count, base):
    found = bounds.rounded(base * round(count / base), base)

    assert found.low <= count <= found.high


@quick
@given(st.lists(counts, min_size=1, max_size=6), st.lists(counts, min_size=1, max_size=6))
def test_sums_differences_shares_and_rates_hold_the_truth(parts, others):
    known, unlike = (bounds.total(bounds.rounded_by_nhs(shown_by_nhs(one)) for one in some) for some in (parts, others))
    part, rest = sum(parts), sum(others)

    assert (known + unlike).low <= part + rest <= (known + unlike).high
    assert (known - unlike).low <= part - rest <= (known - unlike).high
    of_both = bounds.share(known, known + unlike)
    if of_both and part + rest:
        assert of_both.low - 1e-12 <= part / (part + rest) <= of_both.high + 1e-12
    change = bounds.difference_in_per_cent(known, unlike)
    if change:
        assert change.low - 1e-9 <= 100 * (rest - part) / part <= change.high + 1e-9
    assert known.per(1234).low <= 1000 * part / 1234 <= known.per(1234).high


def test_withheld_below_five_is_one_to_four():
    assert bounds.withheld(5) == Bounds(1, 4)
    assert bounds.withheld(5, least=0) == Bounds(0, 4)


def test_one_withheld_part_is_known_from_the_whole():
    # Why a second one must be withheld too.
    assert (bounds.exactly(20) - bounds.exactly(17)).exact


def test_a_share_of_what_may_be_none_is_not_known():
    assert bounds.share(Bounds(0, 1), Bounds(0, 9)) is None
    assert bounds.difference_in_per_cent(Bounds(0, 4), bounds.exactly(3)) is None


def test_a_share_is_not_more_than_all():
    assert bounds.share(Bounds(1, 7), Bounds(3, 7)) == Bounds(1 / 7, 1)


def test_figures_that_may_be_the_same_overlap():
    assert bounds.rounded_by_nhs(5).overlaps(bounds.rounded(5, 1))
    assert not bounds.rounded_by_nhs(25).overlaps(bounds.rounded_by_nhs(30))


def test_unknown_is_not_nought():
    assert bounds.unknown().high == inf and not bounds.unknown().exact


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: Bounds(2, 1), "cannot be above"),
        (lambda: bounds.rounded(7, 5), "not a count rounded"),
        (lambda: bounds.rounded_by_nhs(-5), "not a count rounded"),
        (lambda: bounds.total([]), "no parts"),
        (lambda: bounds.exactly(1).per(0), "exposure above zero"),
        (lambda: bounds.share(Bounds(9, 9), Bounds(1, 5)), "cannot lie within"),
    ],
)
def test_bounds_refuse(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()
