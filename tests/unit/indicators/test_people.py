"""Populations: each year's own, carried forward three years at most, one set for all areas compared."""

import pytest

from frankpledge.indicators.people import CARRIED_FORWARD, People, people_for
from frankpledge.model.estimate import Series
from tests.conftest import BARNET, BRENT, HARROW

PRINTED = "harrow-2019-populations"
HELD = People(Series("ons-population", "mid-2018"), {HARROW: {2015: 100, 2018: 130}})


@pytest.mark.parametrize(
    ("year", "found"),
    [
        (2018, (130, 2018)), (2019, (130, 2018)), (2021, (130, 2018)), (2022, None),
        (2015, (100, 2015)), (2017, (100, 2015)), (2014, None),
    ],
)  # fmt: skip
def test_population_is_carried_forward_three_years_at_most(year, found):
    assert CARRIED_FORWARD == 3
    assert HELD.of(HARROW, year) == found


def test_population_of_an_area_nobody_counted():
    assert HELD.of(BRENT, 2018) is None


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    return built(
        workspace,
        files.boroughs(),
        files.population("old.csv", years=(2016, 2017), people={HARROW: 1, BARNET: 2, BRENT: 3}),
        files.population("new.csv", years=(2017, 2018), people={HARROW: 10, BARNET: 20}),
    )


def test_newest_release_serves_every_area_and_is_not_mixed_with_an_older_one(warehouse):
    found = people_for(warehouse, [HARROW, BARNET, BRENT], {2017}, {})

    assert str(found.series) == "ons-population (mid-2018)"
    assert [found.of(code, 2017) for code in (HARROW, BARNET, BRENT)] == [(10, 2017), (20, 2017), None]
    assert found.of(HARROW, 2016) is None


def test_pinned_population_serves_where_it_knows_every_area_and_year(warehouse):
    found = people_for(warehouse, [HARROW, BARNET], {2017, 2018}, {"population": PRINTED})

    assert found.series.dataset == PRINTED
    assert found.of(HARROW, 2018) == (248_880, 2017), "the document divided the offences of 2018 by it as well"


@pytest.mark.parametrize(
    ("areas", "years"), [([HARROW, "E09000020"], {2017}), ([HARROW], {2017, 2021})], ids=["an area more", "a year more"]
)
def test_pinned_population_serves_all_or_none(warehouse, areas, years):
    found = people_for(warehouse, areas, years, {"population": PRINTED})

    assert found.series.dataset == "ons-population"


def test_areas_wanted_besides_do_not_keep_the_pinned_population_from_serving(warehouse):
    found = people_for(warehouse, [HARROW], {2017}, {"population": PRINTED}, also=["E09000020"])

    assert found.series.dataset == PRINTED


def test_no_population_at_all(warehouse):
    assert people_for(warehouse, ["E05013542"], {2017}, {}) is None
