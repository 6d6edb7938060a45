"""What an analyst should know before using the data: found by the build, each finding a sentence."""

from __future__ import annotations

import duckdb


def find_quality(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``quality`` from what was loaded."""
    con.execute("DELETE FROM quality")
    for query in (
        _REFUSED,
        _SAID,
        _REVISED,
        _NO_PLACE,
        _NO_IDENTIFIER,
        _SHARED,
        _ELSEWHERE,
        _PARTIAL,
        _ABSENT,
        _ABSENT_OFFENCE,
    ):
        con.execute(f"INSERT INTO quality BY NAME {query}")
    con.execute(f"INSERT INTO quality BY NAME {_RELEASES}")
    con.execute(f"INSERT INTO quality BY NAME {_BEYOND}")
    con.execute(f"INSERT INTO quality BY NAME {_INVENTED}")


_INVENTED = """
    SELECT 'invented' AS kind, dataset, count(*) || ' files' AS subject, sum(rows_kept) AS number,
           'Every one of these ' || format('{:,}', CAST(sum(rows_kept) AS BIGINT))
           || ' records is invented: none is of a real event or person.' AS sentence
    FROM load WHERE invented GROUP BY dataset
"""


def _month(number: str) -> str:
    return f"(({number}) // 12 || '-' || lpad(CAST(({number}) % 12 + 1 AS VARCHAR), 2, '0'))"


_REFUSED = """
    SELECT 'refused rows' AS kind, dataset, file AS subject, rows_refused AS number,
           rows_refused || ' of ' || rows_read || ' rows of ' || file || ' could not be used (first: line '
           || first.row || ', ' || first.reason || '). Their lines and reasons are in the table refused_row.'
           AS sentence
    FROM load JOIN (
        SELECT load_id, min(row) AS row, arg_min(reason, row) AS reason FROM refused_row GROUP BY load_id
    ) AS first USING (load_id)
    WHERE rows_refused > 0
"""

# Findings of single files, added up over all files of a force, or of a dataset where a file is no one force's.
_NOTICED = """
    SELECT dataset, coalesce(nullif(load.force, ''), dataset) AS subject, CAST(sum(number) AS BIGINT) AS number,
           CAST(sum(among) AS BIGINT) AS among
    FROM noticed JOIN load USING (load_id) WHERE noticed.kind = '{kind}' GROUP BY ALL HAVING sum(number) > 0
"""

_NO_PLACE = f"""
    SELECT 'no place' AS kind, dataset, subject, number,
           format('{{:,}}', number) || ' of ' || format('{{:,}}', among) || ' records ('
           || round(100.0 * number / among, 1) || '%) have no place. They are counted for no ward or authority.'
           AS sentence
    FROM ({_NOTICED.format(kind="no place")})
"""

_NO_IDENTIFIER = f"""
    SELECT 'no identifier' AS kind, dataset, subject, number,
           format('{{:,}}', number) || ' records have no identifier, ' || format('{{:,}}', among)
           || ' of them anti-social behaviour, which never has one. All are kept: removing records that look '
           || 'alike would remove real incidents.' AS sentence
    FROM ({_NOTICED.format(kind="no identifier")})
"""

_SHARED = f"""
    SELECT 'shared identifier' AS kind, dataset, subject, number,
           format('{{:,}}', number) || ' records share an identifier with another of their file ('
           || round(100.0 * number / among, 1) || '% of those that have one): '
           || 'one event recorded as several crimes. All are counted.' AS sentence
    FROM ({_NOTICED.format(kind="shared identifier")})
"""

_REVISED = """
    SELECT noticed.kind, load.dataset, load.file AS subject, noticed.number,
           load.file || ' gave ' || format('{:,}', noticed.number) || CASE noticed.kind
               WHEN 'revised counts' THEN ' counts' ELSE ' records' END
           || ' anew that earlier files held; its own stand.' AS sentence
    FROM noticed JOIN load USING (load_id) WHERE noticed.kind IN ('revised counts', 'revised records')
"""

_SAID = """
    SELECT noticed.kind, load.dataset, noticed.subject, noticed.number, noticed.sentence
    FROM noticed JOIN load USING (load_id) WHERE noticed.sentence IS NOT NULL
"""

# Every force's file has a few records placed far outside it; an authority inside it that is all but
# empty is another matter, and named one by one.
_ELSEWHERE = """
    SELECT 'overspill' AS kind, series.dataset, area.name AS subject, judged.crimes AS number,
           area.name || ': ' || judged.reason || '. It is missing from this series, not low.' AS sentence
    FROM judged_area AS judged JOIN series USING (series_id) JOIN area ON area.area_id = judged.authority_id
    WHERE judged.reason <> '' AND NOT judged.elsewhere
    UNION ALL
    SELECT 'outside the force' AS kind, dataset, subject, crimes AS number,
           format('{:,}', crimes) || ' records lie in ' || areas || ' authorities that other police forces cover ('
           || most || ' has the most, ' || at_most || '). Those authorities are missing from this series, not low.'
    FROM (
        SELECT series.dataset, force.name AS subject, CAST(sum(judged.crimes) AS BIGINT) AS crimes,
               count(DISTINCT authority_id) AS areas, arg_max(area.name, judged.crimes) AS most,
               max(judged.crimes) AS at_most
        FROM judged_area AS judged JOIN series USING (series_id)
        JOIN area ON area.area_id = judged.authority_id JOIN area AS force ON force.area_id = judged.force_id
        WHERE judged.elsewhere GROUP BY ALL
    )
"""

_PARTIAL = f"""
    SELECT 'partial month' AS kind, series.dataset, area.name || ', ' || {_month("coverage.first_month")} AS subject,
           NULL::BIGINT AS number,
           area.name || ' in ' || {_month("coverage.first_month")} || ': ' || reason
           || '. The month is left out, and so is any period it lies in.' AS sentence
    FROM coverage JOIN series USING (series_id) JOIN area USING (area_id)
    WHERE state = 'partial' AND coverage.first_month = coverage.last_month
"""

_ABSENT = """
    SELECT 'unreadable count' AS kind, series.dataset, area.name AS subject, count(*) AS number,
           any_value(area.name) || ': ' || count(*) || ' counts could not be read and are missing, not nought.'
           AS sentence
    FROM coverage JOIN series USING (series_id) JOIN area USING (area_id)
    WHERE state = 'absent' AND reason LIKE 'a count in the file%' GROUP BY series.dataset, area.name
"""

_ABSENT_OFFENCE = f"""
    SELECT 'offence not held' AS kind, dataset, force AS subject, count(*) AS number,
           any_value(force) || ': no ' || any_value(path) || ' in ' || count(*) || ' months ('
           || {_month("min(month)")} || ' to ' || {_month("max(month)")}
           || '), though other months or forces have it. It is missing there, not nought.' AS sentence
    FROM (
        SELECT DISTINCT series.dataset, run.force, offence.path, coverage.first_month AS month
        FROM coverage JOIN series USING (series_id) JOIN offence USING (offence_id)
        JOIN judged_area AS judged ON judged.series_id = coverage.series_id
          AND judged.authority_id = coverage.area_id AND judged.reason = ''
          AND coverage.first_month BETWEEN judged.first_month AND judged.last_month
        JOIN run ON run.series_id = judged.series_id AND run.force_id = judged.force_id
          AND run.run = judged.run AND run.month = coverage.first_month
        WHERE coverage.state = 'absent' AND coverage.reason LIKE 'the files of that month%'
    ) GROUP BY dataset, force, path
"""

_RELEASES = """
    SELECT 'several releases' AS kind, dataset, string_agg(release, ', ' ORDER BY release) AS subject,
           count(*) AS number,
           'Held in ' || count(*) || ' releases (' || string_agg(release, ', ' ORDER BY release)
           || '). The newest that covers what is asked for is read; they are never mixed unless a definition '
           || 'declares it. Pin one in partnership.yaml to hold to it.' AS sentence
    FROM series WHERE first_month IS NOT NULL GROUP BY dataset HAVING count(*) > 1
"""

_BEYOND = """
    SELECT 'no borough' AS kind, series.dataset, series.release AS subject, sum(count) AS number,
           format('{:,}', CAST(sum(count) AS BIGINT)) || ' crimes in release ' || any_value(series.release)
           || ' lie in no borough (airports, or place unknown). They count for ' || any_value(area.name)
           || ' and for none of its boroughs.' AS sentence
    FROM monthly_count JOIN series USING (series_id) JOIN area USING (area_id)
    WHERE area.kind = 'region' GROUP BY series.dataset, series.release, area.name
"""
