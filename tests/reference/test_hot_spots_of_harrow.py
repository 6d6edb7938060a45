"""Hot spots of Harrow from May 2016 to April 2017, tested on May to December 2017, on the real street-level files."""

import pytest

from frankpledge.findings.hot_spots import find_hot_spots
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import open_warehouse

pytestmark = pytest.mark.real_data

YEAR = parse_period("R12-2017-04")


@pytest.fixture(scope="module")
def warehouse(london):
    return open_warehouse(london)


def spots_of(warehouse, slug):
    return find_hot_spots(warehouse, find_indicator(slug), "E09000015", YEAR, tested_on=8)


@pytest.mark.parametrize(
    ("slug", "accuracy"),
    [("burglary", 4.6), ("robbery", 10.8), ("anti-social-behaviour", 20.8), ("vehicle-crime", 3.4)],
)
def test_map_is_better_than_anywhere_on_the_eight_months_after(warehouse, slug, accuracy):
    found = spots_of(warehouse, slug)

    assert found.prediction.accuracy == pytest.approx(accuracy, abs=0.5)
    assert found.prediction.accuracy_low > 2
    assert found.unplaced == 0


def test_the_town_centre_is_the_hottest_of_all(warehouse):
    hottest = spots_of(warehouse, "total-offences").spots[0]

    assert hottest.name.endswith("Greenhill")
    assert hottest.persistence.value == "persistent"


def test_half_of_offences_stand_on_few_points(warehouse):
    found = spots_of(warehouse, "total-offences").concentration

    assert found.places_holding_half < found.by_chance / 2
