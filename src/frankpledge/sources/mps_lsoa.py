"""Metropolitan Police recorded crime by small area (LSOA 2021) and month.

A row with no crime in any month is left out by the publisher, and so are whole groups of offences: sexual
offences and fraud are not told by so small an area. No total is made of it.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.mps_wide import FAMILY, NEW_RECORDING_SYSTEM, month_columns, tidy_wide
from frankpledge.sources.source import OGL_2, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="mps-lsoa",
    title="Recorded crime by small area",
    publisher="Metropolitan Police Service",
    dataset="mps-lsoa",
    licence=OGL_2,
    cadence="monthly",
    looks_like="a CSV with the columns LSOA Code, LSOA Name, Borough, Major Category, Minor Category, and a column a "
    "month (202308)",
    caveats=(
        "Small areas are those of 2021.",
        "Sexual offences and fraud are not in it, so its offences do not add up to all crime.",
        "Anti-social behaviour is not in it.",
    ),
    provisional_months=2,
    labels=FAMILY,
    areas="E09",
    breaks=(NEW_RECORDING_SYSTEM,),
    part_of_offences=True,
)

_HEADINGS = ("Major Category", "Minor Category")


def recognises(sample: Sample) -> bool:
    """A wide table with a small area's code."""
    return (
        sample.form == "table"
        and sample.has("LSOA Code", "Borough", *_HEADINGS)
        and bool(month_columns(sample.columns))
    )


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, small area and offence, and which borough each small area lies in."""
    code = 'CASE WHEN regexp_full_match(raw."LSOA Code", \'E01[0-9]{6}\') THEN raw."LSOA Code" END'
    more = (Rows("area_name", _NAMES), Rows("area_member", _MEMBERS))
    return tidy_wide(con, file, code, more, _HEADINGS)


_NAMES = """
    SELECT area_code AS code, mode("LSOA Name") AS name, 21 AS vintage
    FROM wide WHERE area_code IS NOT NULL GROUP BY area_code
"""

_MEMBERS = """
    SELECT area_code AS child, mode("Borough") AS parent, 'lsoa' AS child_kind, 'authority' AS parent_kind,
           '21' AS vintage
    FROM wide WHERE area_code IS NOT NULL AND regexp_full_match("Borough", 'E09[0-9]{6}') GROUP BY area_code
"""
