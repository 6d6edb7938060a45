"""Returns about exploitation, probation and treatment.

Who is counted at the end of one quarter is counted at the end of the next: such returns are by year.
"""

from __future__ import annotations

import numpy as np

from frankpledge.example.returns.printed import Printed, counts
from frankpledge.example.returns.spreading import QUARTER, YEAR, Counts, Levels, part_of, spread
from frankpledge.example.returns.tables import HARROW_NAME, Columns, by_period, columns_of
from frankpledge.example.targets import HARROW


def county_lines(rng: np.random.Generator) -> Columns:
    """Lines known to run from or into the area, and who is caught up in them."""
    return by_period(
        {
            "lines_known": spread({2016: 9, 2018: 16, 2020: 20, 2023: 15}, YEAR, {}, rng),
            "lines_closed": spread({2016: 2, 2018: 4, 2020: 7, 2023: 6}, YEAR, {}, rng),
            "children_involved": spread({2016: 10, 2018: 19, 2020: 26, 2023: 11}, YEAR, {}, rng),
            "adults_involved": spread({2016: 4, 2018: 8, 2020: 10, 2023: 6}, YEAR, {}, rng),
            "cuckooed_homes": spread({2016: 2, 2018: 5, 2020: 6, 2023: 4}, YEAR, {}, rng),
        }
    )


# Of those referred for exploitation: of which kind, in the order of the printed national figures.
_KINDS = {"criminal": 44.0, "sexual": 22.0, "labour": 24.0, "domestic servitude": 10.0}


def nrm(printed: Printed, rng: np.random.Generator) -> Columns:
    """People referred to the national mechanism as victims of modern slavery; all together, and of each kind."""
    group = "modern-slavery-referrals"
    # Two in 2017; the strategy of 2019 does not say how many of them were adults.
    adults = spread({2016: 1, 2018: 3, 2023: 9}, QUARTER, {"2017": 1, **counts(printed, group, "adults")}, rng)
    children = spread({2016: 1, 2018: 13, 2023: 22}, QUARTER, {"2017": 1, **counts(printed, group, "minors")}, rng)
    together = ("", adults, children)
    kinds = [(kind, part_of(adults, _level(share), {}, rng)) for kind, share in _KINDS.items()]
    split = [(kind, of, part_of(children, _level(_KINDS[kind]), {}, rng)) for kind, of in kinds]
    rows = (
        (HARROW, HARROW_NAME, period, kind, grown[period], young[period], round((grown[period] + young[period]) * 0.8))
        for kind, grown, young in (together, *split)
        for period in adults
    )
    names = ("nrm_adults", "nrm_children", "nrm_reasonable_grounds")
    return columns_of(("area_code", "area_name", "period", "exploitation", *names), rows)


def _level(percent: float) -> Levels:
    return {2018: percent}


def probation(rng: np.random.Generator) -> Columns:
    """People supervised in the community in each year."""
    cohort = spread({2016: 900, 2018: 855, 2023: 820}, YEAR, {}, rng)
    return by_period(
        {
            "on_probation": cohort,
            "probation_high_risk": part_of(cohort, {2016: 15, 2023: 19}, {}, rng),
            "probation_reoffended": part_of(cohort, {2016: 27, 2018: 26, 2023: 23}, {}, rng),
            "probation_recalled": spread({2016: 84, 2023: 96}, YEAR, {}, rng),
            "probation_iom": spread({2016: 47, 2018: 50, 2023: 42}, YEAR, {}, rng),
            "probation_housed": spread({2016: 128, 2023: 120}, YEAR, {}, rng),
            "probation_employed": spread({2016: 46, 2023: 58}, YEAR, {}, rng),
        }
    )


# Substance → people in treatment in a year, and the percentage who completed it.
_TREATED: dict[str, tuple[Levels, Levels]] = {
    "opiates": ({2016: 330, 2018: 315, 2023: 300}, {2016: 7.4, 2023: 5.6}),
    "non-opiates": ({2016: 130, 2018: 138, 2023: 170}, {2016: 38, 2023: 34}),
    "alcohol": ({2016: 240, 2018: 252, 2023: 280}, {2016: 39, 2023: 36}),
}


def treatment(rng: np.random.Generator) -> Columns:
    """People in treatment for drugs or alcohol, and those who left it free of dependence."""
    found = {}
    for substance, (people, completing) in _TREATED.items():
        treated = spread(people, YEAR, {}, rng)
        found[substance] = (treated, part_of(treated, completing, {}, rng))
    everybody: Counts = {p: sum(treated[p] for treated, _ in found.values()) for p in found["opiates"][0]}
    completed: Counts = {p: sum(done[p] for _, done in found.values()) for p in everybody}
    left_prison = spread({2016: 64, 2018: 60, 2023: 56}, YEAR, {}, rng)
    begun = part_of(left_prison, {2016: 30, 2018: 34, 2023: 43}, {}, rng)
    rows: list[tuple[object, ...]] = [
        (HARROW, HARROW_NAME, period, substance, treated[period], done[period], None, None)
        for substance, (treated, done) in found.items()
        for period in everybody
    ]
    rows += [
        (HARROW, HARROW_NAME, period, "all", everybody[period], completed[period], left_prison[period], begun[period])
        for period in everybody
    ]
    names = ("substance", "in_treatment", "completions", "prison_transfers", "prison_engaged")
    return columns_of(("area_code", "area_name", "period", *names), rows)
