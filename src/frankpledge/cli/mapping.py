"""The command ``map``: an unknown spreadsheet is read as a template, once and for all files like it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.cli.asking import ask_mapping, ask_template, looks_of_people
from frankpledge.cli.partners import must_be_there, show_gathered
from frankpledge.errors import UserError
from frankpledge.sources.partners.checking import Checked, check_file
from frankpledge.sources.partners.given_table import GivenTable, find_table
from frankpledge.sources.partners.guesses import guess_dates
from frankpledge.sources.partners.mapping import DATED, DATES, KIND, Mapping, mapping_text
from frankpledge.sources.partners.template import Template, find_template

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen
    from frankpledge.workspace import Workspace


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "to", metavar="TEMPLATE", help="The template it is read as.")
@click.option(
    "--column", "columns", multiple=True, metavar="HEADING=COLUMN", help="What holds a column of the template."
)
@click.option("--constant", "constants", multiple=True, metavar="COLUMN=VALUE", help="What stands in every row.")
@click.option("--word", "words", multiple=True, metavar="COLUMN:WORD=OURS", help="What a word of the sender means.")
@click.option("--dates", type=click.Choice(DATES), help="How dates are written; guessed without it.")
@click.option("--fill-down", "filled", multiple=True, metavar="HEADING", help="An empty cell means what is above it.")
@click.option("--sheet", default="", help="Which sheet of a workbook.")
@click.option("--name", metavar="NAME", help="What the mapping is called; else as the file.")
@click.pass_obj
def map_command(
    session: Session,
    file: Path,
    to: str | None,
    columns: tuple[str, ...],
    constants: tuple[str, ...],
    words: tuple[str, ...],
    dates: str | None,
    filled: tuple[str, ...],
    sheet: str,
    name: str | None,
) -> None:
    """Map an unknown CSV or workbook to a template, column by column; from then on `add` takes such files.

    Without --column at a terminal it asks, and offers what it guesses. What is decided is written to
    definitions/mappings in the workspace, for you to review.

    \b
    Examples:
      frankpledge map calls.xlsx
      frankpledge map calls.xlsx --to asb-calls --column "Date of call=from" --column "Kind=call_type"
          --constant reported_for=E09000015 --word "call_type:Noise nuisance=noise" --dates dd/mm/yyyy
    """
    workspace = session.workspace()
    must_be_there(file)
    asks = not columns and sys.stdin.isatty()
    if not asks and not (to and columns):
        raise UserError(
            "It is not said what the columns are.",
            "Give --to TEMPLATE and --column HEADING=COLUMN, or run this at a terminal, where it asks.",
        )
    wanted = [_split(one, "=", last=True, form="HEADING=COLUMN")[0] for one in columns]
    table = find_table(file, sheet, wanted)
    template = find_template(to) if to else ask_template(table)
    mapping = Mapping(
        slug=_slug(name or file.name.split(".")[0]),
        template=template.slug,
        known_by=(),
        columns=_columns(template, table, columns, file),
        sheet=table.sheet,
        heading_row=table.heading_row,
        constants=dict(_split(one, "=", form="COLUMN=VALUE") for one in constants),
        words=_words(words),
        fill_down=tuple(_as_held(table, heading, file) for heading in filled),
    )
    if asks:
        mapping = ask_mapping(template, table, mapping)
    dates = dates or guess_dates(_dated(template, table, mapping))
    mapping = replace(mapping, known_by=tuple(mapping.headings()), dates=dates)
    _check(template, mapping)
    _try_and_keep(session.screen, file, table, mapping, workspace)


def _try_and_keep(screen: Screen, file: Path, table: GivenTable, mapping: Mapping, workspace: Workspace) -> None:
    """Show what the file is by a mapping, and keep that, unless it is doubted."""
    checked = check_file(file, workspace.definitions, mapping)
    show_gathered(screen, file, checked)
    _warn_of_people(screen, table, mapping)
    if checked.nearly_all_wrong:
        _doubt(screen, checked)
    path = _keep(mapping, workspace.definitions / KIND)
    screen.answer(f"Written: {path.relative_to(workspace.folder)}")
    screen.say(
        "Next: put right in the mapping what is said above, then map or validate the file again."
        if checked.nearly_all_wrong
        else "Next: look at the mapping, then “frankpledge add” this file and all like it."
    )


def _warn_of_people(screen: Screen, table: GivenTable, mapping: Mapping) -> None:
    """Of columns that people are named in, nothing should be read, least of all where records are about people."""
    for name, headings in mapping.columns.items():
        for heading in headings:
            given = table.find(heading)
            if given and given.people:
                screen.answer(
                    f"Careful: {looks_of_people(given)}, and {name} is taken from it. Leave it out if it does."
                )


def _doubt(screen: Screen, checked: Checked) -> None:
    """By a mapping that is wrong nothing is taken, so at a terminal it is kept only when that is wanted."""
    wrong = "All" if checked.wrong_rows == checked.rows else "Nearly all"
    screen.answer(f"{wrong} rows are wrong as mapped: it is the mapping that is wrong, and not single rows.")
    if sys.stdin.isatty() and not click.confirm("Keep the mapping all the same?", default=False):
        screen.answer("Nothing is written. Map the file again, with other answers.")
        sys.exit(1)


def _keep(mapping: Mapping, folder: Path) -> Path:
    """Write a mapping into a folder, in one piece; returns its file."""
    path = folder / f"{mapping.slug}.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}")
    passing.write_text(mapping_text(mapping), encoding="utf-8")
    passing.rename(path)
    return path


def _columns(template: Template, table: GivenTable, given: Sequence[str], file: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        heading, name = _split(one, "=", last=True, form="HEADING=COLUMN")
        _known_column(template, name)
        found[name] = (*found.get(name, ()), _as_held(table, heading, file))
    return found


def _words(given: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in given:
        name, rest = _split(one, ":", form="COLUMN:WORD=OURS")
        word, ours = _split(rest, "=", last=True, form="COLUMN:WORD=OURS")
        found.setdefault(name, {})[word.strip('"“”')] = ours
    return found


def _split(text: str, mark: str, form: str, last: bool = False) -> tuple[str, str]:
    before, found, after = text.rpartition(mark) if last else text.partition(mark)
    if not found or not before.strip() or not after.strip():
        raise UserError(f"“{text}” is not {form}.", f"Write it as {form}.")
    return before.strip(), after.strip()


def _as_held(table: GivenTable, heading: str, file: Path) -> str:
    """A heading as the file has it."""
    if found := table.find(heading):
        return found.heading
    raise UserError(
        f"{file.name} has no heading “{heading}” in row {table.heading_row}.",
        f"It has: {', '.join(table.headings)}.",
    )


def _known_column(template: Template, name: str) -> None:
    if not template.has(name):
        names = ", ".join(column.name for column in template.columns)
        raise UserError(f"The template {template.slug} has no column “{name}”.", f"It has: {names}.")


def _check(template: Template, mapping: Mapping) -> None:
    """A mapping that leaves out what every row must have would refuse every row."""
    for name in (*mapping.constants, *mapping.words):
        _known_column(template, name)
    given = {*mapping.columns, *mapping.constants}
    missing = [column.name for column in template.columns if column.filled and column.name not in given]
    if missing:
        raise UserError(
            f"The template {template.slug} must have {', '.join(missing)} in every row.",
            f"Say what holds it, --column HEADING={missing[0]}, or what it always is, --constant {missing[0]}=VALUE.",
        )


def _dated(template: Template, table: GivenTable, mapping: Mapping) -> list[str]:
    names = [column.name for column in template.of_kind(*DATED) if column.name in mapping.columns]
    # With a time of day in a column of its own, the first heading is the date.
    dated = [table.find(mapping.columns[name][0]) for name in names]
    return [text for column in dated if column for text in column.texts][:500]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "mapping"
