"""The command ``followed``: people followed after triage, custody or treatment, and who offended again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from frankpledge.cli.questions import chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.errors import UserError
from frankpledge.findings.followed import FollowedCohort, find_followed
from frankpledge.periods import Period, month_words
from frankpledge.sources.partners.template import find_template
from frankpledge.statistics.cohorts import Factor, FactorsPerPerson
from frankpledge.statistics.rates import Interval

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

# Of the factors that are called different, no more than one in twenty is so by chance, on average.
_DISCOVERY = 0.05


@click.command("followed")
@click.argument("cohort")
@YEAR
@PERIOD
@AREA
@click.pass_obj
def followed_command(session: Session, cohort: str, year: str | None, period: str | None, area: str | None) -> None:
    """Tell how many of a cohort offended again within a year, and what sets the serious re-offenders apart.

    COHORT is triage, custody, community-sentence, treatment, integrated-offender-management, youth-violence or
    other. Without a period, all who began are taken together.

    \b
    Examples:
      frankpledge followed triage
      frankpledge followed youth-violence --period FY2021-22
    """
    wanted = _cohort(cohort)
    asked = chosen_period(year, period) if year or period else None
    study = study_of(session, area, ())
    _say_followed(study, find_followed(study.warehouse, study.area, wanted, asked), asked)
    study.warehouse.close()


def _cohort(cohort: str) -> str:
    known = find_template("followed-people").column("cohort").choices
    wanted = " ".join(cohort.lower().replace("-", " ").split())
    if wanted not in known:
        raise UserError(f"No cohort is called “{cohort}”.", f"Name one of: {', '.join(known)}.")
    return wanted


def _say_followed(study: Study, found: FollowedCohort, asked: Period | None) -> None:
    if not found.enough_people:
        study.say("followed", "too few people")
        return
    months = (month_words(found.first_month), month_words(found.last_month))
    study.say(
        "followed",
        "people",
        people=f"{found.people:,}",
        cohort=found.cohort,
        area=study.area_name,
        period=asked.words() if asked else " to ".join(dict.fromkeys(months)),
    )
    _say_again(study, found)
    if found.per_person:
        _say_per_person(study, found.per_person)
    if found.never_recorded:
        study.say("followed", "never recorded", factors=_factors(study, found.never_recorded))
    _say_compared(study, found)
    if found.read.invented:
        study.say("followed", "invented")


def _say_again(study: Study, found: FollowedCohort) -> None:
    share = found.followed.share
    if share and found.enough_followed:
        study.say(
            "followed",
            "again",
            followed=f"{found.followed.people:,}",
            again=f"{found.followed.again:,}",
            share=f"{share.value:.0%}",
            low=f"{share.low:.0%}",
            high=f"{share.high:.0%}",
        )
    else:
        study.say("followed", "too few followed")
    if found.followed.not_yet:
        study.say("followed", "not yet", not_yet=f"{found.followed.not_yet:,}")


def _say_per_person(study: Study, found: FactorsPerPerson) -> None:
    counts = list(zip(found.people, found.people_at_most, strict=True))
    most = max(number for number, count in enumerate(counts) if any(count))
    study.session.screen.table(
        "",
        ("Risk factors", "People, as recorded", "People, if all not recorded are there"),
        [(number, *count) for number, count in enumerate(counts[: most + 1])],
        numeric=(0, 1, 2),
    )
    study.say("followed", "mean", mean=f"{found.mean:.1f}", least=f"{found.least:.1f}", most=f"{found.most:.1f}")


def _say_compared(study: Study, found: FollowedCohort) -> None:
    if found.compared:
        study.session.screen.table(
            "",
            ("Risk factor", "Serious re-offenders", "The rest", "Difference, points (95%)", "q", ""),
            [_row(study, name, one) for name, one in found.compared.items()],
            numeric=(4,),
        )
        study.say("followed", "compared", serious=f"{found.serious:,}", rest=f"{found.rest:,}")
    elif found.serious + found.rest:
        study.say("followed", "too few serious")
    if found.not_said:
        study.say("followed", "not said", not_said=f"{found.not_said:,}")
    if found.compared and found.too_few:
        study.say("followed", "too few recorded", factors=_factors(study, found.too_few))


def _row(study: Study, name: str, one: Factor) -> tuple[str, ...]:
    difference = one.compared.difference
    return (
        study.wording.word("risk factors", name),
        _side(one.some, one.some_of),
        _side(one.rest, one.rest_of),
        f"{100 * difference.value:+.0f} ({100 * difference.low:+.0f} to {100 * difference.high:+.0f})",
        f"{one.q_value:.3f}",
        _differs(study, one),
    )


def _side(share: Interval, of: int) -> str:
    return f"{share.value * of:.0f} of {of:,}, {share.value:.0%} ({share.low:.0%} to {share.high:.0%})"


def _differs(study: Study, one: Factor) -> str:
    if one.q_value > _DISCOVERY:
        return ""
    return study.wording.word("often", "more" if one.compared.difference.value > 0 else "less")


def _factors(study: Study, names: Iterable[str]) -> str:
    return "; ".join(study.wording.word("risk factors", name).lower() for name in names)
