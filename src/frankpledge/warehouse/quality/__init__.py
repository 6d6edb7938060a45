"""What an analyst should know before using the data: found by the build, each finding a sentence.

One module a family of findings, each with one function that reads the warehouse and gives findings. Nothing
is asked of a clock: “now” is the day the newest file was added, so that a build of the same files says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from frankpledge.warehouse.quality.boundaries import find_boundary_breaks
from frankpledge.warehouse.quality.breaks import find_breaks
from frankpledge.warehouse.quality.completeness import find_empty_fields
from frankpledge.warehouse.quality.corrected import find_corrections
from frankpledge.warehouse.quality.double_counting import find_double_counting
from frankpledge.warehouse.quality.due import find_due
from frankpledge.warehouse.quality.finding import put_findings
from frankpledge.warehouse.quality.gaps import find_gaps
from frankpledge.warehouse.quality.intake import find_intake
from frankpledge.warehouse.quality.labels import find_changed_labels
from frankpledge.warehouse.quality.left_out import find_left_out
from frankpledge.warehouse.quality.populations import find_revised_populations
from frankpledge.warehouse.quality.records import find_in_records
from frankpledge.warehouse.quality.releases import find_revisions
from frankpledge.warehouse.quality.small_numbers import find_small_numbers
from frankpledge.warehouse.quality.stated import find_stated
from frankpledge.warehouse.quality.timeliness import find_lag

_FAMILIES = (
    find_intake,
    find_gaps,
    find_corrections,
    find_left_out,
    find_double_counting,
    find_revisions,
    find_breaks,
    find_boundary_breaks,
    find_changed_labels,
    find_empty_fields,
    find_in_records,
    find_small_numbers,
    find_revised_populations,
    find_lag,
    find_due,
    find_stated,
)


def find_quality(con: duckdb.DuckDBPyConnection, own: Sequence[str] = ()) -> None:
    """Fill ``quality`` from what was loaded.

    Parameters
    ----------
    own
        Codes of the partnership's own areas: a list of many areas begins with them.
    """
    con.execute("DELETE FROM quality")
    con.execute("CREATE OR REPLACE TEMP TABLE own_area AS SELECT unnest(?::VARCHAR[]) AS code", [list(own)])
    for find in _FAMILIES:
        put_findings(con, find(con))
    con.execute("DROP TABLE own_area")
