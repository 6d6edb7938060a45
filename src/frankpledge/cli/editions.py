"""The command that lists what was published, and sets two editions beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from frankpledge.assessment.editions import KeptEdition, KeptFigure, compare_editions, find_edition, read_editions
from frankpledge.findings.wording import Wording, read_wording
from frankpledge.model.document import plain_text

if TYPE_CHECKING:
    from frankpledge.cli.main import Session
    from frankpledge.cli.screen import Screen


@click.command("editions")
@click.option("--compare", nargs=2, metavar="EARLIER LATER", help="Two editions, by their letters and digits.")
@click.pass_obj
def editions_command(session: Session, compare: tuple[str, str] | None) -> None:
    """List the editions that are kept, or tell what differs between two of them.

    \b
    Examples:
      frankpledge editions
      frankpledge editions --compare dca800b8b5 18412bf2e1
    """
    workspace = session.workspace()
    editions, wording = read_editions(workspace.editions), read_wording(workspace.definitions)
    if compare:
        earlier, later = (find_edition(editions, wanted) for wanted in compare)
        _tell_changes(session.screen, wording, earlier, later)
    elif editions:
        _list(session.screen, editions)
    else:
        session.screen.answer(wording.word("edition lists", "none kept"))


def _list(screen: Screen, editions: list[KeptEdition]) -> None:
    rows = [(one.edition, one.document, one.audience, one.prepared, f"{len(one.figures):,}") for one in editions]
    screen.table("", ("Edition", "Document", "For", "Prepared", "Figures"), rows, numeric=(4,), whole=(0,))


def _tell_changes(screen: Screen, wording: Wording, earlier: KeptEdition, later: KeptEdition) -> None:
    changes = compare_editions(earlier.figures, later.figures)
    if changes.revised:
        rows = [
            (
                f"{one.later.indicator}, {one.later.measure}",
                one.later.area_name,
                one.later.period,
                one.earlier.text,
                one.later.text,
                "; ".join(one.earlier.releases),
                "; ".join(one.later.releases),
            )
            for one in changes.revised
        ]
        columns = ("Revised", "Area", "Period", "Earlier", "Later", "Earlier release", "Later release")
        screen.table("", columns, rows, numeric=(3, 4))
    counted = wording.sentence(
        "edition lists",
        "counted",
        earlier=f"{earlier.document}, {earlier.edition}",
        later=f"{later.document}, {later.edition}",
        revised=f"{len(changes.revised):,}",
        new=f"{len(changes.new):,}",
        gone=f"{len(changes.gone):,}",
    )
    screen.answer(plain_text(counted))
    for name, figures in (("new", changes.new), ("gone", changes.gone)):
        if figures:
            screen.answer(f"{wording.word('edition lists', name)} {_by_indicator(figures)}.")


def _by_indicator(figures: Iterable[KeptFigure]) -> str:
    counted = Counter(one.indicator for one in figures)
    return "; ".join(f"{indicator} {number:,}" for indicator, number in sorted(counted.items()))
