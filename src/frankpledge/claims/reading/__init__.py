"""Reads a published document, whatever it was written with, into its passages and tables."""

from __future__ import annotations

from pathlib import Path

from frankpledge.claims.published import PublishedDocument
from frankpledge.claims.reading.forms import Form, form_of
from frankpledge.claims.reading.html import read_page
from frankpledge.claims.reading.marked import read_marked
from frankpledge.claims.reading.odt import read_open_document
from frankpledge.claims.reading.pdf import read_pdf
from frankpledge.claims.reading.plain import read_plain
from frankpledge.claims.reading.word import read_word

_READERS = {
    Form.WORD: read_word,
    Form.OPEN_DOCUMENT: read_open_document,
    Form.PDF: read_pdf,
    Form.PAGE: read_page,
    Form.MARKDOWN: read_marked,
    Form.TEXT: read_plain,
}


def read_published(path: Path) -> PublishedDocument:
    """Read a document of Word, LibreOffice, PDF, the web, Markdown or plain text, by what it is and not by its name.

    Raises
    ------
    SourceError
        When it is none of these, is damaged, protected by a password, or holds more than any document.
    """
    return _READERS[form_of(path)](path)
