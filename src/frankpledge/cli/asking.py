"""What the command ``map`` asks at a terminal: what each column of a template is taken from, and how.

No cell of a column that looks as if people were named in it is shown: what is shown and answered here is written
into the mapping, which is plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import click

from frankpledge.sources.partners.given_table import GivenColumn, GivenTable
from frankpledge.sources.partners.guesses import guess_columns, guess_template, guess_word
from frankpledge.sources.partners.mapping import Mapping
from frankpledge.sources.partners.personal import reads_as_people
from frankpledge.sources.partners.template import Column, Template, all_templates, find_template

# More different words than this in a column are not asked for one by one.
MOST_WORDS = 40


def ask_template(table: GivenTable) -> Template:
    """Ask which template a table is read as."""
    guessed = guess_template(table.columns, all_templates().values())
    choices = click.Choice(list(all_templates()))
    slug = click.prompt("Which template is it nearest to?", type=choices, default=guessed, show_choices=False)
    return find_template(slug)


def ask_mapping(template: Template, table: GivenTable, mapping: Mapping) -> Mapping:
    """Ask what each column is taken from, what it always is, and what the sender's words mean."""
    click.echo(f"Row {table.heading_row} is the heading: {', '.join(table.headings)}.")
    columns = list(template.columns[:-1])
    asking = _Asking(table, dict(mapping.constants), list(mapping.fill_down))
    for at in range(len(columns)):
        asking.ask(columns[at:])
    return replace(
        mapping,
        columns=asking.columns,
        constants=asking.constants,
        words=mapping.words | asking.words,
        fill_down=tuple(asking.fill_down),
    )


def looks_of_people(given: GivenColumn) -> str:
    """That a column looks as if people were named in it, in words that show none of it."""
    return f"“{given.heading}” looks as if it held people's names, dates of birth, or how to reach them"


@dataclass
class _Asking:
    """The answers so far."""

    table: GivenTable
    constants: dict[str, str]
    fill_down: list[str]
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def ask(self, left: list[Column]) -> None:
        """Ask all about the first of the columns that are left."""
        column = left[0]
        given = self._ask_given(left)
        if given is None:
            if column.filled and column.name not in self.constants:
                always = f"  What is {column.name} in every row ({column.holds})?"
                self.constants[column.name] = click.prompt(always)
            return
        self.columns[column.name] = (given.heading,)
        self._ask_time(column, given)
        self._ask_fill_down(column, given)
        if meant := _ask_words(column, given):
            self.words[column.name] = meant

    def _free(self) -> list[GivenColumn]:
        taken = {heading for headings in self.columns.values() for heading in headings}
        return [one for one in self.table.columns if one.heading not in taken]

    def _ask_given(self, left: list[Column]) -> GivenColumn | None:
        # The guess looks at all that are left, so that none is offered what another is nearer to.
        guessed = guess_columns(left, self._free()).get(left[0].name, "")
        while True:
            given = self._ask_heading(left[0], guessed)
            if given is None or not given.people:
                return given
            if click.confirm(f"  {looks_of_people(given)}. Take it all the same?", default=False):
                return given

    def _ask_heading(self, column: Column, guessed: str) -> GivenColumn | None:
        def named(text: str) -> GivenColumn | None:
            found = self.table.find(text)
            if text.strip() and not found:
                raise click.BadParameter(f"There is none such. The headings are: {', '.join(self.table.headings)}.")
            return found

        none = "A space" if guessed else "Enter"
        prompt = f"{column.name} ({column.holds}): which heading? {none} for none"
        found: GivenColumn | None = click.prompt(prompt, default=guessed, value_proc=named, show_default=bool(guessed))
        return found

    def _ask_time(self, column: Column, given: GivenColumn) -> None:
        """A date without a time of day may have it in another column."""
        if column.kind != "moment" or given.timed:
            return
        clock = self.table.clock_beside(given, self._free())
        if clock and click.confirm(
            f"  “{clock.heading}” holds times of day. Join it to “{given.heading}”?", default=True
        ):
            self.columns[column.name] = (given.heading, clock.heading)

    def _ask_fill_down(self, column: Column, given: GivenColumn) -> None:
        """A column that must be filled may be written once for several rows."""
        if not column.filled or given.heading in self.fill_down or not given.written_once:
            return
        empty = len(given.texts) - len(given.filled)
        words = f"  “{given.heading}” is empty in {empty:,} of {len(given.texts):,} rows, below one that is filled."
        if click.confirm(f"{words} Does an empty cell mean what stands above it?", default=True):
            self.fill_down.append(given.heading)


def _ask_words(column: Column, given: GivenColumn) -> dict[str, str]:
    """What each of the sender's words means, for a column of a few words."""
    unknown = [text for text in given.different if text.lower() not in column.choices]
    if column.kind not in ("choice", "path") or given.people or not unknown:
        return {}
    if given.varied or given.coded or len(unknown) > MOST_WORDS:
        click.echo(
            f"  “{given.heading}” holds {len(given.different):,} different texts in {len(given.filled):,} rows: "
            "they are not asked for one by one."
        )
        return {}
    shown = [text for text in unknown if not reads_as_people(text)]
    if len(shown) < len(unknown):
        click.echo(f"  {len(unknown) - len(shown):,} of its texts may name somebody, and are not asked for.")
    answers = {text: _ask_word(column, text) for text in shown}
    return {text: answer for text, answer in answers.items() if answer}


def _ask_word(column: Column, text: str) -> str:
    guessed = guess_word(text, column.choices)
    words = f"one of: {', '.join(column.choices)}" if column.kind == "choice" else "a place in the tree of offences"
    none = "a space" if guessed else "Enter"
    prompt = f"  “{text}” means ({words}; {none} for none)"
    return str(click.prompt(prompt, default=guessed, show_default=bool(guessed))).strip()
