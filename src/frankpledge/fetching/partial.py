"""What has arrived of a file: ``NAME.part``, and a record beside it of whose bytes these are.

The record is written after the bytes it counts are on the disk, so that it never counts one that is not
there. A process that is killed leaves at worst more bytes than the record counts: these are cut off. A part
without its record, or with fewer bytes than it counts, is worth nothing and is begun anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import httpx

from frankpledge.provenance import sync

# What is lost at most when the computer is switched off: so many bytes, or so many seconds.
_RECORD_EVERY = 4 << 20
_RECORD_SECONDS = 1.0


@dataclass(frozen=True)
class Validator:
    """What tells one state of a file from the next: the server's mark for it, or when it was last changed."""

    etag: str = ""
    modified: str = ""

    @property
    def strong(self) -> str:
        """What a range may be asked for with; a weak mark stands for files that may differ in their bytes."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.modified

    def unless_same(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed since; empty where nothing could tell."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}

    def contradicts(self, other: Validator) -> bool:
        """Whether the other is plainly of another state."""
        if self.etag and other.etag:
            return self.etag != other.etag
        return bool(self.modified and other.modified and self.modified != other.modified)


def validator_of(response: httpx.Response) -> Validator:
    """The validator that an answer states."""
    return Validator(response.headers.get("etag", ""), response.headers.get("last-modified", ""))


@dataclass(frozen=True)
class _Record:
    address: str
    etag: str = ""
    modified: str = ""
    size: int | None = None
    bytes: int = 0
    coding: str = ""


class Partial:
    """A file on its way.

    Attributes
    ----------
    path
        Where its bytes are.
    held
        How many of them there are.
    size
        How many there will be, where the server has said so.
    validator
        Of the state they are of.
    coding
        How the server packed them (``gzip``), empty for not at all.
    """

    def __init__(self, path: Path, url: str, passed: Callable[[], float]) -> None:
        self.path = path
        self._url = url
        self._passed = passed
        self._file: IO[bytes] | None = None
        self._recorded = (0, passed())
        self.held, self.size, self.coding, self.validator = 0, None, "", Validator()
        self._take_up()

    size: int | None

    @property
    def _record(self) -> Path:
        return self.path.with_name(self.path.name + ".json")

    @property
    def complete(self) -> bool:
        """Whether every byte is there."""
        return self.size is not None and self.held == self.size and self.held > 0

    def _take_up(self) -> None:
        try:
            record = _Record(**json.loads(self._record.read_text(encoding="utf-8")))
            arrived = self.path.stat().st_size
        except (OSError, ValueError, TypeError):
            self.begin_anew()
            return
        if record.address != self._url or arrived < record.bytes or not record.bytes:
            self.begin_anew()
            return
        with self.path.open("r+b") as file:
            file.truncate(record.bytes)
        self.held, self.size, self.coding = record.bytes, record.size, record.coding
        self.validator = Validator(record.etag, record.modified)

    def question(self) -> dict[str, str]:
        """Headers that ask for the rest, or only for what has changed where nothing is wanting."""
        if self.complete and self.validator.unless_same():
            return self.validator.unless_same()
        if not self.held or self.complete or not self.validator.strong:
            return {}
        return {"Range": f"bytes={self.held}-", "If-Range": self.validator.strong}

    def begin_anew(self) -> None:
        """Forget what has arrived."""
        self.close()
        self._record.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self.held, self.size, self.coding, self.validator = 0, None, "", Validator()

    def begin(self, validator: Validator, size: int | None, coding: str) -> None:
        """Forget what has arrived, and expect a file of this state and size."""
        self.begin_anew()
        self.validator, self.size, self.coding = validator, size, coding

    def write(self, block: bytes) -> None:
        """Take in the next bytes."""
        if self._file is None:
            self._file = self.path.open("ab")
        self._file.write(block)
        self.held += len(block)
        counted, when = self._recorded
        if self.held - counted >= _RECORD_EVERY or self._passed() - when >= _RECORD_SECONDS:
            self.note()

    def note(self) -> None:
        """Put the bytes on the disk, then the record that counts them."""
        assert self._file is not None, "there is nothing to note before something was written"
        self._file.flush()
        sync(self.path)
        record = _Record(self._url, self.validator.etag, self.validator.modified, self.size, self.held, self.coding)
        passing = self._record.with_name(f".{self._record.name}")
        passing.write_text(json.dumps(asdict(record), indent=2) + "\n", encoding="utf-8")
        sync(passing)
        passing.rename(self._record)
        self._recorded = (self.held, self._passed())

    def close(self) -> None:
        """Stop writing; what has arrived is noted if there is room for it."""
        if self._file is None:
            return
        # A full disk must not hide what went wrong: the record before this one still holds.
        with suppress(OSError):
            self.note()
        with suppress(OSError):
            self._file.close()
        self._file = None

    def finish(self) -> None:
        """Every byte is there, also where the server had not said how many there would be."""
        self.size = self.held
        if self._file is not None:
            self.note()
        self.close()

    def remove(self) -> None:
        """It is used, or of no use."""
        self.begin_anew()
