"""Commands for documents: assess, write, documents, explain, releases, demo."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from frankpledge.assessment.assess import Assessed, assess
from frankpledge.assessment.definition import About, read_assessments
from frankpledge.assessment.edition import Explained, explain_figure
from frankpledge.assessment.releasing import read_releases
from frankpledge.assessment.subject import WITHIN
from frankpledge.cli.files import build_with_progress
from frankpledge.cli.questions import PINS, chosen_period, chosen_pins
from frankpledge.disclosure import Audience
from frankpledge.errors import WorkspaceError
from frankpledge.example import (
    example_partnership,
    example_plan,
    example_serious_violence,
    write_example_files,
)
from frankpledge.periods import Period, parse_period
from frankpledge.report.writing import CHARTS_FOLDER, CSV_FOLDER
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.drawn_areas import WIDEST_CIRCLE
from frankpledge.workspace import MARKER, Workspace

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen

DEMO_YEAR = "2018"


YEAR = click.option("--year", help="A calendar year.")
PERIOD = click.option("--period", help="2018-07, 2018-Q1, FY2018-19, R12-2023-04.")
AUDIENCE = click.option("--audience", type=click.Choice([str(one) for one in Audience]), help="Whom it is released to.")
PREPARED = click.option(
    "--prepared", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made; today where not given."
)
SINCE = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="The day of the last meeting: what is new since, and revised."
)


@click.command("assess")
@YEAR
@PERIOD
@PINS
@AUDIENCE
@PREPARED
@click.pass_obj
def assess_command(session: Session, /, year: str | None, period: str | None, **options: Any) -> None:
    """Write the strategic assessment of a period as HTML, Word, PDF, ODS, XLSX, CSV and pictures; keep its edition.

    \b
    Examples:
      frankpledge assess --year 2018
      frankpledge assess --period R12-2023-04
      frankpledge assess --year 2018 --pin mps-borough=2021-07 --pin population=harrow-2019-populations
    """
    _write(session, _STRATEGIC, "", chosen_period(year, period), **options)


_STRATEGIC = "strategic-assessment"


@click.command("write")
@click.argument("document")
@click.option("--of", default="", help="The area, indicator or place it is about, where it is about one.")
@click.option(
    "--within", type=click.IntRange(1, WIDEST_CIRCLE), default=WITHIN, show_default=True, help="Metres around a place."
)
@SINCE
@YEAR
@PERIOD
@PINS
@AUDIENCE
@PREPARED
@click.pass_obj
def write_command(
    session: Session, /, document: str, of: str, year: str | None, period: str | None, **options: Any
) -> None:
    """Write one of the partnership's documents in every format, and keep its edition.

    \b
    Examples:
      frankpledge write strategic-assessment --year 2018
      frankpledge write ward-brief --of "Marlborough" --year 2018
      frankpledge write place-brief --of "514500 188500" --within 250 --year 2018
      frankpledge write scrutiny-update --since 2018-09-20 --year 2018
    """
    _write(session, document, of, chosen_period(year, period), **options)


def _write(
    session: Session,
    document: str,
    of: str,
    period: Period,
    *,
    pins: tuple[str, ...],
    audience: str | None,
    prepared: datetime | None,
    since: datetime | None = None,
    within: int = WITHIN,
) -> None:
    day = prepared.date() if prepared else date.today()  # noqa: DTZ011 - the day where the person sits
    made = assess(
        session.workspace(),
        period,
        slug=document,
        of=of,
        prepared=day.isoformat(),
        pins=chosen_pins(pins),
        tell=session.screen.say,
        audience=Audience(audience) if audience else None,
        since=since.date().isoformat() if since else "",
        within=within,
    )
    _tell_where(session.screen, made)


@click.command("documents")
@click.pass_obj
def documents_command(session: Session) -> None:
    """List the documents that can be written, the partnership's own among them.

    \b
    Example:
      frankpledge documents
    """
    found = read_assessments(session.workspace().definitions)
    session.screen.table(
        "",
        ("Document", "About", "For", "What it is"),
        [
            (slug, "" if one.about is About.PARTNERSHIP else f"one {one.about}", one.audience, one.summary)
            for slug, one in found.items()
        ],
    )
    session.screen.say("Write one with “frankpledge write DOCUMENT --year 2018”, and --of where it is about one thing.")


def _tell_where(screen: Screen, made: Assessed) -> None:
    here = Path.cwd()
    folders = Counter(path.parent for path in made.files if path.parent.name in (CSV_FOLDER, CHARTS_FOLDER))
    for path in made.files:
        if path.parent not in folders:
            screen.answer(str(path.relative_to(here) if path.is_relative_to(here) else path))
    for folder, number in folders.items():
        screen.answer(f"{folder.relative_to(here) if folder.is_relative_to(here) else folder}/ ({number} files)")
    screen.say(f"Edition {made.document.edition} is kept in {made.edition}.")


@click.command("releases")
@click.pass_obj
def releases_command(session: Session) -> None:
    """List what documents have shown of partners' records, which the next document is checked against.

    \b
    Example:
      frankpledge releases
    """
    kept = read_releases(session.workspace().releases)
    if not kept:
        session.screen.answer("No document of this workspace has shown anything of partners' records.")
        return
    session.screen.table(
        "",
        ("File in releases/", "Prepared", "For", "Counts", "Withheld"),
        [
            (
                f"{one.name}.json",
                one.prepared,
                str(one.audience),
                f"{len(one.cells):,}",
                f"{sum(cell.count is None for cell in one.cells):,}",
            )
            for one in kept
        ],
        numeric=(3, 4),
    )
    session.screen.say("If one of them never left the partnership, delete its file: it binds the next one for nothing.")


@click.command("explain")
@click.argument("identifier")
@click.pass_obj
def explain_command(session: Session, identifier: str) -> None:
    """Say what is behind a printed figure: definition, counts, dataset, release, files and their hashes.

    \b
    Example:
      frankpledge explain F-7K3Q
    """
    newest, *older = explain_figure(session.workspace(), identifier)
    for line in (*_explanation(newest), *_other_values(newest, older)):
        session.screen.answer(line)


def _other_values(newest: Explained, older: list[Explained]) -> list[str]:
    """Other editions that print the same figure with another value."""
    others = [one for one in older if one.figure["text"] != newest.figure["text"]]
    lines = [
        f"  {one.figure['text']} in {one.edition['document']}, edition {one.edition['edition']}, "
        f"prepared {one.edition['prepared']}, pinned {one.edition['pinned'] or 'nothing'}"
        for one in others
    ]
    return ["", "Printed otherwise in other editions:", *lines] if lines else []


def _explanation(found: Explained) -> list[str]:
    figure, edition = found.figure, found.edition
    lines = [
        f"{figure['identifier']}: {figure['text']}",
        f"  {figure['measure']} of {figure['indicator']}, {figure['area_code']}, {figure['period']}"
        + (f", against {figure['against']}" if figure["against"] else ""),
        f"  printed in {edition['title']} ({edition['document']}), edition {edition['edition']}, {edition['prepared']}",
        f"  status: {figure['status']}",
    ]
    if found.definition:
        definition = found.definition
        lines.append(
            f"  definition {definition['hash']}: {definition['title']}; offences {', '.join(definition['offences'])}; "
            + definition["rate"]
        )
    lines += ["", "Counts behind it:", *(_behind(one) for one in found.estimates[:12])]
    if len(found.estimates) > 12:
        lines.append(f"  and {len(found.estimates) - 12} more, in figures.csv")
    lines += ["", f"Files behind it ({len(found.files)}):"]
    lines += [
        f"  {one['file']}  release {one['release']}  added {one['added']}  {one['rows_kept']:,} of "
        f"{one['rows_read']:,} rows  sha256 {one['sha256']}"
        for one in found.files[:40]
    ]
    lines += [f"Warehouse {edition['warehouse']}."]
    return lines


def _behind(one: dict[str, Any]) -> str:
    rate = (
        ""
        if one["value"] is None
        else f"; rate {one['value']:.2f} ({one['low']:.2f} to {one['high']:.2f}, {one['method']})"
    )
    people = "" if one["denominator"] is None else f" of {one['denominator']:,} {one['of']}"
    if one["population"]:
        people += f" ({one['population']})"
    count = one["method"] if one["numerator"] is None else f"{one['numerator']:,}"
    series = f"{one['dataset']} {one['release']}, {one['status']}"
    part = f" ({one['part']})" if one.get("part") else ""
    return f"  {one['area_name']}, {one['period']}{part}: {count}{people}{rate}; {series}"


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("example"))
@click.option("--open/--no-open", "show", default=True, help="Open the assessment when there is a screen.")
@click.pass_obj
def demo_command(session: Session, folder: Path, show: bool) -> None:
    """Build the example partnership from invented records and write its assessment, offline.

    \b
    Example:
      frankpledge demo
    """
    screen = session.screen
    workspace = _example_workspace(session.folder / folder)
    screen.say("Inventing the example's records (they say so on every page)…")
    paths = write_example_files(workspace.folder / "invented", screen.say)
    add_files(workspace, paths, lambda added: None)
    built = build_with_progress(screen, workspace)
    screen.say(f"Warehouse {built.key} is built: {built.rows:,} rows.")
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the person sits
    made = assess(workspace, parse_period(DEMO_YEAR), prepared=today, pins={}, tell=screen.say)
    _tell_where(screen, made)
    page = next(path for path in made.files if path.name == f"{made.document.slug}.html")
    if show and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
        webbrowser.open(page.resolve().as_uri())
    screen.say(f"Open {page} in a browser. Then try: cd {folder}; frankpledge show burglary --by ward --year 2017")
    screen.say("“frankpledge serve” there runs the site on which people will work together.")


def _example_workspace(folder: Path) -> Workspace:
    """The example's folder, made anew or taken up again; never somebody's own workspace."""
    marker = folder / MARKER
    text = example_partnership()
    if marker.exists() and marker.read_text(encoding="utf-8") != text:
        raise WorkspaceError(
            f"{folder} is a workspace of your own.", "Give the example another folder: “frankpledge demo NAME”."
        )
    workspace = Workspace(folder)
    for part in (workspace.definitions, workspace.raw, workspace.warehouses, workspace.editions, workspace.output):
        part.mkdir(parents=True, exist_ok=True)
    marker.write_text(text, encoding="utf-8")
    # One that is there may have been written in since: it is what whoever tries the example would try first.
    if not workspace.plan.exists():
        workspace.plan.write_text(example_plan(), encoding="utf-8")
    definition = workspace.definitions / "serious-violence" / "example.yaml"
    definition.parent.mkdir(exist_ok=True)
    definition.write_text(example_serious_violence(), encoding="utf-8")
    return workspace
