"""When the example's crimes happen: months of the year, the spring of 2020, days of the week, hours of the day."""

from __future__ import annotations

import numpy as np

from frankpledge.example.offences import FLAGGED, OFFENCES, PATTERNS
from frankpledge.example.timeline import YEARS, Numbers

_EVEN = (1.0,) * 12

# January to December. Burglary is a crime of dark evenings; anti-social behaviour is above its mean in
# May, June, July and October and below it in January and February; hate crime is high in June, July and October.
_SEASONS: dict[str, tuple[float, ...]] = {
    "burglary": (1.22, 1.12, 1.02, 0.9, 0.86, 0.82, 0.84, 0.84, 0.9, 1.05, 1.2, 1.23),
    "break-in": (1.1, 1.05, 1.0, 0.95, 0.95, 0.95, 0.95, 0.95, 1.0, 1.02, 1.05, 1.08),
    "violence": (0.94, 0.92, 0.98, 0.98, 1.06, 1.08, 1.1, 1.02, 0.98, 1.02, 0.98, 0.98),
    "domestic": (1.02, 0.94, 0.97, 0.97, 1.03, 1.04, 1.06, 1.03, 0.97, 0.97, 0.97, 1.03),
    "sexual": (0.92, 0.92, 0.97, 1.0, 1.04, 1.08, 1.1, 1.04, 1.0, 1.02, 0.98, 0.93),
    "robbery": (1.02, 0.97, 0.98, 0.94, 0.96, 0.96, 0.96, 0.92, 1.02, 1.12, 1.12, 1.04),
    "vehicle": (1.05, 1.0, 0.98, 0.95, 0.97, 0.95, 0.97, 0.96, 0.98, 1.04, 1.1, 1.06),
    "theft": (0.94, 0.93, 0.98, 0.98, 1.02, 1.03, 1.05, 1.0, 1.0, 1.03, 1.03, 1.02),
    "shops": (0.95, 0.95, 1.0, 0.98, 1.0, 0.98, 1.0, 1.0, 1.0, 1.03, 1.07, 1.06),
    "damage": (0.97, 0.93, 1.0, 1.02, 1.05, 1.03, 1.03, 0.98, 0.96, 1.05, 1.04, 0.96),
    "disorder": (0.76, 0.74, 0.93, 0.96, 1.16, 1.19, 1.21, 0.97, 0.95, 1.18, 0.94, 0.9),
    FLAGGED["hate"]: (0.88, 0.86, 0.93, 0.95, 0.98, 1.22, 1.24, 0.98, 0.97, 1.17, 0.95, 0.88),
}

# April to July 2020 beside other years; what is not here kept half of its usual level in April.
_SPRING_2020: dict[str, tuple[float, ...]] = {
    "disorder": (2.6, 2.2, 1.5, 1.2),
    "drugs": (1.1, 1.4, 1.3, 1.1),
    "domestic": (0.98, 1.02, 1.05, 1.05),
    "violence": (0.72, 0.85, 0.95, 1.0),
    FLAGGED["domestic"]: (0.98, 1.02, 1.05, 1.05),
    FLAGGED["hate"]: (0.7, 0.9, 1.15, 1.1),
}
_USUAL_DIP = (0.5, 0.65, 0.8, 0.92)

# The strategy of 2019 says of December 2017 that no December since 2011 had more burglaries.
_DECEMBER_2017 = 1.15


def month_shape(path: str) -> Numbers:
    """How large each month of every year is beside the level of its time."""
    key = PATTERNS.get(path, path)
    shape = np.tile(_SEASONS.get(key, _EVEN), len(YEARS))
    april = 12 * YEARS.index(2020) + 3
    shape[april : april + 4] *= _SPRING_2020.get(key, _USUAL_DIP)
    if key == "burglary":
        shape[12 * YEARS.index(2017) + 11] *= _DECEMBER_2017
    return np.asarray(shape)


def month_shapes(paths: tuple[str, ...] = OFFENCES) -> Numbers:
    """The shape of each path, one a row."""
    return np.array([month_shape(path) for path in paths])


# Hours of the day, from midnight, by pattern.
_DAY_AND_EVENING = (3, 3, 3, 2, 2, 2, 2, 3, 5, 7, 8, 8, 8, 8, 8, 8, 9, 10, 11, 11, 9, 7, 5, 4)
_NIGHT = (9, 9, 9, 8, 7, 6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 9)
_LATE = (6, 5, 4, 3, 1, 1, 1, 2, 3, 3, 4, 4, 5, 5, 5, 7, 7, 7, 7, 7, 7, 8, 8, 7)
_EVENING = (4, 3, 2, 1, 1, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 8, 9, 9, 10, 10, 10, 9, 8, 6)
_SHOPS_OPEN = (0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 2, 4, 7, 9, 11, 12, 12, 12, 12, 12, 11, 10, 7, 5, 3, 1, 0.3)
_HOURS = {
    "burglary": _DAY_AND_EVENING,
    "break-in": _NIGHT,
    "vehicle": _NIGHT,
    "violence": _LATE,
    "sexual": _LATE,
    "domestic": _LATE,
    "robbery": _EVENING,
    "disorder": _EVENING,
    "damage": _EVENING,
    "drugs": _EVENING,
    "shops": _SHOPS_OPEN,
    "theft": _SHOPS_OPEN,
}
WEEKEND = {"violence": 0.3, "sexual": 0.3, "domestic": 0.25, "disorder": 0.2, "damage": 0.2}
"""Pattern → how often a day in the week is given up for one at the weekend."""

# Nobody was there to see these begin or end: their records have a first and a last hour.
UNSEEN = {"burglary": 6, "break-in": 10, "vehicle": 9, "damage": 5}
"""Pattern → usual hours between the two."""


def hour_chances(pattern: str) -> Numbers:
    """Chance of each hour of the day."""
    hours = np.array(_HOURS[pattern], dtype=float)
    return np.asarray(hours / hours.sum())
