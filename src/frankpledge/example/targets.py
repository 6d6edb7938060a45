"""The printed figures that the example adds up to, read from the published documents themselves.

Where a document contradicts itself, the figure that stands is taken, as its definition says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from frankpledge.definition import PACKAGED, Entry, read_definition
from frankpledge.example.offences import (
    DISORDER,
    DOMESTIC_INJURY,
    FLAGGED,
    FROM_PERSON,
    OTHER_INJURY,
    POSSESSION,
    THEFT_FROM,
    THEFT_OF,
    TRAFFICKING,
    WEAPONS,
    WITH_INJURY,
    WITHOUT_INJURY,
)

HARROW, LONDON = "E09000015", "E12000007"

# What documents call it → its place in the tree, or among what is flagged.
PATHS = {
    "total-offences": "crime",
    "burglary": "crime/burglary",
    "non-domestic-violence-with-injury": OTHER_INJURY,
    "domestic-abuse-with-injury": DOMESTIC_INJURY,
    "violence-with-injury": WITH_INJURY,
    "violence-without-injury": WITHOUT_INJURY,
    "theft-of-vehicles": THEFT_OF,
    "theft-from-vehicles": THEFT_FROM,
    "theft-from-the-person": FROM_PERSON,
    "drug-offences": "crime/drugs",
    "drug-possession": POSSESSION,
    "drug-supply": TRAFFICKING,
    "robbery": "crime/robbery",
    "possession-of-weapons": WEAPONS,
    "sexual-offences": "crime/violence-and-sexual/sexual",
    "anti-social-behaviour": DISORDER,
    "knife-crime": FLAGGED["knife"],
    "gun-crime": FLAGGED["gun"],
    "domestic-abuse": FLAGGED["domestic"],
    "hate-crime": FLAGGED["hate"],
    "artifice-burglary": FLAGGED["artifice"],
}

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")


@dataclass(frozen=True)
class Targets:
    """What was printed.

    Attributes
    ----------
    counts
        (area, path, year or month) → count.
    shares
        (indicator, year or month) → percentage, of Harrow.
    changes
        Path → change in per cent from 2021 to 2022, by area.
    residents
        Area → residents in mid-2017, which the document uses for 2018 as well.
    harrow_2021
        Residents of Harrow at the census of 2021.
    """

    counts: dict[tuple[str, str, str], int]
    shares: dict[tuple[str, str], float]
    changes: dict[str, dict[str, float]]
    residents: dict[str, int]
    harrow_2021: int

    def of(self, area: str, path: str, period: int | str) -> int | None:
        """The printed count, or None."""
        return self.counts.get((area, path, str(period)))


def read_targets() -> Targets:
    """Every printed figure that the example is held to."""
    strategy, newer = _document("harrow-2019-strategy"), _document("harrow-2023-strategy")
    populations = _document("harrow-2019-populations")
    return Targets(
        counts=_counts(strategy),
        shares={
            (row.text("indicator"), row.text("period")): float(row.text("value"))
            for row in _plain(strategy, "percent")
            if row.text("area", "") == HARROW
        },
        changes=_changes(newer),
        residents={row.text("area"): row.whole("value") for row in populations.entries("rows")},
        harrow_2021=next(
            int(row.text("value")) for row in _plain(newer, "count") if row.text("indicator") == "residents"
        ),
    )


def _document(slug: str) -> Entry:
    return read_definition(PACKAGED / "published" / f"{slug}.yaml")


def _plain(document: Entry, measure: str) -> list[Entry]:
    """Rows of a measure that are of all people and of one period."""
    rows = [row for table in document.entries("tables") for row in table.entries("rows")]
    return [
        row
        for row in rows
        if row.text("measure") == measure and not any(row.text(part, "") for part in ("group", "from", "qualifier"))
    ]


def _counts(document: Entry) -> dict[tuple[str, str, str], int]:
    counts: dict[tuple[str, str, str], int] = {}
    conflicts = document.entries("conflicts")
    for row in _plain(document, "count"):
        path = PATHS.get(row.text("indicator"))
        if path is None or not row.text("area", "").startswith("E") or row.text("against", ""):
            continue
        period, value = _standing(row, conflicts)
        if not _YEAR_OR_MONTH.fullmatch(period):
            continue
        key = (row.text("area"), path, period)
        assert counts.setdefault(key, value) == value, f"{key} is printed as {counts[key]} and {value}"
    return counts


def _standing(row: Entry, conflicts: tuple[Entry, ...]) -> tuple[str, int]:
    """Period and value of a printed count, put right where the document contradicts itself."""
    period, value = row.text("period"), row.text("value")
    for conflict in conflicts:
        if any(conflict.text(part, "") != row.text(part, "") for part in ("indicator", "area", "measure")):
            continue
        wrong = conflict.text("elsewhere")
        if conflict.text("field", "") == "period" and (conflict.text("value"), wrong) == (value, period):
            period = conflict.text("stands")
        elif not conflict.text("field", "") and (conflict.text("period"), wrong) == (period, value):
            value = conflict.text("stands")
    return period, int(value)


def _changes(document: Entry) -> dict[str, dict[str, float]]:
    changes: dict[str, dict[str, float]] = {HARROW: {}, LONDON: {}}
    for row in _plain(document, "percent-change"):
        path = PATHS.get(row.text("indicator"))
        if path and (row.text("period"), row.text("against")) == ("R12-2022-12", "R12-2021-12"):
            changes[row.text("area")][path] = float(row.text("value"))
    return changes
