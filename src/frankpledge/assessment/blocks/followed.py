"""People followed after triage, custody or treatment, and how many offended again within twelve months."""

from __future__ import annotations

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.findings.figures import from_exact, of_estimate
from frankpledge.findings.followed import FollowedCohort, cohorts_held, find_followed
from frankpledge.findings.records import part_estimate, part_share
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.statistics.cohorts import Factor
from frankpledge.statistics.rates import Interval

# Of the factors that are called different, no more than one in twenty is so by chance, on average.
_DISCOVERY = 0.05
_INDICATOR = "triage-reoffenders"


def followed(enquiry: Enquiry) -> list[Block]:
    """For each cohort that is held how many offended again within twelve months, and what sets the serious apart."""
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        for cohort in cohorts_held(enquiry.warehouse, area, enquiry.whole_year):
            blocks += _of_cohort(enquiry, find_followed(enquiry.warehouse, area, cohort, enquiry.whole_year))
    if not blocks:
        (why,) = enquiry.wording.sentence("followed", "nobody held", period=enquiry.whole_year.words())
        return enquiry.lacks(Untold(str(why)))
    return [Heading(1, "People followed"), *blocks]


def _of_cohort(enquiry: Enquiry, found: FollowedCohort) -> list[Block]:
    heading = Heading(2, f"After {found.cohort}, {enquiry.area_name(found.area_code)}")
    if not found.enough_people:
        return [heading, Paragraph(enquiry.wording.sentence("followed", "too few people"))]
    people = _count(enquiry, found, "people", found.people)
    sentences = [
        enquiry.wording.sentence(
            "followed",
            "people",
            people=of_estimate(people, Measure.COUNT),
            cohort=found.cohort,
            area=people.area_name,
            period=enquiry.whole_year.words(),
        ),
        *_again(enquiry, found),
        *_per_person(enquiry, found, people),
    ]
    runs = tuple(run for one in sentences for run in (*one, " "))[:-1]
    return [heading, Paragraph(runs), *_compared(enquiry, found)]


def _indicator(enquiry: Enquiry) -> Indicator:
    return find_indicator(_INDICATOR, enquiry.workspace.definitions)


def _made(enquiry: Enquiry, found: FollowedCohort, part: str, number: int) -> Estimate:
    name, period = enquiry.area_name(found.area_code), enquiry.whole_year
    words = f"{found.cohort}: {part}"
    return part_estimate(_indicator(enquiry), found.area_code, name, period, words, number, found.read)


def _count(enquiry: Enquiry, found: FollowedCohort, part: str, number: int) -> Estimate:
    (shown,) = enquiry.shown(_indicator(enquiry), [_made(enquiry, found, part, number)])
    return shown


def _again(enquiry: Enquiry, found: FollowedCohort) -> list[Runs]:
    sentences = []
    whole = found.followed
    if whole.share and found.enough_followed:
        again = _share(enquiry, found, "offended again within twelve months", whole.share, whole.people)
        followed_up = _count(enquiry, found, "followed for twelve months", whole.people)
        sentences.append(
            enquiry.wording.sentence(
                "followed",
                "again",
                followed=of_estimate(followed_up, Measure.COUNT),
                again=of_estimate(again, Measure.COUNT),
                share=of_estimate(again, Measure.SHARE),
                low=of_estimate(again, Measure.SHARE_LOW),
                high=of_estimate(again, Measure.SHARE_HIGH),
            )
        )
    else:
        sentences.append(enquiry.wording.sentence("followed", "too few followed"))
    if whole.not_yet:
        not_yet = _count(enquiry, found, "not yet followed for twelve months", whole.not_yet)
        sentences.append(enquiry.wording.sentence("followed", "not yet", not_yet=of_estimate(not_yet, Measure.COUNT)))
    return sentences


def _per_person(enquiry: Enquiry, found: FollowedCohort, people: Estimate) -> list[Runs]:
    if found.per_person is None:
        return []

    def mean(value: float, against: str = "") -> Figure:
        return from_exact(people, Measure.MEAN, value, [people], against=against)

    told = found.per_person
    return [
        enquiry.wording.sentence(
            "followed", "mean", mean=mean(told.mean), least=mean(told.least, "if none has it"),
            most=mean(told.most, "if all have it"),
        )
    ]  # fmt: skip


def _compared(enquiry: Enquiry, found: FollowedCohort) -> list[Block]:
    """What sets the serious re-offenders apart, factor by factor."""
    if not found.compared:
        few = found.serious + found.rest
        return [Paragraph(enquiry.wording.sentence("followed", "too few serious"))] if few else []
    serious = _count(enquiry, found, "serious re-offenders", found.serious)
    rest = _count(enquiry, found, "not serious re-offenders", found.rest)
    note = enquiry.wording.sentence(
        "followed", "compared", serious=of_estimate(serious, Measure.COUNT), rest=of_estimate(rest, Measure.COUNT)
    )
    notes = [note]
    if found.never_recorded:
        names = _factors(enquiry, found.never_recorded)
        notes.append(enquiry.wording.sentence("followed", "never recorded", factors=names))
    if found.too_few:
        notes.append(enquiry.wording.sentence("followed", "too few recorded", factors=_factors(enquiry, found.too_few)))
    differing = [
        f"{enquiry.wording.word('risk factors', name).lower()} ({_differs(enquiry, one)})"
        for name, one in found.compared.items()
        if one.q_value <= _DISCOVERY
    ]
    key = "apart" if differing else "none apart"
    table = Table(
        slug=f"followed-{found.cohort.replace(' ', '-')}-{found.area_code}",
        title=f"Risk factors of serious re-offenders and of the rest, after {found.cohort}, {serious.area_name}",
        columns=(
            Column("Risk factor"),
            Column("Serious", True, "Share with it"),
            Column("The rest", True, "Share with it"),
            Column("Difference in points", True),
            Column("95% from", True),
            Column("to", True),
            Column("q", True),
            Column("Differs?"),
        ),
        rows=tuple(_row(enquiry, found, name, one) for name, one in found.compared.items()),
        source=f"{series_words(found.read.series)}.",
        notes=tuple(notes),
    )
    return [table, Paragraph(enquiry.wording.sentence("followed", key, factors=sentence_list(differing or [""])))]


def _row(enquiry: Enquiry, found: FollowedCohort, name: str, one: Factor) -> tuple[Cell, ...]:
    """Each share is of those for whom it is recorded."""
    words = enquiry.wording.word("risk factors", name)
    serious = _share(enquiry, found, f"serious re-offenders: {words.lower()}", one.some, one.some_of)
    rest = _share(enquiry, found, f"the rest: {words.lower()}", one.rest, one.rest_of)

    def figure(measure: Measure, value: float) -> Figure:
        return from_exact(serious, measure, value, [serious, rest], against="the rest")

    difference = one.compared.difference
    return (
        words,
        of_estimate(serious, Measure.SHARE),
        of_estimate(rest, Measure.SHARE),
        figure(Measure.RATE_CHANGE, 100 * difference.value),
        figure(Measure.POINTS_LOW, 100 * difference.low),
        figure(Measure.POINTS_HIGH, 100 * difference.high),
        figure(Measure.P_VALUE, one.q_value),
        _differs(enquiry, one),
    )


def _share(enquiry: Enquiry, found: FollowedCohort, part: str, share: Interval, of: int) -> Estimate:
    made = part_share(
        _made(enquiry, found, part, round(share.value * of)), of, share.low, share.high, "% of those recorded"
    )
    (shown,) = enquiry.shown(_indicator(enquiry), [made])
    return shown


def _differs(enquiry: Enquiry, one: Factor) -> str:
    if one.q_value > _DISCOVERY:
        return ""
    return enquiry.wording.word("often", "more" if one.compared.difference.value > 0 else "less")


def _factors(enquiry: Enquiry, names: tuple[str, ...]) -> str:
    return "; ".join(enquiry.wording.word("risk factors", name).lower() for name in names)
