"""What is logged, and above all what is not: nothing that anybody wrote, and no address that anybody asked for."""

import datetime
import json
import logging
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from gunicorn.config import Config

from frankpledge.web.operation.logs import configure, log_requests, log_uncaught, prune
from frankpledge.web.operation.regular import PRUNE_LOGS
from frankpledge.web.operation.server_logs import ServerLogs
from frankpledge.web.partners.models import Agency

NAME, TOKEN = "Zachariah Quillfeather", "q7tokenw5"


def fail(request, word):
    local = NAME
    raise ValueError(f"{local} lives here")


def fine(request, word):
    logging.getLogger("frankpledge.web.partners").info("looked", extra={"kind": "a-kind", "name_of": NAME})
    return HttpResponse(NAME)


urlpatterns = [path("fail/<str:word>/", fail, name="fails"), path("fine/<str:word>/", fine, name="fine")]


@pytest.fixture
def folder(tmp_path):
    """Where the lines of a test go."""
    configure({"folder": tmp_path / "logs"})
    yield tmp_path / "logs"
    configure(settings.LOGGING)


def written(folder):
    return "".join(path.read_text() for path in sorted(folder.glob("*")))


def lines(folder):
    return [json.loads(line) for line in written(folder).splitlines()]


def nothing_of(folder, captured, *secrets):
    told = written(folder) + captured.err + captured.out
    assert told
    assert [secret for secret in secrets if secret.casefold() in told.casefold()] == []


def test_exception_is_told_by_class_and_place_only(folder, capsys):
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise RuntimeError(f"no {NAME}") from error
    except RuntimeError:
        logging.getLogger("somebody.else").exception("no %s at %s", NAME, "a@example.org")

    (line,) = lines(folder)
    assert [one["class"] for one in line["errors"]] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert line["errors"][0]["frames"][0].startswith("test_logs.py:")
    assert line["event"].startswith("at test_logs.py:")
    nothing_of(folder, capsys.readouterr(), NAME, "example.org", "Zachariah")


@pytest.mark.django_db
def test_words_of_the_database_are_not_told(folder, capsys):
    Agency.objects.create(name=NAME, kind="council")

    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO partners_agency SELECT * FROM partners_agency WHERE name = %s", [NAME])
    logging.getLogger("django.db").error("failed: %s", caught.value, exc_info=caught.value)

    assert any(one["class"] == "django.db.utils.IntegrityError" for one in lines(folder)[-1]["errors"])
    nothing_of(folder, capsys.readouterr(), NAME, "partners_agency", "INSERT")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["fine", "fail", "nowhere"])
def test_request_is_told_by_its_route_only(folder, capsys, client, settings, address):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["frankpledge.web.operation.logs.log_requests", "django.middleware.common.CommonMiddleware"]
    client.raise_request_exception = False

    client.get(f"/{address}/{TOKEN}/", {"q": NAME, "t": TOKEN}, headers={"user-agent": NAME, "referer": TOKEN})

    told = lines(folder)[-1]
    route, status = {"fine": ("fine", 200), "fail": ("fails", 500), "nowhere": ("none", 404)}[address]
    assert (told["event"], told["route"], told["status"], told["method"]) == ("request", route, status, "GET")
    assert told["milliseconds"] >= 0
    assert {line["request"] for line in lines(folder)} == {told["request"]}
    nothing_of(folder, capsys.readouterr(), NAME, TOKEN, "127.0.0.1", "lives here")


def test_each_request_has_an_identifier_of_its_own(folder):
    answer = log_requests(lambda request: HttpResponse())
    for method in ("get", "post"):
        answer(getattr(RequestFactory(), method)("/"))
    logging.getLogger("frankpledge.test").info("afterwards")

    first, second, after = lines(folder)
    assert first["request"] != second["request"]
    assert "request" not in after


def test_method_that_somebody_made_up_is_not_told(folder, capsys):
    log_requests(lambda request: HttpResponse())(RequestFactory().generic("QUILLFEATHER", "/"))

    assert lines(folder)[0]["method"] == "OTHER"
    nothing_of(folder, capsys.readouterr(), "Quillfeather")


@pytest.mark.parametrize(
    "extra",
    [{"job": "Zachariah"}, {"kind": NAME}, {"route": f"/{TOKEN}?a=b"}, {"status": NAME}, {"e_mail": "a@example.org"}],
)
def test_field_that_is_not_what_it_should_be_is_left_out(folder, extra):
    logging.getLogger("frankpledge.web.jobs").info("job-done", extra=extra)

    assert set(lines(folder)[0]) == {"time", "level", "logger", "event"}


def test_fields_of_a_job_are_told(folder):
    job = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    logging.getLogger("frankpledge.web.jobs").warning("job-worker-lost", extra={"job": job, "kind": "prune-logs"})

    told = lines(folder)[0]
    assert (told["level"], told["event"], told["job"], told["kind"]) == (
        "warning",
        "job-worker-lost",
        job,
        "prune-logs",
    )


def test_message_that_is_no_slug_is_not_told(folder, capsys):
    logging.getLogger("frankpledge.web.jobs").warning("%s did it", NAME)
    logging.getLogger("frankpledge.web.jobs").warning(f"{NAME} did it")

    assert all(line["event"].startswith("at test_logs.py:") for line in lines(folder))
    nothing_of(folder, capsys.readouterr(), NAME, "did it")


def test_deep_exception_is_told_by_its_innermost_frames(folder):
    def deep(left):
        return deep(left - 1) if left else 1 / 0

    try:
        deep(200)
    except ZeroDivisionError:
        logging.getLogger("frankpledge.test").exception("deep")

    frames = lines(folder)[0]["errors"][0]["frames"]
    assert len(frames) == 60
    assert frames[-1].endswith(":deep")


def test_log_is_its_owners_only_and_one_a_day(folder):
    logging.getLogger("frankpledge.test").info("one")
    logging.getLogger("frankpledge.test").info("two")

    (path,) = folder.iterdir()
    assert path.name == f"{datetime.datetime.now(datetime.UTC).date()}.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_folder_that_cannot_be_written_stops_nothing(tmp_path, capsys):
    (tmp_path / "logs").write_text("not a folder")
    configure({"folder": tmp_path / "logs"})

    logging.getLogger("frankpledge.test").error("event-one", extra={"kind": "x"})
    configure(settings.LOGGING)

    assert "event-one" in capsys.readouterr().err


WRITER = """
import logging, sys
from frankpledge.web.operation.logs import configure
configure({"folder": __import__("pathlib").Path(sys.argv[1])})
for number in range(500):
    logging.getLogger("frankpledge.test").info("event", extra={"job": number, "kind": "k" * 200})
"""


def test_lines_of_several_processes_stay_whole(tmp_path):
    folder = tmp_path / "logs"
    command = [sys.executable, "-c", WRITER, str(folder)]
    writers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(4)]

    assert [writer.wait(timeout=60) for writer in writers] == [0] * 4
    numbers = [line["job"] for line in lines(folder)]
    assert sorted(numbers) == sorted(list(range(500)) * 4)


@pytest.fixture
def _hooks(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


@pytest.mark.usefixtures("_hooks")
def test_what_nothing_caught_is_told_by_class_and_place_only(folder, capsys):
    log_uncaught()

    def work():
        raise ValueError(NAME)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    (line,) = lines(folder)
    assert (line["event"], line["level"]) == ("uncaught", "critical")
    assert line["errors"][0]["class"] == "builtins.ValueError"
    nothing_of(folder, capsys.readouterr(), NAME)


def test_web_server_logs_through_our_lines(folder, capsys):
    config = Config()
    config.set("loglevel", "warning")
    server = ServerLogs(config)

    server.info("Booting worker for %s", TOKEN)
    server.error("Error handling request %s", f"/join/{TOKEN}")
    server.access(None, None, {"PATH_INFO": TOKEN}, None)

    assert [line["logger"] for line in lines(folder)] == ["gunicorn.error"]
    nothing_of(folder, capsys.readouterr(), TOKEN)


def test_old_logs_are_deleted(tmp_path):
    today = datetime.date(2026, 11, 29)
    for days in (0, 1, 90, 91, 400):
        (tmp_path / f"{today - datetime.timedelta(days=days)}.jsonl").write_text("{}\n")
    (tmp_path / "notes.txt").write_text("kept")

    assert prune(tmp_path, 90, today) == 2
    assert len(list(tmp_path.iterdir())) == 4
    assert prune(tmp_path / "nowhere", 90, today) == 0


def test_old_logs_are_deleted_by_regular_work(tmp_path, settings):
    settings.LOGGING = {"folder": tmp_path}
    settings.LOG_DAYS = 1
    (tmp_path / "2020-01-01.jsonl").write_text("{}\n")

    assert PRUNE_LOGS.work_out({}, None) == 1
    assert PRUNE_LOGS.write_down({}, 1) is None
    assert PRUNE_LOGS.every <= datetime.timedelta(days=1)
