"""Returns of the conference on high risk, of the advisers, and of refuges: by quarter."""

from __future__ import annotations

import numpy as np

from frankpledge.example.returns.printed import Printed, counts
from frankpledge.example.returns.spreading import QUARTER, Counts, Levels, part_of, spread
from frankpledge.example.returns.tables import Columns, by_period

# Of all referrals to the conference: who made them. What the others come to is the rest.
_REFERRED = {
    "referred_by_police": 61.0, "referred_by_idva": 14.0, "referred_by_health": 8.0,
    "referred_by_children_services": 7.0, "referred_by_housing": 4.0,
}  # fmt: skip
_VICTIMS = {"victims_ethnic_minority": 58.0, "victims_disabled": 9.0, "victims_lgbt": 1.0, "victims_male": 5.0}


def marac(printed: Printed, rng: np.random.Generator) -> Columns:
    """Cases discussed, repeats among them, and who referred whom.

    The strategy of 2019 prints the year 2018/19, and about 16 a month for the year before.
    """
    year_before: Counts = {"FY2017-18": 16 * 12}
    held = {**year_before, **counts(printed, "marac-cases")}
    cases = spread({2016: 176, 2017: 186, 2018: 236, 2019: 262, 2021: 300, 2023: 318}, QUARTER, held, rng)
    referred = {name: part_of(cases, _level(share), {}, rng) for name, share in _REFERRED.items()}
    rest = {period: max(0, count - sum(one[period] for one in referred.values())) for period, count in cases.items()}
    return by_period(
        {
            "marac_cases": cases,
            "repeat_cases": part_of(cases, {2016: 21, 2019: 27, 2023: 31}, {}, rng),
            "children": spread({2016: 230, 2019: 330, 2023: 400}, QUARTER, {}, rng),
            **referred,
            "referred_by_others": rest,
            **{name: part_of(cases, _level(share), {}, rng) for name, share in _VICTIMS.items()},
        }
    )


def _level(percent: float) -> Levels:
    return {2018: percent}


def idva(printed: Printed, rng: np.random.Generator) -> Columns:
    """Cases of the independent advisers, and what their contract asks for."""
    cases = spread({2016: 250, 2017: 290, 2018: 335, 2019: 350, 2023: 380}, QUARTER, counts(printed, "idva-cases"), rng)
    referrals = {period: round(count * 1.24) for period, count in cases.items()}
    engaged = part_of(cases, {2016: 86, 2023: 90}, {}, rng)
    return by_period(
        {
            "idva_cases": cases,
            # 240 a year, as printed for 2018/19: the contract is no count, and does not scatter.
            "idva_target": dict.fromkeys(cases, 60),
            "idva_referrals": referrals,
            "idva_engaged": engaged,
            "idva_safer": part_of(engaged, {2016: 68, 2023: 74}, {}, rng),
        }
    )


def refuge(printed: Printed, rng: np.random.Generator) -> Columns:
    """Requests for a place in a refuge, and how they ended."""
    requests = spread({2016: 58, 2018: 52, 2020: 66, 2023: 74}, QUARTER, counts(printed, "refuge-requests"), rng)
    placed_in_all = counts(printed, "refuge-requests", "accommodated")
    share = {
        period: 100 * placed / count
        for period, placed in placed_in_all.items()
        if (count := counts(printed, "refuge-requests").get(period))
    }
    placed = part_of(requests, {2016: 22, 2019: 20, 2023: 24}, share, rng)
    full = {period: round((count - placed[period]) * 0.64) for period, count in requests.items()}
    return by_period(
        {
            "refuge_requests": requests,
            "refuge_placed": placed,
            "refuge_no_space": full,
            "refuge_other_refused": {p: count - placed[p] - full[p] for p, count in requests.items()},
        }
    )
