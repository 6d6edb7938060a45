"""Directly standardised rates: hand-worked answers, properties and refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics.rates import rate_interval
from frankpledge.statistics.standardising import standardised_rate

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)


def test_each_age_counts_by_its_share_of_the_standard():
    # 20 per 1,000 of the young and 5 of the old; the standard has three old for each young: 5 + 3.75.
    found = standardised_rate([20, 50], [1000, 10_000], [1, 3])

    assert found.value == pytest.approx(8.75)
    assert found.low < found.value < found.high
    assert found.method == "dobson"


def test_two_places_of_the_same_rates_by_age_are_alike_however_old_they_are():
    young, old = standardised_rate([40, 5], [2000, 1000], [1, 1]), standardised_rate([20, 50], [1000, 10_000], [1, 1])

    assert young.value == pytest.approx(old.value)
    assert rate_interval(45, 3000).value != pytest.approx(rate_interval(70, 11_000).value)


@quick
@given(st.lists(st.integers(1, 50), min_size=1, max_size=12).filter(lambda ages: sum(ages) >= 10))
def test_where_all_ages_have_one_rate_and_the_standard_is_the_places_own_it_is_the_crude_rate(tens):
    counts, residents = tens, [1000 * ten for ten in tens]

    found, crude = standardised_rate(counts, residents, residents), rate_interval(sum(counts), sum(residents))

    assert (found.value, found.low, found.high) == pytest.approx((crude.value, crude.low, crude.high))


@pytest.mark.parametrize(
    ("counts", "exposures", "standard", "why"),
    [
        ([5, 4], [1000, 1000], [1, 1], "9 events are too few"),
        ([0, 0], [1000, 1000], [1, 1], "0 events are too few"),
        ([20, 1], [1000, 0], [1, 1], "exposure above zero"),
        ([20, 1], [1000, float("nan")], [1, 1], "exposure above zero"),
        ([20, 1], [1000, 1000], [0, 0], "standard population"),
        ([20, 1], [1000, 1000], [2, -1], "standard population"),
        ([20, 1], [1000], [1, 1], "one entry each"),
        ([], [], [], "one entry each"),
        ([20, float("nan")], [1000, 1000], [1, 1], "missing counts left out"),
        ([20, -1], [1000, 1000], [1, 1], "zero or more"),
    ],
)
def test_what_cannot_be_standardised_is_refused_with_the_reason(counts, exposures, standard, why):
    with pytest.raises(ValueError, match=why):
        standardised_rate(counts, exposures, standard)
