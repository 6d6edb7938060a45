"""Commands that study: study, breaks."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

import click

from frankpledge.assessment.definition import find_assessment
from frankpledge.cli.questions import PINS, chosen_period
from frankpledge.cli.study import AREA, PERIOD, YEAR, Study, study_of
from frankpledge.errors import UserError
from frankpledge.findings.baseline import YEARS, set_beside_years
from frankpledge.findings.beside import rank_sentence_of, set_beside, shrink
from frankpledge.findings.course import Course, follow, months_of
from frankpledge.findings.judge import LEVEL, judge_change
from frankpledge.findings.scatter import counts_of, learn_scatters, scatter_months, scatters_of
from frankpledge.findings.sentences import change_sentence
from frankpledge.findings.series_breaks import SeriesBreak, find_breaks
from frankpledge.findings.wording import Wording, sentence_list
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import areas_within
from frankpledge.indicators.definition import Against, Indicator, find_indicators, read_indicators
from frankpledge.model.document import plain_text
from frankpledge.model.figure import ordinal
from frankpledge.model.finding import Finding
from frankpledge.periods import Period, month_words, one_month, parse_period
from frankpledge.statistics.months import MONTHS

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

_ASSESSMENT = "strategic-assessment"
# Months looked back to for the usual step of a series.
_YEARS_OF_BREAKS = 15


@click.command("study")
@click.argument("indicators", nargs=-1)
@YEAR
@PERIOD
@AREA
@PINS
@click.pass_obj
def study_command(
    session: Session,
    indicators: tuple[str, ...],
    year: str | None,
    period: str | None,
    area: str | None,
    pins: tuple[str, ...],
) -> None:
    """Study indicators: their change, the course of their months, their place among others, their wards.

    Each indicator is judged by itself. Without INDICATORS, those with a section of their own in the strategic
    assessment are studied.

    \b
    Examples:
      frankpledge study burglary --year 2018
      frankpledge study --period R12-2023-04 --area Harrow
    """
    asked = chosen_period(year, period)
    study = study_of(session, area, pins)
    definitions = session.workspace().definitions
    assessment = find_assessment(_ASSESSMENT, definitions)
    slugs = indicators or assessment.main_indicators
    chosen = list(find_indicators(slugs, definitions).values())
    findings = [_change(study, one, asked) for one in chosen]
    for indicator, finding in zip(chosen, findings, strict=True):
        if len(chosen) > 1:
            session.screen.answer(f"\n{indicator.title}\n{'-' * len(indicator.title)}")
        _say_change(study, indicator, finding)
        if not finding.current.missing:
            _say_years(study, indicator, asked)
            _say_course(study, indicator, asked)
            _say_beside(study, indicator, asked, finding.scatter)
            _say_wards(study, indicator, asked)
    tested = sum(one.p_value is not None for one in findings)
    if tested > 1:
        session.screen.answer("")
        study.say("judged", "by chance", tested=f"{tested}", called=f"{LEVEL * tested:.1f}")
    study.warehouse.close()


def _change(study: Study, indicator: Indicator, period: Period) -> Finding:
    answer = study.ask(indicator, AreaKind.AUTHORITY, [study.area], [period.year_before(), period])
    current, against = answer.of(study.area, period), answer.of(study.area, period.year_before())
    scatters = learn_scatters(
        lambda areas: study.ask(counts_of(indicator), AreaKind.AUTHORITY, areas, scatter_months(period)),
        [tuple(dict.fromkeys((study.area, *study.partnership.all_compared))), (study.area,)],
        current,
        period,
    )
    return judge_change(current, against, scatters.get(study.area))


def _say_change(study: Study, indicator: Indicator, finding: Finding) -> None:
    study.session.screen.answer(plain_text(change_sentence(study.wording, indicator, finding)))
    study.session.screen.answer(_how(finding))
    for caveat in finding.caveats:
        study.session.screen.answer(f"Between the two periods {caveat}.")


def _how(finding: Finding) -> str:
    """The test behind a verdict, for whoever wants to check it."""
    if finding.p_value is None:
        return "  Not tested."
    scatter = "not known, taken as chance" if finding.scatter is None else f"{finding.scatter:.2f} times chance"
    test = "chi-squared test of two shares" if finding.current.share else "exact conditional test"
    ratio = ""
    if finding.ratio is not None:
        ratio = f"; rate ratio {finding.ratio:.3f} ({finding.ratio_low:.3f} to {finding.ratio_high:.3f})"
    return f"  p = {finding.p_value:.4f}, {test}, scatter {scatter}{ratio}. From {finding.current.series}."


def _say_years(study: Study, indicator: Indicator, period: Period) -> None:
    periods = [period.years_before(back) for back in range(1, YEARS + 1)]
    answer = study.ask(indicator, AreaKind.AUTHORITY, [study.area], [period, *periods])
    found = set_beside_years(answer.of(study.area, period), [answer.of(study.area, one) for one in periods])
    if found:
        study.say("years", found.verdict, number=str(len(found.earlier)), usual=f"{found.usual:,.0f}")


def _say_course(study: Study, indicator: Indicator, period: Period) -> None:
    months = study.shown(months_of(study.warehouse, indicator, study.area, period.last, study.pinned))
    area, noun = study.area_name, indicator.noun
    study.session.screen.answer("")
    if indicator.denominator.against is Against.WHOLE:
        study.say("course", "share")
        return
    course = follow(months, study.area)
    if course.chart and course.variation:
        latest = course.chart.points[-1]
        study.say(
            "course",
            course.variation.value,
            month=month_words(course.months[-1][0]),
            noun=noun,
            area=area,
            signs=", ".join(study.wording.word("signs", sign.value) for sign in sorted(latest.signals)),
        )
    elif course.chart:
        study.say("course", "too fresh", month=month_words(course.months[-1][0]), noun=noun, area=area)
    else:
        study.say("course", "too few", noun=noun, area=area)
    _say_levels(study, course)
    _say_season(study, course, noun)
    if course.year_end:
        end = course.year_end
        study.say(
            "course",
            "year end",
            year=str(course.months[-1][0] // MONTHS),
            so_far=f"{end.so_far:,}",
            month=month_words(course.months[-1][0]),
            expected=f"{end.expected:,.0f}",
            low=f"{end.low:,}",
            high=f"{end.high:,}",
        )


def _say_levels(study: Study, course: Course) -> None:
    if not course.months:
        return
    if course.declared:
        study.say("course", "declared", months=sentence_list([month_words(one) for one in course.declared]))
    if course.levels:
        study.say("course", "levels", months=sentence_list([month_words(one) for one in course.levels]))
    elif course.levels is not None:
        study.say("course", "one level", month=month_words(course.months[0][0]))


def _say_season(study: Study, course: Course, noun: str) -> None:
    season = course.season
    if season is None:
        study.say("course", "season unknown")
    elif season.shown:
        names = [month_words(course.season_months[place] - 1).split()[0] for place in season.peaks]
        study.say("course", "season", months=sentence_list(names), strength=f"{season.strength:.0%}")
    else:
        study.say("course", "no season", noun=noun)


def _say_beside(study: Study, indicator: Indicator, period: Period, scatter: float | None) -> None:
    areas = list(dict.fromkeys([study.area, *study.partnership.region_members]))
    beside = set_beside(study.ask(indicator, AreaKind.AUTHORITY, areas, [period]).estimates, scatter)
    standing = next((one for one in beside.standings if one.estimate.area_code == study.area), None) if beside else None
    if beside is None or standing is None:
        return
    study.session.screen.answer("")
    study.say("beside", standing.apart or "among", area=standing.estimate.area_name)
    study.say(
        rank_sentence_of(standing.rank),
        area=standing.estimate.area_name,
        rank=ordinal(standing.rank.rank),
        number=str(len(beside.standings)),
        kind="areas",
        region=study.partnership.region_name,
        rank_low=ordinal(standing.rank.low),
        rank_high=ordinal(standing.rank.high),
    )
    study.say("beside", "excess", number=str(len(beside.standings)), excess=f"{beside.funnel.excess**0.5:.0f}")


def _say_wards(study: Study, indicator: Indicator, period: Period) -> None:
    wards = areas_within(study.warehouse, AreaKind.WARD, [study.area])
    if not wards:
        return
    months = study.ask(counts_of(indicator), AreaKind.WARD, wards, scatter_months(period))
    scatter = [found for found in scatters_of(months, period).values() if found is not None]
    shrunk = shrink(
        study.ask(indicator, AreaKind.WARD, wards, [period]).estimates, median(scatter) if scatter else None
    )
    if not shrunk:
        return
    per = indicator.multiplier
    rows = [
        (one.area_name, f"{one.numerator:,}", *(f"{per * rate:.1f}" for rate in (r.seen, r.value, r.low, r.high)))
        for one, r in shrunk
    ]
    study.session.screen.answer("")
    study.session.screen.table(
        f"Wards, {period.words()}, rate for every {per:,} {indicator.denominator.words}",
        ("Ward", "Count", "As counted", "Shrunk", "from", "to"),
        rows,
        numeric=(1, 2, 3, 4, 5),
    )
    study.say("beside", "shrunk", kind="wards")


@click.command("breaks")
@click.argument("month")
@click.argument("indicators", nargs=-1)
@click.option("--region", is_flag=True, help="Of the partnership's region, and not of one area.")
@AREA
@PINS
@click.pass_obj
def breaks_command(
    session: Session, month: str, indicators: tuple[str, ...], region: bool, area: str | None, pins: tuple[str, ...]
) -> None:
    """Test which series show a break at a month, such as that of a new recording system.

    MONTH is the first month of the new way of counting. Without INDICATORS, all that count offences are tested.

    \b
    Examples:
      frankpledge breaks 2024-03 --region
      frankpledge breaks 2024-03 burglary violence-with-injury --area Harrow
    """
    study = study_of(session, area, pins)
    asked = parse_period(month)
    if len(asked.months) > 1:
        raise UserError(f"“{month}” is more than a month.", "Name the first month of the new way of counting: 2024-03.")
    first = asked.first
    definitions = session.workspace().definitions
    named = find_indicators(indicators, definitions).values()
    chosen = list(named) or _offences(list(read_indicators(definitions).values()))
    around = [one_month(first + away) for away in range(-12 * _YEARS_OF_BREAKS, 12)]
    code = study.partnership.region_code if region else study.area
    answers = (study.ask(one, AreaKind.AUTHORITY, [study.area], around, region) for one in chosen)
    found = [one for one in find_breaks(answers, code, first) if indicators or one.dataset]
    study.session.screen.table(
        f"A break in {month_words(first)}?",
        ("Series", "Dataset", "Level after ÷ before", "Usual steps", "p", "In company", ""),
        [_break_row(study.wording, one) for one in found],
        numeric=(2, 3, 4, 5),
    )
    study.warehouse.close()


def _offences(indicators: Sequence[Indicator]) -> list[Indicator]:
    return [one for one in indicators if one.offences and AreaKind.AUTHORITY in one.datasets]


def _break_row(wording: Wording, found: SeriesBreak) -> tuple[str, ...]:
    if found.step is None or found.adjusted is None:
        return found.title, found.dataset, "", "", "", "", f"{wording.word('breaks', 'not tested')}: {found.reason}"
    step = found.step
    return (
        found.title,
        found.dataset,
        f"{step.ratio:.2f}",
        f"{step.deviation:+.1f}".replace("-", "−"),
        f"{step.p_value:.4f}",
        f"{found.adjusted:.3f}",
        wording.word("breaks", "shown" if found.shown else "not shown"),
    )
