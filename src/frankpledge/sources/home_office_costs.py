"""What one crime costs the police, by kind: per event, and per event recorded.

A working table made from the Home Office's economic and social costs of crime: the cost of an event, recorded
or not, times how many happen for each that is recorded.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.harm_weights import Scheme, tidy_weights
from frankpledge.sources.reading.tables import header, quoted
from frankpledge.sources.source import OGL_3, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="home-office-costs",
    title="Police costs of crime",
    publisher="Home Office",
    dataset="home-office-costs",
    licence=OGL_3,
    cadence="once",
    looks_like="a workbook with the columns Offence, Estimated Cost per event and cost per event recorded",
    stage=Stage.PEOPLE,
    caveats=("What police work costs, in pounds: not what crime costs its victims.",),
)

_RECORDED = "cost per event recorded"
_EVERY = "estimated cost per event"


def recognises(sample: Sample) -> bool:
    """A table of costs per event."""
    return sample.tabular and sample.has("Offence") and all(_column(sample.columns, one) for one in (_RECORDED, _EVERY))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """The cost of one recorded crime of each kind, and that of one of all that happen."""
    columns = tuple(header(file.path))
    recorded, every = (_column(columns, one) for one in (_RECORDED, _EVERY))
    assert recorded and every, "recognised without its columns"
    schemes = (
        Scheme("home-office-costs", quoted(recorded), '"Offence"', ("Offence",)),
        Scheme("home-office-costs-of-all-events", quoted(every), '"Offence"', ("Offence",)),
    )
    return tidy_weights(con, file, schemes)


def _column(columns: tuple[str, ...], words: str) -> str | None:
    return next((column for column in columns if column.lower().startswith(words)), None)
