"""What people corrected by hand, with who and why."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.corrections import scope_words
from frankpledge.warehouse.quality.finding import Finding, Seriousness


def find_corrections(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Each correction, and whether it changed anything."""
    rows = con.execute("""
        SELECT line, dataset, area_code, coalesce(area.name, area_code), offence, first_month, last_month, state, why,
               who, day, areas
        FROM correction LEFT JOIN area ON area.code = area_code ORDER BY line
    """).fetchall()
    for line, dataset, code, name, offence, first, last, state, why, who, day, areas in rows:
        scope = scope_words(code and name, offence, first, last)
        if areas:
            sentence = f"By hand, {who} on {day} called {scope} {state}: {why}."
            seriousness = Seriousness.CARE
        else:
            sentence = (
                f"The correction of {who} on {day} changes nothing: {dataset} says nothing of {scope}. See that "
                "dataset, "
                "area and months are as they are held."
            )
            seriousness = Seriousness.MISLEADS
        look = f"definitions/corrections.yaml, line {line}"
        yield Finding("corrected by hand", dataset, scope, sentence, seriousness, look, areas)
