"""Weights of the Crime Severity Score: how much harm one offence stands for, by the sentences courts have given.

From the Office for National Statistics, by Home Office offence code; one table says besides which category of
data.police.uk each code is counted under.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.harm_weights import Scheme, tidy_weights
from frankpledge.sources.reading.notes import note
from frankpledge.sources.source import OGL_3, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-crime-severity",
    title="Crime Severity Score weights",
    publisher="Office for National Statistics",
    dataset="ons-crime-severity",
    licence=OGL_3,
    cadence="every five years",
    looks_like="a CSV with the columns ONS_COUNTS_code, ONS_SEVERITY_weight and POLICE_UK_CAT_MAP_category, or "
    "code_original, offence and weight",
    stage=Stage.PEOPLE,
    caveats=(
        "A weight is the sentence usually given, in days in prison, not what a victim suffers.",
        "Weights are those of the codes of 2017/18; a code that came later has none.",
    ),
)

_JOINED = ("ONS_COUNTS_code", "ONS_COUNTS_description", "ONS_SEVERITY_weight", "POLICE_UK_CAT_MAP_category")
_BY_CODE = ("code_original", "code_severity", "description", "weight")


def recognises(sample: Sample) -> bool:
    """A table of weights by offence code."""
    return sample.form == "table" and (sample.has(*_JOINED) or sample.has(*_BY_CODE))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A weight for each offence code, and the category of data.police.uk where the table has it."""
    tidied = tidy_weights(con, file, (_JOINED_SCHEME, _CODE_SCHEME))
    twice = con.execute(_TWICE).fetchall()
    if twice:
        codes = ", ".join(f"{code} ({offences})" for code, offences in twice)
        note(con, "code twice", f"has a code for more than one offence: {codes}. {_LOST_NOUGHT}")
    return tidied


_LOST_NOUGHT = "A spreadsheet takes 4.10 for 4.1; tell offences apart by their words."

_JOINED_SCHEME = Scheme(
    "ons-crime-severity",
    weight='"ONS_SEVERITY_weight"',
    offence='"ONS_COUNTS_description"',
    code='"ONS_COUNTS_code"',
    category='"POLICE_UK_CAT_MAP_category"',
    needs=_JOINED,
)
_CODE_SCHEME = Scheme(
    "ons-crime-severity-by-code",
    weight='"weight"',
    offence='"description"',
    code='"code_original"',
    needs=_BY_CODE,
)

_TWICE = """
    SELECT code, string_agg(offence, ', ' ORDER BY offence) FROM weighed
    WHERE reason IS NULL AND code <> '' GROUP BY code HAVING count(DISTINCT offence) > 1 ORDER BY code
"""
