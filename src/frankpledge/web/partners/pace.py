"""How much one person asks for in a minute: more than anybody reads is a program, or data being carried off."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID


class Pace:
    """Counts the requests of each person within the minute; each process of the site counts for itself."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._minute = 0
        self._asked: Counter[UUID] = Counter()

    def count(self, person: UUID) -> int:
        """Count one more; how many it is this minute."""
        minute = int(self._now() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._asked.clear()
            self._asked[person] += 1
            return self._asked[person]
