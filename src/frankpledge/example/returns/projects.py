"""What projects and courses delivered, quarter by quarter.

The strategy of 2019 prints most outputs over the whole life of a project, July 2017 to 2019 or 2017 to 2019; those
come to the printed figure over the quarters of that time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from frankpledge.example.returns.spreading import QUARTER, Counts, Levels, part_of, spread
from frankpledge.example.returns.tables import HARROW_NAME, Columns, columns_of
from frankpledge.example.sharing import share_out
from frankpledge.example.targets import HARROW
from frankpledge.periods import parse_period

_SINCE_JULY_2017 = ("2017-Q3", "2019-Q4")
_SINCE_2017 = ("2017-Q1", "2019-Q4")
_SCHOOL_YEAR = ("2018-Q2", "2019-Q1")

# (project, output) → printed in all, and from which quarter to which.
_IN_ALL: dict[tuple[str, str], tuple[int, tuple[str, str]]] = {
    ("ignite", "detached work"): (108, _SINCE_JULY_2017),
    ("ignite", "employment support"): (139, _SINCE_JULY_2017),
    ("ignite", "group work"): (217, _SINCE_JULY_2017),
    ("ignite", "mentoring"): (78, _SINCE_JULY_2017),
    ("ignite", "young people engaged"): (99, _SINCE_JULY_2017),
    ("synergy", "young people"): (952, _SINCE_2017),
    ("synergy", "audience asked"): (325, _SINCE_2017),
    ("synergy", "participants asked"): (48, _SINCE_2017),
    ("unblurred lines", "primary pupils"): (480, _SCHOOL_YEAR),
    ("unblurred lines", "secondary pupils"): (192, _SCHOOL_YEAR),
    ("wish", "long term support"): (85, _SCHOOL_YEAR),
    ("wish", "recovery"): (45, _SCHOOL_YEAR),
    ("wish", "schools programme"): (545, _SCHOOL_YEAR),
}

# (project, output) → of which other, and printed percentage or count of it.
_OF_THEM: dict[tuple[str, str], tuple[str, float]] = {
    ("ignite", "detached work improved self efficacy"): ("detached work", 100 * 62 / 108),
    ("ignite", "detached work positive choices"): ("detached work", 100 * 32 / 108),
    ("ignite", "detached work increased aspirations"): ("detached work", 100 * 35 / 108),
    ("synergy", "audience understood consequences"): ("audience asked", 92),
    ("synergy", "audience found ex offenders useful"): ("audience asked", 80),
    ("synergy", "participants more confident"): ("participants asked", 100),
    ("wish", "long term support safer"): ("long term support", 72),
    ("wish", "recovery improved"): ("recovery", 65),
}

_COMPASS: Levels = {2016: 380, 2018: 470, 2019: 520, 2023: 560}

# What a project agreed to beside what it did: a tenth less, on average.
_AGREED = 0.9


def project_outputs(rng: np.random.Generator) -> Columns:
    """Outputs of every project, beside what was agreed."""
    found: dict[tuple[str, str], Counts] = {key: _over(total, *ends) for key, (total, ends) in _IN_ALL.items()}
    for (project, output), (whole, percent) in _OF_THEM.items():
        of = found[project, whole]
        parts = share_out(round(sum(of.values()) * percent / 100), list(of.values()))
        found[project, output] = dict(zip(of, parts.tolist(), strict=True))
    found["compass", "satellite visits"] = spread(_COMPASS, QUARTER, {"2018-Q4": 130}, rng)
    names = ("area_code", "area_name", "period", "project", "output", "achieved", "target")
    return columns_of(names, _rows(found))


def _over(total: int, first: str, last: str) -> Counts:
    start, end = parse_period(first).first, parse_period(last).last
    quarters = [f"{month // 12}-Q{month % 12 // 3 + 1}" for month in range(start, end + 1, QUARTER)]
    # Slow to begin with, as projects are.
    weights = [0.6, 0.8, *[1.0] * len(quarters)][: len(quarters)]
    return dict(zip(quarters, share_out(total, weights).tolist(), strict=True))


def _rows(found: dict[tuple[str, str], Counts]) -> Iterator[tuple[object, ...]]:
    for (project, output), by_quarter in found.items():
        for quarter, achieved in by_quarter.items():
            yield HARROW, HARROW_NAME, quarter, project, output, achieved, round(achieved * _AGREED)


# Course → people in a year, people at each session, and how many felt more confident afterwards.
_COURSES: dict[str, tuple[Levels, int, float]] = {
    "domestic abuse awareness": ({2016: 240, 2018: 310, 2023: 420}, 18, 86),
    "prevent": ({2016: 1100, 2018: 1450, 2019: 1520, 2023: 900}, 26, 81),
    "county lines and exploitation": ({2016: 0, 2017: 60, 2018: 190, 2023: 360}, 22, 84),
}


def training(rng: np.random.Generator) -> Columns:
    """Courses held, and people who came."""
    rows = []
    for course, (levels, at_each, percent) in _COURSES.items():
        # Over 1,500 heard of Prevent in 2018/19, as printed.
        people = spread(levels, QUARTER, {"FY2018-19": 1510} if course == "prevent" else {}, rng)
        confident = part_of(people, {2018: percent}, {}, rng)
        rows += [
            (HARROW, HARROW_NAME, quarter, course, -(-count // at_each), count, confident[quarter])
            for quarter, count in people.items()
        ]
    names = ("course", "training_sessions", "people_trained", "people_more_confident")
    return columns_of(("area_code", "area_name", "period", *names), rows)
