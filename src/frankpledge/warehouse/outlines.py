"""Outlines of wards that no boundary file holds, put together from the small areas counted in them.

That is exactly the area the counts are of, which for a ward made by best fit an official outline is not.
"""

from __future__ import annotations

from collections import defaultdict

import duckdb
import shapely

from frankpledge.warehouse.putting import put_rows

FROM_SMALL_AREAS = "joined from small areas"


def join_outlines(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``boundary`` for every ward whose small areas all have an outline and which has none itself."""
    rows = con.execute("""
        WITH small AS (
            SELECT ward.code AS ward, part.code AS part FROM placement
            JOIN area AS ward ON ward.area_id = placement.counted_in AND ward.kind = 'ward'
            JOIN area AS part ON part.area_id = placement.area_id AND part.kind = 'lsoa'
            -- Small areas of today only: those that were replaced lie under them.
            WHERE placement.kind = 'ward' AND part.code IN (SELECT area_code FROM population WHERE part = 'residents')
        ),
        held AS (SELECT area_code, arg_max(outline, points) AS outline FROM boundary GROUP BY area_code)
        SELECT small.ward, held.outline FROM small LEFT JOIN held ON held.area_code = small.part
        WHERE small.ward NOT IN (SELECT area_code FROM boundary)
          AND small.ward IN (SELECT ward FROM small JOIN held ON held.area_code = small.part)
    """).fetchall()
    parts: dict[str, list[bytes | None]] = defaultdict(list)
    for ward, outline in rows:
        parts[ward].append(outline)
    joined = {ward: _union(outlines) for ward, outlines in parts.items() if None not in outlines}
    put_rows(
        con,
        "boundary",
        [
            {
                "area_code": ward,
                "file": FROM_SMALL_AREAS,
                "points": int(shapely.get_num_coordinates(outline)),
                "outline": shapely.to_wkb(outline),
            }
            for ward, outline in joined.items()
        ],
    )


def _union(outlines: list[bytes | None]) -> shapely.Geometry:
    return shapely.union_all(shapely.from_wkb(outlines))
