"""The commands for partners' files: template, validate, map, destroy, and the owner and day of add."""

import re
from dataclasses import replace

import pytest
import xlsxwriter

from frankpledge.sources.partners.mapping import read_mapping
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import HARROW, build_quietly, rows, write_csv

ASB = ("reference", "from", "call_type", "reported_for")


def test_template_lists_all_and_says_which_law_each_answers(command, tmp_path):
    result = command("template", folder=tmp_path)

    assert result.code == 0
    assert re.search(r"fire-incidents .*fire-incidents", result.out)
    assert "survey-results" in result.out


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_empty_template_is_written_once_and_is_valid(command, tmp_path, form):
    write = ("template", "asb-calls", "--output", "out", "--form", form)
    result = command(*write, folder=tmp_path)

    assert result.code == 0 and f"asb-calls.{form}" in result.out
    assert command("validate", tmp_path / "out" / f"asb-calls.{form}").code == 0
    again = command(*write)
    assert again.code == 1
    assert "is there already" in again.err


def test_template_that_does_not_exist_says_how_to_find_one(command, tmp_path):
    result = command("template", "asb", folder=tmp_path)

    assert result.code == 1
    assert "There is no template “asb”" in result.err and "“frankpledge template” lists them" in result.err


def test_validate_names_line_column_and_what_would_be_right_and_adds_nothing(command, workspace, tmp_path):
    good = ("A1", "2018-07-14T22:00", "noise", HARROW)
    path = write_csv(
        tmp_path, "calls.csv", ASB, [good, ("A2", "14/07/2018", "noise", HARROW), ("A3", "2018-07-14", "row", "Harrow")]
    )
    result = command("validate", path, folder=workspace.folder)

    assert result.code == 1
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert "3 from not a date, or a date and time write it as 2018-07-14 or 2018-07-14T22:00" in lines
    assert any(line.startswith("4 call_type none of its words write one of: personal, nuisance") for line in lines)
    assert any(line.startswith("4 reported_for not the code of an authority") for line in lines)
    assert lines[-1] == "calls.csv (asb-calls): 3 rows, 2 of them wrong."
    assert "14/07/2018" not in result.out, "no cell of a table about people is shown"
    assert workspace.raw_files() == []


def test_validate_shows_the_first_twenty_and_how_many_there_are(command, tmp_path):
    path = write_csv(tmp_path, "calls.csv", ASB, [(f"A{number}", "", "noise", HARROW) for number in range(50)])

    result = command("validate", path, folder=tmp_path)

    assert len(re.findall(r"^ *\d+ +from", result.out, re.MULTILINE)) == 20
    assert "These are the first 20" in result.out
    assert "50 rows, 50 of them wrong" in result.out


def test_validate_of_a_file_of_no_template_says_what_to_do(command, tmp_path):
    path = write_csv(tmp_path, "x.csv", ("a", "b"), [(1, 2)])

    result = command("validate", path, folder=tmp_path)

    assert result.code == 1
    assert "follows no template" in result.err and "frankpledge map" in result.err


def test_add_keeps_owner_and_day_and_destroy_lists_and_destroys(command, workspace, tmp_path):
    path = write_csv(tmp_path, "calls.csv", ASB, [("A1", "2018-07-14", "noise", HARROW)])
    added = command("add", path, "--owner", "Noise team", "--destroy-by", "2099-03-31", folder=workspace.folder)
    assert "Noise team answers for it until it is destroyed, by 31 March 2099." in added.err
    assert command("add", path, "--destroy-by", "soon").code == 2
    assert "2020-03-31 is past" in command("add", path, "--destroy-by", "2020-03-31").err
    (file,) = workspace.raw_files()
    replace(file, destroy_by="2020-03-31").save()

    listed = command("destroy")
    (file,) = workspace.raw_files()
    assert file.sha256[:12] in listed.out
    assert "Noise team" in listed.out and "2020-03-31, which is past" in listed.out

    assert command("destroy", file.sha256[:8]).code == 1
    assert workspace.raw_files() == [file]
    done = command("destroy", file.sha256[:8], "--yes")
    assert done.code == 0 and "Destroyed: calls.csv" in done.out
    assert workspace.raw_files() == []


def test_validate_doubts_what_can_be_used_and_takes_it_all_the_same(command, workspace, files, tmp_path):
    build_quietly(workspace, files.best_fit())
    heading = ("area_code", "area_name", "period", "marac_cases", "repeat_cases")
    lines = [
        (HARROW, "London Borough of Harrow", "2024-Q1", "60", "20"),
        (HARROW, "Barnet", "2024", "200", "*"),
        ("E09000099", "", "2024-Q1", "60", "20"),
        (HARROW, "Harrow", "2024-Q2", "60", "61"),
    ]
    path = write_csv(tmp_path, "marac.csv", heading, lines)

    result = command("validate", path, folder=workspace.folder)

    found = [" ".join(line.split()) for line in result.out.splitlines()]
    assert found[-1] == "marac.csv (marac-return): 4 rows, 1 of them wrong, 2 to be looked at."
    assert result.code == 1
    for words in (
        "5 repeat_cases more than “marac_cases”, of which it is a part",
        "3 area_name not the name of “area_code”, which is Harrow",
        "3 period a time that overlaps that of line 2",
        "4 area_code a code that is in no look-up held here",
    ):
        assert any(line.startswith(words) for line in found), words

    added = command("add", path)
    assert "1 of 4 rows cannot be used: “frankpledge validate” says why." in added.err


def test_validate_doubts_nothing_of_areas_that_no_look_up_could_tell(command, tmp_path):
    path = write_csv(
        tmp_path, "marac.csv", ("area_code", "period", "marac_cases", "repeat_cases"),
        [("E09000099", "2024-Q1", "60", "20")],
    )  # fmt: skip

    result = command("validate", path, folder=tmp_path)

    assert result.code == 0 and "1 row, all of them right." in result.out


def write_calls(path, more=()):
    """An invented spreadsheet as a council keeps one: a title, merged boroughs, British dates."""
    lines = [
        ("Calls to the noise line, invented",), (), ("Quarter 2",), (),
        ("Borough", "Date of call", "Time", "Kind of call", "Log no", "Caller"),
        ("Harrow", "14/07/2018", "22:35", "Noise nuisance", "N-1", "Jane Doe"),
        ("", "15/07/2018", "", "Drinking in street", "N-2", ""),
        ("Brent", "31/07/2018", "01:00", "Noise nuisance", "N-3", ""),
        *more,
    ]  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write(0, 0, "Invented")
        sheet = book.add_worksheet("Calls")
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
    return path


MAP = (
    "--to", "asb-calls", "--column", "Date of call=from", "--column", "Time=from", "--column", "Kind of call=call_type",
    "--column", "Borough=reported_for", "--column", "Log no=reference", "--word", "call_type:Noise nuisance=noise",
    "--word", 'call_type:"Drinking in street"=street drinking', "--fill-down", "Borough",
)  # fmt: skip


def test_unknown_workbook_is_mapped_once_and_taken_from_then_on(command, workspace, tmp_path):
    path = write_calls(tmp_path / "calls.xlsx")
    refused = command("add", path, folder=workspace.folder)
    assert "1 not taken" in refused.out

    mapped = command("map", path, *MAP)
    assert mapped.code == 0, mapped.err
    assert "3 rows, all of them right" in mapped.out
    mapping = read_mapping(workspace.definitions / "mappings" / "calls.yaml")
    assert (mapping.sheet, mapping.heading_row, mapping.dates) == ("Calls", 5, "dd/mm/yyyy")

    later = write_calls(tmp_path / "august.xlsx", [("Harrow", "02/08/2018", "10:00", "Noise nuisance", "N-4", "")])
    assert "1 added" in command("add", later).out
    assert command("build").code == 0
    warehouse = open_warehouse(workspace)
    found = rows(
        warehouse,
        "SELECT code, path, CAST(hour AS VARCHAR) FROM incident JOIN offence USING (offence_id) "
        "LEFT JOIN area USING (area_id) ORDER BY month, code, path",
    )
    warehouse.close()
    tree = "disorder/anti-social-behaviour"
    assert found == [
        ("E09000005", f"{tree}/noise", "2018-07-31 01:00:00"),
        (HARROW, f"{tree}/noise", "2018-07-14 22:00:00"),
        (HARROW, f"{tree}/street-drinking", None),
        (HARROW, f"{tree}/noise", "2018-08-02 10:00:00"),
    ]
    assert not [file for file in workspace.folder.rglob("*") if file.is_file() and b"Jane Doe" in file.read_bytes()]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "It is not said what the columns are."),
        (("--to", "asb-calls", "--column", "Day=from"), "has no row with the headings “Day”"),
        (("--to", "asb-calls", "--column", "Date of call=when"), "has no column “when”"),
        (("--to", "asb-calls", "--column", "Date of call"), "is not HEADING=COLUMN"),
        (("--to", "asb-calls", "--column", "Date of call=from"), "must have call_type, reported_for in every row"),
        (("--to", "asb", "--column", "Date of call=from"), "There is no template “asb”"),
        (("--to", "asb-calls", "--column", "Date of call=from", "--sheet", "July"), "has no sheet “July”"),
    ],
)
def test_map_that_cannot_be_done_says_why_and_writes_nothing(command, workspace, tmp_path, options, words):
    result = command("map", write_calls(tmp_path / "calls.xlsx"), *options, folder=workspace.folder)

    assert result.code == 1
    assert words in result.err
    assert not (workspace.definitions / "mappings").exists()
