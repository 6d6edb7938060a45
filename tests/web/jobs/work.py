"""Kinds of work that the tests ask for, and jobs as they stand at some moment."""

from datetime import timedelta
from uuid import uuid4

from django.db.models.functions import Now

from frankpledge.web.jobs import queue
from frankpledge.web.jobs.actions import ask
from frankpledge.web.jobs.kinds import Kind
from frankpledge.web.jobs.models import Job

PERSON = uuid4()


def kind(slug="counting", work_out=None, write_down=None, **more):
    """A kind of work that counts to what it is given, unless the test says otherwise."""
    return Kind(
        slug=slug,
        title="Counting",
        work_out=work_out or (lambda arguments, report: arguments.get("up_to", 0)),
        write_down=write_down or (lambda arguments, result: None),
        **more,
    )


def asked(counting, **more):
    """A job that waits."""
    return ask(counting, **({"by": PERSON} | more))


def claimed(counting, **more):
    """A job that this worker has."""
    asked(counting, **more)
    job = queue.claim()
    assert job is not None
    return job


def not_heard_for(job, seconds):
    """Let time pass since a job was last heard of."""
    Job.objects.filter(pk=job.pk).update(heard=Now() - timedelta(seconds=seconds))


def due(job):
    """Let the wait before the next attempt be over."""
    Job.objects.filter(pk=job.pk).update(not_before=Now() - timedelta(seconds=1))


def now(job):
    """The job as the database has it."""
    return Job.objects.get(pk=job.pk)
