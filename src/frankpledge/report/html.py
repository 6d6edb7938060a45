"""The document as one web page: nothing to fetch, no scripts, readable by everybody and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

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
    Table,
    plain_text,
)
from frankpledge.model.figure import Figure
from frankpledge.report import annex, grids, words
from frankpledge.report.frames import NARROW, WIDE
from frankpledge.report.palette import header_colour
from frankpledge.report.pictures import data_address
from frankpledge.report.reading import Reading, read

_KINDS: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    BulletList: "bullets",
    Note: "note",
    QuickFacts: "facts",
    Table: "table",
    Chart: "chart",
    Map: "map",
}


def write_html(released: Released[Document], path: Path) -> None:
    """Write the document as a web page."""
    path.write_text(html_of(read(released)), encoding="utf-8", newline="\n")


def html_of(reading: Reading) -> str:
    """The web page as text."""
    template = _environment().get_template("document.html.jinja")
    return template.render(
        reading=reading,
        document=reading.document,
        annex_title=annex.TITLE,
        annex_headings=annex.HEADINGS,
        note_words=words.NOTE_WORDS,
        invented=words.INVENTED,
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("frankpledge.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": lambda block: _KINDS[type(block)],
        "plain": plain_text,
        "value": _value,
        "cell": words.cell_text,
        "as_table": grids.as_table,
        "groups": grids.groups,
        "symbols": _symbols,
        "header": lambda document: header_colour(document.colour),
    }
    environment.tests["figure"] = lambda run: isinstance(run, Figure)
    environment.globals |= {"wide": WIDE, "narrow": NARROW, "picture": data_address}
    return environment


def _value(figure: Figure) -> str:
    """For the ``value`` of ``<data>``: the number a machine may read; empty when there is none."""
    return "" if figure.value is None else repr(figure.value)


def _symbols(block: Any) -> tuple[str, ...]:
    return words.symbol_notes(annex.exhibit_figures(block))
