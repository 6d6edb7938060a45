"""ZIP and gzip: looked at before anything in them is unpacked. Workbooks are ZIP archives too."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from frankpledge.errors import SourceError
from frankpledge.sources.reading.formats import damage_told, has_password, is_gzip

# The largest sheet there can be, a million rows of twenty columns, is about 1 GB of XML.
MOST_OF_A_WORKBOOK = 1_500_000_000
# All of police.uk for three years, every force, comes to about 10 GB.
MOST_OF_AN_ARCHIVE = 20_000_000_000
MOST_MEMBERS = 20_000
# Sheets and tables shrink to a tenth, at the very most to a fiftieth; bombs to a thousandth.
MOST_RATIO = 200
# What is no larger than this when unpacked does no harm, however well it was packed.
HARMLESS = 20_000_000
_BLOCK = 1 << 20
# Systems allow 255 bytes, of which the hash and the record's ending take some.
_LONGEST_NAME = 100


@contextmanager
def opened(path: Path, most: int = MOST_OF_AN_ARCHIVE) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP whose directory promises no more than can be held.

    What it promises holds: the reader never unpacks more of a member than the directory states.

    Raises
    ------
    SourceError
        When it is damaged, has a password, or would unpack to more than `most` bytes or 200 times its size.
    """
    with damage_told(path):
        archive = zipfile.ZipFile(path)
    with archive:
        _check(path, archive.infolist(), most)
        yield archive


def check_gzip(path: Path) -> None:
    """Unpack a gzip file to nowhere: a download that broke off is found out before anything is built from it.

    Raises
    ------
    SourceError
        When it is damaged, or would unpack to more than any table does.
    """
    if not is_gzip(path):
        return
    packed, unpacked = path.stat().st_size, 0
    with damage_told(path), gzip.open(path, "rb") as file:
        while block := file.read(_BLOCK):
            unpacked += len(block)
            _check_size(path, packed, unpacked, 1, MOST_OF_AN_ARCHIVE)


def data_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, those that a computer hides aside."""
    return [
        member
        for member in archive.infolist()
        if not member.is_dir() and member_name(member)[:1] not in ("", ".") and "__MACOSX" not in member.filename
    ]


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member without its folders: it is never unpacked to where its path leads."""
    return PurePosixPath(member.filename.replace("\\", "/")).name[-_LONGEST_NAME:]


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    """Unpack one member into a folder, under its name alone.

    Raises
    ------
    SourceError
        When it is damaged.
    """
    path = folder / member_name(member)
    with damage_told(path), archive.open(member) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file, _BLOCK)
    return path


def _check(path: Path, members: list[zipfile.ZipInfo], most: int) -> None:
    unpacked = sum(member.file_size for member in members)
    _check_size(path, path.stat().st_size, unpacked, len(members), most)
    # The first bit says that a member is encrypted.
    if any(member.flag_bits & 1 for member in members):
        raise has_password(path, "unpack it")


def _check_size(path: Path, packed: int, unpacked: int, members: int, most: int) -> None:
    within = f" in {members:,} files" if members > 1 else ""
    if unpacked > most or members > MOST_MEMBERS or (unpacked > HARMLESS and unpacked > MOST_RATIO * packed):
        raise SourceError(
            f"{path.name} would unpack from {_size(packed)} to {_size(unpacked)} or more{within}, "
            f"which no honest file does: it is not opened.",
            "Ask whoever sent it what it is; if it is in order, ask for it as CSV, in several files.",
        )


def _size(size: int) -> str:
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:,.0f} {name}"
    return f"{size} bytes"
