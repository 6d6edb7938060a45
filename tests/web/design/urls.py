"""The furniture's own pages, and pages that show what none of them has: a form, messages, a job, mistakes."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import include, path

from frankpledge.web.design.dates import DateField
from frankpledge.web.design.errors import too_many, upgrading

SECRET = "what went wrong inside"


class MeetingForm(forms.Form):
    """A form of two questions."""

    name = forms.CharField(label="Name of the meeting", error_messages={"required": "Enter the name of the meeting"})
    day = DateField(label="Date of the meeting", error_messages={"required": "Enter the date of the meeting"})


@login_not_required
def meeting(request):
    form = MeetingForm(request.POST if request.method == "POST" else None)
    return render(request, "design/form_page.html", {"form": form, "title": "Plan a meeting"})


@login_not_required
def told(request):
    messages.success(request, "The invitation was sent.")
    messages.info(request, "<b>Two</b> memberships end this month.")
    return render(request, "design/two_thirds.html", {"title": "People"})


@login_not_required
def job(request):
    progress = SimpleNamespace(text="Reading the first file", address="/job.json", finished=False)
    return render(request, "design/progress_page.html", {"progress": progress, "title": "Reading files"})


ANSWERS = [
    {"text": "Reading the first file", "finished": False},
    {"text": "Done", "finished": True, "next": "/signed-out/"},
]


@login_not_required
def job_json(request):
    asked = int(request.COOKIES.get("asked", "0"))
    answer = JsonResponse(ANSWERS[asked])
    answer.set_cookie("asked", str(asked + 1))
    return answer


def _raises(error):
    @login_not_required
    def view(request):
        raise error

    return view


urlpatterns = [
    path("", include("frankpledge.web.design.urls")),
    path("meeting/", meeting),
    path("told/", told),
    path("job/", job),
    path("job.json", job_json),
    path("bad/", _raises(SuspiciousOperation(SECRET))),
    path("forbidden/", _raises(PermissionDenied(SECRET))),
    path("broken/", _raises(ZeroDivisionError(SECRET))),
    path("often/", login_not_required(too_many)),
    path("upgrading/", login_not_required(upgrading)),
]
handler400 = "frankpledge.web.design.errors.bad_request"
handler403 = "frankpledge.web.design.errors.forbidden"
handler404 = "frankpledge.web.design.errors.not_found"
handler500 = "frankpledge.web.design.errors.failed"
