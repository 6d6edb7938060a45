"""Scatter is learnt from an area's own months, and from those only."""

from types import SimpleNamespace

import numpy as np
import pytest

from frankpledge.findings.scatter import learn_scatters, scatter_months, scatters_of
from frankpledge.model.estimate import Series
from frankpledge.periods import days_in_month, parse_period

YEAR = parse_period("2018")


def months_of(counts, area="E09000015", share=False):
    months = scatter_months(parse_period("2018"))
    return [
        SimpleNamespace(area_code=area, period=month.text, numerator=count, denominator=200, share=share)
        for month, count in zip(months, counts, strict=True)
    ]


def test_five_years_to_the_end_of_the_period():
    months = scatter_months(parse_period("2018-Q1"))

    assert len(months) == 60 and (months[0].text, months[-1].text) == ("2013-04", "2018-03")


def test_months_that_follow_their_length_do_not_scatter():
    steady = [3 * days_in_month(month.first) for month in scatter_months(parse_period("2018"))]

    assert scatters_of(SimpleNamespace(estimates=months_of(steady)), YEAR)["E09000015"] == 1


def test_each_area_has_its_own():
    random = np.random.default_rng(21)
    wild, calm = random.negative_binomial(25, 0.2, 60).tolist(), random.poisson(100, 60).tolist()
    answer = SimpleNamespace(estimates=months_of(wild) + months_of(calm, "E09000003"))

    found = scatters_of(answer, YEAR)
    assert found["E09000015"] > 3 > 2.5 > found["E09000003"]


def test_too_few_months_have_none():
    few = [None] * 50 + [10] * 10

    assert scatters_of(SimpleNamespace(estimates=months_of(few)), YEAR) == {"E09000015": None}
    assert scatters_of(SimpleNamespace(estimates=[]), YEAR) == {}


def test_a_share_scatters_around_its_own_year():
    by_turns = SimpleNamespace(estimates=months_of([80, 120] * 30, share=True))

    assert scatters_of(by_turns, YEAR)["E09000015"] == pytest.approx(60 * 20**2 / 50 / 55)


def of_dataset(dataset, estimates):
    return SimpleNamespace(
        estimates=estimates, selection=SimpleNamespace(series=Series(dataset, "2019")) if dataset else None
    )


@pytest.mark.parametrize("wide, taken", [("judged", "wide"), ("another", "narrow"), (None, "narrow")])
def test_learnt_from_the_most_areas_that_are_counted_in_the_same_way(wide, taken):
    random = np.random.default_rng(5)
    counts = random.poisson(100, 60).tolist()
    answers = {
        ("E09000015", "E09000003"): of_dataset(wide, months_of(counts) + months_of([90, 110] * 30, "E09000003")),
        ("E09000015",): of_dataset("judged", months_of(counts)),
    }
    judged = SimpleNamespace(series=Series("judged", "2019"))

    found = learn_scatters(answers.__getitem__, list(answers), judged, YEAR)

    assert set(found) == {"wide": {"E09000015", "E09000003"}, "narrow": {"E09000015"}}[taken]
