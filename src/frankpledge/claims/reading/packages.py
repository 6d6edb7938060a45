"""Documents that are ZIP archives of XML, of Word and of LibreOffice: trusted in nothing.

An archive is looked at before anything in it is unpacked. XML that declares a document type could multiply itself,
and none of these formats does: it is refused unread. Nesting is bounded by the parser.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from frankpledge.claims.reading.gathering import too_much
from frankpledge.errors import SourceError
from frankpledge.sources.reading.archives import opened
from frankpledge.sources.reading.formats import damage_told

# A long document with a hundred photographs comes to about 200 MB.
MOST_OF_A_PACKAGE = 500_000_000
# The text of one of 200 pages with its tables comes to about 10 MB, in some 300,000 tags.
MOST_OF_A_TEXT = 100_000_000
MOST_TAGS = 2_000_000
# In any of the encodings that XML may have.
_DECLARES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_AGAIN = "Get it again from whoever sent it, or open it, save it anew as .docx, and check that."


@contextmanager
def opened_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a document that is a ZIP archive.

    Raises
    ------
    SourceError
        When it is damaged, has a password, or would unpack to more than any honest document.
    """
    with ExitStack() as held:
        try:
            archive = held.enter_context(opened(path, MOST_OF_A_PACKAGE))
        except SourceError as error:
            # What is to be done is said there of tables.
            raise SourceError(error.happened, _AGAIN) from error
        yield archive


def xml_of(path: Path, archive: zipfile.ZipFile, member: str) -> Any:
    """The XML of a member.

    Raises
    ------
    SourceError
        When the archive lacks it, it is damaged, or declares a document type, or holds more than any document.
    """
    if member not in archive.namelist():
        raise SourceError(f"{path.name} is damaged: it lacks its part {member}.", _AGAIN)
    if archive.getinfo(member).file_size > MOST_OF_A_TEXT:
        raise too_much(path.name, f"a part ({member}) of more than {MOST_OF_A_TEXT // 10**6} MB of text")
    with damage_told(path):
        content = archive.read(member)
    if _DECLARES.search(content):
        raise SourceError(f"{path.name} declares entities, which no document does: it is not read.", _AGAIN)
    if content.count(b"<") > MOST_TAGS:
        raise too_much(path.name, f"a part ({member}) of more than {MOST_TAGS:,} marks")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        why = (
            "it nests deeper than any document"
            if "depth" in str(error)
            else f"its part {member} does not hold together"
        )
        raise SourceError(f"{path.name} cannot be read: {why}.", _AGAIN) from error


def day_of(text: str | None) -> date | None:
    """The day of a date as XML writes it; None where it is none."""
    found = _DAY.match((text or "").strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def local(tag: object) -> str:
    """The name of an element or attribute without its namespace, of which some formats have two; empty of a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any | None, name: str) -> Any | None:
    """The first child of that name; None where there is none, or no element."""
    return next((one for one in element if local(one.tag) == name), None) if element is not None else None


def attribute(element: Any | None, name: str) -> str:
    """The attribute of that name; empty where there is none, or no element."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if local(key) == name), "")
