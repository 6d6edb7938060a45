"""The files wanted out of a ZIP, one at a time, each checked as it is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from frankpledge.errors import FetchError
from frankpledge.fetching.errand import Wanted
from frankpledge.fetching.wholeness import check_packing, damaged

_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_LONGEST_NAME = 120


def tame(name: str, otherwise: str) -> str:
    """A name that is a file's and never a path: letters, figures, dots, hyphens, brackets and spaces.

    >>> tame("../../etc/passwd", "file")
    'passwd'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w.() -]+", "-", last).lstrip(".- ")[-_LONGEST_NAME:] or otherwise


def wanted_members(path: Path, wanted: Wanted) -> tuple[list[tuple[str, str]], list[str]]:
    """Members of a ZIP that are wanted, each with the source it should be; and the patterns that found none."""
    with zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    found, absent = [], []
    for pattern, source in wanted.members.items():
        fitting = [name for name in names if fnmatchcase(name.lower(), pattern.lower())]
        found += [(name, source) for name in fitting]
        absent += [] if fitting else [pattern]
    return found, absent


def unpacked(path: Path, members: list[tuple[str, str]], folder: Path, wanted: Wanted) -> Iterator[tuple[Path, str]]:
    """Each member as a file in a folder, with the source it should be; it is gone when the next is asked for.

    Raises
    ------
    FetchError
        When one is damaged, locked, or packed beyond all measure.
    """
    with zipfile.ZipFile(path) as archive:
        for name, source in members:
            info = archive.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise FetchError(f"{wanted.name}: {name} in it is locked with a password.", wanted.address.remedy())
            check_packing(info.file_size, info.compress_size, wanted)
            out = folder / tame(name, "member")
            try:
                _copy(archive, info, out)
                yield out, source
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                raise damaged(wanted, f"{name}: {error}") from error
            finally:
                out.unlink(missing_ok=True)


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, out: Path) -> None:
    with archive.open(info) as member, out.open("wb") as file:
        while block := member.read(_BLOCK):
            file.write(block)
