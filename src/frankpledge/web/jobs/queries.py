"""Reads: a person's own jobs, and how far one is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from frankpledge.web.jobs.kinds import KINDS
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State, can_move


def jobs_of(person: UUID) -> QuerySet[Job]:
    """The jobs that somebody asked for, the newest first."""
    return Job.objects.filter(asked_by=str(person))


def job_of(person: UUID, job: UUID) -> Job | None:
    """One of the jobs that somebody asked for."""
    return jobs_of(person).filter(pk=job).first()


def jobs_in(partnership: UUID) -> QuerySet[Job]:
    """The jobs of a partnership, the newest first."""
    return Job.objects.filter(partnership=partnership)


def title_of(job: Job) -> str:
    """What people read of a kind of work; its slug where this program does not know it any more."""
    return str(KINDS[job.kind].title) if job.kind in KINDS else job.kind


def progress(job: Job) -> dict[str, Any]:
    """How far a job is, as a page is told that asks."""
    return {
        "text": words_of(job),
        "finished": job.has_ended,
        "state": job.state,
        "done": job.parts_done,
        "total": job.parts,
    }


def words_of(job: Job) -> str:
    """How far a job is, in a sentence or two."""
    if job.cancel_asked and not job.has_ended:
        return gettext("Being cancelled.")
    if job.state == State.WAITING:
        return gettext("Waiting to be tried again.") if job.failure else gettext("Waiting for its turn.")
    if job.state == State.RUNNING:
        return _words_of_running(job)
    if job.state == State.FAILED:
        tried = ngettext("It was tried %(times)d time.", "It was tried %(times)d times.", job.attempts)
        return gettext("This could not be done.") + " " + tried % {"times": job.attempts}
    return gettext("Done.") if job.state == State.DONE else gettext("Cancelled.")


def can_cancel(job: Job) -> bool:
    """Whether its page offers to cancel it."""
    return can_move(job.state, State.CANCELLED) and not job.cancel_asked


def can_try_again(job: Job) -> bool:
    """Whether its page offers to try it again."""
    return job.state in (State.FAILED, State.CANCELLED)


def _words_of_running(job: Job) -> str:
    kind = KINDS.get(job.kind)
    step = str(kind.steps.get(job.step, "")) if kind else ""
    if not job.parts:
        return f"{step or gettext('Running')}."
    parts = gettext("%(done)d of %(total)d") % {"done": job.parts_done, "total": job.parts}
    return f"{step or gettext('Running')}: {parts}."
