"""What goes wrong is said in a sentence, without a traceback, and with an exit code that is not nought."""

import re
import subprocess
import sys

import pytest

from frankpledge.definition import PACKAGED
from tests.conftest import build_quietly

WORDS = {
    "outside a workspace": (["build"], "is not in a workspace", "frankpledge init"),
    "no such command": (["biuld"], "No such command", ""),
    "no such option": (["build", "--fast"], "No such option", ""),
    "no argument": (["show"], "Missing argument", ""),
    "workspace that is not there": (["--workspace", "absent", "build"], "absent", ""),
}


@pytest.mark.parametrize("case", WORDS)
def test_command_that_cannot_begin(command, tmp_path, case):
    arguments, happened, to_do = WORDS[case]

    result = command(*arguments, folder=tmp_path)

    check(result, happened, to_do)


IN_WORKSPACE = {
    "nothing added": (["build"], "There is nothing to build from.", "frankpledge add"),
    "nothing built": (["quality"], "Nothing has been built here yet.", "frankpledge build"),
    "file that is not there": (["add", "absent.csv"], "absent.csv is not there.", "Check the name"),
    "no period": (["show", "burglary"], "Which period?", "--year 2018"),
    "two periods": (["show", "burglary", "--year", "2018", "--period", "2018-Q1"], "Which period?", "--year 2018"),
    "no such period": (["show", "burglary", "--period", "2018-Q5"], "“2018-Q5” is not a period.", "2018-Q1"),
    "no such indicator": (["show", "buglary", "--year", "2018"], "There is no indicator “buglary”.", "burglary"),
    "pin without release": (
        ["assess", "--year", "2018", "--pin", "mps"],
        "“mps” is not DATASET=RELEASE.",
        "--pin mps-borough",
    ),
    "no such day": (["assess", "--year", "2018", "--prepared", "31-12-2018"], "31-12-2018", ""),
    "no such kind of area": (["show", "burglary", "--by", "county", "--year", "2018"], "county", ""),
    "no such figure": (["explain", "F-7K3Q"], "No edition here has a figure F-7K3Q.", "output/csv/figures.csv"),
    "workspace made again": (["init", "."], "is a workspace already.", "partnership.yaml"),
}


@pytest.mark.parametrize("case", IN_WORKSPACE)
def test_command_in_a_workspace_that_cannot_be_done(command, workspace, case):
    arguments, happened, to_do = IN_WORKSPACE[case]

    result = command(*arguments, folder=workspace.folder)

    check(result, happened, to_do)


def check(result, happened, to_do):
    assert result.code not in (0, None)
    assert result.out == ""
    assert happened in result.err
    assert to_do in result.err
    assert "Traceback" not in result.err


def test_definition_with_a_mistake_names_its_file_and_line(command, workspace):
    (workspace.folder / "partnership.yaml").write_text("schema: 1\nname: x\nareas: [E09000015]\ncolor: red\n")

    result = command("show", "burglary", "--year", "2018", folder=workspace.folder)

    check(result, "partnership.yaml, line 4: “color” is not known here.", "colour")


def test_period_that_no_file_covers_is_said(command, workspace, files):
    build_quietly(workspace, files.boroughs())

    result = command("--quiet", "assess", "--year", "1999", folder=workspace.folder)

    check(result, "Nothing is held for Safer Harrow as a whole in 1999.", "frankpledge sources")
    assert not workspace.output.exists()


def test_wards_that_nobody_knows_are_said(command, workspace, files):
    build_quietly(workspace, files.boroughs())

    result = command("show", "burglary", "--by", "ward", "--year", "2018", folder=workspace.folder)

    check(result, "No ward of Safer Harrow is known here.", "counts by ward")


def test_full_disk_is_said(command, workspace, files, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "raw")

    monkeypatch.setattr("shutil.copyfile", full)

    result = command("add", files.boroughs(), folder=workspace.folder)

    assert result.code == 1
    assert re.fullmatch(
        r"The disk is full: [0-9,]+ MB are free where .* lies\. boroughs\.csv was not taken; what was added before it "
        r"is kept\.\nMake room there, or move the whole workspace to a larger disk, and run the same command again\.\n",
        result.err,
    )


def test_what_the_computer_does_not_allow_is_said(command, workspace, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied", "warehouse")

    monkeypatch.setattr("frankpledge.cli.files.build", denied)

    result = command("build", folder=workspace.folder)

    assert result.code == 74
    assert result.err == "The computer would not allow it: Permission denied (warehouse).\n"


def test_stopped_by_the_person(command, workspace, files, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("frankpledge.cli.files.add_files", stopped)

    result = command("add", files.boroughs(), folder=workspace.folder)

    assert (result.code, result.err.strip()) == (130, "Stopped. Nothing that was finished is lost.")


def test_real_process_without_a_traceback(tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "frankpledge", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert result.stdout == ""
    assert "is not in a workspace" in result.stderr
    assert "Traceback" not in result.stderr


def test_real_process_whose_reader_goes_away(tmp_path):
    result = subprocess.run(
        f"{sys.executable} -m frankpledge --help | head -1", shell=True, capture_output=True, text=True, check=False
    )

    assert result.stdout.startswith("Usage:")
    assert result.stderr == ""


def test_pin_to_what_is_not_held_is_named(command, workspace, files):
    build_quietly(workspace, files.boroughs())

    for arguments in (["show", "burglary"], ["assess"]):
        result = command(*arguments, "--period", "2018-01", "--pin", "mps-borough=1999-12", folder=workspace.folder)

        check(result, "The pin mps-borough=1999-12 names what is not held here.", "2018-01")


def test_misspelt_block_is_named(command, workspace, files):
    folder = workspace.definitions / "assessments"
    folder.mkdir()
    text = (PACKAGED / "assessments" / "strategic-assessment.yaml").read_text(encoding="utf-8")
    (folder / "strategic-assessment.yaml").write_text(text.replace("at-a-glance", "at-a-glimpse"), encoding="utf-8")
    build_quietly(workspace, files.boroughs())

    result = command("assess", "--period", "2018-01", folder=workspace.folder)

    check(result, "names a block “at-a-glimpse”, which there is not.", "at-a-glance")
