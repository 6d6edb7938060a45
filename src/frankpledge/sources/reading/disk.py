"""A disk that is full: what to say of it, and nothing half-written left behind."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from frankpledge.errors import WorkspaceError

# No room left, none left for this person, or a file larger than the system allows.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_IN_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


def is_full(error: BaseException) -> bool:
    """Whether an error of the system or of the engine is that the disk is full."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, duckdb.Error) and any(words in str(error) for words in _IN_WORDS)


@contextmanager
def room_for(folder: Path, lost: str) -> Iterator[None]:
    """Say that the disk is full where it is.

    Parameters
    ----------
    folder
        What is written to.
    lost
        A sentence on what was not done, and what still stands.

    Raises
    ------
    WorkspaceError
        When the disk is full.
    """
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if not is_full(error):
            raise
        free = shutil.disk_usage(folder).free // 10**6 if folder.exists() else 0
        raise WorkspaceError(
            f"The disk is full: {free:,} MB are free where {folder} lies. {lost}",
            "Make room there, or move the whole workspace to a larger disk, and run the same command again.",
        ) from error
