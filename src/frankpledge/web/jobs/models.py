"""A piece of work that is done behind the pages."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from frankpledge.web.jobs.policies import ENDED, State
from frankpledge.web.keys.sensitivity import Sensitivity

_INTERNAL = Sensitivity.INTERNAL
# As the database has them.
_RUNNING = State.RUNNING.value
_ENDED = sorted(state.value for state in ENDED)


class Job(models.Model):
    """One job. Its times are the database's own, so that workers whose clocks differ agree on them.

    What it works on, and what comes of it, is never in here: its arguments are plain identifiers.
    """

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "kind": _INTERNAL,
        "partnership": _INTERNAL,
        "arguments": _INTERNAL,
        "once": _INTERNAL,
        "state": _INTERNAL,
        "attempts": _INTERNAL,
        "lease": _INTERNAL,
        "heard": _INTERNAL,
        "not_before": _INTERNAL,
        "parts_done": _INTERNAL,
        "parts": _INTERNAL,
        "step": _INTERNAL,
        "cancel_asked": _INTERNAL,
        "asked_by": _INTERNAL,
        "asked": _INTERNAL,
        "begun": _INTERNAL,
        "ended": _INTERNAL,
        "failure": _INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=64)
    # None: work of the site's own.
    partnership = models.UUIDField(null=True)
    arguments = models.JSONField(default=dict)
    # Asked for again under the same word, it is the same job.
    once = models.CharField(max_length=64, null=True)
    state = models.CharField(max_length=10, default=State.WAITING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker's claim: whoever does not hold it writes nothing.
    lease = models.UUIDField(null=True)
    heard = models.DateTimeField(null=True)
    not_before = models.DateTimeField(db_default=Now())
    parts_done = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=64, blank=True)
    cancel_asked = models.BooleanField(default=False)
    # The identifier of a person, or the name of what asked for it by itself.
    asked_by = models.CharField(max_length=36)
    asked = models.DateTimeField(db_default=Now())
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    # The class of what went wrong and where in the code; never its message, in which anything may stand.
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-asked",)
        indexes = (
            models.Index(fields=["state", "not_before"], name="jobs_due"),
            models.Index(fields=["asked_by", "asked"], name="jobs_of_somebody"),
        )
        constraints = (
            models.UniqueConstraint(fields=["kind", "once"], name="job_is_asked_for_once"),
            models.CheckConstraint(
                condition=Q(state=_RUNNING, lease__isnull=False, heard__isnull=False)
                | (~Q(state=_RUNNING) & Q(lease__isnull=True)),
                name="running_job_is_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended__isnull=False) | (~Q(state__in=_ENDED) & Q(ended__isnull=True)),
                name="ended_job_has_its_time",
            ),
        )

    def __str__(self) -> str:
        """Its kind and state."""
        return f"{self.kind}: {self.state}"

    @property
    def has_ended(self) -> bool:
        """Whether no worker will take it up any more."""
        return self.state in ENDED
