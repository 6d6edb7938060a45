"""What a finding is: a sentence, where to look, and how much depends on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import duckdb

from frankpledge.warehouse.putting import put_rows


class Seriousness(IntEnum):
    """What comes of it when nobody reads the finding."""

    MISLEADS = 1  # a figure would be wrong, or is missing
    CARE = 2  # a comparison would be unfair
    KNOW = 3  # worth knowing


# Findings that are of no one dataset.
SEVERAL = "several datasets"


@dataclass(frozen=True)
class Finding:
    """Something an analyst should know before using the data.

    Attributes
    ----------
    kind
        What sort of finding, in two or three words.
    dataset
        Of which dataset; `SEVERAL` where it is of none alone.
    subject
        Which file, area, field or period.
    sentence
        What it is and what follows from it.
    seriousness
        How much depends on it.
    look
        Where more stands: a table of the warehouse, a command, a file.
    number
        How many rows, areas or months it touches.
    """

    kind: str
    dataset: str
    subject: str
    sentence: str
    seriousness: Seriousness
    look: str = ""
    number: int | None = None


def put_findings(con: duckdb.DuckDBPyConnection, findings: Iterable[Finding]) -> None:
    """Write findings down in the table ``quality``."""
    put_rows(
        con,
        "quality",
        [
            {
                "kind": one.kind,
                "dataset": one.dataset,
                "subject": one.subject,
                "number": one.number,
                "sentence": one.sentence,
                "seriousness": int(one.seriousness),
                "look": one.look,
            }
            for one in findings
        ],
    )


def own_areas(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of the partnership's own areas, which a long list names first."""
    return {str(name) for (name,) in con.execute("SELECT name FROM area JOIN own_area USING (code)").fetchall()}
