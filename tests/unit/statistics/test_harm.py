"""Harm and cost: weighed by hand, with chance in sight and unknown offences named."""

import numpy as np
import pytest

from frankpledge.statistics.harm import agreement, at_prices, weigh

WEIGHTS = {"homicide": 7979, "shoplifting": 10}


def test_weighing_by_hand():
    found = weigh({"homicide": 1, "shoplifting": 500}, WEIGHTS)

    assert found.value == 12_979
    assert found.shares == (("homicide", 7979 / 12_979), ("shoplifting", 5000 / 12_979))
    # One homicide makes it wide: from what the thefts alone weigh to twice as much.
    assert found.low < 5_500 and found.high > 25_000


def test_equal_weights_are_a_count():
    found = weigh({"a": 10, "b": 20}, {"a": 2, "b": 2})

    # Byar's limits of 10 and of 20, doubled and put together: a little narrower below than those of 30 would be.
    assert (found.value, found.low, found.high) == pytest.approx((60, 41.256, 87.496), abs=0.01)


def test_what_was_not_seen_this_year_may_still_happen():
    found = weigh({"homicide": 0, "shoplifting": 1000}, WEIGHTS)

    assert found.high > 10_000 + 3.6 * 7979 and found.low > 9_000


def test_interval_holds_as_often_as_it_says():
    random = np.random.default_rng(17)
    weights = {"a": 100.0, "b": 10.0, "c": 1.0}
    means = {"a": 20, "b": 200, "c": 900}
    truth = sum(means[one] * weights[one] for one in means)
    held = []
    for _ in range(800):
        found = weigh({one: int(random.poisson(mean)) for one, mean in means.items()}, weights)
        held.append(found.low <= truth <= found.high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_offences_without_a_weight_are_named_and_left_out():
    found = weigh({"homicide": 1, "anti-social behaviour": 900}, WEIGHTS)

    assert found.value == 7979 and found.without == {"anti-social behaviour": 900}


def test_nothing_counted_is_no_harm_but_not_for_certain():
    found = weigh({"homicide": 0, "shoplifting": 0}, WEIGHTS)

    assert found.value == 0 and found.low == 0 and found.high > 7979


def test_two_sets_of_weights_may_put_places_in_another_order():
    assert agreement({"a": 1, "b": 2, "c": 3}, {"a": 10, "b": 20, "c": 90}) == 1
    assert agreement({"a": 1, "b": 2, "c": 3}, {"a": 3, "b": 2, "c": 1}) == -1


def test_costs_at_the_prices_of_another_year():
    # Defra's copy of ONS series YBGB, release of 30 June 2025: 2015 is 83.5, 2024 is 111.2.
    assert at_prices(14_050, 83.5, 111.2) == pytest.approx(18_711, abs=1)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: weigh({"a": 1}, {"b": 1}), "None of the offences"),
        (lambda: weigh({"a": 1}, {"a": -1}), "Weights must be"),
        (lambda: weigh({"a": -1}, {"a": 1}), "whole numbers"),
        (lambda: weigh({"a": 1}, {"a": 1}, 1), "Confidence"),
        (lambda: agreement({"a": 1, "b": 2}, {"a": 1, "b": 2}), "three or more"),
        (lambda: at_prices(1, 0, 1), "above zero"),
    ],
)
def test_harm_refuses(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()
