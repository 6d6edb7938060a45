"""What is recorded within an outline, counted point by point: around an address, or in an area drawn on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import shapely

from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import Selection, choose
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import MISSING, Estimate, Status
from frankpledge.periods import Period
from frankpledge.statistics.hours import HoursOfWeek, hours_of_week
from frankpledge.statistics.rates import rate_interval
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.national_grid import shape_to_degrees, to_grid

SQUARE_KILOMETRE = 1_000_000
"""Square metres, which counts are for every so many of."""

_FINE = (AreaKind.LSOA, AreaKind.WARD)
# Of a circle's edge in degrees, so much in metres lies outside the box drawn around its corners at most.
_SLACK = 50


@dataclass(frozen=True)
class Spot:
    """An outline with a name.

    Attributes
    ----------
    code
        Stands in the place of an area's code.
    outline
        In metres of the National Grid.
    """

    code: str
    name: str
    outline: shapely.Geometry

    @property
    def square_metres(self) -> int:
        """How large it is."""
        return round(float(self.outline.area))


@dataclass(frozen=True)
class PointRecord:
    """A record that has a point."""

    dataset: str
    series_id: int
    month: int
    offence_id: int
    flags: frozenset[str]
    hour: datetime | None
    ended: datetime | None
    authority: str | None


def records_within(warehouse: Warehouse, spot: Spot) -> list[PointRecord]:
    """Every record, of any month and offence, whose point lies within an outline."""
    return warehouse.once(("records within", spot.code), lambda: _records_within(warehouse, spot))


def _records_within(warehouse: Warehouse, spot: Spot) -> list[PointRecord]:
    west, south, east, north = shape_to_degrees(spot.outline.buffer(_SLACK)).bounds
    rows = warehouse.con.execute(
        """
        SELECT incident.longitude, incident.latitude, load.dataset, load.series_id, incident.month, incident.offence_id,
               incident.flags, incident.hour, incident.ended, authority.code
        FROM incident JOIN load USING (load_id)
        LEFT JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
        LEFT JOIN area AS authority ON authority.area_id = placement.counted_in
        WHERE incident.longitude BETWEEN ? AND ? AND incident.latitude BETWEEN ? AND ? AND NOT load.replaced
        ORDER BY ALL
        """,
        [west, east, south, north],
    ).fetchall()
    if not rows:
        return []
    points = np.array([row[:2] for row in rows], dtype=float)
    inside = shapely.intersects_xy(spot.outline, *to_grid(points[:, 0], points[:, 1]))
    return [
        PointRecord(dataset, series, month, offence, frozenset((flags or "").split()), hour, ended, authority)
        for (_, _, dataset, series, month, offence, flags, hour, ended, authority), within in zip(
            rows, inside, strict=True
        )
        if within
    ]


def authorities_of(warehouse: Warehouse, spot: Spot) -> tuple[str, ...]:
    """The authorities that what is recorded there belongs to, that of most records first."""
    found = Counter(one.authority for one in records_within(warehouse, spot) if one.authority)
    return tuple(code for code, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def count_within(
    warehouse: Warehouse,
    indicator: Indicator,
    spot: Spot,
    periods: Sequence[Period],
    *,
    pinned: Mapping[str, str],
    policies: frozenset[str],
) -> Answer:
    """Estimates of an indicator within an outline, for every square kilometre.

    Parameters
    ----------
    policies
        Disclosure policies of the datasets that may be counted.

    Returns
    -------
    Answer
        One estimate for each period, from the first dataset with points that is complete for all authorities it lies
        in; else from that which lacks least. One that cannot be made says why, and is missing.
    """
    found = [
        (selection, [_why_missing(warehouse, spot, selection, period) for period in periods])
        for selection in _selections(warehouse, indicator, spot, periods, pinned)
        if selection.policy in policies
    ]
    if not found:
        why = "no records of it that have a point are held for this place"
        return Answer(indicator, None, tuple(_missing(indicator, spot, period, why) for period in periods))
    selection, reasons = min(found, key=lambda pair: sum(map(bool, pair[1])))
    estimates = tuple(
        _missing(indicator, spot, period, why, selection)
        if why
        else _counted(indicator, spot, period, selection, len(_of(warehouse, indicator, spot, selection, period)))
        for period, why in zip(periods, reasons, strict=True)
    )
    return Answer(indicator, selection, estimates)


def _selections(
    warehouse: Warehouse, indicator: Indicator, spot: Spot, periods: Sequence[Period], pinned: Mapping[str, str]
) -> list[Selection]:
    """Of each dataset with points here, what the indicator is read from."""
    pointed = {one.dataset for one in records_within(warehouse, spot)}
    datasets = dict.fromkeys(one for kind in _FINE for one in indicator.datasets.get(kind, ()) if one in pointed)
    within = authorities_of(warehouse, spot)
    found = []
    for dataset in datasets:
        alike = replace(indicator, datasets={AreaKind.AUTHORITY: (dataset,)}, splice=())
        selection = choose(warehouse, alike, AreaKind.AUTHORITY, within, periods, pinned)
        if selection is not None:
            found.append(selection)
    return found


def _why_missing(warehouse: Warehouse, spot: Spot, selection: Selection, period: Period) -> str:
    reasons = (selection.coverage.why_missing(code, period) for code in authorities_of(warehouse, spot))
    return next((why for why in reasons if why), "")


def _of(
    warehouse: Warehouse, indicator: Indicator, spot: Spot, selection: Selection, period: Period
) -> list[PointRecord]:
    """The records that are the indicator's, of a period."""
    flags = _flags(warehouse, indicator.offences)
    less, less_flags = set(selection.less_ids), _flags(warehouse, indicator.less)
    asked = set(selection.offence_ids)
    series = {span.series_id for span in selection.spans}
    return [
        one
        for one in records_within(warehouse, spot)
        if one.series_id in series
        and period.first <= one.month <= period.last
        and (one.offence_id in asked or one.flags & flags)
        and not (one.offence_id in less or one.flags & less_flags)
    ]


def _flags(warehouse: Warehouse, offences: Sequence[str]) -> frozenset[str]:
    """Marks on records, which count as offences of their own: “flagged/knife-crime”."""
    return frozenset(path.removeprefix("flagged/") for path in offences if path.startswith("flagged/"))


def _blank(indicator: Indicator, spot: Spot, period: Period) -> Estimate:
    return Estimate(
        indicator.slug, spot.code, spot.name, period.text, None, None, None, None, None, "", Status.MISSING, None, None,
        indicator.hash, per=SQUARE_KILOMETRE, unit="per square kilometre",
    )  # fmt: skip


def _missing(
    indicator: Indicator, spot: Spot, period: Period, why: str, selection: Selection | None = None
) -> Estimate:
    blank = replace(_blank(indicator, spot, period), method=MISSING + why)
    return replace(blank, series=selection.series, policy=selection.policy) if selection else blank


def _counted(indicator: Indicator, spot: Spot, period: Period, selection: Selection, count: int) -> Estimate:
    blank = replace(
        _blank(indicator, spot, period), series=selection.series, policy=selection.policy, invented=selection.invented
    )
    revised = selection.provisional_from
    provisional = revised is not None and period.last >= revised
    status = Status.PROVISIONAL if provisional else Status.FINAL
    return per_square_kilometre(replace(blank, numerator=count, status=status), spot.square_metres)


def per_square_kilometre(estimate: Estimate, square_metres: int) -> Estimate:
    """A count set against the size of the ground it is of."""
    if estimate.numerator is None:
        return replace(estimate, denominator=None, value=None, low=None, high=None)
    rate = rate_interval(estimate.numerator, square_metres, per=SQUARE_KILOMETRE)
    return replace(
        estimate, denominator=square_metres, value=rate.value, low=rate.low, high=rate.high, method=rate.method,
        per=SQUARE_KILOMETRE, unit="per square kilometre", population=None,
    )  # fmt: skip


def hours_within(
    warehouse: Warehouse, indicator: Indicator, spot: Spot, period: Period, selection: Selection
) -> HoursOfWeek:
    """At which hours of the week the records within an outline may have happened."""
    records = _of(warehouse, indicator, spot, selection, period)
    return hours_of_week([one.hour for one in records], [one.ended for one in records])


def placed_share(warehouse: Warehouse, authority: str, dataset: str, period: Period) -> tuple[int, int]:
    """Of a dataset's records of an authority and period: how many have a point, and how many there are."""
    rows = warehouse.con.execute(
        """
        SELECT count(incident.longitude), count(*) FROM incident JOIN load USING (load_id)
        JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
        JOIN area AS authority ON authority.area_id = placement.counted_in
        WHERE authority.code = ? AND load.dataset = ? AND NOT load.replaced AND incident.month BETWEEN ? AND ?
        """,
        [authority, dataset, period.first, period.last],
    ).fetchall()
    placed, held = rows[0]
    return int(placed), int(held)


def square_metres_of(warehouse: Warehouse, area_code: str) -> int | None:
    """How large an area is, by the finest outline held of it."""
    rows = warehouse.con.execute(
        "SELECT arg_max(outline, points) FROM boundary WHERE area_code = ? GROUP BY area_code", [area_code]
    ).fetchall()
    return round(shapely.from_wkb(bytes(rows[0][0])).area) if rows else None
