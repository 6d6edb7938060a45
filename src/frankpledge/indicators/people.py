"""Populations: one set of estimates for every area compared, each period on its own year's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frankpledge.model.estimate import Series
from frankpledge.warehouse.connection import Warehouse

PIN = "population"
# The first that is held serves: published estimates before a partner's own, a count before both for its own parts.
USUAL = ("ons-population", "ons-population-by-age", "partner-population")
RESIDENTS = ("residents",)

# An estimate is published about eighteen months after its year; beyond three it says too little.
CARRIED_FORWARD = 3
# A Census is taken every ten years, and until the next there is no other count of most groups.
CENSUS = "census"
BETWEEN_CENSUSES = 10


@dataclass(frozen=True)
class People:
    """Residents or households, or a part of them, by area and year, from one series.

    Attributes
    ----------
    carried
        How many years after its own a number may still serve.
    back
        How many years before its own it may: a Census serves the years that led to it.
    invented
        Whether the series is made up.
    """

    series: Series
    by_area: Mapping[str, Mapping[int, int]]
    carried: int = CARRIED_FORWARD
    back: int = 0
    invented: bool = False

    def of(self, code: str, year: int) -> tuple[int, int] | None:
        """People of an area and the year they are of: the year asked for, or the newest before it, or the next."""
        years = self.by_area.get(code, {})
        near = [*range(year, year - self.carried - 1, -1), *range(year + 1, year + self.back + 1)]
        return next(((years[one], one) for one in near if one in years), None)


def people_for(
    warehouse: Warehouse,
    areas: Sequence[str],
    years: Iterable[int],
    pinned: Mapping[str, str],
    also: Sequence[str] = (),
    parts: Sequence[str] = RESIDENTS,
) -> People | None:
    """The populations that serve a comparison of `areas`; `also` are wanted where they can be had.

    A pinned set serves only when it knows every area and year asked for: rates on two sets of
    populations do not stand beside each other.

    Parameters
    ----------
    parts
        Parts of the population, added up: ``residents``, or ``religion/muslim``, or every year of age from
        10 to 17. An area that lacks one of them has no sum.
    """
    asked = [(code, year) for code in areas for year in years]
    wanted = [*areas, *also]
    if PIN in pinned:
        set_pinned = _read(warehouse, pinned[PIN], wanted, parts)
        if set_pinned and all(set_pinned.of(code, year) for code, year in asked):
            return set_pinned
    sets = (_read(warehouse, dataset, wanted, parts) for dataset in _datasets(warehouse, parts))
    return next((one for one in sets if one), None)


def _datasets(warehouse: Warehouse, parts: Sequence[str]) -> list[str]:
    """Datasets that hold a part, in the order in which they serve: a part that only a Census knows, from that."""
    if tuple(parts) == RESIDENTS:
        return list(USUAL)
    asked = tuple(parts)
    held = warehouse.once(("datasets of people", asked), lambda: _datasets_with(warehouse, asked))
    return sorted(held, key=lambda dataset: (dataset not in USUAL, dataset))


def _datasets_with(warehouse: Warehouse, parts: Sequence[str]) -> list[str]:
    rows = warehouse.con.execute(
        "SELECT DISTINCT dataset FROM population JOIN series USING (series_id) WHERE list_contains(?, part)",
        [list(parts)],
    ).fetchall()
    return [dataset for (dataset,) in rows]


def _read(warehouse: Warehouse, dataset: str, areas: Sequence[str], parts: Sequence[str]) -> People | None:
    asked = tuple(dict.fromkeys(areas)), tuple(parts)
    return warehouse.once(("people", dataset, *asked), lambda: _read_once(warehouse, dataset, *asked))


def _read_once(warehouse: Warehouse, dataset: str, areas: Sequence[str], parts: Sequence[str]) -> People | None:
    rows = warehouse.con.execute(
        """
        SELECT release, area_code, year, sum(number), bool_or(invented) FROM population JOIN series USING (series_id)
        WHERE dataset = ? AND list_contains(?, area_code) AND list_contains(?, part)
        GROUP BY ALL HAVING count(DISTINCT part) = ? ORDER BY release
        """,
        [dataset, list(areas), list(parts), len(set(parts))],
    ).fetchall()
    if not rows:
        return None
    newest = rows[-1][0]
    by_area: dict[str, dict[int, int]] = {}
    for release, code, year, number, _ in rows:
        if release == newest:
            by_area.setdefault(code, {})[year] = int(number)
    carried, back = (BETWEEN_CENSUSES, BETWEEN_CENSUSES) if CENSUS in dataset else (CARRIED_FORWARD, 0)
    return People(Series(dataset, newest), by_area, carried, back, invented=any(row[-1] for row in rows))
