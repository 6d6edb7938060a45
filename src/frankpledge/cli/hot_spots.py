"""The command that finds hot spots: hotspots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.findings.ground import CELL
from frankpledge.findings.hot_spots import REACH, HotSpot, HotSpots, find_hot_spots
from frankpledge.indicators.definition import Indicator, find_indicator

if TYPE_CHECKING:
    from frankpledge.cli.main import Session


@click.command("hotspots")
@click.argument("indicator")
@YEAR
@PERIOD
@click.option(
    "--tested-on", "tested_on", type=click.IntRange(1, 60), metavar="MONTHS", help="Months after, to test on."
)
@AREA
@click.pass_obj
def hotspots_command(
    session: Session, indicator: str, year: str | None, period: str | None, tested_on: int | None, area: str | None
) -> None:
    """Find hot spots, name them, and test the map on the months after.

    \b
    Examples:
      frankpledge hotspots burglary --period R12-2017-04 --tested-on 8
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, ())
    definition = find_indicator(indicator, session.workspace().definitions)
    found = find_hot_spots(study.warehouse, definition, study.area, asked, tested_on or 0)
    _say_hot_spots(study, definition, found, study.area_name)
    study.warehouse.close()


def _say_hot_spots(study: Study, indicator: Indicator, found: HotSpots, area: str) -> None:
    noun, period = indicator.noun, found.period.words()
    if found.spots:
        share = f"{found.clusters.hot.sum() / found.inside.sum():.1%}"
        key = "found one" if len(found.spots) == 1 else "found"
        number = str(len(found.spots))
        study.say(
            "hot_spots",
            key,
            number=number,
            area_share=share,
            noun=noun,
            area=area,
            period=period,
            reach=f"{CELL * REACH:.0f}",
        )
        study.session.screen.table("", _SPOT_COLUMNS, [_spot_row(one) for one in found.spots], numeric=(1, 2, 3))
    else:
        study.say("hot_spots", "none", noun=noun, area=area, period=period)
    _say_prediction(study, found)
    concentrated = found.concentration
    study.say(
        "hot_spots",
        "concentrated",
        half=f"{concentrated.places_holding_half:.0%}",
        chance=f"{concentrated.by_chance:.0%}",
    )
    study.say("hot_spots", "snapped", placed=f"{found.placed:,}", points=f"{found.points:,}", cell=f"{CELL:.0f}")
    if found.unplaced:
        study.say("hot_spots", "unplaced", unplaced=f"{found.unplaced:,}", all=f"{found.placed + found.unplaced:,}")


_SPOT_COLUMNS = ("Place", "Records", "Year before", "Months after", "What it has been")


def _spot_row(spot: HotSpot) -> tuple[str, ...]:
    return (
        spot.name,
        f"{spot.events:,}",
        "" if spot.before is None else f"{spot.before:,}",
        "" if spot.after is None else f"{spot.after:,}",
        spot.persistence.value if spot.persistence else "",
    )


def _say_prediction(study: Study, found: HotSpots) -> None:
    tested = found.prediction
    if tested is None or tested.accuracy is None or tested.efficiency is None:
        if found.spots:
            study.say("hot_spots", "not tested")
        return
    study.say(
        "hot_spots",
        "tested",
        events=f"{tested.events:,}",
        months=str(len(found.tested_on)),
        captured=f"{tested.captured.value:.1%}",
        accuracy=f"{tested.accuracy:.1f}",
        low=f"{tested.accuracy_low:.1f}",
        high=f"{tested.accuracy_high:.1f}",
        efficiency=f"{tested.efficiency:.0%}",
    )
