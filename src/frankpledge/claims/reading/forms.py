"""What a document is, by its first bytes and, for a ZIP, by what is in it: names are not to be trusted.

What is no document gets a sentence that says what it is and how to make it into one.
"""

from __future__ import annotations

import mmap
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from frankpledge.claims.reading.packages import opened_package
from frankpledge.errors import SourceError


class Form(StrEnum):
    """What a document is."""

    WORD = "word"
    OPEN_DOCUMENT = "open document"
    PDF = "pdf"
    PAGE = "web page"
    MARKDOWN = "markdown"
    TEXT = "text"


_SAVE = "Open it, and save it as .docx or .pdf."
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Some programs write a few lines before the beginning of a PDF.
_PDF, _WITHIN = b"%PDF-", 1024
_BEGINNING = 4096
_PICTURE = "a picture", "Ask for the document that it was taken of; text in pictures is not read."
_PACKED = "an archive", "Unpack it, and check the document in it."

# Beginning of a file → what it is, and what to do.
_OTHERS = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"\x1f\x8b": _PACKED,
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"{\\rtf": ("a document in Rich Text Format", _SAVE),
    b"MIME-Version:": ("a web page in one file with its pictures (MHTML)", "Open it, and save it as .html or .pdf."),
}
# A member of a ZIP → what the file is.
_OTHER_PACKAGES = {
    "xl/workbook.xml": "a workbook",
    "xl/workbook.bin": "a workbook",
    "ppt/presentation.xml": "a presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|main|article|div|h1|p|table)\b", re.I | re.S
)
_NAMED = {".md": Form.MARKDOWN, ".markdown": Form.MARKDOWN, ".html": Form.PAGE, ".htm": Form.PAGE}


def form_of(path: Path) -> Form:
    """What a document is.

    Raises
    ------
    SourceError
        When it is empty, damaged, protected by a password, or no document.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not beginning:
        raise SourceError(f"{path.name} is empty.", "Check that it was saved, or get it again.")
    if beginning.startswith(_ZIP):
        return _form_of_package(path)
    if beginning.startswith(_OLE):
        raise _old_office(path)
    if _PDF in beginning[:_WITHIN]:
        return Form.PDF
    for mark, (what, to_do) in _OTHERS.items():
        if beginning.startswith(mark):
            raise no_document(path, what, to_do)
    return _form_of_text(path, beginning)


def no_document(path: Path, what: str, to_do: str = _SAVE) -> SourceError:
    """What to say of a file that is something else than a document."""
    return SourceError(f"{path.name} is {what}: it is not read as a document.", to_do)


def _form_of_package(path: Path) -> Form:
    with opened_package(path) as archive:
        members = set(archive.namelist())
        kind = _kind(archive) if "mimetype" in members else ""
    if kind.startswith(f"{_OPEN_DOCUMENT}text"):
        return Form.OPEN_DOCUMENT
    if kind.startswith(_OPEN_DOCUMENT):
        raise no_document(path, f"an OpenDocument {kind.removeprefix(_OPEN_DOCUMENT)}")
    if "[Content_Types].xml" in members and any(one.startswith("word/") for one in members):
        return Form.WORD
    for member, what in _OTHER_PACKAGES.items():
        if member in members:
            raise no_document(path, what)
    raise no_document(path, *_PACKED)


def _kind(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as file:
        return file.read(100).decode("ascii", "replace").strip()


def _old_office(path: Path) -> SourceError:
    """Word before 2007, or a new file under a password, which is wrapped in an old one."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        sealed = content.find("EncryptedPackage".encode("utf-16-le")) >= 0
    if sealed:
        return has_password(path)
    return no_document(path, "a file of Office before 2007")


def has_password(path: Path) -> SourceError:
    """What to say of a document that cannot be opened without its password."""
    return SourceError(
        f"{path.name} is protected by a password.", "Open it with its password, save it without one, and check that."
    )


def _form_of_text(path: Path, beginning: bytes) -> Form:
    text = beginning.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text.decode("utf-16", "replace").encode()
    if _PAGE.match(text):
        return Form.PAGE
    if text.lstrip().startswith(b"<?xml"):
        raise no_document(path, "XML that is no web page")
    return _NAMED.get(path.suffix.lower(), Form.TEXT)
