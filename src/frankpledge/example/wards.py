"""Harrow's wards of 2022, how many live in each, and which kinds of crime gather where.

Weights follow what the strategies of 2019 and 2023 say in words about wards, those of before 2022 read as
their namesakes or nearest successors.
"""

from __future__ import annotations

import numpy as np

from frankpledge.example.timeline import YEARS, Numbers

_FIRST_CODE = 5013542
_NAMES = (
    "Belmont", "Canons", "Centenary", "Edgware", "Greenhill", "Harrow on the Hill", "Harrow Weald", "Hatch End",
    "Headstone", "Kenton East", "Kenton West", "Marlborough", "North Harrow", "Pinner", "Pinner South",
    "Rayners Lane", "Roxbourne", "Roxeth", "Stanmore", "Wealdstone North", "Wealdstone South", "West Harrow",
)  # fmt: skip
WARDS = {f"E0{_FIRST_CODE + number}": name for number, name in enumerate(_NAMES)}

# Wards of two councillors and of three.
RESIDENTS = (2, 3, 3, 3, 3.1, 3, 3, 2.1, 3, 2, 2.1, 3.1, 2, 3, 3, 2.1, 3.1, 3, 3, 2.1, 2.2, 2)

_WEIGHTS: dict[str, tuple[float, ...]] = {
    "violence":
        (3.2, 4.0, 4.1, 5.4, 11.6, 8.0, 5.0, 3.0, 2.2, 2.4, 3.1, 7.2, 3.0, 3.6, 1.9, 3.2, 8.2, 5.6, 4.0, 3.9, 5.2, 3.3),
    "domestic":
        (3.4, 4.2, 4.6, 5.6, 5.2, 5.4, 5.6, 3.6, 3.1, 3.2, 3.4, 8.2, 3.2, 3.3, 2.1, 2.3, 8.4, 5.8, 4.2, 4.6, 5.8, 3.4),
    "burglary":
        (7.3, 5.9, 5.0, 5.3, 8.2, 5.6, 5.4, 4.2, 2.3, 2.3, 3.8, 5.2, 3.7, 4.5, 3.4, 3.6, 4.8, 4.4, 8.0, 3.7, 3.8, 2.1),
    "vehicle":
        (4.8, 6.4, 5.6, 6.4, 5.8, 6.2, 5.4, 4.0, 3.2, 3.0, 4.2, 5.6, 3.8, 4.6, 3.0, 3.8, 5.2, 5.2, 6.0, 3.6, 3.8, 3.8),
    "theft":
        (3.2, 4.4, 3.6, 5.4, 17.5, 6.8, 4.2, 3.2, 2.2, 2.1, 3.0, 7.0, 3.6, 4.6, 1.9, 4.0, 5.2, 4.6, 5.0, 3.2, 4.4, 3.4),
    "disorder":
        (3.0, 5.8, 4.0, 6.2, 11.2, 6.6, 4.4, 2.7, 2.4, 2.3, 3.0, 7.4, 3.2, 3.4, 1.9, 3.4, 5.6, 6.4, 4.0, 4.0, 6.0, 3.3),
    "drugs":
        (2.8, 3.8, 4.0, 6.4, 12.0, 7.0, 4.0, 2.4, 2.2, 2.2, 2.8, 8.4, 2.8, 3.0, 1.8, 3.2, 8.0, 6.2, 3.4, 4.6, 7.0, 3.0),
}  # fmt: skip

_LIKE = {
    "sexual": "violence", "robbery": "theft", "shops": "theft", "break-in": "burglary", "damage": "disorder",
}  # fmt: skip

# (pattern or "all", ward) → year from which → how its weight is changed from then on.
_CHANGES: dict[tuple[str, str], dict[int, float]] = {
    ("all", "Roxbourne"): {2017: 1.12, 2018: 0.9},
    ("all", "Harrow on the Hill"): {2017: 0.84, 2018: 1.09, 2019: 1.0},
    ("burglary", "Rayners Lane"): {2018: 1.5, 2019: 1.2},
    ("burglary", "Pinner"): {2018: 1.3, 2019: 1.1},
    ("break-in", "Pinner"): {2017: 0.55, 2018: 1.6, 2019: 1.2},
    ("burglary", "Canons"): {2017: 1.2, 2018: 0.85},
    ("burglary", "Edgware"): {2017: 1.2, 2018: 0.85},
    ("burglary", "Harrow Weald"): {2017: 1.2, 2018: 0.85},
    ("drugs", "Harrow Weald"): {2018: 1.9, 2019: 1.5},
    ("domestic", "Stanmore"): {2018: 1.25},
    ("domestic", "Headstone"): {2018: 1.2},
    ("domestic", "Hatch End"): {2018: 0.8},
    # In 2022 and 2023 violence in Greenhill was 51 for every 1,000 residents, where the borough had 21, and
    # domestic abuse about 14 in three wards, where it had 8.
    ("violence", "Greenhill"): {2019: 1.2, 2021: 1.55},
    ("domestic", "Greenhill"): {2018: 1.25, 2021: 1.9},
    ("domestic", "Marlborough"): {2021: 1.2},
    ("domestic", "Wealdstone South"): {2021: 1.25},
}

PATTERNS = (*_WEIGHTS, *_LIKE)


def ward_chances(pattern: str) -> Numbers:
    """Chance of each ward, by year."""
    weights = np.tile(_WEIGHTS[_LIKE.get(pattern, pattern)], (len(YEARS), 1))
    for (changed, ward), factors in _CHANGES.items():
        if changed in ("all", pattern):
            for year, factor in factors.items():
                later = [other for other in factors if other > year]
                until = YEARS.index(min(later)) if later else len(YEARS)
                weights[YEARS.index(year) : until, _NAMES.index(ward)] *= factor
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
