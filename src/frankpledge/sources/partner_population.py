"""Residents by area and year from a partner, for where the Office for National Statistics has none."""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.partner_template import (
    LICENCE,
    NAMED,
    PUBLISHER,
    Template,
    is_area_sql,
    refuse_repeats,
    stage,
    tidied,
)
from frankpledge.sources.reading import one_row
from frankpledge.sources.source import Issue, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="partner-population",
    title="Residents, from a partner",
    publisher=PUBLISHER,
    dataset="partner-population",
    licence=LICENCE,
    cadence="as agreed with the partner",
    looks_like="a CSV with the columns area_code, area_name, year, residents and invented",
    stage=Stage.PEOPLE,
    issue=Issue.MONTHLY,
)

_NEEDED = ("area_code", "year", "residents")

_TEMPLATE = Template(
    needed=_NEEDED,
    optional={"area_name": ""},
    worked_out="""TRY_CAST(line."year" AS SMALLINT) AS mid_year, TRY_CAST(line.residents AS INTEGER) AS people""",
    wrong={
        f"NOT {is_area_sql('area_code')}": "“area_code” is not the code of an area",
        "NOT regexp_full_match(\"year\", '(19|20)[0-9]{2}')": "“year” is not a year, such as 2018",
        "people IS NULL OR people < 0 OR contains(residents, '.')": "“residents” is not a whole number",
    },
)


def recognises(sample: Sample) -> bool:
    """A table with the template's columns."""
    return sample.form == "table" and sample.has(*_NEEDED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Residents by area and year."""
    stage(con, file, _TEMPLATE)
    refuse_repeats(con, ("area_code", "mid_year"))
    (last,) = one_row(con, "SELECT max(mid_year) FROM partner_row WHERE reason IS NULL")
    columns = "area_code, mid_year AS year, 'residents' AS part, people AS number"
    residents = f"SELECT {columns} FROM partner_row WHERE reason IS NULL"
    return tidied(con, _TEMPLATE, (Rows("population", residents), NAMED), f"mid-{last}" if last else "")
