"""Quick-facts boxes, lists of findings and footnotes: figures in few words."""

from __future__ import annotations

from frankpledge.claims.published import PassageKind
from tests.claims.planted.changes import change_claims, figures_of, words_of
from tests.claims.planted.model import Claim, Draft, Relation, Statement, Token
from tests.claims.planted.rates import per_token, rate_claim
from tests.claims.planted.telling import Slots, Teller, claim, count_key, people_key, rate_key, rate_of
from tests.claims.planted.world import Series

LINES: tuple[str, ...] = (
    "{p1}: {after} {seen} {unit}, {rate1} per {per} population.",
    "{p1} – {after} {things} ({p0} – {before})",
    "{things} {up} {percent} ({before} to {after})",
    "{after} {unit} in {p1}; {before} in {p0}",
    "{percent} {rise} in {theme} since {p0}",
    "{rate1} {unit} per {per} residents ({p1})",
    "{things}: {after} ({up} {difference} on {p0})",
    "{difference} {more} {unit} than in {p0}",
    "{theme}: {before} → {after} ({percent} {rise})",
    "{things}, {p1}: {after}. {p0}: {before}. Change: {percent} {up}",
)
BOX_HEADS = ("Quick facts", "Key facts", "At a glance", "Headlines", "Did you know?", "Key figures", "")

NOTES: tuple[str, ...] = (
    "¹ Rates use the mid-year population estimate of {people} for {area}.",
    "² {things} are counted on the day they were {seen}, not the day they happened.",
    "³ Population of {area}: {people}.",
    "* {after} {things} in {p1}, as {seen} on the day of extraction.",
    "Note: {unit} that were later cancelled are left out.",
    "Source: police recorded crime; population {people} (ONS mid-year estimate).",
    "¹² ONS, Census 2021, table TS0{n}7.",
    "† Per cent changes from small numbers should be read with care.",
    "⁴ See the Home Office Counting Rules, section {n}.2.",
    "** Rates are per {per} residents of all ages unless stated.",
)


def _slots(teller: Teller, series: Series) -> dict[str, Token | str]:
    world, area = teller.world, teller.world.borough.name
    slots = {**words_of(teller, series), **figures_of(teller, series, area, (2, 3))}
    slots["per"] = per_token(teller, series)
    for year in (2, 3):
        slots[f"rate{year - 2}"] = teller.rate(rate_of(world, series, area, year), rate_key(series, area, year))
    slots["people"] = teller.numeral(world.population(area), people_key(area))
    slots["n"] = str(teller.rng.randint(2, 9))
    slots["area"] = area
    return slots


def _claims(teller: Teller, series: Series, used: Slots) -> list[Claim]:
    """As of a change, and of the rate where it is told."""
    area = teller.world.borough.name
    found = change_claims(series, area, (2, 3), used)
    rate, per = used.get("rate1"), used.get("per")
    if isinstance(rate, Token) and isinstance(per, Token):
        count = {"count": used["after"]} if "after" in used else {}
        found.append(rate_claim(series, area, 3, per, rate, count))
    return found


def line(teller: Teller, series: Series, named: bool = True) -> Statement:
    """One line of a box or list; named, where it does not stand under its own topic."""
    slots = _slots(teller, series)
    templates = [one for one in LINES if not named or "{things}" in one or "{theme}" in one]
    return teller.statement(teller.pick(templates, slots), slots, lambda used: _claims(teller, series, used))


def year_lines(teller: Teller, series: Series) -> list[Statement]:
    """Both years, each with its count and rate, in one manner."""
    world, area = teller.world, teller.world.borough.name
    form = teller.rng.choice(
        [
            "{p}: {count} {seen} {unit}, {rate} per {per} population.",
            "{p}: {count} {things} ({rate} per {per})",
            "{count} {things} in {p}, {rate} per {per} residents.",
        ]
    )
    per = per_token(teller, series)
    lines = []
    for year in (3, 2):
        label = teller.period(year)
        rate = teller.rate(rate_of(world, series, area, year), rate_key(series, area, year))
        count = teller.numeral(series.counts[area][year], count_key(series, area, year), label)
        slots = {**words_of(teller, series), "count": count, "rate": rate, "per": per, "p": label}
        stated = claim(Relation.RATE, count=count, people=people_key(area), per=per, rate=rate)
        lines.append(teller.statement(form, slots, lambda used, stated=stated: [stated]))
    return lines


def box(teller: Teller, series: Series, others: list[Series]) -> list[Draft]:
    """A box of quick facts: one passage, or a passage a line."""
    head = teller.pick(BOX_HEADS)
    lines = year_lines(teller, series) if teller.chance(0.55) else _mixed_lines(teller, series, others)
    first = [Statement([head + ("" if head.endswith("?") else ":")])] if head else []
    if teller.chance(0.5):
        return [Draft(PassageKind.BOX, [*first, *[_stopped(one) for one in lines]])]
    return [Draft(PassageKind.BOX, [one]) for one in (*first, *lines)]


def _mixed_lines(teller: Teller, series: Series, others: list[Series]) -> list[Statement]:
    """A line of the topic the box stands under, and of two others."""
    return [line(teller, series, False), *(line(teller, one) for one in others[:2])]


def _stopped(statement: Statement) -> Statement:
    """With a full stop, so that lines of one passage are told apart."""
    if not statement.text().endswith((".", "?")):
        statement.pieces.append(".")
    return statement


def findings(teller: Teller, series: list[Series]) -> list[Draft]:
    """A list of findings, one for each topic."""
    return [Draft(PassageKind.ITEM, [line(teller, one)]) for one in series]


def note(teller: Teller, series: Series) -> Draft:
    """A footnote."""
    year = teller.world.dated.year
    slots = _slots(teller, series)
    templates = [one for one in NOTES if "2021" not in one or year > 2021]
    made = teller.statement(teller.pick(templates, slots), slots, lambda used: _claims(teller, series, used))
    return Draft(PassageKind.NOTE, [made])
