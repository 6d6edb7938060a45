"""The latest of several indicators, how old each figure is, what of it is news, and what may be asked."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.assessment.blocks.area import NONE, sources_of
from frankpledge.assessment.datasets import dataset_title
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.latest import Latest, all_latest
from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.findings.sentences import change_sentence
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Note, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Verdict
from frankpledge.periods import month_words, parse_period
from frankpledge.report.words import day_words

# Older than half a year, and a committee may ask why.
OLD_DAYS = 183
# A question names so many measures: of more nobody asks in one breath.
ASKED_OF = 4
_CHANGED = (Verdict.ROSE, Verdict.FELL)


def latest_table(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """A row for each indicator: its newest month, the twelve months to it and the twelve before, each with its date."""
    found = all_latest(enquiry, indicators)
    if not found:
        return []
    name = found[0].finding.current.area_name
    columns = (
        Column("Measure"),
        Column("Newest month"),
        Column("In that month", True),
        Column("To that month", True, "Twelve months"),
        Column("The twelve before", True, "Twelve months"),
        Column("Number", True, "Change"),
        Column("Clear change?", False, "Change"),
    )
    titled = {one.indicator.slug for one in found}
    lacking = [one.title for one in indicators if one.slug not in titled]
    notes: list[Runs] = [enquiry.wording.sentence("latest", "read")]
    notes += [(f"Not held: {'; '.join(lacking)}.",)] if lacking else []
    return [
        Table(
            slug=f"latest-{found[0].indicator.slug}-{enquiry.areas[0].replace(':', '-')}",
            title=f"{name}: the newest month of each measure up to {month_words(enquiry.period.last)}, and twelve "
            "months beside the twelve before",
            columns=columns,
            rows=tuple(_latest_row(enquiry, one) for one in found),
            source=sources_of([one.answer for one in found]),
            notes=tuple(notes),
        )
    ]


def _latest_row(enquiry: Enquiry, latest: Latest) -> tuple[Cell, ...]:
    finding = latest.finding
    monthly = latest.month is not None
    return (
        latest.indicator.title,
        month_words(latest.last) if monthly else parse_period(finding.current.period).words(),
        of_estimate(latest.month, Measure.COUNT) if latest.month else NONE,
        _level(finding.current),
        _level(finding.against),
        NONE if finding.difference is None else of_finding(finding, Measure.COUNT_CHANGE),
        enquiry.wording.word("verdicts", finding.verdict.value),
    )


def _level(estimate: Estimate) -> Cell:
    """The count; of what is published without one, its value."""
    alone = estimate.numerator is None and estimate.value is not None
    return of_estimate(estimate, Measure.RATE if alone else Measure.COUNT)


def figure_ages(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """How old each indicator's newest figure was on the day the document was made, and whether it may be revised."""
    found = all_latest(enquiry, indicators)
    if not found:
        return []
    columns = (
        Column("Measure"),
        Column("Source"),
        Column("Newest month"),
        Column("Days since it ended", True),
        Column("Still to be revised"),
    )
    return [
        Table(
            slug=f"ages-{found[0].indicator.slug}",
            title=f"How old the newest figure of each measure was on {day_words(enquiry.prepared)}",
            columns=columns,
            rows=tuple(_age_row(enquiry, one) for one in found),
            source="The releases named.",
        )
    ]


def _age_row(enquiry: Enquiry, latest: Latest) -> tuple[str, ...]:
    series = latest.finding.current.series
    return (
        latest.indicator.title,
        f"{dataset_title(series.dataset)}, release {series.release}" if series else NONE,
        month_words(latest.last),
        f"{latest.days_old(enquiry.prepared):,}",
        _to_be_revised(enquiry, latest),
    )


def _to_be_revised(enquiry: Enquiry, latest: Latest) -> str:
    """Whether the source says that its last months are provisional."""
    series = latest.finding.current.series
    newest = series.release.split(" + ")[-1] if series else ""
    for held in held_series(enquiry.warehouse, series.dataset, newest) if series else ():
        if held.provisional_from is not None and latest.last >= held.provisional_from:
            return f"yes, from {month_words(held.provisional_from)}"
    return "none stated"


def news_and_noise(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """What changed by more than chance, in sentences; and what did not, in one."""
    found = all_latest(enquiry, indicators)
    if not found:
        return []
    changed = [one for one in found if one.finding.verdict in _CHANGED]
    sentences = tuple(change_sentence(enquiry.wording, one.indicator, one.finding) for one in changed)
    blocks: list[Block] = [Heading(1, enquiry.wording.word("news", "title"))]
    blocks.append(BulletList(sentences) if sentences else Paragraph((enquiry.wording.word("news", "none"),)))
    quiet = [_quiet(enquiry, found, verdict) for verdict in Verdict if verdict not in _CHANGED]
    said = tuple(runs for runs in quiet if runs)
    if said:
        blocks += [Heading(1, enquiry.wording.word("noise", "title")), BulletList(said)]
    caveats = sorted({caveat for one in found for caveat in one.finding.caveats})
    return [*blocks, *(Note("caution", (f"Between the two periods {caveat}.",)) for caveat in caveats)]


def _quiet(enquiry: Enquiry, found: Sequence[Latest], verdict: Verdict) -> Runs:
    titles = _titles([one for one in found if one.finding.verdict is verdict])
    return enquiry.wording.sentence("noise", verdict.value, titles=titles) if titles else ()


def _titles(found: Sequence[Latest], at_most: int | None = None) -> str:
    titles = [one.indicator.title.lower() for one in found]
    more = len(titles[at_most:]) if at_most else 0
    # One more name is no longer than to say that there is one.
    if at_most and more > 1:
        titles = [*titles[:at_most], f"{more} more"]
    return sentence_list(titles) if titles else ""


def questions(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """What a councillor may ask: one question of each verdict, and one of figures that are old."""
    found = all_latest(enquiry, indicators)
    judged = [one for one in found if not _is_reported(one)]
    asked = [(verdict.value, [one for one in judged if one.finding.verdict is verdict]) for verdict in Verdict]
    asked.append(("reported", [one for one in found if _is_reported(one)]))
    asked.append(("old", [one for one in found if one.days_old(enquiry.prepared) > OLD_DAYS]))
    items = tuple(
        enquiry.wording.sentence("questions", key, titles=_titles(those, ASKED_OF)) for key, those in asked if those
    )
    return [BulletList(items)] if items else []


def _is_reported(latest: Latest) -> bool:
    """Whether an indicator changed that rises and falls with what is reported and policed, and so asks otherwise."""
    return latest.finding.verdict in _CHANGED and latest.indicator.polarity == "neither"
