"""Harm from a warehouse: weights by words and by code, what is not counted and what is not weighed."""

import pytest

from frankpledge.errors import NotHeldError
from frankpledge.findings.harm import harm_of, read_schemes
from frankpledge.findings.prices import PriceYear, read_deflator
from frankpledge.periods import parse_period
from tests.conftest import HARROW, NAMES, months_of, rows

YEAR = parse_period("2018")
COSTS = ("Offence ", "Estimated Cost per event - all events prc and non-prc", "multiplier", "cost per event recorded")


def scheme(slug):
    return next(one for one in read_schemes() if one.slug == slug)


@pytest.fixture
def warehouse_of(workspace, files, built):
    def make(*paths, given=(("Robbery", "Personal Property", 3), ("Burglary", "Domestic Burglary", 10))):
        table = files.boroughs(
            months=months_of("2018"), rows=[(major, minor, NAMES[HARROW], count) for major, minor, count in given]
        )
        return built(workspace, table, files.population(), files.best_fit(), files.forces(), *paths)

    return make


def costs(files):
    return files.csv(
        "costs.csv", COSTS, [("Robbery ", 1010, 4.3, 4343), ("Domestic burglary ", 530, 3.6, 1908), ("Fraud ", 1, 1, 9)]
    )


def test_counts_are_weighed_and_what_is_not_held_is_named(warehouse_of, files):
    found = harm_of(warehouse_of(costs(files)), scheme("home-office-costs"), HARROW, YEAR, {})

    assert found.counts == {"crime/robbery": 36, "crime/burglary/residential": 120}
    assert found.harm.value == 36 * 4343 + 120 * 1908
    assert found.harm.shares[0][0] == "crime/burglary/residential"
    assert found.residents and not found.missing


def test_offences_without_a_weight_are_counted_apart(warehouse_of, files):
    given = (("Robbery", "Personal Property", 3), ("Theft", "Shoplifting", 7))

    found = harm_of(warehouse_of(costs(files), given=given), scheme("home-office-costs"), HARROW, YEAR, {})

    assert found.harm.value == 36 * 4343
    assert found.not_weighed is None or found.not_weighed == 84


@pytest.mark.parametrize("slug", ["home-office-costs", "ons-crime-severity"])
def test_weights_that_are_not_held_are_asked_for(warehouse_of, slug):
    with pytest.raises(NotHeldError, match="are not held"):
        harm_of(warehouse_of(), scheme(slug), HARROW, YEAR, {})


def test_a_year_without_counts_is_refused(warehouse_of, files):
    with pytest.raises(NotHeldError, match="None of the offences"):
        harm_of(warehouse_of(costs(files)), scheme("home-office-costs"), HARROW, parse_period("2012"), {})


def test_every_scheme_says_what_it_measures():
    for one in read_schemes():
        assert one.measures.endswith(".") and one.unit in ("points", "pounds", "days")


def test_weights_looked_up_by_hand_are_taken_by_path_and_marked(warehouse_of, files):
    by_hand = files.csv(
        "by-hand.csv",
        ("scheme", "offence", "weight", "read_in"),
        [("cambridge-crime-harm-index", "crime/robbery", 365, "a table"), ("", "crime/robbery", 1, "nowhere")],
    )
    warehouse = warehouse_of(by_hand)

    index = scheme("cambridge-crime-harm-index")
    found = harm_of(warehouse, index, HARROW, YEAR, {})

    assert found.harm.value == 36 * 365 and not index.verified
    assert rows(warehouse, "SELECT reason FROM refused_row") == ["no set of weights is named"]


def test_a_set_that_no_table_was_added_for_has_what_was_read_elsewhere(warehouse_of):
    found = harm_of(warehouse_of(), scheme("home-office-society"), HARROW, YEAR, {})

    assert found.weights["crime/burglary/residential"] == 5930
    assert found.read_in and not found.scheme.verified
    assert found.prices == "2015-16"


def test_a_table_that_is_added_goes_before_it(warehouse_of, files):
    own = files.csv(
        "own.csv",
        ("scheme", "offence", "weight", "read_in"),
        [("home-office-society", "crime/burglary/residential", 100, "the report, table 1")],
    )

    found = harm_of(warehouse_of(own), scheme("home-office-society"), HARROW, YEAR, {})

    assert found.harm.value == 120 * 100 and not found.read_in


def test_the_cost_to_society_is_told_by_its_parts_once_they_are_added(warehouse_of, files):
    parts = {"home-office-anticipation": 700, "home-office-consequence": 3000, "home-office-response": 1400}
    own = files.csv(
        "parts.csv",
        ("scheme", "offence", "weight", "read_in"),
        [(part, "crime/burglary/residential", weight, "the report, table 1") for part, weight in parts.items()],
    )
    warehouse = warehouse_of(own, costs(files))

    found = {part: harm_of(warehouse, scheme(part), HARROW, YEAR, {}) for part in (*parts, "home-office-costs")}

    assert {part: found[part].harm.value for part in parts} == {part: 120 * weight for part, weight in parts.items()}
    assert found["home-office-costs"].harm.value > 0


def test_costs_at_the_prices_of_another_year(warehouse_of):
    warehouse = warehouse_of()
    at = PriceYear("2024-25", read_deflator())

    then = harm_of(warehouse, scheme("home-office-society"), HARROW, YEAR, {})
    now = harm_of(warehouse, scheme("home-office-society"), HARROW, YEAR, {}, at)

    assert now.harm.value == pytest.approx(then.harm.value * 100 / 74.5894)
    assert now.prices == "2024-25"
    # Days in prison have no prices.
    assert harm_of(warehouse, scheme("cambridge-crime-harm-index"), HARROW, YEAR, {}, at).prices == ""


def test_a_year_without_an_index_is_refused():
    with pytest.raises(NotHeldError, match="no index for 1999-00"):
        PriceYear("1999-00", read_deflator()).restated({"robbery": 1.0}, "2015-16")
