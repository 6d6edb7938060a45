"""Old jobs are deleted, and nothing else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models.functions import Now

from frankpledge.web.audit.models import Entry
from frankpledge.web.jobs import kinds, queue
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.pruning import PRUNE_JOBS
from frankpledge.web.jobs.worker import Pace, Worker
from tests.web.jobs.work import asked, claimed, kind

pytestmark = pytest.mark.django_db


def ended(counting, days_ago):
    job = claimed(counting)
    queue.finish(job, lambda: None)
    Job.objects.filter(pk=job.pk).update(ended=Now() - timedelta(days=days_ago))
    return job


def test_site_prunes_by_itself():
    assert kinds.KINDS["prune-jobs"] is PRUNE_JOBS


def test_jobs_that_ended_long_ago_are_deleted(register):
    counting = register(kind())
    old, young = ended(counting, settings.LOG_DAYS + 1), ended(counting, settings.LOG_DAYS - 1)
    waiting = asked(counting)
    Job.objects.filter(pk=waiting.pk).update(asked=Now() - timedelta(days=1000), not_before=Now() + timedelta(days=1))
    register(PRUNE_JOBS)

    assert Worker(Pace(beat=timedelta(hours=1))).work_once()

    left = set(Job.objects.exclude(kind="prune-jobs"))
    assert left == {young, waiting}
    assert old not in left
    assert Entry.objects.get(event="jobs-deleted").details == '{"count":1}'


def test_nothing_old_is_nothing_to_put_down(register):
    ended(register(kind()), 1)
    register(PRUNE_JOBS)

    Worker(Pace(beat=timedelta(hours=1))).work_once()

    assert not Entry.objects.filter(event="jobs-deleted").exists()
