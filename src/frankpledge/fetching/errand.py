"""What every step of a fetch needs: a connection, a clock, a folder for what is not whole, and somebody to tell."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from frankpledge.fetching.definition import Address


@dataclass(frozen=True)
class Patience:
    """How long a download may take. A test gives it shorter ones.

    Attributes
    ----------
    silence
        Seconds without a byte after which a connection is given up.
    in_all
        Seconds a file may take altogether. The largest we know, 1.7 GB, takes five hours at 100 KB a second.
    attempts
        How often one stop is tried again without anything new arriving.
    longest_wait
        Seconds a server may ask us to wait before we say so and end.
    redirects
        How many times a server may send us on.
    """

    silence: float = 60.0
    in_all: float = 6 * 3600.0
    attempts: int = 6
    longest_wait: float = 600.0
    redirects: int = 5


@dataclass(frozen=True)
class Clock:
    """Time, which tests give a faster one of: seconds that pass, waiting, and the hour by the wall."""

    passed: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    wall: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def today(self) -> date:
        """The day by the wall."""
        return self.wall().date()


@dataclass(frozen=True)
class Moved:
    """How far a download is: of ``total`` where that is known, in bytes or in rows."""

    name: str
    done: int
    total: int | None
    unit: str = "bytes"


@dataclass(frozen=True)
class Wanted:
    """One file to get.

    Attributes
    ----------
    name
        What it is called when it is kept; plain letters only, never a path.
    url
        Where it is.
    address
        Which definition it is from.
    members
        Of a ZIP: pattern → source, of what is wanted out of it.
    most, least
        Bytes it may have.
    part
        What it is called while it is on its way, where that is not its name.
    """

    name: str
    url: str
    address: Address
    members: dict[str, str] = field(default_factory=dict)
    most: int = 0
    least: int = 1
    part: str = ""

    def beside(self, url: str, most: int) -> Wanted:
        """Another answer that belongs to the same address: a list, or a page."""
        # An answer that was cut off is gone on with only when it is to the same question.
        part = f"answer-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
        return replace(self, name=self.address.name, url=url, members={}, most=most, least=1, part=part)


@dataclass(frozen=True)
class Errand:
    """What every step of a fetch is given.

    Attributes
    ----------
    folder
        Where that lies which is not yet whole.
    say
        Told a sentence when something happens.
    moved
        Told how far a download is.
    """

    client: httpx.Client
    folder: Path
    say: Callable[[str], None]
    moved: Callable[[Moved], None]
    patience: Patience = Patience()
    clock: Clock = Clock()

    def within(self, name: str) -> Errand:
        """The same, in a folder of an address's own."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return replace(self, folder=folder)
