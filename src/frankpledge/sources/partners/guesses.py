"""What a heading probably is: offered to whoever maps a file, and never taken without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from frankpledge.sources.partners.mapping import DATES, Grid, as_dated
from frankpledge.sources.partners.template import Column, Template

LEAST_ALIKE = 0.6
LEAST_SHARE = 0.8

# What senders call what templates ask for.
_CALLED = {
    "from": ("date", "date of call", "date of incident", "date reported", "start", "occurred", "committed from"),
    "to": ("end", "date to", "committed to", "finish"),
    "reference": ("ref", "reference", "crime number", "case number", "incident number", "id", "urn", "cad"),
    "reported_for": ("borough", "district", "authority", "local authority", "council"),
    "area_code": ("ward code", "lsoa", "lsoa code", "area", "ward"),
    "area_name": ("ward name", "area name"),
    "place": ("location", "street", "place", "address"),
    "postcode": ("postcode", "post code"),
    "easting": ("easting", "x"),
    "northing": ("northing", "y"),
    "offence": ("crime type", "offence type", "category", "incident type"),
    "count": ("number", "total", "count"),
    "value": ("number", "total", "count", "value"),
    "period": ("month", "quarter", "year", "period"),
    "person": ("client", "client id", "person id", "victim id", "nominal"),
}


def guess_heading(grid: Grid) -> int:
    """Where in a grid the heading probably stands: the first row with about as many words as any has."""
    words = [sum(bool(cell.strip()) and not _is_figure(cell) for cell in row) for _, row in grid]
    most = max(words, default=0)
    return next((at for at, number in enumerate(words) if number * 4 >= most * 3 and number > 1), 0)


def guess_column(column: Column, headings: Sequence[str]) -> str:
    """The heading that a column is probably taken from; empty where none is near."""
    wanted = [column.name.replace("_", " "), *_CALLED.get(column.name, ())]
    if column.kind in ("choice", "path"):
        wanted += ["type", "category"]
    scores = [(max(_alike(words, heading) for words in wanted), heading) for heading in headings if heading.strip()]
    best = max(scores, default=(0.0, ""), key=lambda one: one[0])
    return best[1] if best[0] >= LEAST_ALIKE else ""


def guess_dates(texts: Iterable[str]) -> str:
    """How the dates of a column are probably written: the first way that reads nearly all of them."""
    written = [text for text in texts if text.strip()]
    for form in DATES:
        read = sum(as_dated(text, form, "moment") != text or _is_iso(text) for text in written)
        if written and read >= LEAST_SHARE * len(written) and (form != DATES[0] or all(map(_is_iso, written))):
            return form
    return DATES[0]


def guess_template(headings: Sequence[str], templates: Iterable[Template]) -> str:
    """The template that a heading is probably nearest to, by its slug."""

    def near(template: Template) -> float:
        needed = [column for column in template.columns if column.needed]
        return sum(bool(guess_column(column, headings)) for column in needed) / len(needed)

    return max(templates, key=near).slug


def _alike(words: str, heading: str) -> float:
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())
    if plain == words:
        return 1.0
    return SequenceMatcher(None, words, plain).ratio()


def _is_figure(cell: str) -> bool:
    return re.fullmatch(r"[\d.,/: -]+", cell.strip()) is not None


def _is_iso(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d", text) is not None
