"""Areas the partnership drew or listed: which datasets can count them, and what must be complete for them to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from frankpledge.geography import MANY_OF, AreaKind
from frankpledge.warehouse.connection import Warehouse

# Of what a series counts, so much must be counted by areas as fine as those a drawn area is made of: the rest,
# counted for a ward or an authority at large, may have happened in it and is not in its sum.
LEAST_AS_FINE = 0.9

# From the finest. An area made of one kind is counted from that kind's datasets first, then from the other kinds'.
_FINER = (AreaKind.LSOA, AreaKind.WARD, AreaKind.AUTHORITY)
_PREFERRED = {
    AreaKind.LSOA: (AreaKind.LSOA, AreaKind.WARD, AreaKind.AUTHORITY),
    AreaKind.WARD: (AreaKind.WARD, AreaKind.LSOA, AreaKind.AUTHORITY),
    AreaKind.AUTHORITY: (AreaKind.AUTHORITY, AreaKind.WARD, AreaKind.LSOA),
}


@dataclass(frozen=True)
class Drawn:
    """A drawn area, as a question needs it.

    Attributes
    ----------
    made_of
        The kind of area it is a sum of.
    outlined
        Whether records are counted in it by their points.
    members
        Whether counts, and records without points, have any area to be counted by.
    cover
        Code → name of the areas that must be complete.
    """

    made_of: AreaKind
    outlined: bool
    members: bool
    cover: Mapping[str, str]


def drawn_areas(warehouse: Warehouse) -> dict[str, Drawn]:
    """Every drawn area of the warehouse, by code, in order of code."""
    return warehouse.once(("drawn areas",), lambda: _read(warehouse))


def drawn_datasets(
    warehouse: Warehouse, datasets: Mapping[AreaKind, tuple[str, ...]], areas: Sequence[str]
) -> tuple[str, ...]:
    """The datasets that may count drawn areas, from those an indicator lists for other kinds, in order.

    The finest of the areas decides, for one series serves them all.
    """
    held = drawn_areas(warehouse)
    kinds = {held[code].made_of for code in areas if code in held}
    finest = next((kind for kind in _FINER if kind in kinds), AreaKind.LSOA)
    return tuple(dict.fromkeys(dataset for kind in _PREFERRED[finest] for dataset in datasets.get(kind, ())))


def too_coarse(warehouse: Warehouse, series: Collection[int]) -> dict[str, str]:
    """Drawn area → why a series cannot count it, for those it cannot."""
    shares = warehouse.once(("counted by kind",), lambda: _shares(warehouse))
    pointed = warehouse.once(("records with points",), lambda: _pointed(warehouse))
    found = {}
    for code, area in drawn_areas(warehouse).items():
        fine = _FINER[: _FINER.index(area.made_of) + 1]
        if any(sum(shares[number].get(kind, 0) for kind in fine) < LEAST_AS_FINE for number in series):
            found[code] = f"these counts are not told for {MANY_OF[area.made_of]}, of which this area is made"
        elif not area.members and not set(series) <= pointed:
            found[code] = "no small area has its centre in this area, and these counts have no points"
    return found


def _read(warehouse: Warehouse) -> dict[str, Drawn]:
    rows = warehouse.con.execute("""
        SELECT drawn.code, drawn.made_of, drawn.outline IS NOT NULL,
               drawn.area_id IN (SELECT area_id FROM drawn_member), cover.part, coalesce(area.name, cover.part)
        FROM drawn_area AS drawn LEFT JOIN drawn_cover AS cover USING (area_id)
        LEFT JOIN area ON area.code = cover.part ORDER BY ALL
    """).fetchall()
    cover: dict[str, dict[str, str]] = defaultdict(dict)
    for code, *_, part, name in rows:
        if part:
            cover[code][part] = name
    return {
        code: Drawn(AreaKind(made_of), outlined, members, cover[code]) for code, made_of, outlined, members, *_ in rows
    }


def _pointed(warehouse: Warehouse) -> set[int]:
    """Series of records that have points."""
    rows = warehouse.con.execute("""
        SELECT DISTINCT series_id FROM load
        WHERE load_id IN (SELECT load_id FROM incident WHERE longitude IS NOT NULL)
    """)
    return {number for (number,) in rows.fetchall()}


def _shares(warehouse: Warehouse) -> dict[int, dict[AreaKind, float]]:
    """Series → kind of area → share of what it counts that is counted by such areas."""
    rows = warehouse.con.execute("""
        SELECT series_id, kind, sum(count) / sum(sum(count)) OVER (PARTITION BY series_id)
        FROM monthly_count JOIN area USING (area_id) WHERE kind <> 'own' GROUP BY series_id, kind
    """).fetchall()
    shares: dict[int, dict[AreaKind, float]] = defaultdict(dict)
    for number, kind, share in rows:
        shares[number][AreaKind(kind)] = share
    return shares
