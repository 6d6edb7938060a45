"""Time: the rolling year, and the months above and below their mean."""

from __future__ import annotations

from frankpledge.assessment.blocks.comparisons import joined_note, source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.course import FEWEST
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.wording import sentence_list
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Chart, Heading, Line, Note, Run, Runs
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Measure
from frankpledge.periods import days_in_month, month_text, month_words, parse_period
from frankpledge.statistics.trend import MonthAgainstMean, months_against_mean

# With fewer points a line of rolling years says nothing that the two totals do not.
FEWEST_POINTS = 6


def rolling_year_chart(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Twelve months to each month, so that seasons do not show and direction does."""
    answer = enquiry.rolling(indicator)
    lines = [_rolling_line(answer, code) for code in enquiry.areas]
    lines = [line for line in lines if line and sum(not one.missing for one in line) >= FEWEST_POINTS]
    if not lines:
        return []
    first = min(index for line in lines for index, one in enumerate(line) if not one.missing)
    shown = [line[first:] for line in lines]
    labels = tuple(month_text(parse_period(one.period).last) for one in shown[0])
    area = sentence_list([line[0].area_name for line in shown])
    return [
        Heading(2, "Rolling year"),
        Chart(
            slug=f"{indicator.slug}-rolling-year",
            title=f"{indicator.title}, rolling year",
            subtitle=f"{indicator.noun.capitalize()} in the twelve months to each month, {area}",
            kind="line",
            labels=labels,
            lines=tuple(
                Line(line[0].area_name, tuple(of_estimate(one, Measure.COUNT) for one in line)) for line in shown
            ),
            alt=_rolling_alt(indicator, shown),
            source=source_line(answer, counts_only=True),
            notes=joined_note(answer),
        ),
    ]


def _rolling_line(answer: Answer, code: str) -> list[Estimate]:
    return [one for one in answer.estimates if one.area_code == code]


def _rolling_alt(indicator: Indicator, lines: list[list[Estimate]]) -> Runs:
    runs: list[Run] = [f"Line chart of {indicator.noun} in the twelve months to each month."]
    for line in lines:
        held = [one for one in line if not one.missing]
        start, end = held[0], held[-1]
        runs += [
            f" {line[0].area_name}: ",
            of_estimate(start, Measure.COUNT),
            f" in the {parse_period(start.period).words()}, ",
            of_estimate(end, Measure.COUNT),
            f" in the {parse_period(end.period).words()}.",
        ]
    return tuple(runs)


def months_chart(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Each month of both periods, the mean, and the months clearly above or below it."""
    answer = enquiry.months(indicator)
    blocks: list[Block] = []
    for code in enquiry.areas:
        line = [one for one in answer.estimates if one.area_code == code]
        if _too_few(enquiry, line):
            continue
        if any(one.missing for one in line):
            line = [one for one in line if parse_period(one.period).first in enquiry.period.months]
        heading = "Months" if len(enquiry.areas) == 1 else f"Months, {line[0].area_name}"
        withheld = sum(one.status is Status.SUPPRESSED for one in line)
        if withheld:
            words = enquiry.wording.sentence(
                "months_withheld", area=line[0].area_name, withheld=f"{withheld:,}", months=f"{len(line):,}"
            )
            blocks += [Heading(2, heading), Note("information", words)]
        elif len(line) >= FEWEST_POINTS and not any(one.missing for one in line):
            blocks += [Heading(2, heading), _months_of(indicator, answer, line)]
    return blocks


def _too_few(enquiry: Enquiry, line: list[Estimate]) -> bool:
    """Whether the months of a small area hold so few that a chart of them would be a chart of chance."""
    counts = [one.numerator for one in line if one.numerator is not None]
    return enquiry.kind is not AreaKind.AUTHORITY and bool(counts) and sum(counts) < FEWEST * len(counts)


def _months_of(indicator: Indicator, answer: Answer, line: list[Estimate]) -> Chart:
    months = [parse_period(one.period).first for one in line]
    mean, judged = months_against_mean([one.numerator for one in line], [days_in_month(month) for month in months])
    area = line[0].area_name
    level = worked_out(line[-1], Measure.MEAN, mean, line, against=line[0].period)
    return Chart(
        slug=f"{indicator.slug}-months-{line[0].area_code}",
        title=f"{indicator.title} by month, {area}",
        subtitle=f"{indicator.noun.capitalize()} in each month, {month_words(months[0])} to {month_words(months[-1])}",
        kind="bars",
        labels=tuple(month_text(month) for month in months),
        lines=(Line(area, tuple(of_estimate(one, Measure.COUNT) for one in line)),),
        mean=level,
        mean_words="Mean month",
        marks=tuple(one.verdict if one.verdict != "missing" else "near" for one in judged),
        alt=(
            f"Bar chart of {indicator.noun} by month in {area}. The mean is ", level,
            f" a month. {_stand_out(judged, months)}",
        ),
        source=source_line(answer, counts_only=True),
        notes=((
            "A month is marked above or below only where chance, and the length of the month, would not explain it. "
            + _stand_out(judged, months),
        ),),
    )  # fmt: skip


def _stand_out(judged: list[MonthAgainstMean], months: list[int]) -> str:
    words = []
    for verdict in ("above", "below"):
        named = [month_words(month) for month, one in zip(months, judged, strict=True) if one.verdict == verdict]
        words.append(f"Clearly {verdict} the mean: {sentence_list(named) if named else 'no month'}.")
    return " ".join(words)
