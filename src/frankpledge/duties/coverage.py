"""Each duty set against what is known: met, late, missing, not yet due, or not told.

A duty is *missing* where its evidence would be here and is not: an edition, a part of the plan, a partner's file. It is
*not told* where only the partnership's own register could tell of it, and the register is silent: that is no sign that
it was not done. What is due each year is met to the same day of the next year, that day included.
"""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from frankpledge.duties.definition import Duty, Kind
from frankpledge.duties.evidence import Evidence, Registered
from frankpledge.duties.prescribed import Arrived, Disclosed, disclosures, of_state
from frankpledge.findings.wording import Wording, sentence_list
from frankpledge.model.document import plain_text
from frankpledge.periods import month_words

QUARTERS_JUDGED = 4
# More headings than this are not read.
_NAMED = 4


class State(StrEnum):
    """How far a duty is met."""

    MET = "met"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not yet due"
    NOT_TOLD = "not told"


@dataclass(frozen=True)
class DutyMet:
    """A duty, and how far it is met on a day.

    Attributes
    ----------
    said, fillings
        Which sentence of the catalogue tells the evidence, under ``duties``, and what goes into it.
    """

    duty: Duty
    state: State
    said: str
    fillings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Act:
    """Something done: when, and where it can be seen."""

    day: datetime.date
    seen: str


def coverage_of(duties: Iterable[Duty], evidence: Evidence, on: datetime.date) -> list[DutyMet]:
    """How far each duty that is in force on a day is met, in the order given.

    Parameters
    ----------
    on
        Nothing that was done after it counts.
    """
    return [_judged(duty, evidence, on) for duty in duties if duty.begins <= on]


def evidence_words(wording: Wording, met: DutyMet) -> str:
    """The evidence in words."""
    return plain_text(wording.sentence("duties", met.said, **met.fillings))


def _judged(duty: Duty, evidence: Evidence, on: datetime.date) -> DutyMet:
    if duty.due.kind is Kind.QUARTERLY:
        return _by_quarters(duty, disclosures(evidence, on, duty.sets))
    if duty.due.kind is Kind.CASE:
        return _by_cases(duty, [one for one in evidence.register if one.duty == duty.slug], on)
    acts = _acts(duty, evidence, on)
    if not acts and duty.within:
        return _within(duty, evidence, on)
    if not acts:
        return _nothing_done(duty, evidence, on)
    judge = {Kind.BY: _by_a_day, Kind.YEARLY: _yearly}.get(duty.due.kind, _kept)
    return judge(duty, acts, on)


def _acts(duty: Duty, evidence: Evidence, on: datetime.date) -> list[_Act]:
    """What was done of a duty up to a day, the earliest first."""
    acts = [_Act(one.done, one.seen) for one in evidence.register if one.duty == duty.slug and one.done]
    if duty.document:
        acts += [_Act(one.prepared, one.name) for one in evidence.editions if one.document == duty.document]
    plan = evidence.plan
    if duty.plan and plan and plan.agreed and (duty.plan == "plan" or duty.plan in plan.holds):
        acts.append(_Act(plan.agreed, "plan.yaml"))
    return sorted((one for one in acts if one.day <= on), key=lambda one: one.day)


def _kept(duty: Duty, acts: list[_Act], on: datetime.date) -> DutyMet:
    return DutyMet(duty, State.MET, "kept", {"day": day_words(acts[-1].day), "seen": acts[-1].seen})


def _yearly(duty: Duty, acts: list[_Act], on: datetime.date) -> DutyMet:
    newest = acts[-1]
    again = a_year_after(newest.day)
    state, said = (State.MET, "yearly") if on <= again else (State.LATE, "yearly overdue")
    return DutyMet(duty, state, said, {"day": day_words(newest.day), "seen": newest.seen, "again": day_words(again)})


def _by_a_day(duty: Duty, acts: list[_Act], on: datetime.date) -> DutyMet:
    first, last = acts[0], duty.due.day
    assert last is not None
    state, said = (State.MET, "by a day") if first.day <= last else (State.LATE, "after the day")
    return DutyMet(duty, state, said, {"day": day_words(first.day), "seen": first.seen, "last": day_words(last)})


def _nothing_done(duty: Duty, evidence: Evidence, on: datetime.date) -> DutyMet:
    last = duty.due.day
    if last is not None and on <= last:
        return DutyMet(duty, State.NOT_DUE, "not yet due", {"last": day_words(last)})
    if duty.document:
        return DutyMet(duty, State.MISSING, "no edition", {"document": duty.document})
    if duty.plan and evidence.plan:
        held = duty.plan == "plan" or duty.plan in evidence.plan.holds
        return DutyMet(duty, State.NOT_TOLD, "plan not dated") if held else DutyMet(duty, State.MISSING, "not in plan")
    if duty.plan:
        return DutyMet(duty, State.NOT_TOLD, "no plan")
    if last is not None:
        return DutyMet(duty, State.NOT_TOLD, "not told by a day", {"last": day_words(last)})
    return DutyMet(duty, State.NOT_TOLD, "not told")


def _within(duty: Duty, evidence: Evidence, on: datetime.date) -> DutyMet:
    """Whether the newest edition of a document has what the duty asks."""
    kept = [one for one in evidence.editions if one.document == duty.within and one.prepared <= on]
    if not kept:
        return DutyMet(duty, State.MISSING, "no edition", {"document": duty.within})
    newest = sorted(kept, key=lambda one: one.prepared)[-1]
    told = {"day": day_words(newest.prepared), "seen": newest.name}
    if newest.answers is None:
        return DutyMet(duty, State.NOT_TOLD, "edition does not say", told)
    headings = newest.answers.get(duty.slug, ())
    if not headings:
        return DutyMet(duty, State.MISSING, "not in edition", told)
    told["sections"] = some_of(headings)
    again = a_year_after(newest.prepared)
    if on > again:
        return DutyMet(duty, State.LATE, "in an old edition", {**told, "again": day_words(again)})
    return DutyMet(duty, State.MET, "in edition", told)


def _by_cases(duty: Duty, entries: list[Registered], on: datetime.date) -> DutyMet:
    """Each case by itself; the duty is as far met as the case that is met least."""
    if not entries:
        return DutyMet(duty, State.NOT_TOLD, "no case")
    states = Counter(_case(one, on) for one in entries)
    worst = next(one for one in (State.MISSING, State.LATE, State.NOT_DUE, State.MET) if states[one])
    words = [f"{number} {state}" for state, number in sorted(states.items())]
    undated = sum(one.due is None for one in entries)
    said = "cases without a limit" if undated else "cases"
    return DutyMet(duty, worst, said, {"states": sentence_list(words), "undated": str(undated)})


def _case(entry: Registered, on: datetime.date) -> State:
    done = entry.done if entry.done and entry.done <= on else None
    if done:
        return State.LATE if entry.due and done > entry.due else State.MET
    return State.MISSING if entry.due and on > entry.due else State.NOT_DUE


def _by_quarters(duty: Duty, found: list[Disclosed]) -> DutyMet:
    """The last four quarters that were due, of every data set together."""
    due = [one for one in found if one.state is not Arrived.NOT_DUE]
    quarters = sorted({one.quarter for one in due})[-QUARTERS_JUDGED:]
    judged = [one for one in due if one.quarter in quarters]
    if not judged:
        return DutyMet(duty, State.NOT_DUE, "no quarter")
    late, missing = of_state(judged, Arrived.LATE), of_state(judged, Arrived.MISSING)
    told = {
        "number": str(len(judged)),
        "in_time": str(len(of_state(judged, Arrived.IN_TIME))),
        "late": str(len(late)),
        "missing": str(len(missing)),
        "first": month_words(quarters[0].first),
        "last": month_words(quarters[-1].last),
    }
    state = State.MISSING if missing else State.LATE if late else State.MET
    return DutyMet(duty, state, "quarters", told)


def some_of(headings: Sequence[str]) -> str:
    """The first of some headings, and how many more there are."""
    if len(headings) <= _NAMED:
        return sentence_list(list(headings))
    return f"{', '.join(headings[:_NAMED])} and {len(headings) - _NAMED} more"


def a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; the last of February after a 29th.

    >>> str(a_year_after(datetime.date(2024, 2, 29)))
    '2025-02-28'
    """
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def day_words(day: datetime.date) -> str:
    """A day as a person says it: ``31 January 2024``."""
    return f"{day.day} {day:%B %Y}"
