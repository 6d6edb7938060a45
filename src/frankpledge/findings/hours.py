"""At what hours and on which days an indicator's offences happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.findings.records import RecordsRead, dataset_with, read_records, records_read
from frankpledge.indicators.definition import Indicator
from frankpledge.periods import Period
from frankpledge.statistics.hours import HoursOfWeek, hours_of_week
from frankpledge.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Hours:
    """Hours of the week of an area's records in a period, and what they were read from."""

    area_code: str
    period: Period
    read: RecordsRead
    week: HoursOfWeek


def hours_of(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period) -> Hours:
    """Share an indicator's records out among the hours in which they may have happened.

    Raises
    ------
    NotHeldError
        When no records with a time are held: open data carries months only.
    """
    dataset = dataset_with(warehouse, indicator, area_code, period, "hour")
    rows = read_records(warehouse, indicator, area_code, dataset, period, "incident.hour, incident.ended")
    week = hours_of_week(_times(rows["hour"]), _times(rows["ended"]))
    return Hours(area_code, period, records_read(warehouse, dataset, period.months), week)


def _times(column: NDArray[Any]) -> list[datetime | None]:
    plain = np.ma.filled(np.ma.asarray(column).astype("datetime64[s]"), np.datetime64("NaT"))
    return list(plain.astype(object))
