"""Unknown spreadsheets: mapped once, taken from then on, and refused with a sentence when a column is gone."""

import re
from pathlib import Path

import pytest

from frankpledge.errors import DefinitionError, SourceError
from frankpledge.sources.adding import add_files
from frankpledge.sources.partners.checking import check_file
from frankpledge.sources.partners.given_table import GivenColumn, guess_heading
from frankpledge.sources.partners.guesses import guess_columns, guess_dates, guess_template, guess_word, suits
from frankpledge.sources.partners.mapping import Mapping, area_code, as_dated, find_mapping, mapping_text, read_mapping
from frankpledge.sources.partners.template import all_templates, find_template
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import HARROW, build_quietly, rows

COUNTED = Mapping(
    slug="returns",
    template="partner-counts",
    known_by=("Borough", "Month", "Offence", "How many"),
    columns={"area_code": ("Borough",), "month": ("Month",), "offence": ("Offence",), "count": ("How many",)},
    words={"offence": {"Burglary": "crime/burglary", "Hit & run": "crime/other"}},
    dates="Mon-yy",
    fill_down=("Borough",),
)
TITLED = [
    ("Return of offences, invented", "", "", ""),
    ("", "", "", ""),
    ("Borough", "Month", "Offence", "How many"),
    ("Harrow", "Jul-18", "Burglary", "12"),
    ("", "Aug-18", "burglary ", "7"),
    ("London Borough of Brent", "Jul-18", "Burglary", "30"),
]


def keep_mapping(workspace, mapping=COUNTED):
    folder = workspace.definitions / "mappings"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mapping.slug}.yaml"
    path.write_text(mapping_text(mapping), encoding="utf-8")
    return path


def counted(workspace):
    warehouse = open_warehouse(workspace)
    found = rows(
        warehouse,
        "SELECT area.code, month - 24222, count FROM monthly_count JOIN area USING (area_id) ORDER BY ALL",
    )
    warehouse.close()
    return found


def test_mapping_reads_back_as_it_was_written(workspace):
    assert read_mapping(keep_mapping(workspace)) == COUNTED


def test_mapped_file_is_taken_by_itself_and_stays_as_it_was_given(workspace, files):
    keep_mapping(workspace)
    path = files.csv("july.csv", TITLED[0], TITLED[1:])

    build_quietly(workspace, path)

    assert counted(workspace) == [("E09000005", 0, 30), (HARROW, 0, 12), (HARROW, 1, 7)]
    (file,) = workspace.raw_files()
    assert (file.source, file.mapping) == ("partner-counts", "returns")
    assert file.path.read_bytes() == path.read_bytes()


def test_corrected_mapping_is_used_by_the_next_build(workspace, files):
    keep_mapping(workspace)
    build_quietly(workspace, files.csv("july.csv", TITLED[0], TITLED[1:]))
    text = keep_mapping(workspace).read_text().replace("crime/burglary", "crime/robbery")
    (workspace.definitions / "mappings" / "returns.yaml").write_text(text)

    build_quietly(workspace)

    warehouse = open_warehouse(workspace)
    paths = rows(warehouse, "SELECT DISTINCT path FROM monthly_count JOIN offence USING (offence_id)")
    warehouse.close()
    assert paths == ["crime/robbery"]


def test_mapped_file_that_lacks_a_column_is_refused_with_a_sentence(workspace, files):
    keep_mapping(workspace)
    path = files.csv("august.csv", ("Borough", "Month", "Offence"), [("Harrow", "Aug-18", "Burglary")])

    (outcome,) = add_files(workspace, [path], lambda one: None)

    assert outcome.outcome == "refused"
    assert "looks like the files mapped in returns.yaml, but has no column “How many”." in outcome.words
    assert "Ask its sender for the column" in outcome.words


def test_file_of_other_headings_is_not_the_mapped_ones(workspace, files):
    keep_mapping(workspace)

    assert find_mapping(workspace.definitions, files.csv("x.csv", ("Borough", "Rain"), [("Harrow", "2")])) is None


def test_mapping_taken_away_is_said(workspace, files):
    path = keep_mapping(workspace)
    build_quietly(workspace, files.csv("july.csv", TITLED[0], TITLED[1:]))
    path.unlink()

    with pytest.raises(SourceError, match=r"The mapping returns\.yaml is not in definitions/mappings any more"):
        build_quietly(workspace)


def test_slip_in_a_mapping_is_named_with_its_line(workspace):
    path = keep_mapping(workspace)
    path.write_text(path.read_text().replace("  offence: Offence", "  offense: Offence"))

    with pytest.raises(DefinitionError, match=r"returns\.yaml, line \d+: “offense” is not known here"):
        read_mapping(path)


def test_heading_is_found_where_it_moved_to(workspace, files):
    keep_mapping(workspace)
    moved = [("Another title", "", "", ""), ("and another", "", "", ""), *TITLED]

    build_quietly(workspace, files.csv("moved.csv", moved[0], moved[1:]))

    assert len(counted(workspace)) == 3


@pytest.mark.parametrize(
    ("written", "dates", "kind", "read"),
    [
        ("14/07/2018", "dd/mm/yyyy", "moment", "2018-07-14"),
        ("14/07/2018 22:35", "dd/mm/yyyy", "moment", "2018-07-14T22:35"),
        ("14/07/2018 22:35:10", "dd/mm/yyyy", "moment", "2018-07-14T22:35"),
        ("07/14/2018", "mm/dd/yyyy", "moment", "2018-07-14"),
        ("14.07.2018", "dd.mm.yyyy", "month", "2018-07"),
        ("14 July 2018", "dd Month yyyy", "moment", "2018-07-14"),
        ("Jul-18", "Mon-yy", "month", "2018-07"),
        ("2018-07-14T22:35", "dd/mm/yyyy", "moment", "2018-07-14T22:35"),
        ("31/02/2018", "dd/mm/yyyy", "moment", "31/02/2018"),
        ("unknown", "dd/mm/yyyy", "moment", "unknown"),
    ],
)
def test_dates_are_read_as_the_sender_writes_them(written, dates, kind, read):
    assert as_dated(written, dates, kind) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Harrow", HARROW),
        ("LONDON BOROUGH OF HARROW", HARROW),
        ("Harrow Council", HARROW),
        (HARROW, HARROW),
        ("Rome", "Rome"),
    ],
)
def test_area_is_known_by_its_name(text, code):
    assert area_code(text) == code


def given(*headings, **columns):
    """Columns as a sender has them: some with headings only, some with texts."""
    named = [GivenColumn(heading.replace("_", " "), tuple(texts)) for heading, texts in columns.items()]
    return [*map(GivenColumn, headings), *named]


def guessed(columns, template="asb-calls"):
    return guess_columns(find_template(template).columns, columns)


def test_guesses_are_near():
    grid = [(1, ["Calls, invented"]), (3, ["Date of call", "Borough", "Type"]), (4, ["14/07/2018", "Harrow", "Noise"])]

    assert guess_heading(grid) == 1
    assert guessed(given(*grid[1][1])) == {"from": "Date of call", "reported_for": "Borough", "call_type": "Type"}
    assert guess_dates(["14/07/2018", "01/02/2018"]) == "dd/mm/yyyy"
    assert guess_dates(["07/14/2018", "01/02/2018"]) == "mm/dd/yyyy"
    assert guess_dates(["2018-07-14"]) == guess_dates([]) == "yyyy-mm-dd"
    assert guess_template(given("Area code", "Year", "Residents"), all_templates().values()) == "partner-population"


INVENTED_NAMES = ("Quentin Zebedee", "Orla Quux", "Zed Nobody", "Wilma Placeholder", "Jane Doe", "Q. Nonesuch")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Kind of call", "call_type"),
        ("Nature of call", "call_type"),
        ("Type of incident", "call_type"),
        ("Call category", "call_type"),
        ("Repeat caller", "repeat_caller"),
        ("Local authority", "reported_for"),
        ("Poscode", "postcode"),
        ("Caller", None),
        ("Address", None),
        ("Date of birth", None),
    ],
)
def test_heading_is_offered_for_what_it_says(heading, column):
    found = guessed(given(heading, "Date of call"))

    assert {name for name, offered in found.items() if offered == heading} == ({column} if column else set())


def test_heading_is_offered_for_one_column_only():
    assert list(guessed(given("Number"), "counts-by-period").values()) == ["Number"]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Caller", INVENTED_NAMES),
        ("Caller", ("zebedee", "", "QUUX")),
        ("Reported by", INVENTED_NAMES * 3),
        ("Remarks", INVENTED_NAMES),
        ("Remarks", ("a@invented.example", "b@invented.example")),
        ("Remarks", ("020 7946 0000", "none")),
        ("DOB", ("01/02/1990",)),
    ],
)
def test_column_of_people_is_known_and_suits_nothing(heading, texts):
    column = GivenColumn(heading, texts)

    assert column.people
    assert not any(suits(one, column) for one in find_template("asb-calls").columns)


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Repeat caller", ("yes", "no", "")),
        ("Caller type", ("Council Tenant", "Private Owner")),
        ("Kind of call", ("Noise Nuisance", "Street Drinking")),
        ("Caller", ("V-004512", "V-004513")),
        ("Ward", ("Harrow Weald", "Kenton East")),
        ("Time", ("22:35", "01:00")),
    ],
)
def test_column_of_something_else_is_not_taken_for_people(heading, texts):
    assert not GivenColumn(heading, texts).people


def test_column_of_nearly_as_many_texts_as_rows_is_no_choice():
    call_type = find_template("asb-calls").column("call_type")
    kinds = ("noise nuisance", "drinking in street", "begging") * 5

    assert suits(call_type, GivenColumn("Kind of call", kinds))
    assert not suits(call_type, GivenColumn("Kind of call", tuple(f"call about matter {n}" for n in "abcdefghijkl")))
    assert not suits(call_type, GivenColumn("Call type", ("N-1", "N-2", "N-3")))


def test_column_whose_cells_are_something_else_is_not_offered():
    columns = given(Date_of_call=("noise", "begging"), Number=("few", "many"), Borough=("north side", "south side"))

    assert guessed(columns) == {}
    assert "count" not in guessed(columns, "partner-counts")


def test_word_of_the_sender_is_guessed_only_where_it_is_the_same():
    choices = ("noise", "nuisance", "street drinking")

    assert guess_word("Drinking in the street", choices) == "street drinking"
    assert guess_word("Noise nuisance", choices) == ""


@pytest.mark.parametrize(
    ("texts", "once"),
    [
        (("Harrow", "", "", "Brent", ""), True),
        (("Harrow", ""), True),
        (("Harrow", "Brent"), False),
        (("", "Harrow"), False),
        (("Harrow", "Harrow", "", "Brent"), False),
        (("1", "2", "3", "4", "", "5"), False),
    ],
)
def test_column_written_once_for_several_rows_is_known(texts, once):
    assert GivenColumn("Borough", texts).written_once == once


def test_example_in_the_how_to_page_can_be_read(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "how-to" / "map-an-unknown-spreadsheet.md"
    (example,) = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "calls.yaml").write_text(example, encoding="utf-8")

    mapping = read_mapping(tmp_path / "calls.yaml")

    assert set(mapping.known_by) == set(mapping.headings())
    assert mapping.columns["from"] == ("Date of call", "Time")


def test_wrong_date_is_asked_for_as_its_sender_writes_dates(workspace, files):
    rows_given = [*TITLED[3:], ("Brent", "31/07/2018", "Burglary", "3")]
    path = files.csv("july.csv", TITLED[2], rows_given)

    (wrong,) = check_file(path, workspace.definitions, COUNTED).first

    assert (wrong.line, wrong.column) == (5, "month")
    assert wrong.problem.right == "it as Mon-yy, as its mapping says"
