"""The questions of ``map`` at a terminal: what is offered, what is never shown, and when nothing is kept."""

import io
import re
from pathlib import Path

import pytest
import xlsxwriter
import yaml

from frankpledge.sources.partners.mapping import read_mapping

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "map-an-unknown-spreadsheet.md"
NAMES = ("Quentin Zebedee", "Orla Quux", "Zed Nobody", "", "Jane Doe", "Wilma Placeholder")
KINDS = ("Noise nuisance", "Drinking in street", "Begging")


class Terminal(io.StringIO):
    """A person at the keyboard, who has typed some lines."""

    def isatty(self):
        return True


@pytest.fixture
def ask(command, workspace, monkeypatch):
    """Run ``frankpledge map`` for somebody who answers some questions, by how they begin, and else types Enter."""

    def mapped(path, *options, **answers):
        said = []

        def answer(prompt="", *_, **__):
            said.append(prompt)
            assert said.count(prompt) < 5, f"asked again and again: {prompt}"
            found = [text for begins, text in answers.items() if begins in prompt.replace(" ", "_")]
            return found[0] if found else ""

        monkeypatch.setattr("sys.stdin", Terminal())
        monkeypatch.setattr("click.termui.visible_prompt_func", answer)
        result = command("map", path, *options, folder=workspace.folder)
        result.asked = "\n".join(said)
        return result

    return mapped


def write_sheet(path, *lines):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Calls")
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
    return path


def write_calls(path):
    """Thirty invented calls, with who called, and the borough written once for ten of them."""
    calls = [
        ("" if at % 10 else "Harrow", f"{at % 28 + 1:02}/07/2018", f"{at % 24:02}:35", KINDS[at % 3],
         NAMES[at % 6], f"HA{at % 3 + 1} 2AA")
        for at in range(30)
    ]  # fmt: skip
    return write_sheet(path, ("Borough", "Date of call", "Time", "Kind of call", "Caller", "Postcode"), *calls)


def mapping_of(workspace):
    return read_mapping(workspace.definitions / "mappings" / "calls.yaml")


def test_example_of_the_how_to_page_is_mapped_by_enter_and_one_word(ask, workspace, tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    lines = [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", page, re.M)]
    path = write_sheet(tmp_path / "calls.xlsx", lines[0], *lines[2:5])

    result = ask(path, **{"“Noise_nuisance”_means": "noise"})

    assert result.code == 0, result.err
    assert "2 rows, all of them right" in result.out
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    written = (workspace.definitions / "mappings" / "calls.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(written) == yaml.safe_load(example)


def test_time_is_joined_and_borough_filled_down_when_that_is_accepted(ask, workspace, tmp_path):
    result = ask(write_calls(tmp_path / "calls.xlsx"), **{"“Noise_nuisance”_means": "noise"})

    assert "30 rows, all of them right" in result.out
    assert mapping_of(workspace).columns == {
        "from": ("Date of call", "Time"),
        "call_type": ("Kind of call",),
        "reported_for": ("Borough",),
        "postcode": ("Postcode",),
    }
    assert mapping_of(workspace).fill_down == ("Borough",)


def test_time_and_borough_stay_as_they_are_when_that_is_answered(ask, workspace, tmp_path):
    path = write_sheet(
        tmp_path / "calls.xlsx",
        ("Borough", "Date of call", "Time", "Type"),
        *[("Harrow", "14/07/2018", "22:35", "noise"), ("", "15/07/2018", "", "noise")],
    )

    result = ask(path, Join_it="n", empty_cell="n")

    assert "2 rows, 1 of them wrong" in result.out
    assert mapping_of(workspace).columns["from"] == ("Date of call",)
    assert mapping_of(workspace).fill_down == ()


def test_column_of_names_is_never_offered_nor_shown(ask, workspace, tmp_path):
    result = ask(write_calls(tmp_path / "calls.xlsx"), **{"“Noise_nuisance”_means": "noise"})

    assert "[Caller]" not in result.asked
    written = (workspace.definitions / "mappings" / "calls.yaml").read_text(encoding="utf-8")
    for name in filter(None, NAMES):
        assert name not in result.asked + result.out + result.err + written


def test_column_of_names_is_taken_only_when_that_is_said_twice_and_still_not_shown(ask, workspace, tmp_path):
    asks_again = {"call_type": "Caller", "Take_it_all_the_same": "y", "Keep_the_mapping": "y"}

    result = ask(write_calls(tmp_path / "calls.xlsx"), **asks_again)

    assert "“Caller” looks as if it held people's names" in result.asked
    assert "Careful: “Caller” looks as if it held people's names" in result.out
    written = (workspace.definitions / "mappings" / "calls.yaml").read_text(encoding="utf-8")
    for name in filter(None, NAMES):
        assert name not in result.asked + result.out + result.err + written


def test_column_of_names_named_by_an_option_is_warned_of(command, workspace, tmp_path):
    options = [f"--column={one}" for one in ("Date of call=from", "Kind of call=call_type", "Caller=place")]
    path = write_calls(tmp_path / "calls.xlsx")

    result = command(
        "map", path, "--to", "asb-calls", *options, "--constant", "reported_for=E09000015", folder=workspace.folder
    )

    assert "Careful: “Caller” looks as if it held people's names" in result.out
    assert "Zebedee" not in result.out + result.err


def test_word_that_may_name_somebody_is_not_asked_for(ask, workspace, tmp_path):
    calls = [("Harrow", "14/07/2018", kind) for kind in ("loud noise", "fouling", "rough sleeping", "litter") * 5]
    calls.append(("Harrow", "15/07/2018", "Jane Doe"))
    path = write_sheet(tmp_path / "calls.xlsx", ("Borough", "Date of call", "Kind of call"), *calls)

    result = ask(path, means="nuisance")

    assert "1 of its texts may name somebody, and are not asked for." in result.out
    assert "Jane Doe" not in result.asked + result.out
    assert len(mapping_of(workspace).words["call_type"]) == 4


def write_wrong(path):
    """Forty calls of areas that nobody knows."""
    calls = [("North side", "14/07/2018", "noise") for _ in range(40)]
    return write_sheet(path, ("Where", "Date of call", "Type"), *calls)


def test_mapping_by_which_all_is_wrong_is_not_kept_unless_that_is_said(ask, workspace, tmp_path):
    result = ask(write_wrong(tmp_path / "calls.xlsx"), reported_for="Where")

    assert result.code == 1
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    (wrong,) = [line for line in lines if "not the code of an authority" in line]
    assert wrong.startswith("40 2 reported_for not the code of an authority write")
    assert "All rows are wrong as mapped" in result.out and "Nothing is written" in result.out
    assert "Keep the mapping all the same? [y/N]" in result.asked
    assert not (workspace.definitions / "mappings").exists()


def test_mapping_by_which_all_is_wrong_is_kept_when_that_is_said(ask, workspace, tmp_path):
    result = ask(write_wrong(tmp_path / "calls.xlsx"), reported_for="Where", Keep_the_mapping="y")

    assert result.code == 0
    assert mapping_of(workspace).columns["reported_for"] == ("Where",)
    assert "add" not in result.err and "put right in the mapping" in result.err
