"""Whether a file that arrived is whole and undamaged, as far as the file itself can show."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from frankpledge.errors import FetchError
from frankpledge.fetching.errand import Wanted
from frankpledge.fetching.sizes import size_words

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20

# The XML of a workbook packs fifty to one at most, a police table ten to one; a bomb a thousand to one and more.
_MOST_PACKED = 200
_ALWAYS_ALLOWED = 50 * 10**6


def beginning(path: Path) -> bytes:
    """The first bytes of a file that are not blank."""
    with path.open("rb") as file:
        return file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()


def proves_itself(path: Path) -> bool:
    """Whether a file's own form shows that its end is its end: ZIP, gzip and JSON do, a table does not."""
    return beginning(path).startswith((*_ZIP, _GZIP, b"{", b"["))


def check_whole(path: Path, wanted: Wanted) -> None:
    """Read a file to its end where its form allows a check.

    Of a ZIP that files are taken out of, only the list is read: each file is checked as it is taken.

    Raises
    ------
    FetchError
        When it is damaged, packed beyond all measure, a web page, or a publisher's message of an error.
    """
    start = beginning(path)
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise FetchError(f"{wanted.name}: a web page came instead of the file ({wanted.url}).", wanted.address.remedy())
    try:
        if start.startswith(_ZIP):
            _check_zip(path, wanted)
        elif start.startswith(_GZIP):
            _check_gzip(path, wanted)
        elif start.startswith((b"{", b"[")):
            check_answer(json.loads(path.read_bytes()), wanted)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise damaged(wanted, str(error)) from error
    if wanted.members and not start.startswith(_ZIP):
        raise damaged(wanted, "it is no ZIP")


def damaged(wanted: Wanted, why: str) -> FetchError:
    """The sentence for a file that arrived damaged."""
    return FetchError(
        f"{wanted.name} arrived damaged ({why}). It was not kept.",
        "Try again; if it lasts, the publisher's file is damaged: tell the publisher.",
    )


def check_answer(answer: Any, wanted: Wanted) -> None:
    """Refuse a publisher's message of an error, which services send as if it were the answer.

    Raises
    ------
    FetchError
        When it is one.
    """
    if isinstance(answer, dict) and "error" in answer and not answer.keys() & {"features", "result"}:
        error = answer["error"]
        words = error.get("message", "") if isinstance(error, dict) else str(error)
        raise FetchError(
            f"{wanted.name}: the publisher answers with an error: {words or 'no reason given'} ({wanted.url}).",
            wanted.address.remedy(),
        )


def _check_zip(path: Path, wanted: Wanted) -> None:
    with zipfile.ZipFile(path) as archive:
        # A ZIP that others are taken out of may be large: only what is taken is unpacked, and measured then.
        if wanted.members:
            return
        check_packing(sum(info.file_size for info in archive.infolist()), path.stat().st_size, wanted)
        bad = archive.testzip()
    if bad is not None:
        raise damaged(wanted, f"in {bad}")


def _check_gzip(path: Path, wanted: Wanted) -> None:
    packed, unpacked = path.stat().st_size, 0
    with gzip.open(path) as file:
        while block := file.read(_BLOCK):
            unpacked += len(block)
            check_packing(unpacked, packed, wanted)


def check_packing(unpacked: int, packed: int, wanted: Wanted) -> None:
    """Refuse a file that is packed beyond all measure.

    Raises
    ------
    FetchError
        When it is.
    """
    if unpacked > max(_ALWAYS_ALLOWED, _MOST_PACKED * packed):
        raise FetchError(
            f"{wanted.name}: {size_words(packed)} would unpack to {size_words(unpacked)} and more, as no true file "
            "does. It was not kept.",
            "Do not open it. Tell the publisher.",
        )


def unpack(path: Path, out: Path, wanted: Wanted) -> None:
    """Undo a gzip that the server put round a file on the way.

    Raises
    ------
    FetchError
        When it is damaged or too large.
    """
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path) as file, out.open("wb") as plain:
            while block := file.read(_BLOCK):
                unpacked += len(block)
                check_packing(unpacked, packed, wanted)
                plain.write(block)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(wanted, str(error)) from error
