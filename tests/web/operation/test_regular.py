"""What the site does by itself: sessions that have ended do not stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from frankpledge.web.keys.sessions import SessionStore
from frankpledge.web.operation.regular import PRUNE_SESSIONS

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_deleted_and_others_stay():
    living, ended = SessionStore(), SessionStore()
    for one in (living, ended):
        one["link"] = "word"
        one.save()
    Session.objects.exclude(pk=Session.objects.first().pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    kept = Session.objects.get(expire_date__gt=timezone.now()).pk

    PRUNE_SESSIONS.write_down({}, PRUNE_SESSIONS.work_out({}, None))

    assert [one.pk for one in Session.objects.all()] == [kept]
    assert PRUNE_SESSIONS.every <= timedelta(days=1)
