"""The page of one job, for whoever asked for it. To anybody else there is no such job: no permission opens it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from frankpledge.web.jobs import actions, queries
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import JobError


def _own(request: HttpRequest, job: UUID) -> Job:
    found = queries.job_of(request.user.pk, job)
    if found is None:
        raise Http404
    return found


@require_GET
def show(request: HttpRequest, job: UUID) -> HttpResponse:
    """How far it is, and what can be done about it."""
    own = _own(request, job)
    told = {
        "job": own,
        "title": queries.title_of(own),
        "progress": queries.progress(own) | {"address": reverse("jobs:progress", args=[job])},
        "can_cancel": queries.can_cancel(own),
        "can_try_again": queries.can_try_again(own),
    }
    return render(request, "jobs/job.html", told)


@require_GET
def progress(request: HttpRequest, job: UUID) -> JsonResponse:
    """How far it is, for the page that asks every other second; when it has ended, that page is loaded anew."""
    return JsonResponse(queries.progress(_own(request, job)) | {"next": reverse("jobs:job", args=[job])})


# A page that asks by itself is nobody at the keyboard.
progress.keeps_nobody_signed_in = True


@require_POST
def cancel(request: HttpRequest, job: UUID) -> HttpResponse:
    """Cancel it."""
    return _changed(request, actions.cancel, job)


@require_POST
def try_again(request: HttpRequest, job: UUID) -> HttpResponse:
    """Have it tried again."""
    return _changed(request, actions.try_again, job)


def _changed(request: HttpRequest, change: Callable[..., None], job: UUID) -> HttpResponse:
    try:
        change(_own(request, job), by=request.user.pk)
    except JobError as refused:
        messages.error(request, str(refused))
    return redirect("jobs:job", job)
