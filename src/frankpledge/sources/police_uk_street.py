"""Street-level crime and anti-social behaviour, from data.police.uk: one file a force and month.

Places are snapped to about 750,000 fixed points, so that counts near a border can fall on its wrong
side, and a neighbour's crimes spill into files that do not cover the area. A month is all the date
there is. Anti-social behaviour has no identifier, and some crimes share one: nothing is ever removed
for sharing one.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_number
from frankpledge.provenance import RawFile
from frankpledge.sources.reading import (
    is_month_sql,
    label_sql,
    month_sql,
    one_row,
    ragged_rows_sql,
    read_csv_sql,
)
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="police-uk-street",
    title="Street-level crime and anti-social behaviour",
    publisher="Home Office, data.police.uk",
    dataset="police-uk-street",
    licence=OGL_3,
    cadence="monthly, about two months after the month",
    looks_like="a CSV with the columns Crime ID, Month, Falls within, LSOA code and Crime type",
    issue=Issue.MONTHLY,
    caveats=(
        "Places are snapped to fixed points before publication; counts near a border can fall on its wrong side.",
        "Records without a place are counted for the force only, not for any authority or ward.",
    ),
)

_COLUMNS = ("Crime ID", "Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "Crime type")
_TYPE = '"Crime type"'


def recognises(sample: Sample) -> bool:
    """A table with the columns of a street file."""
    return sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One incident for each row; a row without a month cannot be used."""
    read = read_csv_sql(file.path)
    good = is_month_sql("Month")
    rows, first, last, force = one_row(
        con,
        f'SELECT count(*), min(Month) FILTER ({good}), max(Month) FILTER ({good}), mode("Falls within") FROM {read}',
    )
    (ragged,) = one_row(con, f"SELECT count(*) FROM ({ragged_rows_sql(file.path)})")
    return Tidied(
        release=last or "",
        rows=(Rows("incident", _incidents(read, good)),),
        rows_read=rows + ragged,
        refused=_refused(read, good) + " UNION ALL " + ragged_rows_sql(file.path),
        unknown_labels=f"SELECT DISTINCT {_TYPE} AS label FROM {read} WHERE {label_sql(_TYPE)} "
        "NOT IN (SELECT label FROM label WHERE family = 'police-uk')",
        first_month=_number(first),
        last_month=_number(last),
        force=force or "",
    )


def _number(month: str | None) -> int | None:
    return month_number(int(month[:4]), int(month[-2:])) if month else None


def _incidents(read: str, good: str) -> str:
    return f"""
        SELECT
            {month_sql("Month")} AS month,
            coalesce(label.offence_id, (SELECT offence_id FROM offence WHERE path = 'crime/unrecognised'))
                AS offence_id,
            CASE WHEN "Crime ID" <> '' THEN hash("Crime ID") END AS reference,
            nullif("LSOA code", '') AS area_code,
            -- Points beyond Great Britain (0, 0 among them) are slips, not places.
            CASE WHEN TRY_CAST(Longitude AS DOUBLE) BETWEEN -9 AND 2.5 THEN TRY_CAST(Longitude AS DOUBLE) END
                AS longitude,
            CASE WHEN TRY_CAST(Latitude AS DOUBLE) BETWEEN 49 AND 61 THEN TRY_CAST(Latitude AS DOUBLE) END
                AS latitude,
            nullif(Location, '') AS place,
            nullif("Last outcome category", '') AS outcome
        FROM {read} AS raw
        LEFT JOIN label ON label.family = 'police-uk' AND label.label = {label_sql(_TYPE)}
        WHERE {good}
    """


def _refused(read: str, good: str) -> str:
    return (
        f"SELECT row, 'the month “' || coalesce(Month, '') || '” is not a month' AS reason, text FROM "
        f"(SELECT row_number() OVER () + 1 AS row, Month, CAST(raw AS VARCHAR) AS text FROM {read} AS raw) "
        f"WHERE NOT coalesce({good}, false)"
    )
