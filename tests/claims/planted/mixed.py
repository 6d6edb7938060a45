"""Sentences that hold several things at once: topics side by side, quarters, years in a row, a share of the region.

Their figures are easily taken for one another’s, which is why they are here.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.claims.planted.changes import change_claims, directed, figures_of, words_of
from tests.claims.planted.figures import number, percent
from tests.claims.planted.model import Claim, Piece, Ref, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim, count_key, fill, rate_key, rate_of
from tests.claims.planted.totals import joined, with_list
from tests.claims.planted.world import Series

PAIRS: tuple[str, ...] = (
    "{things} {rose} by {percent} and {uthings} {urose} by {upercent}.",
    "While {things} {rose} by {difference} ({before} to {after}), {uthings} {urose} by {udifference}"
    " ({ubefore} to {uafter}).",
    "{after} {things} and {uafter} {uthings} were {seen} in {p1}, against {before} and {ubefore} the year before.",
    "{theme} is {up} {percent} and {utheme} {uup} {upercent} on {p0}.",
    "Two of our priorities moved: {things} ({up} {percent} to {after}) and {uthings} ({uup} {upercent} to {uafter}).",
    "{things} {rose} from {before} to {after}; {uthings}, on the other hand, went from {ubefore} to {uafter}.",
    "There were {difference} {more} {things} and {udifference} {umore} {uthings} than in the previous year.",
    "The change in {theme} ({percent} {up}) and in {utheme} ({upercent} {uup}) should be seen together.",
)
RESPECTIVELY: tuple[str, ...] = (
    "{things} and {uthings} {rose} by {percent} and {upercent} respectively.",
    "In {p1}, {after} {things} and {uafter} {uthings} were {seen}, {up} by {difference} and {udifference}"
    " respectively.",
)
TOGETHER: tuple[str, ...] = (
    "{things} ({after}) and {uthings} ({uafter}) together come to {total}.",
    "Taken together, the {after} {things} and {uafter} {uthings} make {total} records in {p1}.",
    "{total} records in {p1} were of {theme} ({after}) or {utheme} ({uafter}).",
)
MINUTED: tuple[str, ...] = (
    "Cllr {who} asked why {things} had {risen} by {percent}; the Superintendent said that the count had gone"
    " from {before}"
    " to {after} [after a change in recording|and that the cause was not known].",
    "In answer to Cllr {who}, officers said that {after} {things} had been {seen} in {p1}, {difference}"
    " {more} than before.",
    "The Chair [noted|queried] the {rise} of {percent} in {things} (from {before} to {after}) and asked for"
    " a briefing note.",
    "Cllr {who} [welcomed|was surprised by] the figure of {after} {things}, {up} from {before}.",
    "RESOLVED: that the {percent} {rise} in {theme} ({before} to {after}) be noted.",
    "Action {n}: report back on the {difference} {more} {things} {seen} in {p1} ({after}, from {before}).",
)
OF_REGION: tuple[str, ...] = (
    "{area} accounts for {percent} of {things} across {region} ({count} of {whole}).",
    "{count} of the {whole} {things} in {region} took place here, or {percent}.",
    "Of all {things} in {region} in {p} ({whole}), {percent} were in {area}.",
    "{area}’s share of the {region} total of {whole} {unit} is {percent}.",
)
IN_QUARTERS: tuple[str, ...] = (
    "There were {b} {unit} in Q{m}, {up} from {a} in Q{n}.",
    "Q{m} had {b} {things}, {difference} {more} than Q{n} ({a}).",
    "Between Q{n} and Q{m} the number of {things} {rose} from {a} to {b}, {percent} in a quarter.",
    "The last count for the quarter was {b} (Q{m}), compared with {a} in Q{n}: a {rise} of {percent}.",
    "In the {nth} quarter {a} {unit} were {seen}; in the next it was {b}, {difference} {more}.",
)
IN_MONTHS: tuple[str, ...] = (
    "{m2} saw {b} {things}, {up} from {a} in {m1}.",
    "From {m1} to {m2} the monthly count {rose} by {difference}, from {a} to {b}.",
    "{things} {rose} from {a} in {m1} to {b} in {m2}, a {rise} of {percent}.",
)
OF_YEARS: tuple[str, ...] = (
    "{p} had the {rank} number of {things} of the four years shown ({list}).",
    "The four-year run for {things} is {list}; {p} was the {rank}.",
    "[Of|Among] the last four years ({list}), the {rank} was {p}.",
)
OF_AREAS: tuple[str, ...] = (
    "{name} had the {rank} rate of {things} ({list}).",
    "Rates per {per} were {list}, with {name} {rank}.",
    "{name} was {rank} on this measure: {list}.",
    "The rates for {p} are {list}. {name} has the {rank}.",
)
TIMES: tuple[str, ...] = (
    "The rate of {things} in {name} ({high}) is {times} times that in {other} ({low}).",
    "At {high} per {per}, the rate in {name} is {times} times the {low} of {other}.",
    "{name} has {times} times the rate of {other} for {theme} ({high} against {low} per {per}).",
)
_WHO = ("Alderley-Fitch", "Penhallowby", "Thrussington", "Okafor-Lisle", "Singh-Marlow", "Quillby", "Dearnaley")
_NTH = ("first", "second", "third")


def _other(teller: Teller, series: Series) -> Series:
    return teller.rng.choice([one for one in teller.world.series if one is not series])


def tell_pair(teller: Teller, series: Series) -> Statement:
    """Two topics, each with its own change; or their sum."""
    area, other = teller.world.borough.name, _other(teller, series)
    mine = {**words_of(teller, series), **figures_of(teller, series, area, (2, 3))}
    second = {**words_of(teller, other), **figures_of(teller, other, area, (2, 3))}
    theirs = {f"u{name}": slot for name, slot in second.items()}
    total = series.counts[area][3] + other.counts[area][3]
    slots: dict[str, Token | str] = {**mine, **theirs, "total": teller.numeral(total)}
    up = [one.counts[area][3] > one.counts[area][2] for one in (series, other)]
    templates = PAIRS + (RESPECTIVELY if up[0] == up[1] else ()) + (TOGETHER if teller.chance(0.5) else ())

    def claims(used: Slots) -> list[Claim]:
        found = change_claims(series, area, (2, 3), {name: slot for name, slot in used.items() if name in mine})
        found += change_claims(other, area, (2, 3), {name: slot for name, slot in used.items() if name in theirs}, "u")
        if "total" in used:
            found.append(claim(Relation.TOTAL, part=[_sure(used["after"]), _sure(used["uafter"])], total=used["total"]))
        return found

    return teller.statement(teller.pick(templates, slots), slots, claims)


def _sure(slot: Token | str) -> Token:
    assert isinstance(slot, Token)
    return slot


def tell_minuted(teller: Teller, series: Series) -> Statement:
    """A change as minutes have it."""
    area = teller.world.borough.name
    slots = {**words_of(teller, series), **figures_of(teller, series, area, (2, 3))}
    slots |= {"who": teller.rng.choice(_WHO), "n": str(teller.rng.randint(2, 9))}
    return teller.statement(teller.pick(MINUTED), slots, lambda used: change_claims(series, area, (2, 3), used))


def tell_of_region(teller: Teller, series: Series) -> Statement:
    """The borough’s part of the region’s count."""
    world = teller.world
    own, whole = series.counts[world.borough.name][3], series.counts[world.region.name][3]
    if own > whole * 0.6:
        return tell_pair(teller, series)
    label = teller.period(3)
    slots: dict[str, Token | str] = {
        **words_of(teller, series),
        "area": world.borough.name,
        "region": world.region.name,
        "count": teller.numeral(own, count_key(series, world.borough.name, 3), label),
        "whole": teller.numeral(whole, count_key(series, world.region.name, 3)),
        "percent": teller.percent(own / whole * 100, "", 1),
        "p": label,
    }

    def claims(used: Slots) -> list[Claim]:
        part = used.get("count", count_key(series, world.borough.name, 3))
        return [claim(Relation.SHARE, part=part, whole=used["whole"], share=used["percent"])]

    return teller.statement(teller.pick(OF_REGION), slots, claims)


def tell_short_change(teller: Teller, series: Series) -> Statement:
    """From one quarter or month of the latest year to the next."""
    if not series.months:
        return tell_pair(teller, series)
    quarters = teller.quartered and teller.chance(0.6)
    months = series.months[1]
    at = teller.rng.randrange(3 if quarters else 11)
    rows = [sum(months[step * 3 : step * 3 + 3]) for step in range(4)] if quarters else list(months)
    early, late = rows[at], rows[at + 1]
    if early == late:
        return tell_pair(teller, series)
    names = teller.world.periods[3].months()
    stem = f"quarter|{series.topic.key}|" if quarters else f"month|{series.topic.key}|"
    keys = [f"{stem}{at + step}" if quarters else f"{stem}{names[at + step]}|3" for step in (0, 1)]
    slots: dict[str, Token | str] = {
        **words_of(teller, series),
        **figures_of(teller, series, teller.world.borough.name, (2, 3)),
        **directed(teller, late > early),
        "a": teller.numeral(early, keys[0]),
        "b": teller.numeral(late, keys[1]),
        "difference": teller.numeral(abs(late - early)),
        "percent": Token(percent(abs(late - early) / early * 100, teller.rng.choice([0, 1]), teller.style)),
        "n": str(at + 1),
        "m": str(at + 2),
        "nth": _NTH[at % 3],
        "m1": names[at],
        "m2": names[(at + 1) % 12],
    }

    def claims(used: Slots) -> list[Claim]:
        plain = {"a": "before", "b": "after"}
        return change_claims(series, "", (2, 3), {plain.get(name, name): slot for name, slot in used.items()})

    return teller.statement(teller.pick(IN_QUARTERS if quarters else IN_MONTHS, slots), slots, claims)


def _ranked(values: Sequence[float], at: int) -> str:
    """The plain word for one end."""
    return "highest" if values[at] == max(values) else "lowest"


def tell_of_years(teller: Teller, series: Series) -> Statement:
    """The highest or lowest of four years, all of them in the sentence."""
    world, area = teller.world, teller.world.borough.name
    counts = series.counts[area]
    at = counts.index(max(counts)) if teller.chance(0.6) else counts.index(min(counts))
    if len(set(counts)) < 4 or not teller.short:
        return tell_of_areas(teller, series)
    tokens = [teller.numeral(counts[year], count_key(series, area, year)) for year in range(4)]
    names = [world.says.said(period) for period in world.periods]
    name, rank = Token(names[at]), Token(_ranked(counts, at))
    stated = claim(Relation.EXTREME, name=name, word=rank, names=[Token(one) for one in names], values=tokens)
    slots: dict[str, Token | str] = {"p": name, "rank": rank, "things": series.topic.things}
    listed = joined(tokens, names, teller.rng.choice(["# in {label}", "{label}: #", "# ({label})"]))
    return Statement(with_list(teller.expand(teller.pick(OF_YEARS)), slots, listed), [stated])


def tell_of_areas(teller: Teller, series: Series) -> Statement:
    """The highest or lowest rate, all of them in the sentence."""
    world = teller.world
    areas = list(world.areas)
    teller.rng.shuffle(areas)
    values = [rate_of(world, series, one.name, 3) for one in areas]
    at = values.index(max(values)) if teller.chance(0.6) else values.index(min(values))
    places = 2 if min(values) < 12 else 1
    tokens = [Token(number(v, places), rate_key(series, one.name, 3), v) for v, one in zip(values, areas, strict=True)]
    names = [one.name for one in areas]
    name, rank = Token(names[at]), Token(_ranked(values, at))
    stated = claim(Relation.EXTREME, name=name, word=rank, names=[Token(one) for one in names], values=tokens)
    per = Token(number(series.per, 0), value=series.per)
    slots: dict[str, Token | str] = {
        "name": name,
        "rank": rank,
        "things": series.topic.things,
        "per": per,
        "p": teller.period(3),
    }
    listed: list[Piece] = joined(tokens, names, teller.rng.choice(["{label} #", "{label} (#)", "# in {label}"]))
    template = teller.expand(teller.pick(OF_AREAS))
    claims = [stated]
    for one, token in zip(names, tokens, strict=True):
        if "{per}" in template:
            people = Ref(f"people|{one}")
            claims.append(claim(Relation.RATE, count=count_key(series, one, 3), people=people, per=per, rate=token))
    return Statement(with_list(template, slots, listed), claims)


def tell_times(teller: Teller, series: Series) -> Statement:
    """How many times one area’s rate is another’s."""
    world = teller.world
    rows = sorted((rate_of(world, series, one.name, 3), one.name) for one in world.areas)
    low, high = rows[0], rows[-1]
    if high[0] / low[0] < 1.35:
        return tell_of_areas(teller, series)
    tokens = [Token(number(v, 2 if v < 20 else 1), rate_key(series, name, 3), v) for v, name in (low, high)]
    times = Token(number(high[0] / low[0], 1), "", high[0] / low[0])
    per = number(series.per, 0)
    slots = {"things": series.topic.things, "theme": series.topic.theme, "name": high[1], "other": low[1], "per": per}
    filled = fill(teller.expand(teller.pick(TIMES)), {**slots, "high": tokens[1], "low": tokens[0], "times": times})
    return Statement(filled, [claim(Relation.MULTIPLE, high=tokens[1], low=tokens[0], times=times)])
