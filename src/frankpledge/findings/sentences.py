"""What may be said of a judged change, in the catalogue's words."""

from __future__ import annotations

from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.findings.wording import Wording
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Runs
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import parse_period


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
