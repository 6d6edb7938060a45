"""Who and what is struck again: people, places, and what follows near by soon after; or why that cannot be told."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import from_exact, of_estimate
from frankpledge.findings.records import RecordsRead, part_estimate
from frankpledge.findings.repeats import Repetition, find_repeats
from frankpledge.indicators.definition import Indicator
from frankpledge.linkage import Repeats
from frankpledge.model.document import Block, BulletList, Heading, Paragraph, Runs
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import Period

# The second ring, within a week: the first is the same place, which is told as repeat places.
RING, WEEK = 1, 0


def repeats(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Repeat victims, suspects and places, people who are both, and near repeats; or why they cannot be told."""
    period = enquiry.whole_year
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        found = ask_repeats(enquiry, indicator, area, period)
        if found:
            blocks += _of_area(enquiry, indicator, found)
    return [Heading(2, "Repeats"), *blocks] if blocks else []


def ask_repeats(enquiry: Enquiry, indicator: Indicator, area: str, period: Period) -> Repetition | None:
    """The repeats of an area, asked once; None, and that kept, where no records are held."""
    try:
        return enquiry.warehouse.once(
            ("repeats", indicator.slug, area, period.text),
            lambda: find_repeats(enquiry.warehouse, indicator, area, period),
        )
    except NotHeldError as problem:
        enquiry.lacks(Untold(problem.happened, "repeats", indicator.title.lower(), problem.to_do))
        return None


def _of_area(enquiry: Enquiry, indicator: Indicator, found: Repetition) -> list[Block]:
    items: list[Runs] = []
    if found.victims:
        items.append(_people(enquiry, indicator, found, found.victims, "victims"))
    if found.suspects:
        items.append(_people(enquiry, indicator, found, found.suspects, "suspects"))
    if found.both:
        items.append(_both(enquiry, indicator, found))
    if found.places:
        items.append(_places(enquiry, indicator, found))
    if found.near:
        items.append(_near_sentence(enquiry, indicator, found))
    items += [
        enquiry.wording.sentence(
            "repeats",
            "not known",
            what=enquiry.wording.word("repeats_of", what),
            why=why[0].lower() + why[1:].rstrip("."),
        )
        for what, why in found.why.items()
    ]
    read = (found.people_read, found.places_read)
    used = "; ".join(dict.fromkeys(series_words(one.series) for one in read if one))
    return [BulletList(tuple(items)), Paragraph((f"Source: {used}.",))]


def _count(
    enquiry: Enquiry, indicator: Indicator, found: Repetition, read: RecordsRead | None, part: str, number: float
) -> Estimate:
    assert read is not None, "what was counted was read from somewhere"
    area = enquiry.area_name(found.area_code)
    made = part_estimate(indicator, found.area_code, area, found.period, part, round(number), read)
    (shown,) = enquiry.shown(indicator, [made])
    return shown


def _people(enquiry: Enquiry, indicator: Indicator, found: Repetition, people: Repeats, whose: str) -> Runs:
    read = found.people_read
    records = _count(enquiry, indicator, found, read, f"{whose} recorded", people.records)
    repeated = _count(enquiry, indicator, found, read, f"people who are {whose} twice or more", people.repeated.value)
    persons = _count(enquiry, indicator, found, read, f"people who are {whose}, by their codes", people.persons.value)
    without = _count(enquiry, indicator, found, read, f"{whose} without a code of a person", people.without_code)
    later = replace(repeated, part=f"{whose} recorded a second time or later")

    def share(measure: Measure, value: float) -> Figure:
        return from_exact(later, measure, 100 * value, [records, persons])

    return enquiry.wording.sentence(
        "repeats",
        whose if people.without_code else f"{whose} whole",
        noun=indicator.noun,
        area=records.area_name,
        period=found.period.words(),
        records=of_estimate(records, Measure.COUNT),
        repeated=of_estimate(repeated, Measure.COUNT),
        persons=of_estimate(persons, Measure.COUNT),
        share=share(Measure.SHARE, people.share.value),
        share_low=share(Measure.SHARE_LOW, people.share.low),
        share_high=share(Measure.SHARE_HIGH, people.share.high),
        without=of_estimate(without, Measure.COUNT),
    )


def _both(enquiry: Enquiry, indicator: Indicator, found: Repetition) -> Runs:
    assert found.both is not None, "asked where it is known"
    both = found.both.persons
    persons = _count(
        enquiry, indicator, found, found.people_read, "people who are victims and suspects both", both.value
    )
    return enquiry.wording.sentence(
        "repeats",
        "both" if both.low < both.high else "both whole",
        persons=of_estimate(persons, Measure.COUNT),
        low=from_exact(persons, Measure.COUNT_LOW, both.low, [persons]),
        high=from_exact(persons, Measure.COUNT_HIGH, both.high, [persons]),
    )


def _places(enquiry: Enquiry, indicator: Indicator, found: Repetition) -> Runs:
    assert found.places is not None, "asked where it is known"
    counted = {
        "on_repeated": ("on a point with two or more", found.places.on_repeated),
        "events": ("on a point", found.places.events),
        "repeated_points": ("points with two or more", found.places.repeated_points),
        "points": ("points with any", found.places.points),
    }
    figures = {
        name: of_estimate(_count(enquiry, indicator, found, found.places_read, part, number), Measure.COUNT)
        for name, (part, number) in counted.items()
    }
    return enquiry.wording.sentence("repeats", "places", **figures)


def near_figures(enquiry: Enquiry, indicator: Indicator, found: Repetition) -> dict[str, Figure]:
    """Pairs in the nearest ring and the first week, repeats at one place left out; what chance would have, and p."""
    near = found.near
    assert near is not None, "asked where it is known"
    observed = _count(
        enquiry, indicator, found, found.places_read, "pairs near by within a week", near.observed[RING, WEEK]
    )

    def figure(measure: Measure, value: float) -> Figure:
        return from_exact(observed, measure, value if isfinite(value) else None, [observed])

    return {
        "observed": of_estimate(observed, Measure.COUNT),
        "expected": figure(Measure.MEAN, float(near.expected[RING, WEEK])),
        "ratio": figure(Measure.RATIO, float(near.ratio[RING, WEEK])),
        "p": figure(Measure.P_VALUE, float(near.p_value[RING, WEEK])),
    }


def _near_sentence(enquiry: Enquiry, indicator: Indicator, found: Repetition) -> Runs:
    near = found.near
    assert near is not None, "asked where it is known"
    return enquiry.wording.sentence(
        "repeats",
        "near",
        metres=f"{near.metres[RING + 1]:.0f}",
        days=f"{near.days[WEEK + 1]}",
        **near_figures(enquiry, indicator, found),
    )
