"""The site's processes speak to the hosts that its settings name, and to nobody else."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.operation.outgoing import named_hosts

# Ways to another computer that Python and our libraries have; each is told where.
WAYS = {
    "urllib": "import urllib.request; urllib.request.urlopen('http://{host}:{port}/', timeout=5)",
    "httpx": "import httpx; httpx.get('http://{host}:{port}/', timeout=5)",
    "requests": "import requests; requests.get('http://{host}:{port}/', timeout=5)",
    "smtplib": "import smtplib; smtplib.SMTP('{host}', {port}, timeout=5)",
    "socket": "import socket; socket.create_connection(('{host}', {port}), 5)",
    "its address first": "import socket; socket.gethostbyname('{host}')",
}


@pytest.fixture
def heard():
    """A server that somebody would like the site to ask, and what it was asked."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            """Quietly."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


def told(lines, **environment):
    """What lines end with in a Python of their own: for good is for good."""
    ended = subprocess.run(
        [sys.executable, "-c", lines], env=os.environ | environment, capture_output=True, text=True, timeout=60
    )
    return ended.returncode, ended.stderr


ONLY_LOCALHOST = (
    "from frankpledge.web.operation.outgoing import speak_only_to; speak_only_to(frozenset(['localhost']))\n"
)


def tried(ways, host, port):
    """Lines that try some ways, and end badly unless each is refused for the reason we give."""
    each = "try:\n {way}\nexcept Exception as error:\n assert 'do not name it' in str(error), error\nelse:\n 1 / 0\n"
    return ONLY_LOCALHOST + "".join(each.format(way=WAYS[way].format(host=host, port=port)) for way in ways)


@pytest.mark.parametrize("host", ["127.0.0.1", "elsewhere.example"])
def test_another_host_is_not_spoken_to_by_name_or_number(heard, host):
    port, asked = heard

    status, words = told(tried(WAYS, host, port))

    assert status == 0, words
    assert asked == []


def test_name_that_a_socket_looks_up_by_itself_is_not_spoken_to_either(heard):
    port, asked = heard
    lines = ONLY_LOCALHOST.replace("localhost", "named.example")

    status, words = told(f"{lines}import socket; socket.socket().connect(('localhost', {port}))")

    assert (status, asked) == (1, [])
    assert "its settings do not name it" in words


def test_host_that_is_named_is_spoken_to(heard):
    port, asked = heard
    ways = ("urllib", "httpx", "requests")

    assert told(ONLY_LOCALHOST + "".join(f"{WAYS[way].format(host='LOCALHOST', port=port)}\n" for way in ways))[0] == 0
    assert asked == ["/"] * 3


def test_what_serves_the_site_is_held_to_it(heard, tmp_path):
    port, asked = heard
    Keyring(KeyFolder(tmp_path / "keys")).make_site()
    (tmp_path / "site").mkdir()
    # Without PostgreSQL, which is spoken to at the number that is asked for here.
    places = {
        "FRANKPLEDGE_SITE": str(tmp_path / "site"),
        "FRANKPLEDGE_KEYS": str(tmp_path / "keys"),
        "DATABASE_URL": "",
    }
    served = "import frankpledge.web.config.wsgi\n"

    refused = told(served + WAYS["urllib"].format(host="127.0.0.1", port=port), **places)
    allowed = {"FRANKPLEDGE_ALSO_SPEAKS_TO": "a.example 127.0.0.1"}
    answered = told(served + WAYS["urllib"].format(host="127.0.0.1", port=port), **places, **allowed)

    assert "its settings do not name it" in refused[1]
    assert (answered[0], asked) == (0, ["/"]), answered[1]


def test_hosts_are_those_of_database_mail_and_directory(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "database")
    settings.EMAIL_HOST = "Mail.example"
    directory = {"settings": {"server_url": "https://login.example:8443/tenant"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [directory]}}
    settings.ALSO_SPEAKS_TO = ["keys.example"]

    assert named_hosts() == {"database", "mail.example", "login.example", "keys.example"}
