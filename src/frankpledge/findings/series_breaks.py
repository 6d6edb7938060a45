"""Which series show a break at a month, and which do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import false_discovery_control

from frankpledge.findings.judge import LEVEL
from frankpledge.indicators.compute import Answer
from frankpledge.model.estimate import Estimate
from frankpledge.periods import days_in_month, month_words, parse_period
from frankpledge.statistics.breaks import LEAST_MONTHS, Step, step_at


@dataclass(frozen=True)
class SeriesBreak:
    """One series at the month asked about.

    `step` is None where it cannot be tested, and `reason` then says why. `shown` is after discovery control over all
    series asked.
    """

    indicator: str
    title: str
    dataset: str
    step: Step | None
    adjusted: float | None
    shown: bool
    reason: str = ""


def find_breaks(answers: Iterable[Answer], area_code: str, month: int) -> list[SeriesBreak]:
    """Test series for a step at a month.

    Parameters
    ----------
    answers
        For each indicator its months, before and after.
    area_code
        The area they are of.
    month
        First month of what may be a new level, as a month number.

    Returns
    -------
    list of SeriesBreak
        In the order of the answers.
    """
    tested = [_tested(answer, area_code, month) for answer in answers]
    # Indicators that count the same, each for other people, are one series, and one question.
    steps = list(dict.fromkeys(one.step for one in tested if one.step))
    adjusted = dict(
        zip(steps, false_discovery_control([one.p_value for one in steps]).tolist() if steps else [], strict=True)
    )
    return [_judged(one, adjusted[one.step]) if one.step else one for one in tested]


def _judged(found: SeriesBreak, adjusted: float) -> SeriesBreak:
    return SeriesBreak(found.indicator, found.title, found.dataset, found.step, adjusted, adjusted <= LEVEL)


def _tested(answer: Answer, area_code: str, month: int) -> SeriesBreak:
    estimates = [one for one in answer.estimates if one.area_code == area_code]
    numbers = [parse_period(one.period).first for one in estimates]
    held = [(number, one) for number, one in zip(numbers, estimates, strict=True) if one.numerator is not None]
    dataset = next((one.series.dataset for _, one in held if one.series), "")
    title, slug = answer.indicator.title, answer.indicator.slug
    around = _around(held, month)
    numbers = [number for number, _ in around]
    reason = _why_not([one for _, one in held], numbers, month)
    if reason:
        return SeriesBreak(slug, title, dataset, None, None, False, reason)
    counts = [one.numerator or 0 for _, one in around]
    step = step_at(counts, [days_in_month(number) for number in numbers], numbers.index(month))
    return SeriesBreak(slug, title, dataset, step, None, False)


def _why_not(held: list[Estimate], numbers: list[int], month: int) -> str:
    if not held:
        return "no month is held"
    if held[0].share:
        return "it is a share; test what it is a share of"
    if month not in numbers:
        return f"{month_words(month)} is not held"
    if min(month - numbers[0], numbers[-1] + 1 - month) < LEAST_MONTHS:
        return f"fewer than {LEAST_MONTHS} months without a gap are held on one side of it"
    if len(numbers) < _LEAST_HELD:
        return f"only {len(numbers)} months without a gap are held, and {_LEAST_HELD} are needed"
    return ""


# So many that, with the months about the step left out, two years are left to compare with.
_LEAST_HELD = 24 + 6 * LEAST_MONTHS


def _around(held: list[tuple[int, Estimate]], month: int) -> list[tuple[int, Estimate]]:
    """The months held without a gap on both sides of one."""
    numbers = {number for number, _ in held}
    first, last = month, month - 1
    while first - 1 in numbers:
        first -= 1
    while last + 1 in numbers:
        last += 1
    return [pair for pair in held if first <= pair[0] <= last]
