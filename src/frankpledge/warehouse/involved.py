"""Victims and suspects counted: who stands in partners' records, as values by authority and month.

A person counts once for each incident of a group, however many offences it is recorded as. Of whom something was
not recorded is in the whole and in no part of it, and `quality` says how many. Where a band of ages may or may not be
of a part, that part has no value in the month. Who lives in another authority than the one the incident is counted in
lives elsewhere; where a file records nobody's home, these parts have no value in its months.

Records of people say nothing of the months they are complete for. They are taken to be from the first to the last
month of the incidents that a file's people were in, where the records of incidents are, but for months of whose
incidents nobody is known; and victims only where most incidents of the group have one. Elsewhere there is no value,
for nought would be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import duckdb

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.periods import month_text
from frankpledge.sources.partners.template import NOT_RECORDED, all_templates
from frankpledge.sources.reading.tables import literal

FOLDER = "involved"

# A judgement, not measured: no real file of victims was at hand. A file of some of them (the injured, those of one
# offence) has a victim for far fewer of its incidents, and would make noughts of the others.
LEAST_KNOWN = 0.8
# Where eight in ten have a victim, five in a row without one come by chance three times in ten thousand.
MANY_WITHOUT = 5

_ROLES = {"victims": "victim", "suspects": "suspect"}
HOME = "home"
AGE = "age"
_TOLD_BY = ("sex", "ethnicity", "injury", "relationship", HOME)

# What is known of a person, as SQL: of `people`, rows of the table involvement, in incidents of `authority`.
KNOWN_OF = """
    people.sex, people.ethnicity, people.injury, people.relationship,
    CASE people.lives_in WHEN 'not recorded' THEN 'not recorded' WHEN authority.code THEN 'here'
         ELSE 'elsewhere' END AS home,
    CASE WHEN starts_with(age_band, 'under') THEN 0
         ELSE TRY_CAST(regexp_extract(age_band, '^[0-9]+') AS INTEGER) END AS youngest,
    CASE WHEN starts_with(age_band, 'under') THEN TRY_CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) - 1
         WHEN contains(age_band, '-') THEN TRY_CAST(regexp_extract(age_band, '[0-9]+$') AS INTEGER)
         WHEN regexp_matches(age_band, '[0-9]') THEN 120 END AS oldest
"""


@dataclass(frozen=True)
class Part:
    """Who is of a part, as SQL.

    Attributes
    ----------
    is_of, may_be_of
        True of those who are, and of those who may be, for all that their record tells.
    recorded
        True of those of whom it is recorded what the part is told by.
    told_by
        What that is: sex, age, ethnicity…
    """

    is_of: str
    may_be_of: str
    recorded: str = "true"
    told_by: tuple[str, ...] = ()

    def __and__(self, other: Part) -> Part:
        return Part(
            f"{self.is_of} AND {other.is_of}",
            f"{self.may_be_of} AND {other.may_be_of}",
            f"{self.recorded} AND {other.recorded}",
            self.told_by + other.told_by,
        )

    @property
    def count(self) -> str:
        """SQL of how many of some people are of it; −1 where that cannot be told."""
        of_it = f"count(*) FILTER ({self.is_of})"
        if self.is_of == self.may_be_of:
            return of_it
        return f"CASE WHEN bool_or({self.may_be_of} AND NOT ({self.is_of})) THEN -1 ELSE {of_it} END"


EVERYBODY = Part("true", "true")


@dataclass(frozen=True)
class Involved:
    """What people are counted under.

    Attributes
    ----------
    groups
        Group → SQL that is true of an incident of it.
    parts
        Name → part.
    only
        Part → the one role it is told of; a part that is not here is told of both.
    residents
        Part → the part of the population that it is set beside.
    """

    groups: Mapping[str, str]
    parts: Mapping[str, Part]
    only: Mapping[str, str]
    residents: Mapping[str, str]

    def parts_of(self, measure: str) -> dict[str, Part]:
        """The parts that are told of victims, or of suspects."""
        return {name: part for name, part in self.parts.items() if self.only.get(name, measure) == measure}


def read_involved(overlay: Path | None) -> Involved:
    """The groups and parts of the definitions, the workspace's own files laid over the packaged ones.

    Raises
    ------
    DefinitionError
        Naming file and line.
    """
    groups: dict[str, str] = {}
    parts: dict[str, Part] = {}
    only: dict[str, str] = {}
    residents: dict[str, str] = {}
    for path in definition_files(FOLDER, overlay).values():
        entry = read_definition(path)
        entry.only("schema", "groups", "parts", "together")
        groups |= {one.text("group"): _incident_sql(one) for one in entry.entries("groups", [])}
        alone = {one.text("part"): _part(one) for one in entry.entries("parts", [])}
        only |= {
            one.text("part"): one.choice("role", tuple(_ROLES))
            for one in entry.entries("parts", [])
            if "role" in one.values
        }
        residents |= {
            one.text("part"): one.text("residents") for one in entry.entries("parts", []) if "residents" in one.values
        }
        parts |= alone | {both: _both(entry, both, parts | alone) for both in entry.texts("together", [])}
    return Involved(groups, parts, only, residents)


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


def _part(entry: Entry) -> Part:
    entry.only("part", "ages", "role", "residents", *_TOLD_BY)
    told = {
        key: f"{key} IN ({', '.join(literal(word) for word in entry.texts(key))})"
        for key in _TOLD_BY
        if key in entry.values
    }
    tests = [Part(one, one, f"{key} <> {literal(NOT_RECORDED)}", (key,)) for key, one in told.items()]
    if ages := entry.text("ages", ""):
        youngest, _, oldest = ages.partition("-")
        if not (youngest.isdigit() and oldest.isdigit()):
            raise entry.problem("“ages” is not from one age to another.", "Write ages: 0-24, both included.", "ages")
        within = f"youngest >= {youngest} AND oldest <= {oldest}"
        may_be = f"youngest <= {oldest} AND oldest >= {youngest}"
        tests.append(Part(within, may_be, "youngest IS NOT NULL", (AGE,)))
    if not tests:
        raise entry.problem("it is not said who is of it.", f"Add one of: ages, {', '.join(_TOLD_BY)}.", "part")
    return reduce(Part.__and__, tests)


def _both(entry: Entry, both: str, parts: Mapping[str, Part]) -> Part:
    names = both.split("/")
    if unknown := [name for name in names if name not in parts]:
        raise entry.problem(f"there is no part “{unknown[0]}”.", f"Write some of: {', '.join(parts)}.", "together")
    return reduce(Part.__and__, [parts[name] for name in names])


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


def _count(con: duckdb.DuckDBPyConnection, measure: str, role: str, incidents: str, parts: Mapping[str, Part]) -> None:
    """Put the values of one group in one role: all of it, and each part."""
    counted = {measure: EVERYBODY} | {f"{measure}/{name}": part for name, part in parts.items()}
    names = {name: f"part_{number}" for number, name in enumerate(counted)}
    of_homes = [literal(names[name]) for name, part in counted.items() if HOME in part.told_by]
    # Hardly any crime has a suspect of whom something is known: that none has says nothing of the file.
    least, without = (LEAST_KNOWN, f"incidents >= {MANY_WITHOUT}") if role == "victim" else (0, "false")
    con.execute(
        _COUNT.format(
            counts=", ".join(f"{part.count} AS {names[name]}" for name, part in counted.items()),
            columns=", ".join(names.values()),
            words=", ".join(f"({literal(number)}, {literal(name)})" for name, number in names.items()),
            of_homes=", ".join(of_homes) or "''",
            role=literal(role),
            incidents=incidents,
            least=least,
            without=without,
        )
    )


# Each person in each incident that is held and lies in an authority, as often as the incident has offences.
_KNOWN = f"""
    CREATE OR REPLACE TEMP TABLE known_person AS
    SELECT people.load_id, incident.month, placement.counted_in AS authority_id, people.reference, people.role,
           people.person, offence.path, incident.flags, {KNOWN_OF}
    FROM involvement AS people JOIN incident USING (reference) JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
    JOIN area AS authority ON authority.area_id = placement.counted_in
"""

# Files of the sources that have incidents with people.
_INCIDENT_FILE = """
    CREATE OR REPLACE TEMP TABLE incident_file AS
    SELECT load_id FROM load WHERE source IN (
        SELECT source FROM load WHERE load_id IN (
            SELECT load_id FROM incident WHERE reference IN (SELECT reference FROM involvement)))
"""

# Months of an authority that both the records of incidents and those of people are complete for. One with incidents
# and nobody in any of them is a month whose people were not sent.
_COVERED = """
    CREATE OR REPLACE TEMP TABLE covered_month AS
    WITH spanned AS (
        SELECT load_id, unnest(range(min(month), max(month) + 1)) AS month FROM known_person GROUP BY load_id
    ),
    stated AS (
        SELECT DISTINCT area.area_id AS authority_id, unnest(range(first_month, last_month + 1)) AS month
        FROM stated_coverage JOIN area ON area.code = stated_coverage.area_code AND area.kind = 'authority'
        WHERE state = 'complete' AND load_id IN (FROM incident_file)
    ),
    recorded AS (
        SELECT DISTINCT placement.counted_in AS authority_id, incident.month FROM incident
        JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
        WHERE incident.load_id IN (FROM incident_file)
    )
    SELECT authority_id, month, max(load_id) AS load_id FROM stated JOIN spanned USING (month)
    WHERE (authority_id, month) IN (SELECT authority_id, month FROM known_person)
       OR (authority_id, month) NOT IN (FROM recorded)
    GROUP BY ALL
"""

_HAPPENED = """
    CREATE OR REPLACE TEMP TABLE happened AS
    SELECT covered.authority_id, covered.month, incident.reference, offence.path, incident.flags
    FROM incident JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
    JOIN covered_month AS covered ON covered.authority_id = placement.counted_in AND covered.month = incident.month
    WHERE incident.load_id IN (FROM incident_file)
"""

_COUNT = """
    INSERT INTO published_value
    WITH of_group AS (
        SELECT DISTINCT month, authority_id, reference, person, sex, ethnicity, injury, relationship, home, youngest,
               oldest
        FROM known_person WHERE role = {role} AND {incidents}
    ),
    by_month AS (
        SELECT authority_id, month, count(*) AS incidents, count(known) AS known
        FROM (SELECT DISTINCT authority_id, month, reference FROM happened WHERE {incidents})
        LEFT JOIN (SELECT DISTINCT reference, true AS known FROM of_group) AS one USING (reference)
        GROUP BY authority_id, month
    ),
    enough AS (
        SELECT authority_id FROM by_month GROUP BY authority_id
        HAVING sum(known) > 0 AND sum(known) >= {least} * sum(incidents)
    ),
    -- Files from before homes were asked for would have nobody live elsewhere.
    without_homes AS (
        SELECT load_id FROM known_person WHERE role = {role} GROUP BY load_id HAVING bool_and(home = 'not recorded')
    ),
    not_sent AS (SELECT authority_id, month FROM by_month WHERE known = 0 AND {without}),
    counted AS (SELECT authority_id, month, {counts} FROM of_group GROUP BY authority_id, month),
    long AS (UNPIVOT counted ON {columns} INTO NAME part VALUE number)
    SELECT covered.load_id, load.series_id, area.code, named.measure, covered.month, covered.month,
           coalesce(long.number, 0), coalesce(long.number, 0), coalesce(long.number, 0), 'final', NULL
    FROM covered_month AS covered SEMI JOIN enough USING (authority_id)
    ANTI JOIN not_sent ON not_sent.authority_id = covered.authority_id AND not_sent.month = covered.month
    JOIN load ON load.load_id = covered.load_id JOIN area ON area.area_id = covered.authority_id
    CROSS JOIN (VALUES {words}) AS named(part, measure)
    LEFT JOIN long ON long.authority_id = covered.authority_id AND long.month = covered.month AND long.part = named.part
    WHERE coalesce(long.number, 0) >= 0
      AND NOT (named.part IN ({of_homes}) AND covered.load_id IN (FROM without_homes))
"""
