"""The command ``map``: an unknown spreadsheet is read as a template, once and for all files like it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.cli.partners import must_be_there, show_checked
from frankpledge.errors import UserError
from frankpledge.sources.partners.checking import check_file
from frankpledge.sources.partners.guesses import guess_column, guess_dates, guess_heading, guess_template
from frankpledge.sources.partners.mapping import (
    DATES,
    KIND,
    Grid,
    Mapping,
    beginnings,
    find_heading,
    mapping_text,
    plain,
    read_grid,
    read_mapping,
)
from frankpledge.sources.partners.template import Column, Template, all_templates, find_template

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

# More different words than this in a column are not asked for one by one.
MOST_WORDS = 40
# How far down its heading is looked for.
_WITHIN = 20
_DATED = ("moment", "month", "period")


@dataclass(frozen=True)
class _Table:
    """Where the table of a file stands, and what it holds."""

    sheet: str
    heading_row: int
    heading: list[str]
    rows: Grid

    def texts(self, heading: str) -> list[str]:
        """The texts under a heading."""
        at = [plain(cell) for cell in self.heading].index(plain(heading))
        return [cells[at].strip() for _, cells in self.rows if at < len(cells)]


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
    table = _find_table(file, sheet, wanted)
    template = find_template(to) if to else _ask_template(table)
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
        mapping = _ask(template, table, mapping)
    dates = dates or guess_dates(_dated(template, table, mapping))
    mapping = replace(mapping, known_by=tuple(mapping.headings()), dates=dates)
    _check(template, mapping)
    path = _keep(mapping, workspace.definitions / KIND)
    session.screen.answer(f"Written: {path.relative_to(workspace.folder)}")
    show_checked(session.screen, file, check_file(file, workspace.definitions, read_mapping(path)))
    session.screen.say("Next: look at the mapping, then “frankpledge add” this file and all like it.")


def _keep(mapping: Mapping, folder: Path) -> Path:
    """Write a mapping into a folder, in one piece; returns its file."""
    path = folder / f"{mapping.slug}.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}")
    passing.write_text(mapping_text(mapping), encoding="utf-8")
    passing.rename(path)
    return path


def _find_table(file: Path, sheet: str, headings: Sequence[str]) -> _Table:
    """The table of a file: under the row that has the headings, or the row that looks most like a heading."""
    sheets = beginnings(file)
    if sheet and sheet not in sheets:
        raise UserError(f"{file.name} has no sheet “{sheet}”.", f"It has: {', '.join(sheets)}.")
    found = []
    for name in [sheet] if sheet else list(sheets):
        grid = read_grid(file, name)
        at = find_heading(grid[:_WITHIN], headings) if headings else guess_heading(grid[:_WITHIN])
        if at is not None and grid:
            found.append(_Table(name, grid[at][0], grid[at][1], grid[at + 1 :]))
    if not found:
        raise UserError(
            f"{file.name} has no row with the headings “{'”, “'.join(headings)}”.",
            "Write each heading as it stands in the file.",
        )
    # Notes have a column or two; the table has more.
    return max(found, key=lambda table: sum(bool(cell.strip()) for cell in table.heading))


def _columns(template: Template, table: _Table, given: Sequence[str], file: Path) -> dict[str, tuple[str, ...]]:
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


def _as_held(table: _Table, heading: str, file: Path) -> str:
    """A heading as the file has it."""
    for cell in table.heading:
        if plain(cell) == plain(heading):
            return " ".join(cell.split())
    raise UserError(
        f"{file.name} has no heading “{heading}” in row {table.heading_row}.",
        f"It has: {', '.join(cell for cell in table.heading if cell.strip())}.",
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


def _dated(template: Template, table: _Table, mapping: Mapping) -> list[str]:
    names = [column.name for column in template.of_kind(*_DATED) if column.name in mapping.columns]
    # With a time of day in a column of its own, the first heading is the date.
    return [text for name in names for text in table.texts(mapping.columns[name][0])][:500]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "mapping"


def _ask_template(table: _Table) -> Template:
    guessed = guess_template(table.heading, all_templates().values())
    choices = click.Choice(list(all_templates()))
    slug = click.prompt("Which template is it nearest to?", type=choices, default=guessed, show_choices=False)
    return find_template(slug)


def _ask(template: Template, table: _Table, mapping: Mapping) -> Mapping:
    """Ask what each column is taken from, what it always is, and what the sender's words mean."""
    headings = [" ".join(cell.split()) for cell in table.heading if cell.strip()]
    click.echo(f"Row {table.heading_row} is the heading: {', '.join(headings)}.")
    columns, constants, words = dict(mapping.columns), dict(mapping.constants), dict(mapping.words)
    for column in template.columns[:-1]:
        heading = _ask_heading(column, headings)
        if heading:
            columns[column.name] = (heading,)
            meant = _ask_words(column, table.texts(heading))
            if meant:
                words[column.name] = meant
        elif column.filled:
            constants[column.name] = click.prompt(f"  What is {column.name} in every row ({column.holds})?")
    return replace(mapping, columns=columns, constants=constants, words=words)


def _ask_heading(column: Column, headings: Sequence[str]) -> str:
    def heading(text: str) -> str:
        found = [one for one in headings if plain(one) == plain(text)]
        if text.strip() and not found:
            raise click.BadParameter(f"There is none such. The headings are: {', '.join(headings)}.")
        return found[0] if found else ""

    guessed = guess_column(column, headings)
    none = "A space" if guessed else "Enter"
    prompt = f"{column.name} ({column.holds}): which heading? {none} for none"
    return str(click.prompt(prompt, default=guessed, value_proc=heading, show_default=bool(guessed)))


def _ask_words(column: Column, texts: Sequence[str]) -> dict[str, str]:
    """What each of the sender's words means, for a column of a few words."""
    unknown = sorted({text for text in texts if text and text.lower() not in column.choices})
    if column.kind not in ("choice", "path") or len(unknown) > MOST_WORDS:
        return {}
    words = f"one of: {', '.join(column.choices)}" if column.kind == "choice" else "a place in the tree of offences"
    answers = {
        text: str(click.prompt(f"  “{text}” means ({words}; Enter for none)", default="", show_default=False))
        for text in unknown
    }
    return {text: answer for text, answer in answers.items() if answer}
