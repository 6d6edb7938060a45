"""What documents count, how they call it, and how it is split."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Something counted.

    Attributes
    ----------
    theme
        Its name as a singular: “knife crime”.
    things
        What is counted, as a plural: “knife crime offences”.
    unit
        One word for them: “offences”.
    seen
        “recorded”, “reported”, “received”.
    rate
        Usual number a year for each 1,000 people.
    splits
        Names of the ways it is split, in SPLITS.
    """

    key: str
    theme: str
    things: str
    unit: str
    seen: str
    rate: float
    group: str
    splits: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Ways that one thing falls apart: label for tables, predicate for sentences (“led to a charge”)."""

    title: str
    parts: tuple[tuple[str, str], ...]


_VICTIM = ("victim_age", "victim_sex", "time", "place", "outcome")
_PLACE = ("time", "place", "outcome")


def _topic(line: str, group: str, splits: tuple[str, ...]) -> Topic:
    key, theme, things, unit, seen, rate = (part.strip() for part in line.split("|"))
    return Topic(key, theme, things, unit, seen, float(rate), group, splits)


_CRIME = """\
burglary | residential burglary | residential burglaries | offences | recorded | 6
tfmv | theft from motor vehicles | thefts from motor vehicles | thefts | recorded | 8
tomv | theft of motor vehicles | thefts of motor vehicles | thefts | recorded | 2.4
robbery | robbery | robberies | offences | recorded | 1.9
knife | knife crime | knife crime offences | offences | recorded | 0.9
gun | gun crime | gun crime offences | offences | recorded | 0.16
vwi | violence with injury | offences of violence with injury | offences | recorded | 7
sexual | sexual offending | sexual offences | offences | recorded | 2
shoplifting | shoplifting | shoplifting offences | offences | reported | 5
cycle | bicycle theft | bicycle thefts | thefts | reported | 1.2
damage | criminal damage | criminal damage offences | offences | recorded | 6
hate | hate crime | hate crimes | offences | recorded | 1.6
domestic | domestic abuse | domestic abuse offences | offences | recorded | 9
stalking | stalking and harassment | stalking and harassment offences | offences | recorded | 5
order | public order offending | public order offences | offences | recorded | 5
person | theft from the person | thefts from the person | thefts | reported | 1.5
distraction | distraction burglary | distraction burglaries | offences | reported | 0.09
weapons | weapons possession | weapons possession offences | offences | recorded | 0.6
"""
_NUISANCE = """\
asb | anti-social behaviour | calls about anti-social behaviour | calls | received | 20
noise | noise nuisance | noise complaints | complaints | received | 9
tipping | fly-tipping | fly-tipping incidents | incidents | reported | 22
fires | deliberate fire-setting | deliberate fires | fires | recorded | 0.5
vehicles | vehicle nuisance | reports of vehicle nuisance | reports | received | 2.2
graffiti | graffiti | graffiti reports | reports | received | 1.7
homeless | homelessness | homelessness applications | applications | received | 6
"""
_YOUTH = """\
entrants | first-time entry to the youth justice system | first-time entrants | young people | identified | 0.3
syv | serious youth violence | victims of serious youth violence | victims | recorded | 0.6
missing | going missing from home or care | missing episodes | episodes | reported | 1.5
exclusion | permanent exclusion | permanent exclusions | exclusions | recorded | 0.25
exploitation | child exploitation | child exploitation referrals | referrals | received | 0.4
nrm | modern slavery | modern slavery referrals | referrals | received | 0.1
"""
_HEALTH = """\
alcohol | alcohol-related admission | alcohol-related hospital admissions | admissions | recorded | 5
assault | attendance at A&E for assault | A&E attendances for assault | attendances | recorded | 1.8
harm | admission for self-harm | hospital admissions for self-harm | admissions | recorded | 1.6
ambulance | ambulance demand from assaults | ambulance call-outs to assaults | call-outs | recorded | 1.2
marac | high-risk domestic abuse | cases heard by the MARAC | cases | heard | 1.6
adults | adult safeguarding activity | adult safeguarding concerns | concerns | raised | 8
overdose | overdose | non-fatal overdoses | overdoses | recorded | 0.7
"""


def _read(text: str, group: str, splits: tuple[str, ...]) -> tuple[Topic, ...]:
    return tuple(_topic(line, group, splits) for line in text.splitlines())


TOPICS: tuple[Topic, ...] = (
    *_read(_CRIME, "crime", _VICTIM),
    *_read(_NUISANCE, "nuisance", ("time", "source", "area_of_borough")),
    *_read(_YOUTH, "youth", ("young_age", "young_sex", "source")),
    *_read(_HEALTH, "health", ("adult_age", "young_sex", "quintile")),
)
OWN_SPLITS = {"hate": "strand", "asb": "nuisance", "tipping": "land", "burglary": "entry", "tfmv": "stolen"}

SPLITS: dict[str, Split] = {
    "victim_age": Split(
        "Age of victim",
        (
            ("Under 18", "had a victim aged under 18"),
            ("18 to 24", "had a victim aged 18 to 24"),
            ("25 to 44", "had a victim aged 25 to 44"),
            ("45 to 64", "had a victim aged 45 to 64"),
            ("65 and over", "had a victim aged 65 or over"),
        ),
    ),
    "victim_sex": Split(
        "Sex of victim",
        (
            ("Female", "had a female victim"),
            ("Male", "had a male victim"),
            ("Not recorded", "had no sex recorded for the victim"),
        ),
    ),
    "time": Split(
        "Time of day",
        (
            ("6am to noon", "took place between 6am and noon"),
            ("Noon to 6pm", "took place between noon and 6pm"),
            ("6pm to midnight", "took place between 6pm and midnight"),
            ("Midnight to 6am", "took place between midnight and 6am"),
        ),
    ),
    "place": Split(
        "Location",
        (
            ("Town centre", "were in the town centre"),
            ("Residential streets", "were in residential streets"),
            ("Parks and open spaces", "were in parks and open spaces"),
            ("Public transport", "were on or near public transport"),
            ("Elsewhere", "were elsewhere"),
        ),
    ),
    "outcome": Split(
        "Outcome",
        (
            ("Charged or summonsed", "led to a charge or summons"),
            ("Out-of-court resolution", "were dealt with out of court"),
            ("Evidential difficulties", "were closed because of evidential difficulties"),
            ("No suspect identified", "were closed with no suspect identified"),
        ),
    ),
    "source": Split(
        "Source",
        (
            ("Police", "came from the police"),
            ("Schools", "came from schools"),
            ("Health services", "came from health services"),
            ("Families and the public", "came from families or the public"),
            ("Other council teams", "came from other council teams"),
        ),
    ),
    "area_of_borough": Split(
        "Locality",
        (
            ("North locality", "were in the North locality"),
            ("Central locality", "were in the Central locality"),
            ("South locality", "were in the South locality"),
        ),
    ),
    "young_age": Split(
        "Age",
        (
            ("10 to 12", "concerned children aged 10 to 12"),
            ("13 to 15", "concerned children aged 13 to 15"),
            ("16 and 17", "concerned young people aged 16 or 17"),
        ),
    ),
    "young_sex": Split(
        "Sex",
        (
            ("Male", "concerned men or boys"),
            ("Female", "concerned women or girls"),
        ),
    ),
    "adult_age": Split(
        "Age band",
        (
            ("18–34", "concerned adults aged 18 to 34"),
            ("35–49", "concerned adults aged 35 to 49"),
            ("50–64", "concerned adults aged 50 to 64"),
            ("65+", "concerned adults aged 65 and over"),
        ),
    ),
    "quintile": Split(
        "Deprivation quintile",
        (
            ("Most deprived", "were of people from the most deprived fifth of neighbourhoods"),
            ("Second", "were of people from the second quintile"),
            ("Third", "were of people from the middle quintile"),
            ("Fourth", "were of people from the fourth quintile"),
            ("Least deprived", "were of people from the least deprived fifth"),
        ),
    ),
    "strand": Split(
        "Strand",
        (
            ("Race", "were motivated by race"),
            ("Religion or faith", "were motivated by religion or faith"),
            ("Sexual orientation", "were homophobic or biphobic"),
            ("Disability", "were motivated by disability"),
            ("Transgender identity", "were transphobic"),
        ),
    ),
    "nuisance": Split(
        "Type",
        (
            ("Nuisance", "were classed as nuisance"),
            ("Personal", "were classed as personal"),
            ("Environmental", "were classed as environmental"),
        ),
    ),
    "land": Split(
        "Land type",
        (
            ("Highway", "were on the highway"),
            ("Footpath or bridleway", "were on footpaths or bridleways"),
            ("Council land", "were on council land"),
            ("Back alleyway", "were in back alleyways"),
            ("Private and other land", "were on private or other land"),
        ),
    ),
    "entry": Split(
        "Point of entry",
        (
            ("Front door", "were through the front door"),
            ("Rear door or window", "were through a rear door or window"),
            ("Outbuilding only", "were of an outbuilding only"),
            ("Not known", "had no point of entry recorded"),
        ),
    ),
    "stolen": Split(
        "Property taken",
        (
            ("Tools", "were of tools"),
            ("Number plates", "were of number plates"),
            ("Catalytic converters", "were of catalytic converters"),
            ("Bags and electrical goods", "were of bags or electrical goods"),
        ),
    ),
}
