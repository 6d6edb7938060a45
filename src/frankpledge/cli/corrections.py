"""The commands ``correct`` and ``corrections``: what was judged, corrected by hand with who and why; and listed."""

from __future__ import annotations

import datetime
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.errors import DefinitionError, UserError, WorkspaceError
from frankpledge.periods import month_words
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.corrections import (
    ALL,
    FILE,
    STATES,
    Correction,
    check_offence,
    read_corrections,
    scope_words,
)
from frankpledge.workspace import Workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

_HEADING = """\
# Coverage corrected by hand: each entry stands in the place of what the build judged. See docs/how-to.
schema: 1
corrections:
"""


@click.command("correct")
@click.argument("dataset")
@click.option("--area", required=True, metavar="CODE", help="GSS code, or “all”.")
@click.option("--offence", default=ALL, show_default=True, metavar="PATH", help="crime/robbery, or “all”.")
@click.option("--from", "first", required=True, metavar="MONTH", help="First month: 2018-03.")
@click.option("--to", "last", metavar="MONTH", help="Last month; left out, the first alone.")
@click.option("--state", required=True, type=click.Choice(STATES), help="What these months are.")
@click.option("--why", default="", help="How you know; asked for where it is left out.")
@click.option("--who", default="", help="Who says so, name and office; asked for where it is left out.")
@click.pass_obj
def correct_command(
    session: Session,
    dataset: str,
    area: str,
    offence: str,
    first: str,
    last: str | None,
    state: str,
    why: str,
    who: str,
) -> None:
    """Correct by hand what was judged of a dataset's coverage; “build” then applies it.

    \b
    Example:
      frankpledge correct mps-ward --area all --from 2024-02 --state partial --why moved --who "A. Smith"
    """
    workspace = session.workspace()
    path = workspace.definitions / FILE
    entry = {
        "dataset": dataset,
        "area": area,
        "offence": offence,
        "from": first,
        "to": last or first,
        "state": state,
        "why": why or _answer("Why", "--why"),
        "who": who or _answer("Who says so", "--who"),
        "on": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }
    added = _keep(workspace, path, entry)
    session.screen.answer(f"Written to definitions/{FILE}, line {added.line}: {dataset}, {_scope(added)}: {state}.")
    session.screen.say("Next: “frankpledge build”, which applies it; “frankpledge quality” then lists it.")


def _answer(question: str, option: str) -> str:
    """Ask whoever sits at the terminal; a script that cannot be asked is told what it left out."""
    if not sys.stdin.isatty():
        raise UserError(f"{question}? A correction is kept with it.", f'Say so: {option} "…".')
    return str(click.prompt(question))


@click.command("corrections")
@click.option("--take-back", "line", type=int, metavar="LINE", help="Take back the one on this line of the file.")
@click.pass_obj
def corrections_command(session: Session, line: int | None) -> None:
    """List what was corrected by hand, by whom and why; or take one correction back.

    \b
    Example:
      frankpledge corrections
      frankpledge corrections --take-back 3
    """
    path = session.workspace().definitions / FILE
    if line is not None:
        gone = _take_back(path, line)
        session.screen.answer(f"Taken back: {gone.dataset}, {_scope(gone)}: {gone.state}.")
        session.screen.say("Next: “frankpledge build”, which judges these months by the files again.")
        return
    held = read_corrections(path)
    if not held:
        session.screen.answer("Nothing is corrected by hand: “frankpledge correct” does it.")
        return
    rows = [(str(one.line), one.dataset, _scope(one), one.state, one.why, f"{one.who}, {one.day}") for one in held]
    columns = ("Line", "Dataset", "Of what", "Is", "Why", "Who says so")
    session.screen.table(f"Corrected by hand (definitions/{FILE})", columns, rows, numeric=(0,))


def _scope(one: Correction) -> str:
    return scope_words(one.area, one.offence, one.first, one.last)


def _take_back(path: Path, line: int) -> Correction:
    """Take one entry out of the file of corrections; what was said of the others stays as it was."""
    held = read_corrections(path)
    lines = [one.line for one in held]
    if line not in lines:
        known = f"Entries begin on: {', '.join(map(str, lines))}." if lines else "There are none."
        raise UserError(f"No correction begins on line {line} of definitions/{FILE}.", known)
    place = lines.index(line)
    written = path.read_text(encoding="utf-8").splitlines(keepends=True)
    after = written[lines[place + 1] - 1 :] if place + 1 < len(lines) else []
    text = "".join([*written[: line - 1], *after])
    # A list without an entry must say that it is one.
    text = text if len(held) > 1 else re.sub(r"^corrections:\s*$", "corrections: []\n", text, flags=re.MULTILINE)
    _rewrite(path, text, lambda now: _said(now) == [*_said(path)[:place], *_said(path)[place + 1 :]])
    return held[place]


def _said(path: Path) -> list[Correction]:
    """The corrections of a file, wherever in it they stand."""
    return [replace(one, line=0) for one in read_corrections(path)]


def _keep(workspace: Workspace, path: Path, entry: dict[str, str]) -> Correction:
    """Add an entry to the file of corrections, which stays as it was if anything is wrong with it."""
    known, months = _known(workspace, entry["dataset"])

    def in_order(passing: Path) -> bool:
        try:
            *before, added = read_corrections(passing)
        except DefinitionError as error:
            # What stood there before was read well: the fault is in the entry, and its file is gone in a moment.
            raise UserError(f"Not written: {error.happened.partition(': ')[2]}", error.to_do) from error
        if known is not None:
            check_offence(added, known, path)
            _check_months(added, months)
        return tuple(before) == read_corrections(path)

    _rewrite(path, _with_entry(path, entry), in_order)
    return read_corrections(path)[-1]


def _rewrite(path: Path, text: str, in_order: Callable[[Path], bool]) -> None:
    """Put a text in the place of the file, unless something that stands in it would be lost or changed by it."""
    passing = path.with_name(f".{FILE}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        passing.write_text(text, encoding="utf-8")
        if not in_order(passing):
            raise UserError(
                f"{path.name} is written in a way that an entry cannot be added to, or taken from.",
                "Open it in a text editor, put “corrections:” last with an entry on lines of its own, and try again.",
            )
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _known(workspace: Workspace, dataset: str) -> tuple[set[str] | None, list[tuple[int, int]]]:
    """Offences that the warehouse knows, and the months it holds of a dataset; None before the first build."""
    try:
        warehouse = open_warehouse(workspace)
    except WorkspaceError:
        return None, []
    known = {str(path) for (path,) in warehouse.con.execute("SELECT path FROM offence").fetchall()}
    months = warehouse.con.execute(
        "SELECT first_month, last_month FROM series WHERE dataset = ? AND first_month IS NOT NULL", [dataset]
    ).fetchall()
    warehouse.close()
    return known, months


def _check_months(correction: Correction, held: list[tuple[int, int]]) -> None:
    """A correction never reaches beyond the months that are held: one of others would change nothing."""
    if any(first <= correction.last and last >= correction.first for first, last in held):
        return
    spans = ", ".join(f"{month_words(first)} to {month_words(last)}" for first, last in held)
    raise UserError(
        f"Nothing is held of {correction.dataset} in these months, so there is nothing to correct.",
        f"What is held: {spans}." if spans else "“frankpledge sources” says what is held.",
    )


def _with_entry(path: Path, entry: dict[str, str]) -> str:
    """The file's text with one entry more at its end, indented as the others are."""
    text = path.read_text(encoding="utf-8") if path.exists() else _HEADING
    text = re.sub(r"^corrections:\s*\[\s*\]\s*$", "corrections:", text, flags=re.MULTILINE)
    found = re.search(r"^( *)- ", text, flags=re.MULTILINE)
    indent = found[1] if found else "  "
    # Text in quotation marks as JSON has it is YAML too, whatever stands in it.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    body = f"\n{indent}  ".join(lines)
    return f"{text.rstrip()}\n{indent}- {body}\n"
