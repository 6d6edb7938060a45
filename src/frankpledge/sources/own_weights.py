"""Weights an analyst has looked up: a set, an offence of ours and what one of it stands for, with where it was read.

For sets that no publisher puts out as a table, or that came as a picture or a book: the Cambridge Crime Harm Index, the
Home Office's costs to society. What a set measures, and whether anybody has verified it, is in ``definitions/harm``.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.harm_weights import Scheme, tidy_weights
from frankpledge.sources.source import Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="own-weights",
    title="Weights looked up by hand",
    publisher="whoever is named in the file",
    dataset="own-weights",
    licence="as the file's own column says",
    cadence="once",
    looks_like="a CSV or workbook with the columns scheme, offence (a path, as in the reference page of offences), "
    "weight and read_in",
    stage=Stage.PEOPLE,
    caveats=("Typed by hand: check them against where they were read before anything rests on them.",),
)

_NEEDS = ("scheme", "offence", "weight", "read_in")


def recognises(sample: Sample) -> bool:
    """A table of weights by set and offence, with where each was read."""
    return sample.tabular and sample.has(*_NEEDS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A weight for each set and offence."""
    return tidy_weights(con, file, (Scheme("own-weights", '"weight"', '"offence"', _NEEDS, named='"scheme"'),))
