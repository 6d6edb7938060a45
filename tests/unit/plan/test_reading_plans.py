"""Reading plan.yaml: values, and every slip with its line and the fix."""

from datetime import date

import pytest

from frankpledge.definition import definition_files
from frankpledge.errors import DefinitionError
from frankpledge.periods import parse_period
from frankpledge.plan.plan import State
from frankpledge.plan.reading import find_plan, read_plan
from tests.unit.plan.plans import PLAN, plan_with


def test_plan_is_read_whole(tmp_path):
    plan = plan_with(tmp_path)

    assert (plan.start, plan.end) == (date(2018, 4, 1), date(2021, 3, 31))
    assert plan.vision == ("A safe place.",) and plan.success[0].how == "Fewer burglaries."
    (priority,) = plan.priorities
    assert plan.measures_of(priority)[0].target.percent == 10
    assert plan.measures["burglary"].baseline == parse_period("2017")
    (action,) = plan.actions_of(priority)
    assert action.due == date(2019, 6, 30) and action.updates[0].state is State.UNDER_WAY
    assert plan.projects[0].pounds == 12_000 and plan.meetings[0].public
    assert plan.named_indicators == ("burglary", "idva-cases")
    assert not plan.invented and plan.refreshes[0].day == date(2019, 4, 2)
    assert PLAN.splitlines()[action.line - 1].strip() == "- slug: alerts"


def test_what_is_left_out_is_none_and_not_nought(tmp_path):
    plan = plan_with(tmp_path, {"    pounds: 12000\n": "", "    due: 2019-06-30\n": "", "    to: 2019-03-31\n": ""})

    assert plan.projects[0].pounds is None and plan.projects[0].end is None
    assert plan.actions["alerts"].due is None


def test_target_to_be_set_is_told_from_none(tmp_path):
    plan = plan_with(tmp_path, {"target: {percent: 10, by: 2018}": "target: to be set"})

    assert plan.measures["burglary"].to_be_set and plan.measures["burglary"].target is None


def test_updates_and_meetings_stand_in_the_order_of_their_days(tmp_path):
    later = "      - {date: 2019-02-01, state: done}\n      - {date: 2019-01-10, state: under way"
    plan = plan_with(tmp_path, {"      - {date: 2019-01-10, state: under way": later})

    assert [one.state for one in plan.actions["alerts"].updates] == [State.UNDER_WAY, State.DONE]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("objectives: [safe-homes]", "objectives: [safe-home]", r"line 20: “objectives” names “safe-home”.*safe-homes"),
        ("measures: [burglary]", "measures: [robbery]", "“measures” names “robbery”, which there is not"),
        ("actions: [alerts]", "actions: [alert]", "Did you mean alerts"),
        ("due: 2019-06-30", "due: soon", "line 35: “due” should be a day, such as 2023-04-01"),
        ("due: 2019-06-30", "due: 2019-06-30 10:00:00", "a day without a time"),
        ("due: 2019-06-30", "due: 2018-06-30", "due before it starts"),
        ("to: 2021-03-31", "to: 2017-03-31", "line 5: the plan ends before it begins"),
        ("state: under way", "state: doing", "Write one of: not started, under way, done, stopped"),
        ("wanted: lower", "wanted: less", "“wanted” is “less”"),
        ("{percent: 10, by: 2018}", "{percent: 10, value: 8, by: 2018}", "Write one of “percent”, “count” and “value”"),
        ("{percent: 10, by: 2018}", "{by: 2018}", "Write one of “percent”, “count” and “value”"),
        ("{percent: 10, by: 2018}", "{percent: -10, by: 2018}", "below nought"),
        ("{percent: 10, by: 2018}", "{percent: 10, by: 2017}", "begins before the baseline is over"),
        ("{percent: 10, by: 2018}", "{percent: 10, by: soon}", "“soon” is not a period"),
        ("{percent: 10, by: 2018}", "later", "Write one of: to be set"),
        ("    baseline: 2017\n", "", "needs something to change from"),
        ("of: public", "of: everybody", "Write one of: public, strategy group"),
        ("owner: Metropolitan", "ownr: Metropolitan", "“ownr” is not known here"),
        ("pounds: 12000", "pounds: many", "“pounds” should be a whole number"),
    ],
)
def test_slip_is_said_with_its_place(tmp_path, old, new, words):
    with pytest.raises(DefinitionError, match=words) as refused:
        plan_with(tmp_path, {old: new})

    assert str(refused.value).startswith("plan.yaml, line ")


def test_slug_that_stands_twice_is_refused(tmp_path):
    twice = "  - {slug: safe-homes, title: Again}\n  - {slug: safe-homes, title: Fewer"

    with pytest.raises(DefinitionError, match="“safe-homes” stands twice under “objectives”"):
        plan_with(tmp_path, {"  - {slug: safe-homes, title: Fewer": twice})


def test_workspace_without_a_plan_has_none(workspace):
    assert find_plan(workspace) is None

    workspace.plan.write_text(PLAN, encoding="utf-8")
    assert find_plan(workspace).title == "Safer Harrow's plan"


@pytest.mark.parametrize("slug", definition_files("plans"))
def test_packaged_plan_says_that_what_it_makes_up_is_invented(slug):
    plan = read_plan(definition_files("plans")[slug])

    assert plan.invented
    assert all(one.invented for one in plan.actions.values() if one.updates)
    assert len(plan.priorities) == 7 and len(plan.measures) == 26 and len(plan.actions) == 32
