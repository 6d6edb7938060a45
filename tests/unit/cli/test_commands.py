"""The commands from end to end, on one tiny workspace: init, add, build, show, quality, assess, explain."""

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from frankpledge.indicators.definition import read_indicators
from frankpledge.sources.registry import all_sources
from tests.conftest import (
    BARNET,
    BRENT,
    HARROW,
    LONDON,
    add_all,
    build_quietly,
    files_in,
    make_workspace,
    months_of,
    ward,
)

KEYS = [
    "indicator",
    "area_code",
    "area_name",
    "period",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "method",
    "status",
    "dataset",
    "release",
]

OFFENCES = (
    ("BURGLARY", "DOMESTIC BURGLARY", 20),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", 1),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", 15),
    ("DRUG OFFENCES", "POSSESSION OF DRUGS", 4),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Three boroughs and three wards over two years: Harrow's burglary fell, all else stayed."""
    folder = tmp_path_factory.mktemp("whole")
    workspace, files = make_workspace(folder / "harrow"), files_in(folder / "given")
    boroughs = [
        (
            major,
            minor,
            name,
            [count * more] * 12 + [(10 if name == "Harrow" and major == "BURGLARY" else count) * more] * 12,
        )
        for name, more in (("Harrow", 1), ("Barnet", 2), ("Brent", 2))
        for major, minor, count in OFFENCES
    ]
    wards = [
        (major, minor, f"Ward {number}", ward(number), "Harrow", count)
        for number in (1, 2, 3)
        for major, minor, count in OFFENCES
    ]
    spoilt = files.csv(
        "spoilt.csv",
        ["MajorText", "MinorText", "BoroughName", "201501"],
        [["BURGLARY", "DOMESTIC BURGLARY", "Atlantis", 5]],
    )
    build_quietly(
        workspace,
        files.boroughs(months=months_of("2017", "2018"), rows=boroughs),
        files.wards(months=months_of("2017", "2018"), rows=wards),
        files.population(),
        spoilt,
    )
    return workspace


@pytest.fixture(scope="module")
def assessed(whole):
    """The assessment of 2018, written by a process of its own; its printed answer."""
    result = subprocess.run(
        [sys.executable, "-m", "frankpledge", "--quiet", "assess", "--year", "2018", "--prepared", "2019-06-30"],
        cwd=whole.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result


def shown(command, whole, *arguments):
    result = command("--quiet", "show", *arguments, folder=whole.folder)
    assert (result.code, result.err) == (0, "")
    return result.out


def test_show_json_has_the_agreed_keys_and_no_others(command, whole):
    estimates = json.loads(shown(command, whole, "burglary", "--year", "2018", "--json"))

    assert [list(one) for one in estimates] == [KEYS] * 4
    by_area = {one["area_code"]: one for one in estimates}
    assert [by_area[code]["numerator"] for code in (HARROW, BARNET, BRENT, LONDON)] == [120, 480, 480, 1080]
    harrow = by_area[HARROW]
    assert (harrow["area_name"], harrow["period"], harrow["indicator"]) == ("Harrow", "2018", "burglary")
    assert (harrow["dataset"], harrow["release"], harrow["status"]) == ("mps-borough", "2018-12", "provisional")
    assert harrow["value"] == pytest.approx(0.48)
    assert harrow["low"] < harrow["value"] < harrow["high"]


def test_show_json_of_what_is_missing_is_null_not_nought(command, whole):
    (estimate,) = json.loads(shown(command, whole, "burglary", "--year", "2016", "--area", HARROW, "--json"))

    assert (estimate["numerator"], estimate["value"], estimate["status"]) == (None, None, "missing")
    assert estimate["method"] == "missing: no data held for January 2016"


def test_show_csv_has_the_same_as_json(command, whole):
    written = shown(command, whole, "burglary", "--year", "2018", "--csv")

    estimates = list(csv.DictReader(io.StringIO(written)))
    assert list(estimates[0]) == KEYS
    expected = json.loads(shown(command, whole, "burglary", "--year", "2018", "--json"))
    assert [one["numerator"] for one in estimates] == [str(one["numerator"]) for one in expected]


def test_show_table_has_highest_first_and_its_source(command, whole):
    table = shown(command, whole, "burglary", "--year", "2018")

    assert table.startswith("Burglary, 2018")
    areas = [
        line.split()[0]
        for line in table.splitlines()
        if line.split() and line.split()[0] in ("Harrow", "Barnet", "Brent", "London")
    ]
    assert areas == ["Brent", "Barnet", "London", "Harrow"]
    assert "Source: mps-borough (2018-12), population ons-population (mid-2018, mid-2018)." in table


def test_show_table_says_missing_and_why(command, whole):
    table = shown(command, whole, "anti-social-behaviour", "--year", "2018", "--area", HARROW)

    assert "missing" in table
    assert "no dataset held can answer" in table or "nothing held" in table


def test_show_of_an_area_by_its_name(command, whole):
    by_name = shown(command, whole, "burglary", "--year", "2018", "--area", "harrow")

    assert by_name == shown(command, whole, "burglary", "--year", "2018", "--area", HARROW)
    unknown = command("show", "burglary", "--year", "2018", "--area", "Harow", folder=whole.folder)
    assert unknown.code == 1 and "No area “Harow” is known here." in unknown.err
    assert "Did you mean Harrow?" in unknown.err


def test_correct_without_a_terminal_says_what_was_left_out(command, whole):
    words = ("correct", "mps-borough", "--area", "all", "--from", "2018-03", "--state", "partial")

    assert "Say so: --why" in command(*words, folder=whole.folder).err
    assert "Say so: --who" in command(*words, "--why", "moved", folder=whole.folder).err
    assert not (whole.definitions / "corrections.yaml").exists()


def test_show_by_ward_over_a_rolling_year(command, whole):
    estimates = json.loads(shown(command, whole, "burglary", "--by", "ward", "--period", "R12-2018-06", "--json"))

    assert [(one["area_name"], one["numerator"]) for one in estimates] == [(f"Ward {n}", 240) for n in (1, 2, 3)]


def test_show_with_a_pin(command, whole):
    (estimate,) = json.loads(
        shown(command, whole, "burglary", "--year", "2018", "--area", HARROW, "--json", "--pin", "mps-borough=2015-01")
    )

    assert estimate["numerator"] is None


def test_quiet_stands_before_the_command(command, whole):
    assert command("--quiet", "sources", folder=whole.folder).err == ""
    assert "How a file is recognised" in command("sources", folder=whole.folder).err
    assert command("sources", "--quiet", folder=whole.folder).code == 2


def test_workspace_may_be_named_instead_of_stood_in(command, whole, tmp_path):
    result = command(
        "--quiet", "--workspace", whole.folder, "show", "burglary", "--year", "2018", "--json", folder=tmp_path
    )

    assert result.code == 0
    assert len(json.loads(result.out)) == 4


def test_quality_tells_of_the_refused_row(command, whole):
    result = command("--quiet", "quality", folder=whole.folder)

    assert result.code == 0
    words = " ".join(result.out.split())
    assert "1 of 1 rows of spoilt.csv could not be used (first: line 2, the area is not known)" in words


def test_sources_are_listed_with_what_is_held(command, whole):
    result = command("--quiet", "sources", folder=whole.folder)

    words = " ".join(result.out.split())
    for registered in all_sources().values():
        assert registered.source.title.split()[0] in words
    assert "2018-12 (January 2017 to December 2018)" in words


def test_sources_and_indicators_outside_a_workspace(command, tmp_path):
    for name in ("sources", "indicators"):
        result = command(name, folder=tmp_path)
        assert result.code == 0
        assert result.out


def test_indicators_are_listed_with_the_workspaces_own(command, whole, tmp_path):
    own = whole.definitions / "indicators"
    own.mkdir(exist_ok=True)
    text = (read_indicators()["burglary"]).title
    from frankpledge.definition import definition_files

    (own / "own-burglary.yaml").write_text(
        definition_files("indicators")["burglary"].read_text().replace(f"title: {text}", "title: Ours")
    )

    result = command("--quiet", "indicators", folder=whole.folder)

    (own / "own-burglary.yaml").unlink()
    for slug in (*read_indicators(), "own-burglary"):
        assert slug in result.out
    assert "Ours" in result.out


def test_init_add_build_from_nothing(command, tmp_path, files):
    made = command("init", "harrow", "--area", HARROW, folder=tmp_path)
    assert made.code == 0 and "Safer Harrow: workspace made in harrow." in made.out
    folder = tmp_path / "harrow"
    files.bytes("notes.txt", b"words\n")
    files.boroughs()

    added = command("add", files.folder, folder=folder)
    again = command("add", files.folder, folder=folder)
    built = command("build", folder=folder)
    nothing = command("--quiet", "build", folder=folder)

    assert "1 added, 1 not taken (left where they are)." in added.out
    assert "! notes.txt: no source knows" in added.err and "+ boroughs.csv" in added.err
    assert "0 added, 1 held already, 1 not taken" in again.out
    assert (added.code, again.code) == (0, 0)

    assert re.fullmatch(r"Warehouse [0-9a-f]{12} is current: 1 rows taken in\.\n", built.out)
    assert "[0/1] Reading boroughs.csv" in built.err
    assert "is current already: nothing has changed." in nothing.out and nothing.err == ""


def test_build_says_that_an_area_is_known_now_and_how_it_is_completed(command, tmp_path, files):
    command("init", "far", "--area", "E07000117", folder=tmp_path)
    folder = tmp_path / "far"
    fields = ["LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM", "PFA24CD", "PFA24NM"]
    burnley = ["E07000117", "Burnley", "E22000157", "Burnley", "E23000003", "Lancashire"]
    files.csv("look-up.csv", fields, [burnley, ["E07000120", "Hyndburn", *burnley[2:]]])

    command("add", files.folder, folder=folder)
    built = command("build", folder=folder)
    completed = command("init", ".", "--area", "E07000117", folder=folder)
    again = command("build", folder=folder)

    assert "known now: “frankpledge init . --area E07000117” completes partnership.yaml" in " ".join(built.err.split())
    assert completed.out == "Burnley community safety partnership: workspace completed in this folder.\n"
    assert "known now" not in again.err


def test_add_of_nothing_but_what_cannot_be_taken_ends_with_1(command, workspace, files):
    result = command("add", files.bytes("notes.txt", b"words\n"), folder=workspace.folder)

    assert (result.code, result.out) == (1, "0 added, 1 not taken (left where they are).\n")


def test_template_is_found_by_the_words_of_its_title(command, workspace):
    result = command("template", "victims-and-suspects", folder=workspace.folder)

    assert "Did you mean partner-people?" in result.err


def test_assess_writes_every_format_and_keeps_its_edition(whole, assessed):
    slug = "strategic-assessment-2018"
    for ending in ("html", "docx", "pdf", "ods"):
        assert (whole.output / f"{slug}.{ending}").stat().st_size > 1000
        assert f"output/{slug}.{ending}" in assessed.stdout
    assert assessed.stderr == ""
    (edition,) = whole.editions.iterdir()
    assert {path.name for path in edition.iterdir()} >= {"figures.json", f"{slug}.html", f"{slug}.pdf", "csv"}
    page = (whole.output / f"{slug}.html").read_text()
    assert "Burglary in Harrow fell by" in page
    assert "Anti-social behaviour (Harrow):" in page


def figures(whole):
    with (whole.output / "csv" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def identifier_column(figures):
    (column,) = [name for name in figures[0] if all(re.fullmatch(r"F-[0-9A-Z]{4,8}", row[name]) for row in figures)][:1]
    return column


def test_explain_takes_any_unambiguous_beginning_of_every_printed_identifier(command, whole, assessed):
    printed = figures(whole)
    column = identifier_column(printed)
    assert len(printed) > 50

    for row in printed[:: len(printed) // 8]:
        for written in (row[column], row[column].lower(), row[column].removeprefix("F-")):
            result = command("explain", written, folder=whole.folder)
            assert result.code == 0, result.err
            assert result.out.startswith(row[column])


def test_explain_says_what_is_behind_a_figure(command, whole, assessed):
    evidence = json.loads(next(whole.editions.glob("*/figures.json")).read_text())
    wanted = next(
        one
        for one in evidence["figures"]
        if (one["indicator"], one["area_code"], one["period"], one["measure"]) == ("burglary", HARROW, "2018", "count")
    )

    result = command("explain", wanted["short"], folder=whole.folder)

    words = " ".join(result.out.split())
    assert f"{wanted['identifier']}: 120" in words
    assert "definition" in words and "Burglary" in words and "crime/burglary" in words
    assert "Harrow, 2018: 120 of 250,000 residents (ons-population (mid-2018, mid-2018)); rate 0.48" in words
    (file,) = [one for one in whole.raw_files() if one.name == "boroughs.csv"]
    assert "boroughs.csv" in words and file.sha256 in words
    assert "wards.csv" not in words


@pytest.mark.parametrize(
    ("identifier", "happened", "to_do"),
    [
        ("F-", "figures: F-", "Give one more letter."),
        ("F-UUUU", "No edition here has a figure F-UUUU.", "output/csv/figures.csv"),
    ],
)
def test_explain_ambiguous_or_unknown(command, whole, assessed, identifier, happened, to_do):
    result = command("explain", identifier, folder=whole.folder)

    assert result.code == 1
    assert happened in result.err and to_do in result.err


def test_show_csv_never_writes_a_formula(command, workspace, files):
    rows = [("BURGLARY", "DOMESTIC BURGLARY", "=1+1", ward(1), "Harrow", 2)]
    build_quietly(workspace, files.boroughs(), files.wards(rows=rows))

    result = command("show", "burglary", "--by", "ward", "--period", "2018-01", "--csv", folder=workspace.folder)

    assert result.code == 0, result.err
    assert ",'=1+1," in result.out


def test_remove_lists_files_and_takes_one_out_of_the_next_build(command, workspace, files):
    add_all(workspace, files.boroughs("one.csv"), files.wards("two.csv"))
    command("build", folder=workspace.folder)

    listed = command("remove", folder=workspace.folder)
    removed = command("remove", "two.csv", folder=workspace.folder)
    built = command("build", folder=workspace.folder)

    assert "one.csv" in listed.out and "two.csv" in listed.out
    assert removed.out.startswith("Removed: two.csv (mps-ward, ")
    assert "is current:" in built.out
    assert [file.name for file in workspace.raw_files()] == ["one.csv"]
    assert "No file that was added is called “two.csv”" in command("remove", "two.csv", folder=workspace.folder).err


def test_refused_rows_of_a_file_are_listed_with_line_and_reason(command, workspace, files):
    good = files.boroughs("good.csv")
    heading, row = good.read_text().splitlines()[:2]
    add_all(workspace, good, files.bytes("bad.csv", f"{heading}\n{row}\n{row},extra\n".encode()))
    command("build", folder=workspace.folder)

    listed = command("quality", "--refused", "bad.csv", folder=workspace.folder)
    written = command("quality", "--refused", "bad.csv", "--csv", folder=workspace.folder)

    assert "the row does not split into the columns of the heading" in " ".join(listed.out.split())
    assert written.out.splitlines()[0] == "line,reason" and written.out.splitlines()[1].startswith("3,")
    assert "Every row of good.csv could be used." in command("quality", "--refused", "good.csv").err
    assert "holds no file “absent.csv”" in command("quality", "--refused", "absent.csv").err


def test_indicators_are_found_by_the_feed_they_are_read_from(command, workspace):
    found = command("indicators", "asb-calls", folder=workspace.folder)

    assert "anti-social-behaviour" in found.out


def test_correction_of_months_that_are_not_held_is_refused(command, whole):
    words = ("correct", "mps-borough", "--area", "all", "--state", "partial", "--why", "so", "--who", "A. Analyst")

    later = command(*words, "--from", "2031-02", folder=whole.folder)
    other = command("correct", "police-uk-outcomes", *words[2:], "--from", "2018-01", folder=whole.folder)

    assert later.code == 1 and "Nothing is held of mps-borough in these months" in later.err
    assert "What is held: " in later.err
    assert other.code == 1 and "“frankpledge sources” says what is held." in other.err
    assert not (whole.definitions / "corrections.yaml").exists()
