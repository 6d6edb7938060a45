"""The document as one web page: nothing to fetch, no scripts, readable by everybody and on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from frankpledge.disclosure import Released
from frankpledge.model.document import (
    Block,
    BulletList,
    Cell,
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
from frankpledge.report import annex, glossary, grids, words
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
    page = template.render(
        reading=reading,
        document=reading.document,
        say=partial(_said, reading),
        inside=partial(_inside, reading),
        annex_title=annex.TITLE,
        glossary_title=glossary.TITLE,
        annex_headings=annex.HEADINGS,
        note_words=words.NOTE_WORDS,
        invented=words.INVENTED,
        brand=header_colour(reading.document.colour),
    )
    # Templates are indented for those who write them; thousands of cells so indented double the page.
    return "\n".join(line.strip() for line in page.splitlines() if line.strip()) + "\n"


def _said(reading: Reading, runs: Runs) -> Markup:
    """A sentence: each figure in it leads to its row in the annex."""
    return Markup("").join(_linked(reading, run) if isinstance(run, Figure) else run for run in runs)


def _linked(reading: Reading, figure: Figure) -> Markup:
    link = Markup('<a class="source-link" href="#{}">{}</a>')
    return link.format(reading.short[figure.identifier], _data(reading, figure, figure.text))


def _inside(reading: Reading, cell: Cell) -> Markup:
    """What stands in a cell. No link: three hundred of them would stand in a keyboard's way."""
    text = words.cell_text(cell)
    return _data(reading, cell, text) if isinstance(cell, Figure) else escape(text)


def _data(reading: Reading, figure: Figure, text: str) -> Markup:
    """A number as people read it, with what a machine may read and its identifier beside."""
    value = "" if figure.value is None else repr(figure.value)
    data = Markup('<data class="figure" value="{}" title="{}">{}</data>')
    return data.format(value, reading.short[figure.identifier], text)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("frankpledge.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "kind": lambda block: _KINDS[type(block)],
        "plain": plain_text,
        "as_table": grids.as_table,
        "groups": grids.groups,
        "symbols": _symbols,
    }
    environment.filters |= filters
    environment.globals |= {"wide": WIDE, "narrow": NARROW, "picture": data_address}
    return environment


def _symbols(block: Table | Chart | Map) -> tuple[str, ...]:
    return words.symbol_notes(annex.exhibit_figures(block))
