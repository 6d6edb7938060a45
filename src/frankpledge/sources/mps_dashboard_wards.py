"""The Metropolitan Police's monthly dashboard by neighbourhood team, each of which has one ward.

Its rows stand in the same file as those of boroughs, and count the same crimes: a series of its own, so that
they are never added to them. `mps_dashboard` reads the file.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources import mps_dashboard
from frankpledge.sources.mps_dashboard import OUTCOMES, OVERLAP, WARDS
from frankpledge.sources.parts.mps_wide import NEW_RECORDING_SYSTEM
from frankpledge.sources.source import OGL_2, Sample, Source, Tidied

SOURCE = Source(
    slug="mps-dashboard-wards",
    title="Monthly dashboard by ward",
    publisher="Metropolitan Police Service",
    dataset=WARDS,
    licence=OGL_2,
    cadence="monthly",
    looks_like="rows of the monthly dashboard by borough, in the same file",
    caveats=(
        OVERLAP,
        OUTCOMES,
        "Wards are those of 2022 in every year; few crimes are still booked to wards that were replaced.",
    ),
    provisional_months=2,
    labels=mps_dashboard.FAMILY,
    breaks=(NEW_RECORDING_SYSTEM,),
)


def recognises(sample: Sample) -> bool:
    """No file: its rows come with those of boroughs."""
    return False


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """As `mps_dashboard` reads the file."""
    return mps_dashboard.tidy(con, file)
