"""Which sections of a document answer which duty."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.duties.definition import Duty


def answers_of(enquiry: Enquiry, duties: Iterable[Duty]) -> dict[str, list[str]]:
    """Duty → headings under which the document answers it, each once, as far as it has been written.

    Only duties that the document has to answer are in it; one that nothing answers has no headings.
    """
    return {
        duty.slug: list(dict.fromkeys(one.heading for one in enquiry.written if one.name in duty.blocks + duty.prose))
        for duty in duties
        if duty.within == enquiry.definition.slug
    }
