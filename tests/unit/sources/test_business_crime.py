"""Crime against business, through a whole build; every count is invented."""

import pytest

from frankpledge.periods import month_number
from tests.conftest import BARNET, HARROW, LONDON, rows

HEADER = (
    "date", "measure", "borough", "crime_section", "crime_group", "business_crime_offence_count", "refresh_date",
    "sheet",
)  # fmt: skip


def day(date, count, place="Harrow", kind="SHOPLIFTING", group="THEFT"):
    return [date, "Business Crime Offences", place, group, kind, count, "2024-03-02", "BusinessCrimeOffences"]


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    days = [
        day("2024-01-01", 2),
        day("2024-01-31", 3),
        day("2024-02-29", 1),
        day("2024-02-01", 4, place="Barnet"),
        day("2024-02-01", 5, place="Other"),
        day("2024-02-01", 1, kind="NFIB", group="NFIB FRAUD"),
        day("2024-02-01", 1, kind="Rustling"),
        day("2024-02-01", 1, kind="Hexes", group="Sorcery"),
        day("2024-02-30", 1),
        day("2024-02-01", "one"),
        day("2024-02-01", 1, place="Atlantis"),
    ]
    return built(workspace, files.csv("business.csv", HEADER, days))


JANUARY, FEBRUARY = month_number(2024, 1), month_number(2024, 2)


def test_days_are_added_up_to_months(warehouse):
    assert rows(
        warehouse,
        "SELECT code, path, month, count FROM monthly_count JOIN area USING (area_id) "
        "JOIN offence USING (offence_id) ORDER BY ALL",
    ) == [
        (BARNET, "business-crime/theft/shoplifting", FEBRUARY, 4),
        (HARROW, "business-crime/theft", FEBRUARY, 1),
        (HARROW, "business-crime/theft/shoplifting", JANUARY, 5),
        (HARROW, "business-crime/theft/shoplifting", FEBRUARY, 1),
        (HARROW, "business-crime/unrecognised", FEBRUARY, 1),
        (HARROW, "fraud-reported-nationally/business", FEBRUARY, 1),
        (LONDON, "business-crime/theft/shoplifting", FEBRUARY, 5),
    ]


def test_release_is_the_day_it_was_refreshed(warehouse):
    assert rows(warehouse, "SELECT release, first_month, last_month, rows_read, rows_kept FROM load") == [
        ("2024-03-02", JANUARY, FEBRUARY, 11, 8)
    ]


def test_rows_that_cannot_be_used_are_refused_with_the_reason(warehouse):
    assert rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row") == [
        (10, "“2024-02-30” is not a date"),
        (11, "the count is “one”, not a whole number"),
        (12, "the area is not known"),
    ]


COVERED = """
    SELECT code, path, first_month, last_month, state, reason FROM coverage JOIN area USING (area_id)
    LEFT JOIN offence USING (offence_id) ORDER BY ALL
"""


def test_every_borough_is_complete_but_for_a_count_that_cannot_be_read(warehouse):
    found = rows(warehouse, COVERED)

    assert [row for row in found if row[4] == "complete"] == [
        (code, None, JANUARY, FEBRUARY, "complete", "") for code in (BARNET, HARROW, LONDON)
    ]
    assert [row for row in found if row[4] != "complete"] == [
        (
            HARROW,
            "business-crime/theft/shoplifting",
            FEBRUARY,
            FEBRUARY,
            "absent",
            "a count in the file could not be read",
        )
    ]


def test_month_that_the_file_does_not_reach_the_end_of_is_partial(workspace, files, built):
    warehouse = built(workspace, files.csv("cut.csv", HEADER, [day("2024-01-31", 1), day("2024-02-20", 1)]))

    assert (HARROW, None, FEBRUARY, FEBRUARY, "partial", "the file ends on 2024-02-20, before the month does") in rows(
        warehouse, COVERED
    )
