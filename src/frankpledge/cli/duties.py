"""The command for what the law asks: duties."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from frankpledge.assessment.blocks.statutory import limit_words, state_words
from frankpledge.assessment.evidence import evidence_of
from frankpledge.duties.coverage import coverage_of, day_words, evidence_words
from frankpledge.duties.definition import read_duties
from frankpledge.duties.prescribed import Disclosed, disclosures
from frankpledge.findings.wording import read_wording
from frankpledge.model.document import plain_text
from frankpledge.warehouse.connection import open_warehouse

if TYPE_CHECKING:
    from frankpledge.cli.main import Session


@click.command("duties")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is asked on; today where not given.")
@click.pass_obj
def duties_command(session: Session, on: datetime.datetime | None) -> None:
    """Tell which duties of the law are met, late, missing or not told, and which partners' data arrived when.

    \b
    Examples:
      frankpledge duties
      frankpledge duties --on 2024-02-01
    """
    workspace = session.workspace()
    day = on.date() if on else datetime.date.today()  # noqa: DTZ011 - the day where the person sits
    duties = read_duties(workspace.definitions, workspace.partnership().areas)
    wording = read_wording(workspace.definitions)
    warehouse = open_warehouse(workspace)
    evidence = evidence_of(workspace, warehouse, duties)
    warehouse.close()
    session.screen.table(
        "Duties",
        ("Duty", "Authority", "How far", "Evidence"),
        [
            (
                met.duty.slug,
                f"{met.duty.authority}{'' if met.duty.verified else ' [k]'}",
                met.state,
                f"{evidence_words(wording, met)}{limit_words(wording, met)}",
            )
            for met in coverage_of(duties, evidence, day)
        ],
        whole=(0,),
    )
    session.screen.answer("")
    _show_prescribed(session, disclosures(evidence, day))
    session.screen.answer(plain_text(wording.sentence("duties", "on", day=day_words(day))))


def _show_prescribed(session: Session, found: Sequence[Disclosed]) -> None:
    """The last four quarters that have ended, set by set."""
    quarters = sorted({one.quarter for one in found})[-4:]
    cells = {(one.data_set.slug, one.quarter): state_words(one) for one in found}
    session.screen.table(
        "Prescribed information (SI 2007/1831)",
        ("Data set", *(f"{one.words()}, due {day_words(one.due)}" for one in quarters)),
        [
            (slug, *(cells[slug, quarter] for quarter in quarters))
            for slug in dict.fromkeys(one.data_set.slug for one in found)
        ],
        whole=(0,),
    )
