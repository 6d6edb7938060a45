"""How an action stands on a day, case by case."""

from datetime import date, timedelta

import pytest

from frankpledge.plan.plan import Action, State, Update
from frankpledge.plan.status import NOTICE_DAYS, QUIET_DAYS, ActionStatus, Risk, last_update, risk_of, status_of

ON = date(2026, 11, 28)


def ago(days):
    return ON - timedelta(days=days)


def action(*updates, due=None):
    return Action("one", "One", due=due, updates=tuple(updates))


def said(days, state=State.UNDER_WAY, **more):
    return Update(ago(days), state, **more)


@pytest.mark.parametrize(
    ("one", "status", "risk"),
    [
        (action(), ActionStatus.NOT_BEGUN, None),
        (action(said(5)), ActionStatus.ON_TRACK, None),
        (action(said(5), due=ON), ActionStatus.ON_TRACK, None),
        (action(said(5), due=ago(1)), ActionStatus.LATE, None),
        (action(due=ago(1)), ActionStatus.LATE, Risk.DUE_SOON),
        (action(said(5, at_risk=True)), ActionStatus.AT_RISK, Risk.FLAGGED),
        (action(said(5, State.NOT_STARTED, at_risk=True)), ActionStatus.AT_RISK, Risk.FLAGGED),
        (action(said(QUIET_DAYS)), ActionStatus.ON_TRACK, None),
        (action(said(QUIET_DAYS + 1)), ActionStatus.AT_RISK, Risk.QUIET),
        (action(due=ago(-NOTICE_DAYS)), ActionStatus.AT_RISK, Risk.DUE_SOON),
        (action(due=ago(-NOTICE_DAYS - 1)), ActionStatus.NOT_BEGUN, None),
        (action(said(400, State.DONE), due=ago(300)), ActionStatus.DONE, None),
        (action(said(10, State.STOPPED), due=ago(300)), ActionStatus.STOPPED, None),
        (action(said(200, at_risk=True), said(5)), ActionStatus.ON_TRACK, None),
    ],
)
def test_status(one, status, risk):
    assert status_of(one, ON) is status
    assert risk_of(one, ON) is risk


def test_what_is_said_later_does_not_count_yet():
    one = action(said(5), Update(ON + timedelta(days=1), State.DONE))

    assert status_of(one, ON) is ActionStatus.ON_TRACK
    assert status_of(one, ON + timedelta(days=1)) is ActionStatus.DONE
    assert last_update(one, ago(6)) is None
