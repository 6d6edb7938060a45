"""Sentences that say how long something lasted or was, with its beginning and end."""

from __future__ import annotations

from datetime import date, timedelta

from tests.claims.planted.figures import WORDS
from tests.claims.planted.model import Relation, Statement, Token
from tests.claims.planted.periods import MONTHS, day_text
from tests.claims.planted.telling import Teller, claim

FINANCIAL: tuple[str, ...] = (
    "Over the {n} years {start} to {end} the Partnership met [quarterly|every quarter|in public].",
    "The {n} financial years from {start} to {end} [are|were] covered by the same contract.",
    "[Grant funding|The grant] was received in each of the {n} years from {start} to {end}.",
    "[Data|Returns] for the {n} years {start} to {end} were supplied on one template.",
    "The previous plan ran for {n} years, from {start} to {end}.",
)
CALENDAR: tuple[str, ...] = (
    "This {n}-year [strategy|plan] runs from {start} to {end}.",
    "Our {n}-year [strategy|plan|programme] ({start} to {end}) sits beneath the Corporate Plan.",
    "The {n} years between {start} and {end} saw three changes of [leadership|provider|commissioning model].",
    "The scheme ran for {n} years, from {start} until {end}.",
    "The contract is for {n} years, from {month} {start} to {month} {end}.",
    "Between {start} and {end}, a period of {n} years, the boundary did not change.",
)
IN_MONTHS: tuple[str, ...] = (
    "The {n} months from {start} to {end} {year} were used to test the [new form|referral route].",
    "The pilot ran for {n} months, from {start} to {end} {year}.",
    "During the {n}-month trial ({start} to {end} {year}) [two wardens were|one outreach worker was] on duty"
    " each evening.",
    "The operation lasted {n} months: it began at the start of {start} and closed at the end of {end} {year}.",
    "[Fieldwork|The consultation] took {n} months in all, {start} to {end} {year} inclusive.",
)
IN_WEEKS: tuple[str, ...] = (
    "The consultation was open for {n} weeks, from {start} to {end}.",
    "A {n}-week [consultation|engagement period] ran between {start} and {end}.",
    "Responses were invited over {n} weeks ({start} to {end}).",
    "For {n} weeks from {start} until {end} [patrols were doubled|the unit was parked in the square].",
)
IN_DAYS: tuple[str, ...] = (
    "The [event|campaign] ran for {n} days, from {start} to {end} inclusive.",
    "{n} days of action were held between {start} and {end}, one each day.",
    "Over {n} days ({start} to {end}) [stalls were|a stall was] set up in the library.",
)


def _number(teller: Teller, value: int) -> Token:
    words = value <= 12 and teller.chance(0.75)
    return Token(WORDS[value] if words else str(value), value=value)


def _spanned(teller: Teller, template: str, slots: dict[str, Token | str], how: str) -> Statement:
    """A span: how long, of what, from and to."""
    unit = Token(how)

    def claims(used: object) -> list:  # type: ignore[type-arg]
        year = [Token(str(slots["year"]))] if "year" in slots else []
        ends = [slots["start"], slots["end"]]
        return [claim(Relation.SPAN, length=slots["n"], unit=unit, ends=ends, year=year)]  # type: ignore[arg-type]

    return teller.statement(template, slots, claims)


def tell_years(teller: Teller) -> Statement:
    """Financial years, both included, or years from one to another."""
    year, length = teller.world.dated.year, teller.rng.randint(2, 6)
    if teller.chance(0.5):
        last = year - teller.rng.randint(1, 3)
        first = last - length + 1
        form = teller.rng.choice(["{}/{:02d}", "{}-{:02d}", "{}–{:02d}"])
        ends = [Token(form.format(start - 1, start % 100)) for start in (first, last)]
        template, how = teller.pick(FINANCIAL), "financial years"
    else:
        first = year - teller.rng.randint(0, 5)
        template, how = teller.pick(CALENDAR), "years"
        if "saw" in template or "ran" in template or "did not" in template:
            first = year - length - teller.rng.randint(0, 3)
        ends = [Token(str(first)), Token(str(first + length))]
    slots: dict[str, Token | str] = {"n": _number(teller, length), "start": ends[0], "end": ends[1]}
    slots["month"] = teller.rng.choice(["April", "April", "September", "June"])
    return _spanned(teller, template, slots, how)


def tell_months(teller: Teller) -> Statement:
    """Whole months of one past year."""
    first = teller.rng.randint(0, 8)
    last = teller.rng.randint(first + 1, 11)
    year = teller.world.dated.year - teller.rng.randint(1, 3)
    slots: dict[str, Token | str] = {
        "n": _number(teller, last - first + 1),
        "start": Token(MONTHS[first]),
        "end": Token(MONTHS[last]),
        "year": str(year),
    }
    return _spanned(teller, teller.pick(IN_MONTHS), slots, "months")


def tell_days(teller: Teller) -> Statement:
    """Weeks or days between two past days."""
    weeks = teller.chance(0.6)
    length = teller.rng.randint(3, 12)
    last = teller.world.dated - timedelta(days=teller.rng.randint(30, 500))
    first = last - timedelta(days=7 * length if weeks else length - 1)
    pattern = teller.rng.choice(["{d} {month} {y}", "{d} {month} {y}", "{th} {month} {y}"])
    ends = [Token(day_text(day, pattern)) for day in (first, last)]
    slots: dict[str, Token | str] = {"n": _number(teller, length), "start": ends[0], "end": ends[1]}
    return _spanned(teller, teller.pick(IN_WEEKS if weeks else IN_DAYS), slots, "weeks" if weeks else "days")


def tell_span(teller: Teller) -> Statement:
    """Any of them."""
    return teller.rng.choice([tell_years, tell_months, tell_days])(teller)


def some_past_day(teller: Teller, nearest: int = 20, furthest: int = 1400) -> date:
    """A day before the document, never at a weekend."""
    day = teller.world.dated - timedelta(days=teller.rng.randint(nearest, furthest))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
