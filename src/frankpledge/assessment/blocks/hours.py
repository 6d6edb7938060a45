"""The days and hours at which an indicator's offences happen, from records with times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import from_exact, of_estimate, worked_out
from frankpledge.findings.hours import Hours, hours_of
from frankpledge.findings.records import part_estimate
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Chart, Heading, Line, Paragraph, Run, Runs
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Measure
from frankpledge.statistics.hours import Floats, profile_limits

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Single hours of few records hardly ever stand out.
_TOGETHER = 3
_CLOCK = tuple(f"{start:02}:00 to {start + _TOGETHER:02}:00" for start in range(0, 24, _TOGETHER))


def hours(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Days of the week and hours of the day as charts, each with its interval; a record is shared out over its span."""
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        try:
            found = hours_of(enquiry.warehouse, indicator, area, enquiry.whole_year)
        except NotHeldError as problem:
            enquiry.lacks(Untold(problem.happened, "hours", indicator.title.lower(), problem.to_do))
            continue
        blocks += _of_area(enquiry, indicator, found)
    return [Heading(2, "Days and hours"), *blocks] if blocks else []


def _of_area(enquiry: Enquiry, indicator: Indicator, found: Hours) -> list[Block]:
    week = found.week
    days = _shared_out(enquiry, indicator, found, _DAYS, week.by_day())
    hours = _shared_out(enquiry, indicator, found, _CLOCK, week.by_hour().reshape(-1, _TOGETHER).sum(axis=1))
    return [
        Paragraph((*_standing_out(enquiry, days, "days"), " ", *_standing_out(enquiry, hours, "hours"))),
        _chart(enquiry, indicator, found, days, "days", tuple(day[:3] for day in _DAYS)),
        _chart(enquiry, indicator, found, hours, "hours", tuple(f"{one[:2]}–{one[9:11]}" for one in _CLOCK)),
        Paragraph(_read(enquiry, indicator, found)),
    ]


def _shared_out(
    enquiry: Enquiry, indicator: Indicator, found: Hours, names: Sequence[str], worth: Floats
) -> list[Estimate]:
    """An estimate for each part of the week, with its interval; they add up to what is printed beside them."""
    low, high = profile_limits(worth)
    parts = [
        replace(_part(enquiry, indicator, found, name, round(count)), low=float(a), high=float(b), method="gamma")
        for name, count, a, b in zip(names, worth.tolist(), low, high, strict=True)
    ]
    return enquiry.shown(indicator, parts, add_up=True)


def _part(enquiry: Enquiry, indicator: Indicator, found: Hours, part: str, count: int) -> Estimate:
    area = enquiry.area_name(found.area_code)
    return part_estimate(indicator, found.area_code, area, found.period, part, count, found.read)


def _marks(estimates: Sequence[Estimate]) -> list[str]:
    """Which stand above or below an even share beyond chance, from what may be shown alone."""
    counts = [one.numerator for one in estimates if one.numerator is not None]
    if len(counts) < len(estimates):
        return ["near"] * len(estimates)
    even = sum(counts) / len(counts)
    return [
        "above"
        if one.low is not None and one.low > even
        else "below"
        if one.high is not None and one.high < even
        else "near"
        for one in estimates
    ]


def _standing_out(enquiry: Enquiry, estimates: Sequence[Estimate], of: str) -> Runs:
    marks = _marks(estimates)
    names = [one.part for one in estimates]
    above, below = (_named(names, [mark == way for mark in marks]) for way in ("above", "below"))
    what = enquiry.wording.word("week_by", of)
    if not above and not below:
        return enquiry.wording.sentence("hours", "even", what=what)
    key = "more and less" if above and below else "more" if above else "less"
    return enquiry.wording.sentence(
        "hours", key, what=what, above=sentence_list(above or [""]), below=sentence_list(below or [""])
    )


def _named(names: Sequence[str], wanted: Sequence[bool]) -> list[str]:
    """Names in order; hours that follow each other as one: “18:00 to 24:00”."""
    found: list[str] = []
    for name, wants in zip(names, wanted, strict=True):
        if not wants:
            continue
        start, _, end = name.partition(" to ")
        if found and end and found[-1].endswith(f" to {start}"):
            found[-1] = f"{found[-1].partition(' to ')[0]} to {end}"
        else:
            found.append(name)
    return found


def _chart(
    enquiry: Enquiry,
    indicator: Indicator,
    found: Hours,
    estimates: Sequence[Estimate],
    of: str,
    labels: tuple[str, ...],
) -> Chart:
    area, words = estimates[0].area_name, found.period.words()
    counts = [one.numerator for one in estimates]
    whole = replace(estimates[0], part=f"even share of {of}")
    even = sum(one or 0 for one in counts) / len(counts)
    most = max(estimates, key=lambda one: one.numerator or 0)
    ranged = all(one.low is not None and one.high is not None for one in estimates)
    alt: list[Run] = [
        f"Bar chart of {indicator.noun} by {enquiry.wording.word('week_by', of)} in {area}, {words}. "
        f"Most are recorded for {most.part}: ",
        of_estimate(most, Measure.COUNT),
        ". ",
        *_standing_out(enquiry, estimates, of),
    ]
    return Chart(
        slug=f"{indicator.slug}-{of}-{found.area_code}",
        title=f"{indicator.title} by {enquiry.wording.word('week_by', of)}",
        subtitle=f"{indicator.noun.capitalize()}, {area}, {words}{'; thin lines are 95% intervals' if ranged else ''}",
        kind="bars",
        labels=labels,
        lines=(Line("Records", tuple(of_estimate(one, Measure.COUNT) for one in estimates)),),
        mean=worked_out(whole, Measure.MEAN, None if None in counts else even, estimates),
        mean_words="Even share",
        marks=tuple(_marks(estimates)),
        ranges=tuple((of_estimate(one, Measure.COUNT_LOW), of_estimate(one, Measure.COUNT_HIGH)) for one in estimates)
        if ranged
        else (),
        alt=tuple(alt),
        source=f"{series_words(found.read.series)}.",
    )


def _read(enquiry: Enquiry, indicator: Indicator, found: Hours) -> Runs:
    """How many records the charts rest on, how many had a single time, and how many were left out."""
    week = found.week
    counted = {
        "events": ("with a time", week.events),
        "one_end": ("with one time only", week.one_end),
        "untimed": ("without a time", week.untimed),
        "reversed": ("that end before they begin", week.reversed),
        "over": ("over a week or more", week.over_a_week),
    }
    parts = [_part(enquiry, indicator, found, part, count) for part, count in counted.values()]
    shown = dict(zip(counted, enquiry.shown(indicator, parts), strict=True))
    told = {name: of_estimate(one, Measure.COUNT) for name, one in shown.items()}
    moved = from_exact(
        replace(shown["events"], part="moved by taking the middle of the span"), Measure.SHARE, 100 * week.moved,
        [shown["events"]],
    )  # fmt: skip
    words = {"noun": indicator.noun, "area": enquiry.area_name(found.area_code), "period": found.period.words()}
    whole = not (week.one_end or week.untimed or week.reversed)
    sentences = [enquiry.wording.sentence("hours", "read whole" if whole else "read", **words, **told)]
    if week.over_a_week and shown["over"].status is not Status.SUPPRESSED:
        sentences.append(enquiry.wording.sentence("hours", "over a week", over=told["over"]))
    sentences.append(enquiry.wording.sentence("hours", "moved", moved=moved))
    return tuple(run for sentence in sentences for run in (*sentence, " "))[:-1]
