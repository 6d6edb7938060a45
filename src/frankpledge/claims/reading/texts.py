"""The text of a file without a format, whatever encoding it is in."""

from __future__ import annotations

import re
from pathlib import Path

from frankpledge.claims.reading.forms import no_document
from frankpledge.claims.reading.gathering import MOST_CHARACTERS, too_much
from frankpledge.sources.reading.careful import encoding_of_beginning

# One of 200 pages has some 10,000, with its tables cell by cell.
MOST_LINES = 1_000_000
_BEGINNING = 65_536
# No text has any of these but a binary file has them everywhere.
_NEVER_WRITTEN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A stray one is forgiven: old programs end a text with Ctrl-Z.
_FORGIVEN = 1_000


def text_of(path: Path) -> str:
    """The text of a file; what is no UTF-8 or UTF-16 is read as Windows wrote it, which never fails.

    Raises
    ------
    SourceError
        When it is longer than any document, or no text.
    """
    # A letter may take four bytes.
    if path.stat().st_size > 4 * MOST_CHARACTERS:
        raise too_much(path.name, f"more than {4 * MOST_CHARACTERS // 10**6} MB of text")
    content = path.read_bytes()
    encoding = encoding_of_beginning(content[:_BEGINNING])
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if len(_NEVER_WRITTEN.findall(text)) > len(text) / _FORGIVEN:
        raise no_document(path, "no text")
    if len(text) > MOST_CHARACTERS:
        raise too_much(path.name, f"more than {MOST_CHARACTERS:,} characters of text")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise too_much(path.name, f"more than {MOST_LINES:,} lines of text")
    return text
