"""The command ``link``: how many people stand in both of two lists that share no code, or twice in one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.cli.partners import must_be_there
from frankpledge.errors import UserError
from frankpledge.findings.lists import (
    KINDS,
    Compared,
    PeopleList,
    Readable,
    guess_compared,
    people_in_both,
    read_column,
    read_people_list,
    repeats_in,
)
from frankpledge.findings.wording import Wording, read_wording
from frankpledge.linkage import Overlap, Repeats, Uncertain
from frankpledge.model.document import plain_text

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen


@click.command("link")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path), required=False)
@click.option(
    "--by",
    "by",
    multiple=True,
    metavar="COLUMN:KIND",
    help=f"A column to compare by, and what it holds: {', '.join(KINDS)}. Guessed from the headings without it.",
)
@click.option("--identifier", metavar="COLUMN", help="The column that names a record, each once; else its line does.")
@click.pass_obj
def link_command(session: Session, left: Path, right: Path | None, by: tuple[str, ...], identifier: str | None) -> None:
    """Count the people who stand in both of two lists that share no code; with one list, those in it twice.

    Three columns at least must be names, codes, dates or years. It needs no workspace, writes nothing, and shows no
    row.

    \b
    Examples:
      frankpledge link victims.csv housing.csv
      frankpledge link calls.csv --by surname:name --by forename:name --by dob:date
    """
    for file in filter(None, (left, right)):
        must_be_there(file)
    lists = [read_people_list(file) for file in (left, right) if file]
    columns = tuple(map(_compared, by)) or guess_compared(lists)
    if not columns:
        raise UserError(
            f"No heading{' of both lists' if right else ''} says what its column holds.",
            f"Say it: --by COLUMN:KIND for each. Headings: {', '.join(lists[0].headings)}.",
        )
    telling = _Telling(session.screen, read_wording())
    telling.lists(lists, columns, guessed=not by)
    session.screen.say("Comparing the records…")
    if len(lists) == 2:
        telling.overlap(lists, people_in_both(lists[0], lists[1], columns, identifier))
    else:
        telling.repeats(lists[0], repeats_in(lists[0], columns, identifier))
    telling.say("nothing kept")


def _compared(text: str) -> Compared:
    heading, _, kind = text.rpartition(":")
    if not heading.strip() or kind not in KINDS:
        raise UserError(f"“{text}” is not COLUMN:KIND.", f"Kinds are {', '.join(KINDS)}; write it as surname:name.")
    return Compared(heading.strip(), kind)


class _Telling:
    """What is told of the lists and of what was found."""

    def __init__(self, screen: Screen, wording: Wording) -> None:
        self.screen, self.wording = screen, wording

    def say(self, key: str, **fillings: str) -> None:
        self.screen.answer(plain_text(self.wording.sentence("link", key, **fillings)))

    def lists(self, lists: Sequence[PeopleList], columns: Sequence[Compared], guessed: bool) -> None:
        """What the columns are compared as, how much of them is not recorded, and what could not be read."""
        read = {one: [read_column(people, one) for people in lists] for one in columns}
        self.screen.table(
            "",
            ("Column", "Compared as", *(f"Not recorded, {people.name}" for people in lists)),
            [(one.heading, one.kind, *(_not_recorded(column) for column in read[one])) for one in columns],
            numeric=tuple(range(2, 2 + len(lists))),
        )
        if guessed:
            self.say("guessed")
        for one, held in read.items():
            for people, column in zip(lists, held, strict=True):
                if column.unread:
                    self._unread(people, one, column)
        for people in lists:
            if people.aside:
                self.say("aside", file=people.name, rows=f"{len(people.aside):,}", line=f"{people.aside[0].line:,}")

    def _unread(self, people: PeopleList, compared: Compared, column: Readable) -> None:
        self.say(
            "unread",
            file=people.name,
            column=compared.heading,
            kind=compared.kind,
            cells=f"{len(column.unread):,}",
            line=f"{column.unread[0]:,}",
        )

    def overlap(self, lists: Sequence[PeopleList], found: Overlap) -> None:
        """How many people are in both lists, and what share of each they are."""
        left, right = lists
        persons = found.persons
        self.say(
            "both",
            left=left.name,
            right=right.name,
            left_records=f"{found.left_records:,}",
            right_records=f"{found.right_records:,}",
            **_whole(persons),
        )
        for people, records in ((left, found.left_records), (right, found.right_records)):
            share = Uncertain(persons.value / records, persons.low / records, persons.high / records)
            self.say("share of a list", file=people.name, **_percent(share))
        self.say("links", at_half=f"{found.at_half:,}", at_95=f"{found.at_95:,}")
        self.say("interval")
        self.say("each once")

    def repeats(self, people: PeopleList, found: Repeats) -> None:
        """How many people the records are of, and how many of them stand there twice or more."""
        self.say("people", file=people.name, records=f"{found.records:,}", **_whole(found.persons))
        self.say("repeated", **_whole(found.repeated))
        self.say("later records", **_percent(found.share))
        self.say("repeated links", at_half=f"{found.at_half:,}", at_95=f"{found.at_95:,}")
        self.say("interval of repeats")


def _not_recorded(column: Readable) -> str:
    return f"{column.empty:,} of {len(column.values):,}"


def _whole(number: Uncertain) -> dict[str, str]:
    return {"value": f"{number.value:,.0f}", "low": f"{number.low:,.0f}", "high": f"{number.high:,.0f}"}


def _percent(share: Uncertain) -> dict[str, str]:
    return {"value": f"{share.value:.1%}", "low": f"{share.low:.1%}", "high": f"{share.high:.1%}"}
