"""Quick facts of an indicator, and the document's first page: what changed and what did not."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.figures import of_estimate, of_finding
from frankpledge.findings.bases import small_base_warning
from frankpledge.findings.wording import Wording
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Heading, Note, Paragraph, QuickFacts, Runs
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import parse_period


def quick_facts(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """A box for each own area: this period, the one before, and whether they differ."""
    answer = enquiry.comparison(indicator)
    blocks: list[Block] = []
    for code in enquiry.partnership.areas:
        current, before = answer.of(code, enquiry.period), answer.of(code, enquiry.before)
        if current.missing:
            continue
        facts = [level(enquiry, indicator, one) for one in (current, before) if not one.missing]
        facts.append(change_sentence(enquiry.wording, indicator, enquiry.changes[indicator.slug, code]))
        blocks.append(QuickFacts(f"Quick facts: {indicator.title.lower()}, {current.area_name}", tuple(facts)))
    blocks += [Note("information", (f"{caveat}",)) for caveat in indicator.caveats[:1] if blocks]
    own = [answer.of(code, enquiry.period) for code in enquiry.partnership.areas]
    warning = small_base_warning(enquiry.wording, own)
    return [*blocks, Note("caution", warning)] if warning else blocks


def level(enquiry: Enquiry, indicator: Indicator, estimate: Estimate) -> Runs:
    """How many, and at what rate."""
    words = parse_period(estimate.period).words()
    key = "level" if estimate.value is not None else "level_without_rate"
    return enquiry.wording.sentence(
        key,
        after_period=words,
        noun=indicator.noun,
        after=of_estimate(estimate, Measure.COUNT),
        rate=of_estimate(estimate, Measure.RATE),
        per=f"{indicator.multiplier:,} {indicator.denominator.words}",
        low=of_estimate(estimate, Measure.LOW),
        high=of_estimate(estimate, Measure.HIGH),
    )


def change_sentence(wording: Wording, indicator: Indicator, finding: Finding) -> Runs:
    """What may be said of a change."""
    return wording.sentence(
        "change",
        _sentence_of(finding),
        title=indicator.title,
        noun=indicator.noun,
        area=finding.current.area_name,
        before=of_estimate(finding.against, Measure.COUNT),
        after=of_estimate(finding.current, Measure.COUNT),
        before_period=parse_period(finding.against.period).words(),
        after_period=parse_period(finding.current.period).words(),
        count_change=of_finding(finding, Measure.COUNT_CHANGE, unsigned=True),
        point_change=of_finding(finding, Measure.RATE_CHANGE, unsigned=True),
        percent_change=of_finding(finding, Measure.PERCENT_CHANGE),
        per=f"{indicator.multiplier:,} {indicator.denominator.words}",
        rate_before=of_estimate(finding.against, Measure.RATE),
        rate=of_estimate(finding.current, Measure.RATE),
        reason=finding.reason,
    )


def _sentence_of(finding: Finding) -> str:
    """Which sentence a finding takes: the verdict is on rates, so a count that went the other way is told so."""
    verdict, difference = finding.verdict, finding.difference or 0
    if finding.current.share and finding.p_value is not None:
        return f"{verdict.value} as a share"
    if verdict is Verdict.ROSE and not finding.against.numerator:
        return "rose from none"
    if (verdict is Verdict.ROSE and difference <= 0) or (verdict is Verdict.FELL and difference >= 0):
        return f"{verdict.value} by rate"
    return verdict.value


_SECTIONS = (
    ("What rose", (Verdict.ROSE,)),
    ("What fell", (Verdict.FELL,)),
    ("No clear change", (Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW)),
    ("What cannot be compared", (Verdict.CANNOT_COMPARE,)),
)


def at_a_glance(enquiry: Enquiry) -> list[Block]:
    """Every indicator's change in one place, those that are more than chance first."""
    found = [
        (enquiry.indicators[slug], finding)
        for (slug, _), finding in enquiry.changes.items()
        if not finding.current.missing
    ]
    if not found:
        return []
    blocks: list[Block] = [
        Heading(1, "At a glance"),
        Paragraph(
            (
                f"This assessment compares {enquiry.period.words()} with {enquiry.before.words()}. Something is said "
                "to have risen or fallen only where its rate changed by more than chance and the usual ups and downs "
                "of its months would bring.",
            )
        ),
    ]
    for title, verdicts in _SECTIONS:
        sentences = tuple(change_sentence(enquiry.wording, i, f) for i, f in found if f.verdict in verdicts)
        if sentences:
            blocks += [Heading(2, title), BulletList(sentences)]
    caveats = sorted({caveat for _, finding in found for caveat in finding.caveats})
    blocks += [Note("caution", (f"Between the two periods {caveat}.",)) for caveat in caveats]
    return blocks
