"""Outcomes of crimes, from data.police.uk: one file a force and month, the month being that of the outcome.

An outcome is not a crime: it stands under outcome/… and is never added to crimes. One crime can have
several, and nearly all are of crimes of earlier months.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.points import LATITUDE, LONGITUDE, NUMBERS, PLACE
from frankpledge.sources.reading.tables import is_month_sql, label_sql, month_sql, one_row, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

FAMILY = "police-uk-outcomes"

SOURCE = Source(
    slug="police-uk-outcomes",
    title="Outcomes of crimes",
    publisher="Home Office, data.police.uk",
    dataset="police-uk-outcomes",
    licence=OGL_3,
    cadence="monthly, about two months after the month",
    looks_like="a CSV with the columns Crime ID, Month, Falls within, LSOA code and Outcome type",
    issue=Issue.MONTHLY,
    caveats=(
        "The month is that of the outcome; most of the crimes happened in earlier months.",
        "One crime can have several outcomes: outcomes over crimes of the same months is no rate of success.",
        "Places are snapped to fixed points before publication; counts near a border can fall on its wrong side.",
    ),
)

_COLUMNS = ("Crime ID", "Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "Outcome type")


def recognises(sample: Sample) -> bool:
    """A table with the columns of a file of outcomes, and no kinds of crime."""
    return sample.form == "table" and sample.has(*_COLUMNS) and not sample.has("Crime type")


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One record for each outcome; a row without a month cannot be used."""
    rows = stage_table(con, "outcome_line", file.path)
    con.execute(_STAGE)
    kept, first, last, force = one_row(con, _SUMMARY)
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("incident", _RECORDS), Rows("series_offence", _TOLD)),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
        unknown_labels="SELECT DISTINCT outcome AS label FROM outcome_row WHERE NOT known AND month IS NOT NULL",
        first_month=first,
        last_month=last,
        force=force or "",
    )


_STAGE = f"""
    CREATE OR REPLACE TEMP TABLE outcome_row AS
    SELECT line.file_line, line."Month" AS written, line."Falls within" AS force, line."Outcome type" AS outcome,
           CASE WHEN {is_month_sql('line."Month"')} THEN {month_sql('line."Month"')} END AS month,
           known.offence_id IS NOT NULL AS known,
           coalesce(known.offence_id, (SELECT offence_id FROM offence WHERE path = 'outcome/other'))
               AS offence_id,
           line."Crime ID" AS crime, line."LSOA code" AS area_code, {PLACE} AS place,
           {LONGITUDE} AS longitude, {LATITUDE} AS latitude
    FROM (SELECT *, {NUMBERS} FROM outcome_line) AS line
    LEFT JOIN label AS known ON known.family = '{FAMILY}' AND known.label = {label_sql('line."Outcome type"')}
"""

_SUMMARY = """
    SELECT count(*) FILTER (month IS NOT NULL), min(month), max(month), mode(force) FILTER (month IS NOT NULL)
    FROM outcome_row
"""

_RECORDS = """
    SELECT month, offence_id, CASE WHEN crime <> '' THEN hash(crime) END AS reference,
           nullif(area_code, '') AS area_code, longitude, latitude, place, outcome
    FROM outcome_row WHERE month IS NOT NULL ORDER BY file_line
"""

# Those of the file alone, for no force uses all the words there are.
_TOLD = "SELECT DISTINCT offence_id FROM outcome_row WHERE month IS NOT NULL"

_REFUSED = """
    SELECT file_line AS row, 'the month “' || coalesce(written, '') || '” is not a month' AS reason,
           CAST(line AS VARCHAR) AS text
    FROM outcome_row JOIN outcome_line AS line USING (file_line) WHERE outcome_row.month IS NULL
"""
