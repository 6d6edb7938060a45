"""The folder of built warehouses: one file a hash, a small pointer to the current one, a lock for the builder.

A file in use is never written, moved or renamed over: readers that opened it keep their answers. The
pointer alone is replaced, by one rename, so that whoever reads it gets the old name or the new.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frankpledge.errors import WorkspaceError
from frankpledge.provenance import sync
from frankpledge.workspace import Workspace

POINTER = "current"
KEPT = 3


def warehouse_file(workspace: Workspace, key: str) -> Path:
    """Where the warehouse of a hash lies."""
    return workspace.warehouses / f"{key}.duckdb"


def current_key(workspace: Workspace) -> str | None:
    """The hash of the warehouse in use, or None before the first build."""
    try:
        return (workspace.warehouses / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def current_file(workspace: Workspace) -> Path:
    """The warehouse in use.

    Raises
    ------
    WorkspaceError
        Before the first build.
    """
    key = current_key(workspace)
    if key is None:
        raise WorkspaceError("Nothing has been built here yet.", "Run “frankpledge build”.")
    return warehouse_file(workspace, key)


def put_on_shelf(workspace: Workspace, built: Path, key: str) -> None:
    """Put a finished file on the shelf under its hash, by one rename."""
    sync(built)
    built.rename(warehouse_file(workspace, key))
    sync(workspace.warehouses)


def point_to(workspace: Workspace, key: str) -> None:
    """Make a warehouse on the shelf the current one, by one rename of the pointer."""
    passing = workspace.warehouses / f".{POINTER}.{os.getpid()}"
    passing.write_text(key + "\n", encoding="ascii")
    sync(passing)
    passing.rename(workspace.warehouses / POINTER)
    sync(workspace.warehouses)


def clear_away(workspace: Workspace) -> None:
    """Remove what a build cut short left behind, and warehouses that nobody goes back to.

    These are all but the last three, and those built before a file about people was last destroyed. Editions
    carry their own evidence, so no edition needs the warehouse it was made from.
    """
    for left in (*workspace.warehouses.glob("*.building*"), *workspace.warehouses.glob(f".{POINTER}.*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    by_age = sorted(workspace.warehouses.glob("*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
    destroyed = max((path.stat().st_mtime for path in workspace.raw.glob("*/*.destroyed.json")), default=0.0)
    for place, old in enumerate(by_age):
        if (place >= KEPT or old.stat().st_mtime < destroyed) and old.stem != current_key(workspace):
            old.unlink(missing_ok=True)


@contextmanager
def building(workspace: Workspace) -> Iterator[None]:
    """Hold the builder's lock; the operating system lets go of it when the process ends, however it ends.

    Raises
    ------
    WorkspaceError
        When another build holds it.
    """
    workspace.warehouses.mkdir(parents=True, exist_ok=True)
    with (workspace.warehouses / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkspaceError("Another build is under way here.", "Wait for it to end, then try again.") from error
        yield
