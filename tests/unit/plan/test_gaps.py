"""The golden thread: each gap by a case, and none where nothing is lacking."""

from datetime import date

import pytest

from frankpledge.findings.wording import read_wording
from frankpledge.model.document import plain_text
from frankpledge.plan.gaps import gap_sentence, gaps_in
from tests.unit.plan.plans import PLAN, plan_with

KNOWN = ("burglary", "idva-cases")
ON = date(2019, 2, 15)


def sentences(plan, on=ON, known=KNOWN):
    wording = read_wording()
    return [plain_text(gap_sentence(wording, one)) for one in gaps_in(plan, known, on)]


def test_plan_without_gaps_has_none(tmp_path):
    assert sentences(plan_with(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("vision: A safe place.\n", "", "The plan “Safer Harrow's plan” does not say what it wants."),
        (
            "resources: [Officers' time.]\n",
            "",
            "The plan “Safer Harrow's plan” does not say how resources are allocated.",
        ),
        ("engagement: [A public meeting each autumn.]\n", "", "does not say how the public is asked."),
        ("    why: It is seen by everybody.\n", "", "Priority “Burglary” does not say why it was chosen."),
        ("    lead: Metropolitan Police Service\n", "", "Priority “Burglary” names no agency that leads on it."),
        ("    objectives: [safe-homes]\n", "", "Priority “Burglary” has no objective."),
        ("    objectives: [safe-homes]\n", "", "Objective “Fewer burglaries” belongs to no priority."),
        (", measures: [burglary]", "", "Objective “Fewer burglaries” has no measure."),
        (", measures: [burglary]", "", "Measure “Burglary” belongs to no objective."),
        (", actions: [alerts]", "", "Objective “Fewer burglaries” has no action."),
        (", actions: [alerts]", "", "Action “Send alerts” belongs to no objective."),
        (
            "indicator: burglary",
            "indicator: burglry",
            "Measure “Burglary” names the indicator “burglry”, which there is not.",
        ),
        ("indicator: burglary", "indicator: count", "Measure “Burglary” is given by no indicator"),
        ("    target: {percent: 10, by: 2018}\n", "", "Measure “Burglary” has no target."),
        (
            "target: {percent: 10, by: 2018}",
            "target: to be set",
            "Measure “Burglary” has a target that is still to be set.",
        ),
        ("    owner: Metropolitan Police Service\n", "", "Action “Send alerts” has no owner."),
        ("    due: 2019-06-30\n", "", "Action “Send alerts” has no due date."),
        ("date: 2019-01-10, state", "date: 2018-11-14, state", "“Send alerts” was last heard of on 14 November 2018"),
        (
            "      - {date: 2019-01-10, state: under way, note: Alerts go out by ward.}",
            "      []",
            "Action “Send alerts” was to be under way from 1 September 2018, and nothing has been said of it.",
        ),
        ("    outputs: [idva-cases]\n", "", "Project “Better locks” has no output that is counted."),
        (
            "outputs: [idva-cases]",
            "outputs: [locks]",
            "Project “Better locks” names the indicator “locks” as its output",
        ),
        ("    pounds: 12000\n", "", "Project “Better locks” does not say who pays, or how much."),
        (", attended: [Metropolitan Police Service]", "", "does not say which authorities sent somebody senior."),
        ("attended: [M", "absent: [Probation Service], attended: [M", "had nobody senior from Probation Service."),
        ("discussed: [Burglary], ", "", "Public meeting “15 November 2018” does not say what was discussed."),
    ],
)
def test_gap_is_told_with_its_place(tmp_path, old, new, sentence):
    assert any(sentence in one for one in sentences(plan_with(tmp_path, {old: new})))


def test_plan_without_success_or_priorities_says_so(tmp_path):
    short = PLAN.split("success:")[0]

    found = sentences(plan_with(tmp_path, text=short))

    assert len(found) == 2
    assert "measures success" in found[0] and "has no priority" in found[1]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2020, 4, 3), "has not been gone through since 2 April 2019, more than a year ago."),
        (date(2019, 11, 16), "tells of no public meeting in the year to 16 November 2019."),
        (date(2021, 4, 1), "ended on 31 March 2021."),
    ],
)
def test_what_is_too_long_ago(tmp_path, on, sentence):
    assert any(sentence in one for one in sentences(plan_with(tmp_path), on))
    assert not any(sentence in one for one in sentences(plan_with(tmp_path)))


def test_done_or_stopped_action_needs_no_day_and_no_news(tmp_path):
    for state in ("done", "stopped"):
        done = plan_with(
            tmp_path, {"    due: 2019-06-30\n": "", "2019-01-10, state: under way": f"2018-10-01, state: {state}"}
        )
        assert sentences(done) == []


def test_gap_knows_its_line(tmp_path):
    (gap,) = gaps_in(plan_with(tmp_path, {"    due: 2019-06-30\n": ""}), KNOWN, ON)

    assert PLAN.splitlines()[gap.line - 1].strip() == "- slug: alerts"
