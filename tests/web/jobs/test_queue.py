"""The queue: who holds a job writes, and nobody else; nothing is lost with its worker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from frankpledge.web.jobs import queue
from frankpledge.web.jobs.actions import cancel
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State, wait_before
from tests.web.jobs.work import PERSON, asked, claimed, due, kind, not_heard_for, now

pytestmark = pytest.mark.django_db

MINUTE = timedelta(seconds=60)


def taken_over(job):
    """Let another worker take the job over."""
    not_heard_for(job, 61)
    assert queue.reap(MINUTE) == [job]
    other = queue.claim()
    assert other == job
    return other


def test_claim_takes_what_waits_and_nobody_else_gets_it(register):
    job = claimed(register(kind()), arguments={"up_to": 3})

    assert (job.state, job.attempts, job.arguments) == (State.RUNNING, 1, {"up_to": 3})
    assert job.lease is not None
    assert queue.claim() is None


def test_claim_takes_the_longest_due_first(register):
    counting = register(kind())
    jobs = [asked(counting) for _ in range(3)]
    for seconds, job in zip((1, 3, 2), jobs, strict=True):
        Job.objects.filter(pk=job.pk).update(not_before=Now() - timedelta(seconds=seconds))

    assert [queue.claim() for _ in range(3)] == [jobs[1], jobs[2], jobs[0]]


def test_claim_leaves_what_is_not_due(register):
    job = asked(register(kind()))
    Job.objects.filter(pk=job.pk).update(not_before=Now() + MINUTE)

    assert queue.claim() is None


def test_claim_leaves_kinds_it_does_not_know(register):
    asked(register(kind()))
    Job.objects.update(kind="of-a-newer-program")

    assert queue.claim() is None
    assert queue.is_empty()


def test_claim_that_somebody_else_was_quicker_with_takes_nothing(register, monkeypatch):
    asked(register(kind()))
    seen = queue._due()
    assert list(seen)
    monkeypatch.setattr(queue, "_due", lambda: Job.objects.all())
    assert queue.claim() is not None

    assert queue.claim() is None


def test_beat_tells_how_far_it_is_and_keeps_the_claim(register):
    job = claimed(register(kind(steps={"reading": "Reading"})))
    not_heard_for(job, 61)

    assert queue.beat(job, 1, 3, "reading")

    assert (now(job).parts_done, now(job).parts, now(job).step) == (1, 3, "reading")
    assert queue.reap(MINUTE) == []


def test_beat_of_a_cancelled_job_says_so(register):
    job = claimed(register(kind()))
    cancel(job, by=PERSON)

    assert not queue.beat(job, 1, 3, "")


def test_finish_writes_down_and_marks_as_done(register):
    job, written = claimed(register(kind())), []
    queue.beat(job, 1, 3, "")

    assert queue.finish(job, lambda: written.append(1))

    assert written == [1]
    done = now(job)
    assert (done.state, done.lease, done.parts_done) == (State.DONE, None, 3)
    assert done.ended is not None


def test_finish_that_cannot_write_down_is_not_done_either(register):
    job = claimed(register(kind()))

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue.finish(job, lambda: 1 / 0)

    assert now(job).state == State.RUNNING


def test_nothing_of_a_worker_whose_job_was_taken_over_is_written(register):
    job, written = claimed(register(kind())), []
    other = taken_over(job)

    assert not queue.finish(job, lambda: written.append(1))
    assert not queue.beat(job, 9, 9, "")
    assert not queue.call_off(job)
    queue.give_back(job)
    queue.fail(job, ValueError())

    assert written == []
    assert (now(job).lease, now(job).state, now(job).parts) == (other.lease, State.RUNNING, 0)
    assert queue.finish(other, lambda: written.append(2))
    assert written == [2]


def test_finish_twice_writes_once(register):
    job, written = claimed(register(kind())), []

    assert [queue.finish(job, lambda: written.append(1)) for _ in range(2)] == [True, False]

    assert written == [1]


def test_finish_of_a_cancelled_job_writes_nothing(register):
    job, written = claimed(register(kind())), []
    cancel(job, by=PERSON)

    assert not queue.finish(job, lambda: written.append(1))
    assert queue.call_off(job)

    assert (written, now(job).state) == ([], State.CANCELLED)


def test_give_back_does_not_count_as_an_attempt(register):
    job = claimed(register(kind(attempts=1)))

    queue.give_back(job)

    assert (now(job).state, now(job).attempts, now(job).lease) == (State.WAITING, 0, None)
    assert queue.claim() == job


def test_give_back_of_a_cancelled_job_ends_it(register):
    job = claimed(register(kind()))
    cancel(job, by=PERSON)

    queue.give_back(job)

    assert now(job).state == State.CANCELLED


def test_fail_waits_before_it_is_tried_again(register):
    job = claimed(register(kind(attempts=2)))

    queue.fail(job, ValueError("Ann Example"), timedelta(seconds=100))

    waiting = now(job)
    assert waiting.state == State.WAITING
    assert 50 <= (waiting.not_before - waiting.begun).total_seconds() <= 101
    assert queue.claim() is None


def test_fail_at_the_last_attempt_is_for_good(register):
    job = claimed(register(kind(attempts=2)))
    queue.fail(job, ValueError())
    due(job)
    again = queue.claim()

    queue.fail(again, ValueError())

    assert (now(job).state, now(job).attempts) == (State.FAILED, 2)
    assert now(job).ended is not None


def test_fail_of_a_cancelled_job_is_its_end(register):
    job = claimed(register(kind()))
    cancel(job, by=PERSON)

    queue.fail(job, ValueError())

    assert now(job).state == State.CANCELLED


def test_failure_is_a_class_and_a_place_and_never_a_message(register):
    job = claimed(register(kind(attempts=1)))
    try:
        wait_before("Ann Example")
    except TypeError as error:
        queue.fail(job, error)

    assert now(job).failure.startswith("TypeError frankpledge.web.jobs.policies:")
    assert "Ann" not in now(job).failure


def test_failure_in_code_that_is_not_ours_says_where(register):
    job = claimed(register(kind(attempts=1)))
    try:
        int("Ann Example")
    except ValueError as error:
        queue.fail(job, error)

    assert now(job).failure.startswith("ValueError ")
    assert "test_queue:" in now(job).failure
    assert "Ann" not in now(job).failure


def test_failure_that_was_never_raised_is_a_class():
    assert queue.failure_of(ValueError("Ann Example")) == "ValueError"


def test_reap_leaves_what_is_heard_of(register):
    job = claimed(register(kind()))
    not_heard_for(job, 55)

    assert queue.reap(MINUTE) == []
    assert now(job).state == State.RUNNING


def test_reap_takes_back_what_was_not_heard_of(register):
    job = claimed(register(kind()))
    not_heard_for(job, 61)

    assert queue.reap(MINUTE) == [job]

    assert (now(job).state, now(job).failure) == (State.WAITING, queue.LOST)
    assert queue.claim() == job


def test_reap_of_a_job_that_kills_its_workers_ends_it(register):
    job = claimed(register(kind(attempts=2)))
    taken_over(job)
    not_heard_for(job, 61)

    queue.reap(MINUTE)

    assert (now(job).state, now(job).failure) == (State.FAILED, queue.LOST)
    assert queue.is_empty()


def test_reap_of_a_cancelled_job_ends_it(register):
    job = claimed(register(kind()))
    cancel(job, by=PERSON)
    not_heard_for(job, 61)

    queue.reap(MINUTE)

    assert now(job).state == State.CANCELLED


def test_reap_of_a_kind_that_is_not_known_leaves_it_to_one_who_knows(register):
    job = claimed(register(kind(attempts=1)))
    Job.objects.update(kind="of-a-newer-program")
    not_heard_for(job, 61)

    queue.reap(MINUTE)

    assert now(job).state == State.WAITING


def test_queue_is_empty_when_nothing_waits_or_runs(register):
    job = asked(register(kind()))

    assert not queue.is_empty()
    claimed_job = queue.claim()
    assert not queue.is_empty()
    queue.finish(claimed_job, lambda: None)
    assert queue.is_empty()
    assert now(job).state == State.DONE


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.RUNNING},
        {"state": State.WAITING, "lease": uuid4()},
        {"state": State.DONE},
        {"state": State.WAITING, "ended": Now()},
    ],
)
def test_database_refuses_a_job_that_contradicts_itself(register, wrong):
    job = asked(register(kind()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
