"""For which areas, offences and months a series of records is complete, worked out from the records.

Tables of counts say it themselves (every area and month in the file). Records do not: a force's file
for a month may be cut short, may hold one offence only, and always holds some crimes of neighbours,
snapped over the border. What is not complete is *missing*: no row there is ever read as nought.

The tests, in order, each with its reason in words:

* territory: the authority belongs to another police force than the file's;
* spread: its crimes lie in far fewer small areas than so many crimes would, left to chance;
* density: it has far fewer crimes for each small area and month than the rest of the force's area;
* offence: none of an offence in a month of the force that usually has ten or more, or ever;
* volume: less than half of what the area's other months would lead one to expect.
"""

from __future__ import annotations

import duckdb

from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.areas import area_id_sql, is_area_sql
from frankpledge.warehouse.corrections import apply_corrections
from frankpledge.warehouse.vintages import judge_vintages

# Chosen on real files: an authority that a force covers reaches 0.75 or more of the small areas that
# chance would; a neighbour's overspill stays below 0.35.
LEAST_SPREAD = 0.5
# The least of any authority of a force beside the whole: rural districts beside their city come to 0.28 or more.
LEAST_DENSITY = 0.2
USUAL_OFFENCES = 10
ENOUGH_TO_JUDGE = 100
LEAST_VOLUME = 0.5
LEAST_EXPECTED = 30

# A force that no look-up knows still has a number of its own, above every area's.
UNKNOWN_FORCE = 3_000_000_000


def judge_coverage(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``coverage`` and ``series_offence`` for the series of records, after the cube is built."""
    con.execute("DELETE FROM coverage")
    con.execute(_STATED)
    sources = [registered.source for registered in all_sources().values()]
    chosen = [one.dataset for one in sources if one.part_of_offences]
    con.execute(_UNRECOGNISED)
    con.execute(_TOLD_APART)
    con.execute(_FORCE_MONTH)
    con.execute(_RUN)
    con.execute(_RUN_OF_FILE)
    con.execute(_BY_AUTHORITY)
    unsteady = [one.dataset for one in sources if not one.steady]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE steady AS SELECT series_id FROM series WHERE NOT list_contains(?, dataset)",
        [unsteady],
    )
    con.execute(_JUDGED_AREA, {"least_spread": LEAST_SPREAD, "least_density": LEAST_DENSITY})
    con.execute(_USUAL)
    con.execute("INSERT INTO coverage " + _AREAS)
    con.execute("INSERT INTO coverage " + _CHOSEN, {"usual": USUAL_OFFENCES, "chosen": chosen})
    con.execute("INSERT INTO coverage " + _OFFENCES, {"usual": USUAL_OFFENCES, "enough": ENOUGH_TO_JUDGE})
    con.execute("INSERT INTO coverage " + _VOLUMES, {"least_volume": LEAST_VOLUME, "least_expected": LEAST_EXPECTED})
    judge_vintages(con)
    apply_corrections(con)


# What the files of counts stated themselves.
_STATED = f"""
    INSERT INTO coverage
    SELECT DISTINCT series_id, {area_id_sql("area_code")}, offence_id, first_month, last_month, state, reason
    FROM stated_coverage WHERE {is_area_sql("area_code")}
"""

# Police forces write their own names in more than one way: "London, City of", "City of London Police".
_BARE_NAME = (
    "list_sort(list_filter(string_split_regex(lower({name}), '[^a-z]+'), "
    "lambda word: word NOT IN ('', 'police', 'service', 'constabulary', 'of', 'the')))"
)

_FORCE_MONTH = f"""
    CREATE OR REPLACE TEMP TABLE force_month AS
    SELECT DISTINCT load.series_id, load.force, month.month,
           coalesce(area.area_id, {UNKNOWN_FORCE} + hash(load.force) % 1000000) AS force_id
    FROM load JOIN (SELECT DISTINCT load_id, month FROM monthly_count) AS month USING (load_id)
    LEFT JOIN area ON area.kind = 'force'
      AND {_BARE_NAME.format(name="area.name")} = {_BARE_NAME.format(name="load.force")}
    WHERE load.force <> ''
"""


def _shown(number: str) -> str:
    """SQL of a whole number as it is read, with its thousands."""
    return f"format('{{:,}}', CAST({number} AS BIGINT))"


# Runs of months without a gap: what happened years apart says nothing about a file of today.
_RUN = """
    CREATE OR REPLACE TEMP TABLE run AS
    SELECT series_id, force_id, force, month, month - CAST(row_number() OVER (
        PARTITION BY series_id, force_id ORDER BY month) AS INTEGER) AS run
    FROM (SELECT DISTINCT series_id, force_id, force, month FROM force_month)
"""

# The run that each month of a file is part of.
_RUN_OF_FILE = """
    CREATE OR REPLACE TEMP TABLE run_of_file AS
    SELECT load.load_id, run.*, dense_rank() OVER (ORDER BY run.series_id, run.force_id, run.force, run.run) AS number
    FROM run JOIN load ON load.series_id = run.series_id AND load.force = run.force
"""

# There are millions of counts: by file and authority first, and only then by all that is known of them.
_BY_AUTHORITY = """
    CREATE OR REPLACE TEMP TABLE by_authority AS
    WITH counted AS (
        SELECT cube.load_id, placement.counted_in AS authority_id, cube.month, cube.offence_id, sum(cube.count) AS count
        FROM monthly_count AS cube JOIN placement ON placement.area_id = cube.area_id AND placement.kind = 'authority'
        WHERE cube.load_id IN (SELECT load_id FROM run_of_file) GROUP BY ALL
    )
    SELECT run.series_id, run.force_id, counted.authority_id, counted.month, counted.offence_id,
           CAST(sum(counted.count) AS INTEGER) AS count
    FROM counted JOIN run_of_file AS run USING (load_id, month) GROUP BY ALL
"""

_JUDGED_AREA = f"""
    CREATE OR REPLACE TEMP TABLE judged_area AS
    WITH small AS (
        SELECT counted_in AS authority_id, count(*) AS areas FROM placement JOIN area USING (area_id)
        WHERE placement.kind = 'authority' AND area.kind = 'lsoa' GROUP BY ALL
    ),
    reached AS (
        SELECT run.number, cube.area_id, sum(cube.count) AS crimes
        FROM monthly_count AS cube JOIN run_of_file AS run USING (load_id, month)
        -- What carries a flag is counted under its offence already.
        WHERE cube.offence_id NOT IN (SELECT offence_id FROM offence WHERE path LIKE 'flagged/%')
        GROUP BY ALL
    ),
    hit AS MATERIALIZED (
        SELECT run.series_id, placement.counted_in AS authority_id, run.force_id, run.run,
               count(*) AS areas_hit, sum(crimes) AS crimes
        FROM reached JOIN placement ON placement.area_id = reached.area_id AND placement.kind = 'authority'
        JOIN (SELECT DISTINCT number, series_id, force_id, force, run FROM run_of_file) AS run USING (number)
        GROUP BY run.number, run.series_id, run.force_id, run.run, placement.counted_in
    ),
    span AS (
        SELECT series_id, force_id, run, min(month) AS first_month, max(month) AS last_month FROM run GROUP BY ALL
    ),
    -- Weighed by the crimes themselves, so that what spilled over into many authorities counts for next to nothing.
    usual AS (
        SELECT series_id, force_id, run, sum(crimes * crimes / areas) / sum(crimes) AS per_area
        FROM hit JOIN small USING (authority_id) GROUP BY ALL
    ),
    home AS (
        SELECT area_id AS authority_id, counted_in AS force_id FROM placement WHERE kind = 'force'
    )
    SELECT hit.series_id, hit.authority_id, hit.force_id, hit.run, span.first_month, span.last_month,
           areas_hit, areas, crimes,
           areas_hit / (areas * (1 - exp(-crimes / areas))) AS spread,
           home.force_id IS NOT NULL AND hit.force_id < {UNKNOWN_FORCE} AND home.force_id <> hit.force_id AS elsewhere,
           CASE WHEN elsewhere THEN 'another police force covers it: its ' || {_shown("crimes")}
                     || ' records spilled over its border'
                WHEN hit.series_id NOT IN (FROM steady) THEN ''
                WHEN spread < $least_spread THEN 'only ' || areas_hit || ' of its ' || areas
                     || ' small areas have any record: its ' || {_shown("crimes")}
                     || ' records spilled over its border'
                WHEN crimes / areas < $least_density * usual.per_area THEN 'only ' || {_shown("crimes")}
                     || ' records in its ' || areas || ' small areas, where the rest of the file has about '
                     || {_shown("round(usual.per_area * areas)")}
                     || ' in as many: they spilled over its border'
                ELSE '' END AS reason
    FROM hit JOIN span USING (series_id, force_id, run) JOIN usual USING (series_id, force_id, run)
    JOIN small USING (authority_id) LEFT JOIN home USING (authority_id)
    -- Where its own force's files are held too, they say what is complete, not a neighbour's.
    WHERE NOT elsewhere OR (hit.series_id, home.force_id) NOT IN (SELECT series_id, force_id FROM run)
"""

# Files of partners' records hold the offences their sender chose. One that other files of the dataset
# usually have, and these months have nowhere, was not sent.
_CHOSEN = """
    WITH file AS (
        SELECT load_id, series_id, first_month, last_month FROM load
        WHERE list_contains($chosen, dataset) AND first_month IS NOT NULL
    ),
    record AS (SELECT series_id, month, offence_id, count FROM monthly_count),
    held AS (
        SELECT file.load_id, file.series_id, record.offence_id, sum(record.count) AS count FROM file
        JOIN record ON record.series_id = file.series_id
         AND record.month BETWEEN file.first_month AND file.last_month GROUP BY ALL
    ),
    usual AS (
        SELECT series_id, offence_id, any_value(offence.path) AS path, avg(count) AS mean
        FROM held JOIN offence USING (offence_id) GROUP BY series_id, offence_id
    )
    SELECT DISTINCT stated.series_id, stated.area_id, usual.offence_id, file.first_month, file.last_month, 'absent',
           'the records of those months hold no “' || string_split(usual.path, '/')[-1] || '” at all'
    FROM file JOIN usual USING (series_id)
    JOIN coverage AS stated ON stated.series_id = file.series_id AND stated.offence_id IS NULL
      AND stated.first_month = file.first_month AND stated.last_month = file.last_month
    LEFT JOIN held ON held.load_id = file.load_id AND held.offence_id = usual.offence_id
    WHERE held.count IS NULL AND usual.mean >= $usual
"""

# What nobody has mapped is counted in the total, so the series tells it apart like any other.
_UNRECOGNISED = """
    INSERT INTO series_offence
    SELECT DISTINCT load_id, series_id, offence_id FROM monthly_count JOIN offence USING (offence_id)
    WHERE path = 'crime/unrecognised'
      AND (load_id, offence_id) NOT IN (SELECT load_id, offence_id FROM series_offence)
"""

_TOLD_APART = "CREATE OR REPLACE TEMP TABLE told_apart AS SELECT DISTINCT series_id, offence_id FROM series_offence"

_AREAS = """
    SELECT series_id, authority_id, NULL, first_month, last_month,
           CASE WHEN reason = '' THEN 'complete' ELSE 'absent' END, reason
    FROM judged_area
"""

_USUAL = """
    CREATE OR REPLACE TEMP TABLE held AS
    SELECT judged.series_id, judged.force_id, by_authority.month, by_authority.offence_id,
           sum(by_authority.count) AS count
    FROM by_authority JOIN judged_area AS judged
      ON judged.series_id = by_authority.series_id AND judged.authority_id = by_authority.authority_id
     AND judged.force_id = by_authority.force_id
     AND by_authority.month BETWEEN judged.first_month AND judged.last_month AND judged.reason = ''
    GROUP BY ALL;
    CREATE OR REPLACE TEMP TABLE lacking AS
    WITH every AS (
        SELECT run.series_id, run.force_id, run.month, told_apart.offence_id
        FROM run JOIN told_apart USING (series_id)
    ),
    usual AS (
        SELECT series_id, force_id, offence_id, avg(count) AS mean FROM held GROUP BY ALL
    ),
    size AS (SELECT series_id, force_id, month, sum(count) AS crimes FROM held GROUP BY ALL)
    SELECT every.*, usual.mean, size.crimes
    FROM every LEFT JOIN held USING (series_id, force_id, month, offence_id)
    LEFT JOIN usual USING (series_id, force_id, offence_id)
    LEFT JOIN size USING (series_id, force_id, month)
    WHERE held.count IS NULL;
"""

_OFFENCES = """
    SELECT judged.series_id, judged.authority_id, lacking.offence_id, lacking.month, lacking.month, 'absent',
           'the files of that month hold no “' || string_split(offence.path, '/')[-1] || '” at all'
    FROM lacking JOIN offence USING (offence_id) JOIN judged_area AS judged
      ON judged.series_id = lacking.series_id AND judged.force_id = lacking.force_id
     AND lacking.month BETWEEN judged.first_month AND judged.last_month AND judged.reason = ''
    WHERE lacking.mean >= $usual OR (lacking.mean IS NULL AND lacking.crimes >= $enough)
"""

# Expected: the area's own median month of each offence that the file holds in that month.
_VOLUMES = f"""
    WITH absent AS (
        SELECT series_id, area_id AS authority_id, offence_id, first_month AS month FROM coverage
        WHERE state = 'absent' AND offence_id IS NOT NULL
    ),
    every AS (
        SELECT judged.series_id, judged.authority_id, run.run, run.month, told_apart.offence_id,
               coalesce(by_authority.count, 0) AS count
        FROM judged_area AS judged
        JOIN run USING (series_id, force_id, run)
        JOIN told_apart USING (series_id)
        JOIN offence ON offence.offence_id = told_apart.offence_id AND path NOT LIKE 'flagged/%'
        LEFT JOIN by_authority ON by_authority.series_id = judged.series_id
          AND by_authority.force_id = judged.force_id
          AND by_authority.authority_id = judged.authority_id AND by_authority.month = run.month
          AND by_authority.offence_id = told_apart.offence_id
        WHERE judged.reason = '' AND (judged.series_id, judged.authority_id, told_apart.offence_id, run.month)
              NOT IN (SELECT series_id, authority_id, offence_id, month FROM absent)
    ),
    median AS (
        SELECT series_id, authority_id, run, offence_id, median(count) AS usual FROM every GROUP BY ALL
    )
    SELECT series_id, authority_id, NULL, month, month, 'partial',
           {_shown("sum(count)")} || ' records where about ' || {_shown("round(sum(usual))")}
               || ' would be usual: the file seems cut short'
    FROM every JOIN median USING (series_id, authority_id, run, offence_id) SEMI JOIN steady USING (series_id)
    GROUP BY series_id, authority_id, month
    HAVING sum(count) < $least_volume * sum(usual) AND sum(usual) >= $least_expected
"""
