"""The command that reaches the network: fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from rich.progress import Progress, TaskID

from frankpledge.errors import FetchError, UserError
from frankpledge.fetching.connection import open_client
from frankpledge.fetching.definition import NEVER, Address, chosen, read_addresses, read_forces
from frankpledge.fetching.errand import Clock, Errand, Moved, Patience
from frankpledge.fetching.fetch import Outcome, fetch, fetching
from frankpledge.fetching.finding import Asked
from frankpledge.fetching.sizes import size_words
from frankpledge.periods import parse_period
from frankpledge.sources.registry import all_sources
from frankpledge.workspace import Workspace, packaged_areas

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen

_PATIENCE = Patience()
_CLOCK = Clock()

# A line for every tenth of a file where there is no bar, or for so much of it where its size is not known.
_TENTH = 10
_STEP = 50 * 10**6


@click.command("fetch")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--from", "first", metavar="MONTH", help="The first month: 2023-01. Usually three years before the last.")
@click.option("--to", "last", metavar="MONTH", help="The last month: 2023-12. Usually the newest there is.")
@click.option(
    "--force",
    "forces",
    multiple=True,
    metavar="FORCE",
    help="A police force in the words of data.police.uk (bedfordshire); once for each. Usually the partnership's own.",
)
@click.option("--list", "listing", is_flag=True, help="List what can be fetched and from where; fetch nothing.")
@click.pass_obj
def fetch_command(
    session: Session,
    names: tuple[str, ...],
    first: str | None,
    last: str | None,
    forces: tuple[str, ...],
    listing: bool,
) -> None:
    """Fetch open data from its publishers and add them: what the partnership needs, or the sources named.

    What is cut off is gone on from the next time. A file is added only when it is whole and is what it should be.

    \b
    Examples:
      frankpledge fetch --list
      frankpledge fetch
      frankpledge fetch police-uk --from 2021-01 --to 2023-12 --force bedfordshire
    """
    workspace = session.workspace()
    addresses = chosen(read_addresses(workspace.definitions), names)
    wanted_forces = _forces(workspace, forces)
    if not names:
        addresses = [one for one in addresses if not one.forces or set(one.forces) & set(wanted_forces)]
    if listing:
        _list(session.screen, read_addresses(workspace.definitions), {one.name for one in addresses})
        return
    asked = Asked(_month(first, 0), _month(last, -1), wanted_forces, _areas(workspace))
    if asked.first is not None and asked.last is not None and asked.first > asked.last:
        raise UserError(f"{first} is after {last}.", "Give the earlier month with --from, the later with --to.")
    outcomes = _fetch(session.screen, workspace, addresses, asked)
    session.screen.answer(_summary(outcomes))
    if outcomes["added"]:
        session.screen.say("Next: “frankpledge build”.")
    if outcomes["refused"]:
        raise FetchError(
            f"{outcomes['refused']} could not be fetched.", "The reason and what to do are beside each, above."
        )


def _summary(outcomes: Counter[str]) -> str:
    words = f"{outcomes['added']} added, {outcomes['held']} with nothing new"
    return words + (f", {outcomes['refused']} not fetched." if outcomes["refused"] else ".")


def _month(text: str | None, end: int) -> int | None:
    """The first or last month of a period that was given; a year stands for its January or December."""
    if text is None:
        return None
    return parse_period(text).months[end]


def _forces(workspace: Workspace, given: tuple[str, ...]) -> tuple[str, ...]:
    """The police forces meant: those given, else those of the partnership's areas, as far as they are known."""
    words = read_forces(workspace.definitions)
    for force in given:
        if force not in words.values():
            raise UserError(
                f"“{force}” is not a police force of England and Wales.",
                f"Write one of: {', '.join(sorted(words.values()))}.",
            )
    partnership = workspace.partnership()
    codes = [area.force for area in packaged_areas() if area.code in partnership.areas]
    # Outside London the whole that a partnership is ranked within is the area of its police force.
    return given or tuple(dict.fromkeys(words[code] for code in (*codes, partnership.region_code) if code in words))


def _areas(workspace: Workspace) -> tuple[str, ...]:
    partnership = workspace.partnership()
    return tuple(dict.fromkeys((*partnership.compared, *partnership.region_areas)))


def _fetch(screen: Screen, workspace: Workspace, addresses: list[Address], asked: Asked) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    with fetching(workspace) as folder, open_client(_PATIENCE) as client, screen.progress() as bar:
        moved = _Bars(bar) if bar else _Lines(screen.say)
        errand = Errand(client, folder, screen.say, moved, _PATIENCE, _CLOCK)
        for outcome in fetch(workspace, errand, addresses, asked):
            outcomes[outcome.outcome] += 1
            _tell(screen, outcome)
    return outcomes


def _tell(screen: Screen, outcome: Outcome) -> None:
    if outcome.outcome == "refused":
        click.echo(f"! {outcome.words}", err=True)
    else:
        screen.say(f"{'+' if outcome.outcome == 'added' else '='} {outcome.words}")


class _Bars:
    """A bar for the file that is on its way, in megabytes or rows."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: tuple[str, TaskID] | None = None

    def __call__(self, moved: Moved) -> None:
        if self._task is None or self._task[0] != moved.name:
            if self._task is not None:
                self._bar.remove_task(self._task[1])
            unit = "MB" if moved.unit == "bytes" else moved.unit
            # A terminal of eighty letters must have room for the bar and the time left.
            self._task = (moved.name, self._bar.add_task(f"{moved.name[:26]}, {unit}", total=None))
        part = 10**6 if moved.unit == "bytes" else 1
        total = None if moved.total is None else moved.total / part
        self._bar.update(self._task[1], completed=moved.done / part, total=total)


class _Lines:
    """Where there is no terminal: a line for every tenth of a file."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said: tuple[str, int] = ("", 0)

    def __call__(self, moved: Moved) -> None:
        step = moved.done * _TENTH // moved.total if moved.total else moved.done // _STEP
        name, before = self._said
        if moved.name == name and step <= before:
            return
        self._said = (moved.name, step)
        # A small file is there before a line about it would be read.
        if step and (moved.unit != "bytes" or (moved.total or moved.done) >= _STEP):
            self._say(f"{moved.name}: {_words(moved)}")


def _words(moved: Moved) -> str:
    if moved.unit != "bytes":
        return f"{moved.done:,} of {moved.total:,} {moved.unit}"
    return f"{size_words(moved.done)} of {size_words(moved.total)}" if moved.total else size_words(moved.done)


def _list(screen: Screen, addresses: dict[str, Address], needed: set[str]) -> None:
    rows = [
        (
            one.name,
            one.title,
            "yes" if one.name in needed else "when named",
            one.checked,
            " ".join(source if source in all_sources() else f"{source} (not read yet)" for source in one.sources),
        )
        for one in addresses.values()
    ]
    screen.table("What can be fetched", ("Name", "Title", "Fetched", "Checked", "Source"), rows, whole=(0,))
    # On lines of their own, so that they can be copied. What is asked of an address is in the definition.
    screen.answer("From where")
    for one in addresses.values():
        screen.answer(f"  {one.name}: {one.place.split('?')[0]}")
    if any(one.checked == NEVER for one in addresses.values()):
        screen.say(
            "“never”: written from the publisher's documentation, and not yet tried. If one has moved, correct it in "
            "definitions/addresses of your workspace."
        )
