"""Where a plain sum would count twice, and what keeps it from happening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.quality.finding import SEVERAL, Finding, Seriousness
from frankpledge.warehouse.quality.noticed import noticed
from frankpledge.warehouse.quality.words import counted, listed

CARE = Seriousness.CARE


def find_double_counting(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about what must not be added."""
    yield from _beyond_boroughs(con)
    yield from _stacked(con)
    yield from _outcomes(con)
    yield from _strands(con)
    yield from _flags(con)
    yield from _same_crimes(con)


def _beyond_boroughs(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """What is counted for a region and for none of its authorities, under names that are no authority's."""
    names: dict[str, list[str]] = defaultdict(list)
    for dataset, name in con.execute("""
        SELECT DISTINCT load.dataset, noticed.subject FROM noticed JOIN load USING (load_id)
        WHERE noticed.kind = 'beyond boroughs' ORDER BY ALL
    """).fetchall():
        names[dataset].append(f"“{name}”")
    rows = con.execute("""
        SELECT dataset, any_value(name), list((release, number) ORDER BY release), CAST(sum(number) AS BIGINT) FROM (
            SELECT series.dataset, series.release, area.name, CAST(sum(count) AS BIGINT) AS number
            FROM monthly_count JOIN series USING (series_id) JOIN area USING (area_id)
            JOIN offence USING (offence_id)
            WHERE area.kind = 'region' AND path LIKE 'crime/%' GROUP BY ALL
        ) GROUP BY dataset ORDER BY dataset
    """).fetchall()
    for dataset, region, releases, number in rows:
        counts = listed(f"{one:,} crimes in release {release}" for release, one in releases)
        under = f"under {listed(names[dataset])}" if names[dataset] else "airports, or place unknown"
        sentence = (
            f"{counts} lie in no borough ({under}). They count for {region} and for none of its boroughs: the boroughs "
            "do not add up to the whole."
        )
        yield Finding("no borough", dataset, region, sentence, CARE, "frankpledge show, by borough and region", number)


def _stacked(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Files whose rows are of several kinds of area, one within the other, and whose source has not said so."""
    rows = con.execute("""
        SELECT load.dataset, load.file, list(DISTINCT series.dataset ORDER BY series.dataset)
        FROM load JOIN (
            SELECT DISTINCT load_id, series_id FROM monthly_count
            UNION SELECT DISTINCT load_id, series_id FROM published_value) AS held USING (load_id)
        JOIN series ON series.series_id = held.series_id
        WHERE load_id NOT IN (SELECT load_id FROM noticed WHERE noticed.kind = 'stacked counts')
        GROUP BY ALL HAVING count(DISTINCT series.dataset) > 1 ORDER BY ALL
    """).fetchall()
    for dataset, file, datasets in rows:
        sentence = (
            f"{file} stacks the same events under several kinds of area, as {listed(datasets)}: a plain sum of its "
            "rows "
            "counts them twice. Each is a series of its own here, and they are never added."
        )
        yield Finding("stacked areas", dataset, file, sentence, CARE, "table series", len(datasets))


def _outcomes(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Offences and what came of them in one dataset, or in two that are held side by side."""
    rows = con.execute("""
        SELECT dataset, bool_or(path LIKE 'crime/%' OR path LIKE 'flagged/%'),
               bool_or(path LIKE 'positive-outcome/%' OR path LIKE 'outcome/%')
        FROM (SELECT DISTINCT series_id, offence_id FROM series_offence)
        JOIN series USING (series_id) JOIN offence USING (offence_id) GROUP BY dataset ORDER BY dataset
    """).fetchall()
    for dataset, offence, outcome in rows:
        if not outcome:
            continue
        words = "Offences and their positive outcomes stand in one file" if offence else "These are outcomes of crimes"
        sentence = f"{words}. An outcome is no crime: it is counted apart, and the two are never added."
        yield Finding("outcomes beside offences", dataset, "outcomes", sentence, CARE, "docs/reference/offences.md")


def _strands(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Strands of hate crime: one crime can carry several; a source that reads strands may have said so."""
    rows = con.execute("""
        SELECT dataset, release, count(DISTINCT path) FILTER (strand), CAST(sum(count) FILTER (strand) AS BIGINT),
               CAST(sum(count) FILTER (path = 'flagged/hate-crime') AS BIGINT)
        FROM (SELECT *, path LIKE 'flagged/hate-crime-%' AS strand FROM monthly_count JOIN offence USING (offence_id)
              WHERE path LIKE 'flagged/hate-crime%'
                AND load_id NOT IN (SELECT load_id FROM noticed WHERE kind = 'overlapping kinds'))
        JOIN series USING (series_id) GROUP BY ALL HAVING count(DISTINCT path) FILTER (strand) > 1 ORDER BY ALL
    """).fetchall()
    for dataset, release, strands, parts, whole in rows:
        sentence = f"The {strands} strands of hate crime overlap: one crime can carry several."
        if whole:
            sentence += f" They come to {parts:,} where {whole:,} hate crimes are counted in all."
        sentence += " Each is counted by itself, and they are never added."
        yield Finding("overlapping strands", dataset, release, sentence, CARE, "offences flagged/hate-crime-…", parts)


def _flags(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Records that carry several flags: each counts under its offence, and under every flag."""
    for dataset, several, flagged in noticed(con, "several flags"):
        sentence = (
            f"More than one flag: {several:,} of {counted(flagged, 'flagged record')}. Each is counted under its "
            "offence and under every flag, and flags are added neither to crime nor to each other."
        )
        yield Finding("several flags", dataset, "flags", sentence, CARE, "incident.flags", several)


# Two datasets that are complete for the same authority in the same months, and have most kinds of crime.
_SAME = """
    WITH of_crime AS (
        SELECT series_id FROM (SELECT DISTINCT series_id, offence_id FROM series_offence)
        JOIN offence USING (offence_id) WHERE path LIKE 'crime/%'
        GROUP BY series_id HAVING count(DISTINCT string_split(path, '/')[2]) >= 4
    ),
    complete AS (
        SELECT series.dataset, placement.counted_in AS authority_id, min(coverage.first_month) AS first_month,
               max(coverage.last_month) AS last_month
        FROM coverage SEMI JOIN of_crime USING (series_id) JOIN series USING (series_id)
        JOIN placement ON placement.area_id = coverage.area_id AND placement.kind = 'authority'
        WHERE coverage.state = 'complete' GROUP BY ALL
    )
    SELECT DISTINCT one.dataset FROM complete AS one JOIN complete AS other USING (authority_id)
    WHERE one.dataset <> other.dataset AND one.first_month <= other.last_month AND other.first_month <= one.last_month
    ORDER BY ALL
"""


def _same_crimes(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    datasets = [dataset for (dataset,) in con.execute(_SAME).fetchall()]
    if datasets:
        sentence = (
            f"The datasets {listed(datasets)} count the same crimes, by other areas or from other systems. They are "
            "alternatives: a comparison is read from one of them, and they are never added."
        )
        look = "frankpledge sources; the indicator says which is read first"
        yield Finding("same crimes", SEVERAL, ", ".join(datasets), sentence, CARE, look, len(datasets))
