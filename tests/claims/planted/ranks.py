"""Sentences that say which is the highest, second lowest, busiest: of areas, months and parts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.claims.planted.figures import ORDINALS, number
from tests.claims.planted.model import Claim, Ref, Relation, Statement, Token
from tests.claims.planted.shares import parts_of
from tests.claims.planted.telling import Slots, Teller, claim, count_key, rate_key, rate_of
from tests.claims.planted.world import Series

BY_RATE: tuple[str, ...] = (
    "{name} has the {rank} rate of {things} of the {many} areas[| in {p}].",
    "{name} had the {rank} rate in {p}, at {rate} per {per}.",
    "Of the {many} areas compared, {name} recorded the {rank} rate ({rate}).",
    "The {rank} rate of {theme} among the neighbouring areas was in {name} ({rate} per {per} population).",
    "When ranked by rate, {name} is {rank} of the {many}.",
    "{name}’s rate of {rate} is the {rank} in the group.",
    "[Benchmarking|Comparison] with neighbours shows that {name} has the {rank} rate for {theme}.",
    "Rates range from {low} in {lowest} to {high} in {highest}.",
)

BY_COUNT: tuple[str, ...] = (
    "{name} recorded the {rank} number of {things} ({count}) of the {many} areas.",
    "In {p} the {rank} count of {things} was in {name}, with {count}.",
    "{highest} had the most {things} ({high}) and {lowest} the fewest ({low}).",
    "By volume, {name} ranks {rank} of the {many} areas, with {count} {unit}.",
)

BY_MONTH: tuple[str, ...] = (
    "The {peak} was {month}, [with|when there were] {count} {unit}.",
    "{things} were at their {extreme} in {month} ({count}).",
    "{month} had the {extreme} number of {unit} ({count})[| of any month in the year].",
    "Monthly counts {ran} from {low} in {lowest} to {high} in {highest}.",
    "[Demand|Reporting] was {extreme} in {month}, [with|at] {count} {unit}.",
    "{highest} ({high}) was the busiest month and {lowest} ({low}) the quietest.",
)

BY_PART: tuple[str, ...] = (
    "The most common [category|group] was “{highest}” ({high}) and the least common “{lowest}” ({low}).",
    "“{highest}” is the largest [category|group], with {high} {unit}.",
    "More {unit} fell under “{highest}” ({high}) than under any other heading.",
    "The smallest [category|group] was “{lowest}”, with {low}.",
    "“{highest}” ({high}) came top, followed by “{second}” ({mid}).",
)


def _rank(rng_choice: str, place: int, of: int) -> str:
    """Words for a place from the top or from the bottom: “highest”, “second lowest”."""
    top, bottom = place, of - 1 - place
    if rng_choice == "top":
        return "highest" if top == 0 else f"{ORDINALS[top]} highest"
    return "lowest" if bottom == 0 else f"{ORDINALS[bottom]} lowest"


def _extreme(word: Token, named: Token | str, rows: Sequence[tuple[str, Token | Ref]]) -> Claim:
    """What a superlative states of all it chooses from; names are not printed anew."""
    names = [Token(name) for name, _ in rows]
    chosen = named if isinstance(named, Token) else Token(named)
    return claim(Relation.EXTREME, name=chosen, word=word, names=names, values=[value for _, value in rows])


def _ends(slots: Slots, rows: Sequence[tuple[str, Token | Ref]]) -> list[Claim]:
    """Claims of a lowest and a highest that are named without the words."""
    found = []
    for name, word in (("highest", "highest"), ("lowest", "lowest")):
        if isinstance(slots.get(name), Token):
            found.append(_extreme(Token(word), slots[name], rows))
    return found


def _claims(rows: Sequence[tuple[str, Token | Ref]], name: str) -> Ranked:
    return Ranked(rows, name)


class Ranked:
    """Claims of the slots a superlative's template used."""

    def __init__(self, rows: Sequence[tuple[str, Token | Ref]], name: str) -> None:
        self.rows = rows
        self.name = name

    def __call__(self, used: Slots) -> list[Claim]:
        """One for the rank said, or one for each end."""
        words = [used[slot] for slot in ("rank", "extreme", "peak") if isinstance(used.get(slot), Token)]
        found = _ends(used, self.rows)
        return found + [_extreme(word, used[self.name], self.rows) for word in words if isinstance(word, Token)]


def _many(of: int) -> str:
    return ("three", "four", "five", "six", "seven", "eight")[of - 3]


def tell_rate_rank(teller: Teller, series: Series) -> Statement:
    """Which area has the highest rate: of those whose rates are printed."""
    world = teller.world
    ordered = sorted(world.areas, key=lambda one: -rate_of(world, series, one.name, 3))
    return _tell_areas(teller, series, [one.name for one in ordered], BY_RATE, "rate")


def tell_count_rank(teller: Teller, series: Series) -> Statement:
    """Which area has the most."""
    ordered = sorted(teller.world.areas, key=lambda one: -series.counts[one.name][3])
    return _tell_areas(teller, series, [one.name for one in ordered], BY_COUNT, "count")


def _tell_areas(
    teller: Teller, series: Series, ordered: list[str], templates: Sequence[str], measure: str
) -> Statement:
    world, topic = teller.world, series.topic
    place = teller.rng.choice([0, len(ordered) - 1, teller.rng.randrange(len(ordered))])
    rank = _rank("top" if place < len(ordered) / 2 else "bottom", place, len(ordered))
    key = rate_key if measure == "rate" else count_key
    name = ordered[place]

    def value(area: str) -> Token:
        if measure == "rate":
            return teller.rate(rate_of(world, series, area, 3), rate_key(series, area, 3))
        return teller.numeral(series.counts[area][3], count_key(series, area, 3))

    slots: dict[str, Token | str] = {
        "things": topic.things,
        "theme": topic.theme,
        "unit": topic.unit,
        "many": _many(len(ordered)),
        "per": number(series.per, 0),
        "p": teller.period(3),
        "name": Token(name),
        "rank": Token(rank),
        measure: value(name),
        "highest": Token(ordered[0]),
        "lowest": Token(ordered[-1]),
        "high": value(ordered[0]),
        "low": value(ordered[-1]),
    }
    rows = [(area, Ref(key(series, area, 3))) for area in ordered]
    return teller.statement(teller.pick(templates, slots), slots, _claims(rows, "name"))


_PEAKS = (("peak", "busiest month", "high point"), ("lowest month", "quietest month", "low point"))
_EXTREMES = (("highest", "highest"), ("lowest", "lowest"))


def tell_month_rank(teller: Teller, series: Series) -> Statement:
    """The busiest and quietest months of the latest year; of parts, where months are not told or are tied."""
    months = series.months[1] if series.months else ()
    ordered = sorted(months, reverse=True)
    if not months or ordered[0] == ordered[1] or ordered[-1] == ordered[-2]:
        return tell_part_rank(teller, series)
    names = teller.world.periods[3].months()
    keys = {name: f"month|{series.topic.key}|{name}|3" for name in names}
    end = teller.rng.choice([0, 1])
    top, bottom = names[months.index(ordered[0])], names[months.index(ordered[-1])]
    slots: dict[str, Token | str] = {
        "things": series.topic.things,
        "unit": series.topic.unit,
        "peak": Token(teller.rng.choice(_PEAKS[end])),
        "extreme": Token(teller.rng.choice(_EXTREMES[end])),
        "ran": teller.rng.choice(["ran", "ranged", "varied"]),
        "month": Token(bottom if end else top),
        "count": teller.numeral(ordered[-1 if end else 0], keys[bottom if end else top]),
        "highest": Token(top),
        "lowest": Token(bottom),
        "high": teller.numeral(ordered[0], keys[top]),
        "low": teller.numeral(ordered[-1], keys[bottom]),
    }
    rows = [(name, Ref(keys[name])) for name in names]
    return teller.statement(teller.pick(BY_MONTH, slots), slots, _claims(rows, "month"))


def tell_part_rank(teller: Teller, series: Series) -> Statement:
    """The largest and smallest parts of the latest count; of areas, where parts are tied."""
    parts = sorted(parts_of(series), key=lambda part: -part.count)
    counts = [part.count for part in parts]
    if len(set(counts)) < len(counts):
        return tell_count_rank(teller, series)
    tokens = [teller.numeral(part.count, part.key) for part in parts]
    slots: dict[str, Token | str] = {
        "unit": series.topic.unit,
        "highest": Token(parts[0].label),
        "second": parts[1].label,
        "lowest": Token(parts[-1].label),
        "high": tokens[0],
        "mid": tokens[1],
        "low": tokens[-1],
    }
    rows = [(part.label, Ref(part.key)) for part in parts]
    return teller.statement(teller.pick(BY_PART, slots), slots, _claims(rows, "highest"))
