"""Residents in mid-year of London's boroughs and Harrow's wards, 2011 to 2023.

The strategy of 2019 divides the crimes of both its years by one population; so the example has that
population in both years, and the printed rates come out of it.
"""

from __future__ import annotations

import numpy as np

from frankpledge.example.boroughs import SIZES
from frankpledge.example.sharing import share_out
from frankpledge.example.targets import HARROW, LONDON, Targets
from frankpledge.example.timeline import Numbers, Whole
from frankpledge.example.wards import RESIDENTS, WARDS

YEARS = tuple(range(2011, 2024))
_GROWTH = {2011: 0.93, 2017: 1.0, 2018: 1.0, 2021: 1.015, 2023: 1.03}
_NEWER_WARDS_GROW = {"Greenhill": 0.1, "Wealdstone South": 0.1, "Harrow on the Hill": 0.05, "Marlborough": 0.08}


def residents(targets: Targets, rng: np.random.Generator) -> dict[str, list[int]]:
    """Area → residents in each of `YEARS`; wards add up to Harrow, boroughs to London."""
    boroughs = _boroughs(targets, rng)
    by_code = {code: counts.tolist() for code, counts in boroughs.items()}
    by_code[LONDON] = np.sum(list(boroughs.values()), axis=0).tolist()
    wards = np.array([share_out(count, _ward_weights(number)) for number, count in enumerate(by_code[HARROW])])
    return by_code | dict(zip(WARDS, wards.T.tolist(), strict=True))


def _boroughs(targets: Targets, rng: np.random.Generator) -> dict[str, Whole]:
    printed = {code: count for code, count in targets.residents.items() if code != LONDON}
    free = [code for code in SIZES if code not in printed]
    rest = share_out(targets.residents[LONDON] - sum(printed.values()), [SIZES[code][0] for code in free])
    middle = printed | dict(zip(free, rest.tolist(), strict=True))
    growth = np.interp(YEARS, list(_GROWTH), list(_GROWTH.values()))
    found = {code: _grown(middle[code], growth ** rng.uniform(0.5, 1.5)) for code in SIZES}
    census = {2011: 0.962, 2017: 1.0, 2018: 1.0, 2021: targets.harrow_2021 / middle[HARROW], 2023: 1.055}
    found[HARROW] = _grown(middle[HARROW], np.interp(YEARS, list(census), list(census.values())))
    return found


def _grown(count: int, growth: Numbers) -> Whole:
    return np.round(count * growth).astype(np.int64)


def _ward_weights(number: int) -> list[float]:
    """Wards by size; those where most is built grow fastest."""
    through = number / (len(YEARS) - 1)
    return [
        size * (1 + _NEWER_WARDS_GROW.get(name, 0.0) * through)
        for size, name in zip(RESIDENTS, WARDS.values(), strict=True)
    ]
