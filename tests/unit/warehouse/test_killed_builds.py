"""A build that is killed, at whatever moment, leaves the last warehouse answering; the next one clears up after it."""

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import time

import pytest

from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_file
from frankpledge.warehouse.shelf import current_file, current_key
from tests.conftest import add_all, build_quietly, rows

# One process that has everything imported and forks another for each thing asked of it, which is quicker
# than starting Python each time. A builder stops at a moment, says so, and waits to be killed; a reader
# asks again and again until it is answered by the second warehouse.
PROGRAM = """
import os, signal, sys, time, traceback
from pathlib import Path
from frankpledge.warehouse import shelf
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import Workspace

def say(*words):
    # One write a line: several processes share the pipe, and print may write a line in two.
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

def build_until(workspace, moment):
    steps, syncs, sync = iter(range(100)), iter(range(100)), shelf.sync

    def stop(reached):
        if reached == moment:
            say("reached", os.getpid())
            time.sleep(60)

    def slow_sync(path):
        sync(path)
        stop(f"sync {next(syncs)}")

    shelf.sync = slow_sync
    if moment == "any":
        say("reached", os.getpid())
    build(workspace, lambda step: stop(f"step {next(steps)}"))

def read(workspace, moment):
    say("ready")
    seen = []
    while not seen or seen[-1] < 2:
        warehouse = open_warehouse(workspace)
        found = [row[0] for row in warehouse.con.execute("SELECT count FROM monthly_count ORDER BY count").fetchall()]
        # Each warehouse holds the numbers 1 to n: half a warehouse would show.
        assert found == list(range(1, len(found) + 1)) and found, found
        warehouse.close()
        seen.append(found[-1])
        time.sleep(0.01)
    assert seen == sorted(seen), seen
    say("answered", len(seen))

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    what, folder, moment = line.rstrip("\\n").split("|")
    if os.fork() == 0:
        try:
            {"build": build_until, "read": read}[what](Workspace(Path(folder)), moment)
        except BaseException:
            say("failed", traceback.format_exc().replace("\\n", " / "))
        finally:
            os._exit(0)
"""


PATIENCE = 60


class Others:
    """The other processes: what is asked of them, and what they say."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def start(self, what, workspace, moment=""):
        self.process.stdin.write(f"{what}|{workspace.folder}|{moment}\n".encode())

    def hear(self, word):
        heard, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert heard, f"nobody said “{word}” within {PATIENCE} seconds"
        said, _, rest = self.process.stdout.readline().decode().strip().partition(" ")
        assert said == word, rest
        return rest


@pytest.fixture(scope="module")
def others():
    started = Others()
    yield started
    started.process.stdin.close()
    started.process.wait(timeout=10)
    started.process.stdout.close()


def kill_at(others, workspace, moment):
    others.start("build", workspace, moment)
    builder = int(others.hear("reached"))
    os.kill(builder, signal.SIGKILL)
    while _lives(builder):
        time.sleep(0.01)


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def table(files, count):
    rows_of = [("BURGLARY", "DOMESTIC BURGLARY", "Harrow", count)]
    return files.boroughs(f"{count}.csv", months=(f"{2018 + count // 12}-{count % 12 + 1:02d}",), rows=rows_of)


def largest(workspace):
    warehouse = open_file(current_file(workspace))
    found = rows(warehouse, "SELECT max(count) FROM monthly_count")
    warehouse.close()
    return found


def shelf(workspace):
    return {path.name for path in workspace.warehouses.iterdir()}


def test_killed_builds_leave_the_last_warehouse_answering(workspace, files, others):
    before = build_quietly(workspace, table(files, 1))
    add_all(workspace, table(files, 2))

    # As it begins, while it writes, when the file is whole, and when it is on the shelf but nobody is told.
    for moment in ("step 0", "step 1", "sync 0", "sync 1"):
        kill_at(others, workspace, moment)

        assert current_key(workspace) == before.key, moment
        assert largest(workspace) == [1], moment
        assert len(shelf(workspace)) > 3, f"{moment}: nothing was left behind, so nothing is tested"

    after = build(workspace, lambda step: None)

    assert after.fresh
    assert largest(workspace) == [2]
    assert shelf(workspace) == {".lock", "current", f"{before.key}.duckdb", f"{after.key}.duckdb"}


@pytest.mark.slow
def test_builds_killed_at_fifty_random_moments_change_nothing_or_are_done(workspace, files, others):
    build_quietly(workspace, table(files, 1))
    add_all(workspace, table(files, 2))
    began = time.monotonic()
    build(workspace, lambda step: None)
    took = time.monotonic() - began
    moments = random.Random(2026)
    killed, held = 0, 2
    add_all(workspace, table(files, 3))

    while killed < 50:
        before = current_key(workspace)
        others.start("build", workspace, "any")
        builder = int(others.hear("reached"))
        time.sleep(moments.uniform(0, took))
        with contextlib.suppress(ProcessLookupError):
            os.kill(builder, signal.SIGKILL)
        while _lives(builder):
            time.sleep(0.01)
        if current_key(workspace) == before:
            killed += 1
        else:
            # It was done before it could be killed: another month is added, so that there is something to build.
            held += 1
            add_all(workspace, table(files, held + 1))
        assert largest(workspace) == [held]

    assert build(workspace, lambda step: None).fresh
    assert largest(workspace) == [held + 1]


def test_build_killed_after_the_pointer_is_renamed_stands(workspace, files, others):
    add_all(workspace, table(files, 1))

    kill_at(others, workspace, "sync 3")

    assert largest(workspace) == [1]
    assert not build(workspace, lambda step: None).fresh


def test_two_readers_keep_reading_while_a_new_warehouse_is_built(workspace, files, others):
    build_quietly(workspace, table(files, 1))
    for _ in range(2):
        others.start("read", workspace)
    for _ in range(2):
        others.hear("ready")

    build_quietly(workspace, table(files, 2))

    answers = [int(others.hear("answered")) for _ in range(2)]
    assert all(number > 1 for number in answers)
