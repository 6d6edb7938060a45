"""What is new, for those who task: signs of the control charts, new hot spots, near repeats; each to be answered."""

from __future__ import annotations

import shapely

from frankpledge.assessment.blocks.course import follow_months, limit_figure
from frankpledge.assessment.blocks.hot_spots import ask_hot_spots, see_spots
from frankpledge.assessment.blocks.repeats import ask_repeats, near_figures
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.findings.figures import of_estimate
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Table
from frankpledge.model.figure import Measure
from frankpledge.periods import month_words, one_month, rolling_year
from frankpledge.statistics.readings import Variation

# Of the near repeats that are told, no more than one in twenty is so by chance.
_LEVEL = 0.05

Row = tuple[Cell, ...]


def new_signals(enquiry: Enquiry) -> list[Block]:
    """A row for each new sign, new hot spot and near repeat, with room to accept it, dismiss it or make it a task."""
    main = [enquiry.named(slug) for slug in enquiry.definition.main_indicators]
    rows: list[Row] = []
    for indicator in main:
        for area in enquiry.partnership.areas:
            rows += _charted(enquiry, indicator, area)
            rows += _new_hot_spots(enquiry, indicator, area)
            rows += _near(enquiry, indicator, area)
    words = {"period": enquiry.period.words(), "number": str(len(main))}
    if not rows:
        return [Heading(1, "New signals"), Paragraph(enquiry.wording.sentence("signals", "none", **words))]
    table = Table(
        slug="new-signals",
        title=f"New signals, {enquiry.period.words()}",
        columns=(
            Column("Indicator"),
            Column("Signal"),
            Column("Seen", True),
            Column("Usual, or before", True),
            Column("Since"),
            Column("Accepted / dismissed because / task"),
        ),
        rows=tuple(rows),
        source=enquiry.wording.word("signal_words", "source"),
        notes=(enquiry.wording.sentence("signals", "read"),),
    )
    return [Heading(1, "New signals"), Paragraph(enquiry.wording.sentence("signals", "found", **words)), table]


def _named(enquiry: Enquiry, indicator: Indicator, area: str) -> str:
    alone = len(enquiry.partnership.areas) == 1
    return indicator.title if alone else f"{indicator.title}, {enquiry.area_name(area)}"


def _charted(enquiry: Enquiry, indicator: Indicator, area: str) -> list[Row]:
    """Signs of the newest month, where that is the period's own."""
    if indicator.denominator.against is Against.WHOLE:
        return []
    course, months = follow_months(enquiry, indicator, area)
    if course.chart is None or course.variation in (None, Variation.COMMON_CAUSE):
        return []
    last = course.months[-1][0]
    point, previous = course.chart.points[-1], course.chart.points[-2]
    if last != enquiry.period.last or not point.signals:
        return []
    signs = ", ".join(enquiry.wording.word("signs", one.value) for one in sorted(point.signals))
    way = enquiry.wording.word("signal_words", "higher" if point.side > 0 else "lower")
    since = "new" if previous.side != point.side else "standing"
    return [
        (
            _named(enquiry, indicator, area),
            f"{way}: {signs}",
            of_estimate(months.of(area, one_month(last)), Measure.COUNT),
            limit_figure(course, months, len(course.chart.points) - 1, Measure.CENTRE),
            enquiry.wording.word("signal_words", since),
            "",
        )
    ]


def _new_hot_spots(enquiry: Enquiry, indicator: Indicator, area: str) -> list[Row]:
    """Hot spots of the last twelve months that lie where none was in the twelve before."""
    period = rolling_year(enquiry.period.last)
    found = ask_hot_spots(enquiry, indicator, area, period)
    if found is None or not found.spots:
        return []
    if any(one.before is None for one in found.spots):
        words = {"noun": indicator.noun, "area": enquiry.area_name(area), "month": month_words(period.last)}
        (why,) = enquiry.wording.sentence("signals", "no year before", **words)
        enquiry.lacks(Untold(str(why)))
        return []
    earlier = ask_hot_spots(enquiry, indicator, area, period.year_before())
    if earlier is None:
        return []
    then = shapely.union_all([shapely.from_wkb(one.outline) for one in earlier.spots])
    new = [
        one for one in see_spots(enquiry, indicator, found) if not then.intersects(shapely.from_wkb(one.spot.outline))
    ]
    return [
        (
            _named(enquiry, indicator, area),
            f"{enquiry.wording.word('signal_words', 'hot spot')}: {one.spot.name}",
            of_estimate(one.now, Measure.COUNT),
            of_estimate(one.before, Measure.COUNT) if one.before else "",
            period.words(),
            "",
        )
        for one in new
    ]


def _near(enquiry: Enquiry, indicator: Indicator, area: str) -> list[Row]:
    """Near repeats beyond chance in the last twelve months, where records carry dates and places."""
    period = rolling_year(enquiry.period.last)
    found = ask_repeats(enquiry, indicator, area, period)
    if found is None or found.near is None:
        return []
    told = near_figures(enquiry, indicator, found)
    p_value = told["p"].value
    if p_value is None or p_value > _LEVEL or not (told["ratio"].value or 0) > 1:
        return []
    metres, days = f"{found.near.metres[2]:.0f}", f"{found.near.days[1]}"
    (words,) = enquiry.wording.sentence("signals", "near", metres=metres, days=days)
    return [(_named(enquiry, indicator, area), str(words), told["observed"], told["expected"], period.words(), "")]
