"""How workers share jobs out. Only what this writes is not in `actions`: it is no person's doing.

A claim puts a new lease on a job. Everything a worker writes about it afterwards goes through `_held`, which finds
nothing once the job was given to another: a worker that was away too long can neither harm nor repeat anything.
Times are compared with the database's own clock.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now

from frankpledge.web.jobs.kinds import KINDS
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import FIRST_WAIT, State, after_attempt, wait_before

# What is put down as the failure of a job whose worker was not heard of any more.
LOST = "worker-lost"
_OURS = "frankpledge."


def claim() -> Job | None:
    """Take the job that has been due longest, of a kind that this program knows; None where there is none."""
    # A look first: with SQLite every transaction waits for the one lock.
    return _claim() if _due().exists() else None


@transaction.atomic
def _claim() -> Job | None:
    job = _due().order_by("not_before", "asked").select_for_update(skip_locked=True).first()
    if job is None:
        return None
    lease = uuid4()
    taken = Job.objects.filter(pk=job.pk, state=State.WAITING).update(
        state=State.RUNNING,
        lease=lease,
        heard=Now(),
        begun=Now(),
        attempts=F("attempts") + 1,
        parts_done=0,
        parts=0,
        step="",
    )
    return Job.objects.get(pk=job.pk, lease=lease) if taken else None


def _due() -> QuerySet[Job]:
    return Job.objects.filter(state=State.WAITING, kind__in=list(KINDS), not_before__lte=Now())


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=State.RUNNING)


def beat(job: Job, parts_done: int, parts: int, step: str) -> bool:
    """Say that the worker lives, and how far it is; whether it is to go on: it holds the job, and nobody cancelled."""
    held = _held(job).filter(cancel_asked=False)
    return held.update(heard=Now(), parts_done=parts_done, parts=parts, step=step) == 1


@transaction.atomic
def finish(job: Job, write_down: Callable[[], None]) -> bool:
    """Mark a job as done and write down what came of it, both or neither; whether it was still the worker's to finish.

    The mark comes first: from there to the end of the transaction nobody else can take the job.
    """
    held = _held(job).filter(cancel_asked=False)
    if not held.update(state=State.DONE, lease=None, ended=Now(), parts_done=F("parts"), failure=""):
        return False
    write_down()
    return True


def give_back(job: Job) -> None:
    """Let another worker take it at once; it does not count as an attempt. One that was to be cancelled, is."""
    if call_off(job):
        return
    _held(job).update(state=State.WAITING, lease=None, not_before=Now(), attempts=Greatest(F("attempts") - 1, 0))


def call_off(job: Job) -> bool:
    """End a job that was to be cancelled; whether it was, and was this worker's."""
    cancelled = _held(job).filter(cancel_asked=True)
    return cancelled.update(state=State.CANCELLED, lease=None, ended=Now()) == 1


def fail(job: Job, error: Exception, first_wait: timedelta = FIRST_WAIT) -> None:
    """Put down that an attempt failed, and where; it is tried again after a wait, or has failed for good."""
    place = failure_of(error)
    _after_attempt(job, place, wait_before(job.attempts, first_wait))


def reap(lease: timedelta) -> list[Job]:
    """Take back the jobs of workers that were not heard of for so long; which they were."""
    return _reap(lease) if _unheard(lease).exists() else []


@transaction.atomic
def _reap(lease: timedelta) -> list[Job]:
    lost = list(_unheard(lease).select_for_update(skip_locked=True))
    for job in lost:
        _after_attempt(job, LOST, timedelta(0))
    return lost


def _unheard(lease: timedelta) -> QuerySet[Job]:
    return Job.objects.filter(state=State.RUNNING, heard__lt=Now() - lease)


@transaction.atomic
def _after_attempt(job: Job, failure: str, wait: timedelta) -> None:
    held = _held(job).select_for_update().first()
    if held is None:
        return
    kind = KINDS.get(held.kind)
    # A kind that this program does not know is left to one that does.
    allowed = kind.attempts if kind else held.attempts + 1
    state = after_attempt(held.attempts, allowed, held.cancel_asked)
    ended: Any = None if state == State.WAITING else Now()
    not_before = Now() + wait if wait else Now()
    _held(job).update(state=state, lease=None, ended=ended, not_before=not_before, failure=failure)


def is_empty() -> bool:
    """Whether no job of a kind that this program knows waits or runs."""
    return not Job.objects.filter(state__in=[State.WAITING, State.RUNNING], kind__in=list(KINDS)).exists()


def failure_of(error: Exception) -> str:
    """The class of an error, and the module and line of ours that it came through last."""
    frames = [f"{frame.f_globals.get('__name__', '')}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [frame for frame in frames if frame.startswith(_OURS)]
    return " ".join([type(error).__name__, *(ours or frames)[-1:]])[:200]
