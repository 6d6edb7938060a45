"""Counts that partners send under agreed names (template counts-by-period): those that may be added up, by quarter."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from frankpledge.example.returns.people_measures import people_rows
from frankpledge.example.returns.printed import Printed, counts, percentages
from frankpledge.example.returns.spreading import MONTH, QUARTER, YEAR, Counts, Levels, by_quarter, part_of, spread
from frankpledge.example.returns.tables import HARROW_NAME, Columns, columns_of
from frankpledge.example.targets import HARROW

NAMES = ("area_code", "area_name", "period", "measure", "value")

Row = tuple[str, str, str, str, int]

_YOUTH = "youth-justice"
_ABUSE = "domestic-abuse"
_FLAGGED = "flagged"
_SURVEYS = "delivery/surveys"

# Measure → indicator and group that print it, months of a period, level of a whole year.
_COUNTS: dict[str, tuple[str, str, int, Levels]] = {
    f"{_ABUSE}/advice-and-counselling": ("", "", QUARTER, {2016: 300, 2018: 345, 2019: 373, 2023: 450}),
    f"{_ABUSE}/helpline-calls": ("", "", QUARTER, {2016: 610, 2018: 760, 2019: 830, 2023: 1010}),
    f"{_ABUSE}/high-risk-cases": ("high-risk-domestic-abuse-cases", "", QUARTER, {2016: 270, 2018: 380, 2023: 520}),
    f"{_ABUSE}/idva/hospital-referrals": ("hospital-idva-referrals", "", QUARTER, {2016: 30, 2018: 72, 2023: 110}),
    f"{_ABUSE}/refuge/elsewhere/children": ("refuge-outside-harrow", "children", QUARTER, {2016: 20, 2023: 28}),
    f"{_ABUSE}/refuge/elsewhere/women": ("refuge-outside-harrow", "women", QUARTER, {2016: 14, 2023: 22}),
    f"{_ABUSE}/safety-plans": ("", "", QUARTER, {2016: 160, 2018: 215, 2019: 240, 2023: 330}),
    "exploitation/child-sexual-exploitation": ("child-sexual-exploitation", "", QUARTER, {2016: 17, 2023: 22}),
    "exploitation/county-lines/referrals": ("county-lines-referrals", "", QUARTER, {2016: 12, 2020: 34, 2023: 10}),
    "exploitation/victims-supported": ("modern-slavery-victims-supported", "", QUARTER, {2016: 6, 2018: 11, 2023: 15}),
    "delivery/cost-of-serious-violence": ("", "", YEAR, {2016: 13.1e6, 2018: 14.8e6, 2020: 13.0e6, 2023: 20.9e6}),
    "health/fgm/attendances": ("fgm-attendances", "", QUARTER, {2016: 360, 2018: 330, 2021: 410, 2023: 415}),
    f"{_FLAGGED}/domestic-homicide": ("domestic-homicide", "", QUARTER, {2016: 0.6, 2021: 0.4, 2023: 0.2}),
    f"{_FLAGGED}/gang-related": ("gang-flagged-offences", "", QUARTER, {2016: 34, 2018: 30, 2021: 22, 2023: 18}),
    f"{_FLAGGED}/knife-crime-with-injury-not-domestic": (
        "non-domestic-knife-crime-with-injury", "", QUARTER, {2016: 70, 2018: 68, 2021: 50, 2023: 82}),
    f"{_FLAGGED}/involving-under-25": ("", "", QUARTER, {2016: 3900, 2018: 4200, 2023: 4500}),
    f"{_FLAGGED}/rape": ("rape", "", QUARTER, {2016: 110, 2018: 142, 2023: 178}),
    f"{_FLAGGED}/sexual-offences-against-women-and-girls": (
        "sexual-offences", "female-victims", QUARTER, {2016: 262, 2018: 288, 2023: 345}),
    f"{_FLAGGED}/serious-youth-violence": ("serious-youth-violence", "", QUARTER, {2016: 132, 2019: 140, 2023: 150}),
    f"{_FLAGGED}/violence-against-women-and-girls": (
        "violence-against-women-and-girls", "", MONTH, {2016: 1550, 2018: 2080, 2021: 2760, 2023: 2960}),
    f"{_SURVEYS}/how-are-you-survey": ("", "", YEAR, {2016: 4300, 2018: 5100, 2023: 6800}),
    f"{_SURVEYS}/residents-panel-respondents": ("", "", YEAR, {2016: 980, 2018: 1040, 2023: 1200}),
    f"{_SURVEYS}/safer-spaces-survey": ("safer-spaces-survey", "", QUARTER, {2016: 260, 2018: 300, 2023: 560}),
    f"{_SURVEYS}/safer-spaces-survey/website-visitors": ("", "", QUARTER, {2016: 1500, 2018: 1900, 2023: 4300}),
    f"{_SURVEYS}/young-people-violence-survey": ("", "", YEAR, {2016: 860, 2018: 910, 2023: 990}),
    "transport/on/bus": ("", "", QUARTER, {2016: 330, 2018: 355, 2020: 240, 2023: 380}),
    "transport/on/rail": ("", "", QUARTER, {2016: 240, 2018: 262, 2020: 160, 2023: 290}),
    "victims/young-people": ("", "", QUARTER, {2016: 2150, 2018: 2110, 2023: 2300}),
    f"{_YOUTH}/disposals": ("", "", QUARTER, {2016: 190, 2018: 165, 2023: 120}),
    f"{_YOUTH}/found-guilty": ("", "", QUARTER, {2016: 78, 2018: 66, 2023: 44}),
    f"{_YOUTH}/offences": ("youth-offences", "", QUARTER, {2016: 330, 2018: 300, 2021: 255, 2023: 180}),
    f"{_YOUTH}/young-offenders": ("", "", YEAR, {2016: 170, 2018: 150, 2023: 95}),
    f"{_YOUTH}/weapons": ("youth-possession-of-weapons", "", QUARTER, {2016: 37, 2019: 28, 2023: 30}),
    f"{_YOUTH}/triage-followed": ("", "", QUARTER, {2016: 40, 2018: 28, 2023: 34}),
}  # fmt: skip

# Measure → of which other, indicator and group that print the share, percentage by year.
_SHARES: dict[str, tuple[str, str, str, Levels]] = {
    "exploitation/victims-supported/sexual-exploitation": (
        "exploitation/victims-supported", "", "", {2016: 60, 2018: 64, 2023: 55}),
    "health/admissions/assault-under-25": (
        "health/admissions/assault", "assault-emergency-admissions", "under-25", {2016: 38, 2023: 36}),
    f"{_FLAGGED}/violence-involving-under-25": (
        f"{_FLAGGED}/involving-under-25", "violence-against-the-person", "under-25", {2016: 38, 2018: 40, 2023: 44}),
    f"{_FLAGGED}/rape-domestic": (f"{_FLAGGED}/rape", "rape", "domestic", {2016: 30, 2023: 37}),
    f"{_FLAGGED}/violence-against-women-and-girls-with-a-knife": (
        f"{_FLAGGED}/violence-against-women-and-girls", "violence-against-women-and-girls", "with-a-knife", {2016: 2}),
    f"{_YOUTH}/disposals/drug-offences": (f"{_YOUTH}/disposals", "youth-justice-disposals", "drug-offences", {2018: 9}),
    f"{_YOUTH}/serious-violence/offences": (f"{_YOUTH}/offences", "", "", {2016: 9, 2018: 10, 2023: 14}),
    f"{_YOUTH}/other-violence/offences": (f"{_YOUTH}/offences", "", "", {2016: 18, 2018: 19, 2023: 21.2}),
    f"{_YOUTH}/weapons/knives": (f"{_YOUTH}/weapons", "youth-possession-of-knives", "", {2016: 22, 2023: 70}),
    f"{_YOUTH}/triage-re-offended": (f"{_YOUTH}/triage-followed", "", "", {2016: 20, 2023: 17}),
}  # fmt: skip

# Measure → what is left of the first of these measures when the others are taken away.
_RESTS = {
    "exploitation/victims-supported/forced-labour": (
        "exploitation/victims-supported", "exploitation/victims-supported/sexual-exploitation"),
    f"{_FLAGGED}/rape-non-domestic": (f"{_FLAGGED}/rape", f"{_FLAGGED}/rape-domestic"),
}  # fmt: skip

# Kinds of weapon beside knives, as printed for 2016 to 2018, and then of the rest.
_OTHER_WEAPONS = {"firearms": (5, 3, 1), "offensive-weapons": (21, 1, 0)}


def measures(printed: Printed, assaulted: Counts, rng: np.random.Generator) -> Columns:
    """Every count of Harrow that partners send under an agreed name."""
    found = {
        measure: spread(levels, months, counts(printed, indicator, group) if indicator else {}, rng)
        for measure, (indicator, group, months, levels) in _COUNTS.items()
    }
    # By quarter, as its part is: what is sent by month is counted elsewhere in the warehouse.
    found["health/admissions/assault"] = by_quarter(assaulted)
    for measure, (whole, indicator, group, percent) in _SHARES.items():
        held = percentages(printed, indicator, group) if indicator else {}
        found[measure] = part_of(found[whole], percent, held, rng)
    for measure, (whole, *others) in _RESTS.items():
        found[measure] = {
            period: count - sum(found[other][period] for other in others) for period, count in found[whole].items()
        }
    found |= _weapons(found[f"{_YOUTH}/weapons"], found[f"{_YOUTH}/weapons/knives"])
    return columns_of(NAMES, [*_rows(found), *people_rows(printed, rng)])


def _weapons(weapons: Counts, knives: Counts) -> dict[str, Counts]:
    """What the weapons found were that were no knives; what is not said to be of a kind is of another."""
    left = {period: count - knives[period] for period, count in weapons.items()}
    found: dict[str, Counts] = {}
    for kind, by_year in _OTHER_WEAPONS.items():
        taken: Counts = {}
        remaining = {str(2016 + at): count for at, count in enumerate(by_year)}
        for period, rest in left.items():
            taken[period] = min(rest, remaining.get(period[:4], 0))
            remaining[period[:4]] = remaining.get(period[:4], 0) - taken[period]
        left = {period: rest - taken[period] for period, rest in left.items()}
        found[f"{_YOUTH}/weapons/{kind}"] = taken
    return found | {f"{_YOUTH}/weapons/other": left}


def _rows(found: dict[str, Counts]) -> Iterator[Row]:
    for measure, by_period in found.items():
        for period, count in by_period.items():
            yield HARROW, HARROW_NAME, period, measure, count
