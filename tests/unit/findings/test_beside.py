"""Areas beside each other, and series at a month."""

from dataclasses import replace

import numpy as np
import pytest

from frankpledge.findings.beside import rank_sentence_of, set_beside, shrink
from frankpledge.findings.series_breaks import find_breaks
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.periods import month_number
from frankpledge.statistics.comparison import RankRange
from tests.unit.findings.test_course import AREA, answer, steady


def estimate(name, count, people=10_000):
    return Estimate(
        "burglary", name, name, "2018", count, people, None, None, None, "", Status.FINAL,
        Series("mps-borough", "2022-10"), None, "x",
    )  # fmt: skip


def alike(number, seed=3):
    counts = np.random.default_rng(seed).poisson(100, number).tolist()
    return [estimate(f"A{place:02}", count) for place, count in enumerate(counts)]


def test_one_that_stands_apart_is_said_to():
    found = set_beside([*alike(20), estimate("High", 400), estimate("Low", 20)])

    assert {one.estimate.area_name: one.apart for one in found.standings if one.apart} == {
        "High": "above",
        "Low": "below",
    }
    assert found.standings[0].estimate.area_name == "Low" and found.standings[-1].estimate.area_name == "High"


def test_areas_that_are_alike_do_not_stand_apart():
    assert not any(one.apart for one in set_beside(alike(30)).standings)


def test_areas_without_a_count_or_people_are_left_out_and_named():
    found = set_beside([*alike(5), estimate("Missing", None), estimate("Nobody", 5, None)])

    assert [one.area_name for one in found.left_out] == ["Missing", "Nobody"]


@pytest.mark.parametrize("estimates", [alike(2), [estimate(name, 0) for name in "ABC"], []])
def test_too_little_to_compare(estimates):
    assert set_beside(estimates) is None


def test_shrunk_rates_stand_highest_first():
    found = shrink([estimate("Small", 9, 300), *[estimate(f"W{n}", 40 + 10 * n, 4000) for n in range(6)]])

    assert [one.value for _, one in found] == sorted((one.value for _, one in found), reverse=True)
    small = next(rate for one, rate in found if one.area_name == "Small")
    assert small.value < small.seen and small.weight < 0.7


@pytest.mark.parametrize("estimates", [[], [estimate("A", 5)], [estimate("A", 0), estimate("B", 0)]])
def test_too_little_to_shrink(estimates):
    assert shrink(estimates) == []


@pytest.mark.parametrize(
    ("rank", "sentence"),
    [
        (RankRange(3, 1, 5), "rank"),
        (RankRange(1, 1, 5), "rank_first"),
        (RankRange(3, 3, 3), "rank_alone"),
        (RankRange(1, 1, 1), "rank_first_alone"),
    ],
)
def test_sentence_of_a_rank(rank, sentence):
    assert rank_sentence_of(rank) == sentence


# Series at a month


def test_series_with_a_step_and_without():
    stepped = answer([*steady(84), *steady(12, 160, 4)])
    plain = answer(steady(96, seed=5))

    found = find_breaks([stepped, plain], AREA, month_number(2018, 1))

    assert [one.shown for one in found] == [True, False]
    assert found[0].step.ratio == pytest.approx(1.6, rel=0.1)
    assert found[0].dataset == "mps-borough"


def test_series_that_cannot_be_tested_say_why():
    short, none, gap = answer(steady(20)), answer([None] * 20), answer([*steady(84), None, *steady(11)])

    found = find_breaks([short, none, gap], AREA, month_number(2018, 6))

    assert not any(one.shown or one.step for one in found)
    assert "only 20 months" in found[0].reason and found[1].reason == "no month is held"
    assert "fewer than 6 months without a gap" in found[2].reason


def test_a_share_and_a_month_that_is_not_held_are_not_tested():
    series = answer(steady(96))
    share = replace(series, estimates=tuple(replace(one, share=True) for one in series.estimates))

    of_share, of_no_month = (
        find_breaks([share], AREA, month_number(2018, 1)),
        find_breaks([series], AREA, month_number(2030, 1)),
    )

    assert "it is a share" in of_share[0].reason
    assert of_no_month[0].reason == "January 2030 is not held"


def test_indicators_that_count_the_same_are_one_question():
    stepped, plain = answer([*steady(84), *steady(12, 130, 4)]), [answer(steady(96, seed=seed)) for seed in range(9)]

    once = find_breaks([stepped, *plain], AREA, month_number(2018, 1))
    twice = find_breaks([stepped, stepped, *plain], AREA, month_number(2018, 1))

    assert once[0].adjusted == twice[0].adjusted
