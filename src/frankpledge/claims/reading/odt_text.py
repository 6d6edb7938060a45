"""A paragraph of a LibreOffice file as a reader sees it, and what hangs on it: notes, text boxes, pictures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from frankpledge.claims.reading.packages import attribute, child, local
from frankpledge.claims.reading.wording import raised, words

# Comments, reading aids, what is hidden, and what only LibreOffice reads.
_PASSED_OVER = words("annotation annotation-end ruby-text hidden-text hidden-paragraph script change")
_WRITTEN_AS = {"s": " ", "tab": " ", "line-break": " ", "soft-page-break": ""}
# Styles whose paragraphs LibreOffice puts above tables and below pictures.
_CAPTIONS = words("Caption Table Illustration Figure Drawing")


@dataclass(frozen=True)
class OpenStyles:
    """What the styles of a file say: their names by what they do to text, and what each is based on."""

    bold: frozenset[str]
    above: frozenset[str]
    hidden: frozenset[str]
    based_on: dict[str, str]

    def is_caption(self, paragraph: Any) -> bool:
        """Whether a paragraph is styled as a caption."""
        return self._known_as(paragraph) in _CAPTIONS

    def is_title(self, paragraph: Any) -> bool:
        """Whether a paragraph is the title of the document."""
        return self._known_as(paragraph) == "Title"

    def _known_as(self, paragraph: Any) -> str:
        name = attribute(paragraph, "style-name")
        return self.based_on.get(name) or name


def styles_of(content: Any) -> OpenStyles:
    """The styles of a file that its paragraphs name."""
    automatic = child(content, "automatic-styles")
    styles = list(automatic) if automatic is not None else []
    of_text = {attribute(one, "name"): child(one, "text-properties") for one in styles}

    def which(name: str, *values: str) -> frozenset[str]:
        return frozenset(one for one, properties in of_text.items() if attribute(properties, name).startswith(values))

    return OpenStyles(
        bold=which("font-weight", "bold", "600", "700", "800", "900"),
        above=which("text-position", "super"),
        hidden=which("display", "none"),
        based_on={attribute(one, "name"): attribute(one, "parent-style-name") for one in styles},
    )


@dataclass
class OpenParagraph:
    """A paragraph.

    Attributes
    ----------
    bold
        Whether all of its text is.
    notes
        The footnotes and endnotes it refers to.
    boxes
        The text boxes that hang on it.
    pictures
        How many there are of what cannot be read, by what it is.
    """

    text: str = ""
    bold: bool = True
    notes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: Counter[str] = field(default_factory=Counter)


def read_open_paragraph(paragraph: Any, styles: OpenStyles) -> OpenParagraph:
    """Read a paragraph, or a frame that stands outside of any, without the text of its notes and text boxes."""
    reading = _Reading(styles)
    if local(paragraph.tag) in ("p", "h"):
        reading.read(paragraph, bold=False, above=False)
    else:
        reading.take(paragraph, bold=False, above=False)
    reading.found.text = "".join(reading.parts)
    return reading.found


class _Reading:
    def __init__(self, styles: OpenStyles) -> None:
        self._styles = styles
        self.found = OpenParagraph()
        self.parts: list[str] = []

    def read(self, element: Any, bold: bool, above: bool) -> None:
        """Read what is in an element; the parser bounds how deep that is."""
        style = attribute(element, "style-name")
        if style in self._styles.hidden:
            return
        bold, above = bold or style in self._styles.bold, above or style in self._styles.above
        self._write(element.text, bold, above)
        for one in element:
            self.take(one, bold, above)
            self._write(one.tail, bold, above)

    def take(self, element: Any, bold: bool, above: bool) -> None:
        """Take an element within a paragraph."""
        name = local(element.tag)
        if name in _WRITTEN_AS:
            self.parts.append(_WRITTEN_AS[name])
        elif name == "note":
            self.found.notes.append(element)
        elif name in ("text-box", "custom-shape", "rect", "ellipse"):
            self.found.boxes.append(element)
        elif name == "frame" and child(element, "object") is not None:
            # The picture beside it shows what it looks like.
            self.found.pictures["embedded object"] += 1
        elif name == "image":
            self.found.pictures["picture"] += 1
        elif name in ("frame", "g"):
            for one in element:
                self.take(one, bold, above)
        elif name not in _PASSED_OVER:
            self.read(element, bold, above)

    def _write(self, text: str | None, bold: bool, above: bool) -> None:
        if text:
            self.found.bold = self.found.bold and (bold or not text.strip())
            self.parts.append(raised(text) if above else text)
