"""What the plan has put first and why, and the objectives with what they are judged by."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.plan_readings import Told, sources_of, tell_measures
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Note, Paragraph, Table
from frankpledge.plan.plan import Objective, Plan, Priority
from frankpledge.plan.telling import baseline_of, target_words, unit_of


def no_plan(enquiry: Enquiry, title: str) -> list[Block]:
    """What stands in the place of every block of a plan where the partnership keeps none."""
    # A paragraph: a section that holds nothing but a note is left out, and this gap must be seen.
    return [Heading(1, title), Paragraph(enquiry.wording.sentence("plan", "none"))]


def made_up(enquiry: Enquiry) -> list[Block]:
    """That days, owners or states of the plan are invented, where they are."""
    invented = enquiry.plan is not None and enquiry.plan.invented
    return [Note("invented", enquiry.wording.sentence("plan", "invented"))] if invented else []


def priorities(enquiry: Enquiry) -> list[Block]:
    """Each priority of the plan: why it was chosen, what was seen then, and who leads on it."""
    plan, title = enquiry.plan, "Priorities"
    if plan is None:
        return no_plan(enquiry, title)
    vision: list[Block] = [Paragraph((words,)) for words in plan.vision]
    return [Heading(1, title), *vision, *(block for one in plan.priorities for block in _priority(enquiry, one))]


def _priority(enquiry: Enquiry, one: Priority) -> list[Block]:
    return [Heading(2, one.title), *reasons(enquiry, one)]


def reasons(enquiry: Enquiry, one: Priority) -> list[Block]:
    """Why a priority was chosen, who leads on it, and what was seen then."""
    blocks: list[Block] = []
    if one.why:
        blocks.append(Paragraph((one.why,)))
    if one.group:
        blocks.append(Paragraph(enquiry.wording.sentence("plan", "group", group=one.group)))
    if one.lead:
        blocks.append(Paragraph(enquiry.wording.sentence("plan", "led by", lead=one.lead)))
    if one.evidence:
        blocks += [
            Paragraph(enquiry.wording.sentence("plan", "evidence")),
            BulletList(tuple((words,) for words in one.evidence)),
        ]
    return blocks


def objectives(enquiry: Enquiry) -> list[Block]:
    """The objectives of each priority with their measures: where each began, and where it is to be."""
    plan, title = enquiry.plan, "Objectives"
    if plan is None:
        return no_plan(enquiry, title)
    tables: list[Block] = []
    for priority in plan.priorities:
        if priority.objectives:
            tables += [Heading(2, priority.title), _objective_table(enquiry, plan, priority)]
    return [Heading(1, title), *tables]


def _objective_table(enquiry: Enquiry, plan: Plan, priority: Priority) -> Table:
    told = tell_measures(enquiry, plan.measures_of(priority))
    return Table(
        slug=f"objectives-{priority.slug}",
        title=f"{priority.title}: objectives and measures",
        columns=(Column("Objective"), Column("Measure"), Column("Unit"), Column("Baseline", True), Column("Target")),
        rows=tuple(row for one in plan.objectives_of(priority) for row in _objective_rows(enquiry, one, told)),
        source=sources_of(enquiry, told),
    )


def _objective_rows(enquiry: Enquiry, one: Objective, told: list[Told]) -> list[tuple[Cell, ...]]:
    measured = [each for each in told if each.measure.slug in one.measures]
    if not measured:
        return [(one.title, enquiry.wording.word("plan_words", "no measure"), "", "", "")]
    return [
        (
            one.title,
            measure_title(enquiry, each),
            unit_of(enquiry.wording, each.measure, each.indicator),
            baseline_of(each.reading),
            target_words(enquiry.wording, each.measure),
        )
        for each in measured
    ]


def measure_title(enquiry: Enquiry, told: Told) -> str:
    """A measure's title, with its area where the partnership has several."""
    title = told.measure.title
    return f"{title}, {told.area_name}" if len(enquiry.partnership.areas) > 1 else title
