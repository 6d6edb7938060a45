"""What a file is, by its first bytes and, for a ZIP, by what is in it: names are not to be trusted.

What is not data gets a sentence that says what it is and how to make it into a file that can be taken.
"""

from __future__ import annotations

import errno
import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from frankpledge.errors import SourceError

GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAPS = (b"SQLite format 3\x00", b"{")
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table")
_BEGINNING = 4096
_OLE_HEAD = 512
_NO_SECTOR = 0xFFFFFFFA
_MOST_SECTORS = 1000


class Form(StrEnum):
    """What a file is."""

    TEXT = "text"  # which may be a table, or not
    WORKBOOK = "workbook"
    MAP = "map"
    ARCHIVE = "archive"


SAVE = "Open it, and save what is in it as CSV or XLSX."
_PICTURE = "a picture", "Ask for the figures behind it, as CSV or XLSX."
_WORD = "a Word document", "Copy its tables into a spreadsheet, and save that as CSV or XLSX."
_SLIDES = "a presentation", "Ask for the figures behind it, as CSV or XLSX."
_DATABASE = "a database", "Save the tables that matter from it, each as CSV or XLSX."

# Beginning of a file → what it is, and what to do.
_NOT_DATA = {
    b"%PDF": ("a PDF document", "Ask for the figures as CSV or XLSX: they cannot be read from a PDF with certainty."),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"{\\rtf": _WORD,
    b"Rar!": ("a RAR archive", "Unpack it, and add the folder."),
    b"7z\xbc\xaf": ("a 7-Zip archive", "Unpack it, and add the folder."),
    b"\x00\x01\x00\x00Standard": _DATABASE,
}

# A member of a ZIP, or a stream of an old Office file → what the file is, and what to do.
_NOT_WORKBOOK = {
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _SLIDES,
    "WordDocument": _WORD,
    "PowerPoint Document": _SLIDES,
    "VisioDocument": _PICTURE,
    "xl/workbook.bin": ("a binary workbook (XLSB)", "Open it in a spreadsheet program and save it as XLSX."),
}
_OPEN_DOCUMENTS = {"text": _WORD, "presentation": _SLIDES, "graphics": _PICTURE, "database": _DATABASE}
_ENCRYPTED = "EncryptedPackage"


def form_of(path: Path) -> Form:
    """What a file is.

    Raises
    ------
    SourceError
        When it is damaged, or something that no figures can be read from.
    """
    beginning = beginning_of(path)
    if beginning.startswith(_ZIP):
        return _form_of_zip(path)
    if beginning.startswith(_OLE):
        return _form_of_old_office(path)
    for mark, (what, to_do) in _NOT_DATA.items():
        # A table may begin with the letters BM: a picture that does has a byte of nought soon after.
        if beginning.startswith(mark) and (mark != b"BM" or b"\x00" in beginning[:16]):
            raise not_data(path, what, to_do)
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:16].lower().startswith(_PAGES) or text.startswith(b"<?xml"):
        raise not_data(path, "a web page or XML", f"It may be called a workbook, and is none. {SAVE}")
    return Form.MAP if text.startswith(_MAPS) else Form.TEXT


def beginning_of(path: Path, size: int = _BEGINNING) -> bytes:
    """The first bytes of a file, unzipping gzip.

    Raises
    ------
    SourceError
        When the file is gzip, and damaged.
    """
    with damage_told(path), open_bytes(path) as file:
        return file.read(size)


def is_gzip(path: Path) -> bool:
    """Whether a file is gzip."""
    with path.open("rb") as file:
        return file.read(2) == GZIP


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, unzipping gzip whatever the file is called."""
    if is_gzip(path):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def damaged(path: Path, error: object) -> SourceError:
    """What to say of a file that breaks off or does not hold together."""
    return SourceError(
        f"{path.name}: the file is damaged and cannot be read ({error}).", "Get it again from its publisher."
    )


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Say that a file is damaged where what unpacks or parses it stumbles.

    Raises
    ------
    SourceError
        In place of whatever the stumbling raises, of which there are many kinds.
    """
    try:
        yield
    except _STUMBLES as error:
        raise damaged(path, error) from error
    except OSError as error:
        # A place before the beginning of the file, or a stream that does not hold together; not a want of rights.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise damaged(path, error) from error


_STUMBLES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ElementTree.ParseError,
    EOFError,
    KeyError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def not_data(path: Path, what: str, to_do: str) -> SourceError:
    """What to say of a file that is something else than data."""
    return SourceError(f"{path.name} is {what}: neither a table nor a map.", to_do)


def has_password(path: Path, to_do: str = "save it without one (“Save as”, XLSX)") -> SourceError:
    """What to say of a file that cannot be opened without its password."""
    return SourceError(f"{path.name} is protected by a password.", f"Open it with its password, {to_do}, and add that.")


def _form_of_zip(path: Path) -> Form:
    with damage_told(path), zipfile.ZipFile(path) as archive:
        members = set(archive.namelist())
        kind = archive.read("mimetype")[:100].decode("ascii", "replace") if _small(archive, "mimetype") else ""
    for member, (what, to_do) in _NOT_WORKBOOK.items():
        if member in members:
            raise not_data(path, what, to_do)
    if kind.startswith("application/vnd.oasis.opendocument."):
        sort = kind.rsplit(".", 1)[-1].split("-")[0]
        if sort in _OPEN_DOCUMENTS:
            raise not_data(path, *_OPEN_DOCUMENTS[sort])
        return Form.WORKBOOK
    return Form.WORKBOOK if "[Content_Types].xml" in members and "xl/workbook.xml" in members else Form.ARCHIVE


def _small(archive: zipfile.ZipFile, member: str) -> bool:
    return member in archive.namelist() and archive.getinfo(member).file_size < 100


def _form_of_old_office(path: Path) -> Form:
    names = set(_streams(path))
    if _ENCRYPTED in names:
        raise has_password(path)
    for name, (what, to_do) in _NOT_WORKBOOK.items():
        if name in names:
            raise not_data(path, what, to_do)
    if names & {"Workbook", "Book"}:
        return Form.WORKBOOK
    raise not_data(path, "an old Office file, but no workbook", SAVE)


def _streams(path: Path) -> Iterator[str]:
    """Names of what is in an old Office file, from its directory (Compound File Binary Format, MS-CFB 2.2 to 2.6)."""
    with path.open("rb") as file:
        head = file.read(_OLE_HEAD)
        if len(head) < _OLE_HEAD:
            return
        # Sectors are of 512 bytes, or of 4,096; anything else is damage.
        size = 4096 if head[30:32] == b"\x0c\x00" else 512
        tables = struct.unpack("<109I", head[76:512])
        sector = int.from_bytes(head[48:52], "little")
        for _ in range(_MOST_SECTORS):
            file.seek((sector + 1) * size)
            for entry in iter(partial(file.read, 128), b""):
                yield entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode("utf-16-le", "replace")
                if file.tell() >= (sector + 2) * size:
                    break
            # The next sector of the directory stands in the table of sectors.
            table, place = divmod(sector, size // 4)
            if table >= len(tables) or tables[table] >= _NO_SECTOR:
                return
            file.seek((tables[table] + 1) * size + 4 * place)
            sector = int.from_bytes(file.read(4) or b"\xff" * 4, "little")
            if sector >= _NO_SECTOR:
                return
