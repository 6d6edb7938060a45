"""Police recorded crime by community safety partnership, quarter and offence code, from the Home Office's open tables.

Made from the layout that the Home Office documents and others read: one sheet a financial year, and a sheet of
notes, which says whose data are lacking. No real file was at hand. Partnerships are named, not coded: their
names are looked up. One that covers a single authority stands for the authority too.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.home_office_offences import BY_PARTNERSHIP, has_partnerships, tidy_offences
from frankpledge.sources.source import OGL_3, Sample, Source, Tidied

SOURCE = Source(
    slug="home-office-partnerships",
    title="Police recorded crime by partnership and quarter",
    publisher="Home Office",
    dataset="home-office-partnerships",
    licence=OGL_3,
    cadence="quarterly",
    leans=True,
    looks_like="a workbook (or CSV) with the columns Financial Year, Financial Quarter, Police Force, CSP Name, "
    "Offence Code, Offence Subgroup and Offence Count",
    caveats=(
        "Counts are by quarter of the financial year, which begins in April.",
        "Offences that a force could give to no partnership are in none.",
        "Fraud reported to the national centre is not in it.",
    ),
    seen=False,
)


def recognises(sample: Sample) -> bool:
    """A table of offences by partnership and quarter."""
    return has_partnerships(sample)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Published values by partnership, quarter and place in the tree."""
    return tidy_offences(con, file, BY_PARTNERSHIP, _ALONE)


# A partnership of one authority: its figures are the authority's.
_ALONE = """
    UNION ALL
    SELECT alone.authority, first_month, unnest(list_transform(range(1, len(parts) + 1),
           lambda number: array_to_string(parts[1:number], '/'))), count
    FROM (SELECT area_code, first_month, string_split(path, '/') AS parts, count FROM recorded WHERE reason IS NULL)
    JOIN (
        SELECT parent, max(child) AS authority FROM area_member
        WHERE parent_kind = 'partnership' AND child_kind = 'authority'
        GROUP BY parent HAVING count(DISTINCT child) = 1
    ) AS alone ON alone.parent = area_code
"""
