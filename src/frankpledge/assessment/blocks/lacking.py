"""What was asked of the data and could not be answered: why, and which feed would answer it."""

from __future__ import annotations

from collections import defaultdict

from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.findings.wording import sentence_list
from frankpledge.geography import AreaKind
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Heading, Note, Paragraph, Runs
from frankpledge.sources.registry import all_sources


def nothing_measured(enquiry: Enquiry) -> list[Block]:
    """What must be said first where no crime or disorder at all is held for the period."""
    words = (
        f"No crime or disorder is held for {enquiry.partnership.name} in {enquiry.period.words()}. What is known of "
        "the area follows, and then what is lacking and who publishes it."
    )
    return [Note("caution", (words,))]


def not_measured(enquiry: Enquiry) -> list[Block]:
    """The measures without a figure, those with one reason together, and the feeds that hold them."""
    lacking: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for indicator in enquiry.every_indicator.values():
        answer = enquiry.comparison(indicator) if indicator.slug in enquiry.indicators else enquiry.profile(indicator)
        for code in enquiry.areas:
            current = answer.of(code, enquiry.period)
            if current.missing and indicator.slug not in enquiry.told_otherwise:
                reason = (current.area_name, current.why_missing, _feeds(indicator, code))
                lacking[reason].append(indicator.title)
    if not (lacking or enquiry.untold):
        return []
    items: list[Runs] = [
        (f"{', '.join(titles)} ({area}): {why}.{f' It can come from {feeds}.' if feeds else ''}",)
        for (area, why, feeds), titles in lacking.items()
    ]
    items += _untold(enquiry)
    return [
        Heading(1, "What could not be measured"),
        Paragraph(("Nothing here is nought: these figures are not held, and are left out of every total and rank.",)),
        BulletList(tuple(items)),
    ]


def _untold(enquiry: Enquiry) -> list[Runs]:
    """What blocks could not tell, those of one block that take the same together."""
    grouped: dict[tuple[str, str], list[Untold]] = defaultdict(list)
    for one in enquiry.untold:
        grouped[one.what, one.takes if one.what else one.why].append(one)
    items: list[Runs] = []
    for (what, takes), alike in grouped.items():
        titles = sentence_list(list(dict.fromkeys(one.of for one in alike)))
        if what:
            words = enquiry.wording.word("untold_words", what)
            items.append(enquiry.wording.sentence("untold", "cannot be told", what=words, of=titles, takes=takes))
        else:
            items.append((f"{alike[0].why} {alike[0].takes}".rstrip(),))
    return items


def _feeds(indicator: Indicator, area: str) -> str:
    """The feeds that hold a measure for an area, in order of preference."""
    known = {one.source.dataset: one.source for one in all_sources().values()}
    wanted = [known[dataset] for dataset in indicator.datasets.get(AreaKind.AUTHORITY, ()) if dataset in known]
    titles = [f"{one.title} ({one.publisher})" for one in wanted if area.startswith(one.areas)]
    return ", or ".join(dict.fromkeys(titles))
