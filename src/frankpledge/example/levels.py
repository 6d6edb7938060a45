"""How much of each crime Harrow's example has in a year, before it is fitted to what was printed.

Chosen by hand so that the years before 2017 and after 2018 lead into the printed ones without a jump, the
spring of 2020 is a dip, and 2022 and 2023 are near what the documents of 2023 print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frankpledge.example.offences import (
    AGAINST_SOCIETY,
    AGGRAVATED_FEAR,
    ARSON,
    BICYCLE,
    BUSINESS_BURGLARY,
    BUSINESS_ROBBERY,
    CRIMINAL_DAMAGE,
    DISORDER,
    DOMESTIC_INJURY,
    FEAR,
    FLAGGED,
    FROM_PERSON,
    HOME_BURGLARY,
    HOMICIDE,
    OFFENCES,
    OTHER_INJURY,
    OTHER_SEXUAL,
    OTHER_THEFT,
    PERSONAL_ROBBERY,
    POSSESSION,
    RAPE,
    SHOPLIFTING,
    THEFT_FROM,
    THEFT_OF,
    TRAFFICKING,
    WEAPONS,
    WITHOUT_INJURY,
    below,
)
from frankpledge.example.sharing import fit, near_with_change
from frankpledge.example.targets import HARROW, Targets
from frankpledge.example.timeline import YEARS, Numbers, between_knots

_AT = (2012, 2014, 2016, 2019, 2020, 2021, 2023)

_LEVELS = {
    DOMESTIC_INJURY: (330, 400, 470, 500, 510, 490, 540),
    OTHER_INJURY: (760, 800, 870, 1000, 860, 980, 1150),
    WITHOUT_INJURY: (1250, 1550, 2050, 2800, 3100, 3700, 3650),
    HOMICIDE: (2, 2, 3, 4, 3, 4, 6),
    RAPE: (70, 85, 110, 145, 140, 165, 170),
    OTHER_SEXUAL: (130, 160, 210, 225, 205, 290, 295),
    HOME_BURGLARY: (1820, 1500, 1744, 1850, 1180, 930, 880),
    BUSINESS_BURGLARY: (430, 360, 406, 400, 280, 210, 220),
    PERSONAL_ROBBERY: (420, 260, 240, 360, 300, 275, 370),
    BUSINESS_ROBBERY: (35, 22, 20, 30, 25, 20, 32),
    POSSESSION: (780, 610, 470, 640, 1080, 1000, 520),
    TRAFFICKING: (60, 55, 55, 75, 95, 110, 130),
    THEFT_FROM: (2100, 1950, 2250, 2900, 2350, 2350, 2200),
    THEFT_OF: (330, 290, 310, 560, 460, 560, 690),
    "crime/vehicle/aggravated-taking": (10, 9, 11, 14, 12, 13, 14),
    "crime/vehicle/interfering": (70, 75, 100, 190, 210, 260, 250),
    ARSON: (45, 38, 32, 30, 26, 28, 30),
    CRIMINAL_DAMAGE: (1080, 960, 940, 920, 900, 1020, 1040),
    FEAR: (300, 330, 400, 560, 760, 1000, 1000),
    AGGRAVATED_FEAR: (70, 100, 140, 165, 190, 205, 210),
    "crime/public-order/other": (40, 45, 55, 75, 90, 100, 110),
    "crime/public-order/violent-disorder": (1, 1, 2, 3, 2, 2, 2),
    SHOPLIFTING: (620, 610, 640, 760, 560, 700, 1150),
    OTHER_THEFT: (1750, 1450, 1300, 1520, 1250, 1600, 2050),
    FROM_PERSON: (260, 190, 180, 230, 130, 150, 240),
    BICYCLE: (110, 95, 80, 85, 90, 70, 60),
    AGAINST_SOCIETY: (110, 120, 140, 180, 190, 210, 220),
    WEAPONS: (85, 75, 85, 120, 125, 132, 122),
    DISORDER: (6600, 5400, 5000, 5000, 8100, 6300, 4700),
}

_FLAGGED = {
    FLAGGED["domestic"]: (1150, 1400, 1650, 2050, 2230, 2150, 2200),
    FLAGGED["knife"]: (190, 150, 195, 265, 200, 166, 285),
    FLAGGED["gun"]: (30, 24, 33, 33, 30, 33, 36),
    FLAGGED["hate"]: (130, 190, 290, 350, 400, 420, 425),
    FLAGGED["artifice"]: (60, 45, 38, 15, 10, 12, 11),
    # From a low base upwards, says the strategy of 2019; it prints no numbers.
    FLAGGED["aggravated"]: (14, 10, 7, 31, 22, 18, 20),
}

Sum = tuple[tuple[str, ...], int]
"""Offences, and what they come to between them."""

# Sums that documents print, inner ones first.
_SUMS = (
    "crime/burglary",
    "crime/drugs",
    "crime/robbery",
    "crime/violence-and-sexual/sexual",
    "crime/violence-and-sexual/violence/with-injury",
    "crime",
)


def harrow_flagged(targets: Targets) -> dict[str, list[int]]:
    """Path of what is flagged → count in each year."""
    return {path: _series(targets, path, _FLAGGED[path]) for path in FLAGGED.values()}


def _series(targets: Targets, path: str, levels: Sequence[float]) -> list[int]:
    """Levels by year, with the printed counts and the printed change from 2021 to 2022 put in."""
    counts = [round(level) for level in between_knots(dict(zip(_AT, levels, strict=True)))]
    if path in targets.changes[HARROW]:
        start = YEARS.index(2021)
        counts[start : start + 2] = near_with_change(counts[start], targets.changes[HARROW][path])
    return [targets.of(HARROW, path, year) or count for year, count in zip(YEARS, counts, strict=True)]


def harrow_offences(targets: Targets) -> dict[str, list[int]]:
    """Offence → count in each year, printed sums exact."""
    levels = {path: between_knots(dict(zip(_AT, _LEVELS[path], strict=True))) for path in OFFENCES}
    domestic = dict(zip(YEARS, harrow_flagged(targets)[FLAGGED["domestic"]], strict=True))
    years = []
    for number, year in enumerate(YEARS):
        of_year = {path: max(float(levels[path][number]), 1.0) for path in OFFENCES}
        if year in (2021, 2022):
            sums = _changed(targets, levels, year)
        else:
            sums = _printed(targets, of_year, year, domestic[year])
        years.append(fit(of_year, sums))
    return {path: [counts[path] for counts in years] for path in OFFENCES}


def _printed(targets: Targets, levels: dict[str, float], year: int, domestic: int) -> list[Sum]:
    """Sums that the strategy of 2019 prints of a year, and shares as the counts they come to."""
    sums: list[Sum] = [((path,), count) for path in OFFENCES if (count := targets.of(HARROW, path, year)) is not None]
    injured = targets.shares.get(("domestic-abuse-with-injury", str(year)))
    if injured:
        sums.append(((DOMESTIC_INJURY,), round(domestic * injured / 100)))
    burglary = targets.of(HARROW, "crime/burglary", year)
    business = targets.shares.get(("business-and-community-burglary", str(year)))
    if business:
        whole = burglary or round(levels[HOME_BURGLARY] + levels[BUSINESS_BURGLARY])
        sums += [((BUSINESS_BURGLARY,), round(whole * business / 100)), (below("crime/burglary"), whole)]
    sums += [
        (below(path), count)
        for path in _SUMS
        if (count := targets.of(HARROW, path, year)) is not None and not (business and path == "crime/burglary")
    ]
    return sums


def _changed(targets: Targets, levels: Mapping[str, Numbers], year: int) -> list[Sum]:
    """Sums of 2021 or 2022 that differ by the changes the strategy of 2023 prints."""
    changes = targets.changes[HARROW]
    sums: list[Sum] = []
    for path in (path for path in (*OFFENCES, *_SUMS) if path in changes):
        near = round(sum(float(levels[one][YEARS.index(2021)]) for one in below(path)))
        sums.append((below(path), near_with_change(near, changes[path])[year - 2021]))
    return sums
