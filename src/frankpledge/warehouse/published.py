"""Figures that documents have printed, and the populations behind them: for setting ours beside theirs."""

from __future__ import annotations

import duckdb

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.sources.reading.tables import one_row
from frankpledge.warehouse.putting import put_rows

POPULATIONS = "-populations"


def load_published(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``published_figure``; where a document contradicts itself the table stands and the conflict is kept."""
    for slug, path in definition_files("published").items():
        if not slug.endswith(POPULATIONS):
            _load_document(con, slug, read_definition(path))


def _load_document(con: duckdb.DuckDBPyConnection, slug: str, document: Entry) -> None:
    conflicts = {_key(one): _conflict_words(one) for one in document.entries("conflicts", [])}
    rows = [
        _row(slug, document, table, row, conflicts.get(_key(row)))
        for table in document.entries("tables")
        for row in table.entries("rows")
    ]
    put_rows(con, "published_figure", rows)


def _row(slug: str, document: Entry, table: Entry, row: Entry, conflict: str | None) -> dict[str, object]:
    return {
        "document": slug,
        "title": document.text("title"),
        "section": table.text("section"),
        "place": table.text("kind", "table"),
        "indicator": row.text("indicator"),
        "area_code": row.text("area", "") or None,
        "people": row.text("group", "") or None,
        "period": row.text("period"),
        "against": row.text("against", "") or None,
        "measure": row.text("measure"),
        "value": float(row.text("value")),
        "printed": row.text("value"),
        "contradicted": conflict,
    }


def _conflict_words(one: Entry) -> str:
    return f"{one.text('elsewhere', 'another figure')} in {one.text('where', 'the text')}: {one.text('why')}"


def _key(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.text(part, "") for part in ("indicator", "area", "group", "period", "against", "measure"))


def load_published_populations(con: duckdb.DuckDBPyConnection) -> None:
    """Populations that documents were printed with, each a series that a partnership may pin."""
    for slug, (entry, rows) in published_populations().items():
        (number,) = one_row(con, "SELECT count(*) FROM series")
        con.execute(
            "INSERT INTO series VALUES (?, ?, ?, NULL, NULL, NULL, 'open', false)",
            [number, slug, "printed"],
        )
        put_rows(
            con,
            "population",
            [
                {
                    "series_id": number,
                    "area_code": row.text("area"),
                    "year": int(year),
                    "part": "residents",
                    "number": row.whole("value"),
                }
                for row in rows
                for year in entry.texts("years")
            ],
        )


def published_populations() -> dict[str, tuple[Entry, tuple[Entry, ...]]]:
    """Slug → definition and rows of every set of populations that a document was printed with."""
    found = {}
    for slug, path in definition_files("published").items():
        if slug.endswith(POPULATIONS):
            entry = read_definition(path)
            found[slug] = (entry, entry.entries("rows"))
    return found
