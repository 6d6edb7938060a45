"""What the styles of a Word file say of a paragraph: heading, caption, item of a list, line of a list of contents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from frankpledge.claims.reading.packages import attribute, child, local

# A style that is based on itself, by however many steps, is given up after so many.
_MOST_STEPS = 50
# Word has nine levels; the tenth says that a paragraph is none.
_NO_LEVEL = 10
_HEADING = re.compile(r"heading (\d)$")
_LIST = re.compile(r"list (?:bullet|number)")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures")
T = TypeVar("T")


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str
    level: int | None
    listed: bool | None


class Styles:
    """The styles of a file, each with what it takes from those it is based on.

    Parameters
    ----------
    element
        The part with the styles; None where a file has none.
    """

    def __init__(self, element: Any | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._usual = ""
        for one in element if element is not None else ():
            if local(one.tag) == "style" and attribute(one, "type") in ("paragraph", ""):
                identifier = attribute(one, "styleId")
                self._styles[identifier] = _style(one)
                if attribute(one, "default") in ("1", "true"):
                    self._usual = identifier

    def level(self, paragraph: Any) -> int:
        """Of a heading, from 1; nought of all else."""
        said = outline(child(paragraph, "pPr"))
        level = said if said is not None else self._first(paragraph, lambda style: style.level)
        return level if level is not None and level < _NO_LEVEL else 0

    def is_listed(self, paragraph: Any) -> bool:
        """Whether a paragraph has a bullet or number that Word sets."""
        said = numbered(child(paragraph, "pPr"))
        return bool(said if said is not None else self._first(paragraph, lambda style: style.listed))

    def is_caption(self, paragraph: Any) -> bool:
        """Whether a paragraph is styled as a caption."""
        return bool(self._first(paragraph, lambda style: style.name == "caption" or None))

    def is_of_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of a list of contents, which repeats headings with their pages."""
        return bool(self._first(paragraph, lambda style: _CONTENTS.match(style.name) is not None or None))

    def _first(self, paragraph: Any, of: Callable[[_Style], T | None]) -> T | None:
        """What the style says, or the first of those it is based on that says anything."""
        identifier = attribute(child(child(paragraph, "pPr"), "pStyle"), "val") or self._usual
        for _ in range(_MOST_STEPS):
            style = self._styles.get(identifier)
            if style is None:
                return None
            found = of(style)
            if found is not None:
                return found
            identifier = style.based_on
        return None


def _style(element: Any) -> _Style:
    name = attribute(child(element, "name"), "val").lower()
    properties = child(element, "pPr")
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else 1 if name == "title" else None
    listed = numbered(properties)
    said = outline(properties)
    return _Style(
        name=name,
        based_on=attribute(child(element, "basedOn"), "val"),
        level=said if said is not None else level,
        listed=True if listed is None and _LIST.match(name) else listed,
    )


def outline(properties: Any | None) -> int | None:
    """The level in the outline that properties of a paragraph give it; ten of what is no heading."""
    found = attribute(child(properties, "outlineLvl"), "val")
    return min(int(found) + 1, _NO_LEVEL) if found.isdecimal() else None


def numbered(properties: Any | None) -> bool | None:
    """Whether properties of a paragraph make it an item of a list; None where they say nothing of it."""
    found = attribute(child(child(properties, "numPr"), "numId"), "val")
    # The number nought takes away what the style gives.
    return found != "0" if found else None
