"""The command ``correct``: one entry added to the workspace's corrections, with who says so and why."""

from __future__ import annotations

import datetime
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.errors import DefinitionError, UserError, WorkspaceError
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
    scope = scope_words(added.area, added.offence, added.first, added.last)
    session.screen.answer(f"Written to definitions/{FILE}, line {added.line}: {dataset}, {scope}: {state}.")
    session.screen.say("Next: “frankpledge build”, which applies it; “frankpledge quality” then lists it.")


def _answer(question: str, option: str) -> str:
    """Ask whoever sits at the terminal; a script that cannot be asked is told what it left out."""
    if not sys.stdin.isatty():
        raise UserError(f"{question}? A correction is kept with it.", f'Say so: {option} "…".')
    return str(click.prompt(question))


def _keep(workspace: Workspace, path: Path, entry: dict[str, str]) -> Correction:
    """Add an entry to the file of corrections, which stays as it was if anything is wrong with it."""
    passing = path.with_name(f".{FILE}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        passing.write_text(_with_entry(path, entry), encoding="utf-8")
        try:
            _check(path, passing)
        except DefinitionError as error:
            # What stood there before was read well: the fault is in the entry, and its file is gone in a moment.
            raise UserError(f"Not written: {error.happened.partition(': ')[2]}", error.to_do) from error
        added = read_corrections(passing)[-1]
        known = _known_offences(workspace)
        if known is not None:
            check_offence(added, known, path)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    return added


def _known_offences(workspace: Workspace) -> set[str] | None:
    """Offences that the warehouse knows; None before the first build, which then checks them itself."""
    try:
        warehouse = open_warehouse(workspace)
    except WorkspaceError:
        return None
    known = {str(path) for (path,) in warehouse.con.execute("SELECT path FROM offence").fetchall()}
    warehouse.close()
    return known


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


def _check(path: Path, passing: Path) -> None:
    """Nothing that stood in the file may be lost or changed by the entry that comes to it."""
    before, after = read_corrections(path), read_corrections(passing)
    if after[:-1] != before:
        raise UserError(
            f"{path.name} is written in a way that an entry cannot be added to.",
            "Open it in a text editor, put “corrections:” last, and try again.",
        )
