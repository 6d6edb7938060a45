"""The worker: every way that a job can end, and what it does when it is told to stop or the database is away."""

import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection

from frankpledge.web.audit.models import Entry
from frankpledge.web.jobs import queue, worker
from frankpledge.web.jobs.actions import cancel
from frankpledge.web.jobs.heart import Heart, LeftOff
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State
from frankpledge.web.jobs.worker import Pace, Worker
from tests.web.jobs.work import PERSON, asked, claimed, due, kind, not_heard_for, now

pytestmark = pytest.mark.django_db

# The tests' transaction is seen by no other thread: here nothing beats by itself. `test_killing` has what beats.
QUIET = Pace(beat=timedelta(hours=1), rest=timedelta(0), first_wait=timedelta(0))


def troubles(caplog):
    """What was logged that is out of the ordinary."""
    return [record.message for record in caplog.records if record.levelname != "INFO"]


def test_job_is_worked_out_and_written_down(register):
    written = []
    counting = register(
        kind(
            work_out=lambda arguments, report: list(range(arguments["up_to"])),
            write_down=lambda arguments, result: written.append((arguments, result)),
        )
    )
    job = asked(counting, arguments={"up_to": 3})

    assert Worker(QUIET).work_once()

    assert written == [({"up_to": 3}, [0, 1, 2])]
    assert now(job).state == State.DONE


def test_nothing_to_do(register):
    assert not Worker(QUIET).work_once()


def test_until_empty_does_all_and_ends(register):
    counting = register(kind())
    jobs = [asked(counting) for _ in range(3)]

    Worker(QUIET).run(until_empty=True)

    assert {now(job).state for job in jobs} == {State.DONE}


def test_work_that_fails_is_tried_again_until_it_succeeds(register):
    tries = []

    def work_out(arguments, report):
        tries.append(report.job)
        if len(tries) < 3:
            raise ValueError("Ann Example")

    job = asked(register(kind(work_out=work_out)))

    Worker(QUIET).run(until_empty=True)

    assert tries == [job.id] * 3
    assert (now(job).state, now(job).attempts, now(job).failure) == (State.DONE, 3, "")


def test_work_that_always_fails_has_failed(register, caplog):
    job = asked(register(kind(work_out=lambda arguments, report: {}["Ann Example"])))

    Worker(QUIET).run(until_empty=True)

    assert (now(job).state, now(job).attempts) == (State.FAILED, 3)
    assert now(job).failure.startswith("KeyError ")
    assert "Ann" not in now(job).failure
    assert troubles(caplog) == ["job-failed"] * 3
    assert {(record.job, record.kind) for record in caplog.records} == {(job.id, "counting")}


def test_what_cannot_be_written_down_is_not_done_and_leaves_nothing(register):
    def write_down(arguments, result):
        Job.objects.filter(pk=job.pk).update(step="half-written")
        raise ValueError

    job = asked(register(kind(write_down=write_down, attempts=1)))

    Worker(QUIET).run(until_empty=True)

    assert (now(job).state, now(job).step) == (State.FAILED, "")


def test_work_that_was_cancelled_is_left_off_at_its_next_report(register):
    told = []

    def work_out(arguments, report):
        cancel(now(job), by=PERSON)
        report._beat()
        for part in range(3):
            told.append(part)
            report(part, 3)

    job = asked(register(kind(work_out=work_out)))

    Worker(QUIET).work_once()

    assert told == [0]
    assert now(job).state == State.CANCELLED


def test_work_that_was_cancelled_and_never_reports_is_not_written_down(register):
    written = []
    counting = register(
        kind(
            work_out=lambda arguments, report: cancel(now(job), by=PERSON),
            write_down=lambda arguments, result: written.append(1),
        )
    )
    job = asked(counting)

    Worker(QUIET).work_once()

    assert (written, now(job).state) == ([], State.CANCELLED)


def test_result_is_dropped_when_another_worker_has_the_job(register):
    written = []

    def work_out(arguments, report):
        not_heard_for(job, 61)
        assert queue.reap(QUIET.lease) == [job]
        assert queue.claim() == job

    job = asked(register(kind(work_out=work_out, write_down=lambda arguments, result: written.append(1))))

    Worker(QUIET).work_once()

    assert (written, now(job).state, now(job).attempts) == ([], State.RUNNING, 2)


def test_job_of_a_lost_worker_is_taken_up(register, caplog):
    job = claimed(register(kind()))
    not_heard_for(job, 61)

    assert Worker(QUIET).work_once()

    assert (now(job).state, now(job).attempts) == (State.DONE, 2)
    assert troubles(caplog) == ["job-worker-lost"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_while_working_gives_the_job_back_at_once(register, number):
    def work_out(arguments, report):
        try:
            os.kill(os.getpid(), number)
            threading.Event().wait(60)
        except Exception:
            pytest.fail("work that catches every error must not catch this")

    job = asked(register(kind(work_out=work_out)))
    before = signal.getsignal(number)

    Worker(QUIET).run()

    assert (now(job).state, now(job).attempts) == (State.WAITING, 0)
    assert signal.getsignal(number) == before


def test_told_to_stop_while_writing_down_finishes_first(register):
    written = []

    def write_down(arguments, result):
        os.kill(os.getpid(), signal.SIGTERM)
        written.append(1)

    counting = register(kind(write_down=write_down))
    jobs = [asked(counting) for _ in range(2)]

    Worker(QUIET).run()

    assert written == [1]
    assert sorted(now(job).state for job in jobs) == [State.DONE, State.WAITING]


def test_told_to_stop_while_resting_stops(register, monkeypatch):
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
    # Not before the worker listens.
    monkeypatch.setattr(queue, "claim", timer.start)

    Worker(Pace(rest=timedelta(minutes=10))).run()

    assert not Job.objects.exists()


def test_told_to_stop_before_the_work_begins_gives_the_job_back(register, monkeypatch):
    job = asked(register(kind()))
    told = Worker(QUIET)
    claim = queue.claim

    def claim_and_be_told():
        told.stop()
        return claim()

    monkeypatch.setattr(queue, "claim", claim_and_be_told)

    told.run()

    assert (now(job).state, now(job).attempts) == (State.WAITING, 0)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_that_is_away_is_waited_for(register, monkeypatch, caplog, error):
    job, claim, away = asked(register(kind())), queue.claim, [error, error]
    waits = []

    def claim_if_there():
        if away:
            raise away.pop()
        return claim()

    monkeypatch.setattr(queue, "claim", claim_if_there)
    monkeypatch.setattr(connection, "close", lambda: None)
    patient = Worker(QUIET)
    monkeypatch.setattr(worker, "wait_before", lambda attempt, first: waits.append(attempt) or timedelta(0))

    patient.run(until_empty=True)

    assert now(job).state == State.DONE
    assert waits == [1, 2]
    assert troubles(caplog) == ["database-lost"] * 2


def test_missed_beat_is_no_harm(register, monkeypatch, caplog):
    job = claimed(register(kind()))
    heart = Heart(job, QUIET.beat)
    monkeypatch.setattr(queue, "beat", lambda *_: (_ for _ in ()).throw(OperationalError))
    monkeypatch.setattr(connection, "close", lambda: None)

    heart._beat()

    assert heart.goes_on
    assert troubles(caplog) == ["job-beat-missed"]


def test_heart_beats_what_was_reported(register):
    job = claimed(register(kind(steps={"reading": "Reading"})))
    heart = Heart(job, QUIET.beat)

    heart(1, 3, "reading")
    heart._beat()

    assert (now(job).parts_done, now(job).parts, now(job).step) == (1, 3, "reading")


@pytest.mark.parametrize("report", [(1, 3, "Ann Example"), (4, 3, ""), (-1, 3, "")])
def test_heart_takes_only_what_the_kind_declares(register, report):
    heart = Heart(claimed(register(kind(steps={"reading": "Reading"}))), QUIET.beat)

    with pytest.raises(AssertionError):
        heart(*report)


def test_work_that_catches_every_error_is_left_off_all_the_same(register):
    heart = Heart(claimed(register(kind())), QUIET.beat)
    heart.goes_on = False

    with pytest.raises(LeftOff):
        try:
            heart(1, 3)
        except Exception:
            pytest.fail("it was caught")


def test_regular_work_is_asked_for_once_by_all_workers(register):
    register(kind(every=timedelta(days=1)))

    for _ in range(3):
        Worker(QUIET).run(until_empty=True)

    job = Job.objects.get()
    assert (job.state, job.asked_by) == (State.DONE, "worker")
    assert job.once.endswith("T00:00:00Z")
    assert Entry.objects.filter(event="job-asked").count() == 1


@pytest.mark.parametrize(
    ("moment", "length", "begun"),
    [
        (datetime(2026, 3, 27, 23, 59, 59, tzinfo=UTC), timedelta(days=1), "2026-03-27T00:00:00Z"),
        (datetime(2026, 3, 28, 0, 0, 0, tzinfo=UTC), timedelta(days=1), "2026-03-28T00:00:00Z"),
        (datetime(2026, 3, 27, 10, 44, 59, tzinfo=UTC), timedelta(minutes=15), "2026-03-27T10:30:00Z"),
    ],
)
def test_stretch_of_time(moment, length, begun):
    assert worker._stretch(moment, length) == begun


def test_failed_job_can_be_due_again_at_once(register):
    job = claimed(register(kind()))
    queue.fail(job, ValueError())
    due(job)

    assert Worker(QUIET).work_once()

    assert now(job).state == State.DONE
