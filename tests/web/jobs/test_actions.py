"""Asking, cancelling and trying again: each is put down, and asking for the same again is the same job."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.models import Entry
from frankpledge.web.jobs import actions, queue
from frankpledge.web.jobs.actions import ask, cancel, try_again
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import JobError, NotPlain, State
from tests.web.jobs.work import PERSON, asked, claimed, kind, now

pytestmark = pytest.mark.django_db


def entries():
    """What was put down, as event and subject."""
    return [(entry.event, entry.on_id) for entry in Entry.objects.filter(event__startswith="job-")]


def test_ask(register):
    counting, partnership = register(kind()), uuid4()

    job = ask(counting, by=PERSON, partnership=partnership, arguments={"up_to": 3})

    assert (job.state, job.kind, job.partnership) == (State.WAITING, "counting", partnership)
    assert (job.arguments, job.asked_by) == ({"up_to": 3}, str(PERSON))
    assert job.not_before <= job.asked
    assert entries() == [("job-asked", str(job.id))]
    assert Entry.objects.get(event="job-asked").chain == str(partnership)


def test_ask_again_for_the_same_is_the_job_there_is(register):
    counting = register(kind())

    first = ask(counting, by=PERSON, once="2026-03-27", arguments={"up_to": 3})
    second = ask(counting, by=Agent.WORKER, once="2026-03-27", arguments={"up_to": 4})

    assert second == first
    assert second.arguments == {"up_to": 3}
    assert entries() == [("job-asked", str(first.id))]


def test_ask_at_the_same_moment_is_one_job(register, monkeypatch):
    counting = register(kind())
    first = ask(counting, by=PERSON, once="same")
    looks = iter([None, first])
    monkeypatch.setattr(actions, "_asked_before", lambda *_: next(looks))

    second = ask(counting, by=PERSON, once="same")

    assert second == first
    assert entries() == [("job-asked", str(first.id))]


def test_ask_that_fails_for_another_reason_says_so(register, monkeypatch):
    counting = register(kind())
    ask(counting, by=PERSON, once="same")
    monkeypatch.setattr(actions, "_asked_before", lambda *_: None)

    with pytest.raises(IntegrityError), transaction.atomic():
        ask(counting, by=PERSON, once="same")


def test_same_word_for_another_kind_is_another_job(register):
    counting, sorting = register(kind()), register(kind("sorting"))

    assert ask(counting, by=PERSON, once="x") != ask(sorting, by=PERSON, once="x")


def test_without_a_word_every_wish_is_a_job_of_its_own(register):
    counting = register(kind())

    assert ask(counting, by=PERSON) != ask(counting, by=PERSON)


def test_job_is_asked_for_with_the_transaction_it_stands_in(register):
    counting = register(kind())

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(counting, by=PERSON)
        raise ZeroDivisionError

    assert not Job.objects.exists()


def test_ask_for_what_no_worker_knows_is_a_mistake(register):
    with pytest.raises(AssertionError, match="not registered"):
        ask(kind(), by=PERSON)


@pytest.mark.parametrize("wish", [{"arguments": {"name": "Ann Example"}}, {"once": "Ann Example"}])
def test_ask_with_something_personal_is_refused(register, wish):
    with pytest.raises(NotPlain):
        ask(register(kind()), by=PERSON, **wish)

    assert not Job.objects.exists()


def test_cancel_what_waits(register):
    job = asked(register(kind()))

    cancel(job, by=PERSON)

    assert job.state == State.CANCELLED
    assert job.ended is not None
    assert entries()[-1] == ("job-cancelled", str(job.id))
    assert queue.claim() is None


def test_cancel_what_runs_asks_the_worker(register):
    job = claimed(register(kind()))

    cancel(job, by=PERSON)

    assert (now(job).state, now(job).cancel_asked) == (State.RUNNING, True)


def test_cancel_what_has_ended_is_refused(register):
    job = claimed(register(kind()))
    queue.finish(job, lambda: None)

    with pytest.raises(JobError):
        cancel(job, by=PERSON)

    assert [event for event, _ in entries()] == ["job-asked"]


def test_try_again_what_was_cancelled(register):
    job = asked(register(kind()))
    cancel(job, by=PERSON)

    try_again(job, by=PERSON)

    assert (job.state, job.ended, job.cancel_asked) == (State.WAITING, None, False)
    assert entries()[-1] == ("job-tried-again", str(job.id))
    assert queue.claim() == job


def test_try_again_what_failed_has_all_its_attempts(register):
    job = claimed(register(kind(attempts=1)))
    queue.fail(job, ValueError())

    try_again(now(job), by=PERSON)

    assert (now(job).state, now(job).attempts, now(job).failure) == (State.WAITING, 0, "")


def test_try_again_what_waits_is_refused(register):
    job = asked(register(kind()))

    with pytest.raises(JobError):
        try_again(job, by=PERSON)
