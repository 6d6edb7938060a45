"""Outcomes of data.police.uk, through a whole build; every record is invented."""

import pytest

from tests.conftest import HARROW, rows, small_areas

HOME = small_areas(HARROW)
COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Outcome type",
)  # fmt: skip
MET = "Metropolitan Police Service"


def outcome(kind, *, crime="a1", month="2018-01", lsoa=HOME[0], longitude="-0.33"):
    return [crime, month, MET, MET, longitude, "51.58", "On or near High Street", lsoa, "", kind]


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    january = [
        outcome("Suspect charged"),
        outcome("Suspect charged as part of another case"),
        outcome("Investigation complete; no suspect identified", crime="b2"),
        outcome("Unable to prosecute suspect", crime="c3", lsoa="", longitude=""),
        outcome("Sent to the moon", crime="d4"),
        outcome("Suspect charged", crime="e5", month="January"),
    ]
    return built(
        workspace,
        files.csv("january.csv", COLUMNS, january),
        files.csv("january again.csv", COLUMNS, [outcome("Local resolution")]),
        files.street("street.csv", crimes=[]),
    )


KEPT = "FROM incident JOIN load USING (load_id) JOIN offence USING (offence_id) WHERE file = 'january.csv'"


def test_file_of_the_same_force_and_month_takes_the_place_of_the_earlier(warehouse):
    assert rows(warehouse, f"SELECT count(*) {KEPT}") == [0]
    assert rows(warehouse, "SELECT outcome FROM incident") == ["Local resolution"]
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'month shrunk'")
    assert "hold the same force and month" in sentence


@pytest.fixture
def alone(workspace, files, built):
    """One file, nothing in its place."""
    held = [
        outcome("Suspect charged"),
        outcome("Suspect charged as part of another case"),
        outcome("Investigation complete; no suspect identified", crime="b2"),
        outcome("Unable to prosecute suspect", crime="c3", lsoa="", longitude=""),
        outcome("Sent to the moon", crime="d4"),
        outcome("Suspect charged", crime="e5", month="January"),
    ]
    return built(workspace, files.csv("january.csv", COLUMNS, held))


def test_outcomes_stand_outside_crime(alone):
    assert rows(alone, f"SELECT path, count(*) {KEPT} GROUP BY path ORDER BY path") == [
        ("outcome/charged", 2),
        ("outcome/no-suspect-identified", 1),
        ("outcome/other", 1),
        ("outcome/unable-to-prosecute", 1),
    ]
    assert rows(
        alone, "SELECT count(*) FROM monthly_count JOIN offence USING (offence_id) WHERE path LIKE 'crime%'"
    ) == [0]


def test_outcomes_of_one_crime_are_all_kept(alone):
    assert rows(alone, f"SELECT count(DISTINCT reference), count(*) {KEPT}") == [(4, 5)]


def test_outcome_without_a_place_is_kept_and_counted_nowhere(alone):
    assert rows(alone, f"SELECT area_id {KEPT} AND path = 'outcome/unable-to-prosecute'") == [None]
    assert rows(alone, "SELECT sum(count) FROM monthly_count") == [4]


def test_word_nobody_has_mapped_is_said(alone):
    (sentence,) = rows(alone, "SELECT sentence FROM quality WHERE kind = 'unknown label'")

    assert "Sent to the moon" in sentence


def test_row_without_a_month_is_refused_with_its_line(alone):
    assert rows(alone, "SELECT row, reason FROM refused_row") == [(7, "the month “January” is not a month")]


def test_file_tells_only_its_own_words_apart(alone):
    told = rows(alone, "SELECT path FROM series_offence JOIN offence USING (offence_id) ORDER BY path")

    assert told == ["outcome/charged", "outcome/no-suspect-identified", "outcome/other", "outcome/unable-to-prosecute"]
