"""A paragraph of a Word file as a reader sees it, and what hangs on it: notes, text boxes, pictures.

Tracked changes are read as if accepted: what is put in is there, what is struck out is gone. What is given twice, for
newer programs and for older ones, is read once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from frankpledge.claims.reading.packages import attribute, child, local
from frankpledge.claims.reading.wording import raised, words

# What is struck out or moved away, what only Word reads, the reading aid of a word, and comments.
_PASSED_OVER = words(
    "del moveFrom pPr rPr sdtPr sdtEndPr instrText delText delInstrText rt annotationRef footnoteRef endnoteRef"
)
_WRITTEN_AS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_NOTES = ("footnoteReference", "endnoteReference")
# What can be seen and not read → what it is.
_PICTURES = {
    "blip": "picture",
    "imagedata": "picture",
    "chart": "chart",
    "relIds": "diagram",
    "OLEObject": "embedded object",
}


@dataclass
class WordParagraph:
    """A paragraph.

    Attributes
    ----------
    bold
        Whether all of its text is.
    notes
        The footnotes and endnotes it refers to, each as the kind of reference and its number.
    boxes
        The contents of the text boxes that hang on it.
    pictures
        How many there are of what cannot be read, by what it is.
    """

    text: str = ""
    bold: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: Counter[str] = field(default_factory=Counter)


def read_paragraph(paragraph: Any) -> WordParagraph:
    """Read a paragraph, without the text of its notes and text boxes."""
    reading = _Reading()
    reading.read(paragraph, bold=False, above=False)
    reading.found.text = "".join(reading.parts)
    return reading.found


def is_struck_out(paragraph: Any) -> bool:
    """Whether the end of a paragraph is struck out, so that it runs on into the next."""
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None


class _Reading:
    def __init__(self) -> None:
        self.found = WordParagraph()
        self.parts: list[str] = []

    def read(self, element: Any, bold: bool, above: bool) -> None:
        """Read what is in an element; the parser bounds how deep that is."""
        for one in element:
            name = local(one.tag)
            if name == "t":
                self._write(one.text or "", bold, above)
            elif name == "r":
                self._read_run(one)
            elif name in _WRITTEN_AS:
                self.parts.append(_WRITTEN_AS[name])
            elif name == "txbxContent":
                self.found.boxes.append(one)
            elif name in _NOTES:
                self.found.notes.append((name, attribute(one, "id")))
            elif name == "AlternateContent":
                self.read(chosen(one), bold, above)
            elif name not in _PASSED_OVER:
                self.found.pictures.update([_PICTURES[name]] if name in _PICTURES else [])
                self.read(one, bold, above)

    def _read_run(self, run: Any) -> None:
        properties = child(run, "rPr")
        if not _set(properties, "vanish"):
            above = attribute(child(properties, "vertAlign"), "val") == "superscript"
            self.read(run, _set(properties, "b"), above)

    def _write(self, text: str, bold: bool, above: bool) -> None:
        self.found.bold = self.found.bold and (bold or not text.strip())
        self.parts.append(raised(text) if above else text)


def chosen(alternatives: Any) -> Any:
    """Of the same thing for newer programs and for older ones, the newer, which has all that the older has."""
    return next((one for name in ("Choice", "Fallback") for one in alternatives if local(one.tag) == name), ())


def _set(properties: Any | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and attribute(found, "val") not in ("0", "false", "off", "none")
