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
    """How many of a file's records have no place, no identifier or one they share, and what their places are like."""
    con.execute("DELETE FROM noticed WHERE load_id = ? AND list_contains(?, kind)", [load_id, _OF_RECORDS])
    for query in (_PLACE_AND_IDENTIFIER, _SHARED, _POINTS, _COMMON_PLACES):
        con.execute(query.format(load_id=load_id))


_OF_RECORDS = ["no place", "no identifier", "identified disorder", "shared identifier", "shared point", "place"]

# Of those without an identifier, “among” says how many are disorder, which hardly ever has one.
_PLACE_AND_IDENTIFIER = """
    INSERT INTO noticed
    WITH record AS (
        SELECT count(*) AS records, count(*) FILTER (area_code IS NULL) AS unplaced,
               count(*) FILTER (reference IS NULL) AS unnamed,
               count(*) FILTER (path LIKE 'disorder/%') AS disorder,
               count(*) FILTER (reference IS NULL AND path LIKE 'disorder/%') AS unnamed_disorder
        FROM incident JOIN offence USING (offence_id) WHERE load_id = {load_id}
    )
    SELECT {load_id}, 'no place', '', unplaced, records, NULL FROM record
    UNION ALL
    SELECT {load_id}, 'no identifier', '', unnamed, unnamed_disorder, NULL FROM record
    UNION ALL
    SELECT {load_id}, 'identified disorder', '', disorder - unnamed_disorder, disorder, NULL FROM record
"""

_SHARED = """
    INSERT INTO noticed
    SELECT {load_id}, 'shared identifier', '', coalesce(sum(records) FILTER (records > 1), 0),
           coalesce(sum(records), 0),
           NULL
    FROM (SELECT count(*) AS records FROM incident
          WHERE load_id = {load_id} AND reference IS NOT NULL GROUP BY reference)
"""

# Points are compared within a file: what lies on one point in a month was put there by its publisher.
_POINTS = """
    INSERT INTO noticed
    SELECT {load_id}, 'shared point', '', coalesce(sum(records) FILTER (records > 1), 0), sum(records), NULL
    FROM (SELECT count(*) AS records FROM incident
          WHERE load_id = {load_id} AND longitude IS NOT NULL GROUP BY longitude, latitude)
    HAVING sum(records) > 0
"""

# The commonest places of a file, how many records each has, and “among” how many points they stand.
_COMMON_PLACES = """
    INSERT INTO noticed
    WITH common AS (
        SELECT place, count(*) AS records FROM incident
        WHERE load_id = {load_id} AND place IS NOT NULL AND longitude IS NOT NULL
        GROUP BY place ORDER BY records DESC, place LIMIT 30
    )
    SELECT {load_id}, 'place', place, any_value(records), count(DISTINCT (longitude, latitude)), NULL
    FROM incident JOIN common USING (place) WHERE load_id = {load_id} AND longitude IS NOT NULL GROUP BY place
"""
