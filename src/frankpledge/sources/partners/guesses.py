"""What a heading probably is: offered to whoever maps a file, and never taken without being asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from frankpledge.sources.partners.given_table import GivenColumn
from frankpledge.sources.partners.mapping import DATED, DATES, area_code, as_dated
from frankpledge.sources.partners.template import Column, Template
from frankpledge.sources.partners.values import Problem, Setting, judge_cell

LEAST_ALIKE = 0.6
# A letter or two of a word: “Poscode”. Below it, “Caller” would be like “call type”.
LEAST_SPELLING = 0.85
LEAST_SHARE = 0.8
# A column that is half wrong may be the one that is meant; one that is mostly wrong is another.
LEAST_RIGHT = 0.5
# Texts of a column that are looked at: enough to tell, and soon read.
_LOOKED_AT = 200

# Kinds whose cells can be judged as they stand; words of the sender are mapped first.
_JUDGED = (
    "area", "home", "month", "period", "moment", "year", "whole", "number", "count", "yes-no", "reference", "person",
    "text", "outward", "postcode", "easting", "northing",
)  # fmt: skip
# A day that lies ahead is a slip in a row and no reason to take a column for another.
_SETTING = Setting(paths=frozenset(), day=datetime.date(9000, 1, 1), personal=True)
_KINDS = {"kind", "kinds", "category", "types", "nature", "sort"}
_SMALL = {"a", "and", "at", "in", "of", "the"}

# What senders call what templates ask for. An address is none of it: it may be somebody's.
_CALLED = {
    "from": (
        "date",
        "date of call",
        "date of incident",
        "date reported",
        "date and time",
        "start",
        "occurred",
        "committed from",
    ),
    "to": ("end", "date to", "committed to", "finish"),
    "reference": ("ref", "reference", "crime number", "case number", "incident number", "id", "urn", "cad"),
    "reported_for": ("borough", "district", "authority", "local authority", "council"),
    "area_code": ("ward code", "lsoa", "lsoa code", "area", "ward"),
    "area_name": ("ward name", "area name"),
    "place": ("location", "street", "place"),
    "postcode": ("postcode", "post code"),
    "easting": ("easting", "x"),
    "northing": ("northing", "y"),
    "offence": ("crime type", "offence type", "crime", "incident type"),
    "count": ("number", "total", "count"),
    "value": ("number", "total", "count", "value"),
    "period": ("month", "quarter", "year", "period"),
    "lives_in": ("home borough", "borough of residence", "home authority", "residence"),
    "person": ("client", "client id", "person id", "victim id", "nominal"),
}


def guess_columns(columns: Sequence[Column], given: Sequence[GivenColumn]) -> dict[str, str]:
    """Column of a template → the heading it is probably taken from; each heading is given once, the nearest first."""
    near = [(_nearness(column, one.heading), column, one) for column in columns for one in given]
    near = [(score, column, one) for score, column, one in near if score >= LEAST_ALIKE and suits(column, one)]
    # Of two that are as near, the column that must be filled needs the heading more.
    near.sort(key=lambda found: (found[0], found[1].filled, found[1].needed), reverse=True)
    found: dict[str, str] = {}
    for _, column, one in near:
        if column.name not in found and one.heading not in found.values():
            found[column.name] = one.heading
    return found


def suits(column: Column, given: GivenColumn) -> bool:
    """Whether what stands under a heading looks like what a column wants. An empty one may be anything."""
    if not given.filled:
        return True
    if given.people:
        return False
    if column.kind in ("choice", "path"):
        return not given.varied and not given.coded
    return column.kind not in _JUDGED or _share_right(column, given) >= LEAST_RIGHT


def guess_word(text: str, choices: Iterable[str]) -> str:
    """The choice that a sender's word is: the same words, in whatever order; empty where there is none."""
    return next((choice for choice in choices if _words(choice) == _words(text)), "")


def guess_dates(texts: Iterable[str]) -> str:
    """How the dates of a column are probably written: the first way that reads nearly all of them."""
    written = [text for text in texts if text.strip()]
    for form in DATES:
        read = sum(as_dated(text, form, "moment") != text or _is_iso(text) for text in written)
        if written and read >= LEAST_SHARE * len(written) and (form != DATES[0] or all(map(_is_iso, written))):
            return form
    return DATES[0]


def guess_template(given: Sequence[GivenColumn], templates: Iterable[Template]) -> str:
    """The template that a table is probably nearest to, by its slug."""

    def near(template: Template) -> float:
        needed = [column for column in template.columns if column.needed]
        return len(guess_columns(needed, given)) / len(needed)

    return max(templates, key=near).slug


def _nearness(column: Column, heading: str) -> float:
    """How near a heading is to what a column is called."""
    name = column.name.replace("_", " ")
    nearest = max(_alike(words, heading) for words in (name, *_CALLED.get(column.name, ())))
    if column.kind == "path" or "type" in _words(name):
        # Any heading of kinds will do for it, where none is nearer.
        nearest = max(nearest, LEAST_ALIKE if "type" in _words(heading) else 0.0)
    return nearest


def _alike(words: str, heading: str) -> float:
    """How alike two headings are: by the words they share, or else, for slips of the pen, by their letters."""
    one, other = _words(words), _words(heading)
    if not one or not other:
        return 0.0
    spelling = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
    return max(len(one & other) / len(one | other), spelling if spelling >= LEAST_SPELLING else 0.0)


def _words(text: str) -> frozenset[str]:
    """The words of a heading that say something, by one name where there are several."""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return frozenset("type" if word in _KINDS else word for word in words if word not in _SMALL)


def _share_right(column: Column, given: GivenColumn) -> float:
    """The share of a column's texts that would be right, read as its sender probably writes them."""
    texts = given.different[:_LOOKED_AT]
    if column.kind in DATED:
        dates = guess_dates(texts)
        texts = [as_dated(text, dates, column.kind) for text in texts]
    elif column.kind == "area":
        texts = [area_code(text) for text in texts]
    return sum(not isinstance(judge_cell(text, column, _SETTING), Problem) for text in texts) / len(texts)


def _is_iso(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d", text) is not None
