"""Populations that were revised after a document was printed with them, and the newest year that is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.published import published_populations
from frankpledge.warehouse.quality.finding import Finding, Seriousness, own_areas
from frankpledge.warehouse.quality.words import change, listed, own_first

# A difference below this is one of rounding in what was printed.
LEAST_CHANGE = 0.005


def find_revised_populations(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Printed populations beside those held; estimates are revised after each Census."""
    printed = list(published_populations())
    rows = con.execute(
        """
        SELECT old.dataset, new.dataset, area.name, was.year, was.number, now.number
        FROM population AS was
        JOIN series AS old ON old.series_id = was.series_id AND list_contains($printed, old.dataset)
        JOIN population AS now USING (area_code, year, part)
        JOIN series AS new ON new.series_id = now.series_id AND NOT list_contains($printed, new.dataset)
        JOIN area ON area.code = was.area_code
        WHERE abs(now.number - was.number) >= $least * was.number ORDER BY ALL
        """,
        {"printed": printed, "least": LEAST_CHANGE},
    ).fetchall()
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for was, now, name, year, before, after in rows:
        found[was, now][name] = f"{name} mid-{year} {before:,} → {after:,} ({change(before, after)})"
    for (was, now), areas in found.items():
        said = listed(areas[name] for name in own_first(list(areas), own_areas(con)))
        sentence = (
            f"Populations were revised since {was} was printed: {said}. A rate printed then cannot be had from the "
            "populations held now; pin the printed ones to have it."
        )
        look = f"frankpledge show … --pin population={was}"
        yield Finding("revised populations", now, was, sentence, Seriousness.CARE, look, len(areas))
