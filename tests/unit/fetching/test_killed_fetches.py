"""A fetch that is killed, at whatever moment, leaves nothing that is taken for a whole file; the next one gets it."""

import os
import random
import select
import signal
import subprocess
import sys
import time

import pytest

from frankpledge.fetching.definition import read_addresses
from frankpledge.fetching.fetch import fetch
from frankpledge.fetching.finding import Asked
from tests.unit.fetching.conftest import TABLE, whole

# One process that has everything imported and forks another for each thing asked of it, which is quicker than
# starting Python each time. A fetcher that is told a moment stops at it, says so, and waits to be killed.
PROGRAM = """
import os, signal, sys, time, traceback
from pathlib import Path
from frankpledge import provenance, workspace
from frankpledge.fetching import ledger, partial
from frankpledge.fetching.connection import open_client
from frankpledge.fetching.definition import read_addresses
from frankpledge.fetching.errand import Errand, Patience
from frankpledge.fetching.fetch import fetch, fetching
from frankpledge.fetching.finding import Asked
from frankpledge.workspace import Workspace

def say(*words):
    # One write a line: several processes share the pipe, and print may write a line in two.
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

def fetch_until(space, moment):
    syncs = iter(range(1000))
    true_sync = provenance.sync

    def slow_sync(path):
        true_sync(path)
        if str(next(syncs)) == moment:
            say("reached", os.getpid())
            time.sleep(60)

    for module in (provenance, workspace, ledger, partial):
        module.sync = slow_sync
    say("begun", os.getpid())
    patience = Patience()
    with fetching(space) as folder, open_client(patience) as client:
        errand = Errand(client, folder, lambda words: None, lambda moved: None, patience)
        addresses = [read_addresses(space.definitions)["large"]]
        found = [one.outcome for one in fetch(space, errand, addresses, Asked())]
    say("ended", *found)

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    folder, moment = line.rstrip("\\n").split("|")
    if os.fork() == 0:
        try:
            fetch_until(Workspace(Path(folder)), moment)
        except BaseException:
            say("failed", traceback.format_exc().replace("\\n", " / "))
        finally:
            os._exit(0)
"""

PATIENCE = 60
BLOCK = 1 << 16

# Large enough that its beginning is put down (every 4 MB) before its end has come.
LARGE = (
    "MajorText,MinorText,BoroughName,201801\n"
    + "".join(f"BURGLARY,DOMESTIC BURGLARY,Harrow,{number}\n" for number in range(280_000))
).encode()

DEFINITION = """\
schema: 1
publisher: Nobody
page: https://example.org/
addresses:
  - {{name: large, title: Large, source: mps-borough, url: "{url}", most: 50 MB, checked: never}}
"""


class Others:
    """The other processes: what is asked of them, and what they say."""

    def __init__(self):
        environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environment,
        )

    def start(self, workspace, moment=""):
        self.process.stdin.write(f"{workspace.folder}|{moment}\n".encode())
        return int(self.hear("begun"))

    def hear(self, *words):
        heard, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert heard, f"nobody said “{words}” within {PATIENCE} seconds"
        said, _, rest = self.process.stdout.readline().decode().strip().partition(" ")
        assert said in words, f"{said} {rest}"
        return rest if len(words) == 1 else (said, rest)


@pytest.fixture(scope="module")
def others():
    started = Others()
    yield started
    started.process.stdin.close()
    started.process.wait(timeout=10)
    started.process.stdout.close()


def kill(process):
    os.kill(process, signal.SIGKILL)
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)


@pytest.fixture
def prepared(server, workspace):
    folder = workspace.definitions / "addresses"
    folder.mkdir()
    (folder / "nobody.yaml").write_text(DEFINITION.format(url=server.url + "/large.csv"), encoding="utf-8")
    return workspace


def held(workspace):
    return [file.path.read_bytes() for file in workspace.raw_files()]


def fetch_rest(workspace, errand):
    made = errand()
    (one,) = fetch(workspace, made.errand, [read_addresses(workspace.definitions)["large"]], Asked())
    return one.outcome


def dribbling(server):
    """Sends a block at a time, dawdling, and holds the last one back."""

    def behave(handler):
        first = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        handler.send_response(206 if first else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", str(len(LARGE) - first))
        if first:
            handler.send_header("Content-Range", f"bytes {first}-{len(LARGE) - 1}/{len(LARGE)}")
        handler.end_headers()
        for at in range(first, len(LARGE) - BLOCK, BLOCK):
            handler.wfile.write(LARGE[at : at + BLOCK])
            if server.ended.wait(0.001):
                return
        server.ended.wait(PATIENCE)

    return behave


def wait_for(path, size):
    """Wait until a file has so many bytes."""
    until = time.monotonic() + PATIENCE
    while not path.exists() or path.stat().st_size < size:
        assert time.monotonic() < until, f"{path.name} never had {size} bytes"
        time.sleep(0.001)


def test_fetch_killed_while_the_server_dribbles_is_gone_on_with(others, server, prepared, errand):
    moments = random.Random(2024)  # a fixed seed: the same moments each time
    server.serve("/large.csv", dribbling(server))
    part = prepared.folder / "fetching" / "large" / "large.csv.part"
    for size in sorted(moments.randrange(1, len(LARGE) - 2 * BLOCK) for _ in range(6)):
        process = others.start(prepared)
        wait_for(part, size)
        kill(process)

        assert held(prepared) == []
    # What was put down before the kill is used: a run of this process in the same folder goes on from it.
    server.serve("/large.csv", whole(LARGE, ETag='"1"'))
    others.start(prepared)

    assert others.hear("ended") == "added"
    assert held(prepared) == [LARGE]
    begun_at = [headers.get("Range") for headers in server.requests("/large.csv")]
    assert begun_at[0] is None
    assert int(begun_at[-1].removeprefix("bytes=").removesuffix("-")) > len(LARGE) // 3


def test_fetch_killed_whenever_something_is_put_down_is_got_by_the_next(others, server, prepared, errand, tmp_path):
    small = TABLE.encode()
    reached_end = False
    for moment in range(20):
        server.serve("/large.csv", whole(small, ETag='"1"'))
        process = others.start(prepared, moment)
        said, _ = others.hear("reached", "ended")
        if said == "ended":
            reached_end = True
            break
        kill(process)

        assert held(prepared) in ([], [small]), moment
        assert fetch_rest(prepared, errand) in ("added", "held"), moment
        assert held(prepared) == [small], moment
        # Everything anew for the next moment.
        for path in (*prepared.raw.glob("*/*"), *(tmp_path / "harrow").glob("fetching/**/*")):
            if path.is_file():
                path.unlink()
        for path in (tmp_path / "fetching").rglob("*"):
            if path.is_file():
                path.unlink()

    assert reached_end
    assert moment > 4, "too few moments to show anything"
