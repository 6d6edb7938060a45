"""Scatter is learnt from an area's own months, and from those only."""

from types import SimpleNamespace

import numpy as np
import pytest

from frankpledge.findings.scatter import scatter_months, scatter_of
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

    assert scatter_of(SimpleNamespace(estimates=months_of(steady)), "E09000015", YEAR) == 1


def test_each_area_has_its_own():
    random = np.random.default_rng(21)
    wild, calm = random.negative_binomial(25, 0.2, 60).tolist(), random.poisson(100, 60).tolist()
    answer = SimpleNamespace(estimates=months_of(wild) + months_of(calm, "E09000003"))

    assert scatter_of(answer, "E09000015", YEAR) > 3 > 2.5 > scatter_of(answer, "E09000003", YEAR)


def test_too_few_months_have_none():
    few = [None] * 50 + [10] * 10

    assert scatter_of(SimpleNamespace(estimates=months_of(few)), "E09000015", YEAR) is None
    assert scatter_of(SimpleNamespace(estimates=[]), "E09000015", YEAR) is None


def test_a_share_scatters_around_its_own_year():
    by_turns = SimpleNamespace(estimates=months_of([80, 120] * 30, share=True))

    assert scatter_of(by_turns, "E09000015", YEAR) == pytest.approx(60 * 20**2 / 50 / 55)
