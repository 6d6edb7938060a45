"""What a source says of itself, for every dataset that is held: its caveats, which stand beside its figures."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.quality.finding import Finding, Seriousness


def find_stated(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """The caveats of every source that a file is held of, records that are made up aside."""
    slugs = {slug for (slug,) in con.execute("SELECT DISTINCT source FROM load WHERE NOT invented").fetchall()}
    for slug, registered in all_sources().items():
        source = registered.source
        if slug in slugs and source.caveats:
            sentence = " ".join(source.caveats)
            yield Finding(
                "stated by the source", source.dataset, source.title, sentence, Seriousness.KNOW, "frankpledge sources"
            )
        if slug in slugs and not source.seen:
            sentence = (
                "Its files are read by the layout that the publisher documents; nobody here had seen one when this was "
                "written. Check a figure or two against the publisher's own."
            )
            yield Finding("layout not seen", source.dataset, source.title, sentence, Seriousness.CARE, "table load")
