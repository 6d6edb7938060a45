"""How an action stands on a day, by one rule.

*Done* and *stopped* are as its owner last said. Of the rest an action is *late* when its due day is past; *at risk*
when its owner said so, when it is under way and nothing was said of it for 92 days, or when it has not begun and is due
within 30; *on track* when it is under way; and *not begun* otherwise. What was said after the day asked about does not
count.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from frankpledge.plan.plan import Action, State, Update

# The longest quarter: the strategy group meets in each, and hears of every action that is under way.
QUIET_DAYS = 92
# A month's notice that something due has not begun.
NOTICE_DAYS = 30


class ActionStatus(StrEnum):
    """How an action stands."""

    DONE = "done"
    LATE = "late"
    AT_RISK = "at risk"
    ON_TRACK = "on track"
    NOT_BEGUN = "not begun"
    STOPPED = "stopped"


class Risk(StrEnum):
    """Why an action is at risk."""

    FLAGGED = "flagged"
    QUIET = "nothing said"
    DUE_SOON = "due soon"


def status_of(action: Action, on: date) -> ActionStatus:
    """How an action stands on a day; the rule is the module's."""
    state = state_on(action, on)
    if state is State.DONE:
        return ActionStatus.DONE
    if state is State.STOPPED:
        return ActionStatus.STOPPED
    if action.due is not None and action.due < on:
        return ActionStatus.LATE
    if risk_of(action, on):
        return ActionStatus.AT_RISK
    return ActionStatus.ON_TRACK if state is State.UNDER_WAY else ActionStatus.NOT_BEGUN


def risk_of(action: Action, on: date) -> Risk | None:
    """Why an action is at risk; None where it is not, or is done or stopped."""
    update = last_update(action, on)
    if update and update.state in (State.DONE, State.STOPPED):
        return None
    if update and update.at_risk:
        return Risk.FLAGGED
    if update and update.state is State.UNDER_WAY:
        return Risk.QUIET if (on - update.day).days > QUIET_DAYS else None
    return Risk.DUE_SOON if action.due and (action.due - on).days <= NOTICE_DAYS else None


def state_on(action: Action, on: date) -> State:
    """What was last said of an action by a day; not started where nothing was."""
    update = last_update(action, on)
    return update.state if update else State.NOT_STARTED


def last_update(action: Action, on: date) -> Update | None:
    """The newest update up to a day; None where there is none."""
    return next((one for one in reversed(action.updates) if one.day <= on), None)
