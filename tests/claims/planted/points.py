"""Sentences about percentages that moved: survey measures and detection rates, in percentage points."""

from __future__ import annotations

from tests.claims.planted.changes import directed
from tests.claims.planted.figures import number, rounded
from tests.claims.planted.model import Claim, Ref, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim
from tests.claims.planted.world import Series

_HOW_MANY: dict[str, str] = {
    "feeling safe outside after dark": "feeling safe outside after dark",
    "confidence in the local police": "confident in the local police",
    "satisfaction with the local area as a place to live": "satisfied with the area as a place to live",
    "knowing how to contact the neighbourhood team": "aware of how to contact the neighbourhood team",
    "feeling informed about local policing": "well informed about local policing",
    "agreeing that people from different backgrounds get on well": "of the view that people from different"
    " backgrounds get on",
    "trusting the council to act on reports": "confident that the council acts on reports",
    "feeling safe on public transport": "comfortable using public transport alone",
}

MEASURES: tuple[str, ...] = (
    "The [share|proportion] of [residents|respondents] {measure} {rose} from {early} to {late}, {a_change}"
    " of {move} {points}.",
    "{late} of [residents|those asked] were {measure}, {up} {move} {points} [on the last survey|on the previous wave].",
    "In the latest wave {late} said they were {measure}; the wave before it was {early} – a {rise} of {move} {points}.",
    "[At|With] {late} {measure}, the borough is {move} {points} {higher} the {early} of the previous wave.",
    "[Again, the|In the latest wave, the|The] figure for people {measure} has {risen} by {move} {points},"
    " from {early} to {late}.",
    "{measure}: {late} ({early} last time; {up} {move} {points}).",
    "A {move}-{point} {rise} was seen in people {measure} ({early} to {late}).",
    "The proportion {measure} stands at {late}. Two years ago it was {early}, so this is a {rise} of {move} {points}.",
)

DETECTIONS: tuple[str, ...] = (
    "The positive outcome rate for {theme} {rose} by {move} {points}, from {early} to {late}.",
    "[A positive outcome|A charge, summons or caution] was secured in {late} of cases, {up} from {early}"
    " ({move} {points}).",
    "Outcomes: {late} of {unit} had a positive outcome, {move} {points} {more} than the {early} of the year before.",
    "The share of {things} with a positive outcome went from {early} to {late}, a {rise} of {move} {points}.",
)


def _points(teller: Teller) -> Token:
    return Token(teller.rng.choice(["percentage points", "percentage points", "percentage points", "pp", "points"]))


def _moved(teller: Teller, early: float, late: float, stem: str, places: int) -> dict[str, Token | str]:
    shown = [teller.percent(value, f"{stem}|{name}", places) for value, name in ((early, "early"), (late, "late"))]
    move = float(abs(rounded(late, places) - rounded(early, places)))
    return {
        "early": shown[0],
        "late": shown[1],
        "move": Token(number(move, places), f"{stem}|move", move),
        "points": _points(teller),
        "point": Token("percentage-point"),
        **directed(teller, late > early),
        "a_change": teller.rng.choice(["a change", "a shift", "a movement"]),
    }


def _claims(slots: Slots, used: Slots) -> list[Claim]:
    """What the slots used state; a percentage not told here may be told elsewhere."""
    ends = [used.get(name, Ref(_sure(slots[name]).key)) for name in ("early", "late")]
    early, late = (end for end in ends if not isinstance(end, str))
    found = []
    for name, slot in used.items():
        if name in ("points", "point"):
            move = _sure(used["move"])
            found.append(claim(Relation.POINTS, before=early, after=late, difference=move, unit=_sure(slot)))
        elif isinstance(slot, Token) and name in ("rose", "risen", "up", "rise", "higher", "more"):
            found.append(claim(Relation.DIRECTION, before=early, after=late, word=slot))
    return found


def _sure(slot: Token | str) -> Token:
    assert isinstance(slot, Token)
    return slot


def tell_measure(teller: Teller) -> Statement:
    """A measure of the survey, then and now."""
    name, early, late = teller.rng.choice(teller.world.survey.measures)
    places = 1 if early % 1 or late % 1 else 0
    slots = {"measure": _HOW_MANY[name], **_moved(teller, early, late, f"measure|{name}", places)}
    return teller.statement(teller.pick(MEASURES, slots), slots, lambda used: _claims(slots, used))


def tell_detection(teller: Teller, series: Series) -> Statement:
    """The positive outcome rate in the last two years."""
    counts = series.counts[teller.world.borough.name]
    early, late = (series.positive[at] / counts[at + 2] * 100 for at in (0, 1))
    if abs(late - early) < 1.5 or series.topic.group != "crime":
        return tell_measure(teller)
    stem = f"positive|{series.topic.key}"
    topic = series.topic
    slots = {"theme": topic.theme, "things": topic.things, "unit": topic.unit, **_moved(teller, early, late, stem, 1)}
    return teller.statement(teller.pick(DETECTIONS, slots), slots, lambda used: _claims(slots, used))
