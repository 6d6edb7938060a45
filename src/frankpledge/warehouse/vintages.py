"""Coverage of areas that were drawn anew: a file counts by the wards, and by the small areas, of one year.

Those of another year have no row in it, or a few, and neither may be read as all there were.
"""

from __future__ import annotations

import duckdb

# Archives of police.uk of 2016 and 2017, coded by 2011, have 7 to 9 records of a hundred under codes of 2021.
NEARLY_ALL = 0.8

# How the reason of a small area begins, or ends, that is not counted whole.
NONE_OF_THEM = "and this is none of them"
ELSEWHERE_TOO = "some of its records stand under the small areas of"


def judge_vintages(con: duckdb.DuckDBPyConnection) -> None:
    """Add to ``coverage`` where areas of another year are not counted, or not whole."""
    con.execute("INSERT INTO coverage " + _OTHER_WARDS)
    con.execute(_CENSUS_AREA)
    con.execute(_CENSUS_OF_FILE, {"nearly_all": NEARLY_ALL})
    con.execute("INSERT INTO coverage " + _OTHER_SMALL_AREAS)
    con.execute("INSERT INTO coverage " + _STRAYED)


# Counts that stand under a ward that is none of today's cannot be told for those of today, which would else read as
# nought; where a file states the wards it is of, it is taken at its word.
_OTHER_WARDS = """
    WITH today AS (
        SELECT DISTINCT area.area_id, area.code FROM area_member JOIN area ON area.code = area_member.parent
        WHERE child_kind = 'lsoa' AND parent_kind = 'ward' AND CAST(vintage AS INTEGER) = (
            SELECT max(CAST(vintage AS INTEGER)) FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'ward')
    ), other AS (
        SELECT cube.series_id, cube.month, placement.counted_in AS authority_id, min(area.code) AS code
        FROM monthly_count AS cube JOIN area ON area.area_id = cube.area_id AND area.kind = 'ward'
        JOIN placement ON placement.area_id = cube.area_id AND placement.kind = 'authority'
        WHERE cube.area_id NOT IN (SELECT area_id FROM today) GROUP BY ALL
    )
    SELECT other.series_id, today.area_id, NULL, other.month, other.month, 'absent',
           'counted by wards that are not those of today, such as ' || other.code
    FROM other JOIN placement ON placement.counted_in = other.authority_id AND placement.kind = 'authority'
    JOIN today ON today.area_id = placement.area_id
    WHERE (other.series_id, today.area_id) NOT IN (SELECT series_id, area_id FROM coverage)
"""

# Small areas that only one of two Censuses has: split or merged between the two.
_CENSUS_AREA = """
    CREATE OR REPLACE TEMP TABLE census_area AS
    WITH link AS (SELECT DISTINCT child, parent FROM area_member WHERE child_kind = 'lsoa' AND parent_kind = 'lsoa')
    SELECT area.area_id, census, placement.counted_in AS authority_id FROM (
        SELECT DISTINCT child AS code, 2011 AS census FROM link WHERE child NOT IN (SELECT parent FROM link)
        UNION ALL
        SELECT DISTINCT parent, 2021 FROM link WHERE parent NOT IN (SELECT child FROM link)
    ) AS changed JOIN area USING (code)
    JOIN placement ON placement.area_id = area.area_id AND placement.kind = 'authority'
"""

# By which Census a file counts in a month: nearly all its records in such areas stand under one's.
_CENSUS_OF_FILE = """
    CREATE OR REPLACE TEMP TABLE census_of_file AS
    SELECT load_id, series_id, month, arg_max(census, count) AS census FROM (
        SELECT cube.load_id, cube.series_id, cube.month, census, sum(cube.count) AS count
        FROM monthly_count AS cube JOIN census_area USING (area_id) GROUP BY ALL
    ) GROUP BY ALL HAVING max(count) >= $nearly_all * sum(count)
"""

# Areas of the other Census, of which the file has no records, or a few in an archive that was made anew.
_OTHER_SMALL_AREAS = f"""
    WITH counted AS (
        SELECT DISTINCT file.series_id, file.month, file.census, placement.counted_in AS authority_id
        FROM census_of_file AS file JOIN monthly_count AS cube USING (load_id, month)
        JOIN area ON area.area_id = cube.area_id AND area.kind = 'lsoa'
        JOIN placement ON placement.area_id = cube.area_id AND placement.kind = 'authority'
    ),
    other AS (
        SELECT counted.series_id, census_area.area_id, counted.census, counted.month,
               counted.month - row_number() OVER (
                   PARTITION BY counted.series_id, census_area.area_id, counted.census ORDER BY counted.month) AS run
        FROM counted JOIN census_area USING (authority_id)
        WHERE census_area.census <> counted.census
          AND (counted.series_id, counted.authority_id, counted.month) NOT IN (
              SELECT series_id, authority_id, month FROM counted GROUP BY ALL HAVING count(DISTINCT census) > 1)
    )
    SELECT series_id, area_id, NULL, min(month), max(month), 'absent',
           'counted by the small areas of ' || census || ', {NONE_OF_THEM}'
    FROM other GROUP BY series_id, area_id, census, run
"""

# Areas of the file's own Census that share ground with one of the other under which some records stand.
_STRAYED = f"""
    WITH link AS (
        SELECT DISTINCT old.area_id, new.area_id AS other_id FROM area_member AS member
        JOIN area AS old ON old.code = member.child JOIN area AS new ON new.code = member.parent
        WHERE member.child_kind = 'lsoa' AND member.parent_kind = 'lsoa'
    ),
    either_way AS (SELECT area_id, other_id FROM link UNION SELECT other_id, area_id FROM link),
    strayed AS (
        SELECT DISTINCT file.series_id, either_way.area_id, other.census, file.month
        FROM census_of_file AS file JOIN monthly_count AS cube USING (load_id, month)
        JOIN census_area AS other ON other.area_id = cube.area_id AND other.census <> file.census
        JOIN either_way ON either_way.other_id = cube.area_id
        JOIN census_area AS own ON own.area_id = either_way.area_id AND own.census = file.census
    ),
    in_runs AS (
        SELECT *, month - row_number() OVER (PARTITION BY series_id, area_id, census ORDER BY month) AS run FROM strayed
    )
    SELECT series_id, area_id, NULL, min(month), max(month), 'partial', '{ELSEWHERE_TOO} ' || census
    FROM in_runs GROUP BY series_id, area_id, census, run
"""
