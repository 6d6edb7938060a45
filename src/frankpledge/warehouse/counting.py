"""Counting records into the cube: each under its offence, and under every flag it carries."""

from __future__ import annotations

from collections.abc import Collection

import duckdb


def count_records(con: duckdb.DuckDBPyConnection, files: Collection[int]) -> None:
    """Count the records of files by month, area and offence, but for those in no area.

    What was counted of them before is forgotten: they may have lost records to a newer file.

    Parameters
    ----------
    files
        Their numbers; one or more.
    """
    numbers = ", ".join(str(number) for number in sorted(files))
    con.execute(f"DELETE FROM monthly_count WHERE load_id IN ({numbers})")
    con.execute(_RECORDS.format(numbers=numbers))
    con.execute(_FLAGGED.format(numbers=numbers))


def tell_apart(con: duckdb.DuckDBPyConnection, load_id: int, series_id: int, labels: str | None) -> None:
    """Write down what a file of records tells apart: the words its publisher has for offences, and the flags in it.

    Parameters
    ----------
    labels
        The family of its publisher's words; None where each file says for itself.
    """
    if labels:
        con.execute(
            "INSERT INTO series_offence SELECT DISTINCT ?, ?, offence_id FROM label WHERE family = ?",
            [load_id, series_id, labels],
        )
    # Most publishers flag nothing: to look is quicker than to take apart.
    if con.execute("SELECT 1 FROM incident WHERE load_id = ? AND flags IS NOT NULL LIMIT 1", [load_id]).fetchall():
        con.execute(_FLAGS, [load_id, series_id, load_id])


_RECORDS = """
    INSERT INTO monthly_count
    SELECT load_id, series_id, month, area_id, offence_id, CAST(count(*) AS INTEGER)
    FROM incident JOIN load USING (load_id) WHERE load_id IN ({numbers}) AND area_id IS NOT NULL
    GROUP BY ALL ORDER BY load_id, area_id, offence_id, month
"""

_FLAGGED = """
    INSERT INTO monthly_count
    SELECT load_id, series_id, month, area_id, flagged.offence_id, CAST(count(*) AS INTEGER)
    FROM (SELECT load_id, month, area_id, unnest(list_distinct(string_split(flags, ' '))) AS flag
          FROM incident WHERE load_id IN ({numbers}) AND flags IS NOT NULL AND area_id IS NOT NULL)
    JOIN load USING (load_id) JOIN offence AS flagged ON flagged.path = 'flagged/' || flag
    GROUP BY load_id, series_id, month, area_id, flagged.offence_id ORDER BY load_id, area_id, offence_id, month
"""

_FLAGS = """
    INSERT INTO series_offence
    SELECT ?, ?, offence_id FROM offence WHERE path IN (
        SELECT DISTINCT 'flagged/' || unnest(string_split(flags, ' ')) FROM incident
        WHERE load_id = ? AND flags IS NOT NULL)
"""
