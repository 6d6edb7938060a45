"""What became of the plan's actions: how each stands on the day the document is made, and what waits for a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from frankpledge.assessment.blocks.plan_measures import why
from frankpledge.assessment.blocks.plan_priorities import made_up, no_plan
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.plan_readings import Told, day_of, plan_source, tell_measures
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.plan.gaps import day_words
from frankpledge.plan.measuring import Reading
from frankpledge.plan.plan import Action, Plan, Priority
from frankpledge.plan.status import ActionStatus, last_update, risk_of, status_of


def delivery_table(enquiry: Enquiry) -> list[Block]:
    """The actions of each priority: who answers for each, by when, how it stands, and what was last said of it."""
    plan, title = enquiry.plan, "Delivery plan"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    stands = enquiry.wording.sentence("plan", "stands", day=day_words(on))
    blocks: list[Block] = [Heading(1, title), *made_up(enquiry), Paragraph(stands)]
    for priority in plan.priorities:
        if plan.actions_of(priority):
            blocks += [Heading(2, priority.title), actions_table(enquiry, plan, priority)]
    return blocks


def actions_table(enquiry: Enquiry, plan: Plan, priority: Priority) -> Table:
    """The actions of a priority, as they stand on the day the document is made."""
    return Table(
        slug=f"delivery-{priority.slug}",
        title=f"{priority.title}: actions",
        columns=(Column("Action"), Column("Owner"), Column("Due"), Column("Status"), Column("Last said")),
        rows=tuple(_action_row(enquiry, one, day_of(enquiry)) for one in plan.actions_of(priority)),
        source=plan_source(enquiry),
    )


def _action_row(enquiry: Enquiry, one: Action, on: date) -> tuple[Cell, ...]:
    word = enquiry.wording.word
    update = last_update(one, on)
    return (
        one.title,
        one.owner or word("plan_words", "not named"),
        # A day is broken before its year only.
        day_words(one.due).replace(" ", "\N{NO-BREAK SPACE}", 1) if one.due else word("plan_words", "not set"),
        word("plan_statuses", status_of(one, on)),
        f"{day_words(update.day)}: {update.note}" if update else word("plan_words", "nothing said"),
    )


def action_status(enquiry: Enquiry) -> list[Block]:
    """How many actions of each priority are done, on track, at risk, late; and which are late or at risk, and why."""
    plan, title = enquiry.plan, "How the actions stand"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    actions = list(plan.actions.values())
    late = [one for one in actions if status_of(one, on) is ActionStatus.LATE]
    risky = [one for one in actions if status_of(one, on) is ActionStatus.AT_RISK]
    return [
        Heading(1, title),
        *made_up(enquiry),
        Paragraph(enquiry.wording.sentence("plan", "stands", day=day_words(on))),
        _status_table(enquiry, plan, on),
        *_listed(enquiry.wording.word("plan_statuses", "late"), [_late_item(enquiry, one) for one in late]),
        *_listed(enquiry.wording.word("plan_statuses", "at risk"), [_risk_item(enquiry, one, on) for one in risky]),
    ]


def _listed(title: str, items: Iterable[Runs]) -> list[Block]:
    held = tuple(items)
    return [Heading(2, title), BulletList(held)] if held else []


def _status_table(enquiry: Enquiry, plan: Plan, on: date) -> Table:
    word = enquiry.wording.word
    rows = [_count_row(one.title, plan.actions_of(one), on) for one in plan.priorities]
    rows.append(_count_row(word("plan_words", "altogether"), plan.actions.values(), on))
    return Table(
        slug="action-status",
        title="Actions by status",
        columns=(Column("Priority"), *(Column(word("plan_statuses", one), True) for one in ActionStatus)),
        rows=tuple(rows),
        source=plan_source(enquiry),
        notes=(enquiry.wording.sentence("plan", "each once"),),
        emphasis=len(rows) - 1,
    )


def _count_row(title: str, actions: Iterable[Action], on: date) -> tuple[str, ...]:
    counted = Counter(status_of(one, on) for one in actions)
    return (title, *(str(counted[one]) for one in ActionStatus))


def _late_item(enquiry: Enquiry, one: Action) -> Runs:
    assert one.due is not None
    return enquiry.wording.sentence(
        "plan", "is late", action=one.title, owner=_owner(enquiry, one), day=day_words(one.due)
    )


def _risk_item(enquiry: Enquiry, one: Action, on: date) -> Runs:
    risk = risk_of(one, on)
    assert risk is not None
    why = enquiry.wording.word("plan_risks", risk)
    return enquiry.wording.sentence("plan", "is at risk", action=one.title, owner=_owner(enquiry, one), why=why)


def _owner(enquiry: Enquiry, one: Action) -> str:
    return one.owner or enquiry.wording.word("plan_words", "no owner")


def decisions_needed(enquiry: Enquiry) -> list[Block]:
    """What the strategy group has to decide before an action can go on."""
    plan, title = enquiry.plan, "Decisions needed"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    items = [item for one in plan.actions.values() for item in _decision(enquiry, one, on)]
    if not items:
        return [Heading(1, title), Paragraph(enquiry.wording.sentence("plan", "no decision", day=day_words(on)))]
    return [Heading(1, title), BulletList(tuple(items))]


def _decision(enquiry: Enquiry, one: Action, on: date) -> list[Runs]:
    update = last_update(one, on)
    if update is None or not update.decision or status_of(one, on) in (ActionStatus.DONE, ActionStatus.STOPPED):
        return []
    fillings = {"action": one.title, "owner": _owner(enquiry, one), "day": day_words(update.day)}
    return [enquiry.wording.sentence("plan", "decision", decision=update.decision.rstrip("."), **fillings)]


def last_plan(enquiry: Enquiry) -> list[Block]:
    """How far the plan was carried out, as SI 2007/1830 (regulations 5 to 7) has every strategic assessment say."""
    plan, title = enquiry.plan, "How far the plan was carried out"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    told = tell_measures(enquiry, plan.measures.values())
    stopped = [one for one in plan.actions.values() if status_of(one, on) is ActionStatus.STOPPED]
    worse = [one for one in told if one.reading.reading is Reading.OTHER_WAY]
    return [
        Heading(1, title),
        *made_up(enquiry),
        Paragraph(_carried_out(enquiry, plan, on)),
        _carried_out_table(enquiry, plan, told, on),
        *_listed("What was stopped", [_stopped_item(one, on) for one in stopped]),
        *_listed("What moved the other way", [why(enquiry, one) for one in worse]),
    ]


# What the sentence on a plan's actions counts by name.
_TOLD = (ActionStatus.DONE, ActionStatus.LATE, ActionStatus.STOPPED)


def _carried_out(enquiry: Enquiry, plan: Plan, on: date) -> Runs:
    counted = Counter(status_of(one, on) for one in plan.actions.values())
    return enquiry.wording.sentence(
        "plan",
        "carried out",
        title=plan.title,
        start=day_words(plan.start),
        end=day_words(plan.end),
        day=day_words(on),
        actions=str(len(plan.actions)),
        done=str(counted[ActionStatus.DONE]),
        late=str(counted[ActionStatus.LATE]),
        stopped=str(counted[ActionStatus.STOPPED]),
        others=str(len(plan.actions) - sum(counted[one] for one in _TOLD)),
    )


def _carried_out_table(enquiry: Enquiry, plan: Plan, told: list[Told], on: date) -> Table:
    rows = []
    for priority in plan.priorities:
        actions = Counter(status_of(one, on) for one in plan.actions_of(priority))
        slugs = {one.slug for one in plan.measures_of(priority)}
        readings = Counter(one.reading.reading for one in told if one.measure.slug in slugs)
        rows.append(
            (
                priority.title,
                f"{actions[ActionStatus.DONE]} of {actions.total()}",
                *(str(readings[one]) for one in Reading),
            )
        )
    return Table(
        slug="carried-out",
        title=f"The plan's actions, and its measures in {enquiry.period.words()}",
        columns=(
            Column("Priority"),
            Column("Actions done", True),
            *(Column(enquiry.wording.word("plan_readings", one), True, "Measures") for one in Reading),
        ),
        rows=tuple(rows),
        source=plan_source(enquiry),
        notes=(enquiry.wording.sentence("plan", "each once"),),
    )


def _stopped_item(one: Action, on: date) -> Runs:
    update = last_update(one, on)
    assert update is not None
    return (f"{one.title} ({day_words(update.day)}). {update.note}".strip(),)
