"""The parts of a Word file that its text is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml

from frankpledge.claims.reading.packages import attribute, child, day_of, opened_package, xml_of
from frankpledge.claims.reading.word_styles import Styles
from frankpledge.errors import SourceError

_TYPES = "[Content_Types].xml"
# Ends of the names by which a file says what its parts are; the names go by program and by whether there are macros.
_MAIN, _STYLES, _ABOUT = ".main+xml", ".styles+xml", ".core-properties+xml"
_NOTES = {"footnoteReference": ".footnotes+xml", "endnoteReference": ".endnotes+xml"}
_MACROS = "vbaProject.bin"


@dataclass(frozen=True)
class WordParts:
    """What is read of a Word file.

    Attributes
    ----------
    notes
        Each footnote and endnote, by the kind of reference to it and its number.
    """

    body: Any
    styles: Styles
    notes: dict[tuple[str, str], Any]
    dated: date | None = None
    macros: bool = False


def parts_of(path: Path) -> WordParts:
    """The parts of a file.

    Raises
    ------
    SourceError
        When it is damaged, declares entities, or holds more than any document.
    """
    with opened_package(path) as archive:
        types = xml_of(path, archive, _TYPES)
        names = {attribute(one, "ContentType"): attribute(one, "PartName").lstrip("/") for one in types}

        def part(end: str) -> Any | None:
            name = next((name for kind, name in names.items() if kind.endswith(end)), None)
            return xml_of(path, archive, name) if name in archive.namelist() else None

        body = child(part(_MAIN), "body")
        if body is None:
            raise SourceError(f"{path.name} is damaged: it has no text.", "Save it as .docx once more, and check that.")
        about = part(_ABOUT)
        return WordParts(
            body=body,
            styles=Styles(part(_STYLES)),
            notes=dict(_notes({kind: part(end) for kind, end in _NOTES.items()})),
            dated=_day(about, "modified") or _day(about, "created"),
            macros=any(name.endswith(_MACROS) for name in archive.namelist()),
        )


def parts_in(document: Document) -> WordParts:
    """The same parts of a file that is open already, so that it can be written in."""
    related = [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
    found: dict[str, Any | None] = {
        kind: parse_xml(part.blob)
        for kind, end in _NOTES.items()
        for part in related
        if part.content_type.endswith(end)
    }
    return WordParts(document.element.body, Styles(document.styles.element), dict(_notes(found)))


def _notes(parts: dict[str, Any | None]) -> Iterator[tuple[tuple[str, str], Any]]:
    for kind, part in parts.items():
        for note in part if part is not None else ():
            if attribute(note, "type") in ("", "normal"):
                yield (kind, attribute(note, "id")), note


def _day(about: Any | None, name: str) -> date | None:
    found = child(about, name)
    return day_of(found.text) if found is not None else None
