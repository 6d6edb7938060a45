"""What is noticed while a file is read, file by file: a new file's findings never ask for the old files again."""

from __future__ import annotations

import duckdb

from frankpledge.warehouse.placing import ELSEWHERE


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
    """What a file's records lack and share; how they were placed, and where; what flags they carry.

    What was noticed of them before is forgotten: they may have been counted anew.
    """
    con.execute("DELETE FROM noticed WHERE load_id = ? AND list_contains(?, kind)", [load_id, _OF_RECORDS])
    con.execute(_RECORDS.format(load_id=load_id, elsewhere=ELSEWHERE))


_OF_RECORDS = [
    "no place", "elsewhere", "no identifier", "identified disorder", "no hour", "no outcome", "several flags",
    "unknown flag", "shared identifier", "shared point", "place", "placed",
]  # fmt: skip

# Of those without an identifier, “among” says how many are disorder, which hardly ever has one; of those without an
# outcome, how many are crimes, for disorder has none. Points are compared within a file: what lies on one point in a
# month was put there by its publisher. Of the commonest places, “among” is on how many points their records stand.
_RECORDS = """
    INSERT INTO noticed
    WITH record AS NOT MATERIALIZED (SELECT * FROM incident WHERE load_id = {load_id}),
    total AS MATERIALIZED (
        SELECT kind.*, coalesce(path LIKE 'disorder/%', false) AS disorder,
               coalesce(path LIKE 'crime/%', false) AS crime
        FROM (
            SELECT offence_id, count(*) AS records, count(area_id) AS placed,
                   count(*) FILTER (match = '{elsewhere}') AS elsewhere, count(reference) AS named,
                   count(hour) AS dated, count(outcome) AS decided, count(flags) AS flagged,
                   count(*) FILTER (contains(flags, ' ')) AS several
            FROM record GROUP BY offence_id
        ) AS kind LEFT JOIN offence USING (offence_id)
    ),
    named AS (SELECT count(*) AS records FROM record WHERE reference IS NOT NULL GROUP BY reference),
    point AS (SELECT count(*) AS records FROM record WHERE longitude IS NOT NULL GROUP BY longitude, latitude),
    common AS MATERIALIZED (
        SELECT place, count(*) AS records FROM record WHERE place IS NOT NULL AND longitude IS NOT NULL
        GROUP BY place ORDER BY records DESC, place LIMIT 30
    ),
    point_of_common AS (
        SELECT DISTINCT place, common.records, longitude, latitude FROM record JOIN common USING (place)
        WHERE longitude IS NOT NULL
    )
    SELECT {load_id}, kind, subject, number, among, NULL FROM (
        SELECT 'no place' AS kind, '' AS subject, sum(records - placed - elsewhere) AS number, sum(records) AS among
                  FROM total
        UNION ALL SELECT 'elsewhere', '', sum(elsewhere), sum(records) FROM total
        UNION ALL SELECT 'no identifier', '', sum(records - named),
                         coalesce(sum(records - named) FILTER (disorder), 0) FROM total
        UNION ALL SELECT 'identified disorder', '', sum(named), sum(records) FROM total WHERE disorder
        UNION ALL SELECT 'no hour', '', sum(records - dated), sum(records) FROM total
        UNION ALL SELECT 'no outcome', '', sum(records - decided), sum(records) FROM total WHERE crime
        UNION ALL SELECT 'several flags', '', sum(several), sum(flagged) FROM total
        UNION ALL SELECT 'unknown flag', flag, count(*), NULL
                  FROM (SELECT unnest(list_distinct(string_split(flags, ' '))) AS flag FROM record
                        WHERE flags IS NOT NULL)
                  WHERE 'flagged/' || flag NOT IN (SELECT path FROM offence) GROUP BY flag
        UNION ALL SELECT 'shared identifier', '', coalesce(sum(records) FILTER (records > 1), 0),
                         coalesce(sum(records), 0) FROM named
        UNION ALL SELECT 'shared point', '', coalesce(sum(records) FILTER (records > 1), 0), sum(records)
                  FROM point
        UNION ALL SELECT 'placed', match, count(*), (SELECT sum(records) FROM total)
                  FROM record WHERE match <> '{elsewhere}' GROUP BY match
        UNION ALL SELECT 'place', place, records, count(*) FROM point_of_common GROUP BY place, records
    ) WHERE number > 0 OR among > 0
"""
