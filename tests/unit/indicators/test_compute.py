"""Estimates: missing and nought apart, rates on the right populations, the region as the sum of what is complete."""

from dataclasses import replace

import pytest

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import areas_within
from frankpledge.model.estimate import Status
from frankpledge.statistics.rates import rate_interval
from tests.conftest import BARNET, BRENT, HARROW, LONDON, ask, ask_one, months_of, rows, ward


@pytest.fixture(scope="module")
def shared(place, built):
    workspace, files = place
    warehouse = built(
        workspace,
        files.boroughs(
            months=months_of("2016", "2017", "2018", "2019"),
            rows=[
                ("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 10),
                ("BURGLARY", "BURGLARY NON-DWELLING", "Harrow", 1),
                ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Harrow", 0),
                ("BURGLARY", "DOMESTIC BURGLARY", "Barnet", [20] * 24 + ["?"] + [20] * 23),
                ("BURGLARY", "DOMESTIC BURGLARY", "Brent", 30),
                ("BURGLARY", "DOMESTIC BURGLARY", "Unknown", 2),
                ("BURGLARY", "DOMESTIC BURGLARY", "London Heathrow and London City Airports", 1),
                ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Brent", 4),
            ],
        ),
        files.wards(
            months=months_of("2018"),
            rows=[
                ("BURGLARY", "DOMESTIC BURGLARY", "Pinner", ward(1), "Harrow", 2),
                ("BURGLARY", "DOMESTIC BURGLARY", "Edgware", ward(2), "Harrow", 0),
            ],
        ),
        files.population(
            years=(2016, 2017),
            people={HARROW: [240_000, 250_000], BARNET: [380_000, 390_000], BRENT: [320_000, 330_000]},
        ),
    )
    return workspace, warehouse


def test_count_of_an_offence_has_all_that_lies_below_it(shared):
    _, warehouse = shared

    assert ask_one(warehouse, "burglary", HARROW, "2017").numerator == 12 * 11
    assert ask_one(warehouse, "residential-burglary", HARROW, "2017").numerator == 12 * 10


def test_rate_is_made_from_the_count_and_the_population(shared):
    _, warehouse = shared

    estimate = ask_one(warehouse, "burglary", HARROW, "2017")

    expected = rate_interval(132, 250_000, per=1000)
    assert (estimate.denominator, estimate.value) == (250_000, pytest.approx(0.528))
    assert (estimate.low, estimate.high, estimate.method) == (expected.low, expected.high, expected.method)
    assert str(estimate.population) == "ons-population (mid-2017, mid-2017)"


def test_population_is_that_of_each_periods_own_year(shared):
    _, warehouse = shared

    answer = ask(warehouse, "burglary", [HARROW], "2016", "2017", "FY2016-17", "R12-2017-06")

    assert [one.denominator for one in answer.estimates] == [240_000, 250_000, 240_000, 250_000]


@pytest.mark.parametrize(("period", "denominator"), [("2018", 250_000), ("2019", 250_000)])
def test_population_is_carried_forward_and_says_of_which_year(shared, period, denominator):
    _, warehouse = shared

    estimate = ask_one(warehouse, "burglary", HARROW, period)

    assert estimate.denominator == denominator
    assert estimate.population.release == "mid-2017, mid-2017"


def test_nothing_counted_in_complete_coverage_is_nought_with_its_interval(shared):
    _, warehouse = shared

    estimate = ask_one(warehouse, "robbery", HARROW, "2017")

    assert (estimate.numerator, estimate.value, estimate.missing) == (0, 0, False)
    assert estimate.low == 0 < estimate.high


def test_area_that_the_table_lacks_is_missing(shared):
    _, warehouse = shared

    estimate = ask_one(warehouse, "burglary", "E09000009", "2017")

    assert (estimate.numerator, estimate.value, estimate.status) == (None, None, Status.MISSING)
    assert estimate.why_missing == "no data held for January 2017"


def test_month_that_could_not_be_read_makes_every_period_it_lies_in_missing(shared):
    _, warehouse = shared

    answer = ask(warehouse, "burglary", [BARNET], "2018-01", "2018", "FY2017-18", "2018-02", "2017")

    assert [one.numerator for one in answer.estimates] == [None, None, None, 20, 240]
    assert answer.estimates[0].why_missing == "a count in the file could not be read"


def test_unreadable_count_of_one_offence_leaves_the_others(shared):
    _, warehouse = shared

    assert not ask_one(warehouse, "robbery", BARNET, "2018-01").missing
    assert ask_one(warehouse, "total-offences", BARNET, "2018-01").missing


def test_region_is_the_sum_of_its_areas_and_of_what_lies_in_none(shared):
    workspace, warehouse = shared

    answer = ask(warehouse, "burglary", [HARROW], "2017", region=workspace.partnership())

    harrow, london = answer.estimates
    assert (london.area_code, london.area_name) == (LONDON, "London")
    assert london.numerator == 12 * (11 + 20 + 30 + 2 + 1)
    assert london.denominator == 250_000 + 390_000 + 330_000
    assert harrow.numerator == 12 * 11


def test_region_leaves_out_incomplete_areas_and_says_how_many(shared):
    workspace, warehouse = shared

    london = ask(warehouse, "burglary", [HARROW], "2018", region=workspace.partnership()).estimates[-1]

    assert london.area_name == "London (2 of 3 areas)"
    assert london.numerator == 12 * (11 + 30 + 2 + 1)
    assert london.denominator == 250_000 + 330_000


def test_region_without_a_complete_area_is_missing(shared):
    workspace, warehouse = shared

    london = ask(warehouse, "burglary", [HARROW], "2015", region=workspace.partnership()).estimates[-1]

    assert london.missing and london.area_code == LONDON


def test_region_without_those_left_out(shared):
    workspace, warehouse = shared
    partnership = replace(workspace.partnership(), left_out={BRENT: "for a reason"})

    answer = ask(warehouse, "burglary", [HARROW, BRENT], "2017", region=partnership)

    assert [one.area_code for one in answer.estimates] == [HARROW, BRENT, LONDON]
    assert answer.estimates[-1].numerator == 12 * (11 + 20 + 2 + 1)
    assert answer.estimates[1].numerator == 12 * 30, "it is still shown itself"


def test_crimes_of_no_borough_are_counted_in_no_borough(shared):
    _, warehouse = shared

    answer = ask(warehouse, "burglary", [HARROW, BARNET, BRENT], "2017")

    (all_counted,) = rows(
        warehouse,
        "SELECT sum(count) FROM monthly_count JOIN series USING (series_id) "
        "WHERE dataset = 'mps-borough' AND month // 12 = 2017 AND offence_id IN "
        "(SELECT offence_id FROM offence WHERE path LIKE 'crime/burglary%')",
    )
    assert sum(one.numerator for one in answer.estimates) == all_counted - 12 * 3


def test_wards_within_an_authority_in_order_of_name(shared):
    _, warehouse = shared

    assert areas_within(warehouse, AreaKind.WARD, [HARROW]) == [ward(1)], (
        "a ward without any count in the cube is not known"
    )


def test_ward_that_the_table_covers_has_its_noughts(shared):
    _, warehouse = shared

    pinner, edgware = ask(warehouse, "burglary", [ward(1), ward(2)], "2018", kind=AreaKind.WARD).estimates

    assert (pinner.numerator, edgware.numerator) == (24, 0)
    assert pinner.value is None and pinner.method == "count only: the number of residents is not held"


def test_estimates_carry_definition_series_and_policy(shared):
    _, warehouse = shared

    answer = ask(warehouse, "burglary", [HARROW], "2017")

    (estimate,) = answer.estimates
    assert estimate.definition == answer.indicator.hash
    assert (estimate.policy, estimate.invented) == ("open", False)
    assert answer.at(answer_period(answer)) == [estimate]


def answer_period(answer):
    from frankpledge.periods import parse_period

    return parse_period(answer.estimates[0].period)
