"""The definition of serious violence that a document uses: what belongs to it, since when, and whose decision it is."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.serious_violence import Version, find_serious_violence
from frankpledge.model.document import Block, BulletList, Heading, Note, Paragraph, Runs
from frankpledge.periods import month_words


def serious_violence_definition(enquiry: Enquiry) -> list[Block]:
    """What is counted as serious violence here, in the version in force at the end of the period."""
    definition = find_serious_violence(enquiry.workspace.definitions)
    version = definition.in_force(enquiry.period)
    say = enquiry.wording.sentence
    decided = say("serious violence", "decided", by=version.decided_by, on=version.decided_on)
    if not version.decided_on:
        decided = say("serious violence", "not decided", by=version.decided_by)
    blocks: list[Block] = [
        Heading(1, enquiry.wording.word("serious violence", "heading")),
        Paragraph(say("serious violence", "title", title=definition.title, since=month_words(version.since))),
        BulletList(_items(enquiry, version)),
        Paragraph(decided),
        Paragraph(say("serious violence", "counted", measure=version.measure)),
    ]
    if version.since > enquiry.period.last:
        later = say("serious violence", "later", since=month_words(version.since), period=enquiry.period.words())
        blocks.append(Note("caution", later))
    changed = [one for one in definition.versions if enquiry.before.first < one.since <= enquiry.period.last]
    blocks += [Note("caution", say("serious violence", "changed", since=month_words(one.since))) for one in changed]
    return blocks


def _items(enquiry: Enquiry, version: Version) -> tuple[Runs, ...]:
    say = enquiry.wording.sentence
    parts = (("offences", version.offences), ("left out", version.left_out), ("flags", version.flags))
    items = [say("serious violence", key, them="; ".join(them)) for key, them in parts if them]
    return (*items, *([say("serious violence", "ages", them=version.ages)] if version.ages else []))
