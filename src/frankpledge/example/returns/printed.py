"""What the strategies and the needs assessment printed of Harrow, which invented returns are held to where they can be.

A figure called “over”, “under” or “about” is held to as if it were exact; one that the documents contradict is read
as its definition says in `conflicts`, by the tests of what the documents hold, and not here.
"""

from __future__ import annotations

from collections.abc import Mapping

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.example.targets import HARROW

_DOCUMENTS = ("harrow-2019-strategy", "harrow-2023-needs-assessment", "harrow-2023-strategy")

Printed = Mapping[tuple[str, str, str], Mapping[str, float]]
"""(indicator, group, measure) → period → value. A span of several periods is not among them."""


def read_printed() -> Printed:
    """Every count and percentage of Harrow that was printed for one period; of two for one period, the newer's."""
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    for slug in _DOCUMENTS:
        document = read_definition(PACKAGED / "published" / f"{slug}.yaml")
        for row in (row for table in document.entries("tables") for row in table.entries("rows")):
            spans = row.text("from", "") or row.text("against", "")
            if row.text("area", "") == HARROW and row.text("measure") in ("count", "percent") and not spans:
                key = (row.text("indicator"), row.text("group", ""), row.text("measure"))
                found.setdefault(key, {})[row.text("period")] = float(row.text("value"))
    return found


def counts(printed: Printed, indicator: str, group: str = "") -> dict[str, int]:
    """Period → printed count."""
    return {period: round(value) for period, value in printed.get((indicator, group, "count"), {}).items()}


def percentages(printed: Printed, indicator: str, group: str = "") -> dict[str, float]:
    """Period → printed percentage."""
    return dict(printed.get((indicator, group, "percent"), {}))
