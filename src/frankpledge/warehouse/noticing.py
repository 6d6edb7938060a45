"""What is noticed while a file is read, file by file: a new file's findings never ask for the old files again."""

from __future__ import annotations

import duckdb


def notice(
    con: duckdb.DuckDBPyConnection,
    load_id: int,
    kind: str,
    subject: str,
    number: int | None = None,
    among: int | None = None,
    *,
    sentence: str | None = None,
) -> None:
    """Write down one finding of one file."""
    con.execute("INSERT INTO noticed VALUES (?, ?, ?, ?, ?, ?)", [load_id, kind, subject, number, among, sentence])


def notice_records(con: duckdb.DuckDBPyConnection, load_id: int) -> None:
    """How many of a file's records have no place, no identifier or one they share; how they were placed, and where.

    What was noticed of them before is forgotten: they may have been counted anew.
    """
    con.execute("DELETE FROM noticed WHERE load_id = ? AND list_contains(?, kind)", [load_id, _OF_RECORDS])
    con.execute(_RECORDS.format(load_id=load_id))


_OF_RECORDS = [
    "no place", "no identifier", "identified disorder", "shared identifier", "shared point", "place", "placed",
]  # fmt: skip

# Of those without an identifier, “among” says how many are disorder, which hardly ever has one. Points are compared
# within a file: what lies on one point in a month was put there by its publisher. Of the commonest places, “among”
# is on how many points their records stand.
_RECORDS = """
    INSERT INTO noticed
    WITH record AS MATERIALIZED (
        SELECT area_code IS NULL AS unplaced, reference, path LIKE 'disorder/%' AS disorder, longitude, latitude, place,
               match
        FROM incident JOIN offence USING (offence_id) WHERE load_id = {load_id}
    ),
    total AS (
        SELECT count(*) AS records, count(*) FILTER (unplaced) AS unplaced,
               count(*) FILTER (reference IS NULL) AS unnamed, count(*) FILTER (disorder) AS disorder,
               count(*) FILTER (reference IS NULL AND disorder) AS unnamed_disorder
        FROM record
    ),
    named AS (SELECT count(*) AS records FROM record WHERE reference IS NOT NULL GROUP BY reference),
    point AS (SELECT count(*) AS records FROM record WHERE longitude IS NOT NULL GROUP BY longitude, latitude),
    common AS (
        SELECT place, count(*) AS records FROM record WHERE place IS NOT NULL AND longitude IS NOT NULL
        GROUP BY place ORDER BY records DESC, place LIMIT 30
    ),
    point_of_common AS (
        SELECT DISTINCT place, common.records, longitude, latitude FROM record JOIN common USING (place)
        WHERE longitude IS NOT NULL
    )
    SELECT {load_id}, kind, subject, number, among, NULL FROM (
        SELECT unnest(['no place', 'no identifier', 'identified disorder']) AS kind, '' AS subject,
               unnest([unplaced, unnamed, disorder - unnamed_disorder]) AS number,
               unnest([records, unnamed_disorder, disorder]) AS among
        FROM total
        UNION ALL SELECT 'shared identifier', '', coalesce(sum(records) FILTER (records > 1), 0),
                         coalesce(sum(records), 0) FROM named
        UNION ALL SELECT 'shared point', '', coalesce(sum(records) FILTER (records > 1), 0), sum(records)
                  FROM point HAVING sum(records) > 0
        UNION ALL SELECT 'placed', match, count(*), any_value(records)
                  FROM record, (SELECT records FROM total) WHERE match IS NOT NULL GROUP BY match
        UNION ALL SELECT 'place', place, records, count(*) FROM point_of_common GROUP BY place, records
    )
"""
