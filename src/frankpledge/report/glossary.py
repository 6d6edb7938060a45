"""Which words of the glossary stand in a document: those alone are explained at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Term,
    plain_text,
)
from frankpledge.report.grids import as_table
from frankpledge.report.words import cell_text

TITLE = "Glossary"


def terms_in(document: Document) -> tuple[Term, ...]:
    """The terms whose words occur, in the order of the alphabet."""
    text = "\n".join(line for block in document.blocks for line in _text_of(block))
    found = [term for term in document.front.glossary if _occurs(term, text)]
    return tuple(sorted(found, key=lambda term: term.word.casefold().lstrip("[")))


def _occurs(term: Term, text: str) -> bool:
    forms = "|".join(re.escape(form) for form in term.forms)
    return re.search(rf"(?<!\w)(?:{forms})(?!\w)", text, re.IGNORECASE) is not None


def _text_of(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text):
            yield text
        case Paragraph(runs) | Note(_, runs):
            yield plain_text(runs)
        case BulletList(lists):
            yield from map(plain_text, lists)
        case QuickFacts(title, facts):
            yield title
            yield from map(plain_text, facts)
        case Table() | Chart() | Map():
            yield from _text_of_table(as_table(block))


def _text_of_table(table: Table) -> Iterator[str]:
    yield table.title
    for column in table.columns:
        yield from (column.group, column.title)
    yield from (cell_text(cell) for row in table.rows for cell in row)
    yield from map(plain_text, table.notes)
