"""What records of incidents are like: identifiers that lack or are shared, snapped points, places that are no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.noticed import noticed_by_force
from frankpledge.warehouse.quality.words import listed, share

CARE = Seriousness.CARE

# A place that stands on so many points is a sort of place, and no name of one: thousands of shops are a “Supermarket”.
MANY_POINTS = 20
MOST_PLACES = 8
# A file in which fewer records share their point with others is not snapped.
SNAPPED = 0.5


def find_in_records(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about records."""
    yield from _no_identifier(con)
    yield from _shared(con)
    yield from _snapped(con)
    yield from _no_names(con)


def _no_identifier(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    # Of every file it was noticed among how many records, were it of none.
    counts = con.execute("""
        SELECT dataset, CAST(sum(among) AS BIGINT) FROM noticed JOIN load USING (load_id)
        WHERE noticed.kind = 'no place' GROUP BY dataset
    """)
    records = dict(counts.fetchall())
    named = noticed_by_force(con, "identified disorder")
    look = "table incident, where reference is empty"
    for dataset, forces in noticed_by_force(con, "no identifier").items():
        number = sum(one for _, one, _ in forces)
        disorder = sum(one for _, _, one in forces)
        if number == records.get(dataset):
            sentence = f"None of its {number:,} records has an identifier: one that was sent twice cannot be told."
            yield Finding("no identifier", dataset, "identifier", sentence, Seriousness.KNOW, look, number)
            continue
        having = sum(one for _, one, _ in named.get(dataset, ()))
        hardly = f"hardly ever has one ({having:,} of {having + disorder:,} do)" if having else "has none here"
        among = f", {disorder:,} of them anti-social behaviour, which {hardly}" if disorder else ""
        sentence = (
            f"{number:,} records have no identifier{among}. All are kept: removing records that look alike would "
            "remove "
            "real incidents."
        )
        yield Finding("no identifier", dataset, "identifier", sentence, CARE, look, number)


def _shared(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Crimes that share an identifier; that an outcome shares one is in the nature of outcomes."""
    of_crime = {
        dataset
        for (dataset,) in con.execute("""
            SELECT DISTINCT dataset FROM noticed JOIN load USING (load_id) WHERE noticed.kind = 'no outcome'
        """).fetchall()
    }
    for dataset, forces in noticed_by_force(con, "shared identifier").items():
        if dataset in of_crime:
            said = listed(
                f"{number:,} records{_of(force, forces)} share an identifier with another of their file "
                f"({share(number, among)} of those that have one)"
                for force, number, among in forces
            )
            sentence = f"{said}: one event recorded as several crimes. All are counted."
            number = sum(one for _, one, _ in forces)
            yield Finding(
                "shared identifier", dataset, "identifier", sentence, CARE, "column incident.reference", number
            )


def _of(force: str, forces: list[tuple[str, int, int]]) -> str:
    """Whose records, where there is more than one force to tell apart."""
    return f" of {force}" if force and len(forces) > 1 else ""


def _snapped(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for dataset, every in noticed_by_force(con, "shared point").items():
        forces = [one for one in every if one[1] >= SNAPPED * one[2]]
        if forces:
            said = listed(
                f"{number:,} of {among:,} records with a point{_of(force, forces)} ({share(number, among)})"
                for force, number, among in forces
            )
            sentence = (
                f"{said} stand on the same point as another of their month: places are snapped to fixed points before "
                "publication. A point is near where it happened, not there, and near a border can lie on its wrong "
                "side."
            )
            number = sum(one for _, one, _ in forces)
            look = "table incident, longitude and latitude"
            yield Finding("snapped places", dataset, "place", sentence, CARE, look, number)


# The place of a record is worded “On or near Supermarket”; the words before the name say nothing.
_PLACES = f"""
    SELECT dataset, name, CAST(sum(number) AS BIGINT) AS number, max(among) AS points
    FROM (
        SELECT dataset, trim(regexp_replace(noticed.subject, '^On or near', '')) AS name, noticed.number, noticed.among
        FROM noticed JOIN load USING (load_id) WHERE noticed.kind = 'place' AND noticed.among >= {MANY_POINTS}
    ) GROUP BY ALL ORDER BY dataset, number DESC, name
"""


def _no_names(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """The commonest places that stand on many points at once."""
    by_dataset: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for dataset, name, number, _ in con.execute(_PLACES).fetchall():
        by_dataset[dataset].append((name or "no name at all", number))
    for dataset, places in by_dataset.items():
        said = listed(f"“{name}” ({number:,})" for name, number in places[:MOST_PLACES])
        sentence = (
            f"The commonest places are no names: {said} each stand for {MANY_POINTS} points or more in one file. "
            "They are "
            "a sort of place, and name no hot spot; “On or near” is part of every one. Name a hot spot by its area, "
            "or by "
            "a place that people know."
        )
        number = sum(number for _, number in places)
        yield Finding("places without a name", dataset, "place", sentence, CARE, "table incident, column place", number)
