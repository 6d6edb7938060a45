"""Sentences about days that have been: meetings, launches, extracts; and periods by their first and last day."""

from __future__ import annotations

from datetime import timedelta

from tests.claims.planted.model import Claim, Relation, Statement, Token
from tests.claims.planted.periods import day_text
from tests.claims.planted.spans import some_past_day
from tests.claims.planted.telling import Slots, Teller, claim

PAST: tuple[str, ...] = (
    "The [strategy|plan|protocol] was adopted by Cabinet on {day}.",
    "A [workshop|partnership day|focus group] was held at the civic centre on {day}.",
    "[These figures|The data] were extracted from the recording system on {day} and may change as cases are updated.",
    "The dedicated team began work on {day}.",
    "[Members|The Committee] last considered this subject on {day}.",
    "The Public Spaces Protection Order came into force on {day}.",
    "An [audit|internal audit|inspection] report was published on {day}.",
    "The new reporting form went live on {day}.",
    "On {day} the Board agreed its terms of reference.",
    "The previous contract ended on {day}.",
    "[Ward|Parish] councillors were briefed on {day}, [and written comments were invited|ahead of wider engagement].",
    "The peer review team visited the {kind} on {day} and reported its findings to the chief executive.",
    "[Source|Data source]: police recorded crime, extracted {day}.",
    "Minutes of the meeting held on {day} were [agreed|signed] as a correct record.",
)
WEEKDAYS: tuple[str, ...] = (
    "The [public meeting|drop-in session] took place on {weekday} {day}.",
    "On {weekday} {day} officers [held|ran] a day of action [in the town centre|at the station].",
    "The [inquest|hearing] opened on {weekday}, {day}.",
    "Councillors visited the control room on {weekday} {day}.",
)
RANGES: tuple[str, ...] = (
    "[Data|The data here] cover the period {start} to {end}[| unless stated otherwise].",
    "The survey was in the field from {start} to {end}.",
    "Between {start} and {end} the unit was [staffed by|made up of] two officers and a coordinator.",
    "The order was in force from {start} until {end}.",
    "This section [deals with|concerns] {start} to {end}.",
    "[Cases|Records] opened between {start} and {end} were sampled.",
)

_PATTERNS = (
    "{d} {month} {y}",
    "{d} {month} {y}",
    "{th} {month} {y}",
    "{d} {mon} {y}",
    "{month} {d}, {y}",
    "{dd}/{m}/{y}",
    "{dd}.{m}.{y}",
    "{y}-{m}-{dd}",
)


def document_day(teller: Teller) -> Token:
    """The day the document says it was made, by which others are past."""
    return Token(day_text(teller.world.dated))


def tell_past(teller: Teller) -> Statement:
    """Something that happened on a day."""
    template = teller.pick(PAST)
    patterns = _PATTERNS if "extracted" in template else _PATTERNS[:5]
    token = Token(day_text(some_past_day(teller), teller.rng.choice(patterns)))
    stated = claim(Relation.PAST, day=token, document=document_day(teller))
    return teller.statement(template, {"day": token, "kind": teller.world.kind}, lambda used: [stated])


def tell_weekday(teller: Teller) -> Statement:
    """Something that happened on a day of the week."""
    day = some_past_day(teller)
    weekday, token = Token(day_text(day, "{weekday}")), Token(day_text(day))

    def claims(used: Slots) -> list[Claim]:
        past = claim(Relation.PAST, day=token, document=document_day(teller))
        return [past, claim(Relation.WEEKDAY, weekday=weekday, day=token)]

    return teller.statement(teller.pick(WEEKDAYS), {"weekday": weekday, "day": token}, claims)


def tell_range(teller: Teller) -> Statement:
    """From one day to another, both past; often the first and last day of the document’s latest year."""
    template = teller.pick(RANGES)
    period = teller.world.periods[3]
    first, last = period.first, period.last
    if "cover" not in template and "concerns" not in template:
        last = some_past_day(teller)
        first = last - timedelta(days=teller.rng.randint(12, 330))
    ends = [Token(day_text(day, teller.rng.choice(_PATTERNS[:2]))) for day in (first, last)]

    def claims(used: Slots) -> list[Claim]:
        past = [claim(Relation.PAST, day=end, document=document_day(teller)) for end in ends]
        return [claim(Relation.ORDER, earlier=ends[0], later=ends[1]), *past]

    return teller.statement(template, {"start": ends[0], "end": ends[1]}, claims)


def tell_day(teller: Teller) -> Statement:
    """Any of them."""
    return teller.rng.choice([tell_past, tell_past, tell_weekday, tell_range])(teller)
