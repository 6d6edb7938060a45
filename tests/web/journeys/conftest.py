"""What the site's journeys stand on: a site that was begun as its host begins it, and a browser."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psycopg
import pytest

from tests.conftest import PARTNERSHIP

AUTHORITIES = """\
responsible_authorities: [Example Borough Council, Example Police, Example Fire and Rescue Service]
"""


# What the host's own process does: it runs the lines it is given, one text of JSON each, and says what they print.
LISTENS = """
import contextlib, io, json, sys
import django
django.setup()
from frankpledge.web.partners.models import *
from frankpledge.cli.main import main
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(json.loads(line), globals())
    print(json.dumps(said.getvalue()), flush=True)
"""


class Site:
    """A site that runs, and a process of its host's beside it, which is begun once: each costs a second or more."""

    def __init__(self, folder, address, environment):
        self.folder = folder
        self.address = address
        self.environment = environment
        self.host = subprocess.Popen(
            [sys.executable, "-c", LISTENS],
            cwd=folder,
            env=environment | {"DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def invite(self, email, name="Ann Example", **options):
        """The link that somebody is sent, by ``frankpledge invite``."""
        words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
        words = ["invite", "--name", name, *words, email]
        return self.python(f"main({words!r}, standalone_mode=False)")

    def python(self, lines):
        """What some lines print that the site's own Python runs: to let time pass, or to look at the database."""
        self.host.stdin.write(json.dumps(lines) + "\n")
        self.host.stdin.flush()
        return json.loads(self.host.stdout.readline()).strip()

    def ends(self):
        """Let the host's process go."""
        self.host.communicate(timeout=30)
        assert self.host.returncode == 0


def _database():
    """A database of the journeys' own, where the run is on PostgreSQL."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {}
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": re.sub(r"/[^/]*$", f"/{name}", address)}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A site, begun by ``frankpledge serve`` in a workspace, with its worker."""
    folder = tmp_path_factory.mktemp("journeys") / "site"
    folder.mkdir()
    (folder / "partnership.yaml").write_text(PARTNERSHIP + AUTHORITIES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = {"FRANKPLEDGE_SITE": str(folder), "FRANKPLEDGE_KEYS": str(folder.with_name("site.keys"))}
    address = f"http://localhost:{port}"
    environment = os.environ | keys | _database() | {"FRANKPLEDGE_ADDRESS": address}
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "frankpledge", "serve", "--port", str(port)],
            cwd=folder,
            env=environment,
            stderr=said,
        )
    try:
        _wait_for(address, process, folder / "said")
        site = Site(folder, address, environment)
        yield site
        site.ends()
    finally:
        process.send_signal(signal.SIGTERM)
        ended = process.wait(timeout=60)
    assert ended == 0, (folder / "said").read_text()


def _wait_for(address, process, said):
    for _ in range(300):
        assert process.poll() is None, said.read_text()
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(said.read_text())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A journey that failed says what its site last wrote down."""
    report = (yield).get_result()
    if report.failed and "site" in item.fixturenames and "site" in item.funcargs:
        report.sections.append(("the site", (item.funcargs["site"].folder / "said").read_text()[-3000:]))


@pytest.fixture(autouse=True)
def _no_chromium_no_journey():
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
