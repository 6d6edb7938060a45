"""A document checked against the example's own figures: where they differ it is told, and what is right is not."""

import subprocess
import sys

import pytest

from frankpledge.claims.checking import check
from frankpledge.claims.evidence import Evidence, evidence_rule
from frankpledge.claims.objections import Kind
from frankpledge.claims.reading import read_published
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import find_workspace


@pytest.fixture(scope="module")
def held(demo):
    """Burglaries of the example's own area in 2018."""
    workspace = find_workspace(demo)
    warehouse = open_warehouse(workspace)
    area = workspace.partnership().areas[0]
    answer = compute(
        warehouse, find_indicator("burglary"), AreaKind.AUTHORITY, [area], [parse_period("2018")], pinned={}
    )
    warehouse.close()
    return answer.estimates[0]


def checked(demo, folder, text):
    path = folder / "strategy.md"
    path.write_text(text, encoding="utf-8")
    evidence = Evidence(find_workspace(demo))
    try:
        return check(read_published(path), more=[evidence_rule(evidence)])
    finally:
        evidence.close()


def told(held, count, more=""):
    return f"## Burglary in {held.area_name}\n\nIn 2018 there were {count:,} burglaries in {held.area_name}.{more}\n"


def test_what_the_workspace_holds_too_is_not_objected_to(demo, held, tmp_path):
    found = checked(demo, tmp_path, told(held, held.numerator))

    assert found.objections == ()
    assert found.tested == 1


def test_a_difference_is_advice_with_dataset_and_release(demo, held, tmp_path):
    found = checked(demo, tmp_path, told(held, held.numerator + 7))

    assert [one.kind for one in found.objections] == [Kind.ADVICE]
    words = found.objections[0].arithmetic
    assert f"{held.numerator:,}" in words
    assert held.series.dataset in words and held.series.release in words


def test_a_difference_from_the_very_release_is_an_error(demo, held, tmp_path):
    source = f" Source: {held.series.dataset}, {held.series.release}."

    found = checked(demo, tmp_path, told(held, held.numerator + 7, source))

    assert [one.rule for one in found.errors] == ["evidence"]


def test_what_is_further_off_is_taken_to_be_of_something_else(demo, held, tmp_path):
    assert checked(demo, tmp_path, told(held, 3 * held.numerator)).objections == ()


def test_a_table_of_areas_is_tested_cell_by_cell(demo, held, tmp_path):
    rows = f"| {held.area_name} | {held.numerator + 7:,} |\n| Nowhere | 100 |"

    found = checked(demo, tmp_path, f"## Burglary\n\n| Area | 2018 |\n|---|---|\n{rows}\n")

    assert [(one.rule, one.place.row, one.place.column) for one in found.objections] == [("evidence", 2, 2)]


def test_the_command_takes_the_folder_and_ends_well_on_advice(demo, held, tmp_path):
    (tmp_path / "strategy.md").write_text(told(held, held.numerator + 7), encoding="utf-8")
    command = [sys.executable, "-m", "frankpledge", "check", "strategy.md", "--against", str(demo)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert "Against the workspace’s figures (advice)" in done.stdout


def test_a_folder_that_is_no_workspace_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "strategy.md").write_text("# Burglary\n", encoding="utf-8")
    command = [sys.executable, "-m", "frankpledge", "check", "strategy.md", "--against", str(tmp_path)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 1
    assert "is not in a workspace" in done.stderr
    assert "Traceback" not in done.stderr


def test_our_own_assessment_agrees_with_its_workspace(demo):
    evidence = Evidence(find_workspace(demo))
    try:
        found = check(
            read_published(demo / "output" / "strategic-assessment-2018.html"), more=[evidence_rule(evidence)]
        )
    finally:
        evidence.close()

    assert [(one.figures, one.arithmetic) for one in found.objections if one.rule == "evidence"] == []
