"""What police work an offence makes: cost and hours for each, beside its weight in the Crime Severity Score.

A working table of researchers, not a publisher's: costs are those of `home_office_costs`, put to single
offences by hand.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.harm_weights import Scheme, tidy_weights
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import header, quoted
from frankpledge.sources.source import OGL_3, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="police-activity",
    title="Police cost and hours by offence",
    publisher="researchers, from Home Office costs of crime",
    dataset="police-activity",
    licence=OGL_3,
    cadence="once",
    looks_like="a CSV with the columns Offence, Event-Priority, Weight, Cost, Cost cat and Police Hours",
    stage=Stage.PEOPLE,
    caveats=("Costs were put to single offences by hand; many have none.",),
)

_COLUMNS = ("Offence", "Event-Priority", "Weight", "Cost", "Cost cat")
_HOURS = "police hours"


def recognises(sample: Sample) -> bool:
    """A table of offences with what police work they make."""
    return sample.form == "table" and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """The cost and the hours of each offence that has them."""
    schemes = [Scheme("police-cost", '"Cost"', '"Offence"', _COLUMNS, category='"Cost cat"', every=False)]
    hours = next((column for column in header(file.path) if column.lower().startswith(_HOURS)), None)
    if hours:
        # Where there is no cost the hours are written as nought, which they are not.
        weight = f"CASE WHEN coalesce(\"Cost\", '') <> '' THEN {quoted(hours)} END"
        schemes.append(
            Scheme("police-hours", weight, '"Offence"', (*_COLUMNS, hours), category='"Cost cat"', every=False)
        )
    tidied = tidy_weights(con, file, tuple(schemes))
    for category, least, most in con.execute(_DRAGGED).fetchall():
        note(
            con, "dragged cells", f"has costs for “{category}” that rise by 1 from {least} to {most}: {_DRAGGED_WORDS}"
        )
    return tidied


_DRAGGED_WORDS = "so a spreadsheet counts on when a cell is dragged down. The first is likely to be meant for all."

_DRAGGED = """
    SELECT category, CAST(min(weight) AS INTEGER), CAST(max(weight) AS INTEGER)
    FROM weighed WHERE scheme = 'police-cost' AND reason IS NULL GROUP BY category
    HAVING count(DISTINCT weight) > 2 AND max(weight) - min(weight) = count(DISTINCT weight) - 1 ORDER BY category
"""
