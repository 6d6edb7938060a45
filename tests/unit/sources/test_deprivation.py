"""Indices of Deprivation and London Borough Profiles: invented numbers under the publishers' headings."""

import pytest

from frankpledge.periods import month_number
from frankpledge.sources.london_borough_profiles import profile_measures
from tests.conftest import BARNET, HARROW, rows, small_areas

HERE, THERE = small_areas(HARROW)[:2]


def values(warehouse, area):
    return dict(rows(warehouse, "SELECT measure, value FROM published_value WHERE area_code = ?", area))


@pytest.mark.parametrize(
    ("header", "cells", "year", "found"),
    [
        (
            ["lsoa11_code", "lsoa11_name", "lad13_code", "lad13_name", "IMD_score", "IMD_rank", "IMD_decile"],
            [HERE, "x", HARROW, "Harrow", "12.389", "21352.0", "7.0"],
            2015,
            {"imd/score": 12.389, "imd/rank": 21352, "imd/decile": 7},
        ),
        (
            ["lsoa11_code", "IMD_decile", "Crime_decile", "Housing_and_Access_rank"],
            [HERE, "9.0", "2.0", "7319.0"],
            2019,
            {"imd/decile": 9, "crime/decile": 2, "housing/rank": 7319},
        ),
        (
            ["lsoa21_code", "IMD_decile", "Housing_and_Services_score"],
            [HERE, "8.0", "-1.5"],
            2025,
            {"imd/decile": 8, "housing/score": -1.5},
        ),
        (
            [
                "LSOA code (2011)",
                "Local Authority District code (2019)",
                "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
                "Income Deprivation Affecting Children Index (IDACI) Score (rate)",
                "Total population: mid 2015 (excluding prisoners)",
            ],
            [HERE, HARROW, "29,199", "0.006", "1296"],
            2019,
            {"imd/rank": 29199, "idaci/score": 0.006},
        ),
        (
            ["lsoa21_code", "income_domain_numerator", "theft_rate_per_1_000_at_risk_population"],
            [HERE, "20.0", "12.6"],
            2025,
            {"indicator/income-domain-numerator": 20, "indicator/theft-rate-per-1-000-at-risk-population": 12.6},
        ),
    ],
    ids=["2015", "2019", "2025", "2019 as published", "indicators of 2025"],
)
def test_each_edition_has_its_measures_of_its_year(workspace, files, built, header, cells, year, found):
    warehouse = built(workspace, files.csv("imd.csv", header, [cells]))

    assert values(warehouse, HERE) == {f"deprivation/{year}/{path}": value for path, value in found.items()}
    assert rows(warehouse, "SELECT DISTINCT first_month, last_month, status FROM published_value") == [
        (month_number(year, 1), month_number(year, 12), "final")
    ]


def test_empty_cell_is_missing_never_nought(workspace, files, built):
    header = ["lsoa21_code", "income_domain_numerator", "connectivity_score"]
    warehouse = built(workspace, files.csv("imd.csv", header, [[HERE, "", "1"], [THERE, "0", "2"]]))

    path = "deprivation/2025/indicator/income-domain-numerator"
    found = rows(warehouse, "SELECT area_code, value, status FROM published_value WHERE measure = ? ORDER BY 1", path)
    assert found == [(HERE, None, "missing"), (THERE, 0.0, "final")]


def test_cell_that_is_no_number_is_said_with_its_line_and_column(workspace, files, built):
    table = files.csv("imd.csv", ["lsoa21_code", "IMD_rank", "IMD_decile"], [[HERE, "1", "2"], [THERE, "low", "3"]])

    warehouse = built(workspace, table)

    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [
        (3, "in “IMD_rank” stands “low”, which is no number")
    ]
    assert values(warehouse, THERE) == {"deprivation/2025/imd/rank": None, "deprivation/2025/imd/decile": 3}


PROFILE = ["Code", "Area_name", "Inner_Outer_London", "Median_House_Price_2014", "Political_control_in_council"]


def test_profile_has_numbers_and_leaves_words_aside(workspace, files, built):
    table = files.csv(
        "profiles.csv",
        PROFILE,
        [
            [HARROW, "Harrow", "Outer_London", "330000", "Lab"],
            [BARNET, "Barnet", "Outer_London", ".", "Cons"],
            ["Nat", "National_comparator", "", "195000", ""],
        ],
        mark=True,
    )

    warehouse = built(workspace, table)

    found = rows(warehouse, "SELECT area_code, measure, value, status FROM published_value ORDER BY area_code DESC")
    assert found == [
        (HARROW, "borough-profile/median-house-price", 330000.0, "final"),
        (BARNET, "borough-profile/median-house-price", None, "missing"),
    ]
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(4, "“Nat” is not the code of an area")]


@pytest.mark.parametrize(
    ("heading", "path", "first", "last"),
    [
        ("Crime_rates_per_thousand_population_201415", "crime-rates-per-thousand-population", (2014, 4), (2015, 3)),
        ("Number_of_cars_2011_Census", "number-of-cars", (2011, 1), (2011, 12)),
        ("Happiness_score_201114_out_of_10", "happiness-score-out-of-10", (2011, 1), (2014, 12)),
        ("Youth_Unemployment_claimant_rate_1824_Dec14", "youth-unemployment-claimant-rate-1824", (2014, 1), (2014, 12)),
    ],
)
def test_months_of_a_measure_are_those_its_heading_names(heading, path, first, last):
    measure = profile_measures([heading])[heading]

    assert measure.path == f"borough-profile/{path}"
    assert (measure.first_month, measure.last_month) == (month_number(*first), month_number(*last))


def test_measures_that_differ_by_year_alone_are_told_apart():
    found = profile_measures(["Pay_2014", "Pay_2013", "Turnout"])

    assert {one.path for one in found.values()} == {
        "borough-profile/pay-2014",
        "borough-profile/pay-2013",
        "borough-profile/turnout",
    }
    assert found["Turnout"].last_month == month_number(2014, 12), "the newest year that any heading names"
