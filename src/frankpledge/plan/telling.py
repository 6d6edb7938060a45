"""What is told of a measure: its figures, its target, and why it is read as it is, in the catalogue's words."""

from __future__ import annotations

from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.sentences import change_sentence
from frankpledge.findings.wording import Wording
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.document import Run, Runs
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Verdict
from frankpledge.periods import Period, parse_period
from frankpledge.plan.measuring import Doubt, MeasureReading, Reading
from frankpledge.plan.plan import LOWER, PlanMeasure, Target


def figure_of(estimate: Estimate, target: Target | None) -> Figure:
    """The number of an estimate that its measure is told by: see `measuring.amount_of`."""
    by_count = estimate.value is None or (target is not None and target.count is not None)
    return of_estimate(estimate, Measure.COUNT if by_count else Measure.RATE)


def unit_of(wording: Wording, measure: PlanMeasure, indicator: Indicator | None) -> str:
    """What a measure's numbers are: “per 1,000 residents”, “count”; empty where no indicator gives it."""
    by_count = measure.target is not None and measure.target.count is not None
    if indicator is None:
        return ""
    return wording.word("plan_words", "unit of a count") if by_count else indicator.per


def target_of(read: MeasureReading) -> Run:
    """What the figure is to reach: a figure where that was worked out from the baseline, else as the plan writes it."""
    target = read.measure.target
    assert target is not None
    if target.percent is None or read.against is None:
        return _plainly(target.value if target.count is None else target.count)
    return worked_out(
        read.against, Measure.TARGET, read.target, (read.against,), against=_way(read.measure, target.percent)
    )


def _way(measure: PlanMeasure, percent: float) -> str:
    """Two targets of one figure have two identifiers."""
    return f"{'−' if measure.wanted == LOWER else '+'}{percent:g}%"


def _plainly(number: float | None) -> str:
    return "" if number is None else f"{number:,g}"


def target_words(wording: Wording, measure: PlanMeasure) -> str:
    """The target as the plan sets it: “10% lower by 2025”."""
    target = measure.target
    if target is None:
        return wording.word("plan_words", "target to be set" if measure.to_be_set else "no target")
    key = "percent" if target.percent is not None else "level"
    amount = target.percent if target.percent is not None else target.value if target.count is None else target.count
    way = wording.word("plan_ways", measure.wanted)
    return _text(wording.sentence("plan_targets", key, amount=_plainly(amount), way=way, by=target.by.words()))


def _text(runs: Runs) -> str:
    assert all(isinstance(run, str) for run in runs)
    return "".join(str(run) for run in runs)


def because(
    wording: Wording, read: MeasureReading, indicator: Indicator | None, *, title: str, on: Period
) -> list[Runs]:
    """Why a measure is read as it is: its change, its months, its target, each a sentence.

    Parameters
    ----------
    title
        What to call the measure where no sentence of a change does.
    on
        The period reported: a target whose period is over by then, and is not met, was missed.
    """
    if read.current is None or read.against is None or indicator is None:
        assert read.doubt is not None
        return [(f"{title}:",), wording.sentence("plan_because", read.doubt, indicator=read.measure.indicator)]
    said = (
        [_of_change(wording, read, indicator), *caveats_of(wording, read)]
        if _changed(read)
        else [(f"{title}:",), _of_doubt(wording, read)]
    )
    if read.doubt in (None, Doubt.TOO_FEW, Doubt.NOT_COMPARED):
        said.append(wording.sentence("plan_because", read.variation or "not charted"))
    return [*said, _of_target(wording, read, indicator, on)]


def caveats_of(wording: Wording, read: MeasureReading) -> list[Runs]:
    """What a reader must know beside the change, such as a break between the two periods."""
    caveats = read.finding.caveats if read.finding else ()
    return [wording.sentence("plan_because", "caveat", caveat=one) for one in caveats]


def _changed(read: MeasureReading) -> bool:
    """Whether there is a change to tell of, be it that there is none or too few to say."""
    assert read.finding is not None
    return read.finding.verdict is not Verdict.CANNOT_COMPARE and read.doubt in (None, Doubt.TOO_FEW)


def _of_change(wording: Wording, read: MeasureReading, indicator: Indicator) -> Runs:
    assert read.finding is not None
    return change_sentence(wording, indicator, read.finding)


def _of_doubt(wording: Wording, read: MeasureReading) -> Runs:
    assert read.current is not None and read.against is not None and read.finding is not None
    return wording.sentence(
        "plan_because",
        read.doubt or Doubt.NOT_COMPARED,
        period=parse_period(read.current.period).words(),
        baseline=parse_period(read.against.period).words(),
        reason=read.reason or read.finding.reason,
    )


def _of_target(wording: Wording, read: MeasureReading, indicator: Indicator, on: Period) -> Runs:
    target = read.measure.target
    if target is None:
        return wording.sentence("plan_because", "no target")
    by = target.by.words()
    if read.reached is None:
        key = "target unknown" if read.target is None else "target not judged"
        return wording.sentence("plan_because", key, by=by, target=target_words(wording, read.measure))
    if read.reading is Reading.MET:
        key = "reached"
    elif on.last >= target.by.last:
        key = "missed"
    else:
        key = "reached by chance" if read.reached else "not reached"
    return wording.sentence("plan_because", key, by=by, target=target_of(read), unit=_unit_after(read, indicator))


def _unit_after(read: MeasureReading, indicator: Indicator) -> str:
    """The unit, to follow a number; nothing after a count."""
    assert read.measure.target is not None
    alone = indicator.denominator.against is Against.NOTHING and not indicator.unit
    return "" if alone or read.measure.target.count is not None else f" {indicator.per}"


def now_of(read: MeasureReading) -> Run:
    """The figure now; empty where no indicator gives it."""
    return "" if read.current is None else figure_of(read.current, read.measure.target)


def baseline_of(read: MeasureReading) -> Run:
    """The figure of the baseline; empty where no indicator gives it."""
    return "" if read.against is None else figure_of(read.against, read.measure.target)
