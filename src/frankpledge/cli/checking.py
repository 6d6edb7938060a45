"""The command ``check``: a published document read, and its figures tested against each other."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.claims.checking import Checked, check
from frankpledge.claims.evidence import Evidence, evidence_rule
from frankpledge.claims.objections import Kind, Objection
from frankpledge.claims.reading import read_published
from frankpledge.claims.settled import read_settled
from frankpledge.claims.settled import settle as record
from frankpledge.claims.writing.as_json import json_of
from frankpledge.claims.writing.comments import write_comments
from frankpledge.claims.writing.page import page_of
from frankpledge.claims.writing.wording import counts_told, how_sure, nothing_found, rule_words
from frankpledge.errors import UserError
from frankpledge.workspace import find_workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

# Told apart from 1, which is a file that cannot be read, and 2, which is a slip in the command.
FOUND = 3
_INDENT = "   "
_QUOTED = 400


@click.command("check")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write the report as a web page.")
@click.option(
    "--json", "data", type=click.Path(path_type=Path, dir_okay=False), help="Write it as JSON; “-” to print it."
)
@click.option(
    "--word",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a copy of a .docx with comments in it.",
)
@click.option(
    "--against",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also test it against the figures of the workspace in this folder.",
)
@click.option("--settle", default="", metavar="N,N", help="Findings, by number, that are settled and not raised again.")
@click.option("--because", default="", metavar="TEXT", help="Why they are settled.")
@click.pass_obj
def check_command(
    session: Session,
    document: Path,
    page: Path | None,
    data: Path | None,
    copy: Path | None,
    folder: Path | None,
    settle: str,
    because: str,
) -> None:
    """Read a published document (Word, PDF, ODT, HTML, Markdown, text) and test its figures against each other.

    It ends with status 3 where there is an error, 0 where there is none. What is settled is recorded beside the
    document.

    \b
    Examples:
      frankpledge check strategy.docx
      frankpledge check strategy.pdf --html report.html --json report.json
      frankpledge check strategy.docx --word commented.docx
      frankpledge check strategy.docx --against harrow
      frankpledge check strategy.docx --settle 2,5 --because "The rates are of households."
    """
    if not document.is_file():
        raise UserError(f"There is no file {document}.", "Give the path of a document.")
    checked = _checked(document, folder)
    if settle:
        _settle(session, document, checked, settle, because)
        return
    if data is not None and str(data) == "-":
        session.screen.answer(json_of(checked).rstrip())
    else:
        _tell(session, checked)
    if page is not None:
        page.write_text(page_of(checked), encoding="utf-8", newline="\n")
        session.screen.say(f"Written: {page}")
    if data is not None and str(data) != "-":
        data.write_text(json_of(checked), encoding="utf-8", newline="\n")
        session.screen.say(f"Written: {data}")
    if copy is not None:
        write_comments(document, checked, copy)
        session.screen.say(f"Written: {copy}")
    if checked.errors:
        raise click.exceptions.Exit(FOUND)


def _checked(document: Path, folder: Path | None) -> Checked:
    published, settled = read_published(document), [one.key for one in read_settled(document)]
    if folder is None:
        return check(published, settled)
    evidence = Evidence(find_workspace(folder.resolve()))
    try:
        return check(published, settled, [evidence_rule(evidence)])
    finally:
        evidence.close()


def _settle(session: Session, document: Path, checked: Checked, numbers: str, because: str) -> None:
    if not because.strip():
        raise UserError("Nothing says why they are settled.", "Add “--because” and the reason, for whoever asks later.")
    if not re.fullmatch(r"\d+(?:\s*,\s*\d+)*", numbers):
        raise UserError(f"“{numbers}” are no numbers of findings.", "Give them as “--settle 2,5”.")
    chosen = [int(one) for one in numbers.split(",")]
    unknown = [one for one in chosen if not 1 <= one <= len(checked.objections)]
    if unknown:
        raise UserError(
            f"There is no finding {unknown[0]}: there are {len(checked.objections)}.",
            "Run the check to see their numbers.",
        )
    today = datetime.date.today().isoformat()  # noqa: DTZ011 - the day where the person sits
    path = record(document, [checked.objections[one - 1] for one in chosen], because.strip(), today)
    session.screen.answer(f"Settled: {', '.join(map(str, chosen))}. The record is {path.name}.")


def _tell(session: Session, checked: Checked) -> None:
    screen = session.screen
    for number, one in enumerate(checked.objections, 1):
        for line in _lines(number, one):
            screen.answer(line)
    if not checked.errors:
        screen.answer(nothing_found(checked))
    screen.answer(counts_told(checked))
    for words in checked.document.unread:
        screen.answer(f"Not read: {words}")


def _lines(number: int, one: Objection) -> list[str]:
    word = how_sure(one) if one.kind is Kind.ERROR else "advice"
    quote = one.quote if len(one.quote) <= _QUOTED else f"{one.quote[:_QUOTED]}…"
    told = [f"{number}. {rule_words(one.rule)} ({word}): {one.place.words()}", f"{_INDENT}“{quote}”"]
    told += [f"{_INDENT}{one.arithmetic}"] + ([f"{_INDENT}{one.suggestion}"] if one.suggestion else [])
    return [*told, ""]
