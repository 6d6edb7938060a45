"""The pages for machines."""

import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.record import record
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State
from frankpledge.web.operation.backup import note_backup
from frankpledge.web.operation.events import BACKED_UP
from frankpledge.web.operation.views import failed
from frankpledge.web.partners.models import Person, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.urls("frankpledge.web.operation.urls")]


@pytest.fixture(autouse=True)
def _alone(settings, tmp_path):
    """Without what stands around every page, which has tests of its own; in a folder of the test's own."""
    settings.MIDDLEWARE = []
    settings.SITE_FOLDER = tmp_path
    settings.AUDIT_HEADS = tmp_path / "heads"


def test_site_that_is_well_says_ok(client):
    response = client.get("/health")

    assert (response.status_code, response.content) == (200, b"ok")


def test_site_that_waits_for_an_upgrade_says_so_with_its_status(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'partners'")

    response = client.get("/health")

    assert (response.status_code, response.content) == (503, b"not ok")


@pytest.mark.parametrize("newer", [True, False])
def test_page_that_fails_while_the_site_is_upgraded_says_that_it_is(newer):
    assert failed(None).status_code == 500
    with connection.cursor() as cursor:
        if newer:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('partners', '9999', CURRENT_TIMESTAMP)"
            )
        else:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'partners'")

    response = failed(None)

    assert response.status_code == 503
    assert "being upgraded" in response.content.decode()


def test_page_that_fails_without_a_database_says_that_it_failed():
    def lost(execute, sql, params, many, context):
        raise OperationalError("the server at 10.0.0.1 is gone")

    with connection.execute_wrapper(lost):
        assert failed(None).status_code == 500


def test_site_without_a_database_says_no_more_than_that(client):
    def lost(execute, sql, params, many, context):
        raise OperationalError("the server at 10.0.0.1 is gone")

    with connection.execute_wrapper(lost):
        response = client.get("/health")

    assert (response.status_code, response.content) == (503, b"not ok")


def asked(client, word=None):
    headers = {"authorization": f"Bearer {word}"} if word else {}
    return client.get("/metrics", headers=headers)


@pytest.mark.parametrize("word", [None, "", "wrong", "ŵ"])
def test_metrics_without_their_word_are_not_there(client, word):
    assert asked(client, word).status_code == 404


def numbers(client):
    text = asked(client, settings.KEYRING.secret("metrics")).content.decode()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(one.name.removeprefix("frankpledge_"), *one.labels.values()): one.value for one in samples}


def signed_in(heard, **fields):
    person = Person(email_index=uuid4().hex)
    person.save()
    return SignIn.objects.create(person=person, heard=heard, **fields)


def test_metrics_tell_how_the_site_does(client, settings):
    now = timezone.now()
    Job.objects.create(kind="x", asked_by="worker", not_before=now - datetime.timedelta(minutes=5))
    Job.objects.create(kind="x", asked_by="worker", state=State.DONE, ended=now, heard=now)
    Job.objects.create(kind="x", asked_by="worker", state=State.RUNNING, lease=uuid4(), heard=now.replace(year=2000))
    signed_in(now)
    signed_in(now, ended=now)
    signed_in(now - datetime.timedelta(days=1))
    note_backup(settings.SITE_FOLDER, now - datetime.timedelta(hours=1))
    with transaction.atomic():
        record(BACKED_UP, by=Agent.COMMAND, partnership=None)

    found = numbers(client)

    assert found["jobs", "waiting"] == found["jobs", "done"] == found["jobs", "running"] == found["jobs_unheard",] == 1
    assert found["jobs", "failed"] == 0
    assert 300 <= found["jobs_oldest_due_seconds",] < 330
    assert 0 <= found["worker_heard_age_seconds",] < 30
    assert found["sign_ins_alive",] == 1
    assert found["audit_entries", "site"] == found["audit_head", "site"] == 1
    assert found["database_bytes",] > 10_000
    assert 3600 <= found["backup_age_seconds",] < 3630


def test_metrics_of_a_new_site_have_no_ages(client):
    found = numbers(client)

    assert found["jobs_oldest_due_seconds",] == 0
    assert not {name[0] for name in found} & {"worker_heard_age_seconds", "backup_age_seconds"}


def test_metrics_name_nobody(client):
    signed_in(timezone.now())

    text = asked(client, settings.KEYRING.secret("metrics")).content.decode()

    assert not [value for value in Person.objects.values_list("id", "email_index") if str(value) in text]
    assert "@" not in text
