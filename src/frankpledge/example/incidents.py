"""Harrow's incidents, one by one: when, where, and what is flagged. All arrays are of one length, in order of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.example.counts import FLAGS
from frankpledge.example.offences import (
    CARRIERS,
    DOMESTIC_INJURY,
    HOMICIDE,
    NUMBER,
    OFFENCES,
    OTHER_INJURY,
    PATTERNS,
)
from frankpledge.example.seasons import UNSEEN, WEEKEND, hour_chances
from frankpledge.example.targets import Targets
from frankpledge.example.timeline import FIRST, MONTHS, Whole, year_index
from frankpledge.example.wards import PATTERNS as WARD_PATTERNS
from frankpledge.example.wards import ward_chances
from frankpledge.periods import days_in_month, parse_period

Mask = NDArray[np.bool_]
Moments = NDArray[Any]
"""Dates and hours: NumPy has no type for the unit."""

HATE = ("hate-race", "hate-faith", "hate-homophobic", "hate-disability", "hate-transgender")
_HATE_CHANCES = (0.70, 0.15, 0.09, 0.03, 0.03)

# Places in a ward; some are returned to far more often than others.
PLACES = 1200
_FAVOURED = 2.5

# A share printed for a month is led to and from; before and after, about what London had.
_KNIFE_INJURY = {"2012-04": 42.0, "2016-12": 48.0, "2021-12": 32.0, "2023-09": 30.0}


@dataclass(frozen=True)
class Incidents:
    """Records as columns.

    Attributes
    ----------
    offence, month, ward, place
        Numbers of offence, month of the example, ward, and place within the ward.
    started, ended
        To the hour; ended is not-a-time where one hour is all there is.
    flags
        Flag → which incidents carry it.
    pattern
        Index into `wards.PATTERNS`: how it was drawn.
    """

    offence: Whole
    month: Whole
    ward: Whole
    place: Whole
    started: Moments
    ended: Moments
    flags: dict[str, Mask]
    pattern: Whole

    def __len__(self) -> int:
        return len(self.offence)


def draw_incidents(targets: Targets, offences: Whole, flagged: Whole, rng: np.random.Generator) -> Incidents:
    """Incidents that come to these counts by offence (or flag) and month."""
    cells = offences.ravel()
    offence = np.repeat(np.repeat(np.arange(len(OFFENCES)), len(MONTHS)), cells)
    month = np.repeat(np.tile(np.arange(len(MONTHS)), len(OFFENCES)), cells)
    flags = _flags(targets, offence, month, dict(zip(FLAGS, flagged, strict=True)), rng)
    of_offence = np.array([WARD_PATTERNS.index(PATTERNS[path]) for path in OFFENCES])
    pattern = np.where(flags["domestic"], WARD_PATTERNS.index("domestic"), of_offence[offence])
    started, ended = _times(pattern, month, rng)
    order = np.lexsort((offence, started))
    return Incidents(
        offence=offence[order],
        month=month[order],
        ward=_wards(pattern, month, rng)[order],
        place=(PLACES * rng.random(len(offence)) ** _FAVOURED).astype(np.int64)[order],
        started=started[order],
        ended=ended[order],
        flags={flag: mask[order] for flag, mask in flags.items()},
        pattern=pattern[order],
    )


def _flags(
    targets: Targets, offence: Whole, month: Whole, wanted: Mapping[str, Whole], rng: np.random.Generator
) -> dict[str, Mask]:
    def drawn(carriers: str, number: Whole) -> Mask:
        weights = np.zeros(len(OFFENCES))
        for path, weight in CARRIERS[carriers].items():
            weights[NUMBER[path]] = weight
        return choose(rng, month, weights[offence], number)

    injured = offence == NUMBER[DOMESTIC_INJURY]
    domestic = wanted["domestic"] - np.bincount(month[injured], minlength=len(MONTHS))
    stabbed = np.round(wanted["knife"] * _knife_injury(targets)).astype(np.int64)
    with_injury = drawn("knife-injury", stabbed)
    flags = {
        "domestic": injured | drawn("domestic", domestic),
        "knife": with_injury | drawn("knife-threat", wanted["knife"] - stabbed),
        "gun": drawn("gun", wanted["gun"]),
        "injury": injured | (offence == NUMBER[OTHER_INJURY]) | (offence == NUMBER[HOMICIDE]),
        "artifice": drawn("artifice", wanted["artifice"]),
        "aggravated": drawn("aggravated", wanted["aggravated"]),
    }
    kinds = np.where(drawn("hate", wanted["hate"]), rng.choice(len(HATE), len(offence), p=_HATE_CHANCES), -1)
    return flags | {name: kinds == number for number, name in enumerate(HATE)}


def _knife_injury(targets: Targets) -> NDArray[np.float64]:
    """Share of knife crime that ends in injury, by month."""
    printed = {period: share for (name, period), share in targets.shares.items() if name == "knife-crime-with-injury"}
    knots = sorted((parse_period(period).first - FIRST, share) for period, share in (_KNIFE_INJURY | printed).items())
    at, shares = zip(*knots, strict=True)
    return np.asarray(np.interp(np.arange(len(MONTHS)), at, shares) / 100)


def choose(rng: np.random.Generator, month: Whole, weight: NDArray[np.float64], wanted: Whole) -> Mask:
    """Draw so many of each month without putting any back, the heavier the sooner."""
    able = np.flatnonzero(weight > 0)
    # The smallest of exponential waiting times: the same as drawing one after another by weight.
    wait = rng.exponential(size=len(able)) / weight[able]
    order = able[np.lexsort((wait, month[able]))]
    starts = np.searchsorted(month[order], np.arange(len(wanted)))
    place = np.arange(len(order)) - starts[month[order]]
    chosen = np.zeros(len(month), dtype=bool)
    chosen[order[place < wanted[month[order]]]] = True
    assert chosen.sum() == wanted.sum(), "a month has fewer incidents that can carry a flag than are wanted"
    return chosen


def _wards(pattern: Whole, month: Whole, rng: np.random.Generator) -> Whole:
    chances = np.cumsum([ward_chances(name) for name in WARD_PATTERNS], axis=-1)[..., :-1]
    drawn = rng.random(len(pattern))
    return np.asarray((drawn[:, None] > chances[pattern, year_index(month)]).sum(axis=1))


def _times(pattern: Whole, month: Whole, rng: np.random.Generator) -> tuple[Moments, Moments]:
    """First and last hour of each incident."""
    days = np.array([days_in_month(FIRST + number) for number in range(len(MONTHS))])
    starts = np.array(MONTHS, dtype="datetime64[M]").astype("datetime64[D]")
    day, other = (starts[month] + (days[month] * rng.random(len(month))).astype(np.int64) for _ in range(2))
    hour = np.zeros(len(month), dtype=np.int64)
    length = np.full(len(month), -1)
    for number, name in enumerate(WARD_PATTERNS):
        these = np.flatnonzero(pattern == number)
        hour[these] = rng.choice(24, len(these), p=hour_chances(name))
        moved = these[rng.random(len(these)) < WEEKEND.get(name, 0.0)]
        day[moved] = np.where(_weekend(other[moved]), other[moved], day[moved])
        if name in UNSEEN:
            length[these] = 1 + rng.poisson(UNSEEN[name], len(these))
    started = day.astype("datetime64[h]") + hour
    return started, np.where(length < 0, np.datetime64("NaT", "h"), started + length)


def _weekend(day: Moments) -> Mask:
    # Day nought of the calendar in use, 1 January 1970, was a Thursday.
    return np.asarray((day.astype(np.int64) + 3) % 7 >= 5)
