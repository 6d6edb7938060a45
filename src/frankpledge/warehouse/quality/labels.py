"""Words for offences that a publisher changed between releases of one dataset, and those it writes in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.sources.reading.tables import label_sql
from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.words import counted, listed

# Beyond so many words for one offence, the rest are counted.
MOST_WORDS = 4


def find_changed_labels(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about words for offences."""
    yield from _changed(con)
    yield from _written(con)


# Which words each release has for an offence; a word is known by the one way in which ``label`` holds it.
_WORDS = f"""
    SELECT DISTINCT load.dataset, load.release, offence.path, label.label
    FROM noticed JOIN load USING (load_id)
    JOIN label ON label.label = {label_sql("noticed.subject")}
    JOIN offence USING (offence_id)
    WHERE noticed.kind = 'label: ' || label.family ORDER BY ALL
"""


def _changed(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Offences that stand under other words in the oldest and the newest release."""
    words: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for dataset, release, path, label in con.execute(_WORDS).fetchall():
        words[dataset][path][release].add(label)
    for dataset, paths in words.items():
        changes = []
        for path, releases in sorted(paths.items()):
            order = sorted(releases)
            gone, come = releases[order[0]] - releases[order[-1]], releases[order[-1]] - releases[order[0]]
            if gone and come:
                changes.append(f"{_quoted(gone)} became {_quoted(come)} ({path})")
        if changes:
            sentence = (
                f"The publisher changed its words for {counted(len(changes), 'offence')} between releases: "
                f"{'; '.join(changes)}. Both "
                "are counted as the same offence; what they take in may differ."
            )
            look = "definitions/sources, and docs/reference/offences.md"
            yield Finding("changed labels", dataset, "labels", sentence, Seriousness.CARE, look, len(changes))


def _quoted(labels: set[str]) -> str:
    return listed((f"“{label}”" for label in sorted(labels)), MOST_WORDS)


def _written(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Words that differ in capitals, spaces, or “&” for “and” alone."""
    rows = con.execute(f"""
        SELECT dataset, count(*), min_by(ways, label) FROM (
            SELECT load.dataset, {label_sql("noticed.subject")} AS label,
                   list(DISTINCT noticed.subject ORDER BY noticed.subject) AS ways
            FROM noticed JOIN load USING (load_id) WHERE noticed.kind LIKE 'label: %' GROUP BY ALL
        ) WHERE len(ways) > 1 GROUP BY dataset ORDER BY dataset
    """).fetchall()
    for dataset, number, ways in rows:
        example = " and ".join(f"“{way}”" for way in ways[:2])
        sentence = (
            f"{number} of its words for offences are written in more than one way, such as {example}. They are read "
            "as one."
        )
        yield Finding("spelling of labels", dataset, "labels", sentence, Seriousness.KNOW, "table noticed", number)
