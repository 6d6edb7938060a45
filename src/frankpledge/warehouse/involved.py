"""Victims and suspects counted: who stands in partners' records, as values by authority and month.

A person counts once for each incident of a group, however many offences it is recorded as. What was not
recorded of somebody is no part of any part; it is in the whole, and `quality` says how often.

Records of people say nothing of the months they are complete for. They are taken to be from the first to the
last month of the incidents that a file's people were in, where the records of incidents are; and victims only
where nearly every incident of the group has one. Elsewhere there is no value, for nought would be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.periods import month_text
from frankpledge.sources.partners.template import all_templates
from frankpledge.sources.reading.tables import literal

FOLDER = "involved"

# Of crimes against people a victim is recorded of 93 in a hundred or more; a file of some victims has far fewer.
LEAST_KNOWN = 0.8

_ROLES = {"victims": "victim", "suspects": "suspect"}
_TOLD_BY = ("sex", "ethnicity", "injury", "relationship")


@dataclass(frozen=True)
class Involved:
    """What people are counted under.

    Attributes
    ----------
    groups
        Group → SQL that is true of an incident of it.
    parts
        Part → SQL that is true of a person of it.
    only
        Part → the one role it is told of; a part that is not here is told of both.
    """

    groups: Mapping[str, str]
    parts: Mapping[str, str]
    only: Mapping[str, str]

    def parts_of(self, measure: str) -> dict[str, str]:
        """The parts that are told of victims, or of suspects."""
        return {part: sql for part, sql in self.parts.items() if self.only.get(part, measure) == measure}


def read_involved(overlay: Path | None) -> Involved:
    """The groups and parts of the definitions, the workspace's own files laid over the packaged ones.

    Raises
    ------
    DefinitionError
        Naming file and line.
    """
    groups: dict[str, str] = {}
    parts: dict[str, str] = {}
    only: dict[str, str] = {}
    for path in definition_files(FOLDER, overlay).values():
        entry = read_definition(path)
        entry.only("schema", "groups", "parts", "together")
        groups |= {one.text("group"): _incident_sql(one) for one in entry.entries("groups", [])}
        alone = {one.text("part"): _person_sql(one) for one in entry.entries("parts", [])}
        only |= {
            one.text("part"): one.choice("role", tuple(_ROLES))
            for one in entry.entries("parts", [])
            if "role" in one.values
        }
        parts |= alone | {both: _both(entry, both, parts | alone) for both in entry.texts("together", [])}
    return Involved(groups, parts, only)


def _incident_sql(entry: Entry) -> str:
    entry.only("group", "offences", "flagged", "not_flagged")
    below = [
        f"path = {literal(path)} OR starts_with(path, {literal(path + '/')})" for path in entry.texts("offences", [])
    ]
    tests = [f"({' OR '.join(below)})"] if below else []
    for key, is_so in (("flagged", ""), ("not_flagged", "NOT ")):
        if flag := entry.text(key, ""):
            tests.append(f"{is_so}coalesce(list_contains(string_split(flags, ' '), {literal(flag)}), false)")
    if not tests:
        raise entry.problem("it is not said which incidents are of it.", "Add one of: offences, flagged.", "group")
    return " AND ".join(tests)


def _person_sql(entry: Entry) -> str:
    entry.only("part", "ages", "role", *_TOLD_BY)
    tests = [
        f"{key} IN ({', '.join(literal(word) for word in entry.texts(key))})" for key in _TOLD_BY if key in entry.values
    ]
    if ages := entry.text("ages", ""):
        youngest, _, oldest = ages.partition("-")
        if not (youngest.isdigit() and oldest.isdigit()):
            raise entry.problem("“ages” is not from one age to another.", "Write ages: 0-24, both included.", "ages")
        # A band that reaches beyond is in no part: nobody knows on which side its people are.
        tests.append(f"youngest >= {youngest} AND oldest <= {oldest}")
    if not tests:
        raise entry.problem("it is not said who is of it.", f"Add one of: ages, {', '.join(_TOLD_BY)}.", "part")
    return " AND ".join(tests)


def _both(entry: Entry, both: str, parts: Mapping[str, str]) -> str:
    names = both.split("/")
    if unknown := [name for name in names if name not in parts]:
        raise entry.problem(f"there is no part “{unknown[0]}”.", f"Write some of: {', '.join(parts)}.", "together")
    return " AND ".join(parts[name] for name in names)


def count_involved(con: duckdb.DuckDBPyConnection, involved: Involved) -> None:
    """Fill ``published_value`` with the counts of all people held, after the areas are placed."""
    people = ", ".join(literal(slug) for slug, template in all_templates().items() if template.becomes == "people")
    files = f"load_id IN (SELECT load_id FROM load WHERE source IN ({people}))"
    con.execute(f"DELETE FROM published_value WHERE {files}")
    con.execute(f"UPDATE load SET first_month = NULL, last_month = NULL, release = '' WHERE {files}")
    if not con.execute("SELECT 1 FROM involvement LIMIT 1").fetchall():
        return
    con.execute(_KNOWN)
    _date_files(con)
    con.execute(_INCIDENT_FILE)
    con.execute(_COVERED)
    con.execute(_HAPPENED)
    for measure, role in _ROLES.items():
        for group, incidents in involved.groups.items():
            _count(con, f"{measure}/{group}", role, incidents, involved.parts_of(measure))
    con.execute("DROP TABLE known_person; DROP TABLE incident_file; DROP TABLE covered_month; DROP TABLE happened")


def _date_files(con: duckdb.DuckDBPyConnection) -> None:
    """The months of a file of people are those of their incidents, and its release the last of them."""
    spans = con.execute("SELECT load_id, min(month), max(month) FROM known_person GROUP BY load_id").fetchall()
    for load_id, first, last in spans:
        con.execute(
            "UPDATE load SET first_month = ?, last_month = ?, release = ? WHERE load_id = ?",
            [first, last, month_text(last), load_id],
        )


def _count(con: duckdb.DuckDBPyConnection, measure: str, role: str, incidents: str, parts: Mapping[str, str]) -> None:
    """Put the values of one group in one role: all of it, and each part."""
    names: Sequence[str] = ("", *parts)
    counts = ", ".join(f"count(*) FILTER ({parts.get(name, 'true')}) AS part_{n}" for n, name in enumerate(names))
    columns = ", ".join(f"part_{number}" for number in range(len(names)))
    words = ", ".join(
        f"('part_{number}', {literal(f'{measure}/{name}'.rstrip('/'))})" for number, name in enumerate(names)
    )
    con.execute(_COUNT.format(counts=counts, columns=columns, words=words, role=literal(role), incidents=incidents,
                              least=LEAST_KNOWN if role == "victim" else 0))  # fmt: skip


# Each person in each incident that is held and lies in an authority, as often as the incident has offences.
_KNOWN = """
    CREATE OR REPLACE TEMP TABLE known_person AS
    SELECT people.load_id, incident.month, placement.counted_in AS authority_id, people.reference, people.role,
           people.person, people.sex, people.ethnicity, people.injury, people.relationship, offence.path,
           incident.flags,
           CASE WHEN starts_with(age_band, 'under') THEN 0
                ELSE TRY_CAST(regexp_extract(age_band, '^[0-9]+') AS INTEGER) END AS youngest,
           CASE WHEN starts_with(age_band, 'under') THEN TRY_CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) - 1
                WHEN contains(age_band, '-') THEN TRY_CAST(regexp_extract(age_band, '[0-9]+$') AS INTEGER)
                WHEN regexp_matches(age_band, '[0-9]') THEN 120 END AS oldest
    FROM involvement AS people JOIN incident USING (reference) JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
"""

# Files of the sources that have incidents with people.
_INCIDENT_FILE = """
    CREATE OR REPLACE TEMP TABLE incident_file AS
    SELECT load_id FROM load WHERE source IN (
        SELECT source FROM load WHERE load_id IN (
            SELECT load_id FROM incident WHERE reference IN (SELECT reference FROM involvement)))
"""

# Months of an authority that both the records of incidents and those of people are complete for.
_COVERED = """
    CREATE OR REPLACE TEMP TABLE covered_month AS
    WITH spanned AS (
        SELECT load_id, unnest(range(min(month), max(month) + 1)) AS month FROM known_person GROUP BY load_id
    ),
    stated AS (
        SELECT DISTINCT area.area_id AS authority_id, unnest(range(first_month, last_month + 1)) AS month
        FROM stated_coverage JOIN area ON area.code = stated_coverage.area_code AND area.kind = 'authority'
        WHERE state = 'complete' AND load_id IN (FROM incident_file)
    )
    SELECT authority_id, month, max(load_id) AS load_id FROM stated JOIN spanned USING (month) GROUP BY ALL
"""

_HAPPENED = """
    CREATE OR REPLACE TEMP TABLE happened AS
    SELECT covered.authority_id, incident.reference, offence.path, incident.flags
    FROM incident JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
    JOIN covered_month AS covered ON covered.authority_id = placement.counted_in AND covered.month = incident.month
    WHERE incident.load_id IN (FROM incident_file)
"""

_COUNT = """
    INSERT INTO published_value
    WITH of_group AS (
        SELECT DISTINCT month, authority_id, reference, person, sex, ethnicity, injury, relationship, youngest, oldest
        FROM known_person WHERE role = {role} AND {incidents}
    ),
    enough AS (
        SELECT authority_id FROM (SELECT DISTINCT authority_id, reference FROM happened WHERE {incidents})
        LEFT JOIN (SELECT DISTINCT reference, true AS known FROM of_group) AS one USING (reference)
        GROUP BY authority_id HAVING count(known) > 0 AND count(known) >= {least} * count(*)
    ),
    counted AS (SELECT authority_id, month, {counts} FROM of_group GROUP BY authority_id, month),
    long AS (UNPIVOT counted ON {columns} INTO NAME part VALUE number)
    SELECT covered.load_id, load.series_id, area.code, named.measure, covered.month, covered.month,
           coalesce(long.number, 0), coalesce(long.number, 0), coalesce(long.number, 0), 'final', NULL
    FROM covered_month AS covered SEMI JOIN enough USING (authority_id)
    JOIN load ON load.load_id = covered.load_id JOIN area ON area.area_id = covered.authority_id
    CROSS JOIN (VALUES {words}) AS named(part, measure)
    LEFT JOIN long ON long.authority_id = covered.authority_id AND long.month = covered.month AND long.part = named.part
"""
