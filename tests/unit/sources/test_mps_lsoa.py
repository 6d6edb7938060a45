"""The Metropolitan Police's table by small area, through a whole build; every count is invented."""

import pytest

from frankpledge.periods import month_number
from tests.conftest import BARNET, HARROW, ask_one, rows, small_areas

HEADER = ["LSOA Code", "LSOA Name", "Borough", "Major Category", "Minor Category", "202401", "202402"]
HERE, THERE = small_areas(HARROW)[0], small_areas(BARNET)[0]


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    table = [
        [HERE, "Harrow 001A", HARROW, "BURGLARY", "BURGLARY - RESIDENTIAL", 2, 0],
        [HERE, "Harrow 001A", HARROW, "THEFT", "OTHER THEFT", 0, 4],
        [THERE, "Barnet 001A", BARNET, "BURGLARY", "BURGLARY - RESIDENTIAL", 1, 1],
        ["Harrow 001A", "", HARROW, "BURGLARY", "BURGLARY - RESIDENTIAL", 9, 9],
    ]
    return built(workspace, files.csv("lsoa.csv", HEADER, table), files.best_fit())


def test_counts_by_small_area(warehouse):
    assert rows(
        warehouse,
        "SELECT area.code, path, month, count FROM monthly_count JOIN area USING (area_id) "
        "JOIN offence USING (offence_id) ORDER BY ALL",
    ) == [
        (THERE, "crime/burglary/residential", month_number(2024, 1), 1),
        (THERE, "crime/burglary/residential", month_number(2024, 2), 1),
        (HERE, "crime/burglary/residential", month_number(2024, 1), 2),
        (HERE, "crime/theft/other", month_number(2024, 2), 4),
    ]


def test_small_area_without_an_offence_has_nought_of_it(warehouse):
    assert rows(
        warehouse,
        "SELECT DISTINCT code, state FROM coverage JOIN area USING (area_id) WHERE offence_id IS NULL ORDER BY ALL",
    ) == [(THERE, "complete"), (HERE, "complete")]


def test_row_that_names_no_small_area_is_refused(warehouse):
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(5, "the area is not known")]


def test_small_area_lies_in_its_borough(warehouse):
    assert (HERE, HARROW) in rows(warehouse, "SELECT child, parent FROM area_member WHERE vintage = '21'")


def test_no_total_is_made_of_part_of_the_offences(warehouse):
    assert ask_one(warehouse, "total-offences", HARROW, "2024-01").value is None
