"""Metropolitan Police recorded crime by borough and month, historical and recent releases.

Each release restates every month, so releases of one month differ; areas were re-assigned between
them. No anti-social behaviour; the City of London has its own force and is not in it. Offences at
Heathrow, or with no known borough, belong to London but to none of its boroughs.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.mps_wide import (
    AIRPORTS_APART,
    FAMILY,
    NEW_RECORDING_SYSTEM,
    borough_column,
    month_columns,
    tidy_wide,
)
from frankpledge.sources.reading.tables import header, label_sql, quoted
from frankpledge.sources.source import OGL_2, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="mps-borough",
    title="Recorded crime by borough",
    publisher="Metropolitan Police Service",
    dataset="mps-borough",
    licence=OGL_2,
    cadence="monthly",
    looks_like="a CSV with the columns MajorText, MinorText, a borough's name, and a column a month (201804)",
    caveats=(
        "Releases differ for a borough in every year, because areas were re-assigned between them: by 2 to 4%, and for "
        "Hillingdon, where Heathrow lies, by more.",
        "Sheds and garages are counted with homes in residential burglary from March 2024.",
        "Anti-social behaviour is not in it, nor is the City of London, which has its own police force.",
    ),
    provisional_months=2,
    labels=FAMILY,
    areas="E09",
    breaks=(AIRPORTS_APART, NEW_RECORDING_SYSTEM),
)


def recognises(sample: Sample) -> bool:
    """A wide table by borough: it has months and a borough, and no smaller area."""
    return (
        sample.has("MajorText", "MinorText")
        and borough_column(sample.columns) is not None
        and bool(month_columns(sample.columns))
        and not any("ward" in column.lower() or "lsoa" in column.lower() for column in sample.columns)
    )


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, borough and offence."""
    borough = borough_column(header(file.path))
    assert borough is not None, "recognised without a borough column"
    return tidy_wide(con, file, borough_code_sql(f"raw.{quoted(borough)}"), (Rows("noticed", _beyond(borough)),))


def _beyond(borough: str) -> str:
    """The names in the place of a borough's that are none, and stand for all of London: noticed by name."""
    return f"""
        SELECT 'beyond boroughs' AS kind, {quoted(borough)} AS subject, count(*) AS number
        FROM wide WHERE area_code LIKE 'E12%' GROUP BY ALL
    """


def borough_code_sql(name: str) -> str:
    """SQL for the code of a borough, or of London where the name is no borough's."""
    return f"(SELECT code FROM named_area WHERE named_area.name = {label_sql(name)})"
