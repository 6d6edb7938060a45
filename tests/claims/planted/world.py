"""An invented borough, its neighbours, and all that is counted there: every figure of a document is taken from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.claims.planted.figures import Style, style
from tests.claims.planted.periods import Period, PeriodStyle, latest_period, period_style
from tests.claims.planted.topics import OWN_SPLITS, SPLITS, TOPICS, Split, Topic

_FIRSTS = """West East North South Under Over High Low Long Broad Black White Grey Fair Mere Thorn Ash Oak Elm Holm
Raven Marl Wick Brack Hazel Copper Salt Fen Wold Hal Kes Dun Ems Pell Quarn Tarn Corn Mill Stone Yarrow Cinder Larch"""
_FIRST = _FIRSTS.split()
_LAST = ("march", "reach", "sedge", "garth", "spire", "gale")
_KINDS = (
    [("Borough", "borough")] * 4 + [("District", "district")] * 2 + [("City", "city"), ("County Borough", "borough")]
)
WAVE_TOPICS = (
    "feeling safe outside after dark",
    "confidence in the local police",
    "satisfaction with the local area as a place to live",
    "knowing how to contact the neighbourhood team",
    "feeling informed about local policing",
    "agreeing that people from different backgrounds get on well",
    "trusting the council to act on reports",
    "feeling safe on public transport",
)


@dataclass(frozen=True)
class Area:
    """A place with people."""

    name: str
    population: int


@dataclass(frozen=True)
class Series:
    """What is counted of one topic.

    Attributes
    ----------
    counts
        By area, one for each of four years, the latest last.
    months
        The borough's months in the last two years; empty where they are too few to tell.
    split, parts
        A way the borough's latest count falls apart, and into what.
    positive
        Of the borough's counts of the last two years, those with a positive outcome.
    per
        What its rate is told for.
    """

    topic: Topic
    counts: dict[str, tuple[int, ...]]
    months: tuple[tuple[int, ...], ...]
    split: Split
    parts: tuple[int, ...]
    positive: tuple[int, int]
    per: int


@dataclass(frozen=True)
class Survey:
    """A question with one answer each, and a measure asked twice of different bases."""

    name: str
    question: str
    base: int
    answers: tuple[tuple[str, int], ...]
    measures: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class World:
    """All of it."""

    kind: str
    council: str
    borough: Area
    neighbours: tuple[Area, ...]
    region: Area
    periods: tuple[Period, ...]
    says: PeriodStyle
    dated: date
    style: Style
    series: tuple[Series, ...]
    survey: Survey
    ages: tuple[tuple[str, int], ...]
    ethnicities: tuple[tuple[str, int], ...]
    women: int
    households: int
    budget: tuple[tuple[str, int, int], ...]
    wards: int

    @property
    def areas(self) -> tuple[Area, ...]:
        """The borough and its neighbours."""
        return (self.borough, *self.neighbours)

    def population(self, name: str) -> int:
        """People of an area, by its name."""
        return {one.name: one.population for one in (*self.areas, self.region)}[name]


def spread(rng: Random, total: int, weights: list[float]) -> tuple[int, ...]:
    """A total cut into whole parts by weight, each weight shaken a little; every part is at least one."""
    shaken = [weight * rng.uniform(0.75, 1.25) for weight in weights]
    parts = [max(1, int(total * weight / sum(shaken))) for weight in shaken]
    largest = max(range(len(parts)), key=parts.__getitem__)
    parts[largest] += total - sum(parts)
    return tuple(parts)


def _names(rng: Random, count: int) -> list[str]:
    """Names that no place has, no two with one beginning; some of several words."""
    found: list[str] = []
    while len(found) < count:
        name = rng.choice(_FIRST) + rng.choice(_LAST)
        if all(name[:3] != other[:3] for other in found):
            found.append(name)
    forms = ["{}", "{}", "{}", "{}", "{}", "{}-on-Ems", "Great {}", "{} Vale", "{} and Larkmoor"]
    return [found[0], *(rng.choice(forms).format(name) for name in found[1:-1]), found[-1]]


def _population(rng: Random) -> int:
    people = rng.randint(70_000, 380_000)
    return round(people, -2) if rng.random() < 0.5 else people


def _history(rng: Random, level: float) -> tuple[int, ...]:
    """Four counts, each at least three and three per cent from the one before."""
    counts = [max(5, round(level * rng.uniform(0.8, 1.2)))]
    while len(counts) < 4:
        jumps = rng.random() < (0.15 if counts[-1] < 150 else 0.06)
        factor = rng.choice([1.6, 2.1, 0.48]) if jumps else rng.gauss(1.01, 0.1)
        new = max(4, round(counts[-1] * factor))
        if abs(new - counts[-1]) >= max(3, 0.03 * counts[-1]):
            counts.append(new)
    return tuple(counts)


def _apart(counts: dict[str, tuple[int, ...]], people: dict[str, int]) -> bool:
    """Whether areas are told apart by count and rate in both of the last two years, and by change of rate."""
    for value in (
        lambda name: counts[name][3] / people[name],
        lambda name: counts[name][2] / people[name],
        lambda name: float(counts[name][3]),
        lambda name: float(counts[name][2]),
    ):
        sizes = sorted(value(name) for name in counts)
        if any(high < low * 1.04 for low, high in zip(sizes, sizes[1:], strict=False)):
            return False
    return True


def _between(counts: dict[str, tuple[int, ...]], people: dict[str, int], region: str) -> bool:
    """Whether the region’s rate lies between those of its areas, as an average does."""
    for year in (2, 3):
        own = [counts[name][year] / people[name] for name in counts if name != region]
        if not min(own) < counts[region][year] / people[region] < max(own):
            return False
    return True


def _series(rng: Random, topic: Topic, areas: list[Area]) -> Series:
    people = {one.name: one.population for one in areas}
    while True:
        own = {one.name: topic.rate * rng.lognormvariate(0, 0.35) * one.population / 1000 for one in areas}
        counts = {name: _history(rng, level) for name, level in own.items()}
        if _apart(counts, people) and _between(counts, people, areas[-1].name):
            break
    borough = counts[areas[0].name]
    weights = [rng.uniform(0.6, 1.4) for _ in range(12)]
    months = tuple(spread(rng, borough[year], weights) for year in (2, 3)) if min(borough[2:]) > 150 else ()
    names = [*topic.splits, *([OWN_SPLITS[topic.key]] * 3 if topic.key in OWN_SPLITS else [])]
    split = SPLITS[rng.choice(names)]
    parts = spread(rng, borough[3], [rng.uniform(0.12, 1) for _ in split.parts])
    positive = tuple(max(2, round(borough[year] * rng.uniform(0.06, 0.3))) for year in (2, 3))
    per = 1000 if topic.rate >= 1 else rng.choice([1000, 10_000, 100_000] if topic.rate > 0.4 else [10_000, 100_000])
    return Series(topic, counts, months, split, parts, (positive[0], positive[1]), per)


_ANSWERS = (
    (
        "How safe do you feel when outside in your area after dark?",
        ("Very safe", "Fairly safe", "Neither safe nor unsafe", "Fairly unsafe", "Very unsafe", "Don’t know"),
    ),
    (
        "How much of a problem is anti-social behaviour where you live?",
        ("A very big problem", "A fairly big problem", "Not a very big problem", "Not a problem at all", "Don’t know"),
    ),
    (
        "How satisfied are you with the way the council deals with crime?",
        ("Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied"),
    ),
    (
        "Did you report the last incident you saw?",
        ("Yes, to the police", "Yes, to the council", "No", "Can’t remember"),
    ),
    ("Do you agree that the police treat everyone fairly?", ("Agree", "Neither agree nor disagree", "Disagree")),
)
_SURVEYS = (
    "Residents’ Survey",
    "Feeling Safe survey",
    "Budget and Priorities consultation",
    "Your Say panel",
    "People’s Panel",
)
_STRANDS = (
    "Domestic abuse services",
    "CCTV and monitoring",
    "Youth outreach",
    "Substance misuse treatment",
    "Neighbourhood wardens",
    "Victim support",
    "Target hardening",
    "Detached youth work",
    "Reducing reoffending",
    "Community grants",
)


def _survey(rng: Random) -> Survey:
    question, labels = rng.choice(_ANSWERS)
    base = rng.randint(180, 2400)
    counts = spread(rng, base, [rng.uniform(0.2, 1) for _ in labels])
    measures = []
    for name in rng.sample(WAVE_TOPICS, 4):
        before = rng.randint(20, 82) + rng.choice([0, 0, 0.4, 0.7])
        move = rng.choice([-1, 1]) * rng.randint(3, 14)
        measures.append((name, before, before + move))
    return Survey(rng.choice(_SURVEYS), question, base, tuple(zip(labels, counts, strict=True)), tuple(measures))


def _budget(rng: Random) -> tuple[tuple[str, int, int], ...]:
    step = rng.choice([1000, 10_000, 10_000, 100_000, 250])
    rows = []
    for name in rng.sample(_STRANDS, rng.randint(3, 6)):
        last = rng.randint(4, 90) * step
        move = rng.choice([-3, -2, -1, 1, 2, 4]) * step
        rows.append((name, last, max(step, last + move)))
    return tuple(rows)


def world(rng: Random) -> World:
    """A world at random."""
    kind, word = rng.choice(_KINDS)
    names = _names(rng, 1 + rng.randint(3, 6) + 1)
    areas = [Area(name, _population(rng)) for name in names[:-1]]
    region = Area(names[-1] + rng.choice(["shire", " region", " and the Vale"]), rng.randint(9, 60) * 100_000)
    latest, dated = latest_period(rng)
    topics = rng.sample(TOPICS, rng.randint(4, 6))
    people = areas[0].population
    bands = ("0 to 15", "16 to 24", "25 to 44", "45 to 64", "65 and over")
    groups = (
        "White",
        "Asian or Asian British",
        "Black, Black British, Caribbean or African",
        "Mixed or multiple",
        "Other",
    )
    return World(
        kind=word,
        council=f"{areas[0].name} {'Council' if rng.random() < 0.5 else kind + ' Council'}",
        borough=areas[0],
        neighbours=tuple(areas[1:]),
        region=region,
        periods=tuple(latest.before(years) for years in (3, 2, 1, 0)),
        says=period_style(rng, latest.kind),
        dated=dated,
        style=style(rng),
        series=tuple(_series(rng, topic, [*areas, region]) for topic in topics),
        survey=_survey(rng),
        ages=tuple(zip(bands, spread(rng, people, [20, 11, 27, 25, 17]), strict=True)),
        ethnicities=tuple(zip(groups, spread(rng, people, [rng.uniform(40, 85), 18, 9, 4, 3]), strict=True)),
        women=round(people * rng.uniform(0.503, 0.515)),
        households=round(people / rng.uniform(2.2, 2.8)),
        budget=_budget(rng),
        wards=rng.randint(15, 28),
    )
