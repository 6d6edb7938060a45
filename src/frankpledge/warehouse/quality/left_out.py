"""What a table of counts does not hold at all: no disorder, or an authority of the region that has its own force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.words import counted, listed

# A dataset with fewer groups of crimes than this is of some crimes, not of crime.
LEAST_GROUPS = 4


def find_left_out(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about what is not in a dataset, and so is no nought."""
    yield from _disorder(con)
    yield from _authorities(con)


def _disorder(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    partial = [one.source.dataset for one in all_sources().values() if one.source.part_of_offences]
    rows = con.execute(
        """
        SELECT dataset FROM (SELECT DISTINCT series_id, offence_id FROM series_offence)
        JOIN series USING (series_id) JOIN offence USING (offence_id)
        WHERE NOT list_contains(?, dataset) GROUP BY dataset
        HAVING count(DISTINCT string_split(path, '/')[2]) FILTER (path LIKE 'crime/%') >= ?
           AND NOT bool_or(path LIKE 'disorder/%')
        ORDER BY dataset
        """,
        [partial, LEAST_GROUPS],
    ).fetchall()
    for (dataset,) in rows:
        sentence = (
            "Anti-social behaviour is not in it: its totals are of crimes alone, and none of them is to be set "
            "beside a "
            "total that has disorder in it."
        )
        yield Finding("not in it", dataset, "anti-social behaviour", sentence, Seriousness.CARE, "table series_offence")


# Authorities that a dataset states itself, or states the wards or small areas of.
_STATED = """
    WITH stated AS (
        SELECT DISTINCT series.dataset, placement.counted_in AS authority_id
        FROM coverage JOIN series USING (series_id)
        JOIN placement ON placement.area_id = coverage.area_id AND placement.kind = 'authority'
        WHERE coverage.state = 'complete' AND series_id NOT IN (SELECT series_id FROM judged_area)
    ),
    every AS (
        SELECT authority.area_id AS authority_id, authority.name, region.name AS region
        FROM placement JOIN area AS authority USING (area_id)
        JOIN area AS region ON region.area_id = placement.counted_in
        WHERE placement.kind = 'region' AND authority.kind = 'authority'
    ),
    reach AS (SELECT DISTINCT dataset, region FROM stated JOIN every USING (authority_id))
    SELECT reach.dataset, reach.region, every.name, stated.authority_id IS NOT NULL
    FROM reach JOIN every USING (region)
    LEFT JOIN stated ON stated.dataset = reach.dataset AND stated.authority_id = every.authority_id
    ORDER BY ALL
"""


def _authorities(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Authorities without a count in a table that has most of their region's."""
    members: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for dataset, region, name, held in con.execute(_STATED).fetchall():
        members[dataset, region][name] = held
    for (dataset, region), names in members.items():
        lacking = [name for name, held in names.items() if not held]
        if lacking and len(lacking) < len(names) / 2:
            sentence = (
                f"{listed(lacking)} {'is' if len(lacking) == 1 else 'are'} not in it, though "
                f"{counted(len(names) - len(lacking), 'authority', 'authorities')} of {region} are: missing there, not "
                "nought."
            )
            subject = ", ".join(lacking)
            yield Finding("not in it", dataset, subject, sentence, Seriousness.CARE, "table coverage", len(lacking))
