"""A build that is killed, at whatever moment, leaves the last warehouse answering; the next one clears up after it."""

import os
import signal
import subprocess
import sys

import pytest

from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_file
from frankpledge.warehouse.shelf import current_file, current_key
from tests.conftest import add_all, build_quietly, rows

# The child stops at a moment, says so, and waits to be killed.
CHILD = """
import sys, time
from pathlib import Path
from frankpledge.warehouse import build as room, shelf
from frankpledge.workspace import Workspace

folder, moment = Path(sys.argv[1]), sys.argv[2]

def stop(*reached):
    if reached == tuple(moment.split()):
        print("reached", flush=True)
        time.sleep(60)

steps = iter(range(100))
syncs = iter(range(100))
sync = shelf._sync

def slow_sync(path):
    sync(path)
    stop("sync", str(next(syncs)))

shelf._sync = slow_sync
room.build(Workspace(folder), lambda step: stop("step", str(next(steps))))
"""

MOMENTS = ("step 0", "step 2", "sync 0", "sync 1", "sync 2")


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_build_leaves_the_last_warehouse_answering(workspace, files, moment):
    before = build_quietly(workspace, files.boroughs("a.csv", rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 1)]))
    add_all(workspace, files.boroughs("b.csv", rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 2)]))

    kill_at(workspace, moment)

    # By the last sync the pointer has been renamed: the new warehouse is whole and stands.
    assert (current_key(workspace) == before.key) == (moment != "sync 2")
    warehouse = open_file(current_file(workspace))
    assert rows(warehouse, "SELECT max(count) FROM monthly_count") == [1 if moment != "sync 2" else 2]
    warehouse.close()

    after = build(workspace, lambda step: None)

    assert after.fresh == (moment != "sync 2")
    left = {path.name for path in workspace.warehouses.iterdir()}
    assert left == {".lock", "current", f"{before.key}.duckdb", f"{after.key}.duckdb"}
    warehouse = open_file(after.path)
    assert rows(warehouse, "SELECT max(count) FROM monthly_count") == [2]
    warehouse.close()


def kill_at(workspace, moment):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(workspace.folder), moment], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "reached\n", child.stderr.read()
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    assert child.returncode == -signal.SIGKILL


# Two readers ask again and again while new warehouses are built under them.
READER = """
import sys, time
from pathlib import Path
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import Workspace

workspace, seen = Workspace(Path(sys.argv[1])), []
print("ready", flush=True)
while not seen or seen[-1] < 3:
    warehouse = open_warehouse(workspace)
    for _ in range(3):
        # Each warehouse holds the numbers 1 to n: half a warehouse would show.
        found = [row[0] for row in warehouse.con.execute("SELECT count FROM monthly_count ORDER BY count").fetchall()]
        assert found == list(range(1, len(found) + 1)) and found, found
    warehouse.close()
    seen.append(found[-1])
assert seen == sorted(seen), seen
print(len(seen), "answers", flush=True)
"""


def test_two_readers_keep_reading_while_new_warehouses_are_built(workspace, files):
    def table(count):
        return files.boroughs(f"{count}.csv", rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", count)])

    build_quietly(workspace, table(1))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(workspace.folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "ready\n"
        for count in (2, 3):
            build_quietly(workspace, table(count))
        ends = [reader.communicate(timeout=30) for reader in readers]
    finally:
        for reader in readers:
            reader.kill()

    for reader, (out, err) in zip(readers, ends, strict=True):
        assert reader.returncode == 0, err
        assert int(out.split()[0]) > 1
