"""Quick facts of an indicator, and the document's first page: what changed and what did not."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.bases import small_base_warning
from frankpledge.findings.figures import of_estimate
from frankpledge.findings.sentences import change_sentence
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Heading, Note, Paragraph, QuickFacts, Runs
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Verdict
from frankpledge.periods import parse_period


def quick_facts(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """A box for each own area: this period, the one before, and whether they differ."""
    answer = enquiry.comparison(indicator)
    blocks: list[Block] = []
    for code in enquiry.areas:
        current, before = answer.of(code, enquiry.period), answer.of(code, enquiry.before)
        if current.missing:
            continue
        facts = [level(enquiry, indicator, one) for one in (current, before) if not one.missing]
        facts.append(change_sentence(enquiry.wording, indicator, enquiry.change(indicator, code)))
        blocks.append(QuickFacts(f"Quick facts: {indicator.title.lower()}, {current.area_name}", tuple(facts)))
    blocks += [Note("information", (f"{caveat}",)) for caveat in indicator.caveats[:1] if blocks]
    own = [answer.of(code, enquiry.period) for code in enquiry.areas]
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


_SECTIONS = (
    ("What rose", (Verdict.ROSE,)),
    ("What fell", (Verdict.FELL,)),
    ("No clear change", (Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW)),
    ("What cannot be compared", (Verdict.CANNOT_COMPARE,)),
)


def at_a_glance(enquiry: Enquiry) -> list[Block]:
    """Every indicator's change in one place, those that are more than chance first."""
    main = [enquiry.named(slug) for slug in enquiry.definition.main_indicators]
    asked = [(one, enquiry.change(one, area)) for one in main for area in enquiry.areas]
    found = [(indicator, finding) for indicator, finding in asked if not finding.current.missing]
    if not found:
        return []
    blocks: list[Block] = [
        Heading(1, "At a glance"),
        Paragraph(
            (
                f"This document compares {enquiry.period.words()} with {enquiry.before.words()}. Something is said "
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
