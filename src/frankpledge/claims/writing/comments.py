"""The report as comments in a copy of the Word file, each where the sentence or cell stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph

from frankpledge.claims.checking import Checked
from frankpledge.claims.objections import Kind, Objection
from frankpledge.claims.reading.word import numbered_paragraphs, paragraphs_of_cells
from frankpledge.claims.writing.wording import how_sure, rule_words, where
from frankpledge.errors import UserError

_AUTHOR, _INITIALS = "Frankpledge", "FP"


def write_comments(document: Path, checked: Checked, copy: Path) -> None:
    """Write a copy of a Word file that has a comment for each objection.

    Parameters
    ----------
    document
        The file that was checked.

    Raises
    ------
    UserError
        When it is no Word file, or the copy would take its place.
    """
    if copy.resolve() == document.resolve():
        raise UserError(f"The copy would take the place of {document.name}.", "Give it another name.")
    try:
        word = docx.Document(str(document))
    except (KeyError, ValueError, PackageNotFoundError) as error:
        raise UserError(
            f"Comments are written into Word files (.docx), and {document.name} is none.", "Use “--html” for a report."
        ) from error
    places = _places(word, document.name)
    for one in checked.objections:
        _comment(word, places.get(_key(one), places.get((one.place.paragraph,))), one)
    word.save(str(copy))


def _key(objection: Objection) -> tuple[int, ...]:
    place = objection.place
    if place.row is None or place.column is None:
        return (place.paragraph,)
    return place.paragraph, place.row, place.column


def _places(word: Document, name: str) -> dict[tuple[int, ...], Any]:
    places: dict[tuple[int, ...], Any] = {(number,): paragraph for number, paragraph in numbered_paragraphs(word, name)}
    places.update({(*key,): paragraph for key, paragraph in paragraphs_of_cells(word, name).items()})
    return places


def _comment(word: Document, element: Any, one: Objection) -> None:
    """At its paragraph; where that has no text that a comment can hold to, as in a footnote, at the first that has."""
    runs = Paragraph(element, word).runs if element is not None else []
    text = _text(one)
    if not runs:
        runs = next((paragraph.runs for paragraph in word.paragraphs if paragraph.runs), [])
        text = f"{where(one)}: “{one.quote}” {text}"
    if runs:
        word.add_comment(runs, text, _AUTHOR, _INITIALS)


def _text(one: Objection) -> str:
    sure = how_sure(one) if one.kind is Kind.ERROR else "advice"
    return " ".join(filter(None, (f"{rule_words(one.rule)} ({sure}).", one.arithmetic, one.suggestion)))
