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
    """How many of a file's records have no place, no identifier, or one they share."""
    con.execute(
        "DELETE FROM noticed WHERE load_id = ? AND kind IN ('no place', 'no identifier', 'shared identifier')",
        [load_id],
    )
    con.execute(_PLACE_AND_IDENTIFIER.format(load_id=load_id))
    con.execute(_SHARED.format(load_id=load_id))


# Of those without an identifier, “among” says how many are disorder, which never has one.
_PLACE_AND_IDENTIFIER = """
    INSERT INTO noticed
    WITH record AS (
        SELECT count(*) AS records, count(*) FILTER (area_code IS NULL) AS unplaced,
               count(*) FILTER (reference IS NULL) AS unnamed,
               count(*) FILTER (reference IS NULL AND path LIKE 'disorder/%') AS disorder
        FROM incident JOIN offence USING (offence_id) WHERE load_id = {load_id}
    )
    SELECT {load_id}, 'no place', '', unplaced, records, NULL FROM record
    UNION ALL
    SELECT {load_id}, 'no identifier', '', unnamed, disorder, NULL FROM record
"""

_SHARED = """
    INSERT INTO noticed
    SELECT {load_id}, 'shared identifier', '', coalesce(sum(records) FILTER (records > 1), 0),
           coalesce(sum(records), 0),
           NULL
    FROM (SELECT count(*) AS records FROM incident
          WHERE load_id = {load_id} AND reference IS NOT NULL GROUP BY reference)
"""
