"""Monthly counts from a partner: one row an area, month and offence; rows of nought may be left out."""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_text
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
from frankpledge.sources.reading import is_month_sql, month_sql, one_row
from frankpledge.sources.source import Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="partner-counts",
    title="Monthly counts from partners",
    publisher=PUBLISHER,
    dataset="partner-counts",
    licence=LICENCE,
    cadence="as agreed with the partner",
    looks_like="a CSV with the columns area_code, area_name, month (2018-07), offence, count and invented",
    issue=Issue.MONTHLY,
    policy="partners-records",
    part_of_offences=True,
    caveats=("Each file is taken to be complete for its areas and offences from its first to its last month.",),
)

_NEEDED = ("area_code", "month", "offence", "count")

_TEMPLATE = Template(
    needed=_NEEDED,
    optional={"area_name": ""},
    worked_out=f"""known.offence_id, TRY_CAST(line."count" AS INTEGER) AS how_many,
        CASE WHEN {is_month_sql('line."month"')} THEN {month_sql('line."month"')} END AS month_number""",
    join="LEFT JOIN offence AS known ON known.path = lower(line.offence)",
    wrong={
        f"NOT {is_area_sql('area_code')}": "“area_code” is not the code of an area",
        "month_number IS NULL": "“month” is not a month, such as 2018-07",
        "offence_id IS NULL": "the offence is not one of the paths that templates accept",
        "how_many IS NULL OR how_many < 0 OR contains(\"count\", '.')": "“count” is not a whole number",
    },
)


def recognises(sample: Sample) -> bool:
    """A table with the template's columns."""
    return sample.form == "table" and sample.has(*_NEEDED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, area and offence."""
    stage(con, file, _TEMPLATE)
    refuse_repeats(con, ("area_code", "month_number", "offence_id"))
    first, last = one_row(con, f"SELECT min(month_number), max(month_number) {_USABLE}")
    if first is None:
        return tidied(con, _TEMPLATE, (), "")
    rows = (
        Rows("counted", f"SELECT month_number AS month, area_code, offence_id, how_many AS count {_USABLE}"),
        Rows("stated_coverage", _covered(first, last)),
        Rows("series_offence", f"SELECT DISTINCT offence_id {_USABLE}"),
        NAMED,
    )
    return tidied(con, _TEMPLATE, rows, month_text(last), (first, last))


_USABLE = "FROM partner_row WHERE reason IS NULL"


def _covered(first: int, last: int) -> str:
    """Complete for every area and offence in the file; a count that cannot be read is absent, not nought.

    Offence by offence, because another partner's file of the same series may hold others.
    """
    return f"""
        SELECT area_code, offence_id, {first} AS first_month, {last} AS last_month, 'complete' AS state, '' AS reason
        FROM (SELECT DISTINCT area_code {_USABLE}), (SELECT DISTINCT offence_id {_USABLE})
        UNION ALL
        SELECT DISTINCT area_code, offence_id, month_number, month_number, 'absent',
               'a count in the file could not be read'
        FROM partner_row WHERE reason LIKE '“count”%'
    """
