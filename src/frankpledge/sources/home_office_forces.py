"""Police recorded crime by police force, quarter and offence code, from the Home Office's open tables.

The codes are kept too (home-office-code/34A): the mix of offences within a category is what harm weights need.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.home_office_offences import BY_FORCE, has_partnerships, recognises_table, tidy_offences
from frankpledge.sources.source import OGL_3, Sample, Source, Tidied

SOURCE = Source(
    slug="home-office-forces",
    title="Police recorded crime by force and quarter",
    publisher="Home Office",
    dataset="home-office-forces",
    licence=OGL_3,
    cadence="quarterly",
    leans=True,
    looks_like="a CSV or workbook with the columns Financial Year, Financial Quarter, Force Name, Offence Code, "
    "Offence Subgroup and Number of Offences",
    caveats=(
        "Counts are by quarter of the financial year, which begins in April.",
        "Fraud reported to the national centre belongs to no police force, and is not in a force's counts.",
        "Earlier quarters are revised with each issue; crimes that were cancelled are taken off in the quarter in "
        "which they were, so that a count can be below nought.",
    ),
)


def recognises(sample: Sample) -> bool:
    """A table of offences by force and quarter, and by no smaller area."""
    return recognises_table(sample, BY_FORCE) and not has_partnerships(sample)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Published values by force, quarter and place in the tree, and by offence code."""
    return tidy_offences(con, file, BY_FORCE, _CODES)


_CODES = """
    UNION ALL
    SELECT area_code, first_month, 'home-office-code/' || code, count FROM recorded WHERE reason IS NULL
"""
