"""The document as PDF/UA-1, set by Typst from one template.

All text goes to the template as JSON data, never as markup: a hash or an asterisk in a name stays one.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from frankpledge.disclosure import Released
from frankpledge.model.document import (
    Block,
    BulletList,
    Chart,
    Document,
    Heading,
    Map,
    Note,
    Paragraph,
    QuickFacts,
    Runs,
    Table,
    plain_text,
)
from frankpledge.model.figure import Figure
from frankpledge.report import annex, fonts, glossary, grids, widths, words
from frankpledge.report.frames import WIDE
from frankpledge.report.palette import header_colour
from frankpledge.report.pictures import svg_of
from frankpledge.report.reading import Part, Reading, read

# Between the margins of an A4 page, in points: upright and on its side.
PAGE_WIDTH = 482.0
SIDEWAYS_WIDTH = 728.0


def write_pdf(released: Released[Document], path: Path) -> None:
    """Write the document as an accessible PDF."""
    path.write_bytes(pdf_of(read(released)))


def pdf_of(reading: Reading) -> bytes:
    """The PDF as bytes; the same document gives the same bytes."""
    prepared = datetime.fromisoformat(reading.document.prepared).replace(tzinfo=UTC)
    template = files("frankpledge.report").joinpath("templates/document.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        font_paths=fonts.for_typst(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(reading), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=prepared,
    )


def _data(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "partnership": document.partnership,
        "colour": header_colour(document.colour),
        "family": fonts.FAMILY,
        "invented": words.INVENTED if document.invented else "",
        "marking": reading.marking,
        "brief": document.brief,
        "edition": document.edition,
        "cover": reading.cover,
        "contents_depth": reading.contents_depth,
        "contents_lines": len(reading.contents) + bool(reading.glossary) + 1,
        "parts": [_part(part, reading) for part in reading.parts],
        "glossary": {
            "title": glossary.TITLE,
            "terms": [[term.word, term.meaning] for term in reading.glossary],
        },
        "annex": _annex(reading),
    }


def _part(part: Part, reading: Reading) -> dict[str, Any]:
    def runs(some: Runs) -> list[dict[str, str]]:
        return [_run(run, reading) for run in some]

    return {"number": part.number, "anchor": part.anchor, **_block(part.block, runs)}


def _run(run: str | Figure, reading: Reading) -> dict[str, str]:
    if isinstance(run, str):
        return {"text": run}
    return {"text": run.text, "link": reading.short[run.identifier]}


def _block(block: Block, runs: Any) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Paragraph(some):
            return {"kind": "paragraph", "runs": runs(some), "leads_in": block.leads_in}
        case BulletList(items):
            return {"kind": "bullets", "items": [runs(item) for item in items]}
        case Note(kind, some):
            return {"kind": "note", "note": kind, "word": words.NOTE_WORDS[kind], "runs": runs(some)}
        case QuickFacts(title, facts):
            return {"kind": "facts", "title": title, "items": [runs(fact) for fact in facts]}
        case Table():
            return {"kind": "table", **_table(block), **_under(block, runs)}
        case Chart() | Map():
            return {"kind": "picture", **_picture(block), **_under(block, runs)}


def _under(block: Table | Chart | Map, runs: Any) -> dict[str, Any]:
    symbols = [[{"text": text}] for text in words.symbol_notes(annex.exhibit_figures(block))]
    return {"notes": symbols + [runs(note) for note in block.notes], "source": block.source}


def _picture(block: Chart | Map) -> dict[str, Any]:
    return {
        "title": block.title,
        "subtitle": block.subtitle,
        "map": isinstance(block, Map),
        "svg": svg_of(block, WIDE),
        "alt": plain_text(block.alt),
    }


def _table(block: Table) -> dict[str, Any]:
    titles = tuple(column.title for column in block.columns)
    layout = widths.fit(block, titles, PAGE_WIDTH, SIDEWAYS_WIDTH)
    return {
        "title": block.title,
        "columns": [{"title": column.title, "numeric": column.numeric} for column in block.columns],
        "groups": grids.groups(block),
        "rows": [[words.cell_text(cell) for cell in row] for row in block.rows],
        "emphasis": -1 if block.emphasis is None else block.emphasis,
        "widths": layout.columns,
        "size": layout.size,
        "sideways": layout.sideways,
        "whole": len(block.rows) <= widths.KEPT_WHOLE,
    }


def _annex(reading: Reading) -> dict[str, Any]:
    """Rows for the figures of the text; tables and pictures in a line each, lest it outgrow the rest."""
    text = [row for group in reading.annex if not group.anchor for row in group.rows]
    return {
        "title": annex.TITLE,
        "headings": annex.HEADINGS,
        "rows": [row.cells for row in text],
        "sources": [
            [source.number, source.title, f"{source.count:,}", source.dataset, source.release]
            for source in reading.sources
        ],
    }
