"""Sentences that tell a total and its parts: areas, quarters, kinds, budgets; and averages of a period."""

from __future__ import annotations

from collections.abc import Sequence

from tests.claims.planted.changes import change_claims, directed
from tests.claims.planted.figures import money, number, rounded
from tests.claims.planted.model import Claim, Piece, Ref, Relation, Statement, Token
from tests.claims.planted.shares import parts_of
from tests.claims.planted.telling import Slots, Teller, claim, count_key, fill
from tests.claims.planted.world import Series

TOTALS: tuple[str, ...] = (
    "The {total} {things} were made up of {list}.",
    "There were {total} {things} in all: {list}.",
    "{list} make a total of {total} {unit}.",
    "In total {total} {unit} were {seen} ({list}).",
    "Taken together, {list} come to {total} {unit}.",
    "The overall figure of {total} comprises {list}.",
    "{list}: {total} {unit} altogether.",
    "{total} {unit} were {seen} in {p}, of which {list}.",
    "Adding {list} gives {total} {unit} [for the year|in {p}].",
    "Of {total} {things}, the breakdown was {list}.",
)

QUARTERS: tuple[str, ...] = (
    "By quarter, there were {list} {unit}, making {total} for the year.",
    "Quarterly counts of {things} were {list}, {total} in all.",
    "The year’s {total} {unit} fell as follows: {list}.",
    "{things} by quarter: {list} (total {total}).",
)

MONEY: tuple[str, ...] = (
    "The community safety budget for {p} is {total}: {list}.",
    "Spending of {total} [was agreed|has been agreed] for {p}, made up of {list}.",
    "In {p} partners put in {total} altogether ({list}).",
    "{list} bring the total for {p} to {total}.",
    "The {total} [budget|programme] comprises {list}.",
)

MONEY_CHANGES: tuple[str, ...] = (
    "Funding for {strand} {rose} from {before} to {after}, a {rise} of {difference} ({percent}).",
    "The allocation for {strand} was {before} in {p0} and {after} in {p1}, a {percent} {rise}.",
    "{strand} received {after} in {p1} ({p0}: {before}), {difference} {less}.",
    "Spend on {strand} {rose} by {percent}, from {before} to {after}.",
)

AVERAGES: tuple[str, ...] = (
    "There was an average of {average} {unit} a month, {total} over the year.",
    "The {total} {unit} in {p} equate to {average} a month[| on average].",
    "[On average|Typically], {average} {things} were {seen} each month ({total} in {p}).",
    "Over the twelve months there were {total} {things}, an average of {average} per month.",
    "{things} averaged {average} a month in {p}.",
    "The monthly average for {p} was {average}, against {oaverage} the year before.",
    "Officers handle [an average of|about] {average} {unit} every month; the total for {p} was {total}.",
    "Divided over twelve months, the {total} {unit} [come to|work out at] {average} a month.",
    "The mean number of {unit} per month was {average} (total {total}).",
)

OTHER_AVERAGES: tuple[str, ...] = (
    "That is {average} {unit} every {span} on average ({total} in the year).",
    "{total} {unit} in a year means {average} [each|a|every] {span}.",
    "An average of {average} {things} per {span} were {seen} in {p}.",
    "In an average {span} there were {average} {unit}; the year’s total was {total}.",
)

YEARLY: tuple[str, ...] = (
    "Over the last four years there were {list} {things}, an average of {average} a year.",
    "The four-year average is {average} {unit} a year ({list}).",
    "Across the last three years the average has been {average} {unit} per year (from {list}).",
    "An average of {average} {things} a year were {seen} over the three years to {p1} ({list}).",
)


def joined(tokens: Sequence[Token], labels: Sequence[str] | None = None, form: str = "{label} ") -> list[Piece]:
    """Figures as a list in a sentence, each with its label."""
    pieces: list[Piece] = []
    for at, token in enumerate(tokens):
        if at:
            pieces.append(" and " if at == len(tokens) - 1 else ", ")
        if labels is None:
            pieces.append(token)
        else:
            before, _, after = form.format(label=labels[at]).partition("#")
            pieces += [piece for piece in (before, token, after) if piece]
    return pieces


def with_list(template: str, slots: Slots, listed: list[Piece]) -> list[Piece]:
    """A template filled, the list put where it belongs."""
    head, _, tail = template.partition("{list}")
    return fill(head, slots) + listed + fill(tail, slots)


def _statement(teller: Teller, template: str, slots: Slots, listed: list[Piece], claims: list[Claim]) -> Statement:
    return Statement(with_list(teller.expand(template), slots, listed), claims)


def _topic_slots(teller: Teller, series: Series) -> dict[str, Token | str]:
    topic = series.topic
    total = series.counts[teller.world.borough.name][3]
    return {
        "things": topic.things,
        "unit": topic.unit,
        "seen": topic.seen,
        "p": teller.period(3),
        "total": teller.numeral(total, count_key(series, teller.world.borough.name, 3)),
    }


def tell_total(teller: Teller, series: Series) -> Statement:
    """The borough's latest count and its parts, or that of all its areas."""
    slots = _topic_slots(teller, series)
    if teller.chance(0.3):
        return _tell_areas(teller, series, slots)
    parts = parts_of(series)
    tokens = [teller.numeral(part.count, part.key) for part in parts]
    forms = ["# “{label}”", "{label} (#)"]
    if not any(char.isdigit() for part in parts for char in part.label):
        forms += ["{label} #", "# {label}"]
    form = teller.rng.choice(forms)
    listed = joined(tokens, [part.label if "“" in form else _lower(part.label) for part in parts], form)
    template = teller.pick(TOTALS, {**slots, "list": ""})
    return _statement(teller, template, slots, listed, [claim(Relation.TOTAL, part=tokens, total=slots["total"])])


def _lower(label: str) -> str:
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def _tell_areas(teller: Teller, series: Series, slots: dict[str, Token | str]) -> Statement:
    names = [one.name for one in teller.world.areas]
    tokens = [teller.numeral(series.counts[name][3], count_key(series, name, 3)) for name in names]
    total = sum(series.counts[name][3] for name in names)
    slots["total"] = teller.numeral(total, f"count|{series.topic.key}|all|3")
    listed = joined(tokens, names, teller.rng.choice(["{label} (#)", "# in {label}"]))
    template = teller.pick(
        (
            "Across the {many} areas there were {total} {things} in {p}: {list}.",
            "{list} together had {total} {things}.",
            "The {many} areas [recorded|had] {total} {unit} between them ({list}).",
        ),
    )
    slots["many"] = ("four", "five", "six", "seven")[len(names) - 4]
    return _statement(teller, template, slots, listed, [claim(Relation.TOTAL, part=tokens, total=slots["total"])])


def tell_quarters(teller: Teller, series: Series) -> Statement:
    """The latest year by quarter."""
    if not series.months or not teller.quartered:
        return tell_total(teller, series)
    months = series.months[1]
    counts = [sum(months[at : at + 3]) for at in (0, 3, 6, 9)]
    tokens = [teller.numeral(count, f"quarter|{series.topic.key}|{at}") for at, count in enumerate(counts)]
    slots = _topic_slots(teller, series)
    form = teller.rng.choice(["Q{label} #", "# (Q{label})", "# in Q{label}", "#"])
    listed = joined(tokens, ["1", "2", "3", "4"], form)
    template = teller.pick(QUARTERS)
    return _statement(teller, template, slots, listed, [claim(Relation.TOTAL, part=tokens, total=slots["total"])])


def tell_budget(teller: Teller) -> Statement:
    """The budget by strand, or the change of one strand."""
    world = teller.world
    if teller.chance(0.45):
        return _tell_strand(teller)
    strands = [name for name, _, _ in world.budget]
    tokens = [Token(money(teller.rng, now, world.style), f"money|{name}|3", now) for name, _, now in world.budget]
    total = sum(now for _, _, now in world.budget)
    slots: dict[str, Token | str] = {
        "total": Token(money(teller.rng, total, world.style), "money|all|3", total),
        "p": teller.period(3),
    }
    form = teller.rng.choice(["{label} (#)", "# for {label}", "{label}, #,"])
    listed = joined(tokens, [_lower(name) for name in strands], form)
    if form.endswith(","):
        listed = joined(tokens, [_lower(name) for name in strands], "{label} at #")
    template = teller.pick(MONEY)
    return _statement(teller, template, slots, listed, [claim(Relation.TOTAL, part=tokens, total=slots["total"])])


def _tell_strand(teller: Teller) -> Statement:
    world = teller.world
    name, before, after = teller.rng.choice(world.budget)
    share = abs(after - before) / before * 100
    first, last = teller.period(2), teller.period(3)
    if before == after:
        return tell_money_total(teller)
    slots: dict[str, Token | str] = {
        "strand": _lower(name),
        "before": Token(money(teller.rng, before, world.style), f"money|{name}|2", before),
        "after": Token(money(teller.rng, after, world.style), f"money|{name}|3", after),
        "difference": Token(
            money(teller.rng, abs(after - before), world.style), f"money|{name}|move", abs(after - before)
        ),
        "percent": teller.percent(share),
        "p0": first,
        "p1": last,
        **directed(teller, after > before),
    }
    return teller.statement(
        teller.pick(MONEY_CHANGES), slots, lambda used: change_claims(world.series[0], "", (2, 3), used)
    )


def tell_money_total(teller: Teller) -> Statement:
    """A line without parts: the total only."""
    total = sum(now for _, _, now in teller.world.budget)
    token = Token(money(teller.rng, total, teller.style), "money|all|3", total)
    return Statement(["The budget agreed for ", teller.period(3), " was ", token, "."])


def tell_average(teller: Teller, series: Series) -> Statement:
    """Per month, in the latest year."""
    area = teller.world.borough.name
    total, earlier = series.counts[area][3], series.counts[area][2]
    places = teller.rng.choice([0, 0, 1]) if total > 120 else 1
    slots = _topic_slots(teller, series)
    average = teller.numeral(0, f"average|{series.topic.key}|3")
    average.text, average.value = number(total / 12, places, teller.style.separator), total / 12
    other = Token(number(earlier / 12, places, teller.style.separator), f"average|{series.topic.key}|2", earlier / 12)
    slots |= {"average": average, "oaverage": other}

    def claims(used: Slots) -> list[Claim]:
        whole = used.get("total", count_key(series, area, 3))
        found = [claim(Relation.AVERAGE, total=whole, over=Token("12"), average=average)]
        if "oaverage" in used:
            found.append(claim(Relation.AVERAGE, total=count_key(series, area, 2), over=Token("12"), average=other))
        return found

    return teller.statement(teller.pick(AVERAGES), slots, claims)


def tell_other_average(teller: Teller, series: Series) -> Statement:
    """Per week, day or quarter, where a leap year makes no difference to what is printed; else of several years."""
    total = series.counts[teller.world.borough.name][3]
    fit = []
    for span, over in (("week", (52, 52.18)), ("day", (365, 366)), ("quarter", (4, 4))):
        texts = {number(total / size, 0 if total / size > 20 else 1) for size in over}
        if len(texts) == 1 and total / over[0] > 1.2:
            fit.append((span, over[0], texts.pop()))
    if not fit or teller.chance(0.35):
        return tell_yearly(teller, series)
    span, size, text = teller.rng.choice(fit)
    average = Token(text, f"average|{series.topic.key}|{span}", total / size)
    slots = {**_topic_slots(teller, series), "average": average, "span": span}

    def claims(used: Slots) -> list[Claim]:
        whole = used.get("total", count_key(series, teller.world.borough.name, 3))
        return [claim(Relation.AVERAGE, total=whole, over=Token(str(int(size))), average=average)]

    return teller.statement(teller.pick(OTHER_AVERAGES), slots, claims)


def tell_yearly(teller: Teller, series: Series) -> Statement:
    """Of the last three or four years, each of which is printed."""
    area = teller.world.borough.name
    template = teller.pick(YEARLY)
    years = range(0, 4) if "four" in template else range(1, 4)
    tokens = [teller.numeral(series.counts[area][year], count_key(series, area, year)) for year in years]
    mean = sum(series.counts[area][year] for year in years) / len(years)
    places = 0 if mean > 100 else 1
    average = Token(
        number(mean, places, teller.style.separator), f"average|{series.topic.key}|of {len(years)} years", mean
    )
    slots = {**_topic_slots(teller, series), "average": average, "p1": teller.period(3)}
    assert rounded(mean, places) > 0
    roles: list[Token | Ref] = list(tokens)
    stated = claim(Relation.AVERAGE, value=roles, over=Token(str(len(years))), average=average)
    return _statement(teller, template, slots, joined(tokens), [stated])
