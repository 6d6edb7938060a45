"""What is new since the last meeting, and what of it was revised since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frankpledge.assessment.blocks.area import NONE, sources_of
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.latest import Latest, all_latest
from frankpledge.assessment.revisions import RevisedCount, edition_before, revisions_since
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Table
from frankpledge.model.figure import Measure
from frankpledge.periods import month_number, month_words, parse_period
from frankpledge.report.words import day_words


def since_last(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """The months that have ended since the last meeting, and figures printed before it that read otherwise now."""
    say = enquiry.wording.sentence
    if not enquiry.since:
        return [Paragraph(say("since", "not said"))]
    found = all_latest(enquiry, indicators)
    if not found:
        return []
    return [*_new(enquiry, found), *_revised(enquiry, indicators)]


def _new(enquiry: Enquiry, found: Sequence[Latest]) -> list[Block]:
    """Months that had not ended when the committee last met, which it cannot have seen."""
    day = date.fromisoformat(enquiry.since)
    first = month_number(day.year, day.month)
    fresh = [one for one in found if one.month and one.last >= first]
    stale = [one.indicator.title.lower() for one in found if one not in fresh]
    blocks: list[Block] = [Heading(1, enquiry.wording.word("since", "new title"))]
    blocks += [_new_table(enquiry, fresh, first)] if fresh else []
    if stale:
        titles = sentence_list(stale)
        blocks.append(
            Paragraph(enquiry.wording.sentence("since", "nothing new", titles=titles, day=day_words(enquiry.since)))
        )
    return blocks


def _new_table(enquiry: Enquiry, fresh: Sequence[Latest], first: int) -> Table:
    return Table(
        slug="new-since",
        title=f"Months that have ended since {day_words(enquiry.since)}",
        columns=(
            Column("Measure"),
            Column("New months"),
            Column("In the newest", True),
            Column("A year before that", True),
        ),
        rows=tuple(_new_row(enquiry, one, first) for one in fresh),
        source=sources_of([one.answer for one in fresh]),
    )


def _new_row(enquiry: Enquiry, latest: Latest, first: int) -> tuple[Cell, ...]:
    assert latest.month is not None, "only months are new"
    month = parse_period(latest.month.period)
    year_before = enquiry.newest_months(latest.indicator).of(latest.month.area_code, month.year_before())
    return (
        latest.indicator.title,
        month_words(first) if first == latest.last else f"{month_words(first)} to {month_words(latest.last)}",
        of_estimate(latest.month, Measure.COUNT),
        of_estimate(year_before, Measure.COUNT),
    )


def _revised(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    earlier = edition_before(enquiry, enquiry.since, indicators)
    heading = Heading(1, enquiry.wording.word("since", "revised title"))
    if earlier is None:
        return [heading, Paragraph(enquiry.wording.sentence("since", "no edition", day=day_words(enquiry.since)))]
    revised = revisions_since(enquiry, earlier, indicators)
    key = "revised" if revised else "nothing revised"
    words = enquiry.wording.sentence("since", key, title=earlier.title, prepared=day_words(earlier.prepared))
    return [heading, Paragraph(words), *([_revised_table(enquiry, revised, earlier.edition)] if revised else [])]


def _revised_table(enquiry: Enquiry, revised: Sequence[RevisedCount], edition: str) -> Table:
    return Table(
        slug="revised-since",
        title=f"Figures that read otherwise now than before {day_words(enquiry.since)}",
        columns=(
            Column("Measure"),
            Column("Period"),
            Column("Then", True),
            Column("Now", True),
            Column("Difference", True),
        ),
        rows=tuple(_revised_row(one, edition) for one in revised),
        source=f"Edition {edition}, and the releases held now.",
    )


def _revised_row(one: RevisedCount, edition: str) -> tuple[Cell, ...]:
    now = one.now
    then = worked_out(now, Measure.COUNT, one.then, (now,), against=edition)
    less = None if now.numerator is None else now.numerator - one.then
    return (
        f"{one.indicator.title}, {now.area_name}",
        parse_period(now.period).words(),
        then,
        of_estimate(now, Measure.COUNT),
        NONE if less is None else worked_out(now, Measure.DIFFERENCE, less, (now,), against=edition),
    )
