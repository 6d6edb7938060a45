"""Commands for a workspace and its files: init, add, build."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.errors import UserError
from frankpledge.sources.adding import Added, add_files, files_in
from frankpledge.sources.partners.depersonalising import Care
from frankpledge.warehouse.build import Built, Step, build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.shelf import current_key
from frankpledge.workspace import MARKER, KnownArea, Workspace, init_workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen


@click.command("init")
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--area", "areas", multiple=True, metavar="CODE", help="GSS code of a local authority; once for each.")
@click.pass_obj
def init_command(session: Session, name: Path, areas: tuple[str, ...]) -> None:
    """Make a workspace: the folder a partnership works in.

    \b
    Examples:
      frankpledge init harrow --area E09000015
      frankpledge init bedfordshire
    """
    folder = session.folder / name
    completing = (folder / MARKER).exists()
    workspace, complete = init_workspace(folder, areas, _known(Workspace(folder)))
    done = "completed" if completing and complete else "made"
    where = name if name.name else "this folder"
    session.screen.answer(f"{workspace.partnership().name}: workspace {done} in {where}.")
    if completing and complete:
        session.screen.say(f"Next: look at {MARKER}, then “frankpledge assess”.")
    elif complete:
        session.screen.say(f"Next: cd {name}, then “frankpledge add PATH” with what the police and others publish.")
    else:
        session.screen.say(
            f"The name and neighbours of {', '.join(areas)} are not known yet. Add the geography look-up of local "
            f"authorities, partnerships and police forces (ONS), build, and run this same command again: it will "
            f"complete {MARKER}. Everything else works meanwhile."
        )


def _known(workspace: Workspace) -> list[KnownArea]:
    """Authorities that look-ups added to the folder know."""
    if current_key(workspace) is None:
        return []
    warehouse = open_warehouse(workspace)
    rows = warehouse.con.execute(
        """
        SELECT area.code, area.name, force.code, force.name
        FROM placement JOIN area USING (area_id) JOIN area AS force ON force.area_id = placement.counted_in
        WHERE placement.kind = 'force' AND area.kind = 'authority' AND area.name <> area.code ORDER BY area.name
        """
    ).fetchall()
    warehouse.close()
    return [KnownArea(code, name, force, force, force_name) for code, name, force, force_name in rows]


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--owner", default="", help="Who answers for files about people; without it, the partnership.")
@click.option(
    "--destroy-by",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="When files about people are to be destroyed; without it, in two years.",
)
@click.pass_obj
def add_command(session: Session, paths: tuple[Path, ...], owner: str, destroy_by: datetime | None) -> None:
    """Add files or folders. Each file is recognised by what is in it, and kept as it is.

    A file about people is kept without names and sealed; the file you give is left where it is.

    \b
    Examples:
      frankpledge add mps_borough
      frankpledge add 2023-04-bedfordshire-street.csv lookups/
      frankpledge add incidents.xlsx --owner "Police, analysis" --destroy-by 2027-03-31
    """
    workspace = session.workspace()
    if destroy_by and destroy_by.date() <= datetime.now(UTC).date():
        raise UserError(f"{destroy_by:%Y-%m-%d} is past, or today.", "Give --destroy-by a day to come.")
    care = Care(owner, destroy_by.date() if destroy_by else None)
    with session.screen.progress() as bar:
        task = bar.add_task("Adding", total=len(files_in(paths))) if bar else None

        def tell(added: Added) -> None:
            _tell_added(session.screen, added)
            if bar is not None and task is not None:
                bar.advance(task)

        outcomes = add_files(workspace, paths, tell, care=care)
    counts = {word: sum(one.outcome == word for one in outcomes) for word in ("added", "held", "refused")}
    words = f"{counts['added']} added"
    if counts["held"]:
        words += f", {counts['held']} held already"
    if counts["refused"]:
        words += f", {counts['refused']} not taken (left where they are)"
    session.screen.answer(words + ".")
    if counts["added"]:
        session.screen.say("Next: “frankpledge build”.")
    if outcomes and counts["refused"] == len(outcomes):
        # A script must be able to tell; of a folder in which there is something else too, it is no failure.
        sys.exit(1)


def _tell_added(screen: Screen, added: Added) -> None:
    mark = {"added": "+", "held": "=", "refused": "!"}[added.outcome]
    if added.outcome == "refused":
        click.echo(f"{mark} {added.words}", err=True)
    else:
        screen.say(f"{mark} {added.words}")


@click.command("remove")
@click.argument("file", required=False, metavar="[FILE]")
@click.pass_obj
def remove_command(session: Session, file: str | None) -> None:
    """Take a file out of the workspace, by its name or the beginning of its hash. Without one: list them.

    What was made of it goes with the next build. Editions keep their figures. A sealed file is destroyed, not removed.

    \b
    Examples:
      frankpledge remove
      frankpledge remove 2023-04-bedfordshire-street.csv
    """
    workspace = session.workspace()
    if file is None:
        held = [
            (one.sha256[:12], one.name, one.source, one.added[:16]) for one in workspace.raw_files() if not one.sealed
        ]
        session.screen.table("Files held", ("Hash", "File", "Source", "Added"), held, whole=(0, 1))
        return
    found = workspace.open_file(file)
    workspace.remove(found)
    session.screen.answer(f"Removed: {found.name} ({found.source}, {found.sha256[:12]}).")
    session.screen.say("Next: “frankpledge build”, which is without it.")


@click.command("build")
@click.pass_obj
def build_command(session: Session) -> None:
    """Build a new warehouse from all files, check it, and make it the current one.

    \b
    Example:
      frankpledge build
    """
    workspace = session.workspace()
    built = build_with_progress(session.screen, workspace)
    if built.fresh:
        session.screen.answer(f"Warehouse {built.key} is current: {built.rows:,} rows taken in.")
        session.screen.say("Next: “frankpledge quality” for what to know about the data, or “frankpledge assess”.")
    else:
        session.screen.answer(f"Warehouse {built.key} is current already: nothing has changed.")
    _say_what_can_be_completed(session.screen, workspace)


def _say_what_can_be_completed(screen: Screen, workspace: Workspace) -> None:
    """Where look-ups came after the workspace was made, its documents would be headed by a code for ever."""
    partnership = workspace.partnership()
    if not partnership.complete and set(partnership.areas) <= {area.code for area in _known(workspace)}:
        areas = " ".join(f"--area {code}" for code in partnership.areas)
        screen.say(
            f"The name and neighbours of {', '.join(partnership.areas)} are known now: "
            f"“frankpledge init . {areas}” completes {MARKER}."
        )


def build_with_progress(screen: Screen, workspace: Workspace) -> Built:
    """Build, showing files done and time left."""
    with screen.progress() as bar:
        task = bar.add_task("Building", total=None) if bar else None

        def tell(step: Step) -> None:
            if bar is not None and task is not None:
                # A terminal of eighty letters must have room for the bar and the time left.
                words = f"{step.rows:>11,} rows  {step.words[:26]}"
                bar.update(task, description=words, completed=step.done, total=step.total)
            else:
                screen.say(f"[{step.done}/{step.total}] {step.words} ({step.rows:,} rows so far)")

        return build(workspace, tell)
