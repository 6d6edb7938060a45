"""Which indicator answers a figure that a document printed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from frankpledge.definition import PACKAGED, Entry, read_definition

FIGURES = PACKAGED / "feeds" / "figures.yaml"
_SHARES = ("percent", "percentage-point-change")


@dataclass(frozen=True)
class SpokenOf:
    """What a document speaks of without a figure of it being held: slug of the document, in words, the indicator."""

    document: str
    words: str
    by: str


def answered_by(indicator: str, group: str, measure: str, known: Collection[str]) -> str:
    """The slug of the indicator that answers a figure: of its own name, or of the group or share it is of.

    Parameters
    ----------
    indicator, group, measure
        As in the document's definition; `group` is empty where the figure is of all.
    known
        Slugs of the indicators there are.
    """
    stated = _stated()
    for key in ((indicator, group, measure), (indicator, group, "")):
        if key in stated:
            return stated[key]
    if group:
        return f"{indicator}-{group}"
    share = f"{indicator}-share"
    return share if measure in _SHARES and share in known else indicator


def spoken_of() -> tuple[SpokenOf, ...]:
    """What the documents speak of without a figure, in the order of the definition."""
    entries = read_definition(FIGURES).entries("spoken_of")
    return tuple(SpokenOf(one.text("document"), one.text("words"), one.text("by")) for one in entries)


@lru_cache(maxsize=1)
def _stated() -> dict[tuple[str, str, str], str]:
    return {_key(one): one.text("by") for one in read_definition(FIGURES).entries("answered")}


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.text("indicator"), entry.text("group", ""), entry.text("measure", "")
