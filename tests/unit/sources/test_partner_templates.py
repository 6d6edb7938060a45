"""The templates for partners' own files: recognition, and good rows and bad ones through a real build."""

import datetime
import gzip

import pytest

from frankpledge.keys import key_folder
from frankpledge.sources.adding import add_files
from frankpledge.sources.partners.blank import FORMS, write_blank
from frankpledge.sources.partners.checking import check_file
from frankpledge.sources.partners.due import PRESCRIBED
from frankpledge.sources.partners.pseudonyms import is_pseudonym, pseudonym
from frankpledge.sources.partners.template import all_templates, known_paths
from frankpledge.sources.partners.values import Setting, judge_cell
from frankpledge.sources.registry import all_sources, recognise, sample_of
from frankpledge.sources.source import Sample
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import init_workspace

HARROW, GREENHILL, PINNER, SMALL = "E09000015", "E05013546", "E05013555", "E01002142"
SETTING = Setting(frozenset(), datetime.date(2024, 1, 1), personal=True)
FIGHT = "crime/violence-and-sexual/violence/with-injury/non-domestic"

# With the byte-order mark and line ends that spreadsheets write. Lines are counted from the heading, 1.
INCIDENTS = (
    "\ufeffreference,offence,from,to,area_code,area_name,reported_for,place,flags,invented\r\n"
    f"A1,{FIGHT},2018-07-14T22:35,,{GREENHILL},Greenhill,{HARROW},Example Road 12,Knife; injury  under-25,no\r\n"
    f"A1,crime/weapons,2018-07-14T22:35,,{GREENHILL},Greenhill,{HARROW},,knife,no\r\n"
    f"A2,crime/burglary/residential,2018-09-01T08:00,2018-09-01T17:00,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"A3,disorder/anti-social-behaviour,2018-09-02,,{SMALL},,{HARROW},,,no\r\n"
    f",disorder/anti-social-behaviour,2018-09-03T20:00,,,,{HARROW},,,no\r\n"
    f"B1,crime/no-such-thing,2018-09-03T20:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B2,flagged/knife-crime,2018-09-03T20:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B3,crime/weapons,14/07/2018 22:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B4,crime/weapons,2018-02-30T22:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B5,crime/weapons,2108-07-14T22:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B6,crime/weapons,2018-07-14T22:00,2018-07-14T21:00,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B7,crime/weapons,2018-07-14T22:00,,Pinner,Pinner,{HARROW},,,no\r\n"
    f"B8,crime/weapons,2018-07-14T22:00,,{PINNER},Pinner,Harrow,,,no\r\n"
    f"B9,crime/weapons,2018-07-14T22:00,,{PINNER},Pinner,{HARROW},,,perhaps\r\n"
    "too,short\r\n"
    f"A2,crime/burglary/residential,2018-09-01T08:00,,{PINNER},Pinner,{HARROW},,,no\r\n"
    f"B10,crime/weapons,2018-07-14T22:00Z,,{PINNER},Pinner,{HARROW},,,no\r\n"
)
LATER = (
    "reference,offence,from,area_code,reported_for\n"
    f"C1,crime/weapons,2019-01-02 03:04:05,{PINNER},{HARROW}\n"
    f"A2,crime/burglary/residential,2018-09-01T08:00,{PINNER},{HARROW}\n"
)
PEOPLE = (
    "reference,role,person,age_band,sex,ethnicity,invented\n"
    "A1,victim,V-004512,18-24,Male,white,no\n"
    "A1,Suspect,V-004513,,,,no\n"
    "A2,victim,V-004512,65 and over,female,not recorded,no\n"
    "A2,victim,Jane Doe,65 and over,female,,no\n"
    "A2,victim,V-1,1980-05-01,female,,no\n"
    "A2,witness,V-2,25-34,female,,no\n"
    ",victim,V-3,25-34,female,,no\n"
)
COUNTS = (
    "area_code,area_name,month,offence,count,invented\n"
    f"{HARROW},Harrow,2018-07,crime/burglary,10,no\n"
    f"{HARROW},Harrow,201809,crime/burglary,0,no\n"
    f"{HARROW},Harrow,2018-08,flagged/gun-crime,2,no\n"
    "E12000007,London,2018-08,crime/burglary,7,no\n"
    f"{HARROW},Harrow,2018-08,crime/burglary,1.5,no\n"
    f"{HARROW},Harrow,2018-08,crime/weapons,-1,no\n"
    f"{HARROW},Harrow,July,crime/burglary,1,no\n"
    f"{HARROW},Harrow,2018-07,crime/burglary,11,no\n"
    f"{HARROW},Harrow,2018-07,burglary,11,no\n"
    "X09000015,Harrow,2018-07,crime/burglary,11,no\n"
)
RESIDENTS = (
    "area_code,area_name,year,residents,invented\n"
    f"{HARROW},Harrow,2018,250000,no\n"
    f"{GREENHILL},Greenhill,2018,14000,no\n"
    f"{HARROW},Harrow,2018,250001,no\n"
    f"{HARROW},Harrow,18,250000,no\n"
    f"{HARROW},Harrow,2019,many,no\n"
)
FILES = {
    "incidents.csv": INCIDENTS, "later.csv": LATER, "people.csv": PEOPLE, "counts.csv": COUNTS,
    "residents.csv": RESIDENTS,
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return init_workspace(tmp_path_factory.mktemp("partners") / "harrow", (HARROW,))[0]


@pytest.fixture(scope="module")
def warehouse(workspace):
    folder = workspace.folder.parent
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
        outcome, *_ = add_files(workspace, [folder / name], lambda one: None)
        assert outcome.outcome == "added", outcome.words
    build(workspace, lambda step: None)
    opened = open_warehouse(workspace)
    yield opened
    opened.close()


def all_rows(warehouse, query):
    return warehouse.con.execute(query).fetchall()


def refused(warehouse, file):
    rows = all_rows(
        warehouse,
        f"SELECT row, reason FROM refused_row JOIN load USING (load_id) WHERE file = '{file}' ORDER BY row",
    )
    return dict(rows)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("incidents.csv", "partner-incidents"),
        ("later.csv", "partner-incidents"),
        ("people.csv", "partner-people"),
        ("counts.csv", "partner-counts"),
        ("residents.csv", "partner-population"),
    ],
)
def test_recognised_by_heading_alone_gzipped_or_not(tmp_path, name, slug):
    (tmp_path / "anything.txt").write_bytes(gzip.compress(FILES[name].encode()))
    assert recognise(sample_of(tmp_path / "anything.txt")).slug == slug


@pytest.mark.parametrize("slug", all_templates())
def test_each_template_is_known_by_its_columns_and_by_no_other_source(slug):
    for names in (all_templates()[slug].needed, [column.name for column in all_templates()[slug].columns]):
        sample = Sample("x.csv", "table", tuple(names))
        assert [other for other, one in all_sources().items() if one.recognises(sample)] == [slug]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("slug", all_templates())
def test_empty_template_comes_back_as_one_right_invented_row(tmp_path, slug, form):
    path = write_blank(all_templates()[slug], tmp_path, form)

    assert recognise(sample_of(path)).slug == slug
    checked = check_file(path, None)
    assert (checked.rows, checked.wrong_rows, checked.left_out) == (1, 0, ())


@pytest.mark.parametrize(
    ("cell", "home"),
    [
        ("E09000015", "E09000015"),
        ("harrow", "E09000015"),
        ("London Borough of Brent", "E09000005"),
        ("Elsewhere", "elsewhere"),
        ("", "not recorded"),
        ("Not  recorded", "not recorded"),
    ],
)
def test_home_is_an_authority_by_code_or_name_or_elsewhere(cell, home):
    assert judge_cell(cell, all_templates()["partner-people"].column("lives_in"), SETTING) == (home,)


@pytest.mark.parametrize("cell", ["HA1 2AA", "12 Example Ash Road", "Narnia", "E05013546", "S12000036"])
def test_home_that_is_no_authority_is_refused_and_not_shown(cell):
    problem = judge_cell(cell, all_templates()["partner-people"].column("lives_in"), SETTING)

    assert problem.words("lives_in") == (
        "“lives_in” is not an authority of England or Wales; write its code or name, such as Harrow, or elsewhere"
    )


def test_every_data_set_of_the_regulations_is_answered_by_a_template():
    answered = {slug for template in all_templates().values() for slug in template.answers}
    assert answered == {one.slug for one in PRESCRIBED}


def test_every_place_that_a_template_counts_is_in_the_tree():
    assert {path for template in all_templates().values() for path in template.paths()} <= known_paths()


def test_sources_about_people_are_all_templates():
    personal = {slug for slug, one in all_sources().items() if one.source.sensitivity == "personal"}
    assert personal and personal <= set(all_templates())


def test_rows_read_are_kept_or_refused(warehouse):
    rows = all_rows(warehouse, "SELECT file, rows_read, rows_kept, invented FROM load")
    assert sorted(rows) == [
        ("counts.csv", 10, 4, False),
        ("incidents.csv", 17, 5, False),
        ("later.csv", 2, 2, False),
        ("people.csv", 7, 3, False),
        ("residents.csv", 5, 2, False),
    ]


def test_refused_incidents_say_why_at_their_line(warehouse):
    found = refused(warehouse, "incidents.csv")
    assert list(found) == [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
    assert "not one of the paths" in found[7]
    assert "not one of the paths" in found[8]
    assert all("“from” is not a date, or a date and time; write" in found[line] for line in (9, 10, 18))
    assert "after the day the file was added" in found[11]
    assert "after “from”" in found[12]
    assert "ward or a small area" in found[13]
    assert "code of an authority" in found[14]
    assert "neither yes nor no" in found[15]
    assert "does not split" in found[16]
    assert "stands in the file already" in found[17]


def test_an_incident_of_an_earlier_file_is_corrected_and_counted_once(warehouse, workspace):
    code = pseudonym(key_folder(workspace.folder).pseudonym_key(), "reference", "A2")
    held = f"SELECT file FROM incident JOIN load USING (load_id) WHERE reference = hash('{code}')"
    assert all_rows(warehouse, held) == [("later.csv",)]
    counted = "SELECT sum(count) FROM monthly_count JOIN offence USING (offence_id) WHERE path = '{}'"
    assert all_rows(warehouse, counted.format("crime/burglary/residential")) == [(1,)]
    assert all_rows(warehouse, "SELECT number, sentence FROM quality WHERE kind = 'revised records'") == [
        (1, "later.csv gave 1 records anew that earlier files held; its own stand.")
    ]


@pytest.mark.parametrize("file", ["incidents.csv", "later.csv", "people.csv"])
def test_text_of_refused_rows_with_people_is_not_kept(warehouse, file):
    query = f"SELECT count(text) FROM refused_row JOIN load USING (load_id) WHERE file = '{file}'"
    assert all_rows(warehouse, query) == [(0,)]


def test_incidents_are_dated_to_the_hour_and_flagged(warehouse):
    rows = all_rows(
        warehouse,
        "SELECT path, code, CAST(hour AS VARCHAR), flags, place FROM incident JOIN offence USING (offence_id) "
        "LEFT JOIN area USING (area_id) ORDER BY load_id, month, path, hour",
    )
    assert rows == [
        ("crime/violence-and-sexual/violence/with-injury/non-domestic", GREENHILL, "2018-07-14 22:00:00",
         "knife injury under-25", "Example Road"),
        ("crime/weapons", GREENHILL, "2018-07-14 22:00:00", "knife", None),
        # No place but the authority; and a day without an hour.
        ("disorder/anti-social-behaviour", HARROW, "2018-09-03 20:00:00", None, None),
        ("disorder/anti-social-behaviour", SMALL, None, None, None),
        ("crime/burglary/residential", PINNER, "2018-09-01 08:00:00", None, None),
        ("crime/weapons", PINNER, "2019-01-02 03:00:00", None, None),
    ]  # fmt: skip


def test_wards_lie_in_the_authority_that_reports_them(warehouse):
    rows = all_rows(
        warehouse,
        f"""
        SELECT part.code FROM placement JOIN area AS part USING (area_id)
        JOIN area AS whole ON whole.area_id = counted_in
        WHERE placement.kind = 'authority' AND whole.code = '{HARROW}' ORDER BY ALL
    """,
    )
    assert [code for (code,) in rows] == sorted([HARROW, GREENHILL, PINNER, SMALL])


def test_coverage_is_stated_by_file_and_series_are_one(warehouse):
    rows = all_rows(
        warehouse,
        f"""
        SELECT dataset, path, coverage.first_month - 24216, coverage.last_month - 24216, state
        FROM coverage JOIN series USING (series_id) LEFT JOIN offence USING (offence_id) JOIN area USING (area_id)
        WHERE area.code = '{HARROW}' ORDER BY ALL
    """,
    )
    assert rows == [
        ("partner-counts", "crime/burglary", 6, 8, "complete"),
        ("partner-counts", "crime/burglary", 7, 7, "absent"),
        ("partner-counts", "crime/weapons", 7, 7, "absent"),
        ("partner-counts", "flagged/gun-crime", 6, 8, "complete"),
        ("partner-incidents", None, 6, 8, "complete"),
        ("partner-incidents", None, 12, 12, "complete"),
    ]
    releases = all_rows(warehouse, "SELECT dataset, release FROM series WHERE dataset LIKE 'partner-%' ORDER BY ALL")
    assert releases == [
        ("partner-counts", "2018-09"),
        ("partner-incidents", "2019-01"),
        ("partner-people", "2018-09"),
        ("partner-population", "mid-2018"),
    ]


def test_people_are_keyed_codes_and_not_recorded_is_a_value(warehouse, workspace):
    rows = all_rows(
        warehouse,
        "SELECT role, person, age_band, sex, ethnicity, injury, relationship FROM involvement ORDER BY role, age_band",
    )
    unknown = "not recorded"
    key = key_folder(workspace.folder).pseudonym_key()
    first, second = (pseudonym(key, "person", code) for code in ("V-004512", "V-004513"))
    assert rows == [
        ("suspect", second, unknown, unknown, unknown, unknown, unknown),
        ("victim", first, "18-24", "male", "white", unknown, unknown),
        ("victim", first, "65 and over", "female", unknown, unknown, unknown),
    ]
    assert is_pseudonym(first) and first != second
    assert list(refused(warehouse, "people.csv")) == [5, 6, 7, 8]


def test_people_meet_their_incidents_though_both_are_coded(warehouse):
    met = all_rows(warehouse, "SELECT DISTINCT role FROM involvement JOIN incident USING (reference) ORDER BY ALL")
    assert met == [("suspect",), ("victim",)]


def test_counts_enter_the_cube_and_noughts_do_not(warehouse):
    rows = all_rows(
        warehouse,
        """
        SELECT area.code, path, month - 24216, count FROM monthly_count JOIN series USING (series_id)
        JOIN area USING (area_id) JOIN offence USING (offence_id) WHERE dataset = 'partner-counts' ORDER BY ALL
    """,
    )
    assert rows == [
        ("E09000015", "crime/burglary", 6, 10),
        ("E09000015", "flagged/gun-crime", 7, 2),
        ("E12000007", "crime/burglary", 7, 7),
    ]
    assert list(refused(warehouse, "counts.csv")) == [6, 7, 8, 9, 10, 11]


def test_residents_stand_once_an_area_and_year(warehouse):
    rows = all_rows(
        warehouse,
        """
        SELECT area_code, year, number FROM population JOIN series USING (series_id)
        WHERE dataset = 'partner-population' ORDER BY ALL
    """,
    )
    assert rows == [(GREENHILL, 2018, 14000), (HARROW, 2018, 250000)]
    assert list(refused(warehouse, "residents.csv")) == [4, 5, 6]
