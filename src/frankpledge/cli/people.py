"""The command that tells who the victims and suspects of an indicator's offences are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.disclosure import Audience, release_estimates
from frankpledge.errors import NotHeldError
from frankpledge.findings.people import FEWEST, BesideResidents, PartOfPeople, People, find_people
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import ordinal
from frankpledge.periods import Period
from frankpledge.statistics.shares import PlaceRange

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

_ROLES = ("victim", "suspect")
_ELSEWHERE = "living-elsewhere"
_PARTS = (
    "Who", "Of it", "May be", "Not recorded", "% of recorded", "95% from", "to", "Least %", "Most %", "Place",
)  # fmt: skip
_GROUPS = ("Beside all others", "Counted", "Residents", "Ratio", "95% from", "to", "Least", "Most")


@click.command("people")
@click.argument("indicator")
@click.option("--role", type=click.Choice(_ROLES), help="One of the two; both without it.")
@YEAR
@PERIOD
@AREA
@click.pass_obj
def people_command(
    session: Session, indicator: str, role: str | None, year: str | None, period: str | None, area: str | None
) -> None:
    """Tell who the victims and suspects are, as far as it is recorded, and what share lives elsewhere.

    \b
    Examples:
      frankpledge people burglary --role suspect --year 2018
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, ())
    definitions = session.workspace().definitions
    definition = find_indicator(indicator, definitions)
    not_held: list[NotHeldError] = []
    roles = (role,) if role else _ROLES
    for whose in roles:
        try:
            found = find_people(study.warehouse, definition, study.area, asked, whose, definitions)
        except NotHeldError as problem:
            not_held.append(problem)
            continue
        _say_people(study, definition, asked, found)
    study.warehouse.close()
    if len(not_held) == len(roles):
        raise not_held[0]
    for one in not_held:
        session.screen.answer(one.happened)


def _say_people(study: Study, indicator: Indicator, period: Period, found: People) -> None:
    whose = {"role": found.role, "noun": indicator.noun, "area": study.area_name, "period": period.words()}
    counted = {"people": f"{found.involved:,}", "persons": f"{found.persons:,}"}
    if not found.parts:
        study.say("people", "too few", fewest=str(FEWEST), **counted, **whose)
        return
    study.say("people", "counted", **counted, **whose)
    records = found.records
    nobody = records.incidents - records.with_somebody
    if nobody:
        share = f"{nobody / records.incidents:.0%}"
        study.say(
            "people", "nobody", nobody=f"{nobody:,}", incidents=f"{records.incidents:,}", share=share, role=found.role
        )
    # Whoever stands in the workspace sees what the board sees.
    shown = release_estimates([one.estimate for one in found.parts], Audience.BOARD).value
    study.session.screen.table(
        f"{found.role.capitalize()}s of {indicator.noun}, {study.area_name}, {period.words()}",
        _PARTS,
        [_part_row(one, estimate) for one, estimate in zip(found.parts, shown, strict=True)],
        numeric=tuple(range(1, 9)),
    )
    study.say("people", "read")
    _say_order(study, found)
    _say_elsewhere(study, found)
    _say_beside(study, found)
    if records.invented:
        study.say("people", "invented")
    study.session.screen.answer("")


def _part_row(one: PartOfPeople, shown: Estimate) -> tuple[str, ...]:
    name = _in_words(one.part)
    if shown.status is Status.SUPPRESSED:
        return name, "withheld", *[""] * 8
    counts = (name, f"{one.count:,}", f"{one.may_be:,}", f"{one.not_recorded:,}")
    bounds = (f"{100 * one.share.least:.1f}", f"{100 * one.share.most:.1f}")
    if shown.value is None:
        return *counts, "not recorded", "", "", *bounds, ""
    if one.too_few:
        return *counts, "too few to say", "", "", *bounds, ""
    place = _place(one.place) if one.place else ""
    return *counts, f"{shown.value:.1f}", f"{shown.low:.1f}", f"{shown.high:.1f}", *bounds, place


def _in_words(part: str) -> str:
    """“aged-25-to-44” as “aged 25 to 44”."""
    return part.replace("-", " ")


def _place(place: PlaceRange) -> str:
    return ordinal(place.first) if place.first == place.last else f"{ordinal(place.first)} to {ordinal(place.last)}"


def _say_order(study: Study, found: People) -> None:
    """Parts whose place among the others cannot be told, by what they are told by."""
    for told_by in dict.fromkeys(one.told_by for one in found.parts):
        parts = [one for one in found.parts if one.told_by == told_by and one.place and not one.too_few]
        unsure = [_in_words(one.part) for one in parts if one.count and one.place and one.place.first < one.place.last]
        if unsure:
            without = max(one.not_recorded + one.may_be for one in parts)
            study.say(
                "people",
                "no order",
                parts=sentence_list(unsure),
                told_by=study.wording.word("told_by", told_by),
                share=f"{without / found.involved:.0%}",
            )


def _say_elsewhere(study: Study, found: People) -> None:
    one = next((one for one in found.parts if one.part == _ELSEWHERE), None)
    if one is None:
        return
    share = one.share
    if one.too_few or share.value is None or share.low is None or share.high is None:
        study.say("people", "homes not recorded", role=found.role, not_recorded=f"{one.not_recorded:,}")
        return
    study.say(
        "people",
        "elsewhere",
        role=found.role,
        share=f"{share.value:.1%}",
        low=f"{share.low:.1%}",
        high=f"{share.high:.1%}",
        least=f"{share.least:.1%}",
        most=f"{share.most:.1%}",
        not_recorded=f"{one.not_recorded:,}",
    )


def _say_beside(study: Study, found: People) -> None:
    if found.not_beside:
        study.say("not_beside", found.not_beside)
        return
    study.session.screen.table("", _GROUPS, [_group_row(one) for one in found.beside], numeric=tuple(range(1, 8)))
    study.say("people", "beside", population=" and ".join(sorted({str(one.population) for one in found.beside})))
    holding = [_in_words(one.part) for one in found.beside if one.holds]
    if holding:
        study.say("people", "holds", groups=sentence_list(holding))
    else:
        study.say("people", "none holds")
    study.say("people", "residents only", elsewhere=f"{found.elsewhere:,}", unknown=f"{found.home_not_recorded:,}")


def _group_row(one: BesideResidents) -> tuple[str, ...]:
    counts = (_in_words(one.part), f"{one.counted:,}", f"{one.residents:,}")
    found = one.found
    if found.ratio is None or found.least is None:
        return *counts, "cannot be told", "", "", "", ""
    most = "" if found.most is None else f"{found.most:.2f}"
    return *counts, f"{found.ratio:.2f}", f"{found.low:.2f}", f"{found.high:.2f}", f"{found.least:.2f}", most
