"""Commands that look for patterns in records, areas and what offences amount to: hours, repeats, similar, harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import PINS, chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.errors import NotHeldError
from frankpledge.findings.alike import Feature, find_alike, read_features
from frankpledge.findings.harm import AreaHarm, harm_of, read_schemes
from frankpledge.findings.hours import Hours, hours_of
from frankpledge.findings.prices import PriceYear, read_deflator
from frankpledge.findings.repeats import Repetition, find_repeats
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.linkage import Repeats
from frankpledge.periods import Period
from frankpledge.statistics.hours import profile_limits
from frankpledge.statistics.near_repeats import NearRepeats

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS_TOGETHER = 3


@click.command("hours")
@click.argument("indicator")
@YEAR
@PERIOD
@AREA
@click.pass_obj
def hours_command(session: Session, indicator: str, year: str | None, period: str | None, area: str | None) -> None:
    """Tell the days and hours at which it happens, from records with times.

    A record with two times is shared out among the hours between them.

    \b
    Examples:
      frankpledge hours burglary --year 2018
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, ())
    definition = find_indicator(indicator, session.workspace().definitions)
    _say_hours(study, definition, hours_of(study.warehouse, definition, study.area, asked))
    study.warehouse.close()


def _say_hours(study: Study, indicator: Indicator, found: Hours) -> None:
    week = found.week
    days, hours = week.by_day(), week.by_hour().reshape(-1, _HOURS_TOGETHER).sum(axis=1)
    clock = [f"{start:02}:00 to {start + _HOURS_TOGETHER:02}:00" for start in range(0, 24, _HOURS_TOGETHER)]
    rows = []
    for names, worth in ((_DAYS, days), (tuple(clock), hours)):
        low, high = profile_limits(worth)
        usual = worth.sum() / worth.size
        rows += [
            (name, f"{one:,.0f}", f"{a:,.0f}", f"{b:,.0f}", _unusual(a, b, usual))
            for name, one, a, b in zip(names, worth, low, high, strict=True)
        ]
    study.session.screen.table("", ("When", "Records", "95% from", "to", ""), rows, numeric=(1, 2, 3))
    study.say(
        "hours",
        "read",
        events=f"{week.events:,}",
        noun=indicator.noun,
        area=study.area_name,
        period=found.period.words(),
        one_end=f"{week.one_end:,}",
        untimed=f"{week.untimed:,}",
        reversed=f"{week.reversed:,}",
    )
    if week.over_a_week:
        study.say("hours", "over a week", over=f"{week.over_a_week:,}")
    study.say("hours", "moved", moved=f"{week.moved:.0%}")


def _unusual(low: float, high: float, usual: float) -> str:
    if low > usual:
        return "more than an even share"
    return "less than an even share" if high < usual else ""


@click.command("repeats")
@click.argument("indicator")
@YEAR
@PERIOD
@AREA
@click.pass_obj
def repeats_command(session: Session, indicator: str, year: str | None, period: str | None, area: str | None) -> None:
    """Count repeat victims, suspects and places, people who are both, and near repeats.

    \b
    Examples:
      frankpledge repeats burglary --year 2018
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, ())
    definition = find_indicator(indicator, session.workspace().definitions)
    _say_repeats(study, definition, asked, find_repeats(study.warehouse, definition, study.area, asked))
    study.warehouse.close()


def _say_repeats(study: Study, indicator: Indicator, period: Period, found: Repetition) -> None:
    if found.victims:
        study.say(
            "repeats",
            "victims",
            noun=indicator.noun,
            area=study.area_name,
            period=period.words(),
            **_of_people(found.victims),
        )
    if found.suspects:
        study.say("repeats", "suspects", **_of_people(found.suspects))
    if found.both:
        both = found.both.persons
        study.say("repeats", "both", persons=f"{both.value:,.0f}", low=f"{both.low:,.0f}", high=f"{both.high:,.0f}")
    if found.places:
        study.say(
            "repeats",
            "places",
            on_repeated=f"{found.places.on_repeated:,}",
            events=f"{found.places.events:,}",
            repeated_points=f"{found.places.repeated_points:,}",
            points=f"{found.places.points:,}",
        )
    if found.near:
        _say_near(study, found.near)
    for what, why in found.why.items():
        study.say("repeats", "not known", what=_WHAT[what], why=why[0].lower() + why[1:].rstrip("."))


_WHAT = {
    "people": "Repeat victims and suspects",
    "victim": "Repeat victims",
    "suspect": "Repeat suspects",
    "places": "Repeat places",
    "near": "Near repeats",
}


def _of_people(found: Repeats) -> dict[str, str]:
    return {
        "records": f"{found.records:,}",
        "repeated": f"{found.repeated.value:,.0f}",
        "persons": f"{found.persons.value:,.0f}",
        "share": f"{found.share.value:.1%}",
        "share_low": f"{found.share.low:.1%}",
        "share_high": f"{found.share.high:.1%}",
        "without": f"{found.without_code:,}",
    }


def _say_near(study: Study, near: NearRepeats) -> None:
    """The nearest ring in the first week, repeats at one place left out."""
    study.say(
        "repeats",
        "near",
        metres=f"{near.metres[2]:.0f}",
        days=f"{near.days[1]}",
        observed=f"{near.observed[1, 0]:,}",
        expected=f"{near.expected[1, 0]:,.1f}",
        ratio=f"{near.ratio[1, 0]:.1f}",
        p=f"{near.p_value[1, 0]:.3f}",
    )


@click.command("similar")
@AREA
@click.option("--number", default=14, show_default=True, type=click.IntRange(1, 100), help="How many to name.")
@click.pass_obj
def similar_command(session: Session, area: str | None, number: int) -> None:
    """Name the authorities most like one, by an open method.

    \b
    Examples:
      frankpledge similar --area Harrow
    """
    study = study_of(session, area, ())
    found = find_alike(study.warehouse, study.area, read_features(session.workspace().definitions), number)
    study.say("alike", "found", among=f"{found.among:,}", area=study.area_name)
    study.session.screen.table(
        "",
        ("Authority", "Code", "Distance"),
        [(one.name, one.code, f"{one.distance:.2f}") for one in found.alike],
        (2,),
    )
    study.say("alike", "compared", features=_features(found.compared_by))
    if found.not_held:
        study.say("alike", "not held", features=_features(found.not_held))
    study.warehouse.close()


def _features(features: tuple[Feature, ...]) -> str:
    return "; ".join(f"{one.indicator.title}, {one.year}" for one in features)


@click.command("harm")
@YEAR
@PERIOD
@AREA
@PINS
@click.option("--unverified", is_flag=True, help="Weigh by sets that nobody has verified, too.")
@click.option("--prices", metavar="YEAR", help="Tell costs at the prices of a financial year: 2024-25.")
@click.pass_obj
def harm_command(
    session: Session,
    year: str | None,
    period: str | None,
    area: str | None,
    pins: tuple[str, ...],
    unverified: bool,
    prices: str | None,
) -> None:
    """Weigh what was recorded, by each set of weights that is held, side by side.

    \b
    Examples:
      frankpledge harm --year 2017
      frankpledge harm --year 2017 --unverified --prices 2024-25
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, pins)
    told = 0
    definitions = session.workspace().definitions
    at = PriceYear(prices, read_deflator(definitions)) if prices else None
    schemes = read_schemes(definitions)
    for scheme in (one for one in schemes if one.verified or unverified):
        try:
            found = harm_of(study.warehouse, scheme, study.area, asked, study.pinned, at)
        except NotHeldError as problem:
            session.screen.say(f"{problem.happened} {problem.to_do}")
            continue
        _say_harm(study, asked, found, at)
        told += 1
    study.warehouse.close()
    if not told:
        raise NotHeldError("No set of weights can be used here.", "See above for what each takes.")


def _say_harm(study: Study, period: Period, found: AreaHarm, at: PriceYear | None) -> None:
    rows = [
        (_offence_words(path), f"{found.counts[path]:,}", f"{found.weights[path]:,.1f}", f"{share:.1%}")
        for path, share in found.harm.shares
    ]
    study.session.screen.table(
        f"{found.scheme.title}, {study.area_name}, {period.words()}",
        ("Offence", "Count", f"{found.scheme.unit.capitalize()} each", "Share"),
        rows,
        numeric=(1, 2, 3),
    )
    study.say(
        "harm",
        "total",
        value=f"{found.harm.value:,.0f}",
        low=f"{found.harm.low:,.0f}",
        high=f"{found.harm.high:,.0f}",
        unit=found.scheme.unit,
    )
    if found.residents:
        study.say("harm", "rate", rate=f"{found.harm.value / found.residents:,.2f}", unit=found.scheme.unit)
    study.say("harm", "measures", measures=found.scheme.measures)
    if found.prices:
        _say_prices(study, found, at)
    if not found.scheme.verified:
        study.say("harm", "not verified")
    if found.read_in:
        study.say("harm", "read in", read_in=found.read_in)
    if found.basis:
        study.say("harm", "basis", basis=found.basis)
    if found.not_weighed:
        study.say("harm", "not weighed", number=f"{found.not_weighed:,}")
    for path, why in found.missing.items():
        study.say("harm", "missing", offence=_offence_words(path), why=why)
    study.session.screen.answer("")


def _say_prices(study: Study, found: AreaHarm, at: PriceYear | None) -> None:
    if at is None or found.prices == found.scheme.prices:
        study.say("harm", "prices", prices=found.prices)
        return
    study.say(
        "harm",
        "restated",
        prices=found.prices,
        then=found.scheme.prices,
        deflator=at.deflator.title,
        publisher=at.deflator.publisher,
        release=at.deflator.release,
    )


def _offence_words(path: str) -> str:
    """“crime/burglary/residential” as “burglary: residential”."""
    return ": ".join(part.replace("-", " ") for part in path.split("/")[1:])
