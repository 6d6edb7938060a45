"""A plan as it is written: what is to be done, by whom, by when, and by what it will be judged.

Nothing here has been judged; what may be said of an action, a measure or the whole is worked out beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frankpledge.periods import Period

# Stands in the place of an indicator where no indicator gives the count.
COUNT = "count"
LOWER, HIGHER = "lower", "higher"


class State(StrEnum):
    """How far an action is, as its owner said."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Update:
    """What was said of an action on a day.

    Attributes
    ----------
    day, state, note
        When, how far it was, and what its owner said.
    at_risk
        Its owner doubts that it will be done in time.
    decision
        What the strategy group has to decide before it can go on; empty where nothing.
    """

    day: date
    state: State
    note: str = ""
    at_risk: bool = False
    decision: str = ""


@dataclass(frozen=True)
class Action:
    """Something to be done.

    Attributes
    ----------
    slug, title
        ``days-of-action``, and what is to be done.
    owner
        The agency or role that answers for it, never a person's name; empty where none is named.
    start, due
        From when, and by when; None where no day is named.
    updates
        What was said of it, the earliest first.
    invented
        True when its days, owner or updates are made up.
    line
        Where it stands in the file, counted from 1. The same holds of every other part.
    """

    slug: str
    title: str
    owner: str = ""
    start: date | None = None
    due: date | None = None
    updates: tuple[Update, ...] = ()
    invented: bool = False
    line: int = 0


@dataclass(frozen=True)
class Target:
    """Where a measure is to be, and by when.

    Attributes
    ----------
    by
        The period in which it is to be there.
    percent
        By how much per cent of the baseline it is to change the wanted way.
    count, value
        Or the count, or the value in the indicator's own unit (rate, share, score), that it is to reach. One of the
        three is given.
    """

    by: Period
    percent: float | None = None
    count: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class PlanMeasure:
    """By what an objective is judged.

    Attributes
    ----------
    slug, title
        ``burglary``, “Burglary recorded by the police”.
    indicator
        The indicator that gives it, by its slug; `COUNT` where none does.
    wanted
        ``lower`` or ``higher``.
    baseline
        The period it is compared with; None for the same months a year before.
    target
        None where none is set.
    to_be_set
        The plan says that a target is still to be set.
    """

    slug: str
    title: str
    indicator: str
    wanted: str
    baseline: Period | None = None
    target: Target | None = None
    to_be_set: bool = False
    invented: bool = False
    line: int = 0


@dataclass(frozen=True)
class Objective:
    """What a priority is to achieve; measures and actions are named by their slugs."""

    slug: str
    title: str
    measures: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Priority:
    """What the partnership has put first.

    Attributes
    ----------
    group
        How the plan groups it: “high harm”, “high volume”; empty where it does not.
    why
        Why it was chosen, without figures of a year.
    evidence
        What was seen when it was chosen: figures and views of that time, each a sentence of the plan's own.
    lead
        The agency that leads on it, or a role.
    objectives
        By their slugs.
    """

    slug: str
    title: str
    group: str = ""
    why: str = ""
    evidence: tuple[str, ...] = ()
    lead: str = ""
    objectives: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Project:
    """Something paid for, and what it delivers.

    Attributes
    ----------
    pounds
        Whole pounds in all; None where the plan does not say.
    start, end
        From when to when; None where no day is named.
    delivers
        What it does, in words.
    outputs
        Indicators that count what it delivered, by their slugs.
    """

    slug: str
    title: str
    provider: str = ""
    funding: str = ""
    pounds: int | None = None
    start: date | None = None
    end: date | None = None
    delivers: str = ""
    outputs: tuple[str, ...] = ()
    invented: bool = False
    line: int = 0


@dataclass(frozen=True)
class Meeting:
    """A meeting of the strategy group, or one that is open to the public.

    Attributes
    ----------
    public
        Whether anybody could come.
    discussed
        What was talked about, each in a few words.
    attended, absent
        Authorities from which somebody senior was there, and from which nobody was.
    """

    day: date
    public: bool
    discussed: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    invented: bool = False
    line: int = 0


@dataclass(frozen=True)
class Refresh:
    """A day on which the plan was gone through, and what was changed."""

    day: date
    changed: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True)
class Success:
    """How an authority will know that the plan works (SI 2007/1830, regulations 10 and 11)."""

    authority: str
    how: str


@dataclass(frozen=True)
class Plan:
    """A partnership's plan.

    Attributes
    ----------
    title, version
        As they are printed.
    start, end
        Its first and last day.
    vision, resources, engagement
        What it wants, how resources are allocated, and how the public is asked; paragraphs, none where nothing is said.
    success
        How each authority measures it.
    objectives, measures, actions
        Slug → what it is.
    invented
        True when any of it is made up: documents that rest on it say so.
    hash
        Of the file's text.
    """

    title: str
    version: str
    start: date
    end: date
    vision: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    engagement: tuple[str, ...] = ()
    success: tuple[Success, ...] = ()
    refreshes: tuple[Refresh, ...] = ()
    priorities: tuple[Priority, ...] = ()
    objectives: dict[str, Objective] = field(default_factory=dict)
    measures: dict[str, PlanMeasure] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    projects: tuple[Project, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    invented: bool = False
    hash: str = ""

    def objectives_of(self, priority: Priority) -> list[Objective]:
        """A priority's objectives, in order."""
        return [self.objectives[slug] for slug in priority.objectives]

    def measures_of(self, priority: Priority) -> list[PlanMeasure]:
        """The measures of a priority's objectives, each once."""
        slugs = dict.fromkeys(slug for one in self.objectives_of(priority) for slug in one.measures)
        return [self.measures[slug] for slug in slugs]

    def actions_of(self, priority: Priority) -> list[Action]:
        """The actions of a priority's objectives, each once."""
        slugs = dict.fromkeys(slug for one in self.objectives_of(priority) for slug in one.actions)
        return [self.actions[slug] for slug in slugs]

    @property
    def named_indicators(self) -> tuple[str, ...]:
        """Slugs of the indicators that measures and projects name, each once; they may not be known."""
        measured = [one.indicator for one in self.measures.values() if one.indicator != COUNT]
        return tuple(dict.fromkeys([*measured, *(slug for one in self.projects for slug in one.outputs)]))
