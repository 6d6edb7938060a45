"""The command that shows the plan, as a person runs it."""

import pytest

from tests.conftest import build_quietly, months_of
from tests.unit.plan.plans import PLAN, write_plan


@pytest.fixture(scope="module")
def plan_place(place):
    workspace, files = place
    rows = [("BURGLARY", "DOMESTIC BURGLARY", name, [100] * 12 + [60] * 12) for name in ("Harrow", "Barnet", "Brent")]
    rows += [("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", name, 5) for name in ("Harrow", "Barnet", "Brent")]
    build_quietly(workspace, files.boroughs(months=months_of("2017", "2018"), rows=rows), files.population())
    return workspace


def test_plan_is_shown_with_readings_and_statuses(command, plan_place):
    write_plan(plan_place.folder)

    said = command("plan", "--on", "2019-02-15", "--year", "2018", folder=plan_place.folder)

    assert said.code == 0
    assert "Safer Harrow's plan, 1: 1 April 2018 to 31 March 2021" in said.out
    assert "Burglary (high volume)\n  Fewer burglaries" in said.out
    assert "Target met" in said.out and "On track" in said.out
    assert "No gap was found on 15 February 2019" in said.out


def test_plan_is_shown_without_a_warehouse_and_says_how_to_read_measures(command, workspace):
    write_plan(workspace.folder)

    said = command("plan", "--on", "2019-02-15", folder=workspace.folder)

    assert said.code == 0 and "Send alerts" in said.out and "Target met" not in said.out
    assert "give a year or a period" in said.err


def test_check_ends_with_one_where_there_is_a_gap_and_says_its_line(command, workspace):
    write_plan(workspace.folder, swap={"    due: 2019-06-30\n": ""})

    said = command("plan", "--check", "--on", "2019-02-15", folder=workspace.folder)

    assert said.code == 1
    assert "Action “Send alerts” has no due date." in said.out and "Fewer burglaries" not in said.out
    line = str(PLAN.splitlines().index("  - slug: alerts") + 1)
    assert any(row.split()[:1] == [line] for row in said.out.splitlines())


def test_check_of_a_whole_plan_ends_well(command, workspace):
    write_plan(workspace.folder)

    said = command("plan", "--check", "--on", "2019-02-15", folder=workspace.folder)

    assert said.code == 0 and said.err == ""


def test_workspace_without_a_plan_is_told_what_to_do(command, workspace):
    said = command("plan", folder=workspace.folder)

    assert said.code == 1 and "There is no plan.yaml" in said.err and "Write one beside partnership.yaml" in said.err


def test_area_that_is_not_the_partnerships_own_is_refused(command, plan_place):
    write_plan(plan_place.folder)

    said = command("plan", "--year", "2018", "--area", "Barnet", folder=plan_place.folder)

    assert said.code == 1 and "Barnet is not one of Safer Harrow's own areas." in said.err
