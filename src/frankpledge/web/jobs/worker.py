"""A worker: takes one job after another until it is told to stop.

It may be killed, and the database may go away, at any moment. A job that it had is then taken up again by whoever
comes first, as soon as its claim has run out.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from frankpledge.web.audit.actors import Agent
from frankpledge.web.jobs import queue
from frankpledge.web.jobs.actions import ask
from frankpledge.web.jobs.heart import Heart, LeftOff
from frankpledge.web.jobs.kinds import KINDS, Kind
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import FIRST_WAIT, wait_before

logger = logging.getLogger(__name__)

_DATABASE_LOST = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Pace:
    """How fast a worker lives."""

    # Not heard of for so long, its job is another's: a database may be restarted in it, or a machine be very busy.
    lease: timedelta = timedelta(seconds=60)
    # As often as a page asks how far the work is.
    beat: timedelta = timedelta(seconds=2)
    # Between two looks at an empty queue.
    rest: timedelta = timedelta(seconds=1)
    # Before the second attempt, and before the second try to reach a lost database; doubles from there.
    first_wait: timedelta = FIRST_WAIT


class Stopped(BaseException):
    """The worker was told to stop. Not an `Exception`, so that work that catches those lets it through."""


class Worker:
    """Takes jobs until it is told to stop."""

    def __init__(self, pace: Pace = Pace()) -> None:  # noqa: B008  it is frozen
        self._pace = pace
        self._told_to_stop = False
        # Whether the worker can be interrupted here and now: while it rests and while it works something out.
        self._at_leisure = False
        self._in_trouble = 0
        # Kind → the stretch of time for which it was asked for already.
        self._asked_for: dict[str, str] = {}

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Stop as soon as nothing is half written; a signal may call it."""
        self._told_to_stop = True
        if self._at_leisure:
            self._at_leisure = False
            raise Stopped

    def run(self, until_empty: bool = False) -> None:
        """Work until told to stop, by SIGTERM or SIGINT too.

        Parameters
        ----------
        until_empty
            Stop by itself when no job waits or runs.
        """
        earlier = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._told_to_stop and not self._turn(until_empty):
                pass
        except Stopped:
            logger.info("worker-stopped")
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)

    def _turn(self, until_empty: bool) -> bool:
        """One look at the queue, and a job if there is one; whether there is nothing left to wait for."""
        try:
            worked = self.work_once()
            empty = until_empty and not worked and queue.is_empty()
            self._in_trouble = 0
        except _DATABASE_LOST:
            self._wait_for_database()
            return False
        if not worked and not empty:
            self._rest(self._pace.rest)
        return empty

    def work_once(self) -> bool:
        """Take back what others lost, ask for what is done regularly, and do one job; whether there was one."""
        for lost in queue.reap(self._pace.lease):
            logger.warning("job-worker-lost", extra={"job": lost.id, "kind": lost.kind})
        self._ask_for_regular_work()
        job = queue.claim()
        if job is not None:
            self._do(job)
        return job is not None

    def _do(self, job: Job) -> None:
        kind = KINDS[job.kind]
        told = {"job": job.id, "kind": job.kind}
        try:
            result = self._work_out(kind, job)
            if not queue.finish(job, lambda: kind.write_down(job.arguments, result)):
                raise LeftOff
            logger.info("job-done", extra=told)
        except LeftOff:
            logger.info("job-cancelled" if queue.call_off(job) else "job-dropped", extra=told)
        except Stopped:
            queue.give_back(job)
            raise
        except Exception as error:
            logger.exception("job-failed", extra=told)
            if isinstance(error, _DATABASE_LOST):
                connections.close_all()
            queue.fail(job, error, self._pace.first_wait)

    def _work_out(self, kind: Kind, job: Job) -> Any:
        with Heart(job, self._pace.beat) as heart, self._leisure():
            return kind.work_out(job.arguments, heart)

    def _ask_for_regular_work(self) -> None:
        now = datetime.now(UTC)
        for kind in KINDS.values():
            if kind.every is None:
                continue
            stretch = _stretch(now, kind.every)
            if self._asked_for.get(kind.slug) != stretch:
                ask(kind, by=Agent.WORKER, once=stretch)
                self._asked_for[kind.slug] = stretch

    def _wait_for_database(self) -> None:
        logger.warning("database-lost", exc_info=True)
        connections.close_all()
        self._in_trouble += 1
        self._rest(wait_before(self._in_trouble, self._pace.first_wait))

    def _rest(self, wait: timedelta) -> None:
        with self._leisure():
            time.sleep(wait.total_seconds())

    @contextmanager
    def _leisure(self) -> Iterator[None]:
        self._at_leisure = True
        if self._told_to_stop:
            self.stop()
        try:
            yield
        finally:
            self._at_leisure = False


def _stretch(now: datetime, length: timedelta) -> str:
    """When the stretch of time began that a moment lies in: the same for every worker."""
    return (now - (now - datetime.min.replace(tzinfo=UTC)) % length).strftime("%Y-%m-%dT%H:%M:%SZ")
