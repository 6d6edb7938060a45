"""What may be said of a measure: whether it is where it was to be, and which way it has moved.

The year is judged against the baseline by the one rule for calling a change a change (`findings.judge`). Where that
finds none, the control chart of the months may still show that they are no longer the same process
(`findings.course`). A target is *met* only where the figure has reached it and the move there is more than chance would
bring, or it was there before: a figure that chance has put on the right side of a line is not a target met.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from frankpledge.findings.course import follow
from frankpledge.findings.judge import judge_change
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Against
from frankpledge.model.estimate import Estimate
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import parse_period
from frankpledge.plan.plan import LOWER, PlanMeasure, Target
from frankpledge.statistics.readings import Variation


class Reading(StrEnum):
    """What may be said of a measure."""

    MET = "met"
    WANTED_WAY = "moving the wanted way"
    NO_CLEAR_CHANGE = "no clear change"
    OTHER_WAY = "moving the other way"
    CANNOT_SAY = "cannot say"


class Doubt(StrEnum):
    """Why nothing can be said of a measure."""

    NO_INDICATOR = "no indicator"
    UNKNOWN_INDICATOR = "unknown indicator"
    MISSING = "missing"
    NOT_LATER = "not later"
    LENGTHS = "lengths"
    ANOTHER_SERIES = "another series"
    NOT_COMPARED = "not compared"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class MeasureReading:
    """A measure, read for one area.

    Attributes
    ----------
    current, against
        The estimate now and that of the baseline; None where no indicator gives them, or no one series both.
    doubt, reason
        Why nothing can be said, and in a few words what is missing; None and empty where something can.
    finding
        The change from the baseline, judged; None where there is nothing to judge.
    variation
        What the last month says of the process, in the direction the plan wants; None where months are not charted.
    target
        What the figure is to reach, in the unit of `amount_of`; None where no target is set, or not known.
    reached
        Whether the figure is at its target or beyond; None where there is none.
    """

    measure: PlanMeasure
    reading: Reading
    current: Estimate | None = None
    against: Estimate | None = None
    doubt: Doubt | None = None
    reason: str = ""
    finding: Finding | None = None
    variation: Variation | None = None
    target: float | None = None
    reached: bool | None = None


def unread(measure: PlanMeasure, doubt: Doubt) -> MeasureReading:
    """The reading of a measure for which there is nothing to ask."""
    return MeasureReading(measure, Reading.CANNOT_SAY, doubt=doubt)


def measure_reading(
    measure: PlanMeasure,
    current: Estimate,
    against: Estimate,
    *,
    months: Answer | None = None,
    scatter: float | None = None,
) -> MeasureReading:
    """Read a measure.

    Parameters
    ----------
    current, against
        The indicator of one area, in the period reported and in the baseline.
    months
        Its months as `findings.course.months_of` gives them; None where they are not to be looked at.
    scatter
        See `findings.judge.Question`.
    """
    target = target_amount(measure, against)
    reached = _reached(measure, current, target)
    variation = _variation(measure, current, months)
    finding = judge_change(current, against, scatter)
    doubt, reason = _doubt(current, against, finding)
    read = MeasureReading(
        measure, Reading.CANNOT_SAY, current, against, doubt, reason, finding, variation, target, reached
    )
    moved = _moved(measure, finding, variation, doubt)
    if reached and _more_than_chance(read, moved):
        return replace(read, reading=Reading.MET, doubt=None, reason="")
    if moved is not Reading.CANNOT_SAY:
        return replace(read, reading=moved, doubt=None, reason="")
    return read


def target_amount(measure: PlanMeasure, against: Estimate) -> float | None:
    """What the figure is to reach; None where no target is set, or it is a change from a figure that is missing."""
    target = measure.target
    if target is None:
        return None
    if target.percent is None:
        return target.value if target.count is None else target.count
    before = amount_of(against, target)
    if before is None:
        return None
    return before * (1 + (-1 if measure.wanted == LOWER else 1) * target.percent / 100)


def amount_of(estimate: Estimate, target: Target | None) -> float | None:
    """The number of an estimate that a target is about: the count where it says so, else the value if there is one."""
    if target is not None and target.count is not None:
        return estimate.numerator
    return estimate.numerator if estimate.value is None else estimate.value


def _reached(measure: PlanMeasure, estimate: Estimate, target: float | None) -> bool | None:
    amount = amount_of(estimate, measure.target)
    if target is None or amount is None:
        return None
    return amount <= target if measure.wanted == LOWER else amount >= target


def _doubt(current: Estimate, against: Estimate, finding: Finding) -> tuple[Doubt | None, str]:
    if current.missing:
        return Doubt.MISSING, current.why_missing
    now, then = parse_period(current.period), parse_period(against.period)
    if now.last <= then.last:
        return Doubt.NOT_LATER, ""
    if len(now.months) != len(then.months):
        return Doubt.LENGTHS, ""
    if finding.verdict is Verdict.CANNOT_COMPARE:
        return Doubt.NOT_COMPARED, finding.reason
    return (Doubt.TOO_FEW, "") if finding.verdict is Verdict.TOO_FEW else (None, "")


def _variation(measure: PlanMeasure, current: Estimate, months: Answer | None) -> Variation | None:
    """The chart's word, better being what the plan wants and not what the indicator's definition says."""
    if months is None or current.missing or months.indicator.denominator.against is Against.WHOLE:
        return None
    wanted = replace(months, indicator=replace(months.indicator, polarity=measure.wanted))
    return follow(wanted, current.area_code).variation


def _moved(measure: PlanMeasure, finding: Finding, variation: Variation | None, doubt: Doubt | None) -> Reading:
    """Which way it has moved: by the year where that tells, else by the months."""
    if doubt not in (None, Doubt.TOO_FEW, Doubt.NOT_COMPARED):
        return Reading.CANNOT_SAY
    wanted, other = (Verdict.FELL, Verdict.ROSE) if measure.wanted == LOWER else (Verdict.ROSE, Verdict.FELL)
    by_year = {wanted: Reading.WANTED_WAY, other: Reading.OTHER_WAY}.get(finding.verdict)
    by_month = {Variation.IMPROVING: Reading.WANTED_WAY, Variation.CONCERNING: Reading.OTHER_WAY}
    neither = Reading.NO_CLEAR_CHANGE if doubt is None else Reading.CANNOT_SAY
    return by_year or (by_month.get(variation, neither) if variation else neither)


def _more_than_chance(read: MeasureReading, moved: Reading) -> bool:
    """Whether a figure at its target is there by more than chance.

    That is told by a move the wanted way; by a baseline that was there already; or, of a level that has no baseline to
    be compared with, by itself.
    """
    assert read.current is not None and read.against is not None
    if read.doubt in (Doubt.NOT_LATER, Doubt.LENGTHS):
        return False
    level = read.measure.target is not None and read.measure.target.percent is None
    there_before = bool(_reached(read.measure, read.against, read.target)) and moved is not Reading.OTHER_WAY
    return moved is Reading.WANTED_WAY or (level and (there_before or read.doubt is Doubt.NOT_COMPARED))
