"""Populations: one set of estimates for every area compared, each period on its own year's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frankpledge.model.estimate import Series
from frankpledge.warehouse.connection import Warehouse

PIN = "population"
# The first that is held serves: published estimates before a partner's own.
USUAL = ("ons-population", "partner-population")

# An estimate is published about eighteen months after its year; beyond three it says too little.
CARRIED_FORWARD = 3


@dataclass(frozen=True)
class Residents:
    """Residents by area and year, from one series."""

    series: Series
    by_area: Mapping[str, Mapping[int, int]]

    def of(self, code: str, year: int) -> tuple[int, int] | None:
        """Residents of an area and the year they are of: the year asked for, or the newest before it."""
        years = self.by_area.get(code, {})
        for carried in range(CARRIED_FORWARD + 1):
            if year - carried in years:
                return years[year - carried], year - carried
        return None


def residents_for(
    warehouse: Warehouse,
    areas: Sequence[str],
    years: Iterable[int],
    pinned: Mapping[str, str],
    also: Sequence[str] = (),
) -> Residents | None:
    """The populations that serve a comparison of `areas`; `also` are wanted where they can be had.

    A pinned set serves only when it knows every area and year asked for: rates on two sets of
    populations do not stand beside each other.
    """
    asked = [(code, year) for code in areas for year in years]
    if PIN in pinned:
        set_pinned = _read(warehouse, pinned[PIN], [*areas, *also])
        if set_pinned and all(set_pinned.of(code, year) for code, year in asked):
            return set_pinned
    sets = (_read(warehouse, dataset, [*areas, *also]) for dataset in USUAL)
    return next((one for one in sets if one), None)


def _read(warehouse: Warehouse, dataset: str, areas: Sequence[str]) -> Residents | None:
    rows = warehouse.con.execute(
        """
        SELECT release, area_code, year, arg_max(number, release)
        FROM population JOIN series USING (series_id)
        WHERE dataset = ? AND list_contains(?, area_code) AND part = 'residents' GROUP BY ALL ORDER BY release
        """,
        [dataset, list(areas)],
    ).fetchall()
    if not rows:
        return None
    newest = rows[-1][0]
    by_area: dict[str, dict[int, int]] = {}
    for release, code, year, residents in rows:
        if release == newest:
            by_area.setdefault(code, {})[year] = residents
    return Residents(Series(dataset, newest), by_area)
