"""Incidents from a partner's own records: one row a crime or call, dated to the hour, by ward or small area.

An incident whose place is not known leaves `area_code` empty and is counted for the authority only.
"""

from __future__ import annotations

import duckdb

from frankpledge.geography import AreaKind
from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.partner_template import (
    LICENCE,
    NAMED,
    PUBLISHER,
    VINTAGE,
    Template,
    is_area_sql,
    refuse_repeats,
    stage,
    tidied,
)
from frankpledge.sources.reading import literal, one_row
from frankpledge.sources.source import Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="partner-incidents",
    title="Incidents from partners' records",
    publisher=PUBLISHER,
    dataset="partner-incidents",
    licence=LICENCE,
    cadence="as agreed with the partner",
    looks_like="a CSV with the columns reference, offence, from, to, area_code, area_name, reported_for, place, "
    "flags and invented",
    issue=Issue.MONTHLY,
    caveats=("Each authority is taken to be complete from the first to the last month of each file that names it.",),
    sensitivity="personal",
    policy="partners-records",
    part_of_offences=True,
)

_NEEDED = ("reference", "offence", "from", "area_code", "reported_for")
_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"


def recognises(sample: Sample) -> bool:
    """A table with the template's columns."""
    return sample.form == "table" and sample.has(*_NEEDED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One incident for each row that can be used."""
    template = _template(file.added)
    stage(con, file, template)
    # Several crimes may share a reference (one event); the same crime twice may not.
    refuse_repeats(con, ("reference", "offence"), where="reference <> ''")
    first, last = one_row(con, _MONTHS)
    rows = (
        Rows("incident", _INCIDENTS),
        Rows("stated_coverage", _COVERED.format(first=first, last=last)),
        Rows("series_offence", f"SELECT DISTINCT offence_id {_USABLE}"),
        NAMED,
        Rows("area_member", _MEMBERS),
    )
    if first is None:
        return tidied(con, template, (), "")
    return tidied(con, template, rows, month_text(last), (first, last))


def _template(added: str) -> Template:
    place = is_area_sql("area_code", AreaKind.WARD, AreaKind.LSOA)
    return Template(
        needed=_NEEDED,
        optional={"to": "", "area_name": "", "place": "", "flags": ""},
        worked_out="""known.offence_id, TRY_CAST(line."from" AS TIMESTAMP) AS started,
            CAST(year(started) * 12 + month(started) - 1 AS INTEGER) AS month""",
        # What carries a flag says so in its flags; the flagged paths are for tables of counts.
        join="LEFT JOIN offence AS known ON known.path = lower(line.offence) "
        "AND NOT starts_with(known.path, 'flagged')",
        wrong={
            "offence_id IS NULL": "the offence is not one of the paths that templates accept",
            f"NOT {_is_moment('from')}": "“from” is not a date and time, such as 2018-07-14T22:00",
            # A year mistyped would make every month up to it complete, and nought.
            f"started >= CAST({literal(added[:10])} AS DATE) + INTERVAL 2 DAY": "“from” lies after the day the "
            "file was added",
            f'"to" <> \'\' AND (NOT {_is_moment("to")} OR TRY_CAST("to" AS TIMESTAMP) < started)': "“to” is not a "
            "date and time after “from”",
            f"NOT {is_area_sql('reported_for', AreaKind.AUTHORITY)}": "“reported_for” is not an authority's code",
            f"area_code <> '' AND NOT {place}": "“area_code” is not the code of a ward or small area",
        },
        personal=True,
    )


def _is_moment(column: str) -> str:
    """SQL that is true of a local date, or date and time; one with a zone would be an hour out in summer."""
    return f'(regexp_full_match("{column}", \'{_MOMENT}\') AND TRY_CAST("{column}" AS TIMESTAMP) IS NOT NULL)'


_USABLE = "FROM partner_row WHERE reason IS NULL"

# A record that corrects one of an earlier file says nothing of which months this file is complete for.
_MONTHS = f"""
    WITH anew AS (
        SELECT held.row FROM partner_row AS held JOIN incident USING (offence_id)
        JOIN load ON load.load_id = incident.load_id AND load.source = 'partner-incidents'
        WHERE incident.reference = hash(held.reference)
    )
    SELECT coalesce(min(month) FILTER (row NOT IN (FROM anew)), min(month)),
           coalesce(max(month) FILTER (row NOT IN (FROM anew)), max(month)) {_USABLE}
"""

_INCIDENTS = f"""
    SELECT month, offence_id,
           CASE WHEN reference <> '' THEN hash(reference) END AS reference,
           coalesce(nullif(area_code, ''), reported_for) AS area_code,
           nullif(place, '') AS place,
           -- A date alone tells the month, not the hour.
           CASE WHEN contains("from", ':') THEN date_trunc('hour', started) END AS hour,
           nullif(trim(regexp_replace(lower(flags), '[^a-z0-9-]+', ' ', 'g')), '') AS flags
    {_USABLE}
"""

_COVERED = f"""
    SELECT DISTINCT reported_for AS area_code, NULL::USMALLINT AS offence_id, {{first}} AS first_month,
           {{last}} AS last_month, 'complete' AS state, '' AS reason
    {_USABLE}
"""

# A crime can be reported for another authority than the one its ward lies in: most of them decide.
_MEMBERS = f"""
    SELECT area_code AS child, mode(reported_for) AS parent,
           CASE WHEN starts_with(area_code, 'E05') OR starts_with(area_code, 'W05') THEN 'ward' ELSE 'lsoa' END
               AS child_kind,
           'authority' AS parent_kind, '{VINTAGE}' AS vintage
    {_USABLE} AND area_code <> '' GROUP BY area_code
"""
