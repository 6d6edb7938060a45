"""Claimant count, school census, FGM and the attitude survey: invented numbers in the publishers' layouts."""

import pytest

from frankpledge.periods import month_number
from tests.conftest import BARNET, HARROW, rows

FOUND = "SELECT area_code, measure, first_month, last_month, value, low, high, status, sample FROM published_value"
MAY = month_number(2023, 5)


def found(warehouse, *columns):
    names = ", ".join(columns)
    return rows(warehouse, f"SELECT {names} FROM published_value ORDER BY area_code DESC, measure, first_month")


NOMIS = [
    "DATE",
    "DATE_NAME",
    "GEOGRAPHY_NAME",
    "GEOGRAPHY_CODE",
    "GENDER_NAME",
    "AGE_NAME",
    "MEASURE_NAME",
    "OBS_VALUE",
]
ALL = ["Total", "All categories: Age 16+"]


def test_claimants_are_rounded_to_five_and_lie_within_two(workspace, files, built):
    table = files.csv(
        "cc.csv",
        NOMIS,
        [
            ["2023-05", "May 2023", "Harrow", HARROW, *ALL, "Claimant count", 5410],
            ["2023-05", "May 2023", "Harrow", HARROW, "Female", "Aged 18-24", "Claimant count", 0],
            ["2023-05", "May 2023", "Barnet", BARNET, *ALL, "Claimant count", ""],
            ["2023-05", "May 2023", "Aberdeen", "S12000033", *ALL, "Claimant count", 10],
            ["2023-13", "", "Harrow", HARROW, *ALL, "Claimant count", 10],
        ],
    )

    warehouse = built(workspace, table)

    assert found(warehouse, "area_code", "measure", "first_month", "value", "low", "high", "status") == [
        (HARROW, "claimant-count/claimants", MAY, 5410.0, 5408.0, 5412.0, "rounded"),
        (HARROW, "claimant-count/claimants/female/aged-18-24", MAY, 0.0, 0.0, 2.0, "rounded"),
        (BARNET, "claimant-count/claimants", MAY, None, None, None, "suppressed"),
    ]
    assert rows(warehouse, "SELECT row FROM refused_row") == [6]


def test_short_layout_of_the_claimant_count(workspace, files, built):
    table = files.csv("cc.csv", ["date", "geography code", "Claimant count"], [["May 2023", HARROW, "5,410"]])

    assert found(built(workspace, table), "measure", "first_month", "value") == [
        ("claimant-count/claimants", MAY, 5410.0)
    ]


SCHOOL = ["time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code"]
SCHOOL += ["region_name", "old_la_code", "new_la_code", "la_name", "education_phase", "headcount", "susp_rate"]


def school_row(level, code, phase, headcount, rate, identifier="Academic year"):
    region = "E12000007" if level != "National" else ""
    return [202324, identifier, level, "E92000001", "England", region, "", "310", code, "", phase, headcount, rate]


def test_school_tables_have_a_measure_for_each_kind_of_row_and_each_number(workspace, files, built):
    table = files.csv(
        "suspensions.csv",
        SCHOOL,
        [
            school_row("Local authority", HARROW, "Total", 40000, 4.1),
            school_row("Local authority", HARROW, "State-funded secondary", 15000, "c"),
            school_row("National", "", "Total", 8000000, 11.3),
            school_row("School", "", "Total", 900, 1.0),
            school_row("Local authority", HARROW, "Total", 1, 1, identifier="Blue moon"),
            school_row("Local authority", "", "Total", 1, 1),
        ],
    )

    warehouse = built(workspace, table)

    assert found(warehouse, "area_code", "measure", "value", "status") == [
        ("E92000001", "school/headcount", 8000000.0, "final"),
        ("E92000001", "school/susp-rate", 11.3, "final"),
        (HARROW, "school/headcount", 40000.0, "final"),
        (HARROW, "school/state-funded-secondary/headcount", 15000.0, "final"),
        (HARROW, "school/state-funded-secondary/susp-rate", None, "suppressed"),
        (HARROW, "school/susp-rate", 4.1, "final"),
    ]
    assert rows(warehouse, "SELECT DISTINCT first_month, last_month FROM published_value") == [
        (month_number(2023, 9), month_number(2024, 8))
    ]
    assert rows(warehouse, "SELECT row FROM refused_row ORDER BY row") == [6, 7]


@pytest.mark.parametrize(
    ("identifier", "first", "last"),
    [
        ("Autumn term", (2023, 9), (2023, 12)),
        ("Spring term", (2024, 1), (2024, 4)),
        ("Summer term", (2024, 5), (2024, 8)),
        ("Financial year", (2023, 4), (2024, 3)),
        ("Calendar year", (2023, 1), (2023, 12)),
    ],
)
def test_school_periods_are_months(workspace, files, built, identifier, first, last):
    row = school_row("Local authority", HARROW, "Total", 1, 1, identifier=identifier)

    warehouse = built(workspace, files.csv("terms.csv", SCHOOL, [row]))

    assert rows(warehouse, "SELECT DISTINCT first_month, last_month FROM published_value") == [
        (month_number(*first), month_number(*last))
    ]


FGM = ["Reporting_Period", "Org_Level", "Org_Code", "Org_Name", "Measure", "Value"]


def test_rounded_counts_of_fgm_stand_for_all_they_can_be(workspace, files, built):
    printed = [(HARROW, "Newly Recorded", 5), (HARROW, "Total Attendances", 30), (BARNET, "Newly Recorded", 0)]
    made = [["2023-24 Q1", "Local Authority", code, "", measure, value] for code, measure, value in printed]
    made += [
        ["2023-24 Q1", "Local Authority", BARNET, "", "Total Attendances", "*"],
        ["2023-24 Q1", "Provider", "R1K", "Trust", "Newly Recorded", 15],
        ["2023-24 Q1", "Local Authority", HARROW, "", "Newly Recorded", 5],
        ["some day", "Local Authority", HARROW, "", "Distinct individuals", 5],
    ]

    warehouse = built(workspace, files.csv("fgm.csv", FGM, made))

    assert found(warehouse, "area_code", "measure", "value", "low", "high", "status") == [
        (HARROW, "health/fgm/attendances", 30.0, 28.0, 32.0, "rounded"),
        (HARROW, "health/fgm/newly-recorded", 5.0, 1.0, 7.0, "rounded"),
        (BARNET, "health/fgm/attendances", None, None, None, "suppressed"),
        (BARNET, "health/fgm/newly-recorded", 0.0, 0.0, 0.0, "rounded"),
    ]
    assert rows(warehouse, "SELECT DISTINCT first_month, last_month FROM published_value") == [
        (month_number(2023, 4), month_number(2023, 6))
    ]
    assert rows(warehouse, "SELECT row FROM refused_row ORDER BY row") == [7, 8]


def test_fgm_by_dates(workspace, files, built):
    header = ["Reporting_Period_Start", "Reporting_Period_End", "ONS_Code", "Measure", "Measure_Value"]
    table = files.csv("fgm.csv", header, [["01/01/2024", "31/03/2024", HARROW, "Newly Recorded FGM", 10]])

    assert found(built(workspace, table), "first_month", "last_month", "low", "high") == [
        (month_number(2024, 1), month_number(2024, 3), 8.0, 12.0)
    ]


def test_survey_share_has_an_interval_only_where_it_is_said_how_many_were_asked(workspace, files, built):
    header = ["Date", "Borough", "Survey", "Measure", "Proportion", "MPS", "Base"]
    table = files.csv(
        "pas.csv",
        header,
        [
            ["31/12/2023", "Harrow", "PAS", '"Good Job" local', 0.52, 0.47, 400],
            ["Dec 2023", "Barnet", "PAS", '"Good Job" local', "50%", 0.47, ""],
            ["2023-12-31", "Narnia", "PAS", '"Good Job" local', 0.5, 0.47, 400],
            ["31/12/2023", "Harrow", "PAS", "Trust MPS", 140, 0.7, 400],
        ],
    )

    warehouse = built(workspace, table)

    (harrow, police, london, barnet) = rows(warehouse, FOUND + " ORDER BY area_code <> ?, area_code DESC", HARROW)
    assert harrow[1:4] == ("survey/police-do-a-good-job", month_number(2023, 1), month_number(2023, 12))
    assert harrow[4:] == (0.52, pytest.approx(0.4711, abs=1e-4), pytest.approx(0.5685, abs=1e-4), "final", 400)
    # What holds for the whole force holds for London, which it covers.
    assert [(one[0], one[4]) for one in (police, london)] == [("E23000001", 0.47), ("E12000007", 0.47)]
    assert barnet[4:] == (0.5, None, None, "final", None)
    assert rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row") == [
        (4, "there is no borough “Narnia”"),
        (5, "the proportion is not between 0 and 1, or 0% and 100%"),
    ]
