"""Months from which a source is counted in another way, as the source states them, and months not yet final."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from frankpledge.periods import month_words
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.quality.finding import Finding, Seriousness


def find_breaks(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Breaks that fall within what is held."""
    held = {
        dataset: (first, last)
        for dataset, first, last in con.execute(
            "SELECT dataset, min(first_month), max(last_month) FROM series WHERE first_month IS NOT NULL GROUP BY "
            "dataset"
        ).fetchall()
    }
    for registered in all_sources().values():
        source = registered.source
        first, last = held.get(source.dataset, (0, 0))
        for one in source.breaks:
            if first < one.month <= last:
                sentence = (
                    f"A break at {month_words(one.month)}: {one.words}. Figures on either side are compared, and the "
                    "break "
                    "is said beside them."
                )
                subject = month_words(one.month)
                yield Finding("break", source.dataset, subject, sentence, Seriousness.CARE, "docs/reference/sources.md")
