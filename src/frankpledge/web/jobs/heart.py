"""What keeps a claim alive while the work goes on: a small thread that beats, and passes on how far the work is."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from types import TracebackType

from django.db import DatabaseError, InterfaceError, connections

from frankpledge.web.jobs import queue
from frankpledge.web.jobs.kinds import KINDS
from frankpledge.web.jobs.models import Job

logger = logging.getLogger(__name__)


class LeftOff(BaseException):
    """Work is to be left where it is. Not an `Exception`, so that work that catches those lets it through."""


class Heart:
    """Beats for a job until it is left; it is also the `Report` that the work is given."""

    def __init__(self, job: Job, every: timedelta) -> None:
        self.job = job.id
        self._claim = job
        self._every = every.total_seconds()
        self._steps = KINDS[job.kind].steps
        self._progress = (0, 0, "")
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="heart", daemon=True)
        # False once the job was cancelled, or another worker has it.
        self.goes_on = True

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Say how far the work is, and leave it off here when nobody wants it any more."""
        assert 0 <= done <= total, "the parts that are done are some of the total"
        assert step == "" or step in self._steps, "a step is one of those that the kind of work declares"
        self._progress = (done, total, step)
        if not self.goes_on:
            raise LeftOff

    def __enter__(self) -> Heart:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Beat no more."""
        self._left.set()
        self._thread.join()

    def _beat_on(self) -> None:
        try:
            while self.goes_on and not self._left.wait(self._every):
                self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        try:
            self.goes_on = queue.beat(self._claim, *self._progress)
        except (DatabaseError, InterfaceError):
            # A beat that is missed is no harm: the next one connects anew. Without any, the claim runs out.
            logger.warning("job-beat-missed", extra={"job": self._claim.id, "kind": self._claim.kind})
            connections.close_all()
