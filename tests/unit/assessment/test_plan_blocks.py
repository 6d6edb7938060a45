"""What documents tell of a plan, and that they say so where there is none."""

from dataclasses import replace

import pytest

from frankpledge.assessment.assess import make_document
from frankpledge.assessment.blocks import PLAN_BLOCKS
from frankpledge.assessment.definition import About, find_assessment
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.subject import Subject
from frankpledge.disclosure import Audience
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import BulletList, Heading, Note, Paragraph, Table, plain_text
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import parse_period
from frankpledge.plan.reading import find_plan
from tests.conftest import BARNET, HARROW, months_of
from tests.unit.plan.plans import PLAN, write_plan

MAKE_UP = f"""\
schema: 1
title: What the plan came to
subtitle: "{{period}}"
audience: board
headline: burglary
sections:
  - blocks: [{", ".join(PLAN_BLOCKS)}]
"""
MORE = """\
  - {slug: late, title: Fit lights, owner: The council, due: 2018-12-31}
  - slug: stopped
    title: Print leaflets
    due: 2018-12-31
    updates:
      - {date: 2018-10-01, state: stopped, note: Nobody read them.}
  - slug: doubtful
    title: Count doors
    due: 2019-12-31
    updates:
      - {date: 2019-01-20, state: under way, at_risk: true, decision: Which doors count.}
projects:
"""
IN_BETWEEN = "actions: [alerts, late, stopped, doubtful]"


@pytest.fixture(scope="module")
def plan_place(place, built):
    workspace, files = place
    rows = [("BURGLARY", "DOMESTIC BURGLARY", name, [100] * 12 + [60] * 12) for name in ("Harrow", "Barnet", "Brent")]
    rows += [("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", name, 5) for name in ("Harrow", "Barnet", "Brent")]
    warehouse = built(workspace, files.boroughs(months=months_of("2017", "2018"), rows=rows), files.population())
    folder = workspace.definitions / "assessments"
    folder.mkdir()
    (folder / "plan-came-to.yaml").write_text(MAKE_UP, encoding="utf-8")
    return workspace, warehouse


@pytest.fixture(scope="module")
def written(plan_place):
    """The document as it is made of whatever plan there is, without writing it in any format."""
    workspace, warehouse = plan_place

    def make(**partnership):
        plan = find_plan(workspace)
        return make_document(
            Enquiry(
                workspace=workspace,
                warehouse=warehouse,
                partnership=replace(workspace.partnership(), **partnership),
                definition=find_assessment("plan-came-to", workspace.definitions),
                subject=Subject(About.PARTNERSHIP, "", "Safer Harrow"),
                indicators={"burglary": find_indicator("burglary")},
                profiled={},
                wording=read_wording(),
                period=parse_period("2018"),
                pinned={},
                prepared="2019-02-15",
                audience=Audience.BOARD,
                plan=plan,
                planned={slug: find_indicator(slug) for slug in plan.named_indicators} if plan else {},
            )
        )

    return make


@pytest.fixture(scope="module")
def document(plan_place, written):
    workspace, _ = plan_place
    write_plan(workspace.folder, swap={"projects:\n": MORE, "actions: [alerts]": IN_BETWEEN})
    return written()


def under(document, title):
    """The blocks below a heading of the first level."""
    at = [place for place, one in enumerate(document.blocks) if isinstance(one, Heading) and one.level == 1]
    ends = dict(zip(at, [*at[1:], len(document.blocks)], strict=True))
    start = next(place for place in at if document.blocks[place].text == title)
    return document.blocks[start + 1 : ends[start]]


def text(blocks):
    said = []
    for one in blocks:
        if isinstance(one, Paragraph | Note):
            said.append(plain_text(one.runs))
        elif isinstance(one, BulletList):
            said += map(plain_text, one.items)
        elif isinstance(one, Table):
            said += [" | ".join(plain_text((cell,)) for cell in row) for row in one.rows]
    return "\n".join(said)


def test_every_block_has_a_section(document):
    assert len([one for one in document.blocks if isinstance(one, Heading) and one.level == 1]) == len(PLAN_BLOCKS)


def test_priorities_say_why_and_who_leads(document):
    said = text(under(document, "Priorities"))

    assert "A safe place." in said and "It is seen by everybody." in said
    assert "Burglary is higher in winter." in said and "Led by: Metropolitan Police Service." in said


def test_objectives_stand_with_baseline_and_target(document):
    (table,) = [one for one in under(document, "Objectives") if isinstance(one, Table)]

    ((objective, measure, unit, baseline, target),) = table.rows
    assert (objective, measure, unit) == ("Fewer burglaries", "Burglary", "per 1,000 residents")
    assert isinstance(baseline, Figure) and baseline.text == "5.04" and target == "10% lower by 2018"
    assert table.source == "Recorded crime by borough, release 2018-12."


def test_measures_are_read_and_the_target_is_a_figure(document):
    blocks = under(document, "Measures")

    assert "Target met" in text(blocks)
    (items,) = [one for one in blocks if isinstance(one, BulletList)]
    target = next(run for run in items.items[0] if isinstance(run, Figure) and run.measure is Measure.TARGET)
    assert target.text == "4.54" and target.against == "−10%"
    assert "Burglary in Harrow fell by 480" in text(blocks)


def test_measure_is_told_for_each_of_several_areas(plan_place, written):
    write_plan(plan_place[0].folder)

    both = under(written(areas=(HARROW, BARNET)), "Measures")

    (table,) = [one for one in both if isinstance(one, Table)]
    assert [row[0] for row in table.rows] == ["Burglary, Harrow", "Burglary, Barnet"]
    assert {row[-1] for row in table.rows} == {"Target met"}


def test_actions_stand_by_status(document):
    delivery, status = text(under(document, "Delivery plan")), text(under(document, "How the actions stand"))

    assert (
        "Send alerts | Metropolitan Police Service | 30\N{NO-BREAK SPACE}June 2019 | On track | 10 January 2019: Alerts"
        in delivery
    )
    assert "All actions | 0 | 1 | 1 | 1 | 0 | 1" in status
    assert "Fit lights (The council): due on 31 December 2018, and not done." in status
    assert "Count doors (no owner): its owner doubts that it will be done in time." in status


def test_decisions_and_what_was_stopped_are_told(document):
    assert "Count doors (no owner), asked on 20 January 2019: Which doors count." in text(
        under(document, "Decisions needed")
    )
    carried_out = text(under(document, "How far the plan was carried out"))
    assert "of its 4 actions: done 0, late 1, stopped 1, all others 2." in carried_out
    assert "Print leaflets (1 October 2018). Nobody read them." in carried_out


def test_account_of_money_success_and_the_public(document):
    assert "1 of 1 projects say what they cost: 12,000 pounds together." in text(under(document, "Resources"))
    assert "Metropolitan Police Service: Fewer burglaries." in text(under(document, "How success is measured"))
    assert "15 November 2018 | Burglary | Metropolitan Police Service" in text(
        under(document, "How the public is asked")
    )
    projects = text(under(document, "Projects"))
    assert "Better locks | A charity | The council | 12,000 | from 1 April 2018 to 31 March 2019" in projects
    assert "nothing is held for 2018" in projects


def test_gaps_stand_by_place(document):
    said = text(under(document, "Gaps in the plan"))

    assert "Count doors | action | has no owner" in said
    assert "Fit lights | action | was to be under way from 1 April 2018, and nothing has been said of it" in said


def test_refresh_that_is_yet_to_come_is_not_told(document):
    assert "has not been refreshed since" in text(under(document, "How the plan was refreshed"))


def test_document_without_a_plan_says_so(document, plan_place, written):
    plan_place[0].plan.unlink(missing_ok=True)

    blocks = written().blocks

    notes = [one for one in blocks if isinstance(one, Paragraph)]
    assert len(notes) == len(PLAN_BLOCKS)
    assert {plain_text(one.runs) for one in notes} == {plain_text(notes[0].runs)}
    assert "keeps no plan.yaml" in plain_text(notes[0].runs)


def test_invented_plan_makes_the_document_say_so(document, plan_place, written):
    write_plan(plan_place[0].folder, PLAN + "invented: true\n")

    invented = written()

    assert invented.invented and not document.invented
    notes = [one for one in under(invented, "Delivery plan") if isinstance(one, Note)]
    assert [one.kind for one in notes] == ["invented"]
