"""How jobs may move, how long they wait, and what may be said in them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.web.jobs.policies import (
    LONGEST_WAIT,
    TRANSITIONS,
    JobError,
    NotPlain,
    State,
    after_attempt,
    can_move,
    check_can_cancel,
    check_can_try_again,
    check_slug,
    plain_arguments,
    wait_before,
)

W, R, D, F, C = State.WAITING, State.RUNNING, State.DONE, State.FAILED, State.CANCELLED
ALLOWED = {(W, R), (W, C), (R, W), (R, D), (R, F), (R, C), (F, W), (C, W)}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_transition(before, after):
    assert can_move(before, after) is ((before, after) in ALLOWED)


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize("state", State)
def test_cancelling(state):
    if state in (W, R):
        check_can_cancel(state)
    else:
        with pytest.raises(JobError, match="ended already"):
            check_can_cancel(state)


@pytest.mark.parametrize("state", State)
def test_trying_again(state):
    if state in (F, C):
        check_can_try_again(state)
    else:
        with pytest.raises(JobError, match="neither failed nor"):
            check_can_try_again(state)


@pytest.mark.parametrize(
    ("attempts", "cancel_asked", "state"), [(1, False, W), (2, False, W), (3, False, F), (1, True, C), (3, True, C)]
)
def test_attempt_that_came_to_nothing(attempts, cancel_asked, state):
    assert after_attempt(attempts, 3, cancel_asked) == state


@given(attempt=st.integers(1, 10_000))
def test_wait_grows_and_ends_somewhere(attempt):
    first = timedelta(seconds=5)
    expected = min(5 * 2.0 ** min(attempt - 1, 100), LONGEST_WAIT.total_seconds())

    wait = wait_before(attempt, first).total_seconds()

    assert expected / 2 <= wait <= expected


def test_two_that_failed_together_do_not_wait_alike():
    assert len({wait_before(3) for _ in range(20)}) > 1


def test_plain_arguments_are_stored_as_text_and_numbers():
    identifier = uuid4()

    plain = plain_arguments(
        {
            "edition": identifier,
            "indicators": ["burglary-rate", "asb"],
            "area": "E09000015",
            "period": "R12-2023-04",
            "on": date(2026, 3, 27),
            "at": datetime(2026, 3, 27, 9, 5, tzinfo=UTC),
            "share": 0.5,
            "count": 3,
            "draft": True,
        }
    )

    assert plain == {
        "edition": str(identifier),
        "indicators": ["burglary-rate", "asb"],
        "area": "E09000015",
        "period": "R12-2023-04",
        "on": "2026-03-27",
        "at": "2026-03-27T09:05:00+00:00",
        "share": 0.5,
        "count": 3,
        "draft": True,
    }
    assert UUID(plain["edition"]) == identifier


@pytest.mark.parametrize(
    "value",
    [
        "Ann Example",
        "ann@example.org",
        "x" * 65,
        "",
        "-x",
        "O’Neill",
        "line\nbreak",
        "trailing\n",
        float("nan"),
        float("inf"),
        b"bytes",
        None,
        {"name": "x"},
        ["fine", "not fine"],
        object(),
    ],
)
def test_anything_else_is_refused_and_not_repeated(value):
    with pytest.raises(NotPlain) as refused:
        plain_arguments({"about": value})

    assert "about" in str(refused.value)
    assert "Example" not in str(refused.value)


@pytest.mark.parametrize("name", ["Ann Example", "a-b", "", "x" * 65, "né"])
def test_name_of_an_argument_is_a_plain_word(name):
    with pytest.raises(NotPlain) as refused:
        plain_arguments({name: 1})

    assert "Example" not in str(refused.value)


@pytest.mark.parametrize("slug", ["", "Capital", "two--hyphens", "-x", "a b", "1st", "x" * 65, "x\n"])
def test_slug_that_is_none(slug):
    with pytest.raises(NotPlain):
        check_slug(slug)


def test_slug_that_is_one():
    assert check_slug("prune-jobs-2") == "prune-jobs-2"
