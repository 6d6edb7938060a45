"""Where a file came from: kept beside it for ever, and printed behind every figure made from it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

_BLOCK = 1 << 20


@dataclass(frozen=True)
class RawFile:
    """A publisher's or partner's file as it was given, and what we know about it.

    Attributes
    ----------
    path
        Where it lies in the workspace. Never changed once written.
    name
        What it was called when it was given.
    source
        Slug of the source that recognised it.
    sha256, size
        Of the file as given, compressed or not; size in bytes.
    added
        When it was added, ISO 8601, UTC.
    publisher, dataset, licence
        As the source states them.
    address
        Where it was fetched from; empty when it was given by hand, and in records older than fetching.
    sealed
        Whether it is kept without names and encrypted, because it is about people. The hash and size are then of
        the file as it was given, which is not kept.
    owner, destroy_by
        Of a sealed file: who answers for it, and the day (ISO 8601) by which it is to be destroyed.
    code_key
        Of a sealed file: name of the key its codes of people were made with.
    mapping
        Slug of the workspace's mapping by which it is read; empty where its columns are known.
    """

    path: Path
    name: str
    source: str
    sha256: str
    size: int
    added: str
    publisher: str
    dataset: str
    licence: str
    address: str = ""
    sealed: bool = False
    owner: str = ""
    destroy_by: str = ""
    code_key: str = ""
    mapping: str = ""

    @property
    def workspace(self) -> Path:
        """The folder of the workspace it lies in."""
        return self.path.parents[2]

    @property
    def mapping_path(self) -> Path:
        """Where its mapping lies."""
        return self.workspace / "definitions" / "mappings" / f"{self.mapping}.yaml"

    def save(self) -> None:
        """Write the record beside the file, whole or not at all."""
        record = asdict(self) | {"path": self.path.name}
        passing = self.path.with_name(f".{self.path.name}.record")
        passing.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        sync(passing)
        passing.rename(record_path(self.path))


def record_path(path: Path) -> Path:
    """Where a raw file's record lies."""
    return path.with_name(path.name + ".provenance.json")


def destroyed_path(path: Path, when: str) -> Path:
    """Where the record of a raw file lies once the file was destroyed: it is evidence, and never written over."""
    moment = when[:19].replace(":", "")
    return path.with_name(f"{path.name}.{moment}.destroyed.json")


def read_record(path: Path) -> RawFile:
    """The record of a raw file, from the JSON beside it."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return RawFile(**(record | {"path": path.parent / record["path"]}))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk before a name points to it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def now() -> str:
    """This moment, as records write it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
