"""A program: a site whose processes may be killed. It forks one for each line it reads, so that one is there at once.

A line is what to do, in JSON; the answers are lines, too. Run by `test_killing`.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connection

django.setup()

from frankpledge.web.audit.actors import Agent  # noqa: E402
from frankpledge.web.jobs.actions import ask  # noqa: E402
from frankpledge.web.jobs.kinds import Kind, register  # noqa: E402
from frankpledge.web.jobs.models import Job  # noqa: E402
from frankpledge.web.jobs.worker import Pace, Worker  # noqa: E402

PLACE = Path(os.environ["FRANKPLEDGE_SITE"])
# A worker of the site waits sixty times as long before it takes another's job.
PACE = Pace(
    lease=timedelta(seconds=1),
    beat=timedelta(seconds=0.2),
    rest=timedelta(seconds=0.02),
    first_wait=timedelta(seconds=0.05),
)


def tell(what):
    os.write(1, (json.dumps(what) + "\n").encode())


def phase(name):
    """Say where this process is, for whoever chooses the moment to kill it."""
    (PLACE / f"{os.getpid()}.phase").write_text(name)


def work_out(arguments, report):
    phase("working")
    with (PLACE / "worked").open("a") as file:
        file.write("x")
    for part in range(4):
        time.sleep(0.01)
        report(part, 4)
    phase("worked")
    return arguments["number"]


def write_down(arguments, number):
    phase("writing")
    time.sleep(0.005)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO appended (number) VALUES (%s)", [number])
    time.sleep(0.005)


# Each is killed more often in a minute here than it is in years.
APPENDING = register(Kind("appending", "Appending", work_out, write_down, attempts=10_000))


def make():
    call_command("migrate", verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        # No key: what is done twice is there twice.
        cursor.execute("CREATE TABLE appended (number integer)")
    (PLACE / "worked").touch()
    tell({"answer": "made"})


def work():
    Worker(PACE).run()


def ask_for(first, count):
    """Ask until it is sure to be asked for, as somebody would who does not know whether it went through."""
    for number in range(first, first + count):
        while True:
            try:
                close_old_connections()
                ask(APPENDING, by=Agent.COMMAND, once=str(number), arguments={"number": number})
                break
            except (OperationalError, InterfaceError):
                time.sleep(0.05)
    tell({"asked": count})


def count():
    """How many jobs are in which state; and then, so that none slips in between: number → how often it was appended."""
    states = list(Job.objects.filter(kind="appending").values_list("state", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, COUNT(*) FROM appended GROUP BY number")
        appended = dict(cursor.fetchall())
    told = {
        "states": {state: states.count(state) for state in set(states)},
        "appended": appended,
        "attempts": sum(Job.objects.filter(kind="appending").values_list("attempts", flat=True)),
        "worked": (PLACE / "worked").stat().st_size,
    }
    tell({"answer": told})


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        told = json.loads(line)
        do = {"make": make, "work": work, "ask_for": ask_for, "count": count}[told.pop("do")]
        process = os.fork()
        if process:
            tell({"process": process})
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            do(**told)
            connection.close()
        except Exception as error:
            tell({"broken": repr(error)})
        os._exit(0)


main()
