"""The plan priority by priority: why, what is wanted, where its measures are, and what is done about it."""

from __future__ import annotations

from frankpledge.assessment.blocks.plan_delivery import actions_table
from frankpledge.assessment.blocks.plan_measures import measure_table, why
from frankpledge.assessment.blocks.plan_priorities import no_plan, reasons
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.plan_readings import tell_measures
from frankpledge.model.document import Block, BulletList, Heading
from frankpledge.plan.plan import Plan, Priority


def chapters(enquiry: Enquiry) -> list[Block]:
    """A section for each priority: why it was chosen, its objectives, its measures read, and its actions."""
    if enquiry.plan is None:
        return no_plan(enquiry, "Priorities")
    return [block for one in enquiry.plan.priorities for block in _chapter(enquiry, enquiry.plan, one)]


def _chapter(enquiry: Enquiry, plan: Plan, priority: Priority) -> list[Block]:
    objectives = tuple((one.title,) for one in plan.objectives_of(priority))
    blocks: list[Block] = [Heading(1, priority.title), *reasons(enquiry, priority)]
    if objectives:
        blocks += [Heading(2, "What is wanted"), BulletList(objectives)]
    told = tell_measures(enquiry, plan.measures_of(priority))
    if told:
        blocks += [
            Heading(2, "Where it stands"),
            measure_table(enquiry, priority, told),
            BulletList(tuple(why(enquiry, one) for one in told)),
        ]
    if plan.actions_of(priority):
        blocks += [Heading(2, "What is done about it"), actions_table(enquiry, plan, priority)]
    return blocks
