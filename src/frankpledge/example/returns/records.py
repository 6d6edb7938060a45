"""What services record one by one: where, when and what. Levels are invented; nothing of them was printed.

Each template that takes such records has its own word for what happened, and some a column or two besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from frankpledge.example.incidents import Moments
from frankpledge.example.returns.spreading import FIRST_YEAR, Levels
from frankpledge.example.returns.tables import Columns, numbered, words_of
from frankpledge.example.seasons import hour_chances, month_shape
from frankpledge.example.targets import HARROW
from frankpledge.example.timeline import LAST, YEARS, Whole
from frankpledge.example.wards import WARDS, ward_chances
from frankpledge.periods import days_in_month, month_number

ThreeLevels = tuple[float, float, float]
"""How many there are in 2016, 2018 and 2023."""

# What services could not place in a ward.
_NOT_PLACED = 0.05


@dataclass(frozen=True)
class Service:
    """A template that a service fills in.

    Attributes
    ----------
    column, choices
        What says what happened, and how many of each there are in a year.
    pattern
        When and where, as one of the example's kinds of crime.
    letters
        Before the number of each record.
    words
        Column → its words and their chances.
    """

    column: str
    choices: dict[str, ThreeLevels]
    pattern: str
    letters: str
    words: dict[str, dict[str, float]] = field(default_factory=dict)


SERVICES = {
    "ae-attendances": Service(
        "attendance_for",
        {"assault": (430, 465, 520), "assault with a knife or sharp object": (30, 38, 52),
         "assault with a firearm": (1, 2, 2), "assault with glass or a bottle": (22, 20, 18),
         "assault with another weapon": (38, 40, 46), "sexual assault": (14, 17, 24), "not recorded": (80, 62, 45)},
        "violence", "AE",
        {"place_type": {"street": 0.38, "home": 0.2, "licensed premises": 0.14, "school": 0.06,
                        "public transport": 0.05, "workplace": 0.04, "not recorded": 0.13}},
    ),
    "ambulance-calls": Service(
        "call_for",
        {"assault": (520, 560, 640), "sexual assault": (18, 22, 28), "knife injury": (38, 46, 61),
         "gunshot injury": (1, 2, 2), "alcohol": (880, 910, 860), "overdose": (380, 400, 430)},
        "violence", "LAS",
    ),
    "council-asb": Service(
        "case_type",
        {"personal": (170, 185, 260), "nuisance": (520, 560, 640), "environmental": (250, 240, 280),
         "noise": (760, 800, 870), "not recorded": (40, 30, 20)},
        "disorder", "CASB",
    ),
    "environmental-crime": Service(
        "environmental_type",
        {"fly-tipping": (1150, 1260, 1420), "graffiti": (130, 120, 150), "offensive graffiti": (14, 18, 22),
         "abandoned vehicle": (310, 330, 260), "drug litter": (70, 95, 110)},
        "disorder", "ENV",
    ),
    "fire-incidents": Service(
        "fire_type",
        {"deliberate primary fire": (20, 22, 18), "deliberate primary fire in a vehicle": (14, 15, 11),
         "deliberate secondary fire": (62, 71, 66), "violence to staff": (2, 2, 3),
         "dwelling fire without a smoke alarm": (38, 34, 24), "malicious call": (30, 26, 22)},
        "damage", "FR",
    ),
    "racial-incidents": Service(
        "racial_incident_type",
        {"verbal abuse": (36, 40, 48), "threat": (8, 9, 10), "assault": (6, 6, 8), "damage to property": (5, 5, 5),
         "graffiti": (6, 7, 7), "online": (4, 7, 12)},
        "disorder", "RI",
    ),
    "road-collisions": Service(
        "severity", {"fatal": (4, 3, 3), "serious": (48, 52, 66), "slight": (520, 500, 430)}, "vehicle", "RTC",
    ),
    "transport-incidents": Service(
        "transport_incident_type",
        {"assault on staff": (22, 25, 29), "assault on passenger": (90, 98, 116), "sexual offence": (20, 24, 32),
         "robbery": (16, 19, 22), "theft": (120, 130, 160), "damage": (48, 45, 40), "hate incident": (20, 24, 30),
         "anti-social behaviour": (190, 210, 215)},
        "theft", "TR",
        {"mode": {"bus": 0.56, "underground": 0.24, "overground": 0.07, "rail": 0.06, "station": 0.07}},
    ),
}  # fmt: skip


def records(service: Service, rng: np.random.Generator) -> Columns:
    """Every record of a service, in order of time."""
    drawn = [moments(levels, service.pattern, rng) for levels in service.choices.values()]
    started = np.concatenate(drawn)
    choice = np.repeat(np.arange(len(drawn)), [len(of) for of in drawn])
    order = np.lexsort((choice, started))
    started, choice, size = started[order], choice[order], len(order)
    words = {name: rng.choice(len(of), size, p=list(of.values())) for name, of in service.words.items()}
    return {
        "reference": numbered(f"{service.letters}-EX", size),
        "from": pa.array(np.datetime_as_string(started, unit="m")),
        service.column: words_of(choice, tuple(service.choices)),
        **{name: words_of(of, tuple(service.words[name])) for name, of in words.items()},
        "area_code": words_of(_wards(service.pattern, started, rng), (*WARDS, "")),
        "reported_for": words_of(np.zeros(size, np.int64), (HARROW,)),
    }


def moments(levels: ThreeLevels, pattern: str, rng: np.random.Generator) -> Moments:
    """Moments to the hour, as many in each month as its level and season ask for."""
    by_year: Levels = dict(zip((FIRST_YEAR, 2018, 2023), levels, strict=True))
    by_month = monthly(by_year, pattern, rng)
    month = np.repeat(list(by_month), list(by_month.values()))
    long = np.repeat([days_in_month(one) for one in by_month], list(by_month.values()))
    day = (long * rng.random(len(month))).astype(np.int64)
    hour = rng.choice(24, len(month), p=hour_chances(pattern))
    # The calendar in use counts months from January 1970.
    months = (month - month_number(1970, 1)).astype("datetime64[M]")
    return np.asarray((months.astype("datetime64[D]") + day).astype("datetime64[h]") + hour)


def monthly(levels: Mapping[int, float], pattern: str, rng: np.random.Generator) -> dict[int, int]:
    """Month → count, by level and season."""
    months = np.arange(month_number(FIRST_YEAR, 1), LAST + 1)
    level = np.interp(months / 12, [year + 0.5 for year in levels], list(levels.values())) / 12
    shape = month_shape(pattern)[months - month_number(YEARS[0], 1)]
    return dict(zip(months.tolist(), rng.poisson(level * shape).tolist(), strict=True))


def _wards(pattern: str, started: Moments, rng: np.random.Generator) -> Whole:
    """The number of a ward for each record; one more than there are where it was not known."""
    chances = np.cumsum(ward_chances(pattern), axis=-1)[:, :-1]
    year = started.astype("datetime64[Y]").astype(np.int64) + 1970 - YEARS[0]
    ward = (rng.random(len(started))[:, None] > chances[year]).sum(axis=1)
    return np.asarray(np.where(rng.random(len(started)) < _NOT_PLACED, len(WARDS), ward))
