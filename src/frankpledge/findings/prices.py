"""Costs of one year told at the prices of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.statistics.harm import at_prices


@dataclass(frozen=True)
class Deflator:
    """How prices have moved, by financial year ("2015-16"), as one table of one release has it."""

    title: str
    publisher: str
    release: str
    index: Mapping[str, float]

    def of(self, year: str) -> float:
        """The index of a financial year.

        Raises
        ------
        NotHeldError
            If it is not in the table.
        """
        if year not in self.index:
            raise NotHeldError(
                f"{self.title} ({self.publisher}, {self.release}) has no index for {year}.",
                f"Take one of {', '.join(self.index)}, or lay a later table over definitions/harm/deflators.yaml.",
            )
        return self.index[year]


@dataclass(frozen=True)
class PriceYear:
    """A financial year at whose prices costs are told, and the table they are brought to it by."""

    year: str
    deflator: Deflator

    def restated(self, costs: Mapping[str, float], then: str) -> dict[str, float]:
        """Costs by whatever name, from the prices of another financial year to those of this one.

        Raises
        ------
        NotHeldError
            If one of the two is not in the table.
        """
        index_then, index_now = self.deflator.of(then), self.deflator.of(self.year)
        return {name: at_prices(cost, index_then, index_now) for name, cost in costs.items()}


def read_deflator(overlay: Path | None = None) -> Deflator:
    """The table of ``definitions/harm/deflators.yaml``."""
    return _deflator(definition_files("harm", overlay)["deflators"])


@lru_cache
def _deflator(path: Path) -> Deflator:
    entry: Entry = read_definition(path)
    entry.only("schema", "title", "publisher", "release", "hundred_is", "index")
    index = entry.entry("index")
    return Deflator(
        title=entry.text("title"),
        publisher=entry.text("publisher"),
        release=entry.text("release"),
        index={str(year): index.number(year) for year, _ in index.pairs()},
    )
