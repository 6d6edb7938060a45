"""A place and what lies around it: at what hours, and what to know before anything is read into it."""

from __future__ import annotations

from frankpledge.assessment.blocks.comparisons import source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure import POLICIES, Audience
from frankpledge.findings.around import SQUARE_KILOMETRE, authorities_of, hours_within, placed_share, square_metres_of
from frankpledge.findings.figures import worked_out
from frankpledge.indicators.compute import Answer, area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.statistics.hours import HoursOfWeek, profile_limits

# Of fewer than this many with a time no hour stands out.
FEWEST_TIMED = 30
_HOURS_TOGETHER = 3


def place_hours(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """How the records within the outline fall over the hours of the day, where they have times."""
    current, answer = _current(enquiry, indicator)
    if enquiry.spot is None or current is None or current.missing or answer.selection is None:
        return []
    week = hours_within(enquiry.warehouse, indicator, enquiry.spot, enquiry.period, answer.selection)
    if not week.events or not _may_be_told(enquiry, current, week):
        return []
    heading = Heading(2, enquiry.wording.word("place", "hours title"))
    if week.events < FEWEST_TIMED:
        words = enquiry.wording.sentence("place", "too few", noun=indicator.noun, by="hour")
        return [heading, Paragraph(words)]
    return [heading, _hours_table(enquiry, indicator, current, week, source_line(answer))]


def _current(enquiry: Enquiry, indicator: Indicator) -> tuple[Estimate | None, Answer]:
    answer = enquiry.comparison(indicator)
    found = answer.at(enquiry.period)
    return (found[0] if found else None), answer


def _may_be_told(enquiry: Enquiry, current: Estimate, week: HoursOfWeek) -> bool:
    """Hours are parts of a count: where one of them is small, partners' records are not told by hour at all."""
    least = POLICIES[current.policy].threshold[enquiry.audience]
    rounding = POLICIES[current.policy].rounding[enquiry.audience]
    return rounding == 1 and all(worth == 0 or worth >= least for worth in _worth(week))


def _worth(week: HoursOfWeek) -> list[float]:
    return [float(one) for one in week.by_hour().reshape(-1, _HOURS_TOGETHER).sum(axis=1)]


def _hours_table(enquiry: Enquiry, indicator: Indicator, current: Estimate, week: HoursOfWeek, source: str) -> Table:
    worth = _worth(week)
    low, high = profile_limits(week.by_hour().reshape(-1, _HOURS_TOGETHER).sum(axis=1))
    usual = sum(worth) / len(worth)
    rows = []
    for index, one in enumerate(worth):
        start = index * _HOURS_TOGETHER
        name = f"{start:02}:00 to {start + _HOURS_TOGETHER:02}:00"
        side = "above" if low[index] > usual else "below" if high[index] < usual else "neither"
        shown = worked_out(current, Measure.COUNT, one, (current,), against=name)
        rows.append((name, shown, enquiry.wording.word("place", "hour", side)))
    title = f"{indicator.title} by time of day, {enquiry.subject.name}, {enquiry.period.words()}"
    columns = (Column("Time of day"), Column("Number", True), Column("Beside an even spread"))
    return Table(f"{indicator.slug}-hours-here", title, columns, tuple(rows), source)


def place_caveats(enquiry: Enquiry) -> list[Block]:
    """What to know of points that stand for a street, of records without one, and of counts per square kilometre."""
    spot = enquiry.spot
    if spot is None:
        return []
    say = enquiry.wording.sentence
    items: list[Runs] = [say("place", "snapped"), *_placed(enquiry), *_sizes(enquiry), say("place", "busy")]
    if enquiry.audience is Audience.PUBLIC:
        items.append(say("place", "not partners"))
    return [BulletList(tuple(items))]


def _placed(enquiry: Enquiry) -> list[Runs]:
    current, _ = _current(enquiry, enquiry.headline)
    if enquiry.spot is None or current is None or current.series is None:
        return []
    within = authorities_of(enquiry.warehouse, enquiry.spot)[:1]
    names = area_names(enquiry.warehouse, within)
    found = []
    for code in within:
        placed, held = placed_share(enquiry.warehouse, code, current.series.dataset, enquiry.period)
        if placed < held:
            share = worked_out(current, Measure.SHARE, 100 * placed / held, (current,), against=code)
            area = names.get(code, code)
            found.append(
                enquiry.wording.sentence("place", "placed", share=share, area=area, period=enquiry.period.words())
            )
    return found


def _sizes(enquiry: Enquiry) -> list[Runs]:
    if enquiry.spot is None:
        return []
    found = []
    within = authorities_of(enquiry.warehouse, enquiry.spot)
    names = area_names(enquiry.warehouse, within)
    for code in within:
        size = square_metres_of(enquiry.warehouse, code)
        if size:
            here, whole = (f"{one / SQUARE_KILOMETRE:,.2f}" for one in (enquiry.spot.square_metres, size))
            found.append(
                enquiry.wording.sentence("place", "beside", here=here, area=names.get(code, code), whole=whole)
            )
    return found
