"""What is noticed while a file is read, file by file: a new file's findings never ask for the old files again."""

from __future__ import annotations

from collections.abc import Collection

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


def notice_records(con: duckdb.DuckDBPyConnection, files: Collection[int]) -> None:
    """What files' records lack and share; how they were placed, and where; what flags they carry.

    What was noticed of them before is forgotten: they may have been counted anew.

    Parameters
    ----------
    files
        Their numbers; one or more.
    """
    numbers = ", ".join(str(number) for number in sorted(files))
    con.execute(f"DELETE FROM noticed WHERE load_id IN ({numbers}) AND list_contains(?, kind)", [_OF_RECORDS])
    con.execute(_RECORDS.format(numbers=numbers, elsewhere=ELSEWHERE))


_OF_RECORDS = [
    "no place", "elsewhere", "no identifier", "identified disorder", "no hour", "no outcome", "several flags",
    "unknown flag", "shared identifier", "shared point", "place", "placed",
]  # fmt: skip

# Of those without an identifier, “among” says how many are disorder, which hardly ever has one; of those without an
# outcome, how many are crimes, for disorder has none. Points are compared within a file: what lies on one point in a
# month was put there by its publisher. Of the commonest places, “among” is on how many points their records stand.
_RECORDS = """
    INSERT INTO noticed
    WITH record AS NOT MATERIALIZED (SELECT * FROM incident WHERE load_id IN ({numbers})),
    total AS MATERIALIZED (
        SELECT kind.*, coalesce(path LIKE 'disorder/%', false) AS disorder,
               coalesce(path LIKE 'crime/%', false) AS crime
        FROM (
            SELECT load_id, offence_id, count(*) AS records, count(area_id) AS placed,
                   count(*) FILTER (match = '{elsewhere}') AS elsewhere, count(reference) AS named,
                   count(hour) AS dated, count(outcome) AS decided, count(flags) AS flagged,
                   count(*) FILTER (contains(flags, ' ')) AS several
            FROM record GROUP BY load_id, offence_id
        ) AS kind LEFT JOIN offence USING (offence_id)
    ),
    named AS (
        SELECT load_id, count(*) AS records FROM record WHERE reference IS NOT NULL GROUP BY load_id, reference
    ),
    point AS (
        SELECT load_id, count(*) AS records FROM record WHERE longitude IS NOT NULL
        GROUP BY load_id, longitude, latitude
    ),
    common AS MATERIALIZED (
        SELECT load_id, place, count(*) AS records FROM record WHERE place IS NOT NULL AND longitude IS NOT NULL
        GROUP BY load_id, place
        QUALIFY row_number() OVER (PARTITION BY load_id ORDER BY count(*) DESC, place) <= 30
    ),
    point_of_common AS (
        SELECT DISTINCT load_id, place, common.records, longitude, latitude
        FROM record JOIN common USING (load_id, place) WHERE longitude IS NOT NULL
    )
    SELECT load_id, kind, subject, number, among, NULL FROM (
        SELECT load_id, 'no place' AS kind, '' AS subject, sum(records - placed - elsewhere) AS number,
               sum(records) AS among FROM total GROUP BY load_id
        UNION ALL SELECT load_id, 'elsewhere', '', sum(elsewhere), sum(records) FROM total GROUP BY load_id
        UNION ALL SELECT load_id, 'no identifier', '', sum(records - named),
                         coalesce(sum(records - named) FILTER (disorder), 0) FROM total GROUP BY load_id
        UNION ALL SELECT load_id, 'identified disorder', '', sum(named), sum(records)
                  FROM total WHERE disorder GROUP BY load_id
        UNION ALL SELECT load_id, 'no hour', '', sum(records - dated), sum(records) FROM total GROUP BY load_id
        UNION ALL SELECT load_id, 'no outcome', '', sum(records - decided), sum(records)
                  FROM total WHERE crime GROUP BY load_id
        UNION ALL SELECT load_id, 'several flags', '', sum(several), sum(flagged) FROM total GROUP BY load_id
        UNION ALL SELECT load_id, 'unknown flag', flag, count(*), NULL
                  FROM (SELECT load_id, unnest(list_distinct(string_split(flags, ' '))) AS flag FROM record
                        WHERE flags IS NOT NULL)
                  WHERE 'flagged/' || flag NOT IN (SELECT path FROM offence) GROUP BY load_id, flag
        UNION ALL SELECT load_id, 'shared identifier', '', coalesce(sum(records) FILTER (records > 1), 0),
                         sum(records) FROM named GROUP BY load_id
        UNION ALL SELECT load_id, 'shared point', '', coalesce(sum(records) FILTER (records > 1), 0), sum(records)
                  FROM point GROUP BY load_id
        UNION ALL SELECT load_id, 'placed', match, count(*), (
                      SELECT sum(records) FROM total WHERE total.load_id = record.load_id)
                  FROM record WHERE match <> '{elsewhere}' GROUP BY load_id, match
        UNION ALL SELECT load_id, 'place', place, records, count(*) FROM point_of_common
                  GROUP BY load_id, place, records
    ) WHERE number > 0 OR among > 0
"""
