"""Values that somebody else worked out: counts by quarter or year, rounded counts, shares in a survey, scores.

A count may be added up over periods that lie end to end; a share or a score may not, and is read only
for the very period it was published for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import HeldSeries, held_series
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Series, Status
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Value:
    """One published value: number, the least and most it can be, status, how many were asked."""

    number: float | None
    low: float | None
    high: float | None
    status: Status
    sample: int | None = None


@dataclass(frozen=True)
class PublishedSeries:
    """What one series holds of some measures, by area and by first and last month."""

    held: HeldSeries
    values: Mapping[str, Mapping[str, Mapping[tuple[int, int], Value]]]
    additive: bool

    @property
    def series(self) -> Series:
        """Dataset and release, as printed."""
        return Series(self.held.dataset, self.held.release)

    def of(self, code: str, measures: Sequence[str], period: Period) -> Value | None:
        """The value of an area and period, measures added up; None where any of it is not held."""
        parts: list[Value] = []
        for measure in measures:
            by_months = self.values.get(code, {}).get(measure, {})
            exact = by_months.get((period.first, period.last))
            found = [exact] if exact else self._end_to_end(by_months, period)
            if not found:
                return None
            parts += found
        return total(parts)

    def _end_to_end(self, by_months: Mapping[tuple[int, int], Value], period: Period) -> list[Value]:
        """The values that fill a period without gap or overlap, as few as will; none where they do not."""
        return _filling(by_months, period.first, period.last) or [] if self.additive else []


def _filling(by_months: Mapping[tuple[int, int], Value], month: int, last: int) -> list[Value] | None:
    if month > last:
        return []
    # The longest first: a publisher's own year is better than four rounded quarters.
    for end in sorted((end for first, end in by_months if first == month and end <= last), reverse=True):
        rest = _filling(by_months, end + 1, last)
        if rest is not None:
            return [by_months[month, end], *rest]
    return None


def total(parts: Sequence[Value]) -> Value:
    """A sum as wide as its parts make it; without a number as soon as one of them was withheld.

    One value is its own sum, and keeps how many were asked.
    """
    if len(parts) == 1:
        return parts[0]
    number = sum(one.number for one in parts if one.number is not None)
    worst = max((one.status for one in parts), key=_WORST.index)
    bounded = all(one.low is not None and one.high is not None for one in parts)
    return Value(
        number if all(one.number is not None for one in parts) else None,
        sum(one.low or 0 for one in parts) if bounded else None,
        sum(one.high or 0 for one in parts) if bounded else None,
        worst,
    )


_WORST = [Status.FINAL, Status.PROVISIONAL, Status.ROUNDED, Status.SUPPRESSED, Status.MISSING]


def choose_published(
    warehouse: Warehouse,
    indicator: Indicator,
    measures: Sequence[str],
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> PublishedSeries | None:
    """The series that serves a whole comparison: the first that holds it all, else the one that holds most."""
    best: tuple[int, PublishedSeries] | None = None
    for dataset in indicator.datasets.get(kind, ()):
        for held in held_series(warehouse, dataset, pinned.get(dataset)):
            one = _read(warehouse, held, measures, indicator.additive)
            lacking = sum(one.of(code, measures, period) is None for code in areas for period in periods)
            if lacking == 0:
                return one
            if one.values and (best is None or lacking < best[0]):
                best = (lacking, one)
    return best[1] if best else None


def _read(warehouse: Warehouse, held: HeldSeries, measures: Sequence[str], additive: bool) -> PublishedSeries:
    # Most series hold none of what is asked, and the table of values is long.
    of_series = warehouse.once(("measures published",), lambda: _measures(warehouse))
    if not of_series.get(held.series_id, frozenset()).intersection(measures):
        return PublishedSeries(held, {}, additive)

    def ask() -> PublishedSeries:
        rows = warehouse.con.execute(
            """
            SELECT area_code, measure, first_month, last_month, value, low, high, status, sample FROM published_value
            WHERE series_id = ? AND list_contains(?, measure)
            """,
            [held.series_id, list(measures)],
        ).fetchall()
        values: dict[str, dict[str, dict[tuple[int, int], Value]]] = defaultdict(lambda: defaultdict(dict))
        for code, measure, first, last, number, low, high, status, sample in rows:
            values[code][measure][first, last] = Value(number, low, high, Status(status), sample)
        return PublishedSeries(held, values, additive)

    return warehouse.once(("published", held.series_id, tuple(measures), additive), ask)


def _measures(warehouse: Warehouse) -> dict[int, frozenset[str]]:
    """Series → measures that values of it are held of."""
    rows = warehouse.con.execute(
        "SELECT series_id, list(DISTINCT measure) FROM published_value GROUP BY series_id"
    ).fetchall()
    return {series: frozenset(measures) for series, measures in rows}
