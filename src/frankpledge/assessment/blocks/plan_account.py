"""What the law has a plan say of itself: resources, success, engagement, refreshes, projects; and where it has gaps."""

from __future__ import annotations

from datetime import date

from frankpledge.assessment.blocks.plan_priorities import no_plan
from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.plan_readings import day_of, plan_source
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.plan.gaps import Gap, day_words, gap_sentence, gaps_in, lacking
from frankpledge.plan.plan import Meeting, Plan
from frankpledge.plan.telling import figure_of


def resources(enquiry: Enquiry) -> list[Block]:
    """How resources are allocated, and what the projects that say so cost."""
    plan, title = enquiry.plan, "Resources"
    if plan is None:
        return no_plan(enquiry, title)
    paid = [one.pounds for one in plan.projects if one.pounds is not None]
    money = enquiry.wording.sentence(
        "plan",
        "money",
        pounds=f"{sum(paid):,}",
        paid=str(len(paid)),
        projects=str(len(plan.projects)),
    )
    return [
        Heading(1, title),
        *_paragraphs(enquiry, plan.resources, "no resources"),
        *([Paragraph(money)] if paid else []),
    ]


def _paragraphs(enquiry: Enquiry, said: tuple[str, ...], gap: str) -> list[Block]:
    """What the plan says, or that it says nothing."""
    assert enquiry.plan is not None
    if not said:
        return [Paragraph(gap_sentence(enquiry.wording, Gap(gap, "plan", enquiry.plan.title)))]
    return [Paragraph((words,)) for words in said]


def success(enquiry: Enquiry) -> list[Block]:
    """How each authority measures success, as SI 2007/1830 (regulations 10 and 11) has the plan say."""
    plan, title = enquiry.plan, "How success is measured"
    if plan is None:
        return no_plan(enquiry, title)
    if not plan.success:
        return [Heading(1, title), *_paragraphs(enquiry, (), "no success")]
    said = [one.authority for one in plan.success]
    silent = [one for one in enquiry.partnership.authorities if one not in said]
    words = enquiry.wording.sentence("plan", "success not said", authorities=sentence_list(silent)) if silent else ()
    return [
        Heading(1, title),
        BulletList(tuple((f"{one.authority}: {one.how}",) for one in plan.success)),
        *([Paragraph(words)] if words else []),
    ]


def engagement(enquiry: Enquiry) -> list[Block]:
    """How the public is asked, and the public meetings that were held: when, who was there, what was discussed."""
    plan, title = enquiry.plan, "How the public is asked"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    held = [one for one in plan.meetings if one.public and one.day <= on]
    gaps = [one for one in gaps_in(plan, (), on) if one.kind == "no public meeting"]
    return [
        Heading(1, title),
        *_paragraphs(enquiry, plan.engagement, "no engagement"),
        *([_meeting_table(enquiry, held)] if held else []),
        *(Paragraph(gap_sentence(enquiry.wording, one)) for one in gaps),
    ]


def _meeting_table(enquiry: Enquiry, held: list[Meeting]) -> Table:
    nobody = enquiry.wording.word("plan_words", "not said")
    return Table(
        slug="public-meetings",
        title="Public meetings",
        columns=(
            Column("Day"),
            Column("What was discussed"),
            Column("Somebody senior from"),
            Column("Nobody senior from"),
        ),
        rows=tuple(
            (
                day_words(one.day),
                "; ".join(one.discussed) or nobody,
                "; ".join(one.attended) or nobody,
                "; ".join(one.absent),
            )
            for one in held
        ),
        source=plan_source(enquiry),
    )


def refreshes(enquiry: Enquiry) -> list[Block]:
    """When the plan was gone through, and what was changed."""
    plan, title = enquiry.plan, "How the plan was refreshed"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    blocks: list[Block] = [Heading(1, title)]
    for one in plan.refreshes:
        if one.day <= on:
            blocks += [Heading(2, day_words(one.day)), BulletList(tuple((words,) for words in one.changed))]
    if len(blocks) == 1:
        blocks.append(Paragraph(enquiry.wording.sentence("plan", "never refreshed", day=day_words(plan.start))))
    return blocks


def projects(enquiry: Enquiry) -> list[Block]:
    """What is paid for: by whom, how much, from when to when, what it delivers, and what it has delivered."""
    plan, title = enquiry.plan, "Projects"
    if plan is None:
        return no_plan(enquiry, title)
    if not plan.projects:
        return [Heading(1, title), Paragraph(enquiry.wording.sentence("plan", "no projects"))]
    return [Heading(1, title), _project_table(enquiry, plan), *_outputs(enquiry, plan)]


def _project_table(enquiry: Enquiry, plan: Plan) -> Table:
    not_said = enquiry.wording.word("plan_words", "not said")
    return Table(
        slug="projects",
        title="Projects, and who pays for them",
        columns=(
            Column("Project"),
            Column("Provider"),
            Column("Paid by"),
            Column("Pounds", True),
            Column("From and to"),
            Column("What it delivers"),
        ),
        rows=tuple(
            (
                one.title,
                one.provider or not_said,
                one.funding or not_said,
                not_said if one.pounds is None else f"{one.pounds:,}",
                _from_and_to(one.start, one.end) or not_said,
                one.delivers,
            )
            for one in plan.projects
        ),
        source=plan_source(enquiry),
    )


def _from_and_to(start: date | None, end: date | None) -> str:
    words = (f"from {day_words(start)}" if start else "", f"to {day_words(end)}" if end else "")
    return " ".join(filter(None, words))


def _outputs(enquiry: Enquiry, plan: Plan) -> list[Block]:
    """What is held of what projects delivered; that nothing is, where that is so."""
    named = [(one, enquiry.planned[slug]) for one in plan.projects for slug in one.outputs if slug in enquiry.planned]
    held = [
        (project.title, indicator, now)
        for project, indicator in named
        for now in enquiry.comparison(indicator).at(enquiry.period)
        if now.area_code in enquiry.partnership.areas and not now.missing
    ]
    if named and not held:
        titles = ", ".join(dict.fromkeys(indicator.title for _, indicator in named))
        words = enquiry.wording.sentence("plan", "outputs not held", outputs=titles, period=enquiry.period.words())
        return [Paragraph(words)]
    return [Heading(2, "What they delivered"), _output_table(enquiry, held)] if held else []


def _output_table(enquiry: Enquiry, held: list[tuple[str, Indicator, Estimate]]) -> Table:
    used = sorted({series_words(now.series) for *_, now in held if now.series})
    return Table(
        slug="project-outputs",
        title=f"What projects delivered, {enquiry.period.words()}",
        columns=(Column("Project"), Column("Output"), Column("Area"), Column("Unit"), Column("Delivered", True)),
        rows=tuple(
            (
                project,
                output.title,
                now.area_name,
                enquiry.wording.word("plan_words", "unit of a count") if now.value is None else output.per,
                figure_of(now, None),
            )
            for project, output, now in held
        ),
        source=f"{'; '.join(used)}.",
    )


def plan_gaps(enquiry: Enquiry) -> list[Block]:
    """Where the golden thread is broken: priority, objective, measure, target, action, and what became of it."""
    plan, title = enquiry.plan, "Gaps in the plan"
    if plan is None:
        return no_plan(enquiry, title)
    on = day_of(enquiry)
    gaps = gaps_in(plan, enquiry.planned, on)
    if not gaps:
        return [Heading(1, title), Paragraph(enquiry.wording.sentence("plan", "no gaps", day=day_words(on)))]
    places: dict[tuple[str, str], list[Runs]] = {}
    for one in gaps:
        places.setdefault((one.of, one.name), []).append(lacking(enquiry.wording, one))
    return [
        Heading(1, title),
        Table(
            slug="plan-gaps",
            title=f"What is lacking on {day_words(on)}",
            columns=(Column("Where"), Column("In"), Column("What is lacking")),
            rows=tuple(
                (name, enquiry.wording.word("plan_parts", of).lower(), "; ".join(str(words) for (words,) in lacks))
                for (of, name), lacks in places.items()
            ),
            source=plan_source(enquiry),
        ),
    ]
