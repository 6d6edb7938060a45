"""Where an indicator's counts come from: the cube of whole numbers by month, or values somebody published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import Selection, choose
from frankpledge.indicators.counting import MonthlyCounts, run_counts
from frankpledge.indicators.definition import Against, Indicator
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


def counts_for(
    warehouse: Warehouse,
    indicator: Indicator,
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> Counts | None:
    """The counts that serve a whole comparison; None when no dataset held has them for this kind of area."""
    if indicator.published:
        whole = indicator.denominator.parts if indicator.denominator.against in _COUNTED else ()
        measures = (*indicator.published, *whole)
        published = choose_published(warehouse, indicator, measures, kind, areas, periods, pinned)
        return PublishedCounts(published, indicator.published, whole) if published else None
    selection = choose(warehouse, indicator, kind, areas, periods, pinned)
    return CubeCounts(warehouse, selection, kind) if selection else None


_COUNTED = (Against.WHOLE, Against.TARGET)


class CubeCounts:
    """Counts from the cube."""

    def __init__(self, warehouse: Warehouse, selection: Selection, kind: AreaKind) -> None:
        self.selection = selection
        self.series, self.policy, self.invented = selection.series, selection.policy, selection.invented
        self._warehouse = warehouse
        self._kind = kind

    def why_missing(self, code: str, period: Period) -> str:
        """Why the months are not complete for an area."""
        return self.selection.coverage.why_missing(code, period, self.selection.spans)

    def of(self, code: str, period: Period) -> Value:
        """Offences counted, those taken away taken away."""
        number = self._sum(self.selection.offence_ids, code, period)
        return self._value(number - self._sum(self.selection.less_ids, code, period), period)

    def whole(self, code: str, period: Period) -> Value:
        """What they are set against."""
        return self._value(self._sum(self.selection.whole_ids, code, period), period)

    def beyond(self, code: str, period: Period) -> int:
        """What lies in a region and in none of its authorities."""
        monthly = self._monthly(self.selection.offence_ids, AreaKind.REGION).get(code, {})
        less = self._monthly(self.selection.less_ids, AreaKind.REGION).get(code, {})
        return sum(monthly.get(month, 0) - less.get(month, 0) for month in period.months)

    def _value(self, number: int, period: Period) -> Value:
        revised = self.selection.provisional_from
        provisional = revised is not None and period.last >= revised
        return Value(number, number, number, Status.PROVISIONAL if provisional else Status.FINAL)

    def _sum(self, offence_ids: tuple[int, ...], code: str, period: Period) -> int:
        monthly = self._monthly(offence_ids, self._kind).get(code, {})
        return sum(monthly.get(month, 0) for month in period.months)

    def _monthly(self, offence_ids: tuple[int, ...], kind: AreaKind) -> MonthlyCounts:
        spans = self.selection.spans
        return self._warehouse.once(
            ("counts", offence_ids, kind, spans),
            lambda: run_counts(self._warehouse.ibis, offence_ids=offence_ids, kind=kind, spans=spans),
        )


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
        """A value that was not published for the period, or was withheld without bounds."""
        for measures in (self.measures, self.whole_measures):
            if measures and self.published.of(code, measures, period) is None:
                return f"nothing was published for {period.words()}"
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

    def _read(self, code: str, measures: tuple[str, ...], period: Period) -> Value:
        found = self.published.of(code, measures, period)
        assert found is not None, "asked without asking why_missing first"
        return found
