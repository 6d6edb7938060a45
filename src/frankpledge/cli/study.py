"""What the commands that study ask with: the warehouse, one authority, and words from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import chosen_pins
from frankpledge.disclosure import Audience, release_estimates
from frankpledge.errors import UserError
from frankpledge.findings.wording import Wording, read_wording
from frankpledge.geography import AreaKind, kind_of
from frankpledge.indicators.choosing import check_pins
from frankpledge.indicators.compute import Answer, area_names, code_of, compute
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import plain_text
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse, open_warehouse

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

AREA = click.option("--area", metavar="AREA", help="A local authority, by its code or name; the partnership's first.")
YEAR = click.option("--year", help="A calendar year.")
PERIOD = click.option("--period", help="2018-07, 2018-Q1, FY2018-19, R12-2023-04.")


@dataclass(frozen=True)
class Study:
    """One authority of one workspace, and what questions of it are asked with."""

    session: Session
    warehouse: Warehouse
    partnership: Partnership
    wording: Wording
    pinned: dict[str, str]
    area: str

    def ask(
        self,
        indicator: Indicator,
        kind: AreaKind,
        areas: Sequence[str],
        periods: Sequence[Period],
        region: bool = False,
    ) -> Answer:
        """The answer to a question, as the board may see it."""
        return self.shown(
            compute(
                self.warehouse, indicator, kind, areas, periods, pinned=self.pinned,
                region=self.partnership if region else None,
            )
        )  # fmt: skip

    def shown(self, answer: Answer) -> Answer:
        """Whoever stands in the workspace sees what the board sees."""
        released = release_estimates(answer.estimates, Audience.BOARD).value
        return Answer(answer.indicator, answer.selection, released)

    def say(self, *keys: str, **fillings: str) -> None:
        """A sentence of the catalogue, filled in."""
        self.session.screen.answer(plain_text(self.wording.sentence(*keys, **fillings)))

    @property
    def area_name(self) -> str:
        """Its name; its code where no name is held."""
        return area_names(self.warehouse, [self.area]).get(self.area, self.area)


def study_of(session: Session, area: str | None, pins: tuple[str, ...]) -> Study:
    """The authority of ``--area``, or the partnership's first, in the workspace one stands in."""
    workspace = session.workspace()
    partnership, warehouse = workspace.partnership(), open_warehouse(workspace)
    pinned = {**partnership.pinned, **chosen_pins(pins)}
    check_pins(warehouse, pinned)
    code = code_of(warehouse, area) if area else partnership.areas[0]
    if kind_of(code) is not AreaKind.AUTHORITY:
        raise UserError(f"{code} is of the kind {kind_of(code)}.", "Name a local authority.")
    return Study(session, warehouse, partnership, read_wording(workspace.definitions), pinned, code)
