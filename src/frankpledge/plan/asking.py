"""What a measure is read from: its figures, its months, and how far they scatter, asked of whoever holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from frankpledge.findings.course import YEARS
from frankpledge.findings.scatter import counts_of, learn_scatters, scatter_months
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period, one_month
from frankpledge.plan.measuring import Doubt, MeasureReading, measure_reading, unread
from frankpledge.plan.plan import COUNT, PlanMeasure
from frankpledge.statistics.months import MONTHS

# An indicator of some authorities in some periods, as whoever is told may know it.
Ask = Callable[[Indicator, tuple[str, ...], Sequence[Period]], Answer]


def read_measure(
    measure: PlanMeasure, indicator: Indicator | None, area: str, period: Period, ask: Ask, partnership: Partnership
) -> MeasureReading:
    """Read a measure of one authority.

    Parameters
    ----------
    area
        One of the partnership's own.
    indicator
        The one that the measure names; None where it is not known.
    period
        What is reported.
    ask
        Answers a question.
    partnership
        Whose authority it is: scatter is learnt from all it is compared with.
    """
    if indicator is None:
        return unread(measure, Doubt.NO_INDICATOR if measure.indicator == COUNT else Doubt.UNKNOWN_INDICATOR)
    areas = partnership.compared
    baseline = measure.baseline or period.year_before()
    usual = ask(indicator, areas, (period.year_before(), period)).of(area, period)
    since = ask(indicator, areas, (baseline, period))
    current = since.of(area, period)
    # What is printed everywhere else is the figure beside the year before: one period has one figure in a document.
    # Releases joined to reach the baseline are another series by name, and do for as long as the figure is the same.
    if (current.numerator, current.value) != (usual.numerator, usual.value):
        return replace(unread(measure, Doubt.ANOTHER_SERIES), current=usual)
    scatters = learn_scatters(
        lambda some: ask(counts_of(indicator), some, scatter_months(period)),
        [partnership.all_compared, partnership.areas],
        current,
        period,
    )
    months = [one_month(period.last - back) for back in reversed(range(MONTHS * YEARS))]
    return measure_reading(
        measure,
        current,
        since.of(area, baseline),
        months=ask(indicator, (area,), months),
        scatter=scatters.get(area),
    )
