"""The command that shows the plan: priorities, measures with their reading, actions on a day, gaps."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import PINS, chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.errors import NotHeldError, UserError
from frankpledge.findings.wording import Wording, read_wording
from frankpledge.geography import AreaKind
from frankpledge.indicators.definition import Indicator, read_indicators
from frankpledge.model.document import Run, plain_text
from frankpledge.periods import Period
from frankpledge.plan.asking import read_measure
from frankpledge.plan.gaps import Gap, day_words, gap_sentence, gaps_in
from frankpledge.plan.measuring import MeasureReading
from frankpledge.plan.plan import Plan, PlanMeasure
from frankpledge.plan.reading import find_plan
from frankpledge.plan.status import last_update, status_of
from frankpledge.plan.telling import baseline_of, caveats_of, now_of, target_words, unit_of

if TYPE_CHECKING:
    from frankpledge.cli.main import Session


@click.command("plan")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about; today where not given.")
@YEAR
@PERIOD
@AREA
@PINS
@click.option("--check", is_flag=True, help="Say the gaps alone, and end with 1 where there is one.")
@click.pass_obj
def plan_command(
    session: Session,
    day: datetime | None,
    year: str | None,
    period: str | None,
    area: str | None,
    pins: tuple[str, ...],
    check: bool,
) -> None:
    """Show the plan: its priorities, its measures and how they read, its actions and how they stand, its gaps.

    It is read from plan.yaml of the workspace. Measures are read where a year or period is given, and need a built
    warehouse; the rest needs none.

    \b
    Examples:
      frankpledge plan
      frankpledge plan --on 2019-02-15 --year 2018
      frankpledge plan --check
    """
    workspace = session.workspace()
    plan = find_plan(workspace)
    if plan is None:
        raise NotHeldError(
            f"There is no {workspace.plan.name} in {workspace.folder}.",
            "Write one beside partnership.yaml: “Keep a plan” in the documentation says how.",
        )
    on = day.date() if day else date.today()  # noqa: DTZ011 - the day where the person sits
    indicators = read_indicators(workspace.definitions)
    wording = read_wording(workspace.definitions)
    gaps = gaps_in(plan, indicators, on)
    if not check:
        _show_priorities(session, plan)
        if plan.invented:
            session.screen.answer(f"\n{plain_text(wording.sentence('plan', 'invented'))}")
        if year or period:
            _show_measures(study_of(session, area, pins), plan, indicators, chosen_period(year, period))
        else:
            session.screen.say("To read the measures, give a year or a period: “--year 2018”.")
        _show_actions(session, wording, plan, on)
    _show_gaps(session, wording, gaps, on)
    if check and gaps:
        sys.exit(1)


def _show_priorities(session: Session, plan: Plan) -> None:
    screen = session.screen
    screen.answer(f"{plan.title}, {plan.version}: {day_words(plan.start)} to {day_words(plan.end)}")
    for priority in plan.priorities:
        screen.answer(f"\n{priority.title}{f' ({priority.group})' if priority.group else ''}")
        for objective in plan.objectives_of(priority):
            screen.answer(f"  {objective.title}")


def _show_measures(study: Study, plan: Plan, indicators: dict[str, Indicator], period: Period) -> None:
    if study.area not in study.partnership.areas:
        raise UserError(
            f"{study.area_name} is not one of {study.partnership.name}'s own areas.", "Name one that is, or none."
        )
    reads = [_read(study, one, indicators.get(one.indicator), period) for one in plan.measures.values()]
    study.session.screen.answer("")
    study.session.screen.table(
        f"Measures in {study.area_name}, {period.words()}",
        ("Measure", "Unit", "Baseline", "Now", "Target", "Reading"),
        [_measure_row(study, read, indicators.get(read.measure.indicator)) for read in reads],
        numeric=(2, 3),
    )
    for caveat in dict.fromkeys(plain_text(one) for read in reads for one in caveats_of(study.wording, read)):
        study.session.screen.answer(caveat)
    study.warehouse.close()


def _read(study: Study, one: PlanMeasure, indicator: Indicator | None, period: Period) -> MeasureReading:
    return read_measure(
        one,
        indicator,
        study.area,
        period,
        lambda asked, areas, periods: study.ask(
            asked, AreaKind.AUTHORITY, areas, periods, region=areas == study.partnership.compared
        ),
        study.partnership,
    )


def _measure_row(study: Study, read: MeasureReading, indicator: Indicator | None) -> tuple[str, ...]:
    return (
        read.measure.title,
        unit_of(study.wording, read.measure, indicator),
        _text(baseline_of(read)),
        _text(now_of(read)),
        target_words(study.wording, read.measure),
        study.wording.word("plan_readings", read.reading),
    )


def _text(run: Run) -> str:
    return plain_text((run,))


def _show_actions(session: Session, wording: Wording, plan: Plan, on: date) -> None:
    rows = []
    for one in plan.actions.values():
        update = last_update(one, on)
        due = day_words(one.due) if one.due else wording.word("plan_words", "not set")
        said = f"{day_words(update.day)}: {update.note}" if update else wording.word("plan_words", "nothing said")
        status = wording.word("plan_statuses", status_of(one, on))
        rows.append((one.title, one.owner or wording.word("plan_words", "not named"), due, status, said))
    session.screen.answer("")
    session.screen.table(
        f"Actions on {day_words(on)}", ("Action", "Owner", "Due", "Status", "Last said"), rows, whole=(2, 3)
    )


def _show_gaps(session: Session, wording: Wording, gaps: list[Gap], on: date) -> None:
    screen = session.screen
    if not gaps:
        screen.answer(plain_text(wording.sentence("plan", "no gaps", day=day_words(on))))
        return
    screen.answer("")
    screen.table(
        f"Gaps in the plan on {day_words(on)}: {len(gaps)}",
        ("Line", "What is lacking"),
        [(one.line or "", plain_text(gap_sentence(wording, one))) for one in gaps],
        numeric=(0,),
    )
