"""Each measure of the plan: where it is, where it was, where it is to be, and what may be said of that."""

from __future__ import annotations

from frankpledge.assessment.blocks.plan_priorities import measure_title, no_plan
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.plan_readings import Told, sources_of, tell_measures
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.plan.plan import Priority
from frankpledge.plan.telling import baseline_of, because, now_of, target_words, unit_of


def measures(enquiry: Enquiry) -> list[Block]:
    """The measures of each priority, read against baseline and target, and why each is read as it is."""
    plan, title = enquiry.plan, "Measures"
    if plan is None:
        return no_plan(enquiry, title)
    blocks: list[Block] = [Heading(1, title), Paragraph(enquiry.wording.sentence("plan", "how read"))]
    for priority in plan.priorities:
        told = tell_measures(enquiry, plan.measures_of(priority))
        if told:
            blocks += [
                Heading(2, priority.title),
                measure_table(enquiry, priority, told),
                Paragraph(enquiry.wording.sentence("plan", "why read")),
                BulletList(tuple(why(enquiry, one) for one in told)),
            ]
    return blocks


def measure_table(enquiry: Enquiry, priority: Priority, told: list[Told]) -> Table:
    """The measures of a priority, each read."""
    return Table(
        slug=f"measures-{priority.slug}",
        title=f"{priority.title}: measures, {enquiry.period.words()}",
        columns=(
            Column("Measure"),
            Column("Unit"),
            Column("Wanted"),
            Column("Baseline period"),
            Column("Baseline", True),
            Column("Now", True),
            Column("Target"),
            Column("Reading"),
        ),
        rows=tuple(_measure_row(enquiry, one) for one in told),
        source=sources_of(enquiry, told),
    )


def _measure_row(enquiry: Enquiry, one: Told) -> tuple[Cell, ...]:
    word, measure = enquiry.wording.word, one.measure
    return (
        measure_title(enquiry, one),
        unit_of(enquiry.wording, measure, one.indicator),
        word("plan_ways", measure.wanted),
        (measure.baseline or enquiry.before).words(),
        baseline_of(one.reading) or word("plan_words", "not held"),
        now_of(one.reading) or word("plan_words", "not held"),
        target_words(enquiry.wording, measure),
        word("plan_readings", one.reading.reading),
    )


def why(enquiry: Enquiry, one: Told) -> Runs:
    """Why a measure is read as it is: its change, its months, its target."""
    title = measure_title(enquiry, one)
    said = because(enquiry.wording, one.reading, one.indicator, title=title, on=enquiry.period)
    return tuple(run for sentence in said for run in (*sentence, " "))[:-1]
