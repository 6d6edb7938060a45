"""Intelligence gaps: what is not known, what would close each, and whom to ask."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.gaps import FeedNotHeld, Gap, feeds_not_held, find_gaps
from frankpledge.model.document import Block, Column, Heading, Paragraph, Table, plain_text


def intelligence_gaps(enquiry: Enquiry) -> list[Block]:
    """Gaps found by looking at what is held: feeds, months, records, what is not recorded, small bases, reviews."""
    feeds, gaps = feeds_not_held(enquiry), find_gaps(enquiry)
    if not feeds and not gaps:
        return []
    return [
        Heading(1, "Intelligence gaps"),
        Paragraph(enquiry.wording.sentence("gaps", "explained")),
        *([_of_what_is_held(enquiry, gaps)] if gaps else []),
        Heading(2, "Feeds not held"),
        Paragraph(enquiry.wording.sentence("gaps", "feeds" if feeds else "all held")),
        *([_of_feeds(enquiry, feeds)] if feeds else []),
    ]


def _of_what_is_held(enquiry: Enquiry, gaps: list[Gap]) -> Table:
    return Table(
        slug="intelligence-gaps",
        title=f"What is not known though something is held, {enquiry.period.words()}",
        columns=(Column("Sort of gap"), Column("What is not known"), Column("What would close it"), Column("Ask")),
        rows=tuple((one.kind, plain_text(one.what), plain_text(one.closes), one.ask) for one in gaps),
        source=enquiry.wording.word("gaps", "source"),
    )


def _of_feeds(enquiry: Enquiry, feeds: list[FeedNotHeld]) -> Table:
    return Table(
        slug="feeds-not-held",
        title=f"Feeds of which nothing is held, {enquiry.period.words()}",
        columns=(Column("Feed"), Column("What it would tell"), Column("Ask")),
        rows=tuple((one.title, "; ".join(one.indicators), one.ask) for one in feeds),
        source=enquiry.wording.word("gaps", "source"),
    )
