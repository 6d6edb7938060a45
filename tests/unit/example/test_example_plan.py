"""The example's plan: about the years its documents tell of, invented, and with gaps to be found."""

from datetime import date

import pytest

from frankpledge.cli.documents import _example_workspace
from frankpledge.definition import definition_files
from frankpledge.example import example_plan
from frankpledge.indicators.definition import read_indicators
from frankpledge.plan.gaps import gaps_in
from frankpledge.plan.reading import read_plan
from frankpledge.plan.status import ActionStatus, status_of

ON = date(2019, 2, 15)


@pytest.fixture(scope="module")
def text():
    return example_plan()


@pytest.fixture(scope="module")
def plan(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def test_plan_is_harrows_five_years_earlier(plan):
    real = read_plan(definition_files("plans")["harrow-2023"])

    assert plan.invented and (plan.start, plan.end) == (date(2018, 4, 1), date(2021, 3, 31))
    assert set(plan.actions) == set(real.actions) and set(plan.objectives) == set(real.objectives)
    assert {one.baseline.text for one in plan.measures.values()} == {"2017"}
    assert all(date(2018, 4, 1) <= one.day <= ON for action in plan.actions.values() for one in action.updates)


def test_nothing_of_later_years_is_left(plan, text):
    assert not any(str(year) in text.partition("\n")[2] for year in (2022, 2023, 2024))
    assert all(one.evidence == () for one in plan.priorities)


def test_plan_that_was_written_in_is_not_written_over(tmp_path, text):
    workspace = _example_workspace(tmp_path / "example")
    assert workspace.plan.read_text(encoding="utf-8") == text

    workspace.plan.write_text("changed", encoding="utf-8")
    assert _example_workspace(tmp_path / "example").plan.read_text(encoding="utf-8") == "changed"


def test_every_status_can_be_seen(plan):
    assert {status_of(one, ON) for one in plan.actions.values()} == set(ActionStatus)


def test_gaps_are_left_to_be_found_and_every_indicator_is_known(plan):
    kinds = {one.kind for one in gaps_in(plan, read_indicators(), ON)}

    assert {"no target", "target to be set", "no owner", "no measure", "no action", "no funding"} <= kinds
    assert not {"unknown indicator", "unknown output"} & kinds
