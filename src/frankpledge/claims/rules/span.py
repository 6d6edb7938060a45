"""A length of time against its ends: “a 2.5-year period (April 2022 to September 2023)”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.numbers import WORDS, Number
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.grammar.times import MONTH, YEAR, Time, times
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence
from frankpledge.statistics.months import MONTHS

SLUG = "span"
_LENGTH = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[a-z-]+)[\s-]?(?:(?:financial|calendar|full|consecutive|whole)\s)?(?P<unit>months?|years?|quarters?|weeks?|days?)",
    re.IGNORECASE,
)
_MONTHS = {"month": 1, "quarter": 3, "year": MONTHS}
# In days, for spans of weeks or days.
_A_MONTH = 365.25 / 12
_FEW_DAYS = 2
_DAYS = {"day": 1, "week": 7}
# “A four-year plan that runs from …”, “lasted five months: it began at the start of …”, “over 11 weeks (10 December …”.
_THEN = re.compile(r"^(?:[^.;:()]|[:(]\s?(?!\d)){0,60}\(?$")
# “Between 2019 and 2021, a period of five years”.
_AFTERWARDS = re.compile(
    r"^,?\s(?:[a-z]+\s){0,3}(?:a\speriod\sof|over|for|in\sall|lasting|that\sis|altogether)\s$|^\s?\($|^,\s(?:an?\s|or\s)$"
)
# What is no length of the period that is named beside it.
_OF_ELSE = re.compile(
    r"\b(?:ago|later|after|before|within|every|each|per|average|follow\w*|cohort|rolling|old|since|times|sentence|order|notice|figure|"
    r"compared|than|previous|last|target|deadline|delay|until)\b"
)
_FAR = 60
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|some|than|approximately|roughly|just\s\w+|least|first|last|next)\s$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^\s?(?:to|until|till|and|through\sto|[-–—]|,?\sand\s(?:it\s)?(?:closed|ended|finished|ran\suntil|concluded)\s(?:at|on|in)?)"
    r"\s?(?:the\s)?(?:end\sof\s)?$"
)
_YEAR = re.compile(r"\b(?:the|a)\s(?:twelve\smonths?|year)\s(?:from\s|of\s)?$", re.IGNORECASE)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Lengths of time that are not from the one end to the other."""
    for sentence in document.sentences:
        for length, first, second in _told(sentence):
            months = _months(length)
            actual = _from_to(first, second)
            if months is not None and actual is not None:
                figures = (length.printed, first.printed, second.printed)
                ends = f"From {first.printed} to {second.printed} is {as_words(actual)} months"
                words = f"{ends}, and {length.printed} is {as_words(months)}."
                objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
                # “The three years 2011/12 to 2013/14” are counted in, one by one.
                named = length.printed.endswith("years") and sentence.text[length.end : first.start] == " "
                fits = _fits(months, actual, first, all_in=named)
                yield Tested(place_of(sentence), figures, None if fits else objection)


def _told(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """A length and, beside it, its two ends."""
    lengths = [
        one
        for one in sentence.quantities
        if one.unit is Unit.DURATION and not _ABOUT.search(sentence.text[: one.start])
    ]
    for first, second in (*_ends(sentence), *_bare_months(sentence)):
        year = _YEAR.search(sentence.text[: first.start])
        if year and first.time is not None and first.time.day is None and second.end > first.end:
            yield Quantity(year.start(), year.end(), year[0].strip(), Unit.DURATION, Number(0.0, 0.0)), first, second
            continue
        beside = [one for one in lengths if _beside(sentence, one, first, second)]
        if len(beside) == 1:
            yield beside[0], first, second


def _ends(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity]]:
    """Two times that are joined to a period."""
    for first, second in zip(sentence.quantities, sentence.quantities[1:], strict=False):
        if first.unit is second.unit is Unit.TIME and _JOINED.match(sentence.text[first.end : second.start]):
            yield first, second


def _beside(sentence: Sentence, length: Quantity, first: Quantity, second: Quantity) -> bool:
    """Whether nothing stands between a length and its ends that it could be of instead."""
    ahead = length.end <= first.start
    between = sentence.text[length.end : first.start] if ahead else sentence.text[second.end : length.start]
    if len(between) > _FAR or _OF_ELSE.search(between) or re.search(r"[.;]\s", between):
        return False
    low, high = (length.end, first.start) if ahead else (second.end, length.start)
    if any(low <= one.start < high for one in sentence.quantities):
        return False
    return bool(_THEN.match(between)) if ahead else bool(_AFTERWARDS.match(between))


# “January to July 2016”, “began at the start of February and closed at the end of July 2015”: one year for both.
_BARE = re.compile(
    rf"\b(?P<one>{MONTH})(?:\s?(?:to|[–-])\s?|\sand\s(?:it\s)?(?:closed|ended|finished)\s(?:at|in)\s(?:the\send\sof\s)?)"
    rf"(?P<other>{MONTH})\s(?P<year>{YEAR})\b",
    re.IGNORECASE,
)


def _bare_months(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity]]:
    for found in _BARE.finditer(sentence.text):
        second = next(times(f"{found['other']} {found['year']}"))
        first = next(times(f"{found['one']} {found['year']}"))
        if first.first is None or second.last is None or first.first > second.last:
            continue
        ends = (found["one"], first), (f"{found['other']} {found['year']}", second)
        one, other = (
            Quantity(found.start(), found.end(), printed, Unit.TIME, Number(0.0, 0.0), time=time)
            for printed, time in ends
        )
        yield one, other


def _months(length: Quantity) -> float | None:
    """A length in months; of weeks and days in months of 30.4 days."""
    if _YEAR.fullmatch(f"{length.printed} "):
        return float(MONTHS)
    found = _LENGTH.fullmatch(length.printed)
    if found is None:
        return None
    written, unit = found["n"].lower().strip("-"), found["unit"].lower().rstrip("s")
    number = float(written) if written[0].isdigit() else float(WORDS.get(written, 0))
    return number * (_MONTHS[unit] if unit in _MONTHS else _DAYS[unit] / _A_MONTH) or None


def _from_to(first: Quantity, second: Quantity) -> float | None:
    """From the one end to the other, both counted in, in months; a first month without its year is of the second's."""
    one, other = first.time, second.time
    if one is None or other is None or one.first is None or other.last is None or other.first is None:
        return None
    if one.day is not None and other.day is not None and one.form == other.form:
        days = (_day(other) - _day(one)).days + 1
        return days / _A_MONTH
    if (one.day is None) != (other.day is None):
        return None
    return float(other.last - one.first + 1)


def _day(time: Time) -> date:
    assert time.first is not None and time.day is not None
    return date(time.first // 12, time.first % 12 + 1, time.day)


def _fits(months: float, actual: float, first: Quantity, *, all_in: bool) -> bool:
    """Ends counted in, or one of them out; of days, weeks and months a few days more or less."""
    if first.time is not None and first.time.day is not None:
        days, told = actual * _A_MONTH, months * _A_MONTH
        loose = 0.5 if told < _FEW_WEEKS else max(_FEW_DAYS, 0.04 * days)
        return days - 1 - loose <= told <= days + loose
    step = MONTHS if first.time is not None and first.time.form in ("year", "financial") else 1
    return any(abs(months - one) < 0.01 for one in (actual, *([] if all_in else [actual - step])))


_FEW_WEEKS = 20
