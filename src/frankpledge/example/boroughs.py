"""London's boroughs in the example: how many live there, how much crime there is, and how each kind follows it.

Round figures, invented to be plausible. The City of London has no rows at all, so that it is missing.
"""

from __future__ import annotations

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.example.offences import (
    BUSINESS_BURGLARY,
    DISORDER,
    DOMESTIC_INJURY,
    FLAGGED,
    FROM_PERSON,
    HOME_BURGLARY,
    OTHER_INJURY,
    OTHER_SEXUAL,
    PERSONAL_ROBBERY,
    POSSESSION,
    RAPE,
    SHOPLIFTING,
    THEFT_FROM,
    THEFT_OF,
    TRAFFICKING,
    WITHOUT_INJURY,
)
from frankpledge.example.targets import LONDON

CITY = "E09000001"

# Code → thousands of residents and crimes for every 1,000 of them, about 2018.
SIZES: dict[str, tuple[float, float]] = {
    "E09000002": (211, 92), "E09000003": (388, 73), "E09000004": (247, 65), "E09000005": (329, 93),
    "E09000006": (330, 74), "E09000007": (254, 145), "E09000008": (385, 84), "E09000009": (343, 82),
    "E09000010": (333, 86), "E09000011": (284, 94), "E09000012": (276, 122), "E09000013": (184, 119),
    "E09000014": (271, 117), "E09000015": (249, 60), "E09000016": (256, 73), "E09000017": (302, 82),
    "E09000018": (270, 88), "E09000019": (236, 124), "E09000020": (156, 138), "E09000021": (175, 67),
    "E09000022": (325, 109), "E09000023": (302, 87), "E09000024": (206, 66.5), "E09000025": (348, 99),
    "E09000026": (303, 76), "E09000027": (196, 62.5), "E09000028": (315, 117), "E09000029": (203, 57.5),
    "E09000030": (308, 112), "E09000031": (276, 82), "E09000032": (324, 81), "E09000033": (246, 258),
}  # fmt: skip

# London beside 2018, by year from 2012; the change from 2021 to 2022 is the one printed for London.
TOTAL = (0.925, 0.875, 0.855, 0.885, 0.93, 1, 1, 1.085, 0.92, 0.945, 1.031, 1.055)
BURGLARY = (0.98, 0.92, 0.83, 0.77, 0.82, 1, 1, 0.86, 0.64, 0.56, 0.57, 0.56)
INJURY = (0.82, 0.82, 0.88, 0.93, 0.97, 1, 1, 1.0, 0.86, 0.93, 1.0, 0.99)

# Offence → London's rate for every 1,000 residents in 2018, and how strongly it follows a borough's crime
# as a whole: 0 not at all, 1 in step, above 1 it gathers where there is most.
RATES: dict[str, tuple[float, float]] = {
    DOMESTIC_INJURY: (2.6, 0.3),
    OTHER_INJURY: (5.9, 1.0),
    WITHOUT_INJURY: (14.0, 0.6),
    "crime/violence-and-sexual/violence/homicide": (0.015, 1.2),
    RAPE: (0.9, 0.5),
    OTHER_SEXUAL: (1.35, 0.7),
    HOME_BURGLARY: (7.6, 0.3),
    BUSINESS_BURGLARY: (2.6, 0.9),
    PERSONAL_ROBBERY: (3.5, 1.5),
    "crime/robbery/business": (0.25, 0.9),
    POSSESSION: (3.6, 1.1),
    TRAFFICKING: (0.4, 1.2),
    THEFT_FROM: (9.0, 0.4),
    THEFT_OF: (3.2, 0.4),
    "crime/vehicle/aggravated-taking": (0.1, 0.3),
    "crime/vehicle/interfering": (1.0, 0.5),
    "crime/damage/arson": (0.15, 0.5),
    "crime/damage/criminal-damage": (6.2, 0.6),
    "crime/public-order/fear-alarm-distress": (3.9, 0.9),
    "crime/public-order/aggravated-fear": (1.2, 0.9),
    "crime/public-order/other": (0.5, 0.9),
    "crime/public-order/violent-disorder": (0.02, 0.8),
    SHOPLIFTING: (5.0, 1.0),
    "crime/theft/other": (12.5, 1.6),
    FROM_PERSON: (4.8, 2.6),
    "crime/theft/bicycle": (2.0, 1.7),
    "crime/other/against-society": (1.0, 0.8),
    "crime/weapons": (0.7, 1.0),
    DISORDER: (27.0, 0.9),
    FLAGGED["domestic"]: (9.0, 0.2),
    FLAGGED["knife"]: (1.65, 1.2),
    FLAGGED["gun"]: (0.28, 1.1),
    FLAGGED["hate"]: (2.1, 1.1),
    FLAGGED["artifice"]: (0.16, 0.2),
    FLAGGED["aggravated"]: (0.09, 0.6),
}

_DRUGS = {POSSESSION, TRAFFICKING}


def special(code: str, path: str, year: int) -> float:
    """What the strategy of 2019 says of a neighbour in words: drug offences fell in Barnet and in Ealing."""
    if path in _DRUGS and code == "E09000003":
        return 0.95 if year < 2018 else 0.62
    if path in _DRUGS and code == "E09000009":
        return 1.2 if year < 2018 else 0.92
    return 1.0


def borough_names() -> dict[str, str]:
    """Code → name of London's boroughs, the City aside."""
    known = read_definition(PACKAGED / "areas.yaml").entries("authorities")
    in_london = {one.text("code"): one.text("name") for one in known if one.text("region", "") == LONDON}
    return {code: name for code, name in in_london.items() if code != CITY}
