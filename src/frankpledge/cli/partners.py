"""Commands for partners' own files: template, validate, destroy."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.errors import UserError, WorkspaceError
from frankpledge.sources.partners.blank import FORMS, write_blank
from frankpledge.sources.partners.checking import SHOWN, Checked, check_file
from frankpledge.sources.partners.doubting import KnownAreas
from frankpledge.sources.partners.judging import Wrong
from frankpledge.sources.partners.template import all_templates, find_template
from frankpledge.warehouse.known_areas import known_areas
from frankpledge.workspace import Workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen


@click.command("template")
@click.argument("slug", required=False, metavar="[TEMPLATE]")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("."), help="The folder to write it into."
)
@click.option("--form", type=click.Choice(FORMS), default="csv", show_default=True, help="What to write.")
@click.pass_obj
def template_command(session: Session, slug: str | None, output: Path, form: str) -> None:
    """List the templates for partners' records, or write an empty one with an invented row.

    \b
    Examples:
      frankpledge template
      frankpledge template asb-calls --output to-send --form xlsx
    """
    if slug is None:
        _list_templates(session.screen)
        return
    template = find_template(slug)
    path = write_blank(template, session.folder / output, form)
    session.screen.answer(f"Written: {path}")
    session.screen.say("Send it to your partner. What comes back: “frankpledge validate FILE”, then “frankpledge add”.")


def _list_templates(screen: Screen) -> None:
    rows = [
        (one.slug, one.title, one.sender, "people" if one.personal else "open", ", ".join(one.answers))
        for one in all_templates().values()
    ]
    screen.table("Templates", ("Name", "What", "Who sends it", "Rows", "Answers (SI 2007/1831)"), rows)


@click.command("validate")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def validate_command(session: Session, file: Path) -> None:
    """Say of each wrong row of a partner's file what is wrong and what would be right; nothing is added.

    \b
    Example:
      frankpledge validate asb-calls.xlsx
    """
    must_be_there(file)
    workspace = _workspace(session)
    known = known_areas(workspace) if workspace else KnownAreas()
    checked = check_file(file, workspace.definitions if workspace else None, known=known)
    show_checked(session.screen, file, checked)
    if checked.wrong_rows:
        sys.exit(1)


def must_be_there(file: Path) -> None:
    """Refuse a name that is no file's.

    Raises
    ------
    UserError
        When nothing of that name is there, or it is a folder.
    """
    if not file.is_file():
        raise UserError(f"{file} is not a file that is there.", "Check the name.")


def _workspace(session: Session) -> Workspace | None:
    """The workspace, where there is one: a partner who only validates has none."""
    try:
        return session.workspace()
    except WorkspaceError:
        return None


def show_checked(screen: Screen, file: Path, checked: Checked) -> None:
    """Say what was found in a file. No cell of it is shown: a wrong one may hold a name."""
    _show_found(screen, f"{file.name}: {checked.template.title}", checked.first, checked.wrong_rows)
    _show_found(screen, "Taken as they are, but look whether they are meant so", checked.doubts, checked.doubtful_rows)
    _show_counted(screen, file, checked)


def show_gathered(screen: Screen, file: Path, checked: Checked) -> None:
    """Say what was found in a file, each kind of problem in one line with its first row. No cell of it is shown."""
    lines = [(f"{kind.rows:,}", *_line(kind.first)) for kind in checked.kinds]
    if lines:
        screen.table(
            f"{file.name}: {checked.template.title}",
            ("Rows", "First line", "Column", "Is", "What to do"),
            lines,
            numeric=(0, 1),
        )
    _show_counted(screen, file, checked)


def _show_counted(screen: Screen, file: Path, checked: Checked) -> None:
    words = f"{file.name} ({checked.template.slug}): {checked.rows:,} {'row' if checked.rows == 1 else 'rows'}, "
    right = "none of them wrong" if checked.doubtful_rows else "all of them right"
    words += f"{checked.wrong_rows:,} of them wrong" if checked.wrong_rows else right
    screen.answer(words + (f", {checked.doubtful_rows:,} to be looked at." if checked.doubtful_rows else "."))
    if checked.left_out:
        screen.say(f"No template asks for “{'”, “'.join(checked.left_out)}”: what stands there is left out.")


def _show_found(screen: Screen, title: str, found: Sequence[Wrong], rows: int) -> None:
    if not found:
        return
    lines = [_line(one) for one in found]
    screen.table(title, ("Line", "Column", "Is", "What to do"), lines, numeric=(0,))
    if rows > len({one.line for one in found}):
        screen.answer(f"These are the first {SHOWN}; put them right, and look again.")


def _line(one: Wrong) -> tuple[object, ...]:
    right = f"write {one.problem.right}" if one.problem.right else ""
    return one.line, one.column or "the row", one.problem.what, right


@click.command("destroy")
@click.argument("sha256", required=False, metavar="[HASH]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def destroy_command(session: Session, sha256: str | None, yes: bool) -> None:
    """Destroy a sealed file and its key, by the beginning of its hash; its record stays. Without a hash: list them.

    \b
    Examples:
      frankpledge destroy
      frankpledge destroy 3fa94c0d21be --yes
    """
    workspace = session.workspace()
    if sha256 is None:
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        rows = [
            (one.sha256[:12], one.name, one.source, one.owner,
             f"{one.destroy_by}, which is past" if one.destroy_by < today else one.destroy_by)
            for one in workspace.raw_files() if one.sealed
        ]  # fmt: skip
        session.screen.table("Sealed files", ("Hash", "File", "Template", "Who answers for it", "Destroy by"), rows)
        return
    file = workspace.sealed_file(sha256)
    if not yes:
        if not sys.stdin.isatty():
            raise UserError(f"{file.name} would be destroyed for good.", "Say so: --yes.")
        click.confirm(f"Destroy {file.name} for good?", abort=True)
    record = workspace.destroy(file)
    session.screen.answer(f"Destroyed: {file.name}. What it was stays written in {record.name}.")
    session.screen.say(
        "Next: “frankpledge build”. Warehouses built before still hold its rows, without names, and your partner and "
        "you may hold the file that was given."
    )
