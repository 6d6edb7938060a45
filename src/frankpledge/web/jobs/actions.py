"""Asking for work, cancelling it, having it tried again. Who may is for the app to check whose work it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from frankpledge.web.audit.actors import Actor, Agent
from frankpledge.web.audit.record import record
from frankpledge.web.jobs import events
from frankpledge.web.jobs.kinds import KINDS, Kind
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State, check_can_cancel, check_can_try_again, plain_arguments, plain_text


@transaction.atomic
def ask(
    kind: Kind,
    *,
    by: Actor,
    partnership: UUID | None = None,
    once: str | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> Job:
    """Ask for work. It is done once the transaction that this stands in is through, and not at all if that fails.

    Parameters
    ----------
    once
        A plain identifier of the wish itself. Asked for again under the same, it is the job there is, whatever became
        of it, until that is pruned.
    arguments
        Plain identifiers only: the work reads everything else from the database.

    Raises
    ------
    NotPlain
        When an argument may hold something personal.
    """
    assert KINDS.get(kind.slug) is kind, f"the kind {kind.slug} is not registered"
    plain = plain_arguments(arguments or {})
    word = plain_text("once", once) if once is not None else None
    there = _asked_before(kind, word)
    if there is not None:
        return there
    job = Job(kind=kind.slug, partnership=partnership, once=word, asked_by=str(by), arguments=plain)
    try:
        _put_in(job, by)
    except IntegrityError:
        # Somebody asked for the same at the same moment.
        there = _asked_before(kind, word)
        if there is None:
            raise
        return there
    job.refresh_from_db()
    return job


@transaction.atomic
def _put_in(job: Job, by: Actor) -> None:
    # The audit first: an action that has its lock already may ask for the same, and must not wait for us in turn.
    record(events.JOB_ASKED, by=by, partnership=job.partnership, on=job, kind=job.kind)
    job.save(force_insert=True)


@transaction.atomic
def cancel(job: Job, *, by: Actor) -> None:
    """Cancel work: at once where it waits; where it runs, the worker is told to leave it off.

    Raises
    ------
    JobError
        When it has ended.
    """
    now = _locked(job)
    check_can_cancel(now.state)
    now.cancel_asked = True
    if now.state == State.WAITING:
        now.state, now.ended = State.CANCELLED, Now()
    now.save(update_fields=["cancel_asked", "state", "ended"])
    record(events.JOB_CANCELLED, by=by, partnership=now.partnership, on=now, kind=now.kind)
    job.refresh_from_db()


@transaction.atomic
def try_again(job: Job, *, by: Actor) -> None:
    """Let work that failed or was cancelled wait for a worker again, with all its attempts.

    Raises
    ------
    JobError
        When it neither failed nor was cancelled.
    """
    now = _locked(job)
    check_can_try_again(now.state)
    now.state, now.ended, now.not_before = State.WAITING, None, Now()
    now.attempts, now.cancel_asked, now.failure = 0, False, ""
    now.save(update_fields=["state", "ended", "not_before", "attempts", "cancel_asked", "failure"])
    record(events.JOB_TRIED_AGAIN, by=by, partnership=now.partnership, on=now, kind=now.kind)
    job.refresh_from_db()


@transaction.atomic
def delete_ended(*, before: datetime, by: Agent) -> int:
    """Delete the jobs that ended before a moment; how many there were."""
    count, _ = Job.objects.filter(ended__lt=before).delete()
    if count:
        record(events.JOBS_DELETED, by=by, partnership=None, count=count)
    return count


def _asked_before(kind: Kind, once: str | None) -> Job | None:
    return Job.objects.filter(kind=kind.slug, once=once).first() if once is not None else None


def _locked(job: Job) -> Job:
    return Job.objects.select_for_update().get(pk=job.pk)
