"""Figures that documents have printed, and the populations behind them: for setting ours beside theirs."""

from __future__ import annotations

import duckdb

from frankpledge.definition import Entry, definition_files, read_definition

POPULATIONS = "-populations"


def load_published(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``published_figure``; where a document contradicts itself the table stands and the conflict is kept."""
    for slug, path in definition_files("published").items():
        if not slug.endswith(POPULATIONS):
            _load_document(con, slug, read_definition(path))


def _load_document(con: duckdb.DuckDBPyConnection, slug: str, document: Entry) -> None:
    conflicts = {_key(one): f"{one.text('elsewhere', 'another figure')} in {one.text('where', 'the text')}: {one.text('why')}"
                 for one in document.entries("conflicts", [])}  # fmt: skip
    rows = [
        _row(slug, document, table, row, conflicts.get(_key(row)))
        for table in document.entries("tables")
        for row in table.entries("rows")
    ]
    con.executemany(f"INSERT INTO published_figure VALUES ({', '.join('?' * 13)})", rows)


def _row(slug: str, document: Entry, table: Entry, row: Entry, conflict: str | None) -> list[object]:
    return [
        slug,
        document.text("title"),
        table.text("section"),
        table.text("kind", "table"),
        row.text("indicator"),
        row.text("area", "") or None,
        row.text("group", "") or None,
        row.text("period"),
        row.text("against", "") or None,
        row.text("measure"),
        float(row.text("value")),
        row.text("value"),
        conflict,
    ]


def _key(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.text(part, "") for part in ("indicator", "area", "group", "period", "against", "measure"))


def published_populations() -> dict[str, tuple[Entry, tuple[Entry, ...]]]:
    """Slug → definition and rows of every set of populations that a document was printed with."""
    found = {}
    for slug, path in definition_files("published").items():
        if slug.endswith(POPULATIONS):
            entry = read_definition(path)
            found[slug] = (entry, entry.entries("rows"))
    return found
