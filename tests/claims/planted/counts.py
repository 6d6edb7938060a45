"""Sentences that tell a count, a population or an average once more, exactly or about: the same as elsewhere."""

from __future__ import annotations

from tests.claims.planted.changes import words_of
from tests.claims.planted.figures import about_count
from tests.claims.planted.model import Claim, Relation, Statement, Token
from tests.claims.planted.rates import per_token, rate_claim
from tests.claims.planted.telling import Slots, Teller, count_key, people_key, rate_key, rate_of
from tests.claims.planted.totals import joined, with_list
from tests.claims.planted.world import Series

COUNTS: tuple[str, ...] = (
    "There were {count} {things} in {area} in {p}.",
    "In {p}, {count} {things} were {seen}.",
    "{area} recorded {count} {things} [in|during] {p}.",
    "{about} {things} were {seen} in {p}.",
    "[Partners|Services] dealt with {count} {things} in {p}[|, in very different circumstances].",
    "The total for {p} was {count}[| {unit}].",
    "[Altogether|In all|In total] there were {about} {unit} in {p}.",
    "{count} {unit} were {seen} in {p}[, not all of them involving people who live here|].",
    "{p}: {count} {unit}.",
    "Behind the {count} {things} of {p} are [people|victims] who [deserve|expect] a response.",
    "The {area} total was {count} in {p}.",
    "[It is estimated that|We know of] {about} {things} in {p}, and more that were never reported.",
    "{p} closed with {count} {things} {seen}.",
    "A figure of {count} {unit} was reported to the Board for {p}.",
)

OTHER_AREAS: tuple[str, ...] = (
    "{name} recorded {count} {things} in {p}.",
    "In {name} there were {count} {unit} in {p}.",
    "By comparison, {name} had {count} {things} in {p}.",
    "Next door in {name} the figure for {p} was {count}.",
    "{name}, with a population of {people}, had {count} {unit} in {p}.",
    "{about} {things} were {seen} in {name} in {p}.",
)

POPULATIONS: tuple[str, ...] = (
    "Rates in this report are based on populations of {list}.",
    "[The latest estimates|Mid-year estimates] give {list}.",
    "Populations used throughout are: {list}.",
    "The areas compared are {list} by population.",
    "For [rates|the purpose of comparison] we have used {list}.",
)

BOROUGH: tuple[str, ...] = (
    "{area} is home to {people} people.",
    "{area} has {people} residents[| in {households} households].",
    "The population of {area} is {people}.",
    "{about} people live in {area}.",
    "An estimated {people} people live in the {kind}.",
    "{area} has {about} residents, and {households} households.",
    "With {people} residents, {area} is [a medium-sized {kind}|one of several places of its kind in {region}].",
    "The {kind} has a population of {people}, living in {households} households[| and {wards} wards].",
)


def tell_count(teller: Teller, series: Series) -> Statement:
    """The borough's count of the latest year or the one before; or that of a neighbour."""
    world = teller.world
    year = teller.rng.choice([3, 3, 3, 2])
    other = teller.chance(0.25)
    name = teller.rng.choice(world.neighbours).name if other else world.borough.name
    label = teller.period(year)
    count = series.counts[name][year]
    slots: dict[str, Token | str] = {
        **words_of(teller, series),
        "area": name,
        "name": name,
        "p": label,
        "count": teller.count(count, count_key(series, name, year), label),
        "people": teller.numeral(world.population(name), people_key(name)),
    }
    if about := about_count(teller.rng, count, teller.style):
        slots["about"] = Token(about, count_key(series, name, year), count, label)
    return teller.statement(teller.pick(OTHER_AREAS if other else COUNTS, slots), slots)


def tell_again(teller: Teller, series: Series) -> Statement:
    """A neighbour's rate and count, as the table has them."""
    world = teller.world
    name = teller.rng.choice(world.neighbours).name
    rate = teller.rate(rate_of(world, series, name, 3), rate_key(series, name, 3))
    per = per_token(teller, series)
    count = teller.count(series.counts[name][3], count_key(series, name, 3))
    slots = {**words_of(teller, series), "name": name, "rate": rate, "per": per, "count": count, "p": teller.period(3)}
    templates = (
        "{name} had a rate of {rate} per {per}.",
        "In {name} the rate was {rate} {unit} per {per} residents.",
        "The comparable figure for {name} is {rate} per {per} population ({count} {unit}).",
        "{name} stands at {rate} per {per}.",
        "{count} {unit} in {name} make a rate there of {rate} per {per} people.",
    )

    def claims(used: Slots) -> list[Claim]:
        found = rate_claim(series, name, 3, per, rate, used)
        assert found.relation is Relation.RATE
        return [found]

    return teller.statement(teller.pick(templates, slots), slots, claims)


def tell_borough(teller: Teller) -> Statement:
    """How many live in the borough."""
    world = teller.world
    people, key = world.borough.population, people_key(world.borough.name)
    slots: dict[str, Token | str] = {
        "area": world.borough.name,
        "kind": world.kind,
        "region": world.region.name,
        "wards": str(world.wards),
        "people": teller.numeral(people, key),
        "households": teller.numeral(world.households, "households"),
    }
    if about := about_count(teller.rng, people, teller.style):
        slots["about"] = Token(about, key, people)
    return teller.statement(teller.pick(BOROUGH, slots), slots)


def tell_populations(teller: Teller) -> Statement:
    """How many live in every area compared."""
    areas = (*teller.world.areas, teller.world.region)
    tokens = [teller.numeral(one.population, people_key(one.name)) for one in areas]
    form = teller.rng.choice(["{label} (#)", "# for {label}", "# in {label}", "{label} #"])
    listed = joined(tokens, [one.name for one in areas], form)
    return Statement(with_list(teller.expand(teller.pick(POPULATIONS)), {}, listed))
