"""Jobs that ended long ago are deleted, as old logs are: of what they did the audit tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy

from frankpledge.web.audit.actors import Agent
from frankpledge.web.jobs.actions import delete_ended
from frankpledge.web.jobs.kinds import Arguments, Kind, Report


def _oldest_kept(arguments: Arguments, report: Report) -> datetime:
    return datetime.now(UTC) - timedelta(days=settings.LOG_DAYS)


def _delete_older(arguments: Arguments, oldest_kept: datetime) -> None:
    delete_ended(before=oldest_kept, by=Agent.WORKER)


PRUNE_JOBS = Kind(
    "prune-jobs",
    gettext_lazy("Delete what is known of old work"),
    _oldest_kept,
    _delete_older,
    every=timedelta(days=1),
)
