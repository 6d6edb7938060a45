"""Sentences that tell parts of a whole: of offences, of answers, of residents; one part, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.claims.planted import figures
from tests.claims.planted.model import Claim, Piece, Ref, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim, count_key, people_key
from tests.claims.planted.world import Series

OF_THINGS: tuple[str, ...] = (
    "Of the {whole} {things}, {part} ({percent}) {predicate}.",
    "{percent} of {things} {predicate} ({part} of {whole}).",
    "{part} of the {whole} {unit} ({percent}) {predicate}.",
    "{fraction} of {things} {predicate} ({percent}).",
    "In {p} {fraction} of {things} {predicate} – {part} out of {whole}.",
    "{part} {unit} {predicate}, [which is|that is|or] {percent} of the total of {whole}.",
    "“{label}” accounted for {percent} of {things} ({part}).",
    "{part} out of {whole} {things} {predicate}, or {percent}.",
    "The [data|figures|records] show that {percent} of {unit} {predicate}, {part} in number.",
    "{part} ({percent}) {predicate}[| in {p}].",
    "Around {percent} of {unit} {predicate}.",
    "Just {part} of {whole} {unit} {predicate} ({percent}).",
    "{predicate}: {part} {unit}, {percent} of all {things} in {p}.",
    "[Analysts|Officers] looked at all {whole} {unit}: {percent} {predicate}.",
    "{fraction} {predicate}[ – {part} {unit}|].",
    "Among the {whole} {unit} {seen} in {p}, those that {predicate} made up {percent}.",
    "The [category|group] “{label}” made up {fraction} of the {whole} {unit}.",
    "{percent} ({part}) {predicate}, a [share|proportion] that [varies from month to month|has prompted a review].",
)

DETECTED: tuple[str, ...] = (
    "{theme} had a positive outcome rate of {percent} ({part} of {whole}).",
    "{part} of the {whole} {unit} had a positive outcome, a rate of {percent}.",
    "A positive outcome was secured in {part} cases out of {whole} ({percent}).",
    "[The police|Officers] achieved a positive outcome in {percent} of cases ({part} of the {whole} {unit}).",
    "Of {whole} {things}, {part} ({percent}) ended in a positive outcome; of those {part}, {sub}"
    " ({subpercent}) were charges.",
    "Just {part} of {whole} {unit} led to a positive outcome ({percent}), of which {sub} were charges.",
)

ANSWERED: tuple[str, ...] = (
    "{part} of {whole} respondents ({percent}) answered “{label}”.",
    "{percent} of respondents chose “{label}” ({part} of {whole}).",
    "Asked “{question}”, {fraction} answered “{label}” ({percent}).",
    "The {name} had {whole} responses[|, down to postcode sector]; {part} people ({percent}) said “{label}”.",
    "{fraction} of those who took part said “{label}” (n = {part}, base {whole}).",
    "“{label}” was the answer of {percent} of the {whole} people who replied.",
    "Base: {whole}. “{label}”: {part} ({percent}).",
)

PEOPLE: tuple[str, ...] = (
    "{percent} of residents are aged {label} ({part} people).",
    "{part} of the {whole} residents ({percent}) are aged {label}.",
    "{fraction} of the population ({part}) is aged {label}.",
    "The number of people aged {label} is {part}, which is {percent} of the population.",
)

SEXES: tuple[str, ...] = (
    "{percent} of residents are female and {other} are male.",
    "Women and girls make up {percent} of the population ({part}) and men and boys {other} ({opart}).",
    "There are {part} female residents ({percent}) and {opart} male residents ({other}).",
)


@dataclass(frozen=True)
class Part:
    """A part of a whole."""

    label: str
    predicate: str
    count: int
    key: str


def parts_of(series: Series) -> list[Part]:
    """Parts of the borough's latest count."""
    rows = zip(series.split.parts, series.parts, strict=True)
    return [Part(label, said, count, f"part|{series.topic.key}|{label}") for (label, said), count in rows]


def _share_slots(teller: Teller, part: Part, whole: int, whole_key: str) -> dict[str, Token | str]:
    value = part.count / whole * 100
    slots: dict[str, Token | str] = {
        "whole": teller.numeral(whole, whole_key),
        "part": teller.count(part.count, part.key),
        "percent": teller.percent(value, f"share|{part.key}", 1 if value < 3 else None),
        "label": part.label,
        "predicate": part.predicate,
    }
    if words := figures.about_share(teller.rng, value):
        slots["fraction"] = Token(words, value=value)
    return slots


def _share_claims(part: Part, whole_key: str) -> SharesOf:
    return SharesOf(part.key, whole_key)


@dataclass(frozen=True)
class SharesOf:
    """Claims of the slots a share's template used."""

    part_key: str
    whole_key: str

    def __call__(self, used: Slots) -> list[Claim]:
        """One claim for the percentage and one for the words."""
        part, whole = used.get("part", self.part_key), used.get("whole", self.whole_key)
        shares = [used[name] for name in ("percent", "fraction") if name in used]
        return [claim(Relation.SHARE, part=part, whole=whole, share=share) for share in shares]


def tell_part(teller: Teller, series: Series) -> Statement:
    """One part of the borough's latest count."""
    topic, key = series.topic, count_key(series, teller.world.borough.name, 3)
    part = teller.rng.choice(parts_of(series))
    slots = _share_slots(teller, part, sum(series.parts), key)
    slots |= {"things": topic.things, "unit": topic.unit, "seen": topic.seen, "p": teller.period(3)}
    return teller.statement(teller.pick(OF_THINGS, slots), slots, _share_claims(part, key))


def tell_detected(teller: Teller, series: Series) -> Statement:
    """How many of the borough's latest count had a positive outcome."""
    topic, key = series.topic, count_key(series, teller.world.borough.name, 3)
    if topic.group != "crime":
        return tell_part(teller, series)
    part = Part("positive outcome", "", series.positive[1], f"part|{topic.key}|positive")
    slots = _share_slots(teller, part, series.counts[teller.world.borough.name][3], key)
    sub = max(1, round(part.count * teller.rng.uniform(0.3, 0.8)))
    slots |= {"theme": topic.theme, "things": topic.things, "unit": topic.unit}
    slots |= {"sub": teller.count(sub, ""), "subpercent": teller.percent(sub / part.count * 100)}

    def claims(used: Slots) -> list[Claim]:
        found = _share_claims(part, key)(used)
        if "subpercent" in used:
            found.append(claim(Relation.SHARE, part=used["sub"], whole=used["part"], share=used["subpercent"]))
        return found

    return teller.statement(teller.pick(DETECTED, slots), slots, claims)


def tell_answer(teller: Teller) -> Statement:
    """One answer of the survey."""
    survey = teller.world.survey
    label, count = teller.rng.choice(survey.answers)
    part = Part(label, "", count, f"answer|{label}")
    slots = _share_slots(teller, part, survey.base, "answer|base")
    slots |= {"question": survey.question, "name": survey.name}
    return teller.statement(teller.pick(ANSWERED, slots), slots, _share_claims(part, "answer|base"))


def tell_people(teller: Teller) -> Statement:
    """An age group of residents, or women and men."""
    world = teller.world
    whole = people_key(world.borough.name)
    if teller.chance(0.4):
        return _tell_sexes(teller, whole)
    label, count = teller.rng.choice(world.ages)
    part = Part(label.replace("and over", "or over"), "", count, f"age|{label}")
    slots = _share_slots(teller, part, world.borough.population, whole)
    return teller.statement(teller.pick(PEOPLE, slots), slots, _share_claims(part, whole))


def _tell_sexes(teller: Teller, whole: str) -> Statement:
    world = teller.world
    men, people = world.borough.population - world.women, world.borough.population
    places = teller.rng.choice([0, 1])
    slots: dict[str, Token | str] = {
        "part": teller.numeral(world.women, "sex|women"),
        "opart": teller.numeral(men, "sex|men"),
        "percent": teller.percent(world.women / people * 100, "share|women", places),
        "other": teller.percent(men / people * 100, "share|men", places),
    }

    def claims(used: Slots) -> list[Claim]:
        found = [claim(Relation.HUNDRED, share=[slots["percent"], slots["other"]])]  # type: ignore[list-item]
        if "part" in used:
            found.append(claim(Relation.SHARE, part=used["part"], whole=whole, share=used["percent"]))
        return found

    return teller.statement(teller.pick(SEXES, slots), slots, claims)


_LEADS = (
    "By {title}, ",
    "The breakdown by {title} was: ",
    "The profile by {title} is as follows: ",
    "Looking at {title}, ",
    "Broken down by {title}: ",
)
_ROUNDED = (
    " [Percentages|Figures] may not sum to 100 [because of|due to] rounding.",
    " (Percentages do not always add up to 100% because of rounding.)",
    "",
    "",
    "",
)


def tell_all(teller: Teller, title: str, parts: Sequence[Part], whole_key: str, places: int | None = None) -> Statement:
    """Every part of a whole with its share."""
    whole = sum(part.count for part in parts)
    places = teller.rng.choice([0, 1]) if places is None else places
    shares = [teller.percent(part.count / whole * 100, f"share|{part.key}", places) for part in parts]
    counts = [teller.numeral(part.count, part.key) for part in parts]
    form = teller.rng.choice(["verbs", "labels", "reversed", "counts"])
    lead = teller.pick(_LEADS).format(title=title.lower())
    pieces: list[Piece] = [lead]
    for number, part in enumerate(parts):
        if number:
            pieces.append(" and " if number == len(parts) - 1 else ", " if form != "verbs" else "; ")
        pieces += _one(form, part, shares[number], counts[number])
    pieces.append("." + teller.expand(teller.pick(_ROUNDED)))
    claims = [claim(Relation.HUNDRED, share=shares)]
    roles: list[Token | Ref] = list(counts) if form == "counts" else [Ref(part.key) for part in parts]
    claims += [claim(Relation.SHARE, part=p, whole=whole_key, share=s) for p, s in zip(roles, shares, strict=True)]
    if form == "counts":
        claims.append(claim(Relation.TOTAL, part=counts, total=whole_key))
    return Statement(pieces, claims)


def _one(form: str, part: Part, share: Token, count: Token) -> list[Piece]:
    """One part; a label with a number in it is kept apart from the figure."""
    apart = ": " if any(char.isdigit() for char in part.label) else " "
    if form == "verbs" and part.predicate:
        return [share, " ", part.predicate]
    if form == "reversed":
        return [share, f" “{part.label}”"]
    if form == "counts":
        return [part.label + apart, count, " (", share, ")"]
    return [part.label + apart, share]


def tell_split(teller: Teller, series: Series) -> Statement:
    """All parts of the borough's latest count."""
    return tell_all(teller, series.split.title, parts_of(series), count_key(series, teller.world.borough.name, 3))


def tell_residents(teller: Teller) -> Statement:
    """All ages or all ethnic groups of residents."""
    world = teller.world
    title, rows, stem = teller.rng.choice([("age", world.ages, "age"), ("ethnic group", world.ethnicities, "ethnic")])
    parts = [Part(label, "", count, f"{stem}|{label}") for label, count in rows]
    return tell_all(teller, title, parts, people_key(world.borough.name), 1)


def tell_answers(teller: Teller) -> Statement:
    """All answers of the survey."""
    survey = teller.world.survey
    parts = [Part(label, "", count, f"answer|{label}") for label, count in survey.answers]
    return tell_all(teller, "answer", parts, "answer|base")
