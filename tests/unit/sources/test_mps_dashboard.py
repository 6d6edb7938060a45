"""The Metropolitan Police's monthly dashboard, through a whole build; every count is invented."""

import pytest

from frankpledge.periods import month_number
from tests.conftest import BARNET, HARROW, LONDON, rows, ward

HEADER = (
    "month_year", "area_type", "borough_snt", "area_name", "area_code", "crime_type", "crime_subtype", "measure",
    "financial_year", "fy_fyindex", "count", "refresh_date", "sheet",
)  # fmt: skip
TEAMS = "Safer Neighbourhood Teams"
JANUARY, FEBRUARY = "2023-01-01", "2023-02-01"


def line(count, *, month=JANUARY, sort="Borough", place="Harrow", code=HARROW, group="Knife Crime",
         kind="Knife Crime", measure="Offences", refreshed="2023-03-02", name=None):  # fmt: skip
    return [month, sort, place, name or place, code, group, kind, measure, "fy22-23", "22-23_10", count, refreshed, "x"]


def team(count, number=1, **more):
    return line(count, sort=TEAMS, place="Harrow Pinner", code=ward(number), **more)


LINES = [
    line(5),
    line(7, month=FEBRUARY),
    line(2, measure="Positive Outcomes"),
    line(4, place="Barnet", code=BARNET),
    team(3),
    team(2, number=2),
    team(2, measure="Positive Outcomes"),
    line(6, place="Other / NK", code="", name="N/K (Legacy Only)"),
    line(1, place="Aviation Security", code="SO18", name="Aviation Security (SO18) (Legacy Only)"),
    line(9, sort=TEAMS, place="Non MET police force Non MET police force", code="NON ATHENA FORCE",
         name="Non MET police force"),
    line(3, group="Hate crime", kind="Hate crime"),
    line(2, group="Hate crime", kind="Racist Crime"),
    line(2, group="Hate crime", kind="Faith Crime"),
    line(1, group="Domestic Abuse", kind="Domestic Abuse violence with injury"),
    line(1, group="Domestic Abuse", kind="Domestic Abuse Violence with Injury", measure="Positive Outcomes"),
    line(1, group="Lethal Barrel Discharge", kind="Lethal Barrel Discharge"),
    line(1, group="Gun Crime", kind="Lethal Barrel Discharge", measure="Positive Outcomes"),
    line(40, group="Miscalleneous", kind="TNO Victim Based", refreshed="2023-03-05"),
    line(1, group="Sorcery", kind="Hexes"),
    line("many"),
    line(1, sort="Command Unit"),
    line(1, place="Atlantis", code="E99999999"),
    line(1, month="soon"),
    team(1, number=3, name="Old Ward (NOT ACTIVE)", month=FEBRUARY),
]  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    return built(workspace, files.csv("dashboard.csv", HEADER, LINES))


COUNTS = """
    SELECT code, path, month, count FROM monthly_count JOIN series USING (series_id) JOIN area USING (area_id)
    JOIN offence USING (offence_id)
    WHERE dataset = ? AND path IN ('flagged/knife-crime', 'positive-outcome/knife-crime') ORDER BY ALL
"""
FIRST, LAST = month_number(2023, 1), month_number(2023, 2)


def test_boroughs_are_one_series(warehouse):
    assert rows(warehouse, COUNTS, "mps-dashboard") == [
        (BARNET, "flagged/knife-crime", FIRST, 4),
        (HARROW, "flagged/knife-crime", FIRST, 5),
        (HARROW, "flagged/knife-crime", LAST, 7),
        (HARROW, "positive-outcome/knife-crime", FIRST, 2),
        (LONDON, "flagged/knife-crime", FIRST, 7),
    ]


def test_teams_are_another_and_are_never_added_to_boroughs(warehouse):
    assert rows(warehouse, COUNTS, "mps-dashboard-wards") == [
        (ward(1), "flagged/knife-crime", FIRST, 3),
        (ward(1), "positive-outcome/knife-crime", FIRST, 2),
        (ward(2), "flagged/knife-crime", FIRST, 2),
        (ward(3), "flagged/knife-crime", LAST, 1),
        (LONDON, "flagged/knife-crime", FIRST, 9),
    ]


def test_both_series_have_the_release_and_months_of_the_file(warehouse):
    series = rows(
        warehouse,
        "SELECT dataset, release, first_month, last_month FROM series WHERE first_month IS NOT NULL ORDER BY 1",
    )

    assert series == [("mps-dashboard", "2023-03-05", FIRST, LAST), ("mps-dashboard-wards", "2023-03-05", FIRST, LAST)]
    assert rows(warehouse, "SELECT DISTINCT provisional_from FROM series WHERE dataset LIKE 'mps-dash%'") == [FIRST]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("flagged/hate-crime", 3),
        ("flagged/hate-crime-racist", 2),
        ("flagged/domestic-abuse-violence-with-injury", 1),
        ("positive-outcome/domestic-abuse-violence-with-injury", 1),
        ("flagged/lethal-barrel-discharge", 1),
        ("positive-outcome/lethal-barrel-discharge", 1),
        ("total-notifiable/victim-based", 40),
    ],
)
def test_each_kind_has_one_place_however_it_is_written(warehouse, path, count):
    found = rows(
        warehouse,
        "SELECT sum(count) FROM monthly_count JOIN series USING (series_id) JOIN offence USING (offence_id) "
        "WHERE dataset = 'mps-dashboard' AND path = ?",
        path,
    )

    assert found == [count]


def test_nothing_of_it_is_crime(warehouse):
    paths = rows(warehouse, "SELECT DISTINCT path FROM monthly_count JOIN offence USING (offence_id)")

    assert paths and not [path for path in paths if path.startswith(("crime", "disorder"))]


COVERED = """
    SELECT code, coverage.first_month, coverage.last_month, state, reason FROM coverage JOIN series USING (series_id)
    JOIN area USING (area_id) WHERE dataset = ? AND offence_id IS NULL ORDER BY ALL
"""


def test_what_is_left_out_is_nought(warehouse):
    complete = [(code, FIRST, LAST, "complete", "") for code in (BARNET, HARROW, LONDON)]

    assert rows(warehouse, COVERED, "mps-dashboard") == complete


def test_ward_that_was_replaced_is_not_complete(warehouse):
    states = {code: (state, reason) for code, _, _, state, reason in rows(warehouse, COVERED, "mps-dashboard-wards")}

    assert states[ward(1)] == ("complete", "")
    assert states[ward(3)] == ("partial", "the ward was replaced by others, and few crimes are still booked to it")


def test_kind_of_which_nothing_was_published_in_a_month_is_missing(warehouse):
    absent = rows(
        warehouse,
        "SELECT DISTINCT path, coverage.first_month FROM coverage "
        "JOIN series USING (series_id) JOIN offence USING (offence_id) "
        "WHERE dataset = 'mps-dashboard' AND state = 'absent' AND path LIKE 'flagged/hate%' ORDER BY ALL",
    )

    assert absent == [(f"flagged/{kind}", LAST) for kind in ("hate-crime", "hate-crime-faith", "hate-crime-racist")]


def test_ward_lies_in_its_borough(warehouse):
    members = rows(warehouse, "SELECT child, parent FROM area_member WHERE child_kind = 'ward' ORDER BY ALL")

    assert members == [(ward(1), HARROW), (ward(2), HARROW), (ward(3), HARROW)]


def test_rows_that_cannot_be_used_are_refused_with_the_reason(warehouse):
    assert rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row") == [
        (20, "what is counted, “Offences / Hexes”, is not known: add it to definitions/sources/mps-dashboard.yaml"),
        (21, "the count is “many”, not a whole number"),
        (22, "“Command Unit” is neither Borough nor Safer Neighbourhood Teams"),
        (23, "the area is not known"),
        (24, "the month is “soon”, which is none"),
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("stacked counts", "dashboard.csv stacks the same counts twice"),
        ("parts and whole", "dashboard.csv counts"),
        ("overlapping kinds", "dashboard.csv has 4 hate crimes by strand, where 3 were recorded in all"),
        ("several refresh dates", "on 2023-03-05. The last one names the release."),
        ("label changed", "“Gun Crime, Lethal Barrel Discharge” in other places “Lethal Barrel Discharge, Lethal"),
        ("label changed", "“Domestic Abuse, Domestic Abuse Violence with Injury” in other places"),
    ],
)
def test_what_would_deceive_is_said(warehouse, kind, words):
    sentences = rows(warehouse, "SELECT sentence FROM quality WHERE kind = ?", kind)

    assert [sentence for sentence in sentences if words in sentence]


def test_table_that_lost_a_row_is_complete_for_nobody(workspace, files, built):
    whole = files.csv("whole.csv", HEADER, [line(5), line(7, month=FEBRUARY), team(1)])

    warehouse = built(workspace, files.bytes("cut.csv", whole.read_bytes() + b"2023-02-01,Borough\n"))

    assert rows(warehouse, COVERED, "mps-dashboard") == [
        (HARROW, FIRST, LAST, "partial", "1 rows of the file could not be read: get it again")
    ]


def test_newer_file_of_one_release_takes_the_place_of_both_series(workspace, files, built):
    first = files.csv("first.csv", HEADER, [line(5), team(3)])
    second = files.csv("second.csv", HEADER, [line(6), team(4)])

    warehouse = built(workspace, first, second)

    assert rows(warehouse, COUNTS, "mps-dashboard") == [(HARROW, "flagged/knife-crime", FIRST, 6)]
    assert rows(warehouse, COUNTS, "mps-dashboard-wards") == [(ward(1), "flagged/knife-crime", FIRST, 4)]
