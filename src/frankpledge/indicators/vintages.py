"""Which areas a table shows: wards of which year, and whether counts were fitted to them; said below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import Selection
from frankpledge.indicators.drawn import drawn_areas
from frankpledge.warehouse.connection import Warehouse

_BEST_FIT = "each small area is counted whole in the ward that holds most of it (best fit)"


def areas_in_words(warehouse: Warehouse, kind: AreaKind, codes: Sequence[str], selection: Selection | None) -> str:
    """What to know of the areas shown; empty where there is nothing."""
    if kind is AreaKind.WARD:
        return _wards(warehouse, codes, selection)
    if kind is AreaKind.LSOA:
        return _small_areas(warehouse, codes)
    return _drawn(warehouse, codes) if kind is AreaKind.OWN else ""


def _wards(warehouse: Warehouse, codes: Sequence[str], selection: Selection | None) -> str:
    rows = warehouse.con.execute(
        """
        SELECT code, max(vintage) FROM (
            SELECT code, vintage FROM area_name
            UNION ALL SELECT parent, CAST(vintage AS INTEGER) FROM area_member WHERE parent_kind = 'ward')
        WHERE list_contains(?, code) AND vintage > 0 GROUP BY code
        """,
        [list(codes)],
    ).fetchall()
    years = Counter(2000 + int(vintage) for _, vintage in rows)
    if not years:
        return ""
    shown = ", ".join(f"{number} as of {year}" for year, number in sorted(years.items(), reverse=True))
    fitted = selection is not None and _has_small_areas(warehouse, selection)
    return f"Wards: {shown}; {_BEST_FIT if fitted else 'counted by ward by the publisher'}."


def _has_small_areas(warehouse: Warehouse, selection: Selection) -> bool:
    found = warehouse.con.execute(
        "SELECT 1 FROM monthly_count JOIN area USING (area_id) WHERE kind = 'lsoa' AND list_contains(?, series_id) "
        "LIMIT 1",
        [[span.series_id for span in selection.spans]],
    ).fetchone()
    return found is not None


def _small_areas(warehouse: Warehouse, codes: Sequence[str]) -> str:
    rows = warehouse.con.execute(
        """
        SELECT count(DISTINCT child) FROM area_member
        WHERE list_contains(?, child) AND child_kind = 'lsoa' AND parent_kind = 'lsoa' AND child NOT IN (
            SELECT parent FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa')
        """,
        [list(codes)],
    ).fetchone()
    replaced = int(rows[0]) if rows else 0
    if not replaced:
        return ""
    return f"Small areas: {replaced} of them are of 2011, in the publisher's codes; others of 2021 took their place."


def _drawn(warehouse: Warehouse, codes: Sequence[str]) -> str:
    held = drawn_areas(warehouse)
    outlined = [code for code in codes if code in held and held[code].outlined]
    if not outlined:
        return "Areas of your own: each is the sum of the areas it lists."
    return (
        f"Areas of your own: in {len(outlined)} of {len(codes)}, records are counted by their points, and residents, "
        "counts and records without a point by the small areas whose centre lies inside (best fit)."
    )
