"""The course of an indicator's months: a control chart, its signs, its season, its levels, where the year will end."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.assessment.blocks.comparisons import joined_note, source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.course import Course, follow
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.document import Block, Chart, Heading, Line, Paragraph, Runs
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import month_text, month_words, one_month
from frankpledge.statistics.charts import ChartPoint
from frankpledge.statistics.months import MONTHS


def control_chart(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """The months of three years with the limits they keep by themselves, and what the last one says of the process."""
    if indicator.denominator.against is Against.WHOLE:
        return []
    blocks: list[Block] = []
    for area in enquiry.areas:
        course, months = follow_months(enquiry, indicator, area)
        # What months before the period did says nothing of it.
        if course.months and course.months[-1][0] == enquiry.period.last:
            blocks += _of_area(enquiry, indicator, course, months)
    return [Heading(2, "Control chart"), *blocks] if blocks else []


def follow_months(enquiry: Enquiry, indicator: Indicator, area: str) -> tuple[Course, Answer]:
    """The course of an area's months up to the end of the period, as the audience may know them."""
    months = enquiry.control_months(indicator)
    return follow(months, area), months


def latest_sentence(enquiry: Enquiry, indicator: Indicator, course: Course) -> Runs:
    """What the last month says of the process, in the words of Making Data Count."""
    words = {
        "noun": indicator.noun,
        "area": enquiry.area_name(course.area_code),
        "month": month_words(course.months[-1][0]),
    }
    if course.chart is None:
        return enquiry.wording.sentence("course", "too few", **words)
    if course.variation is None:
        return enquiry.wording.sentence("course", "too fresh", **words)
    signs = ", ".join(enquiry.wording.word("signs", one.value) for one in sorted(course.chart.points[-1].signals))
    return enquiry.wording.sentence("course", course.variation.value, signs=signs, **words)


def _of_area(enquiry: Enquiry, indicator: Indicator, course: Course, months: Answer) -> list[Block]:
    latest = latest_sentence(enquiry, indicator, course)
    blocks: list[Block] = [Paragraph(latest)]
    if course.chart is not None and course.chart_first is not None:
        blocks.append(_chart(enquiry, indicator, course, months, latest))
    told = (_levels(enquiry, course), _season(enquiry, indicator, course), _year_end(enquiry, course, months))
    runs = tuple(run for one in told if one for run in (*one, " "))
    return [*blocks, Paragraph(runs[:-1])] if runs else blocks


def _chart(enquiry: Enquiry, indicator: Indicator, course: Course, months: Answer, latest: Runs) -> Chart:
    assert course.chart is not None and course.chart_first is not None, "asked of a course with a chart"
    estimates = _charted(course, months)
    numbers = [course.chart_first + place for place in range(len(estimates))]
    area = enquiry.area_name(course.area_code)
    seasonal = course.season is not None and course.season.shown
    points = course.chart.points

    def limit(measure: Measure) -> tuple[Figure, ...]:
        return tuple(limit_figure(course, months, place, measure) for place in range(len(points)))

    return Chart(
        slug=f"{indicator.slug}-control-chart-{course.area_code}",
        title=f"{indicator.title}: control chart, {area}",
        subtitle=f"{indicator.noun.capitalize()} by month, {month_words(numbers[0])} to {month_words(numbers[-1])}",
        kind="line",
        labels=tuple(month_text(number) for number in numbers),
        lines=(
            Line("Recorded", tuple(of_estimate(one, Measure.COUNT) for one in estimates)),
            Line("Middle", limit(Measure.CENTRE), limit=True),
            Line("Lower limit", limit(Measure.LIMIT_LOW), limit=True),
            Line("Upper limit", limit(Measure.LIMIT_HIGH), limit=True),
        ),
        marks=tuple(map(_mark, points)),
        alt=(
            f"Control chart of {indicator.noun} in {area} by month. In {month_words(numbers[-1])} there were ",
            of_estimate(estimates[-1], Measure.COUNT),
            ". ",
            *latest,
        ),
        source=source_line(months, counts_only=True),
        notes=(
            enquiry.wording.sentence("course", "limits with season" if seasonal else "limits"),
            *((enquiry.wording.sentence("course", "provisional"),) if course.chart.provisional else ()),
            *joined_note(months),
        ),
    )


def _charted(course: Course, months: Answer) -> list[Estimate]:
    """The months of the chart."""
    assert course.chart is not None and course.chart_first is not None, "asked of a course with a chart"
    numbers = range(course.chart_first, course.chart_first + len(course.chart.points))
    return [months.of(course.area_code, one_month(number)) for number in numbers]


def limit_figure(course: Course, months: Answer, place: int, measure: Measure) -> Figure:
    """The middle or a limit of a month of the chart, as a count; it rests on every month of it."""
    assert course.chart is not None, "asked of a course with a chart"
    point, estimates = course.chart.points[place], _charted(course, months)
    value = {Measure.CENTRE: point.centre, Measure.LIMIT_LOW: point.low, Measure.LIMIT_HIGH: point.high}[measure]
    return worked_out(estimates[place], measure, max(value * course.worth[place], 0.0), estimates)


def _mark(point: ChartPoint) -> str:
    return {1: "above", -1: "below"}.get(point.side, "near")


def _levels(enquiry: Enquiry, course: Course) -> Runs:
    declared: Runs = ()
    if course.declared:
        names = sentence_list([month_words(one) for one in course.declared])
        declared = (*enquiry.wording.sentence("course", "declared", months=names), " ")
    if course.levels:
        names = sentence_list([month_words(one) for one in course.levels])
        return (*declared, *enquiry.wording.sentence("course", "levels", months=names))
    if course.levels is None:
        return declared[:-1]
    first = month_words(course.months[0][0])
    return (*declared, *enquiry.wording.sentence("course", "one level", month=first))


def _season(enquiry: Enquiry, indicator: Indicator, course: Course) -> Runs:
    season = course.season
    if season is None:
        return enquiry.wording.sentence("course", "season unknown")
    if not season.shown:
        return enquiry.wording.sentence("course", "no season", noun=indicator.noun)
    names = [month_words(course.season_months[place] - 1).split()[0] for place in season.peaks]
    return enquiry.wording.sentence("course", "season", months=sentence_list(names), strength=f"{season.strength:.0%}")


def _year_end(enquiry: Enquiry, course: Course, months: Answer) -> Runs:
    end = course.year_end
    if end is None:
        return ()
    last = course.months[-1][0]
    behind = [months.of(course.area_code, one_month(number)) for number, _ in course.months[-5 * MONTHS :]]
    of = replace(behind[-1], part="the calendar year")

    def figure(measure: Measure, value: float) -> Figure:
        return worked_out(of, measure, value, behind)

    return enquiry.wording.sentence(
        "course",
        "year end",
        year=str(last // MONTHS),
        so_far=worked_out(replace(of, part="the calendar year so far"), Measure.COUNT, end.so_far, _of_year(behind)),
        month=month_words(last),
        expected=figure(Measure.EXPECTED, end.expected),
        low=figure(Measure.EXPECTED_LOW, end.low),
        high=figure(Measure.EXPECTED_HIGH, end.high),
    )


def _of_year(months: list[Estimate]) -> list[Estimate]:
    return [one for one in months if one.period[:4] == months[-1].period[:4]]
