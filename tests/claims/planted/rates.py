"""Sentences that tell rates: of a count to people, for so many."""

from __future__ import annotations

from tests.claims.planted.changes import DIRECTIONS, figures_of, tell_change, words_of
from tests.claims.planted.figures import number
from tests.claims.planted.model import Claim, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim, count_key, fill, people_key, rate_key, rate_of
from tests.claims.planted.world import Series

RATES: tuple[str, ...] = (
    "{area} had a rate of {rate} {things} per {per} population in {p}.",
    "The rate was {rate} {unit} per {per} people[| in {p}].",
    "There were {count} {things} in {area} in {p}, [or|equivalent to|a rate of] {rate} per {per} residents.",
    "With {count} {unit} and a population of {people}, {area} has a rate of {rate} per {per}.",
    "{count} {unit} among {people} residents gives a rate of {rate} per {per}.",
    "For every {per} people living in {area} there were {rate} {things} in {p}.",
    "When this is divided by the population of {area} ({people}), the rate is {rate} {unit} per {per} population.",
    "The {area} rate for {p} stands at {rate} per {per} ({count} {unit}).",
    "In {p} {area} recorded {rate} {things} per {per} population.",
    "At {rate} per {per} residents, the rate of {theme} in {area} is [kept under review|reported monthly to"
    " the Board].",
    "[Per head, this|This] equates to {rate} {unit} for every {per} residents (n = {count}).",
    "Rate per {per} population: {rate} ({count} {unit}, mid-year population {people}).",
    "{things} in {area} ran at {rate} per {per} population (95% CI {low} to {high}).",
    "{area}: {count} {things}, {rate} per {per} population.",
    "The crude rate of {things} was {rate} per {per} ({count} out of a population of {people}).",
)

BESIDE: tuple[str, ...] = (
    "The rate of {things} was {rate} per {per} in {area}, against {orate} in {other}.",
    "{other} recorded {ocount} {things} ({orate} per {per}); {area} recorded {count} ({rate} per {per}).",
    "Our rate of {rate} per {per} compares with {orate} in {other} and {rrate} across {region}.",
    "Across {region} the rate was {rrate} per {per} population ({rcount} {unit}); in {area} it was {rate}.",
    "{area} has {rate} {things} for every {per} residents, {other} {orate} and {region} {rrate}.",
    "With {ocount} {unit} and {opeople} people, {other} has a rate of {orate} per {per}; {area} has {rate}.",
)


def _area_slots(teller: Teller, series: Series, area: str, year: int) -> dict[str, Token | str]:
    world = teller.world
    label = teller.period(year)
    return {
        "area": area,
        "count": teller.count(series.counts[area][year], count_key(series, area, year), label),
        "people": teller.numeral(world.population(area), people_key(area)),
        "rate": teller.rate(rate_of(world, series, area, year), rate_key(series, area, year)),
        "p": label,
    }


def _interval(rate: float, count: int) -> tuple[str, str]:
    """Limits of a rate, wide enough and never at it."""
    half = 1.96 * rate / max(count, 1) ** 0.5
    return number(max(rate - half, rate * 0.3), 2), number(rate + half, 2)


def rate_claim(series: Series, area: str, year: int, per: Token, rate: Token, used: Slots, prefix: str = "") -> Claim:
    """What a rate states of count and people, here or elsewhere in the document."""
    count = used.get(f"{prefix}count", count_key(series, area, year))
    people = used.get(f"{prefix}people", people_key(area))
    return claim(Relation.RATE, count=count, people=people, per=per, rate=rate)


def _names(teller: Teller, series: Series, per: Token) -> dict[str, Token | str]:
    topic = series.topic
    return {
        "things": topic.things,
        "theme": topic.theme,
        "unit": topic.unit,
        "per": per,
        "region": teller.world.region.name,
    }


def per_token(teller: Teller, series: Series) -> Token:
    """What the rate is for, as printed: “1,000”, “1000”, “100,000”."""
    text = number(series.per, 0, "," if series.per > 1000 else teller.rng.choice([",", ",", ""]))
    return Token(text, value=series.per)


def tell_rate(teller: Teller, series: Series) -> Statement:
    """The borough's rate in the latest year."""
    area = teller.world.borough.name
    slots = {**_names(teller, series, per := per_token(teller, series)), **_area_slots(teller, series, area, 3)}
    rate = slots["rate"]
    assert isinstance(rate, Token)
    low, high = _interval(rate.value, series.counts[area][3])
    slots |= {"low": low, "high": high}
    template = teller.pick(RATES, slots)
    return teller.statement(template, slots, lambda used: [rate_claim(series, area, 3, per, rate, used)])


def tell_beside(teller: Teller, series: Series) -> Statement:
    """The borough's rate beside those of a neighbour and of the region."""
    world = teller.world
    other = teller.rng.choice(world.neighbours).name
    per = per_token(teller, series)
    slots = {**_names(teller, series, per), **_area_slots(teller, series, world.borough.name, 3)}
    for prefix, name in (("o", other), ("r", world.region.name)):
        made = _area_slots(teller, series, name, 3)
        slots |= {f"{prefix}{key}": made[key] for key in ("count", "people", "rate")}
    slots["other"] = other

    def claims(used: Slots) -> list[Claim]:
        found = []
        for prefix, name in (("", world.borough.name), ("o", other), ("r", world.region.name)):
            rate = used.get(f"{prefix}rate")
            if isinstance(rate, Token):
                found.append(rate_claim(series, name, 3, per, rate, used, prefix))
        return found

    return teller.statement(teller.pick(BESIDE, slots), slots, claims)


RATE_CHANGES: tuple[str, ...] = (
    "The rate of {things} {rose} from {rate0} to {rate1} per {per} population.",
    "This translates to a {rise} in the rate from {rate0} in {p0} to {rate1} in {p1} (per {per} residents).",
    "Expressed as a rate, that is {rate1} per {per} people, {up} from {rate0} [a year earlier|the year before].",
    "Per {per} residents, there were {rate1} {unit} in {p1}; in {p0} there were {rate0}, so the rate is {rising}.",
    "The {area} rate moved from {rate0} to {rate1} {unit} per {per} population, {upward} on the year.",
)


def tell_rate_change(teller: Teller, series: Series) -> Statement:
    """The borough's rate in both years, and which way it went."""
    area = teller.world.borough.name
    rates = [rate_of(teller.world, series, area, year) for year in (2, 3)]
    tokens = [teller.rate(rate, rate_key(series, area, year)) for rate, year in zip(rates, (2, 3), strict=True)]
    if tokens[0].text == tokens[1].text:
        return tell_change(teller, series)
    per = Token(number(series.per, 0), value=series.per)
    slots = {
        **words_of(teller, series),
        **figures_of(teller, series, area, (2, 3)),
        "rate0": tokens[0],
        "rate1": tokens[1],
    }
    slots["per"] = per

    def claims(used: Slots) -> list[Claim]:
        words = [slot for name, slot in used.items() if name in DIRECTIONS and isinstance(slot, Token)]
        found = [claim(Relation.DIRECTION, before=tokens[0], after=tokens[1], word=word) for word in words]
        for year, token in zip((2, 3), tokens, strict=True):
            whole = f"people|{area}"
            found.append(claim(Relation.RATE, count=count_key(series, area, year), people=whole, per=per, rate=token))
        return found

    return teller.statement(teller.pick(RATE_CHANGES), slots, claims)


SPECIAL: tuple[str, ...] = (
    "There were {rate} {unit} per 1,000 households, [which allows for|a measure that reflects] the size of"
    " families here.",
    "Measured per 1,000 [residents aged 10–17|young people aged 10 to 17], the figure is {rate}, a different base from"
    " the rates above.",
    "For every 1,000 [dwellings|homes] the figure is {rate}; [rates of this kind|such rates] use council tax records.",
    "Per hectare [of built-up land|of the town centre] the figure is {rate}.",
    "[Age-standardised|Directly standardised] rates ({wide} per 100,000) differ from the crude rates"
    " [shown|used] here.",
)


def tell_special(teller: Teller, series: Series) -> Statement:
    """A rate of a denominator that is not the population: nothing to test by it."""
    world = teller.world
    template = teller.expand(teller.pick(SPECIAL))
    count = series.counts[world.borough.name][3]
    value = count / world.population(world.borough.name) * 1000 * teller.rng.uniform(1.8, 2.9)
    if "households" in template:
        # Households may be told elsewhere, so that this one is true.
        value = count / world.households * 1000
    slots = {"rate": number(value, 2 if value < 10 else 1), "wide": number(value * 45, 1), "unit": series.topic.unit}
    return Statement(fill(template, slots))
