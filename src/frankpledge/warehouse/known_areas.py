"""What the current warehouse knows of areas, for doubting what a partner writes of them."""

from __future__ import annotations

import duckdb
import shapely

from frankpledge.sources.partners.doubting import KnownAreas
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.shelf import current_key
from frankpledge.workspace import Workspace


def known_areas(workspace: Workspace) -> KnownAreas:
    """Names, authorities and middles of the areas that look-ups say there are; nothing before the first build."""
    if current_key(workspace) is None:
        return KnownAreas()
    warehouse = open_warehouse(workspace)
    try:
        con = warehouse.con
        names, authorities, middles = (dict(con.execute(query).fetchall()) for query in (_NAMES, _OF, _MIDDLES))
        return KnownAreas(names, authorities, _of_outlines(con) | middles)
    finally:
        warehouse.close()


def _of_outlines(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[float, float]]:
    """Authority → a point in the middle of its outline, however coarse."""
    rows = con.execute("""
        SELECT area.code, any_value(outline) FROM boundary JOIN area ON area.code = boundary.area_code
        WHERE area.kind = 'authority' GROUP BY area.code
    """).fetchall()
    middles = shapely.point_on_surface(shapely.from_wkb([outline for _, outline in rows]))
    return {code: (shapely.get_x(one), shapely.get_y(one)) for (code, _), one in zip(rows, middles, strict=True)}


# Those that only partners have named are not known: a slip of theirs would vouch for itself.
KNOWN_CODES = """
    SELECT code FROM area_name JOIN load USING (load_id) WHERE policy = 'open'
    UNION SELECT child FROM area_member JOIN load USING (load_id) WHERE policy = 'open'
    UNION SELECT parent FROM area_member JOIN load USING (load_id) WHERE policy = 'open'
"""

_NAMES = f"SELECT code, name FROM area WHERE code IN ({KNOWN_CODES})"

_OF = """
    SELECT part.code, whole.code FROM placement JOIN area AS part USING (area_id)
    JOIN area AS whole ON whole.area_id = placement.counted_in WHERE placement.kind = 'authority'
"""

_MIDDLES = """
    SELECT whole.code, (avg(easting), avg(northing)) FROM centroid
    JOIN area AS part ON part.code = centroid.area_code
    JOIN placement ON placement.area_id = part.area_id AND placement.kind = 'authority'
    JOIN area AS whole ON whole.area_id = placement.counted_in GROUP BY whole.code
"""
