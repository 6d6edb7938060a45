"""A job's page: how far it is, in words; to anybody else there is no such job."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404

from frankpledge.web.jobs import queries, queue, views
from frankpledge.web.jobs.actions import cancel
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State
from tests.web.jobs.work import PERSON, asked, claimed, kind, now

pytestmark = pytest.mark.django_db


def request_of(rf, method="get", person=PERSON):
    request = getattr(rf, method)("/")
    request.user = SimpleNamespace(pk=person, is_authenticated=True)
    request._messages = CookieStorage(request)
    return request


def words(job):
    return queries.words_of(now(job))


def test_words_of_a_job_that_waits(register):
    assert words(asked(register(kind()))) == "Waiting for its turn."


def test_words_of_a_job_that_runs(register):
    job = claimed(register(kind(steps={"reading": "Reading"})))

    assert words(job) == "Running."
    queue.beat(job, 0, 0, "reading")
    assert words(job) == "Reading."
    queue.beat(job, 1, 3, "reading")
    assert words(job) == "Reading: 1 of 3."
    queue.beat(job, 2, 3, "")
    assert words(job) == "Running: 2 of 3."


def test_words_of_a_job_that_is_done(register):
    job = claimed(register(kind()))
    queue.finish(job, lambda: None)

    assert words(job) == "Done."


def test_words_of_a_job_that_failed_once(register):
    job = claimed(register(kind()))
    queue.fail(job, ValueError())

    assert words(job) == "Waiting to be tried again."


@pytest.mark.parametrize(("attempts", "tried"), [(1, "1 time"), (2, "2 times")])
def test_words_of_a_job_that_failed(register, attempts, tried):
    job = claimed(register(kind(attempts=1)))
    Job.objects.update(attempts=attempts)
    queue.fail(job, ValueError())

    assert words(job) == f"This could not be done. It was tried {tried}."


def test_words_of_a_job_that_is_cancelled(register):
    counting = register(kind())
    running = claimed(counting)
    waiting = asked(counting)

    cancel(running, by=PERSON)
    cancel(waiting, by=PERSON)

    assert words(running) == "Being cancelled."
    assert words(waiting) == "Cancelled."


def test_kind_that_is_not_known_any_more_has_its_slug_for_a_title(register):
    job = claimed(register(kind(steps={"reading": "Reading"})))
    queue.beat(job, 1, 3, "reading")
    Job.objects.update(kind="of-an-older-program")

    assert queries.title_of(now(job)) == "of-an-older-program"
    assert words(job) == "Running: 1 of 3."


def test_page_says_how_far_it_is_and_offers_to_cancel(register, rf):
    job = asked(register(kind()))

    page = views.show(request_of(rf), job.id).content.decode()

    assert "<h1" in page
    assert "Counting" in page
    assert "Waiting for its turn." in page
    assert f"/jobs/{job.id}/cancel/" in page
    assert f'data-poll="/jobs/{job.id}/progress/"' in page
    assert "Try again" not in page


def test_page_of_what_was_cancelled_offers_to_try_again_and_asks_no_more(register, rf):
    job = asked(register(kind()))
    cancel(job, by=PERSON)

    page = views.show(request_of(rf), job.id).content.decode()

    assert f"/jobs/{job.id}/try-again/" in page
    assert "Cancel this work" not in page
    assert "poll.js" not in page


def test_page_of_what_is_being_cancelled_does_not_offer_it_again(register, rf):
    job = claimed(register(kind()))
    cancel(job, by=PERSON)

    assert "Cancel this work" not in views.show(request_of(rf), job.id).content.decode()


def test_progress_is_told_as_the_page_expects_it(register, rf):
    job = claimed(register(kind()))
    queue.beat(job, 1, 3, "")

    told = json.loads(views.progress(request_of(rf), job.id).content)

    assert told == {
        "text": "Running: 1 of 3.",
        "finished": False,
        "state": "running",
        "done": 1,
        "total": 3,
        "next": f"/jobs/{job.id}/",
    }


def test_page_that_asks_by_itself_keeps_nobody_signed_in():
    assert views.progress.keeps_nobody_signed_in


@pytest.mark.parametrize(
    ("view", "method"), [("show", "get"), ("progress", "get"), ("cancel", "post"), ("try_again", "post")]
)
def test_job_of_somebody_else_is_not_there(register, rf, view, method):
    job = asked(register(kind()))

    with pytest.raises(Http404):
        getattr(views, view)(request_of(rf, method, uuid4()), job.id)

    assert now(job).state == State.WAITING


@pytest.mark.parametrize("view", ["cancel", "try_again"])
def test_nothing_changes_by_looking(register, rf, view):
    job = asked(register(kind()))

    assert getattr(views, view)(request_of(rf), job.id).status_code == 405
    assert now(job).state == State.WAITING


def test_cancelled_and_tried_again_from_the_page(register, rf):
    job = asked(register(kind()))

    answer = views.cancel(request_of(rf, "post"), job.id)

    assert answer.url == f"/jobs/{job.id}/"
    assert now(job).state == State.CANCELLED
    views.try_again(request_of(rf, "post"), job.id)
    assert now(job).state == State.WAITING


def test_too_late_to_cancel_is_said_on_the_page(register, rf):
    job = claimed(register(kind()))
    queue.finish(job, lambda: None)
    request = request_of(rf, "post")

    answer = views.cancel(request, job.id)

    assert answer.url == f"/jobs/{job.id}/"
    assert [str(message) for message in get_messages(request)] == [
        "This work has ended already, so it cannot be cancelled."
    ]
