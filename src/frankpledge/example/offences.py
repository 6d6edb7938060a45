"""The kinds of crime and disorder in the example, how each is patterned, and what cuts across them."""

from __future__ import annotations

VIOLENCE = "crime/violence-and-sexual/violence"
WITH_INJURY = f"{VIOLENCE}/with-injury"
DOMESTIC_INJURY, OTHER_INJURY = f"{WITH_INJURY}/domestic", f"{WITH_INJURY}/non-domestic"
WITHOUT_INJURY, HOMICIDE = f"{VIOLENCE}/without-injury", f"{VIOLENCE}/homicide"
RAPE, OTHER_SEXUAL = "crime/violence-and-sexual/sexual/rape", "crime/violence-and-sexual/sexual/other"
HOME_BURGLARY, BUSINESS_BURGLARY = "crime/burglary/residential", "crime/burglary/business"
PERSONAL_ROBBERY, BUSINESS_ROBBERY = "crime/robbery/personal", "crime/robbery/business"
POSSESSION, TRAFFICKING = "crime/drugs/possession", "crime/drugs/trafficking"
THEFT_FROM, THEFT_OF = "crime/vehicle/theft-from", "crime/vehicle/theft-of"
ARSON, CRIMINAL_DAMAGE = "crime/damage/arson", "crime/damage/criminal-damage"
FEAR, AGGRAVATED_FEAR = "crime/public-order/fear-alarm-distress", "crime/public-order/aggravated-fear"
SHOPLIFTING, OTHER_THEFT = "crime/theft/shoplifting", "crime/theft/other"
FROM_PERSON, BICYCLE = "crime/theft/from-person", "crime/theft/bicycle"
AGAINST_SOCIETY, WEAPONS = "crime/other/against-society", "crime/weapons"
DISORDER = "disorder/anti-social-behaviour"

# Offence → its pattern: when, where and by whom it is done.
PATTERNS = {
    DOMESTIC_INJURY: "domestic",
    OTHER_INJURY: "violence",
    WITHOUT_INJURY: "violence",
    HOMICIDE: "violence",
    RAPE: "sexual",
    OTHER_SEXUAL: "sexual",
    HOME_BURGLARY: "burglary",
    BUSINESS_BURGLARY: "break-in",
    PERSONAL_ROBBERY: "robbery",
    BUSINESS_ROBBERY: "robbery",
    POSSESSION: "drugs",
    TRAFFICKING: "drugs",
    THEFT_FROM: "vehicle",
    THEFT_OF: "vehicle",
    "crime/vehicle/aggravated-taking": "vehicle",
    "crime/vehicle/interfering": "vehicle",
    ARSON: "damage",
    CRIMINAL_DAMAGE: "damage",
    FEAR: "disorder",
    AGGRAVATED_FEAR: "disorder",
    "crime/public-order/other": "disorder",
    "crime/public-order/violent-disorder": "disorder",
    SHOPLIFTING: "shops",
    OTHER_THEFT: "theft",
    FROM_PERSON: "theft",
    BICYCLE: "theft",
    AGAINST_SOCIETY: "drugs",
    WEAPONS: "drugs",
    DISORDER: "disorder",
}

OFFENCES = tuple(PATTERNS)
NUMBER = {path: number for number, path in enumerate(OFFENCES)}

# Flag on a record → the path that tables of counts give it.
FLAGGED = {
    "domestic": "flagged/domestic-abuse",
    "knife": "flagged/knife-crime",
    "gun": "flagged/gun-crime",
    "hate": "flagged/hate-crime",
    "artifice": "flagged/artifice-burglary",
    "aggravated": "flagged/aggravated-burglary",
}


def below(path: str) -> tuple[str, ...]:
    """The example's offences at and below a place in the tree."""
    return tuple(one for one in OFFENCES if one == path or one.startswith(f"{path}/"))


# Flag → offences that can carry it, and how readily. A domestic assault with injury always is domestic
# abuse, so it is not drawn for.
CARRIERS: dict[str, dict[str, float]] = {
    "domestic": {WITHOUT_INJURY: 10, CRIMINAL_DAMAGE: 1, OTHER_SEXUAL: 1.2, RAPE: 2, FEAR: 0.8, OTHER_THEFT: 0.3},
    "knife-injury": {OTHER_INJURY: 1, HOMICIDE: 3},
    "knife-threat": {PERSONAL_ROBBERY: 6, BUSINESS_ROBBERY: 6, WITHOUT_INJURY: 1, RAPE: 0.3},
    "gun": {PERSONAL_ROBBERY: 2, BUSINESS_ROBBERY: 4, WITHOUT_INJURY: 1, CRIMINAL_DAMAGE: 0.6, OTHER_INJURY: 0.3},
    "hate": {AGGRAVATED_FEAR: 30, WITHOUT_INJURY: 1, OTHER_INJURY: 0.6, CRIMINAL_DAMAGE: 0.6, FEAR: 1},
    "artifice": {HOME_BURGLARY: 1},
    "aggravated": {HOME_BURGLARY: 1},
}
