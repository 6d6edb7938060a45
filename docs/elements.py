"""The reference page of elements: what published documents analysed, and what of ours answers each of it.

The rows stand in ``docs/elements/<document>.yaml``; `tests/journeys/test_elements.py` asks for each in the example's
document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frankpledge.definition import Entry, read_definition
from frankpledge.indicators.definition import Indicator, find_indicator

INTRODUCTION = """# Elements of the documents

What Harrow's published documents analysed, element by element, and what answers it in the document of ours: the block,
and the indicators it is made for. An element that no feed of a partnership supports stands in its document as a named
gap. Each row is a test of its own, `tests/journeys/test_elements.py`, which looks for it in the example's document."""

HEADING = ("Where", "Element", "Block", "Indicators")
_FOLDER = Path(__file__).parent / "elements"


@dataclass(frozen=True)
class Element:
    """A row: which section of what was published, what it showed, and the block and indicators that answer it."""

    document: str
    section: str
    words: str
    block: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Elements:
    """All elements of one published document, and the document of ours that answers them."""

    document: str
    of: str
    rows: tuple[Element, ...]


def all_elements() -> Iterator[Elements]:
    """Every list of elements, in order of document."""
    for path in sorted(_FOLDER.glob("*.yaml")):
        entry = read_definition(path)
        entry.only("schema", "document", "of", "elements")
        document = entry.text("document")
        rows = tuple(_element(document, one) for one in entry.entries("elements"))
        yield Elements(document, entry.text("of"), rows)


def _element(document: str, one: Entry) -> Element:
    one.only("section", "element", "block", "indicators")
    return Element(document, one.text("section"), one.text("element"), one.text("block"), one.texts("indicators", []))


@lru_cache
def indicator(slug: str) -> Indicator:
    """The packaged indicator of a row."""
    return find_indicator(slug)
