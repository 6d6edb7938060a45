"""National Public Transport Access Nodes: stations, tram and bus stops, as people know them.

Made from the publisher's documented layout; no real file has been seen. Entrances and platforms are left
aside, for the station they belong to is in the file itself, and so is what is no longer there.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import judge
from frankpledge.sources.parts.measures import named_sql, number_sql
from frankpledge.sources.parts.place_kinds import place_kinds
from frankpledge.sources.reading.tables import header, literal, one_row
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="naptan",
    title="Stations and stops (NaPTAN)",
    publisher="Department for Transport",
    dataset="naptan",
    licence=OGL_3,
    cadence="daily",
    looks_like="a CSV with the columns ATCOCode, CommonName, Easting, Northing and StopType",
    stage=Stage.PEOPLE,
    seen=False,
)

_COLUMNS = ("ATCOCode", "CommonName", "Easting", "Northing", "StopType")
_GONE = "('inactive', 'del', 'deleted')"

# The Underground and the Docklands Light Railway have the code of a metro, and stations all the same.
_STATIONS = "regexp_full_match(atco, '94..ZZ(LU|DL).*')"


def recognises(sample: Sample) -> bool:
    """A table with the columns of a file of stops."""
    return sample.tabular and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A named place for each station and stop."""
    columns = header(file.path)
    status = "lower(trim(Status))" if "Status" in columns else "''"
    changed = "left(ModificationDateTime, 10)" if "ModificationDateTime" in columns else "NULL::VARCHAR"
    judged = judge(
        con,
        file.path,
        "stop",
        {
            "atco": "trim(ATCOCode)",
            "name": "trim(CommonName)",
            "stop_type": "lower(trim(StopType))",
            "status": status,
            "changed": changed,
            "easting": number_sql("Easting"),
            "northing": number_sql("Northing"),
        },
        {
            "name IS NULL OR name = ''": literal("it has no name"),
            "easting IS NULL OR northing IS NULL": literal("it has no Easting and Northing"),
        },
        once=("atco",),
    )
    # The file does not say when it was made, but when each stop was last changed.
    (newest,) = one_row(con, "SELECT coalesce(max(changed), '') FROM stop WHERE reason IS NULL")
    return judged.tidied(Rows("place_name", _places()), release=newest)


def _places() -> str:
    return f"""
        SELECT stop.name, CASE WHEN {_STATIONS} THEN 'station' ELSE kind.said END AS kind,
               CAST(easting AS INTEGER) AS easting, CAST(northing AS INTEGER) AS northing
        FROM stop JOIN {named_sql(place_kinds("naptan"))} AS kind(words, said) ON kind.words = stop.stop_type
        WHERE reason IS NULL AND coalesce(status, '') NOT IN {_GONE}
    """
