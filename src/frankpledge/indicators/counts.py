"""Where an indicator's counts come from: the cube of whole numbers by month, or values somebody published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import Selection, choose
from frankpledge.indicators.counting import MonthlyCounts, run_counts
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.people import People, people_for
from frankpledge.indicators.published import PublishedSeries, Value, choose_published
from frankpledge.model.estimate import Series, Status
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse


class Counts(Protocol):
    """The counts of one indicator, all from one series."""

    @property
    def series(self) -> Series:
        """Dataset and release."""

    @property
    def policy(self) -> str:
        """Disclosure policy of the series."""

    @property
    def invented(self) -> bool:
        """Whether the series is made up."""

    @property
    def selection(self) -> Selection | None:
        """What is read from the cube; None for published values."""

    def why_missing(self, code: str, period: Period) -> str:
        """Why there is no count for an area and period; empty where there is one."""

    def of(self, code: str, period: Period) -> Value:
        """The count of an area and period, where it is not missing."""

    def whole(self, code: str, period: Period) -> Value:
        """What it is a share of, or its target."""

    def beyond(self, code: str, period: Period) -> int:
        """What is counted for a region and for none of its authorities."""

    def whole_beyond(self, code: str, period: Period) -> int:
        """The same of what it is set against."""


def counts_for(
    warehouse: Warehouse,
    indicator: Indicator,
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> Counts | None:
    """The counts that serve a whole comparison; None when no dataset held has them for this kind of area."""
    if indicator.people:
        return _people_counts(warehouse, indicator, areas, periods, pinned)
    if indicator.published:
        return _published_counts(warehouse, indicator, indicator.published, kind, areas, periods, pinned)
    selection = choose(warehouse, indicator, kind, areas, periods, pinned)
    cube = CubeCounts(warehouse, selection, kind, indicator.additive) if selection else None
    if indicator.less or (cube and not _gaps(cube, areas, periods)):
        return cube
    # A return by quarter or year is no month's count, and so not in the cube.
    sent = _published_counts(warehouse, indicator, indicator.offences, kind, areas, periods, pinned)
    held = [one for one in (cube, sent) if one]
    return min(held, key=lambda one: _gaps(one, areas, periods)) if held else None


COUNTED = (Against.WHOLE, Against.TARGET)


def _gaps(counts: Counts, areas: Sequence[str], periods: Sequence[Period]) -> int:
    return sum(bool(counts.why_missing(code, period)) for code in areas for period in periods)


def _published_counts(
    warehouse: Warehouse,
    indicator: Indicator,
    measures: tuple[str, ...],
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> PublishedCounts | None:
    whole = indicator.denominator.parts if indicator.denominator.against in COUNTED else ()
    found = choose_published(warehouse, indicator, (*measures, *whole), kind, areas, periods, pinned)
    return PublishedCounts(found, measures, whole) if found else None


class CubeCounts:
    """Counts from the cube."""

    def __init__(self, warehouse: Warehouse, selection: Selection, kind: AreaKind, additive: bool) -> None:
        self.selection = selection
        self._additive = additive
        self.series, self.policy, self.invented = selection.series, selection.policy, selection.invented
        self._warehouse = warehouse
        self._kind = kind
        self._read: dict[tuple[tuple[int, ...], AreaKind], MonthlyCounts] = {}

    def why_missing(self, code: str, period: Period) -> str:
        """Why the months are not complete for an area, or may not be added up: the same people are in each."""
        if not self._additive and period.first != period.last:
            return "the same people are in several months, which may not be added up"
        return self.selection.coverage.why_missing(code, period)

    def of(self, code: str, period: Period) -> Value:
        """Offences counted, those taken away taken away."""
        return self._value(self._less_taken(code, period, self._kind), period)

    def whole(self, code: str, period: Period) -> Value:
        """What they are set against."""
        return self._value(self._sum(self.selection.whole_ids, code, period, self._kind), period)

    def beyond(self, code: str, period: Period) -> int:
        """What lies in a region and in none of its authorities."""
        if not self._any_beyond():
            return 0
        return self._less_taken(code, period, AreaKind.REGION)

    def whole_beyond(self, code: str, period: Period) -> int:
        """The same of what it is set against."""
        return self._sum(self.selection.whole_ids, code, period, AreaKind.REGION) if self._any_beyond() else 0

    def _any_beyond(self) -> bool:
        """Whether the series count anything for a region alone: most do not, and need not be asked of each offence."""
        numbers = [span.series_id for span in self.selection.spans]
        return self._warehouse.once(
            ("counted for a region alone", *numbers),
            lambda: bool(
                self._warehouse.con.execute(
                    """
                    SELECT 1 FROM monthly_count JOIN placement USING (area_id)
                    WHERE placement.kind = ? AND area_id = counted_in AND list_contains(?, series_id) LIMIT 1
                    """,
                    [str(AreaKind.REGION), numbers],
                ).fetchall()
            ),
        )

    def _value(self, number: int, period: Period) -> Value:
        revised = self.selection.provisional_from
        provisional = revised is not None and period.last >= revised
        return Value(number, number, number, Status.PROVISIONAL if provisional else Status.FINAL)

    def _less_taken(self, code: str, period: Period, kind: AreaKind) -> int:
        counted, less = self.selection.offence_ids, self.selection.less_ids
        number = self._sum(counted, code, period, kind)
        return number - self._sum(less, code, period, kind) if less else number

    def _sum(self, offence_ids: tuple[int, ...], code: str, period: Period, kind: AreaKind) -> int:
        monthly = self._monthly(offence_ids, kind).get(code, {})
        # Scatter is learnt from tens of thousands of single months.
        if period.first == period.last:
            return monthly.get(period.first, 0)
        return sum(monthly.get(month, 0) for month in period.months)

    def _monthly(self, offence_ids: tuple[int, ...], kind: AreaKind) -> MonthlyCounts:
        # Asked for every area and month: the warehouse's own memory looks through all spans each time.
        if (offence_ids, kind) not in self._read:
            spans = self.selection.spans
            self._read[offence_ids, kind] = self._warehouse.once(
                ("counts", offence_ids, kind, spans),
                lambda: run_counts(self._warehouse.ibis, offence_ids=offence_ids, kind=kind, spans=spans),
            )
        return self._read[offence_ids, kind]


@dataclass(frozen=True)
class PublishedCounts:
    """Counts or values that somebody published."""

    published: PublishedSeries
    measures: tuple[str, ...]
    whole_measures: tuple[str, ...]
    selection: Selection | None = None

    @property
    def series(self) -> Series:
        """Dataset and release."""
        return self.published.series

    @property
    def policy(self) -> str:
        """Disclosure policy of the series."""
        return self.published.held.policy

    @property
    def invented(self) -> bool:
        """Whether the series is made up."""
        return self.published.held.invented

    def why_missing(self, code: str, period: Period) -> str:
        """No value is held for the period, or one was withheld without bounds."""
        for measures in (self.measures, self.whole_measures):
            if measures and self.published.of(code, measures, period) is None:
                return f"no value is held for {period.words()}"
        return ""

    def of(self, code: str, period: Period) -> Value:
        """The value, or the sum of the values that fill the period."""
        return self._read(code, self.measures, period)

    def whole(self, code: str, period: Period) -> Value:
        """What it is set against."""
        return self._read(code, self.whole_measures, period)

    def beyond(self, code: str, period: Period) -> int:
        """Publishers give each area its own: nothing lies beyond."""
        return 0

    def whole_beyond(self, code: str, period: Period) -> int:
        """Nor of what it is set against."""
        return 0

    def _read(self, code: str, measures: tuple[str, ...], period: Period) -> Value:
        found = self.published.of(code, measures, period)
        assert found is not None, "asked without asking why_missing first"
        return found


@dataclass(frozen=True)
class PeopleCounts:
    """People counted for themselves: how many live in an area, or how many of them are of a group."""

    people: People
    among: People | None
    selection: Selection | None = None
    policy: str = "open"

    @property
    def series(self) -> Series:
        """Dataset and release of the population."""
        return self.people.series

    @property
    def invented(self) -> bool:
        """Whether the population is made up."""
        return self.people.invented

    def why_missing(self, code: str, period: Period) -> str:
        """An area or a year that the population does not know."""
        known = [one.of(code, period.year) for one in (self.people, self.among) if one]
        return "" if all(known) else f"no such population is held for {period.year}"

    def of(self, code: str, period: Period) -> Value:
        """How many there are."""
        return _number(self.people, code, period)

    def whole(self, code: str, period: Period) -> Value:
        """Among how many."""
        assert self.among is not None, "only a share is among others"
        return _number(self.among, code, period)

    def beyond(self, code: str, period: Period) -> int:
        """Everybody lives in some authority."""
        return 0

    def whole_beyond(self, code: str, period: Period) -> int:
        """Everybody."""
        return 0


def _people_counts(
    warehouse: Warehouse,
    indicator: Indicator,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> PeopleCounts | None:
    years = {period.year for period in periods}
    people = people_for(warehouse, areas, years, pinned, parts=indicator.people)
    shared = indicator.denominator.against is Against.WHOLE
    among = people_for(warehouse, areas, years, pinned, parts=indicator.denominator.parts) if shared else None
    return PeopleCounts(people, among) if people and (among or not shared) else None


def _number(people: People, code: str, period: Period) -> Value:
    found = people.of(code, period.year)
    assert found is not None, "asked without asking why_missing first"
    return Value(found[0], found[0], found[0], Status.FINAL)
