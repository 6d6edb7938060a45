"""Worker and database killed at fifty moments: no job is lost, none is done twice.

Real processes on a database of the test's own; asking goes on all the while. Each job appends its number to a table
without a key. Many a moment is one when a worker writes, on SQLite with the lock of the database; on PostgreSQL every
fifth is a restart of the server. Ten more workers are not killed, but held up until another has their job.
`--junit-xml` tells the figures.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from frankpledge.keys import KeyFolder
from frankpledge.web.commands.starting import SETTINGS
from frankpledge.web.keys.keyring import Keyring
from tests.web.jobs.postgres import Server

MOMENTS = 50
WORKERS = 3
JOBS_A_MOMENT = 5
PATIENCE = 60
# Longer than a claim lasts in `processes`.
AWAY = 1.3
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


class Processes:
    """The processes of a site: `processes.py` forks them, this chooses whom to kill."""

    def __init__(self, place, database):
        self.site = place / "site"
        self.site.mkdir()
        Keyring(KeyFolder(place / "site.keys")).make_site()
        places = {"FRANKPLEDGE_SITE": str(self.site), "FRANKPLEDGE_KEYS": str(place / "site.keys")}
        self.log = (place / "log").open("w")
        self.program = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("processes.py")],
            env=os.environ | places | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            bufsize=1,
        )
        self.workers = []
        self.away = []
        self.wanted = 0
        self.said = defaultdict(list)

    def tell(self, do, **more):
        """Have a process do something; its number."""
        print(json.dumps({"do": do} | more), file=self.program.stdin, flush=True)
        return self.heard("process")

    def heard(self, what):
        """The next that was said of a sort; the rest is kept."""
        while not self.said[what]:
            line = self.program.stdout.readline()
            assert line, f"the processes ended: {Path(self.log.name).read_text()[-3000:]}"
            for sort, told in json.loads(line).items():
                self.said[sort].append(told)
            assert not self.said["broken"], self.said["broken"]
        return self.said[what].pop(0)

    def answer(self, do):
        """What a process has to say."""
        self.tell(do)
        return self.heard("answer")

    def ask(self, count):
        """Have jobs asked for, while everything goes on."""
        self.tell("ask_for", first=self.wanted, count=count)
        self.wanted += count

    def start_worker(self):
        self.workers.append(self.tell("work"))

    def phase_of(self, worker):
        """Where a worker is in its work."""
        file = self.site / f"{worker}.phase"
        return (file.read_text() if file.exists() else "") or "between"

    def kill(self, worker):
        """Kill a worker at once; where it was."""
        phase = self.phase_of(worker)
        os.kill(worker, signal.SIGKILL)
        self.workers.remove(worker)
        return phase

    def one_that_is(self, phase, chance):
        """A worker in the midst of something; any, when none comes by."""
        until = time.monotonic() + 2
        while time.monotonic() < until:
            for worker in self.workers:
                if self.phase_of(worker) == phase:
                    return worker
        return chance.choice(self.workers)

    def hold_up(self, worker):
        """Let a worker be away for longer than its claim lasts; what it had is given to another meanwhile."""
        os.kill(worker, signal.SIGSTOP)
        self.workers.remove(worker)
        self.away.append((worker, time.monotonic() + AWAY))

    def let_go_on(self, even_now=False):
        """Let those go on who were away for long enough."""
        for worker, until in list(self.away):
            if even_now or until < time.monotonic():
                os.kill(worker, signal.SIGCONT)
                self.away.remove((worker, until))
                self.workers.append(worker)

    def all_done(self):
        """Wait until nothing waits or runs; what is there then."""
        until = time.monotonic() + PATIENCE
        while True:
            told = self.answer("count")
            if sum(self.said["asked"]) == self.wanted and set(told["states"]) <= {"done", "failed"}:
                return told
            assert time.monotonic() < until, f"not done: {told['states']}, asked for {self.said['asked']}"
            time.sleep(0.1)

    def stop(self):
        """Tell the workers to stop, and see that they do."""
        for worker in self.workers:
            os.kill(worker, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while alive := [worker for worker in self.workers if Path(f"/proc/{worker}").exists()]:
            assert time.monotonic() < until, f"{alive} did not stop"
            time.sleep(0.01)
        self.workers = []

    def close(self):
        """Leave nothing behind."""
        self.let_go_on(even_now=True)
        for worker in self.workers:
            os.kill(worker, signal.SIGKILL)
        self.program.stdin.close()
        self.program.stdout.close()
        self.program.wait(timeout=10)
        self.log.close()


@pytest.fixture(scope="module")
def server():
    """The server, where the site's database is PostgreSQL."""
    if not ON_POSTGRES:
        yield None
        return
    started = Server()
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory, server):
    """A site with an empty database of its own."""
    place = tmp_path_factory.mktemp("killing")
    made = Processes(place, server.address if server else f"sqlite:///{place / 'site' / 'site.sqlite3'}")
    made.answer("make")
    yield made
    made.close()


@pytest.fixture
def processes(site):
    """The site with its workers at work."""
    assert not site.workers
    for _ in range(WORKERS):
        site.start_worker()
    yield site
    site.stop()


def lost_and_twice(processes, told):
    """How many jobs were not done, and how many more than once."""
    times = Counter(told["appended"].values())
    return processes.wanted - times.total(), times.total() - times[1]


@pytest.mark.slow
def test_killed_at_fifty_moments_no_job_is_lost_and_none_is_done_twice(processes, server, record_testsuite_property):
    begun, chance, killed = time.monotonic(), random.Random(7), Counter()

    for moment in range(MOMENTS):
        processes.ask(JOBS_A_MOMENT)
        time.sleep(chance.uniform(0, 0.3))
        processes.let_go_on()
        if moment % 5 == 2:
            processes.hold_up(processes.one_that_is("working", chance))
            processes.start_worker()
        if server and moment % 5 == 4:
            server.restart()
            killed["database"] += 1
            continue
        victim = processes.one_that_is("writing", chance) if moment % 3 == 2 else chance.choice(processes.workers)
        killed[processes.kill(victim)] += 1
        processes.start_worker()
    processes.all_done()
    while processes.away:
        time.sleep(0.05)
        processes.let_go_on()
    processes.stop()
    told = processes.all_done()

    lost, twice = lost_and_twice(processes, told)
    begun_anew = told["worked"] - processes.wanted
    figures = {"jobs": processes.wanted, "begun anew": begun_anew, "lost": lost, "twice": twice}
    seconds = round(time.monotonic() - begun, 1)
    record_testsuite_property("killing", json.dumps({"killed": killed, "seconds": seconds} | figures))
    assert killed.total() == MOMENTS
    assert killed["writing"] > 0
    assert begun_anew > 0
    assert (lost, twice) == (0, 0)
    assert told["states"] == {"done": processes.wanted}


def test_told_to_stop_every_worker_stops_and_nothing_is_half_done(processes):
    processes.ask(30)
    time.sleep(0.2)

    processes.stop()

    processes.start_worker()
    told = processes.all_done()
    assert lost_and_twice(processes, told) == (0, 0)
    assert told["states"] == {"done": processes.wanted}
