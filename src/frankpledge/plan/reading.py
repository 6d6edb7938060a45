"""Reading ``plan.yaml``: every slip is said with its line and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from frankpledge.definition import Entry, hash_of, nearest_names, read_definition
from frankpledge.errors import UserError
from frankpledge.periods import Period, parse_period
from frankpledge.plan.plan import (
    HIGHER,
    LOWER,
    Action,
    Meeting,
    Objective,
    Plan,
    PlanMeasure,
    Priority,
    Project,
    Refresh,
    State,
    Success,
    Target,
    Update,
)
from frankpledge.workspace import Workspace

TO_BE_SET = "to be set"
PUBLIC, STRATEGY_GROUP = "public", "strategy group"


class _Named(Protocol):
    @property
    def slug(self) -> str: ...


Part = TypeVar("Part", bound=_Named)


def find_plan(workspace: Workspace) -> Plan | None:
    """The plan of a workspace; None where it keeps none.

    Raises
    ------
    DefinitionError
        When there is one that cannot be read.
    """
    return read_plan(workspace.plan) if workspace.plan.is_file() else None


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises
    ------
    DefinitionError
        When it cannot be read, a key is not known, a slug stands twice, or an objective, measure or action is named
        that there is not. An indicator that is not known is no error: it is a gap, and `gaps` tells it.
    """
    entry = read_definition(path)
    entry.only(
        "schema", "title", "version", "from", "to", "vision", "resources", "engagement", "success", "refreshes",
        "priorities", "objectives", "measures", "actions", "projects", "meetings", "invented",
    )  # fmt: skip
    measures = _by_slug(entry, "measures", _measure)
    actions = _by_slug(entry, "actions", _action)
    objectives = _by_slug(entry, "objectives", lambda one: _objective(one, measures, actions))
    priorities = _by_slug(entry, "priorities", lambda one: _priority(one, objectives))
    projects = tuple(_by_slug(entry, "projects", _project).values())
    meetings = tuple(sorted(map(_meeting, entry.entries("meetings", [])), key=lambda one: one.day))
    start, end = entry.day("from"), entry.day("to")
    if end < start:
        raise entry.problem("the plan ends before it begins.", "Write its first day as “from”, its last as “to”.", "to")
    parts: list[PlanMeasure | Action | Project | Meeting] = [*measures.values(), *actions.values()]
    parts += [*projects, *meetings]
    return Plan(
        title=entry.text("title"),
        version=entry.text("version"),
        start=start,
        end=end,
        vision=_paragraphs(entry, "vision"),
        resources=_paragraphs(entry, "resources"),
        engagement=_paragraphs(entry, "engagement"),
        success=tuple(Success(one.text("authority"), one.text("how")) for one in entry.entries("success", [])),
        refreshes=tuple(sorted(map(_refresh, entry.entries("refreshes", [])), key=lambda one: one.day)),
        priorities=tuple(priorities.values()),
        objectives=objectives,
        measures=measures,
        actions=actions,
        projects=projects,
        meetings=meetings,
        invented=entry.flag("invented", False) or any(one.invented for one in parts),
        hash=hash_of(path),
    )


def _by_slug(entry: Entry, key: str, read: Callable[[Entry], Part]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for one in entry.entries(key, []):
        part = read(one)
        if part.slug in found:
            raise one.problem(f"“{part.slug}” stands twice under “{key}”.", "Give one of them another slug.", "slug")
        found[part.slug] = part
    return found


def _paragraphs(entry: Entry, key: str) -> tuple[str, ...]:
    """A list of paragraphs, or one that is written without a list."""
    if isinstance(entry.values.get(key), str):
        return (entry.text(key),)
    return entry.texts(key, [])


def _named(entry: Entry, key: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    """Slugs that are each written somewhere else in the plan."""
    slugs = entry.texts(key, [])
    for slug in slugs:
        if slug not in known:
            near = nearest_names(slug, known)
            raise entry.problem(
                f"“{key}” names “{slug}”, which there is not.", f"{near}Write it under “{key}”, or take it out.", key
            )
    return slugs


def _priority(entry: Entry, objectives: Mapping[str, Objective]) -> Priority:
    entry.only("slug", "title", "group", "why", "evidence", "lead", "objectives")
    return Priority(
        slug=entry.text("slug"),
        title=entry.text("title"),
        group=entry.text("group", ""),
        why=entry.text("why", ""),
        evidence=entry.texts("evidence", []),
        lead=entry.text("lead", ""),
        objectives=_named(entry, "objectives", objectives),
        line=entry.line,
    )


def _objective(entry: Entry, measures: Mapping[str, PlanMeasure], actions: Mapping[str, Action]) -> Objective:
    entry.only("slug", "title", "measures", "actions")
    return Objective(
        slug=entry.text("slug"),
        title=entry.text("title"),
        measures=_named(entry, "measures", measures),
        actions=_named(entry, "actions", actions),
        line=entry.line,
    )


def _measure(entry: Entry) -> PlanMeasure:
    entry.only("slug", "title", "indicator", "wanted", "baseline", "target", "invented")
    baseline = _period(entry, "baseline") if "baseline" in entry.values else None
    to_be_set = isinstance(entry.values.get("target"), str)
    if to_be_set:
        entry.choice("target", (TO_BE_SET,))
    given = "target" in entry.values and not to_be_set
    return PlanMeasure(
        slug=entry.text("slug"),
        title=entry.text("title"),
        indicator=entry.text("indicator"),
        wanted=entry.choice("wanted", (LOWER, HIGHER)),
        baseline=baseline,
        target=_target(entry.entry("target"), baseline) if given else None,
        to_be_set=to_be_set,
        invented=entry.flag("invented", False),
        line=entry.line,
    )


_HOW_MUCH = ("percent", "count", "value")


def _target(entry: Entry, baseline: Period | None) -> Target:
    entry.only(*_HOW_MUCH, "by")
    given = [key for key in _HOW_MUCH if key in entry.values]
    if len(given) != 1:
        raise entry.problem(
            "a target is a change per cent, a count or a value.", "Write one of “percent”, “count” and “value”."
        )
    amount = entry.number(given[0])
    if amount < 0:
        raise entry.problem(
            f"“{given[0]}” is below nought.", "Write how much; “wanted” of the measure says which way.", given[0]
        )
    by = _period(entry, "by")
    if given == ["percent"] and baseline is None:
        raise entry.problem(
            "a change per cent needs something to change from.",
            "Add a line “baseline: 2022” to the measure.",
            "percent",
        )
    if baseline is not None and by.first <= baseline.last:
        raise entry.problem("the target's period begins before the baseline is over.", "Write a later one.", "by")
    return Target(by, **{given[0]: amount})


def _period(entry: Entry, key: str) -> Period:
    try:
        return parse_period(entry.text(key))
    except UserError as error:
        raise entry.problem(error.happened, error.to_do, key) from error


def _action(entry: Entry) -> Action:
    entry.only("slug", "title", "owner", "start", "due", "updates", "invented")
    start, due = entry.day("start", None), entry.day("due", None)
    if start and due and due < start:
        raise entry.problem("the action is due before it starts.", "Put the two days right.", "due")
    return Action(
        slug=entry.text("slug"),
        title=entry.text("title"),
        owner=entry.text("owner", ""),
        start=start,
        due=due,
        updates=tuple(sorted(map(_update, entry.entries("updates", [])), key=lambda one: one.day)),
        invented=entry.flag("invented", False),
        line=entry.line,
    )


def _update(entry: Entry) -> Update:
    entry.only("date", "state", "note", "at_risk", "decision")
    return Update(
        day=entry.day("date"),
        state=State(entry.choice("state", tuple(State))),
        note=entry.text("note", ""),
        at_risk=entry.flag("at_risk", False),
        decision=entry.text("decision", ""),
    )


def _project(entry: Entry) -> Project:
    entry.only("slug", "title", "provider", "funding", "pounds", "from", "to", "delivers", "outputs", "invented")
    return Project(
        slug=entry.text("slug"),
        title=entry.text("title"),
        provider=entry.text("provider", ""),
        funding=entry.text("funding", ""),
        pounds=entry.whole("pounds") if entry.values.get("pounds") is not None else None,
        start=entry.day("from", None),
        end=entry.day("to", None),
        delivers=entry.text("delivers", ""),
        outputs=entry.texts("outputs", []),
        invented=entry.flag("invented", False),
        line=entry.line,
    )


def _meeting(entry: Entry) -> Meeting:
    entry.only("date", "of", "discussed", "attended", "absent", "invented")
    return Meeting(
        day=entry.day("date"),
        public=entry.choice("of", (PUBLIC, STRATEGY_GROUP)) == PUBLIC,
        discussed=entry.texts("discussed", []),
        attended=entry.texts("attended", []),
        absent=entry.texts("absent", []),
        invented=entry.flag("invented", False),
        line=entry.line,
    )


def _refresh(entry: Entry) -> Refresh:
    entry.only("date", "changed")
    return Refresh(entry.day("date"), entry.texts("changed"), entry.line)
