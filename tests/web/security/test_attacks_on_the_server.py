"""Attacks on the server: hosts, files, sizes, methods, and requests that can be read in two ways."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from frankpledge.web.operation import serving

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver, evil.example", "[::1", "a b"])
def test_another_host_is_refused_with_every_header_and_is_not_repeated(client, host):
    response = client.get("/sign-in/", HTTP_HOST=host)

    assert response.status_code == 400
    assert "evil" not in response.content.decode()
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_files_have_the_same_headers_as_pages(settings):
    probe = Path(settings.STATIC_ROOT) / "probe.css"
    probe.write_text("a{}")

    response = Client().get("/static/probe.css")

    probe.unlink()
    assert b"".join(response.streaming_content) == b"a{}"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/sign-in/", "/health", "/nowhere", "/people/"])
def test_every_answer_says_what_it_is_and_lets_no_other_site_read_it(client, address):
    headers = client.get(address, headers={"Origin": "https://evil.example"}, follow=True).headers

    assert headers["Content-Type"].endswith("; charset=utf-8")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert not [name for name in headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize(
    "path", ["../site.sqlite3", "%2e%2e/site.sqlite3", "..%2fsite.sqlite3", "", "../../etc/passwd"]
)
def test_files_beside_the_styles_are_not_served(settings, path):
    beside = Path(settings.SITE_FOLDER) / "site.sqlite3"
    made = not beside.exists()
    beside.touch()

    assert Client().get(f"/static/{path}").status_code == 404

    if made:
        beside.unlink()


@pytest.mark.parametrize("length", [str(11 * 2**20), "9" * 30, "-1", "x"])
def test_what_is_too_large_is_refused_before_it_is_read(client, length):
    assert client.generic("POST", "/sign-in/", b"a=b", CONTENT_LENGTH=length).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "MADE-UP"])
def test_other_methods_open_nothing(client, method):
    for name in ("home", "people", "audit", "invite", "account"):
        response = client.generic(method, reverse(name))
        assert response.status_code in (302, 403, 405), name
        assert response.headers.get("Location", "/sign-in/?").startswith("/sign-in/?")


def server():
    """The web server's own settings, as the site is run with them."""
    made = Config()
    for name, value in vars(made.parser().parse_args(list(serving._SITE))).items():
        if value is not None and name in made.settings:
            made.set(name, value)
    return made


def requests(*lines, peer=("127.0.0.1", 5000)):
    """What the web server makes of lines that come from a proxy on the same computer."""
    sent = "\r\n".join(("GET /health HTTP/1.1", "Host: localhost", *lines, "", "")).encode()
    return next(RequestParser(server(), iter([sent]), peer))


# What comes by a socket has no address, which is written as an empty word.
@pytest.mark.parametrize("peer", [("127.0.0.1", 5000), ""])
def test_nobody_says_under_which_path_the_site_lies(peer):
    lines = ("SCRIPT_NAME: /evil", "PATH_INFO: /metrics", "X_FORWARDED_FOR: 1.1.1.1")

    assert [name for name, _ in requests(*lines, peer=peer).headers] == ["HOST"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: xchunked",),
        ("X: a\nY: b",),
        ("A: " + "x" * 20_000,),
    ],
)
def test_request_whose_end_can_be_read_in_two_ways_is_refused(lines):
    with pytest.raises(ParseException):
        requests(*lines)


def test_cookies_and_transport_of_a_secure_site(tmp_path):
    """In a process of its own: the settings follow from the address when they are read."""
    lines = """
import django, json; django.setup()
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
host = {"HTTP_HOST": "safer.example.gov.uk"}
clear, secure = Client().get("/privacy/", **host), Client().get("/sign-in/", secure=True, **host)
cookie = secure.cookies["__Host-csrf"]
flags = [bool(cookie[name]) for name in ("secure", "httponly", "samesite", "domain")] + [cookie["path"]]
print(json.dumps([clear.status_code, clear["Location"], secure["Strict-Transport-Security"], flags]))
"""
    given = {key: value for key, value in os.environ.items() if not key.startswith(("FRANKPLEDGE", "DATABASE"))}
    environment = given | {
        "FRANKPLEDGE_SITE": str(tmp_path),
        "FRANKPLEDGE_KEYS": os.environ["FRANKPLEDGE_KEYS"],
        "FRANKPLEDGE_ADDRESS": "https://safer.example.gov.uk",
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", lines], env=environment, capture_output=True, text=True, check=False)

    assert json.loads(done.stdout.splitlines()[-1]) == [
        301,
        "https://safer.example.gov.uk/privacy/",
        "max-age=63072000; includeSubDomains; preload",
        [True, True, True, False, "/"],
    ], done.stderr[-2000:]
