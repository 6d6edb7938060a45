"""Where an indicator's offences stand out: a map and a table of hot spots, and whether the map held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from frankpledge.assessment.blocks.places import outlines_of
from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.left_open import Untold
from frankpledge.disclosure import Audience
from frankpledge.disclosure.gate import OPEN
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import from_exact, of_estimate, worked_out
from frankpledge.findings.ground import CELL
from frankpledge.findings.hot_spots import REACH, HotSpot, HotSpots, find_hot_spots
from frankpledge.findings.records import part_estimate
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import areas_within
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Map, Note, Paragraph, Place, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import Period, one_month, rolling_year
from frankpledge.sources.registry import all_sources

_CLASSES = 3
_NAMED = 3


@dataclass(frozen=True)
class SpotSeen:
    """A hot spot with what the audience may know of its records: now, a year before, of the last month, and after."""

    spot: HotSpot
    now: Estimate
    before: Estimate | None
    latest: Estimate
    after: Estimate | None


def hot_spots(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """A map and a table of hot spots by name, how the map did on the months after, and what a point stands for."""
    return _for_areas(enquiry, indicator, enquiry.period, latest=False)


def hot_spots_now(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Hot spots of the twelve months that end with the period, with what the last month added to each."""
    return _for_areas(enquiry, indicator, rolling_year(enquiry.period.last), latest=True)


def ask_hot_spots(enquiry: Enquiry, indicator: Indicator, area: str, period: Period) -> HotSpots | None:
    """The hot spots of an area, asked once; None, and that kept, where they cannot be told or may not be mapped."""
    try:
        found = enquiry.warehouse.once(
            ("hot spots", indicator.slug, area, period.text),
            lambda: find_hot_spots(enquiry.warehouse, indicator, area, period, tested_on=None),
        )
    except NotHeldError as problem:
        enquiry.lacks(Untold(problem.happened, "hot-spots", indicator.title.lower(), problem.to_do))
        return None
    # A hundred metres of exact places may be one house, and a place that stands out tells that there are several.
    if enquiry.audience is Audience.PUBLIC and found.read.policy != OPEN:
        (why,) = enquiry.wording.sentence("hot_spots", "not for the public", noun=indicator.noun)
        enquiry.lacks(Untold(str(why)))
        return None
    return found


def _for_areas(enquiry: Enquiry, indicator: Indicator, period: Period, *, latest: bool) -> list[Block]:
    blocks: list[Block] = []
    for area in enquiry.areas:
        found = ask_hot_spots(enquiry, indicator, area, period)
        if found:
            blocks += _of_area(enquiry, indicator, found, latest)
    return [Heading(2, "Hot spots"), *blocks] if blocks else []


def _of_area(enquiry: Enquiry, indicator: Indicator, found: HotSpots, latest: bool) -> list[Block]:
    area = enquiry.area_name(found.area_code)
    (placed,) = enquiry.shown(indicator, [_estimate(enquiry, indicator, found, "with a place", found.placed)])
    words = {"noun": indicator.noun, "area": area, "period": found.period.words()}
    notes: tuple[Runs, ...] = (_snapped(enquiry, indicator, found, placed),)
    if found.land:
        notes = (*notes, enquiry.wording.sentence("hot_spots", "no outline", area=area))
    if not found.spots:
        none = Paragraph(enquiry.wording.sentence("hot_spots", "none", **words))
        return [none, *(Note("information", note) for note in notes)]
    seen = see_spots(enquiry, indicator, found)
    number = len(found.spots)
    told = enquiry.wording.sentence(
        "hot_spots",
        "found one" if number == 1 else "found",
        number=worked_out(replace(placed, part="hot spots"), Measure.COUNT, number, [placed]),
        area_share=from_exact(
            replace(placed, part="cells of the hot spots, of the area"), Measure.SHARE,
            100 * float(found.clusters.hot.sum() / found.inside.sum()), [placed],
        ),
        reach=f"{CELL * REACH:.0f}",
        **words,
    )  # fmt: skip
    return [
        Paragraph(told),
        _map(enquiry, indicator, found, seen, notes),
        _table(enquiry, indicator, found, seen, latest),
        Paragraph((*_concentrated(enquiry, found, placed), " ", *_tested(enquiry, indicator, found, placed))),
    ]


def see_spots(enquiry: Enquiry, indicator: Indicator, found: HotSpots) -> list[SpotSeen]:
    """The hot spots as the audience may know them, the one with most records first."""
    before, last = found.period.year_before(), one_month(found.period.last)
    months = len(found.tested_on)

    def see(count: int | None, spot: HotSpot, period: Period, when: str = "") -> Estimate | None:
        if count is None:
            return None
        (seen,) = enquiry.shown(indicator, [_estimate(enquiry, indicator, found, _part(spot) + when, count, period)])
        return seen

    seen = []
    for spot in found.spots:
        now, latest = see(spot.events, spot, found.period), see(spot.latest, spot, last)
        assert now is not None and latest is not None, "a hot spot has records"
        after = see(spot.after, spot, found.period, f", {months} months after")
        seen.append(SpotSeen(spot, now, see(spot.before, spot, before), latest, after))
    return seen


def _part(spot: HotSpot) -> str:
    """A name that stays the same from one edition to the next: by where it is, to a hundred metres."""
    return f"hot spot at {round(spot.easting, -2):.0f}, {round(spot.northing, -2):.0f}: {spot.name}"


def _estimate(
    enquiry: Enquiry, indicator: Indicator, found: HotSpots, part: str, count: int, period: Period | None = None
) -> Estimate:
    area = enquiry.area_name(found.area_code)
    return part_estimate(indicator, found.area_code, area, period or found.period, part, count, found.read)


def _map(
    enquiry: Enquiry, indicator: Indicator, found: HotSpots, seen: Sequence[SpotSeen], notes: tuple[Runs, ...]
) -> Map:
    area, words = enquiry.area_name(found.area_code), found.period.words()
    wards = tuple(areas_within(enquiry.warehouse, AreaKind.WARD, [found.area_code]))
    held = outlines_of(enquiry.warehouse, wards) or outlines_of(enquiry.warehouse, [found.area_code])
    ground = tuple(held.values()) or ((found.land,) if found.land else ())
    first = seen[0]
    return Map(
        slug=f"{indicator.slug}-hot-spots-map-{found.area_code}",
        title=f"Hot spots of {indicator.noun}, {area}",
        subtitle=f"Records within {CELL * REACH:.0f} metres of cells that stand out, {words}",
        kind="outlines",
        places=tuple(
            Place(_part(one.spot), one.spot.name, of_estimate(one.now, Measure.COUNT), one.spot.outline) for one in seen
        ),
        breaks=_breaks([one.now.numerator for one in seen if one.now.numerator is not None]),
        alt=(
            f"Map of the hot spots of {indicator.noun} in {area}, {words}. Most records are at {first.spot.name}: ",
            of_estimate(first.now, Measure.COUNT),
            *(f"; then {one.spot.name}" for one in seen[1:_NAMED]),
            ".",
        ),
        source=f"{series_words(found.read.series)}.",
        notes=notes,
        ground=ground,
    )  # fmt: skip


def _breaks(counts: list[int]) -> tuple[float, ...]:
    if len(set(counts)) < _CLASSES:
        return ()
    return tuple(sorted({float(np.floor(cut)) for cut in np.quantile(counts, np.linspace(0, 1, _CLASSES + 1)[:-1])}))


def _table(enquiry: Enquiry, indicator: Indicator, found: HotSpots, seen: Sequence[SpotSeen], latest: bool) -> Table:
    columns = [Column("Place"), Column(found.period.words(), True)]
    month = one_month(found.period.last).words()
    if latest:
        columns.append(Column(month, True))
    if any(one.before for one in seen):
        columns.append(Column(found.period.year_before().words(), True))
    if any(one.after for one in seen):
        months = len(found.tested_on)
        columns.append(Column(f"{months} months after" if months > 1 else "Month after", True))
    if any(one.spot.persistence for one in seen):
        columns.append(Column("What it has been"))
    return Table(
        slug=f"{indicator.slug}-hot-spots-{found.area_code}",
        title=f"Records at the hot spots of {indicator.noun}, {enquiry.area_name(found.area_code)}",
        columns=tuple(columns),
        rows=tuple(_row(one, latest) for one in seen),
        source=f"{series_words(found.read.series)}.",
    )


def _row(one: SpotSeen, latest: bool) -> tuple[Cell, ...]:
    counted = [one.now, *([one.latest] if latest else []), one.before, one.after]
    figures = [of_estimate(estimate, Measure.COUNT) for estimate in counted if estimate]
    kind = [one.spot.persistence.value] if one.spot.persistence else []
    return (one.spot.name, *figures, *kind)


def _concentrated(enquiry: Enquiry, found: HotSpots, placed: Estimate) -> Runs:
    def share(part: str, value: float) -> Figure:
        return from_exact(replace(placed, part=part), Measure.SHARE, 100 * value, [placed])

    return enquiry.wording.sentence(
        "hot_spots",
        "concentrated",
        half=share("points that hold half", found.concentration.places_holding_half),
        chance=share("points that would hold half by chance", found.concentration.by_chance),
    )


def _tested(enquiry: Enquiry, indicator: Indicator, found: HotSpots, placed: Estimate) -> Runs:
    """How the map did on the months after: what share of them it caught, beside its share of the area."""
    tested = found.prediction
    if tested is None or tested.accuracy is None or tested.efficiency is None:
        return enquiry.wording.sentence("hot_spots", "not tested")
    (events,) = enquiry.shown(
        indicator, [replace(placed, part="with a place, in the months after", numerator=tested.events)]
    )
    behind = [placed, events]

    def figure(measure: Measure, value: float | None, part: str) -> Figure:
        return from_exact(replace(placed, part=part), measure, value, behind, against="months after")

    return enquiry.wording.sentence(
        "hot_spots",
        "tested one" if len(found.tested_on) == 1 else "tested",
        events=of_estimate(events, Measure.COUNT),
        months=str(len(found.tested_on)),
        captured=figure(Measure.SHARE, 100 * tested.captured.value, "caught by the map"),
        accuracy=figure(Measure.RATIO, tested.accuracy, "accuracy of the map"),
        low=figure(Measure.RATIO_LOW, tested.accuracy_low, "accuracy of the map"),
        high=figure(Measure.RATIO_HIGH, tested.accuracy_high, "accuracy of the map"),
        efficiency=figure(Measure.SHARE, 100 * tested.efficiency, "efficiency of the map"),
    )


@lru_cache(maxsize=1)
def _exact() -> frozenset[str]:
    """Datasets whose points are where it happened: partners' own, invented ones among them."""
    return frozenset(one.source.dataset for one in all_sources().values() if one.source.policy != OPEN)


def _snapped(enquiry: Enquiry, indicator: Indicator, found: HotSpots, placed: Estimate) -> Runs:
    """What a point stands for, and how many records are on no map."""
    counted = [("points that they stand on", found.points), ("without a place", found.unplaced)]
    points, unplaced = enquiry.shown(
        indicator, [_estimate(enquiry, indicator, found, part, count) for part, count in counted]
    )
    everything = replace(placed, part="with or without a place")
    told = enquiry.wording.sentence(
        "hot_spots",
        "exact" if found.read.series.dataset in _exact() else "snapped",
        placed=of_estimate(placed, Measure.COUNT),
        points=of_estimate(points, Measure.COUNT),
        cell=f"{CELL:.0f}",
    )
    if not found.unplaced:
        return told
    left_out = enquiry.wording.sentence(
        "hot_spots",
        "unplaced",
        unplaced=of_estimate(unplaced, Measure.COUNT),
        all=from_exact(everything, Measure.COUNT, found.placed + found.unplaced, [placed, unplaced]),
    )
    return (*told, " ", *left_out)
