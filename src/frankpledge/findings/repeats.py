"""Who and what is struck again: people, places, and what follows near by soon after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.findings.records import RecordsRead, dataset_with, people_involved, read_records, records_read
from frankpledge.indicators.definition import Indicator
from frankpledge.linkage import Overlap, Repeats, overlap_by_code, repeats_by_code
from frankpledge.periods import Period
from frankpledge.statistics.near_repeats import NearRepeats, near_repeats
from frankpledge.statistics.place.grid import gather_points
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.national_grid import to_grid

# Near repeats take seconds up to here; beyond, a period of fewer months does as well.
MOST_RECORDS = 50_000


@dataclass(frozen=True)
class RepeatedPlaces:
    """Events on points, how many of them on points with two or more, and how many such points there are."""

    events: int
    points: int
    repeated_points: int
    on_repeated: int


@dataclass(frozen=True)
class Repetition:
    """Repeats of an indicator's offences in an area and period. What cannot be told is None, and `why` says why."""

    area_code: str
    period: Period
    victims: Repeats | None
    suspects: Repeats | None
    both: Overlap | None
    places: RepeatedPlaces | None
    near: NearRepeats | None
    why: dict[str, str]
    people_read: RecordsRead | None
    places_read: RecordsRead | None


def find_repeats(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period) -> Repetition:
    """Count repeat victims and suspects, people who are both, repeat places, and near repeats.

    Raises
    ------
    NotHeldError
        When no records of the indicator are held for the area and period, with people or with a place.
    """
    why: dict[str, str] = {}
    victims, suspects, both = _people(warehouse, indicator, area_code, period, why)
    places, near = _places(warehouse, indicator, area_code, period, why)
    if not (victims or suspects or places):
        raise NotHeldError(
            f"No records of {indicator.noun} are held for {period.words()}.",
            "Repeats take records: the police's own with the people involved, or street-level files for places.",
        )
    return Repetition(
        area_code, period, victims, suspects, both, places, near, why,
        _read(warehouse, indicator, area_code, period, "reference") if victims or suspects else None,
        _read(warehouse, indicator, area_code, period, "longitude") if places else None,
    )  # fmt: skip


def _read(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, column: str) -> RecordsRead:
    return records_read(warehouse, dataset_with(warehouse, indicator, area_code, period, column), period.months)


def _people(
    warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, why: dict[str, str]
) -> tuple[Repeats | None, Repeats | None, Overlap | None]:
    try:
        dataset = dataset_with(warehouse, indicator, area_code, period, "reference")
    except NotHeldError as problem:
        why["people"] = problem.happened
        return None, None, None
    found = {
        role: people_involved(warehouse, indicator, area_code, dataset, period, role) for role in ("victim", "suspect")
    }
    for role, people in found.items():
        if not people:
            why[role] = f"no {role}s are held with these records"
    victims, suspects = found["victim"], found["suspect"]
    return (
        repeats_by_code(victims) if victims else None,
        repeats_by_code(suspects) if suspects else None,
        overlap_by_code(victims, suspects) if victims and suspects else None,
    )


def _places(
    warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, why: dict[str, str]
) -> tuple[RepeatedPlaces | None, NearRepeats | None]:
    try:
        dataset = dataset_with(warehouse, indicator, area_code, period, "longitude")
    except NotHeldError as problem:
        why["places"] = problem.happened
        return None, None
    columns = "incident.longitude, incident.latitude, incident.hour"
    rows = read_records(warehouse, indicator, area_code, dataset, period, columns)
    placed = np.isfinite(rows["longitude"]) & np.isfinite(rows["latitude"])
    x, y = to_grid(rows["longitude"][placed], rows["latitude"][placed])
    events = gather_points(x, y).events
    more = events > 1
    places = RepeatedPlaces(int(events.sum()), events.size, int(more.sum()), int(events[more].sum()))
    return places, _near(x, y, rows["hour"][placed], why)


def _near(x: NDArray[Any], y: NDArray[Any], hours: NDArray[Any], why: dict[str, str]) -> NearRepeats | None:
    dated = ~np.ma.getmaskarray(np.ma.asarray(hours))
    if dated.sum() < 2:
        why["near"] = "these records carry months and no dates, and near repeats are a matter of weeks"
        return None
    if dated.sum() > MOST_RECORDS:
        why["near"] = f"there are more than {MOST_RECORDS:,} records; take fewer months"
        return None
    try:
        return near_repeats(x[dated], y[dated], np.ma.getdata(hours)[dated].astype("datetime64[D]"))
    except ValueError as problem:
        why["near"] = str(problem)
        return None
