"""How partners' rows become counts: records placed and flagged, tallies, counts with intervals, shares, workbooks."""

from functools import partial

import pytest
import xlsxwriter
from odfdo import Document, Row, Table

from frankpledge.geography import AreaKind
from frankpledge.model.estimate import Status
from frankpledge.sources.adding import add_files
from tests.conftest import BRENT, HARROW, ask, ask_one, rows, ward, wards_of

JULY = 2018 * 12 + 6


@pytest.fixture
def warehouse_of(workspace, built):
    return partial(built, workspace)


def counts(warehouse, dataset):
    found = rows(
        warehouse,
        "SELECT area.code, path, month, count FROM monthly_count JOIN area USING (area_id) "
        "JOIN offence USING (offence_id) JOIN series USING (series_id) WHERE dataset = ? ORDER BY ALL",
        dataset,
    )
    return {(code, path, month - JULY): count for code, path, month, count in found}


def test_records_are_counted_under_what_they_are_and_their_flags(warehouse_of, files):
    heading = ("reference", "from", "call_type", "repeat_caller", "area_code", "reported_for")
    lines = [
        ("A1", "2018-07-14T22:00", "Noise", "yes", ward(1), HARROW),
        ("A2", "2018-07-15", "street drinking", "", "", HARROW),
        ("A3", "2018-08-15", "not recorded", "no", "", HARROW),
    ]
    warehouse = warehouse_of(files.csv("calls.csv", heading, lines))

    tree = "disorder/anti-social-behaviour"
    assert counts(warehouse, "asb-calls") == {
        (ward(1), f"{tree}/noise", 0): 1,
        (HARROW, f"{tree}/street-drinking", 0): 1,
        (HARROW, tree, 1): 1,
    }
    assert rows(warehouse, "SELECT flags FROM incident ORDER BY month, hour NULLS LAST LIMIT 1") == ["repeat-caller"]
    covered = rows(warehouse, "SELECT code, state FROM coverage JOIN area USING (area_id)")
    assert covered == [(HARROW, "complete")]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12b Invented Road, Harrow HA1 9ZZ", "Invented Road"),
        ("Flat 3, 12-14 Invented Road ha19zz", "Invented Road"),
        ("Unit 3 Invented Estate", "Invented Estate"),
        ("7, Invented Close", "Invented Close"),
        ("Invented Bus Station", "Invented Bus Station"),
        ("HA1 9ZZ", None),
        ("Zebedee Cottage, 14 Invented Road HA1 9ZZ, Harrow", "Invented Road"),
        ("Invented Road 12", "Invented Road"),
        ("Quentin Zebedee", None),
        ("Quentin's house", None),
        ("Invented Park, St James’s Road", "Invented Park, St James’s Road"),
        ("", None),
    ],
)
def test_of_an_address_the_road_is_kept_and_no_household(warehouse_of, files, written, kept):
    heading = ("from", "call_type", "reported_for", "place")
    warehouse = warehouse_of(files.csv("calls.csv", heading, [("2018-07-14", "noise", HARROW, written)]))

    assert rows(warehouse, "SELECT place FROM incident") == [kept]


@pytest.mark.parametrize(
    ("place", "postcode", "match"),
    [
        ("12 Invented Road, HA1 9ZZ", "", "postcode"),
        ("12 Invented Road, HA1 9ZZ", "HA1", "postcode"),
        ("", "12 Invented Road, ha1 9zz", "postcode"),
        ("Invented Road", "HA1", None),
    ],
)
def test_postcode_wherever_it_stands_places_the_record(warehouse_of, files, place, postcode, match):
    directory = ("pcds", "oseast1m", "osnrth1m", "lsoa21", "oslaua", "doterm", "osgrdind", "ctry")
    postcodes = files.csv("ONSPD.csv", directory, [("HA1 9ZZ", "515510", "189510", "E01009001", HARROW, "", "1", "E")])
    heading = ("from", "call_type", "reported_for", "place", "postcode")
    calls = files.csv("calls.csv", heading, [("2018-07-14", "noise", HARROW, place, postcode)])

    warehouse = warehouse_of(postcodes, calls)

    counted_in = "E01009001" if match else HARROW
    assert counts(warehouse, "asb-calls") == {(counted_in, "disorder/anti-social-behaviour/noise", 0): 1}
    assert rows(warehouse, "SELECT match FROM incident") == [match]


def test_each_fire_of_the_regulations_has_its_place(warehouse_of, files):
    heading = ("from", "fire_type", "reported_for")
    words = ("deliberate primary fire", "deliberate primary fire in a vehicle", "deliberate secondary fire",
             "violence to staff", "dwelling fire without a smoke alarm", "malicious call")  # fmt: skip
    warehouse = warehouse_of(files.csv("fires.csv", heading, [("2018-07-01", one, HARROW) for one in words]))

    assert len(counts(warehouse, "fire-incidents")) == len(words)
    assert set(counts(warehouse, "fire-incidents").values()) == {1}


def test_tally_counts_a_row_under_all_that_is_true_of_it(warehouse_of, files):
    heading = ("person", "month", "first_time_entrant", "reoffended", "custody", "reported_for")
    lines = [
        ("YP-1", "2018-07", "yes", "", "no", HARROW),
        ("YP-2", "2018-07", "yes", "yes", "yes", HARROW),
        ("YP-3", "2018-08", "no", "no", "", HARROW),
        ("YP-3", "2018-08", "no", "no", "", HARROW),
    ]
    warehouse = warehouse_of(files.csv("cohort.csv", heading, lines))

    assert counts(warehouse, "youth-justice") == {
        (HARROW, "youth-justice/cohort", 0): 2,
        (HARROW, "youth-justice/cohort", 1): 1,
        (HARROW, "youth-justice/first-time-entrants", 0): 2,
        (HARROW, "youth-justice/re-offended-within-12-months", 0): 1,
        (HARROW, "youth-justice/custody", 0): 1,
    }
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(5, "it stands in the file already")]
    assert rows(warehouse, "SELECT count(*) FROM incident") == [0], "a row of a tally enters no warehouse"


def test_a_part_that_is_more_than_its_whole_is_refused_unless_it_was_withheld(warehouse_of, files):
    heading = ("area_code", "period", "marac_cases", "repeat_cases")
    lines = [
        (HARROW, "2024-Q1", "60", "61"),
        (HARROW, "2024-Q2", "60", "60"),
        (HARROW, "2024-Q3", "*", "5"),
        (HARROW, "2024-Q4", "<5", "5"),
    ]
    warehouse = warehouse_of(files.csv("marac.csv", heading, lines))

    found = rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row")
    assert [row for row, _ in found] == [2, 5]
    assert found[0][1].startswith("“repeat_cases” is more than “marac_cases”, of which it is a part")


def test_corrected_tally_takes_away_what_it_no_longer_says(warehouse_of, files):
    heading = ("person", "month", "first_time_entrant", "reoffended", "custody", "reported_for")
    first = files.csv("first.csv", heading, [("YP-1", "2018-07", "yes", "", "yes", HARROW)])
    again = files.csv("again.csv", heading, [("YP-1", "2018-07", "yes", "", "no", HARROW)])
    warehouse = warehouse_of(first, again)

    assert counts(warehouse, "youth-justice") == {
        (HARROW, "youth-justice/cohort", 0): 1,
        (HARROW, "youth-justice/first-time-entrants", 0): 1,
    }


@pytest.mark.parametrize(
    ("diagnosis", "path"),
    [
        ("X85", "assault"), ("Y09", "assault"), ("X99.1", "assault"), ("F10.2", "alcohol-disorder"),
        ("F19", "drug-disorder"), ("T51.0", "alcohol-poisoning"), ("Y90", "alcohol-found"), ("Y91", "alcohol-found"),
    ],
)  # fmt: skip
def test_admissions_are_counted_by_diagnosis(warehouse_of, files, diagnosis, path):
    heading = ("reported_for", "admitted", "diagnosis", "domestic_abuse")
    warehouse = warehouse_of(files.csv("a.csv", heading, [(HARROW, "2018-07-14", diagnosis, "yes")]))

    assert counts(warehouse, "hospital-admissions") == {
        (HARROW, f"health/admissions/{path}", 0): 1,
        (HARROW, "health/domestic-abuse-admissions", 0): 1,
    }


@pytest.mark.parametrize("diagnosis", ["X84", "Y10", "F09", "F20", "T50", "Y92", "heart"])
def test_other_diagnoses_are_not_taken(workspace, files, diagnosis):
    heading = ("reported_for", "admitted", "diagnosis")
    path = files.csv("a.csv", heading, [(HARROW, "2018-07-14", diagnosis)])

    (outcome,) = add_files(workspace, [path], lambda one: None)

    assert "none of the diagnoses asked for" in outcome.words


def values(warehouse):
    return rows(
        warehouse,
        "SELECT measure, first_month - ?, last_month - ?, value, low, high, status FROM published_value ORDER BY ALL",
        JULY,
        JULY,
    )


@pytest.mark.parametrize(
    ("period", "value", "more", "held"),
    [
        ("2018-Q3", "35", ("", ""), (0, 2, 35, 35, 35, "final")),
        ("FY2018-19", "40", ("", "5"), (-3, 8, 40, 38, 42, "rounded")),
        ("2018", "*", ("5", ""), (-6, 5, None, 0, 4, "suppressed")),
        ("2018", "<5", ("", ""), (-6, 5, None, 0, 4, "suppressed")),
        ("2018", "*", ("", ""), (-6, 5, None, 0, None, "suppressed")),
        ("2018-07", "<8", ("", ""), (0, 0, None, 0, 7, "suppressed")),
        ("2018-07", "10", ("", "10"), (0, 0, 10, 5, 15, "rounded")),
    ],
)
def test_count_of_a_longer_period_or_an_inexact_one_keeps_its_interval(warehouse_of, files, period, value, more, held):
    heading = ("area_code", "period", "measure", "value", "withheld_below", "rounded_to")
    warehouse = warehouse_of(files.csv("fgm.csv", heading, [(HARROW, period, "crime/burglary", value, *more)]))

    assert values(warehouse) == [("crime/burglary", *held)]
    assert counts(warehouse, "counts-by-period") == {}


def test_exact_monthly_count_enters_the_cube_and_one_that_the_tree_lacks_does_not(warehouse_of, files):
    heading = ("area_code", "period", "measure", "value")
    lines = [(HARROW, "2018-07", "crime/burglary", "3"), (HARROW, "2018-07", "delivery/new/thing", "4")]
    warehouse = warehouse_of(files.csv("counts.csv", heading, lines))

    assert counts(warehouse, "counts-by-period") == {(HARROW, "crime/burglary", 0): 3}
    assert values(warehouse) == [("delivery/new/thing", 0, 0, 4, 4, 4, "final")]


def test_withheld_month_is_absent_not_nought(warehouse_of, files):
    heading = ("area_code", "period", "measure", "value")
    lines = [(HARROW, month, "crime/burglary", value) for month, value in
             (("2018-07", "3"), ("2018-08", "*"), ("2018-09", "2"))]  # fmt: skip
    warehouse = warehouse_of(files.csv("counts.csv", heading, lines))

    states = rows(warehouse, "SELECT first_month - ?, last_month - ?, state FROM coverage ORDER BY state", JULY, JULY)
    assert states == [(1, 1, "absent"), (0, 2, "complete")]


def test_wide_return_gives_each_column_its_measure_and_words_their_place(warehouse_of, files):
    marac = files.csv(
        "marac.csv", ("area_code", "period", "marac_cases", "repeat_cases"), [(HARROW, "2018-Q3", "62", "18")]
    )
    treatment = files.csv(
        "treatment.csv",
        ("area_code", "period", "substance", "in_treatment", "completions"),
        [(HARROW, "2018-Q3", "Non-opiates", "310", "*"), (HARROW, "2018-Q3", "opiates", "200", "")],
    )
    warehouse = warehouse_of(marac, treatment)

    assert [(name, value, status) for name, _, _, value, _, _, status in values(warehouse)] == [
        ("domestic-abuse/marac/cases", 62, "final"),
        ("domestic-abuse/marac/repeat-cases", 18, "final"),
        ("treatment/non-opiates/completions", None, "suppressed"),
        ("treatment/non-opiates/in-treatment", 310, "final"),
        ("treatment/opiates/in-treatment", 200, "final"),
    ]


def test_share_of_a_survey_keeps_its_interval_and_sample(warehouse_of, files):
    heading = ("area_code", "period", "survey", "question", "value", "low", "high", "sample")
    line = (HARROW, "2018-Q3", "Invented panel", "Feels safe after dark?", "62.5%", "58.1", "66.9", "480")
    warehouse = warehouse_of(files.csv("survey.csv", heading, [line]))

    found = rows(warehouse, "SELECT measure, value, low, high, sample FROM published_value")
    assert found == [("survey/invented-panel/feels-safe-after-dark", 62.5, 58.1, 66.9, 480)]


def test_two_areas_with_one_month_each_are_complete_for_both(warehouse_of, files):
    heading = ("from", "environmental_type", "reported_for")
    lines = [("2018-07-01", "graffiti", HARROW), ("2018-08-01", "fly-tipping", BRENT)]
    warehouse = warehouse_of(files.csv("streets.csv", heading, lines))

    covered = rows(
        warehouse, "SELECT code, first_month - ?, last_month - ? FROM coverage JOIN area USING (area_id) ORDER BY ALL",
        JULY, JULY,
    )  # fmt: skip
    assert covered == [(BRENT, 0, 1), (HARROW, 0, 1)]


COUNTS = [("area_code", "month", "offence", "count"), (HARROW, "2018-07", "crime/burglary", "12")]


def write_xlsx(path, sheets):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line)
    return path


def write_ods(path, sheets):
    document = Document("spreadsheet")
    document.body.clear()
    for name, lines in sheets.items():
        table = Table(name)
        for line in lines:
            row = Row()
            row.set_values(list(line))
            table.append_row(row)
        document.body.append(table)
    document.save(str(path))
    return path


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_template_is_found_on_any_sheet_under_any_title(warehouse_of, files, write):
    titled = [("Counts for the partnership, invented",), (), *COUNTS]
    path = write(files.folder / "counts.bin", {"Read me": [("Invented", "notes")], "July": titled})
    warehouse = warehouse_of(path)

    assert counts(warehouse, "partner-counts") == {(HARROW, "crime/burglary", 0): 12}


def test_the_same_table_on_two_sheets_is_not_guessed_at(workspace, files):
    path = write_xlsx(files.folder / "counts.xlsx", {"July": COUNTS, "August": COUNTS})
    build_error = "has such a table on each of the sheets “July”, “August”"

    (outcome,) = add_files(workspace, [path], lambda one: None)

    assert outcome.outcome == "refused"
    assert build_error in outcome.words


INCIDENTS = ("reference", "offence", "from", "area_code", "area_name", "reported_for", "flags")


def incidents(files, *lines):
    """Records of July 2018: ward, its name and its flags."""
    records = [
        (f"I{number}", "crime/burglary", "2018-07-14", code, name, HARROW, flags)
        for number, (code, name, flags) in enumerate(lines)
    ]
    return files.csv("incidents.csv", INCIDENTS, records)


def sentences(warehouse, kind):
    return rows(warehouse, "SELECT sentence FROM quality WHERE kind = ? ORDER BY ALL", kind)


def test_wards_of_other_years_leave_those_of_today_missing_and_never_nought(warehouse_of, files):
    warehouse = warehouse_of(files.best_fit(), incidents(files, ("E05000293", "Headstone South", "")))

    today = ask_one(warehouse, "burglary", wards_of(HARROW)[0], "2018-07", kind=AreaKind.WARD)
    before = ask_one(warehouse, "burglary", "E05000293", "2018-07", kind=AreaKind.WARD)

    assert (today.numerator, today.status) == (None, Status.MISSING)
    assert today.why_missing == "counted by wards that are not those of today, such as E05000293"
    assert before.numerator == 1


def test_wards_of_today_are_nought_where_nothing_happened(warehouse_of, files):
    first, second, *_ = wards_of(HARROW)
    warehouse = warehouse_of(files.best_fit(), incidents(files, (first, "One", "")))

    answer = ask(warehouse, "burglary", [first, second], "2018-07", kind=AreaKind.WARD)

    assert [one.numerator for one in answer.estimates] == [1, 0]


def test_a_ward_that_no_look_up_knows_is_told(warehouse_of, files):
    known = wards_of(HARROW)[0]
    warehouse = warehouse_of(files.best_fit(), incidents(files, (known, "One", ""), ("E05999999", "Nowhere", "")))

    (sentence,) = sentences(warehouse, "unknown area")
    assert sentence.startswith("Counted under E05999999 (Nowhere), which is in no look-up held here: 1 record.")


def test_without_look_ups_nobody_can_say_which_ward_is_unknown(warehouse_of, files):
    warehouse = warehouse_of(incidents(files, ("E05999999", "Nowhere", "")))

    assert sentences(warehouse, "unknown area") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("knife-crime", "knife-crime"),
        ("Knife Crime", "knife-crime"),
        ("knifecrime", "knife-crime"),
        ("knife-crime gun-crime", "knife-crime gun-crime"),
        ("Knife crime; Domestic abuse", "knife-crime domestic-abuse"),
    ],
)
def test_flags_are_known_however_they_are_written(warehouse_of, files, written, read):
    warehouse = warehouse_of(incidents(files, (ward(1), "One", written)))

    assert rows(warehouse, "SELECT flags FROM incident") == [read]
    assert sentences(warehouse, "unknown flag") == []


def test_a_flag_that_nothing_is_counted_under_is_told(warehouse_of, files):
    warehouse = warehouse_of(incidents(files, (ward(1), "One", "moonlight")))

    (sentence,) = sentences(warehouse, "unknown flag")
    assert "“moonlight”" in sentence
    assert sentence.endswith("1 record. Look whether it is written as in the template.")


def test_record_may_carry_any_number_of_flags_that_are_known(warehouse_of, files):
    heading = ("reference", "offence", "from", "area_code", "reported_for", "flags")
    known = "knife-crime; gun-crime; domestic-abuse; hate-crime; hate-crime-racist-and-religious; hate-crime-homophobic"
    lines = [
        ("C1", "crime/robbery", "2018-07-14", "", HARROW, known),
        ("C2", "crime/robbery", "2018-07-14", "", HARROW, "unheard of " * 10),
    ]
    warehouse = warehouse_of(files.csv("crimes.csv", heading, lines))

    assert rows(warehouse, "SELECT flags FROM incident") == [known.replace(";", "")]
    assert [row for row, _ in rows(warehouse, "SELECT row, reason FROM refused_row")] == [3]
