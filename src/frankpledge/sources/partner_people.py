"""Victims and suspects of a partner's incidents: by code, never by name; “not recorded” is a value."""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.partner_template import LICENCE, NOT_RECORDED, PUBLISHER, Template, stage, tidied
from frankpledge.sources.source import Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="partner-people",
    title="Victims and suspects from partners' records",
    publisher=PUBLISHER,
    dataset="partner-people",
    licence=LICENCE,
    cadence="as agreed with the partner",
    looks_like="a CSV with the columns reference, role, person, age_band, sex, ethnicity, injury, relationship and "
    "invented",
    issue=Issue.MONTHLY,
    caveats=("What is not recorded is kept as such: shares are of those recorded only where that is said.",),
    sensitivity="personal",
    policy="partners-records",
)

_NEEDED = ("reference", "role", "person", "age_band", "sex")
_DETAILS = ("ethnicity", "injury", "relationship")

# Letters, digits and hyphens, with a digit among them: nothing that reads as a name.
_CODE = "[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*"
# A band of years; a date of birth is refused.
_BAND = f"([0-9]{{1,3}}-[0-9]{{1,3}}|under [0-9]{{1,3}}|[0-9]{{1,3}}( and over|[+])|{NOT_RECORDED}|)"

_TEMPLATE = Template(
    needed=_NEEDED,
    optional=dict.fromkeys(_DETAILS, NOT_RECORDED),
    wrong={
        "reference = ''": "it names no incident (reference)",
        "lower(role) NOT IN ('victim', 'suspect')": "“role” is neither victim nor suspect",
        f"NOT regexp_full_match(person, '{_CODE}')": "“person” is not a code, such as V-004512",
        f"NOT regexp_full_match(lower(age_band), '{_BAND}')": "“age_band” is not a band of years, such as 25-34",
    },
    personal=True,
)


def recognises(sample: Sample) -> bool:
    """A table with the template's columns."""
    return sample.form == "table" and sample.has(*_NEEDED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One involvement for each row that can be used."""
    stage(con, file, _TEMPLATE)
    values = ", ".join(
        f"coalesce(nullif(lower({column}), ''), '{NOT_RECORDED}') AS {column}"
        for column in ("age_band", "sex", *_DETAILS)
    )
    involved = f"SELECT hash(reference) AS reference, lower(role) AS role, person, {values}"
    return tidied(con, _TEMPLATE, (Rows("involvement", f"{involved} FROM partner_row WHERE reason IS NULL"),), "")
