"""Victims and suspects of the example's incidents: codes with an age, a sex and an ethnicity that stay theirs.

Some come back, some on both sides; and of some, as in any real file, something was not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frankpledge.example.incidents import Incidents, Mask
from frankpledge.example.offences import HOMICIDE, NUMBER, WITH_INJURY, below
from frankpledge.example.targets import HARROW
from frankpledge.example.timeline import FIRST, MONTHS, Numbers, Whole, year_index
from frankpledge.example.timeline import YEARS as ALL_YEARS
from frankpledge.example.wards import PATTERNS as WARD_PATTERNS
from frankpledge.periods import month_number

NOT_RECORDED = "not recorded"
BANDS = ("under 10", "10-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65 and over", NOT_RECORDED)
SEXES = ("female", "male", NOT_RECORDED)
ETHNICITIES = ("asian", "black", "mixed", "other", "white", NOT_RECORDED)
INJURIES = ("none", "minor", "moderate", "serious", "fatal", NOT_RECORDED)
RELATIONSHIPS = ("partner", "former partner", "family", "acquaintance", "neighbour", "stranger", NOT_RECORDED)
ELSEWHERE = "elsewhere"
# Brent, Barnet, Hillingdon, Ealing and Hertsmere lie around Harrow.
HOMES = (HARROW, "E09000005", "E09000003", "E09000017", "E09000009", "E07000098", ELSEWHERE, NOT_RECORDED)

_EDGES = np.array([1, 10, 18, 25, 35, 45, 55, 65, 91])
_ETHNICITY_CHANCES = (0.36, 0.15, 0.05, 0.05, 0.39)

# Chance of a victim and of a suspect being known, by pattern.
_KNOWN = {
    "violence": (0.97, 0.6), "domestic": (1.0, 0.95), "sexual": (0.98, 0.65), "burglary": (0.85, 0.07),
    "break-in": (0.0, 0.1), "robbery": (0.93, 0.3), "vehicle": (0.8, 0.04), "theft": (0.75, 0.12),
    "shops": (0.0, 0.4), "damage": (0.7, 0.15), "disorder": (0.3, 0.12), "drugs": (0.0, 0.9),
}  # fmt: skip
_SECOND = 0.07

# Chances of the bands of age, under 10 first: victims, then suspects. More than half of the victims of
# domestic abuse are 25 to 44, as printed.
_VICTIMS = {
    "domestic": (0.01, 0.04, 0.14, 0.30, 0.23, 0.15, 0.08, 0.05),
    "violence": (0.02, 0.16, 0.20, 0.22, 0.17, 0.12, 0.07, 0.04),
    "sexual": (0.07, 0.27, 0.24, 0.19, 0.12, 0.06, 0.03, 0.02),
    "robbery": (0.0, 0.34, 0.22, 0.16, 0.11, 0.08, 0.05, 0.04),
}
_ANY_VICTIM = (0.0, 0.04, 0.12, 0.23, 0.22, 0.18, 0.12, 0.09)
_SUSPECTS = {
    "domestic": (0.0, 0.03, 0.15, 0.34, 0.26, 0.14, 0.06, 0.02),
    "robbery": (0.0, 0.44, 0.34, 0.14, 0.05, 0.02, 0.01, 0.0),
    "drugs": (0.0, 0.16, 0.40, 0.26, 0.11, 0.05, 0.02, 0.0),
}
_ANY_SUSPECT = (0.0, 0.17, 0.25, 0.25, 0.17, 0.10, 0.04, 0.02)

_MALE_SUSPECTS = {"domestic": 0.86, "robbery": 0.96, "sexual": 0.97, "shops": 0.7}
_MALE_VICTIMS = {"violence": 0.58, "sexual": 0.16, "robbery": 0.68}

# Men among victims of domestic abuse: from 14 to 25 per cent by December 2018, 32 per cent in 2023.
_MALE_DOMESTIC = {month_number(2017, 3): 0.14, month_number(2018, 12): 0.25, month_number(2023, 6): 0.32}

# People to draw on, for each year of birth and sex; some are drawn far more often than others.
_POOL = 2400
_REPEATED = 1.8
_FIRST_BIRTH = ALL_YEARS[0] - 91
# Chance of living outside Harrow of who is ever a suspect, and of victims who never are: a quarter of the suspects
# and, since a quarter of the victims are suspects too, a tenth of the victims.
_OUTSIDE = {True: 0.25, False: 0.048}
_OUTSIDE_HOMES = (0.26, 0.16, 0.18, 0.14, 0.1, 0.16)
# A prime above the number of people, so that codes are spread about and no two are alike.
_PRIME, _STEP = 999_983, 386_117


@dataclass(frozen=True)
class People:
    """Involvements as columns: number of the incident, whether a suspect, and codes into the lists above."""

    incident: Whole
    suspect: Mask
    person: Whole
    age: Whole
    sex: Whole
    ethnicity: Whole
    injury: Whole
    relationship: Whole
    home: Whole

    def young_victims(self, incidents: int) -> Mask:
        """Which incidents have a victim known to be under 25."""
        young = np.zeros(incidents, dtype=bool)
        young[self.incident[~self.suspect & (self.age < BANDS.index("25-34"))]] = True
        return young


def draw_people(incidents: Incidents, rng: np.random.Generator) -> People:
    """Victims and suspects, in order of incident, victims first."""
    incident, suspect = _who(incidents, rng)
    pattern = incidents.pattern[incident]
    band = _bands(pattern, suspect, rng)
    age = (_EDGES[band] + (_EDGES[band + 1] - _EDGES[band]) * rng.random(len(band))).astype(np.int64)
    born = np.array(ALL_YEARS)[year_index(incidents.month[incident])] - age
    male = rng.random(len(band)) < _male(incidents.month[incident], pattern, suspect)
    number = ((born - _FIRST_BIRTH) * 2 + male) * _POOL + (_POOL * rng.random(len(band)) ** _REPEATED).astype(np.int64)
    # Drawn apart, so that whoever comes back has the ethnicity they had.
    own = np.random.default_rng(7).choice(len(_ETHNICITY_CHANCES), int(number.max()) + 1, p=_ETHNICITY_CHANCES)
    return People(
        incident=incident,
        suspect=suspect,
        person=number * _STEP % _PRIME,
        age=_blank(band, len(BANDS) - 1, np.where(suspect, 0.08, 0.03), rng),
        sex=_blank(male.astype(np.int64), len(SEXES) - 1, np.where(suspect, 0.04, 0.01), rng),
        ethnicity=_blank(own[number], len(ETHNICITIES) - 1, np.full(len(band), 0.2), rng),
        injury=_injuries(incidents, incident, suspect, rng),
        relationship=_relationships(pattern, suspect, rng),
        home=_blank(_homes(number, suspect), len(HOMES) - 1, np.where(suspect, 0.15, 0.06), rng),
    )


def _who(incidents: Incidents, rng: np.random.Generator) -> tuple[Whole, Mask]:
    """Which incidents have whom: one or two victims, one or two suspects, or nobody known."""
    chances = np.array([_KNOWN[name] for name in WARD_PATTERNS])[incidents.pattern]
    incident, suspect = [], []
    for role in (0, 1):
        first = np.flatnonzero(rng.random(len(incidents)) < chances[:, role])
        second = first[rng.random(len(first)) < _SECOND]
        incident += [first, second]
        suspect += [np.full(len(first) + len(second), bool(role))]
    numbers, roles = np.concatenate(incident), np.concatenate(suspect)
    order = np.lexsort((roles, numbers))
    return numbers[order], roles[order]


def _bands(pattern: Whole, suspect: Mask, rng: np.random.Generator) -> Whole:
    victims = [_VICTIMS.get(name, _ANY_VICTIM) for name in WARD_PATTERNS]
    suspects = [_SUSPECTS.get(name, _ANY_SUSPECT) for name in WARD_PATTERNS]
    chances = np.cumsum([victims, suspects], axis=-1)[..., :-1]
    return np.asarray((rng.random(len(pattern))[:, None] > chances[suspect.astype(int), pattern]).sum(axis=1))


def _male(month: Whole, pattern: Whole, suspect: Mask) -> Numbers:
    victims = np.array([_MALE_VICTIMS.get(name, 0.52) for name in WARD_PATTERNS])[pattern]
    domestic = pattern == WARD_PATTERNS.index("domestic")
    by_month = np.interp(np.arange(len(MONTHS)) + FIRST, list(_MALE_DOMESTIC), list(_MALE_DOMESTIC.values()))
    victims = np.where(domestic, by_month[month], victims)
    suspects = np.array([_MALE_SUSPECTS.get(name, 0.82) for name in WARD_PATTERNS])[pattern]
    return np.asarray(np.where(suspect, suspects, victims))


def _homes(number: Whole, suspect: Mask) -> Whole:
    """Where each lives: drawn apart like ethnicity, for whoever comes back has not moved."""
    own = np.random.default_rng(11)
    chance = np.full(int(number.max()) + 1, _OUTSIDE[False])
    chance[number[suspect]] = _OUTSIDE[True]
    outside = own.random(len(chance)) < chance
    homes = 1 + own.choice(len(_OUTSIDE_HOMES), len(chance), p=_OUTSIDE_HOMES)
    return np.asarray(np.where(outside, homes, 0)[number])


def _blank(values: Whole, blank: int, chance: Numbers, rng: np.random.Generator) -> Whole:
    """Some values as not recorded."""
    return np.asarray(np.where(rng.random(len(values)) < chance, blank, values))


def _injuries(incidents: Incidents, incident: Whole, suspect: Mask, rng: np.random.Generator) -> Whole:
    """Injuries of victims, by what was done to them; nobody records those of suspects."""
    offence = incidents.offence[incident]
    hurt = rng.choice([1, 2, 3], len(incident), p=[0.72, 0.2, 0.08])
    injured = np.isin(offence, [NUMBER[path] for path in below(WITH_INJURY)])
    value = np.where(injured, hurt, 0)
    value = np.where(offence == NUMBER[HOMICIDE], INJURIES.index("fatal"), value)
    return _blank(value, len(INJURIES) - 1, np.where(suspect, 1.0, np.where(offence == NUMBER[HOMICIDE], 0, 0.06)), rng)


def _relationships(pattern: Whole, suspect: Mask, rng: np.random.Generator) -> Whole:
    """The victim's to the suspect; domestic abuse is by partners, former partners and family."""
    domestic = pattern == WARD_PATTERNS.index("domestic")
    among = rng.choice(3, len(pattern), p=[0.45, 0.3, 0.25])
    beyond = rng.choice([3, 4, 5], len(pattern), p=[0.35, 0.1, 0.55])
    unknown = np.where(suspect, 1.0, np.where(domestic, 0.05, 0.45))
    return _blank(np.where(domestic, among, beyond), len(RELATIONSHIPS) - 1, unknown, rng)
