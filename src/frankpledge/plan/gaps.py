"""The golden thread, checked: from priority to objective, measure, target, action, and what became of it.

What the law asks of a plan is in SI 2007/1830: regulations 10 and 11 (what it holds, and that it is revised each
year), and 12 (a public meeting each year, to which each authority sends somebody senior).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from frankpledge.findings.wording import Wording
from frankpledge.model.document import Runs
from frankpledge.plan.plan import COUNT, Action, Meeting, Objective, Plan, PlanMeasure, Priority, Project, State
from frankpledge.plan.status import QUIET_DAYS, last_update, state_on

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Gap:
    """Where the thread is broken.

    Attributes
    ----------
    kind
        Which sentence of the catalogue tells it, under ``plan: gaps``.
    of, name
        What it is about, as the catalogue calls it under ``plan: parts``, and its title.
    line
        Where that stands in ``plan.yaml``, from 1; nought of the plan as a whole.
    detail
        What else the sentence names.
    """

    kind: str
    of: str
    name: str
    line: int = 0
    detail: str = ""


def gap_sentence(wording: Wording, gap: Gap) -> Runs:
    """A gap in the catalogue's words."""
    place = wording.word("plan_parts", gap.of)
    (lacks,) = lacking(wording, gap)
    return wording.sentence("plan", "gap", place=place, name=gap.name, lacks=lacks)


def lacking(wording: Wording, gap: Gap) -> Runs:
    """What is lacking, in words that follow the name of what lacks it."""
    return wording.sentence("plan_gaps", gap.kind, detail=gap.detail)


def gaps_in(plan: Plan, indicators: Collection[str], on: date) -> list[Gap]:
    """Every gap of a plan on a day, the plan as a whole first and then in the order it is written.

    Parameters
    ----------
    indicators
        Slugs of all that are known.
    on
        The day: an action has been quiet since, a meeting is more than a year ago.
    """
    return [
        *_of_plan(plan, on),
        *(gap for one in plan.priorities for gap in _of_priority(one)),
        *(gap for one in plan.objectives.values() for gap in _of_objective(plan, one)),
        *(gap for one in plan.measures.values() for gap in _of_measure(plan, one, indicators)),
        *(gap for one in plan.actions.values() for gap in _of_action(plan, one, on)),
        *(gap for one in plan.projects for gap in _of_project(one, indicators)),
        *(gap for one in plan.meetings if one.public and one.day <= on for gap in _of_meeting(one)),
    ]


def _of_plan(plan: Plan, on: date) -> Iterator[Gap]:
    said = {
        "no vision": plan.vision,
        "no resources": plan.resources,
        "no success": plan.success,
        "no engagement": plan.engagement,
        "no priorities": plan.priorities,
    }
    yield from (Gap(kind, "plan", plan.title) for kind, words in said.items() if not words)
    if on > plan.end:
        yield Gap("ended", "plan", plan.title, detail=day_words(plan.end))
    refreshed = max((one.day for one in plan.refreshes if one.day <= on), default=plan.start)
    if on - refreshed > YEAR:
        yield Gap("not refreshed", "plan", plan.title, detail=day_words(refreshed))
    # A plan in its first year has had no year in which to hold one.
    held = any(one.public and one.day <= on <= one.day + YEAR for one in plan.meetings)
    if on - plan.start > YEAR and not held:
        yield Gap("no public meeting", "plan", plan.title, detail=day_words(on))


def _of_priority(one: Priority) -> Iterator[Gap]:
    said = {"no why": one.why, "no lead": one.lead, "no objective": one.objectives}
    yield from (Gap(kind, "priority", one.title, one.line) for kind, words in said.items() if not words)


def _of_objective(plan: Plan, one: Objective) -> Iterator[Gap]:
    serves = any(one.slug in priority.objectives for priority in plan.priorities)
    said = {"no priority": serves, "no measure": one.measures, "no action": one.actions}
    yield from (Gap(kind, "objective", one.title, one.line) for kind, words in said.items() if not words)


def _of_measure(plan: Plan, one: PlanMeasure, indicators: Collection[str]) -> Iterator[Gap]:
    if not any(one.slug in objective.measures for objective in plan.objectives.values()):
        yield Gap("no objective for it", "measure", one.title, one.line)
    if one.indicator == COUNT:
        yield Gap("no indicator", "measure", one.title, one.line)
    elif one.indicator not in indicators:
        yield Gap("unknown indicator", "measure", one.title, one.line, one.indicator)
    if one.target is None:
        yield Gap("target to be set" if one.to_be_set else "no target", "measure", one.title, one.line)


def _of_action(plan: Plan, one: Action, on: date) -> Iterator[Gap]:
    if not any(one.slug in objective.actions for objective in plan.objectives.values()):
        yield Gap("no objective for it", "action", one.title, one.line)
    if not one.owner:
        yield Gap("no owner", "action", one.title, one.line)
    state = state_on(one, on)
    if state in (State.DONE, State.STOPPED):
        return
    if one.due is None:
        yield Gap("no due date", "action", one.title, one.line)
    update = last_update(one, on)
    heard = update.day if update else max(one.start or plan.start, plan.start)
    if (on - heard).days > QUIET_DAYS:
        yield Gap("not updated" if update else "never updated", "action", one.title, one.line, day_words(heard))


def _of_project(one: Project, indicators: Collection[str]) -> Iterator[Gap]:
    if not one.outputs:
        yield Gap("no output", "project", one.title, one.line)
    for slug in one.outputs:
        if slug not in indicators:
            yield Gap("unknown output", "project", one.title, one.line, slug)
    if not one.funding or one.pounds is None:
        yield Gap("no funding", "project", one.title, one.line)


def _of_meeting(one: Meeting) -> Iterator[Gap]:
    day = day_words(one.day)
    if not one.attended:
        yield Gap("no attendance", "public meeting", day, one.line)
    if one.absent:
        yield Gap("authority absent", "public meeting", day, one.line, ", ".join(one.absent))
    if not one.discussed:
        yield Gap("nothing discussed", "public meeting", day, one.line)


def day_words(day: date) -> str:
    """A day as a person says it: ``28 November 2026``."""
    return f"{day.day} {day:%B %Y}"
