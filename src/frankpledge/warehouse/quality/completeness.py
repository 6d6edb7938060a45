"""How much of the records is empty, field by field: what is not recorded is a gap, not a “no”."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from frankpledge.model.tables import FACTORS
from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.noticed import noticed, noticed_by_force
from frankpledge.warehouse.quality.words import counted, listed, share

CARE = Seriousness.CARE


def find_empty_fields(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about fields of records and of people."""
    yield from _no_place(con)
    yield from _elsewhere(con)
    yield from _no_hour(con)
    yield from _no_outcome(con)
    yield from _people(con)
    yield from _strangers(con)
    yield from _followed(con)


def _no_place(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for dataset, forces in noticed_by_force(con, "no place").items():
        said = listed(
            f"{number:,} of {among:,} records{f' of {force}' if force and len(forces) > 1 else ''} "
            f"({share(number, among)})"
            for force, number, among in forces
        )
        sentence = f"{said} have no place. They are counted for no ward or authority."
        look = "table incident, where area_id is empty"
        yield Finding("no place", dataset, "place", sentence, CARE, look, sum(number for _, number, _ in forces))


def _elsewhere(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for dataset, number, among in noticed(con, "elsewhere"):
        sentence = (
            f"The area that {number:,} of {counted(among, 'record')} give is no area of England or Wales that is "
            "counted (a Scottish one, or a slip). They are kept, and counted for no ward or authority."
        )
        yield Finding("area elsewhere", dataset, "place", sentence, CARE, "table incident, match", number)


def _no_hour(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for dataset, without, records in noticed(con, "no hour"):
        if without == records:
            sentence = (
                f"None of its {counted(records, 'record')} has a day or an hour: a month is all the date there is. "
                "Nothing "
                "can be said from it of nights, weekends or school days."
            )
            yield Finding("months only", dataset, "hour", sentence, CARE, "table incident, column hour", records)
        else:
            sentence = (
                f"{without:,} of {counted(records, 'record')} ({share(without, records)}) have no hour. They count in "
                "every month, and in no time of the day."
            )
            yield Finding("no hour", dataset, "hour", sentence, CARE, "table incident, column hour", without)


def _no_outcome(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Crimes without an outcome, where the feed has outcomes; disorder never has one."""
    for dataset, every in noticed_by_force(con, "no outcome").items():
        # A force of which no crime has an outcome sends none.
        forces = [(force, without, crimes) for force, without, crimes in every if without < crimes]
        without = sum(number for _, number, _ in forces)
        said = listed(
            f"{number:,} of {counted(crimes, 'crime')}{f' of {force}' if force else ''} ({share(number, crimes)})"
            for force, number, crimes in forces
        )
        sentence = f"No outcome stands with {said}. A crime without one is not one without a result."
        if without:
            yield Finding("no outcome", dataset, "outcome", sentence, CARE, "table incident, column outcome", without)


_FIELDS = {
    "age_band": "age",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "injury": "injury",
    "relationship": "relationship to the other party",
    "lives_in": "the authority of the home",
}


def _people(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    columns = ", ".join(f"count(*) FILTER ({field} = 'not recorded')" for field in _FIELDS)
    rows = con.execute(f"""
        SELECT dataset, role, count(*), {columns} FROM involvement JOIN load USING (load_id) GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, role, people, *without in rows:
        empty = {name: number for name, number in zip(_FIELDS.values(), without, strict=True) if number}
        if empty:
            said = listed(f"{name} of {number:,} ({share(number, people)})" for name, number in empty.items())
            sentence = (
                f"Of {counted(people, role)}, this is not recorded: {said}. Shares are of those recorded only where "
                "that "
                "is said."
            )
            look = "table involvement"
            yield Finding("not recorded", dataset, f"{role}s", sentence, CARE, look, max(empty.values()))


def _strangers(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        WITH held AS (
            SELECT DISTINCT reference FROM incident WHERE reference IN (SELECT reference FROM involvement)
        )
        SELECT dataset, count(*), count(*) FILTER (held.reference IS NULL)
        FROM involvement JOIN load USING (load_id) LEFT JOIN held USING (reference) GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, people, strangers in rows:
        if strangers:
            sentence = (
                f"{strangers:,} of {counted(people, 'victim or suspect', 'victims and suspects')} are of incidents "
                "that "
                "are not held, and are counted nowhere."
            )
            yield Finding("incident not held", dataset, "people", sentence, CARE, "table involvement", strangers)


def _followed(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    fields = {"serious": "serious", **{name: name.replace("_", " ") for name in FACTORS}}
    columns = ", ".join(f"count(*) FILTER ({name} IS NULL)" for name in fields)
    rows = con.execute(f"""
        SELECT dataset, cohort, count(*), {columns} FROM followed_person JOIN load USING (load_id)
        GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, cohort, people, *without in rows:
        empty = {words: number for words, number in zip(fields.values(), without, strict=True) if number}
        if empty:
            said = listed(f"{words} of {number:,} ({share(number, people)})" for words, number in empty.items())
            sentence = (
                f"Of {counted(people, 'person', 'people')} followed after {cohort}, this is not recorded: {said}. They "
                "are not counted as without it."
            )
            look = "table followed_person"
            yield Finding("not recorded", dataset, cohort, sentence, CARE, look, max(empty.values()))
