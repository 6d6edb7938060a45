"""Which area each area is counted in: one ward, one authority, one region for every small area.

Look-ups of several years may be held; the newest that knows an area decides. A small area of 2011 that
no longer exists is followed to those that replaced it, and counted where most of their residents are.
"""

from __future__ import annotations

import duckdb

from frankpledge.geography import KIND_OF_PREFIX, AreaKind
from frankpledge.sources.reading.tables import one_row
from frankpledge.warehouse.areas import area_code_sql, area_id_sql, is_area_sql
from frankpledge.warehouse.replacing import GAVE_WAY


def place_areas(con: duckdb.DuckDBPyConnection, since: int = 0) -> None:
    """Fill ``area`` and ``placement`` from what the files named.

    Parameters
    ----------
    since
        Number of the first file that is new; where it and those after it name no area anew, and no older row gave
        way to them, all stays as it is.
    """
    if since and not one_row(con, _NAMED_ANEW.format(since=since))[0]:
        return
    con.execute("DELETE FROM area; DELETE FROM placement")
    _number_areas(con)
    con.execute("INSERT INTO placement SELECT area_id, kind, area_id FROM area")
    for parent in (AreaKind.WARD, AreaKind.AUTHORITY, AreaKind.REGION, AreaKind.FORCE):
        con.execute(_PLACE, {"parent": str(parent)})
    con.execute(_THROUGH_WARD)


_NAMED_ANEW = f"""
    SELECT EXISTS (FROM area_name WHERE load_id >= {{since}}) OR EXISTS (FROM area_member WHERE load_id >= {{since}})
        OR EXISTS (FROM population WHERE load_id >= {{since}})
        OR EXISTS (FROM published_value WHERE load_id >= {{since}} AND area_code NOT IN (SELECT code FROM area))
        OR EXISTS (FROM monthly_count WHERE load_id >= {{since}} AND area_id NOT IN (SELECT area_id FROM area))
        OR EXISTS (FROM noticed WHERE load_id >= {{since}} AND kind IN {GAVE_WAY})
"""


def _number_areas(con: duckdb.DuckDBPyConnection) -> None:
    kinds = " ".join(f"WHEN '{prefix}' THEN '{kind}'" for prefix, kind in KIND_OF_PREFIX.items())
    con.execute(f"""
        INSERT INTO area
        SELECT {area_id_sql("code")}, code, name, CASE left(code, 3) {kinds} END FROM (
            SELECT code, coalesce(arg_max(name, (vintage, name)), code) AS name
            FROM (
                SELECT code, name, vintage FROM area_name
                UNION ALL SELECT DISTINCT area_code, NULL, -1 FROM population
                UNION ALL SELECT DISTINCT area_code, NULL, -1 FROM published_value
                UNION ALL SELECT DISTINCT child, NULL, -1 FROM area_member
                UNION ALL SELECT DISTINCT parent, NULL, -1 FROM area_member
                UNION ALL SELECT {area_code_sql("area_id")}, NULL, -1 FROM (SELECT DISTINCT area_id FROM monthly_count)
            ) WHERE {is_area_sql("code")} GROUP BY code
        ) ORDER BY code
    """)


# Membership by the newest look-up first; a small area it does not know was replaced, and is followed to
# its successors, weighed by their residents (or their number where no population is held); an older
# look-up only for what is left. The order matters: small areas of one year in wards of another would
# give two wards of one name.
_PLACE = """
    INSERT INTO placement
    WITH whole AS (SELECT * FROM area_member WHERE parent_kind = $parent),
    newest AS (
        SELECT child, parent FROM whole
        WHERE (child_kind, CAST(vintage AS INTEGER)) IN (
            SELECT child_kind, max(CAST(vintage AS INTEGER)) FROM whole GROUP BY child_kind)
        QUALIFY row_number() OVER (PARTITION BY child ORDER BY parent) = 1
    ),
    weight AS (SELECT area_code, max(number) AS residents FROM population WHERE part = 'residents' GROUP BY area_code),
    succeeded AS (
        SELECT old.child, newest.parent, sum(coalesce(weight.residents, 1)) AS residents
        FROM area_member AS old
        JOIN newest ON newest.child = old.parent
        LEFT JOIN weight ON weight.area_code = old.parent
        WHERE old.child_kind = 'lsoa' AND old.parent_kind = 'lsoa' GROUP BY ALL
    ),
    older AS (SELECT child, arg_max(parent, (CAST(vintage AS INTEGER), parent)) AS parent FROM whole GROUP BY child),
    chosen AS (
        SELECT child, parent, 1 AS choice FROM newest
        UNION ALL
        SELECT child, arg_max(parent, (residents, parent)), 2 FROM succeeded GROUP BY child
        UNION ALL
        SELECT child, parent, 3 FROM older
    )
    SELECT part.area_id, $parent, whole_area.area_id
    FROM (SELECT child, arg_min(parent, choice) AS parent FROM chosen GROUP BY child) AS final
    JOIN area AS part ON part.code = final.child JOIN area AS whole_area ON whole_area.code = final.parent
"""

# A small area whose ward is known, but not its authority, lies where its ward lies.
_THROUGH_WARD = """
    INSERT INTO placement
    SELECT small.area_id, 'authority', ward.counted_in
    FROM placement AS small JOIN placement AS ward ON ward.area_id = small.counted_in AND ward.kind = 'authority'
    WHERE small.kind = 'ward' AND small.area_id <> small.counted_in
      AND small.area_id NOT IN (SELECT area_id FROM placement WHERE kind = 'authority')
"""
