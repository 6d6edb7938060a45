"""People whom partners count under agreed names: a year at a time, since the same person can be in every quarter of it.

Victims, suspects, the young people behind serious violence, those linked to county lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from frankpledge.example.returns.printed import Printed, counts, percentages
from frankpledge.example.returns.spreading import Levels, periods_of
from frankpledge.example.returns.tables import HARROW_NAME
from frankpledge.example.targets import HARROW
from frankpledge.periods import parse_period


@dataclass(frozen=True)
class Cohort:
    """People counted once in a period, and the groups among them.

    Attributes
    ----------
    measure, indicator
        What they are sent as, and the indicator that documents print them and their groups under.
    levels
        Year → how many there are.
    groups
        Last part of the measure → group that documents print, and percentage in 2018.
    periods
        Beside the calendar years: the periods that documents print.
    """

    measure: str
    indicator: str
    levels: Levels
    groups: dict[str, tuple[str, float]]
    periods: tuple[str, ...] = ()


_TO_JUNE = ("R12-2022-06", "R12-2023-06")
_TO_JANUARY = ("R12-2017-01", "R12-2018-01")

_COHORTS = (
    Cohort("victims/serious-violence", "serious-violence-victims", {2016: 1180, 2018: 1390, 2023: 1640},
           {"under-25": ("under-25", 37)}, _TO_JUNE),
    Cohort("victims/serious-violence-not-domestic", "non-domestic-serious-violence-victims",
           {2016: 1130, 2018: 1330, 2023: 1580},
           {"male": ("male", 68), "female": ("female", 30), "white": ("white", 34), "black": ("black", 33),
            "asian": ("asian", 25), "killed": ("killed", 0.15), "under-25": ("under-25", 38),
            "moderate-to-serious-injury": ("moderate-to-serious-injury", 17), "minor-injury": ("minor-injury", 36),
            "no-injury": ("no-injury", 43)}, _TO_JUNE),
    Cohort("victims/serious-violence-not-domestic/under-25", "non-domestic-serious-violence-victims",
           {2016: 420, 2018: 505, 2023: 553},
           {"male": ("male-under-25", 74), "female": ("female-under-25", 26), "white": ("white-under-25", 38),
            "black": ("black-under-25", 35), "asian": ("asian-under-25", 20)}, _TO_JUNE),
    Cohort("victims/actual-bodily-harm", "actual-bodily-harm-victims", {2016: 690, 2018: 780, 2023: 860},
           {"under-25": ("under-25", 35)}, _TO_JUNE),
    Cohort("victims/domestic-harassment", "domestic-harassment-victims", {2016: 280, 2018: 350, 2023: 470},
           {"aged-25-to-45": ("aged-25-to-45", 55)}, _TO_JANUARY),
    Cohort("victims/domestic-other-violence", "domestic-other-violence-victims", {2016: 610, 2018: 720, 2023: 880},
           {"aged-25-to-45": ("aged-25-to-45", 58)}, _TO_JANUARY),
    Cohort("victims/domestic-serious-wounding", "domestic-serious-wounding-victims", {2016: 30, 2018: 36, 2023: 44},
           {"male": ("male", 39)}, _TO_JANUARY),
    Cohort("victims/school-and-college-pupils", "school-and-college-pupils-victims", {2016: 470, 2018: 520, 2023: 569},
           {}, ("R12-2022-08", "R12-2023-08")),
    Cohort("suspects/school-and-college-pupils", "school-and-college-pupils-suspected",
           {2016: 360, 2018: 410, 2023: 383}, {}, ("R12-2022-08", "R12-2023-08")),
    Cohort("suspects/serious-violence", "serious-violence-suspects", {2016: 640, 2018: 760, 2023: 850},
           {"occupation-not-recorded": ("occupation-not-recorded", 86), "unemployed": ("unemployed", 6),
            "night-time-economy": ("night-time-economy", 4)}, _TO_JUNE),
    Cohort("suspects/serious-violence-not-domestic", "non-domestic-serious-violence-suspects",
           {2016: 610, 2018: 720, 2023: 810},
           {"male": ("male", 87), "disabled": ("disabled", 52), "mental-health": ("mental-health", 37),
            "learning-difficulty": ("learning-difficulty", 9), "female": ("", 13), "under-25": ("", 46)}, _TO_JUNE),
    Cohort("suspects/serious-violence-not-domestic/under-25", "non-domestic-serious-violence-suspects",
           {2016: 280, 2018: 331, 2023: 373}, {"male": ("male-under-25", 88)}, _TO_JUNE),
    Cohort("suspects/serious-violence-not-domestic/female", "non-domestic-serious-violence-suspects",
           {2016: 80, 2018: 94, 2023: 105}, {"disabled": ("disabled-female", 83)}, _TO_JUNE),
    Cohort("suspects/domestic-abuse", "domestic-abuse-accused", {2016: 1050, 2018: 1180, 2023: 1400},
           {"male": ("male", 97), "occupation-not-recorded": ("occupation-not-recorded", 84),
            "unemployed": ("unemployed", 11)}, _TO_JUNE),
    Cohort("exploitation/county-lines/individuals", "county-lines-individuals", {2016: 11, 2019: 31, 2023: 10},
           {}, ("FY2017-18", "FY2018-19", "FY2020-21", "FY2021-22")),
    Cohort("health/fgm/individuals", "fgm-individuals", {2016: 90, 2018: 75, 2023: 60},
           {"age-not-recorded": ("age-not-recorded", 64), "aged-5-to-9-when-done": ("aged-5-to-9-when-done", 24)},
           ("FY2016-17", "FY2017-18", "2018-Q2", "2018-Q3", "2018-Q4", "FY2021-22", "FY2022-23")),
    Cohort("health/fgm/newly-recorded", "fgm-newly-recorded", {2016: 60, 2018: 42, 2023: 30}, {},
           ("FY2016-17", "FY2017-18", "2018-Q2", "2018-Q3", "2018-Q4", "FY2021-22", "FY2022-23")),
    Cohort("youth-justice/serious-violence/young-people", "youth-serious-violence", {2016: 24, 2018: 26, 2023: 22},
           {"one-offence": ("one-offence", 59), "two-or-three-offences": ("two-or-three-offences", 31),
            "four-or-more-offences": ("four-or-more-offences", 10), "aged-14-to-16": ("aged-14-to-16", 78),
            "male": ("male", 87), "mixed": ("mixed", 19), "white": ("white", 22), "asian": ("asian", 18),
            "chinese-or-other": ("chinese-or-other", 5), "excluded-or-suspended": ("excluded-or-suspended", 76),
            "persistently-absent": ("persistently-absent", 70),
            "high-mental-health-need": ("high-mental-health-need", 21),
            "pupil-referral-unit": ("pupil-referral-unit", 44), "missing-episodes": ("missing-episodes", 35),
            "domestic-abuse-at-home": ("domestic-abuse-at-home", 31)}),
    Cohort("youth-justice/other-violence/young-people", "youth-other-violence-young-people",
           {2016: 48, 2018: 52, 2023: 36}, {}),
)  # fmt: skip

# A group that is a cohort with groups of its own is not counted twice: its own count is the cohort's.
_OWN = frozenset(one.measure for one in _COHORTS)
# As if two in a hundred more or fewer were counted each year, beside chance.
_UPS_AND_DOWNS = 0.02


def people_rows(printed: Printed, rng: np.random.Generator) -> Iterator[tuple[str, str, str, str, int]]:
    """Rows of the template, cohort by cohort."""
    for cohort in _COHORTS:
        years = [one.text for one in periods_of(12)]
        for period in (*years, *cohort.periods):
            whole = _whole(cohort, period, printed, rng)
            yield HARROW, HARROW_NAME, period, cohort.measure, whole
            for part, (group, percent) in cohort.groups.items():
                if f"{cohort.measure}/{part}" not in _OWN:
                    held = percentages(printed, cohort.indicator, group).get(period, percent)
                    yield HARROW, HARROW_NAME, period, f"{cohort.measure}/{part}", round(whole * held / 100)


def _whole(cohort: Cohort, period: str, printed: Printed, rng: np.random.Generator) -> int:
    months = parse_period(period)
    held = counts(printed, cohort.indicator).get(period)
    if held is not None:
        return held
    middle = (months.first + months.last + 1) / 24
    level = float(np.interp(middle, [year + 0.5 for year in cohort.levels], list(cohort.levels.values())))
    return round(level * (months.last - months.first + 1) / 12 * float(np.exp(rng.normal(0, _UPS_AND_DOWNS))))
