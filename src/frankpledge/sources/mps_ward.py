"""Metropolitan Police recorded crime by ward and month, historical and recent releases.

Wards are those of 2022 in every year: earlier crimes were re-assigned to them by the force. A ward's
rows can stand under more than one borough's name (Heathrow), so a ward is known by its code alone.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.mps_borough import borough_code_sql
from frankpledge.sources.parts.mps_wide import FAMILY, NEW_RECORDING_SYSTEM, month_columns, tidy_wide
from frankpledge.sources.source import OGL_2, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="mps-ward",
    title="Recorded crime by ward",
    publisher="Metropolitan Police Service",
    dataset="mps-ward",
    licence=OGL_2,
    cadence="monthly",
    looks_like="a CSV with the columns MajorText, MinorText, WardCode, WardName, and a column a month (201804)",
    caveats=(
        "Wards are those of 2022 in every year: the force re-assigned earlier crimes to them.",
        "Sheds and garages are counted with homes in residential burglary from March 2024.",
        "Anti-social behaviour is not in it.",
        "A borough's count is the sum of its wards: what lies in none of them, as most of Heathrow does, is not in it.",
    ),
    provisional_months=2,
    labels=FAMILY,
    areas="E09",
    breaks=(NEW_RECORDING_SYSTEM,),
)


def recognises(sample: Sample) -> bool:
    """A wide table with a ward's code."""
    return sample.has("MajorText", "MinorText", "WardCode") and bool(month_columns(sample.columns))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, ward and offence, and which borough each ward lies in."""
    code = "CASE WHEN regexp_full_match(raw.WardCode, 'E05[0-9]{6}') THEN raw.WardCode END"
    return tidy_wide(con, file, code, more=(Rows("area_name", _WARDS), Rows("area_member", _MEMBERS)))


_WARDS = "SELECT DISTINCT area_code AS code, WardName AS name, 22 AS vintage FROM wide WHERE area_code IS NOT NULL"

# Heathrow's rows stand under the force's own airport unit as well as under a borough: only rows that
# name a borough say where the ward lies.
_MEMBERS = f"""
    SELECT DISTINCT area_code AS child, parent, 'ward' AS child_kind, 'authority' AS parent_kind, '22' AS vintage
    FROM (SELECT area_code, {borough_code_sql("LookUp_BoroughName")} AS parent FROM wide)
    WHERE area_code IS NOT NULL AND parent LIKE 'E09%'
"""
