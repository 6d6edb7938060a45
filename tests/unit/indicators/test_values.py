"""Rates of any people, ratios to a target, one count less another: what each is, and when none is made."""

import pytest

from frankpledge.indicators.definition import HOUSEHOLDS, NOTHING, Against, Denominator
from frankpledge.model.estimate import Status
from frankpledge.statistics.rates import rate_interval
from tests.conftest import BARNET, HARROW
from tests.unit.indicators.holding import REGION, answer, answers, holding, indicator

TARGET = Denominator(Against.TARGET, ("delivery/idva-cases-target",), "cases aimed for")
AGED_10_TO_17 = Denominator(
    Against.PEOPLE, tuple(f"residents/age/{age}" for age in range(10, 18)), "children aged 10 to 17"
)
MUSLIMS = Denominator(Against.PEOPLE, ("religion/muslim",), "Muslim residents")


def test_less_takes_one_count_from_another():
    warehouse = holding(
        counts=[
            ("some-counts", HARROW, "2018", "violence", 10),
            ("some-counts", HARROW, "2018", "violence/domestic", 4),
            ("some-counts", HARROW, "2018", "flagged/domestic", 3),
        ],
        people=[("ons-population", HARROW, 2018, "residents", 250_000)],
    )

    found = answer(warehouse, indicator("violence", less=("flagged/domestic",)), "2018")
    below = answer(warehouse, indicator("violence", less=("violence/domestic",)), "2018")

    assert found.numerator == 12 * (10 + 4 - 3)
    assert below.numerator == 12 * 10, "what lies below is counted, and then taken away"
    assert found.value == pytest.approx(1000 * 132 / 250_000)


def test_nothing_is_taken_away_where_it_is_not_told_apart():
    warehouse = holding(counts=[("some-counts", HARROW, "2018", "violence", 10)])

    found = answer(warehouse, indicator("violence", less=("flagged/domestic",)), "2018")

    assert found.missing and found.why_missing == "nothing held counts these offences for such areas"


def test_more_taken_away_than_counted_is_missing_and_no_negative_rate():
    warehouse = holding(
        counts=[("some-counts", HARROW, "2018", "violence", 1), ("some-counts", HARROW, "2018", "flagged/domestic", 2)],
        people=[("ons-population", HARROW, 2018, "residents", 250_000)],
    )

    found = answer(warehouse, indicator("violence", less=("flagged/domestic",)), "2018")

    assert found.missing and found.status is Status.MISSING
    assert found.why_missing == "fewer were counted than are to be taken away: the two do not fit"


def test_count_alone_has_neither_rate_nor_interval():
    warehouse = holding(counts=[("some-counts", HARROW, "2018", "delivery/pupils", 10)])

    found = answer(warehouse, indicator("delivery/pupils", denominator=NOTHING), "2018")

    assert (found.numerator, found.value, found.low, found.high, found.method) == (120, None, None, None, "count")
    assert found.unit == "count"


def test_target_is_a_ratio_without_an_interval_and_may_be_passed():
    warehouse = holding(
        counts=[
            ("some-counts", HARROW, "FY2018-19", "delivery/idva-cases", 12),
            ("some-counts", HARROW, "FY2018-19", "delivery/idva-cases-target", 10),
        ]
    )

    found = answer(warehouse, indicator("delivery/idva-cases", denominator=TARGET, multiplier=100), "FY2018-19")

    assert (found.numerator, found.denominator, found.value) == (144, 120, 120.0)
    assert (found.low, found.high, found.share, found.unit) == (None, None, False, "% of cases aimed for")


def test_count_is_shown_where_no_target_was_set():
    warehouse = holding(
        counts=[
            ("some-counts", HARROW, "2018", "delivery/idva-cases", 12),
            ("some-counts", HARROW, "2018", "delivery/idva-cases-target", 0),
        ]
    )

    found = answer(warehouse, indicator("delivery/idva-cases", denominator=TARGET), "2018")

    assert (found.numerator, found.denominator, found.value) == (144, 0, None)
    assert found.method == "count only: there were no cases aimed for"


def test_rate_per_household():
    warehouse = holding(
        counts=[("some-counts", HARROW, "2018", "burglary", 10)],
        people=[
            ("ons-census-2021", HARROW, 2021, "households", 90_000),
            ("ons-population", HARROW, 2018, "residents", 250_000),
        ],
    )

    found = answer(warehouse, indicator("burglary", denominator=HOUSEHOLDS), "2018")

    expected = rate_interval(120, 90_000, per=1000)
    assert (found.denominator, found.value, found.low) == (90_000, expected.value, expected.low)
    assert (found.unit, str(found.population)) == ("per 1,000 households", "ons-census-2021 (2024-01, mid-2021)")


def test_rate_per_child_is_of_all_the_years_of_age_added_up():
    ages = [("ons-population-by-age", HARROW, 2018, f"residents/age/{age}", 3000 + age) for age in range(9, 19)]
    warehouse = holding(counts=[("some-counts", HARROW, "2018", "entrants", 5)], people=ages)

    found = answer(warehouse, indicator("entrants", denominator=AGED_10_TO_17, multiplier=100_000), "2018")

    assert found.denominator == sum(3000 + age for age in range(10, 18))
    assert found.value == pytest.approx(100_000 * 60 / found.denominator)
    assert found.unit == "per 100,000 children aged 10 to 17"


def test_area_that_lacks_one_year_of_age_has_no_rate():
    ages = [("ons-population-by-age", HARROW, 2018, f"residents/age/{age}", 3000) for age in range(10, 17)]
    warehouse = holding(counts=[("some-counts", HARROW, "2018", "entrants", 5)], people=ages)

    found = answer(warehouse, indicator("entrants", denominator=AGED_10_TO_17), "2018")

    assert (found.numerator, found.value) == (60, None)
    assert found.method == "count only: the number of children aged 10 to 17 is not held"


@pytest.mark.parametrize(
    ("year", "held"), [("2010", False), ("2011", True), ("2023", True), ("2031", True), ("2032", False)]
)
def test_group_of_a_census_serves_the_years_between_censuses(year, held):
    warehouse = holding(
        counts=[("some-counts", HARROW, year, "flagged/islamophobic", 1)],
        people=[("ons-census-2021", HARROW, 2021, "religion/muslim", 40_000)],
    )

    found = answer(warehouse, indicator("flagged/islamophobic", denominator=MUSLIMS), year)

    assert found.numerator == 12
    assert (found.denominator == 40_000) is held


@pytest.mark.parametrize(("year", "held"), [("2017", False), ("2018", True), ("2021", True), ("2022", False)])
def test_estimate_by_age_is_carried_no_further_than_any_estimate(year, held):
    ages = [("ons-population-by-age", HARROW, 2018, f"residents/age/{age}", 3000) for age in range(10, 18)]
    warehouse = holding(counts=[("some-counts", HARROW, year, "entrants", 5)], people=ages)

    assert (answer(warehouse, indicator("entrants", denominator=AGED_10_TO_17), year).value is not None) is held


def test_region_is_set_against_its_own_people_of_the_group():
    warehouse = holding(
        counts=[("some-counts", code, "2018", "flagged/islamophobic", 1) for code in (HARROW, BARNET)],
        people=[("ons-census-2021", code, 2021, "religion/muslim", 40_000) for code in (HARROW, BARNET)],
    )
    found = answers(warehouse, indicator("flagged/islamophobic", denominator=MUSLIMS), "2018", region=REGION)[-1]

    assert (found.area_name, found.numerator, found.denominator) == ("London", 24, 80_000)
