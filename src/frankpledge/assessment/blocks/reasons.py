"""What changed, and the partnership's own account of why."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.sentences import change_sentence
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Heading, Note, Paragraph
from frankpledge.model.finding import Verdict

_CHANGED = (Verdict.ROSE, Verdict.FELL)


def change_and_why(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Where it clearly rose or fell since the year before: by how much, and the partnership's reason, asked for."""
    findings = [enquiry.change(indicator, area) for area in enquiry.areas]
    changed = [one for one in findings if one.verdict in _CHANGED]
    if not changed:
        return []
    return [
        Heading(2, "What changed, and why"),
        *(Paragraph(change_sentence(enquiry.wording, indicator, one)) for one in changed),
        Note("information", enquiry.wording.sentence("why", "asked", noun=indicator.noun)),
    ]
