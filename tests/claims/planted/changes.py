"""Sentences that tell how a count changed from one year to the next, in counts, per cent and words."""

from __future__ import annotations

from tests.claims.planted.model import Claim, Ref, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim, count_key
from tests.claims.planted.world import Series

# What a slot of direction says where the later count is higher, and where it is lower.
DIRECTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "less": (("more",), ("less",)),
    "rose": (
        ("rose", "increased", "went up", "grew", "climbed"),
        ("fell", "decreased", "dropped", "went down", "declined"),
    ),
    "rise": (("rise", "increase", "increase"), ("fall", "decrease", "reduction", "drop", "decline")),
    "rises": (("rises", "increases"), ("falls", "decreases", "reductions")),
    "risen": (("risen", "increased", "gone up", "grown"), ("fallen", "decreased", "gone down", "reduced", "dropped")),
    "rising": (("rising", "increasing", "growing"), ("falling", "decreasing", "dropping")),
    "up": (("up",), ("down",)),
    "more": (("more",), ("fewer",)),
    "higher": (("higher", "above"), ("lower", "below")),
    "greater": (("higher", "greater", "larger"), ("lower", "smaller")),
    "upward": (("upward",), ("downward",)),
}

CHANGES: tuple[str, ...] = (
    # both counts, with difference and percentage in many orders
    "{things} {rose} by {difference} ({percent}), from {before} in {p0} to {after} in {p1}.",
    "The number of {things} {rose} by {difference} ({percent}) from {before} to {after} between {p0} and {p1}.",
    "From {before} in {p0} to {after} in {p1}, the number of {things} {seen} has {risen} by {percent}.",
    "{after} {things} were {seen} in {area} in {p1}, {up} from {before} [in {p0}|the year before], a {percent} {rise}.",
    "There were {after} {things} in {p1}, compared [with|to] {before} in {p0}: a {rise} of {percent}.",
    "In {p1} there were {after} {things}; in {p0} there had been {before}, so the {rise} was {difference}.",
    "The number of {things} went from {before} in {p0} to {after} in {p1}, an overall {rise} of {difference} {unit}.",
    "A total of {after} {things} were {seen} in {p1}. This compares with {before} in {p0}, a {rise} of {percent}.",
    "{p1} saw {after} {things}. The year before, the figure was {before}. That is a {percent} {rise}.",
    "The {y1} figure of {after} {things} is {difference} {higher} the {y0} figure of {before}.",
    "There were {difference} {more} {things} in {p1} than in {p0} ({after} [compared with|against|as opposed"
    " to] {before}).",
    "Between {p0} and {p1}, {seen} {things} {rose} from {before} to {after} (a {rise} of {difference}, or {percent}).",
    "{theme} is {up} by {percent} on {p0}, with {after} {unit} {seen} [in|during] {p1} against {before} then.",
    "[Members will note that|It should be noted that|The Board has been told that] {things} {rose} from"
    " {before} to {after},"
    " [equating to|which is] a {percent} {rise}.",
    "{area} [recorded|saw|had] {after} {things} in {p1}. In {p0} it [recorded|saw|had] {before}; the {rise}"
    " is {percent}.",
    "At {after}, the number of {things} in {p1} was {difference} {higher} that of {p0} ({before}).",
    "[Volumes|Numbers] {rose} by {percent}: there were {before} {things} in {p0} and {after} in {p1}.",
    "{things}: {after} in {p1}, {before} in {p0} – a {rise} of {difference}.",
    "The {rise} in {theme} from {before} {unit} to {after} ({percent}) [follows|comes after] a year in which"
    " [recording practice was reviewed|a dedicated team was formed|two long-running operations ended].",
    "[Over the same period|Over the two years|Year on year], {things} in {area} {rose} by {percent}, from"
    " {before} to {after}.",
    "Where {p0} had {before} {things}, {p1} had {after}, {difference} {more}.",
    "With {after} {things} in {p1} and {before} in {p0}, {area} has seen a {percent} {rise}.",
    "{before} {things} were {seen} in {p0}. By {p1} the number had {risen} to {after}, [that is by|by] {percent}.",
    "{seen} {things} ({after} in {p1}) have {risen} by {difference} since {p0}, when there were {before}.",
    "[Partners|Officers] dealt with {after} {things} in {p1}, {percent} {more} than the {before} in {p0}.",
    "This year’s total of {after} {things} is {percent} {higher} last year’s ({before}).",
    "A {percent} {rise} took {things} from {before} to {after} [over the year|in {p1}].",
    "[Looking at the longer picture, the|The] annual number of {things} stood at {before} in {p0}; it now"
    " stands at {after},"
    " {up} by {difference}.",
    "{things} [numbered|totalled|came to] {after} in {p1} ({p0}: {before}), a {rise} of {difference} or {percent}.",
    "Compared with {p0} ({before} {unit}), {p1} ({after} {unit}) [shows|showed|represents] a {percent} {rise}.",
    "We have seen a {rise} of {difference} {unit} since {p0}, from {before} to {after} {things}.",
    "In {p0} {before} {things} were {seen}; in {p1} it was {after}. [The trend is|The direction of travel"
    " is] {upward}.",
    "The {y1} count ({after}) was {greater} than that for {p0} ({before}), [which partners attribute to|in"
    " part because of]"
    " [better recording|changes in how calls are logged|seasonal factors].",
    # one count or none: the other is printed elsewhere, if it is
    "{after} {things} were {seen} in {p1}, a {rise} of {difference} on the year before.",
    "[In {p1}|During {p1}] {area} had {after} {things}, which is {difference} {more} than in the previous year.",
    "Between {p0} and {p1} the number of {things} {rose} by {difference}.",
    "{theme} has {risen} by {percent} since {p0}.",
    "{things} are {up} {percent} [year on year|on the previous year|compared with the year before].",
    "There has been a {percent} {rise} in {things} [over the last year|in the latest year|since {p0}].",
    "The number of {things} {rose} by {difference} to {after} in {p1}.",
    "{area} saw a {percent} {rise} in {theme} [between {p0} and {p1}|in {p1}].",
    "Levels of {theme} are {rising}: the {y1} total was {percent} {higher} that of {p0}.",
    "After {before} in {p0}, the number of {things} {rose} by {percent} in {p1}.",
    "{things} {rose} to {after} in {p1}, [bucking the national picture|in line with what residents tell us].",
    "[Partners report|The dashboard shows] a {percent} {rise} in {things}, to {after} in {p1}.",
)

# Two wholes or two areas in one sentence, which must not be mixed up.
COMPARED: tuple[str, ...] = (
    "{things} {rose} by {percent} in {area}; in {other} the change over the same period was from {obefore} to {oafter},"
    " a {orise} of {opercent}.",
    "While {area} saw {things} go from {before} to {after}, {other} went from {obefore} to {oafter}"
    " ({opercent} {omore}).",
    "In {area} the number of {things} {rose} from {before} to {after} ({percent}), whereas in {other} it {orose} from"
    " {obefore} to {oafter} ({opercent}).",
    "{other} had {oafter} {things} in {p1} ({obefore} in {p0}) and {area} had {after} ({before} in {p0}).",
    "The {percent} {rise} in {area} compares with a {opercent} {orise} in {other} [over the same period|over"
    " the year].",
)

RATIOS: tuple[str, ...] = (
    "{things} have {doubled} in a year, from {before} to {after}.",
    "The number of {things} {doubled} between {p0} and {p1} ({before} to {after}).",
    "With {after} {things} in {p1} against {before} in {p0}, the number has {doubled}.",
)

LONG_RUNS: tuple[str, ...] = (
    "{things} have {risen} in each of the last three years: {c0}, {c1}, {c2} and now {c3}.",
    "Since {q0} the number of {things} has {risen} every year, from {c0} to {c1}, {c2} and {c3}.",
)

LONGER: tuple[str, ...] = (
    "Over the longer term, {things} have {risen} from {early} in {q} to {after} in {p1}, a {rise} of {percent}.",
    "[Against|Measured against] {q}, when there were {early}, the {y1} total of {after} is a {percent} {rise}.",
    "The {y1} figure ({after}) is {difference} {higher} that of {q} ({early}), [our baseline year|the base"
    " year of this plan].",
    "[Set against|Compared with] a baseline of {early} {unit} in {q}, there were {after} in {p1}, a {rise}"
    " of {difference}.",
)


def directed(teller: Teller, up: bool, prefix: str = "") -> dict[str, Token]:
    """A token for every slot of direction; “doubled” has its own."""
    found = {}
    for name, (rising, falling) in DIRECTIONS.items():
        text = teller.rng.choice(rising if up else falling)
        if name == "higher" and text in ("higher", "lower"):
            text += " than"
        found[prefix + name] = Token(text, value=1 if up else -1)
    return found


def words_of(teller: Teller, series: Series) -> dict[str, Token | str]:
    """Names of what is counted and where."""
    topic = series.topic
    area = teller.rng.choice([teller.world.borough.name] * 3 + [f"the {teller.world.kind}"])
    return {"things": topic.things, "theme": topic.theme, "unit": topic.unit, "seen": topic.seen, "area": area}


def figures_of(teller: Teller, series: Series, area: str, years: tuple[int, int]) -> dict[str, Token | str]:
    """Counts, difference, percentage and directions of an area between two years."""
    early, late = (series.counts[area][year] for year in years)
    pattern = teller.pattern()
    first, last = (teller.period(year, pattern) for year in years)
    stem = f"{series.topic.key}|{area}|{years[0]}>{years[1]}"
    share = abs(late - early) / early * 100
    short = {"y0": first, "y1": last} if teller.short else {}
    return {
        **short,
        "before": teller.count(early, count_key(series, area, years[0]), first),
        "after": teller.count(late, count_key(series, area, years[1]), last),
        "difference": teller.count(abs(late - early), f"difference|{stem}"),
        "percent": teller.percent(share, f"percent|{stem}"),
        "p0": first,
        "p1": last,
        **directed(teller, late > early),
    }


def change_claims(series: Series, area: str, years: tuple[int, int], used: Slots, prefix: str = "") -> list[Claim]:
    """What the slots used state together."""
    slots = {name.removeprefix(prefix): slot for name, slot in used.items() if name.startswith(prefix)}
    before = _token(slots, "before") or _token(slots, "early") or Ref(count_key(series, area, years[0]))
    after = _token(slots, "after") or Ref(count_key(series, area, years[1]))
    found = []
    if difference := _token(slots, "difference"):
        found.append(claim(Relation.DIFFERENCE, before=before, after=after, difference=difference))
    if share := _token(slots, "percent"):
        found.append(claim(Relation.PERCENT, before=before, after=after, percent=share))
    if doubled := _token(slots, "doubled"):
        found.append(claim(Relation.RATIO, before=before, after=after, word=doubled))
    for name in DIRECTIONS:
        if word := _token(slots, name):
            found.append(claim(Relation.DIRECTION, before=before, after=after, word=word))
    if {"p0", "p1"} <= set(slots) and not prefix:
        found.append(claim(Relation.ORDER, earlier=_sure(slots["p0"]), later=_sure(slots["p1"])))
    return found


def _token(slots: Slots, name: str) -> Token | None:
    found = slots.get(name)
    return found if isinstance(found, Token) else None


def _sure(slot: Token | str) -> Token:
    assert isinstance(slot, Token)
    return slot


def tell_change(teller: Teller, series: Series) -> Statement:
    """The borough's change over the last year; where it doubled or halved, that is often how it is said."""
    area = teller.world.borough.name
    if _ratio_word(series.counts[area][3] / series.counts[area][2]) and teller.chance(0.4):
        return tell_run(teller, series)
    slots = {**words_of(teller, series), **figures_of(teller, series, area, (2, 3))}
    template = teller.pick(CHANGES, slots)
    return teller.statement(template, slots, lambda used: change_claims(series, area, (2, 3), used))


def tell_compared(teller: Teller, series: Series) -> Statement:
    """The borough's change beside that of a neighbour."""
    area, other = teller.world.borough.name, teller.rng.choice(teller.world.neighbours).name
    others = {f"o{name}": slot for name, slot in figures_of(teller, series, other, (2, 3)).items()}
    slots = {
        **words_of(teller, series),
        "area": area,
        "other": other,
        **figures_of(teller, series, area, (2, 3)),
        **others,
    }

    def claims(used: Slots) -> list[Claim]:
        mine = {name: slot for name, slot in used.items() if name not in others}
        theirs = {name: slot for name, slot in used.items() if name in others}
        return change_claims(series, area, (2, 3), mine) + change_claims(series, other, (2, 3), theirs, "o")

    return teller.statement(teller.pick(COMPARED, slots), slots, claims)


def tell_longer(teller: Teller, series: Series) -> Statement:
    """The borough's change since a year further back."""
    area, back = teller.world.borough.name, teller.rng.choice([0, 1])
    made = figures_of(teller, series, area, (back, 3))
    slots = {**words_of(teller, series), **made, "early": made["before"], "q": made["p0"]}
    if series.counts[area][back] == series.counts[area][3]:
        return tell_change(teller, series)
    return teller.statement(
        teller.pick(LONGER, slots), slots, lambda used: change_claims(series, area, (back, 3), used)
    )


def tell_run(teller: Teller, series: Series) -> Statement:
    """Four years that all went one way, or the doubling of one; else a change like any other."""
    area = teller.world.borough.name
    counts = series.counts[area]
    ratio = counts[3] / counts[2]
    slots = {**words_of(teller, series), **figures_of(teller, series, area, (2, 3))}
    if word := _ratio_word(ratio):
        slots["doubled"] = Token(word, value=ratio)
        return teller.statement(teller.pick(RATIOS), slots, lambda used: change_claims(series, area, (2, 3), used))
    steps = [later > earlier for earlier, later in zip(counts, counts[1:], strict=False)]
    if len(set(steps)) > 1:
        return tell_longer(teller, series)
    run = {f"c{year}": teller.count(counts[year], count_key(series, area, year)) for year in range(4)}
    slots |= {**run, "q0": teller.period(0)}

    def claims(used: Slots) -> list[Claim]:
        ends = zip(range(3), range(1, 4), strict=True)
        word = _sure(used["risen"])
        return [claim(Relation.DIRECTION, before=run[f"c{a}"], after=run[f"c{b}"], word=word) for a, b in ends]

    return teller.statement(teller.pick(LONG_RUNS), slots, claims)


def _ratio_word(ratio: float) -> str | None:
    for low, high, word in (
        (2.02, 2.4, "more than doubled"),
        (1.85, 1.98, "almost doubled"),
        (0.51, 0.55, "almost halved"),
        (0.4, 0.49, "more than halved"),
    ):
        if low <= ratio <= high:
            return word
    return None
