"""Commands that ask: show, sources, indicators."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from frankpledge.cli.screen import BAR_WIDTH, bar
from frankpledge.disclosure import Audience, release_estimates
from frankpledge.errors import NotHeldError, UserError
from frankpledge.findings.bases import small_base_warning
from frankpledge.findings.wording import read_wording
from frankpledge.geography import KIND_WORDS, AreaKind, kind_of
from frankpledge.indicators.choosing import check_pins
from frankpledge.indicators.compute import area_names, areas_within, code_of, compute
from frankpledge.indicators.definition import find_indicator, read_indicators
from frankpledge.indicators.drawn import drawn_areas
from frankpledge.indicators.vintages import areas_in_words
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Estimate
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period, month_words, parse_period
from frankpledge.report.escaping import safe_text
from frankpledge.sources.adding import known_shapes
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.connection import Warehouse, open_warehouse

if TYPE_CHECKING:
    from frankpledge.cli.main import Session


def chosen_period(year: str | None, period: str | None) -> Period:
    """The period of ``--year`` or ``--period``, one of which must be given."""
    if bool(year) == bool(period):
        raise UserError("Which period?", "Give one of “--year 2018” and “--period R12-2023-04”.")
    return parse_period(year or period or "")


def chosen_pins(pins: tuple[str, ...]) -> dict[str, str]:
    """``DATASET=RELEASE`` texts as a mapping."""
    for pin in pins:
        if "=" not in pin:
            raise UserError(f"“{pin}” is not DATASET=RELEASE.", "Write it as “--pin mps-borough=2021-07”.")
    return dict(pin.split("=", 1) for pin in pins)


PINS = click.option(
    "--pin", "pins", multiple=True, metavar="DATASET=RELEASE", help="Hold a dataset to a release; once for each."
)


@click.command("show")
@click.argument("indicator")
@click.option("--by", type=click.Choice(list(KIND_WORDS)), default="borough", show_default=True, help="Kind of area.")
@click.option("--year", help="A calendar year.")
@click.option("--period", help="2018-07, 2018-Q1, FY2018-19, R12-2023-04.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="These areas only, each by its code or name.")
@PINS
@click.option("--csv", "form", flag_value="csv", help="Write CSV.")
@click.option("--json", "form", flag_value="json", help="Write JSON: a list of estimates.")
@click.pass_obj
def show_command(
    session: Session,
    indicator: str,
    by: str,
    year: str | None,
    period: str | None,
    areas: tuple[str, ...],
    pins: tuple[str, ...],
    form: str | None,
) -> None:
    """Show an indicator for areas of a kind, with its interval and where it is from.

    \b
    Examples:
      frankpledge show burglary --by ward --year 2017
      frankpledge show total-offences --by borough --year 2018 --json
    """
    workspace = session.workspace()
    asked = chosen_period(year, period)
    definition = find_indicator(indicator, workspace.definitions)
    partnership = workspace.partnership()
    warehouse = open_warehouse(workspace)
    areas = tuple(code_of(warehouse, area) for area in areas)
    kind = _kind(by, areas)
    codes = _asked(warehouse, areas, kind) or _areas(warehouse, partnership, kind)
    region = partnership if kind is AreaKind.AUTHORITY and not areas else None
    pinned = {**partnership.pinned, **chosen_pins(pins)}
    check_pins(warehouse, pinned)
    answer = compute(warehouse, definition, kind, codes, [asked], pinned=pinned, region=region)
    # Whoever stands in the workspace sees what the board sees.
    estimates = release_estimates(answer.estimates, Audience.BOARD).value
    {"csv": _as_csv, "json": _as_json}.get(form or "", _as_table)(session, definition.title, asked, estimates)
    words = "" if form else areas_in_words(warehouse, kind, codes, answer.selection)
    if words:
        session.screen.answer(words)
    warehouse.close()


def _kind(by: str, areas: tuple[str, ...]) -> AreaKind:
    """The kind of area asked for; where only areas are named, theirs."""
    said = click.get_current_context().get_parameter_source("by") is not ParameterSource.DEFAULT
    return KIND_WORDS[by] if said or not areas else kind_of(areas[0])


def _asked(warehouse: Warehouse, areas: tuple[str, ...], kind: AreaKind) -> list[str]:
    """The areas of ``--area``, each of the kind asked for and known here."""
    known = area_names(warehouse, areas)
    for code in areas:
        if kind_of(code) is not kind:
            raise UserError(
                f"{code} is of the kind {kind_of(code)}, and --by asks for another.",
                "Say --by with that area's own kind (borough, ward, lsoa or own), one kind at a time.",
            )
        if code not in known:
            raise UserError(
                f"No area {code} is known here.", "Check the code; “show” without --area lists those known."
            )
    return list(areas)


def _areas(warehouse: Warehouse, partnership: Partnership, kind: AreaKind) -> list[str]:
    if kind is AreaKind.AUTHORITY:
        return list(dict.fromkeys((*partnership.compared, *partnership.region_areas)))
    if kind is AreaKind.OWN:
        return _drawn(warehouse)
    codes = areas_within(warehouse, kind, partnership.areas)
    if not codes:
        raise UserError(
            f"No {kind} of {partnership.name} is known here.",
            "Add counts by ward, or the geography look-ups that say which small area lies in which ward; then build.",
        )
    return codes


def _drawn(warehouse: Warehouse) -> list[str]:
    codes = list(drawn_areas(warehouse))
    if not codes:
        raise UserError(
            "No area of your own is in the warehouse.",
            "Write one as a file in definitions/areas, see it with “frankpledge areas”, then “frankpledge build”: "
            "areas are drawn when the warehouse is built.",
        )
    return codes


def _as_json(session: Session, title: str, period: Period, estimates: Sequence[Estimate]) -> None:
    session.screen.answer(json.dumps([one.as_row() for one in estimates], indent=1, ensure_ascii=False))


def _as_csv(session: Session, title: str, period: Period, estimates: Sequence[Estimate]) -> None:
    rows = [one.as_row() for one in estimates]
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_text(cell) for name, cell in row.items()} for row in rows)


def _as_table(session: Session, title: str, period: Period, estimates: Sequence[Estimate]) -> None:
    rates = [one.value for one in estimates if one.value is not None]
    counts = [one.numerator for one in estimates if one.numerator is not None]
    largest = max(rates or counts or [0])
    named = Counter(one.area_name for one in estimates)
    rows = [
        (
            # Wards of two years can have one name.
            one.area_name if named[one.area_name] == 1 else f"{one.area_name} ({one.area_code})",
            _count(one),
            "" if one.value is None else f"{one.value:,.2f}",
            _interval(one),
            one.status.value,
            bar(one.value if rates else one.numerator, largest) or _why(one),
        )
        for one in sorted(estimates, key=lambda one: (one.value is None, -(one.value or 0), one.area_name))
    ]
    columns = ("Area", "Count", estimates[0].unit.capitalize(), "95% interval", "Status", "".ljust(BAR_WIDTH))
    session.screen.table(f"{title}, {period.words()}", columns, rows, numeric=(1, 2, 3))
    sources = sorted({_read_from(one) for one in estimates if one.series and not one.missing})
    session.screen.answer(f"Source: {'; '.join(sources) or 'no dataset held can answer'}.")
    warning = small_base_warning(read_wording(session.workspace().definitions), estimates)
    if warning:
        session.screen.answer(plain_text(warning))
    if any(one.invented for one in estimates):
        session.screen.answer("These records are invented.")


def _read_from(estimate: Estimate) -> str:
    return f"{estimate.series}, population {estimate.population}" if estimate.population else str(estimate.series)


def _count(estimate: Estimate) -> str:
    if estimate.numerator is None:
        return "missing" if estimate.missing else ""
    return f"{estimate.numerator:,}"


def _interval(estimate: Estimate) -> str:
    return "" if estimate.low is None or estimate.high is None else f"{estimate.low:,.2f} to {estimate.high:,.2f}"


def _why(estimate: Estimate) -> str:
    return estimate.method if estimate.missing else ""


@click.command("sources")
@click.pass_obj
def sources_command(session: Session) -> None:
    """List the sources that are known, and what is held of each.

    \b
    Example:
      frankpledge sources
    """
    held = _held(session)
    rows = []
    for registered in all_sources().values():
        source = registered.source
        rows.append((source.title, source.publisher, source.cadence, held.get(source.dataset, "none")))
    session.screen.table("Sources", ("Source", "Publisher", "Published", "Held here"), rows)
    session.screen.say("\nHow a file is recognised:")
    for title, looks_like in known_shapes():
        session.screen.say(f"  {title}: {looks_like}.")


def _held(session: Session) -> dict[str, str]:
    """Dataset → releases and months held; nothing outside a workspace or before the first build."""
    try:
        warehouse = open_warehouse(session.workspace())
    except UserError:
        return {}
    rows = warehouse.con.execute(
        "SELECT dataset, release, first_month, last_month FROM series WHERE release <> '' ORDER BY dataset, release"
    ).fetchall()
    warehouse.close()
    held: dict[str, list[str]] = {}
    for dataset, release, first, last in rows:
        words = release if first is None else f"{release} ({month_words(first)} to {month_words(last)})"
        held.setdefault(dataset, []).append(words)
    return {dataset: "; ".join(words) for dataset, words in held.items()}


@click.command("indicators")
@click.argument("word", default="")
@click.pass_obj
def indicators_command(session: Session, word: str) -> None:
    """List the indicators that can be shown: all of them, or those whose name, title or datasets hold a word.

    \b
    Examples:
      frankpledge indicators
      frankpledge indicators knife
      frankpledge indicators asb-calls
    """
    try:
        overlay = session.workspace().definitions
    except UserError:
        overlay = None
    wanted = [
        one
        for one in read_indicators(overlay).values()
        if any(word.lower() in text for text in (one.slug, one.title.lower(), *chain(*one.datasets.values())))
    ]
    if not wanted:
        raise NotHeldError(f"No indicator has “{word}” in its name or title.", "See “frankpledge indicators”.")
    rows = [
        (one.harm_group, one.slug, one.title, one.per, one.polarity)
        for one in sorted(wanted, key=lambda one: (one.harm_group, one.slug))
    ]
    session.screen.table("Indicators", ("Group", "Name", "Title", "Rate", "Better"), rows, whole=(1,))
    session.screen.say("“Neither” is better where reporting or policing drives the figure.")
