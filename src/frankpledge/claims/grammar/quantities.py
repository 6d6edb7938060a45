"""The quantities of a sentence: each number with its unit, its precision as printed, and what it is a number of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from frankpledge.claims.grammar.numbers import DIGITS, FRACTION, ONE_IN, SCALE, WORD, Number, number_of, share_in_words
from frankpledge.claims.grammar.times import MONTH, YEAR, Time, times


class Unit(StrEnum):
    """What kind of number it is."""

    COUNT = "count"
    MONEY = "money"
    PER_CENT = "per cent"
    POINTS = "points"
    RATE = "rate"
    SHARE = "share"
    TIMES = "times"
    RANK = "rank"
    AGE = "age"
    DURATION = "duration"
    TIME = "time"
    OTHER = "other"


class Hedge(StrEnum):
    """How a sentence qualifies a number."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


# How much further than its printing a hedged number may lie from the true one.
_LOOSE = 0.06
_FAR = 0.35


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence.

    Attributes
    ----------
    start, end
        Where in the sentence, unit and hedge left out.
    printed
        As written, its unit included.
    number
        Its value and the precision of its printing; of a share in words, out of 100.
    per
        Of a rate, per how many; None where it does not say.
    of
        Of a rate, per how many of whom: “population”, “residents”; of a count, the words that follow it.
    sign
        −1 or +1 where one is printed, else 0.
    time
        Which, where it is one.
    """

    start: int
    end: int
    printed: str
    unit: Unit
    number: Number
    hedge: Hedge = Hedge.EXACT
    per: float | None = None
    of: str = ""
    sign: int = 0
    time: Time | None = None

    @property
    def value(self) -> float:
        """As printed, without its sign."""
        return self.number.value

    @property
    def low(self) -> float:
        """The least that the printing, and a word such as “nearly”, leave room for."""
        loose = {Hedge.ABOUT: _LOOSE, Hedge.UNDER: _FAR}.get(self.hedge, 0.0)
        return self.number.low - loose * abs(self.value)

    @property
    def high(self) -> float:
        """The most."""
        loose = {Hedge.ABOUT: _LOOSE, Hedge.OVER: _FAR}.get(self.hedge, 0.0)
        return self.number.high + loose * abs(self.value)


_NUMBER = rf"(?:{DIGITS})"
_START = r"(?<![\w.,])(?<!\d[-–/])"
_END = r"(?![\w]|,\d|\.\d)"
_AGE_WORDS = r"(?:years?(?:[\s-]olds?)?|yrs?(?:[\s-]olds?)?|year[\s-]olds?)"
_RATE_NOUN = (
    r"(?:population|residents?|people|persons?|inhabitants|households?|"
    r"dwellings?|head|adults?|children|"
    r"(?!(?:in|of|for|to|across|at|by|with|and|or|was|is|were|are|against|compared|from|than|over|during|which|this|that|while|whereas|but|"
    r"the|up|down|as|on|it|per|when|since|compares?|had|has|ranks?|made|makes|making)\b)[a-z-]+(?:\s(?!(?:in|of|for|to|across|at|by|with|and|or|was|is|were|are|against|compared|compares?|from|than|which|had|has|while|but)\b)"
    r"[a-z-]+)?)"
)
_PERCENT = r"(?:\s?%|[\s-]?per[\s-]?cent\b)"
# Kinds are tried in turn, each where those before have left the text alone.
_PATTERNS: tuple[tuple[Unit, str], ...] = (
    # The number of a section before its first word.
    (Unit.OTHER, r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s(?=(?-i:[A-Z]))|^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s(?=\d)"),
    (Unit.OTHER, r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.gov\.uk\S*"),
    (Unit.OTHER, r"\b0\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}\b"),
    (Unit.OTHER, r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d{8}\b"),
    (
        Unit.OTHER,
        r"\b(?:figures?|tables?|charts?|graphs?|maps?|appendix|annexe?|sections?|pages?|paragraphs?|paras?|parts?|chapters?|"
        r"tiers?|years?(?=\s\d{1,2}\b)|steps?|phase|levels?|priority|objectives?|stage|category|band|grade|no\.|unit|item|box|"
        r"version|regulations?|articles?|schedule|question|group|type|class|key\sstage|zone|indicator|goal|theme)"
        r"\s\d{1,3}(?:\.\d+)*(?:\s?(?:,|and|&|to|[-–])\s?\d{1,3}(?:\.\d+)*)*\b",
    ),
    (Unit.OTHER, r"\b24[/\s]7(?:/365)?\b|\b(?:999|101|111)\b(?=\s(?:calls?|number|service|and))"),
    (Unit.OTHER,
        rf"{_START}\d{{1,2}}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?)?(?:\s?(?:to|"
        rf"[-–]|and)\s?\d{{1,2}}(?:[:.]\d\d)?)?\s?[ap]\.?m\b\.?"),
    (Unit.OTHER, r"\b\d{1,2}:\d\d\b"),
    (Unit.AGE,
        rf"\b(?:aged?|ages)\s(?:of\s)?(?:between\s|under\s|over\s)?\d{{1,2}}(?:\s?(?:to|"
        rf"and|or|[-–])\s?\d{{1,3}})?(?:\+|\s(?:or|and)\s(?:over|under|above))?(?:\s{_AGE_WORDS})?"),
    (Unit.AGE,
        rf"\b\d{{1,2}}\s?(?:to|[-–])\s?\d{{1,2}}(?:s\b|[\s-]?{_AGE_WORDS}\b)|"
        rf"\b\d{{1,2}}[\s-]?{_AGE_WORDS}[\s-]olds?\b|\b\d{{1,2}}[\s-]year[\s-]olds?\b"),
    (Unit.AGE, r"(?<!from\s)\b\d{1,2}\s(?:to|and)\s\d{1,2}(?=\s\([\d,]+\)(?:,|\.|\)|$|\sand\b|\scome))"),
    (Unit.AGE, r"(?<=[“\"‘])\d{1,2}\s?(?:to|and|or|[-–])\s?\d{1,2}(?=[”\"’])"),
    (Unit.AGE,
        r"(?<!from\s)(?<![\d.,])\b\d{1,2}\s(?:to|[-–])\s\d{1,2}(?=:\s\d)|"
        r"\b\d{2}\s(?:and|or)\s(?:over|older|above)(?=:\s\d|\s\()"),
    (Unit.AGE,
        rf"\b(?:under|over|below|above)[\s-]\d{{1,2}}s\b|\bunder(?:\s|-)(?:16|"
        rf"18|21|25)\b(?!{_PERCENT}|\s?[a-z]*\s?(?:people|offences|crimes))|\bbetween\s\d{{1,2}}\sand\s\d{{1,2}}\s{_AGE_WORDS}|"
        rf"\b\d{{2}}s\b|\b\d{{1,2}}\+(?!\w)"),
    (Unit.TIME, ""),
    (Unit.RATE,
        rf"{_START}(?P<n>{_NUMBER})\s?(?:(?P<noun>[a-z][\w\s&’'-]{{0,40}}?)\s)?(?:per|"
        rf"for\severy|/)\s?(?P<per>1,?000|10,?000|100,?000|million|1,?000,?000)(?:\s(?:of\s)?(?:the\s)"
        rf"?(?P<of>{_RATE_NOUN}))?"),
    (Unit.RATE,
        rf"{_START}(?P<n>{_NUMBER})(?=\s(?:crime\s|offence\s)?rate\s(?:increase|"
        rf"decrease|reduction|rise|fall|change|drop))"),
    (Unit.RATE, rf"{_START}(?P<n>{_NUMBER})\s(?:[a-z]+\s)?per\s(?P<of>population|head|capita)\b"),
    (Unit.RATE, rf"(?<=\brates\s\()(?P<n>{_NUMBER})(?=\))|(?<=\brate\s\()(?P<n2>{_NUMBER})(?=\))"),
    (Unit.RATE,
        rf"\brate\sper\s(?P<per>1,?000|10,?000|100,?000)(?:\s(?P<of>population|"
        rf"residents|people))?(?::|\s(?:this\s)?(?:is|was|of|at|stood\sat))\s(?P<n>{_NUMBER})"),
    (Unit.POINTS, rf"{_START}(?P<n>{_NUMBER}|{WORD})(?:{_PERCENT}|\s?percentage)?[\s-]?(?:points?\b|pp(?:ts?)?\b\.?)"),
    (Unit.PER_CENT, rf"{_START}(?P<n>{_NUMBER}|{WORD}){_PERCENT}"),
    (Unit.MONEY, rf"£\s?(?P<n>{_NUMBER}{SCALE}?)"),
    (Unit.TIMES, rf"\b(?:\d+(?:\.\d+)?|{WORD})(?:[\s-]times|-?fold)\b"),
    (Unit.DURATION,
        rf"{_START}(?:{_NUMBER}|{WORD})(?:\s?(?:to|[-–])\s?(?:{_NUMBER}|"
        rf"{WORD}))?[\s-]?(?:(?:financial|calendar|full|consecutive|whole)\s)?(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|yrs?|"
        rf"decades?|miles?|km|metres?|m)\b"),
    (Unit.RANK,
        r"\b\d{1,3}(?:st|nd|rd|th)\b|\b(?:second|third|fourth|fifth|sixth|"
        r"seventh|eighth|ninth|tenth)[\s-](?=(?:lowest|highest|largest|smallest|safest|most|least|"
        r"best|worst)\b)"),
    (Unit.OTHER, r"\b(?:per|for\severy|in\severy)\s(?:1,?000|10,?000|100,?000|million)\b"),
    (Unit.SHARE, ONE_IN),
    (Unit.SHARE,
        rf"(?!(?<=\d\s)an?\s)(?!(?<=\bin\s)a\squarter\b(?!\sof))\b{FRACTION}(?!\s(?:lowest|highest|party|parties|sector|year|"
        rf"term|safest|most|of\s(?:20|19)\d\d)|\w)"),
    (Unit.OTHER, rf"{_START}\d+\s?[-–]\s?\d+{_END}(?!\d)"),
    (Unit.OTHER, r"\b(?:[A-Za-z]+\d+[A-Za-z\d]*|\d+[A-Za-z]{1,3}\d*|\d+(?:\.\d+){2,})\b"),
    (Unit.COUNT, rf"{_START}(?P<n>{_NUMBER}{SCALE}?){_END}"),
    (Unit.COUNT, rf"\b(?P<n>{WORD})\b(?!-)"),
)  # fmt: skip
_KINDS = tuple((unit, re.compile(pattern, re.IGNORECASE)) for unit, pattern in _PATTERNS)
# “6.3% fewer than the 16.9% of the year before” compares, and hedges nothing.
_NO_HEDGE = r"(?<!\d\s)(?<!%\s)(?<!cent\s)(?<!points\s)(?<!pp\s)"
_HEDGES = {
    Hedge.ABOUT:
        r"about|around|approximately|approx\.?|roughly|some|circa|c\.|"
        r"an\sestimated|estimated|in\sthe\sregion\sof|nearly|almost|close\sto|just\sunder|just\sover|"
        r"just\sabove|just\sbelow|(?:just\s|a\slittle\s)?short\sof|just\sshy\sof|~",
    Hedge.OVER: rf"over|{_NO_HEDGE}more\sthan|at\sleast|above|upwards\sof|in\sexcess\sof|greater\sthan|exceeding",
    Hedge.UNDER:
        rf"under|{_NO_HEDGE}(?:less|fewer)\sthan|(?<!gone\s)(?<!went\s)(?<!came\s)(?<!come\s)up\sto|"
        r"below|at\smost|no\smore\sthan",
}  # fmt: skip
_HEDGED = {
    hedge: re.compile(rf"(?:^|[\s(])(?:{words})\s?(?:a\s|an\s|the\s)?$", re.IGNORECASE)
    for hedge, words in _HEDGES.items()
}
_FOLLOWS = re.compile(r"\s(?:of\s(?:the|these|those|all)\s)?((?:[A-Za-z][\w&’'-]*\s?){1,6})")
# A page of digits without a stop is a table that was not known as one; nothing is to be told from it.
_MOST = 60
_DIGITS = re.compile(r"\d+")
_YEAR_LIKE = re.compile(YEAR)


def quantities(text: str) -> list[Quantity]:
    """The quantities of a sentence, in order; none overlaps another. Of one with too many, none."""
    if len(_DIGITS.findall(text)) > 2 * _MOST:
        return []
    taken: list[Quantity] = []
    free = bytearray(b"\x01" * len(text))
    for unit, found in _found(text):
        start, end = (found.start, found.end) if isinstance(found, Time) else found.span()
        if not all(free[start:end]):
            continue
        free[start:end] = bytes(end - start)
        if unit is not Unit.OTHER:
            taken.append(_timed(text, found) if isinstance(found, Time) else _quantity(text, unit, found))
        if len(taken) > _MOST:
            return []
    return _rates_among(text, sorted(taken, key=lambda one: one.start))


_OTHER_END = re.compile(r"(?:\sto|,?\sup\sfrom|,?\sdown\sfrom|,?\sfrom)\s$")
_AVERAGED = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?:an?|per|each|every)\s(?:day|week|month|quarter|year)\b(?!\s(?:earlier|before|ago))|\stimes\b"
)


def _rates_among(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers with a rate beside them that are rates too: “from 124 to 150 per 1,000”, “7.7 per 1,000, against 3.8”."""
    found = [_led_by_its_base(text, one) for one in found]
    rates = [one for one in found if one.unit is Unit.RATE]
    if not rates:
        return found
    return [
        replace(
            one, unit=Unit.RATE, per=rates[0].per, of=rates[0].of, number=_precise(Unit.RATE, one.number, one.printed)
        )
        if one.unit is Unit.COUNT and _is_rate(text, found, at)
        else one
        for at, one in enumerate(found)
    ]


# “For every 1,000 people living here there were 75.6”, “per 1,000 residents, it was 4.3”.
_BASE_BEFORE = re.compile(
    rf"\b(?:for\severy|per|in\severy)\s(?P<per>1,?000|10,?000|100,?000)\s(?P<of>{_RATE_NOUN})\b[^.;‹]{{0,60}}?"
    r"\b(?:there\s(?:were|was|are)|it\s(?:was|is)|were|was|is|stands\sat|stood\sat|the\sfigure\sis)\s$",
    re.IGNORECASE,
)


def _led_by_its_base(text: str, one: Quantity) -> Quantity:
    led = _BASE_BEFORE.search(text[: one.start]) if one.unit is Unit.COUNT else None
    if led is None:
        return one
    number = _precise(Unit.RATE, one.number, one.printed)
    return replace(one, unit=Unit.RATE, per=float(led["per"].replace(",", "")), of=led["of"].lower(), number=number)


def _is_rate(text: str, found: list[Quantity], at: int) -> bool:
    one = found[at]
    if one.number.step and one.number.step < 1:
        return not _AVERAGED.match(text[one.end :])
    beside = [other for other in found[max(0, at - 1) : at + 2] if other.unit is Unit.RATE]
    return any(
        _OTHER_END.search(text[min(one.end, other.end) : max(one.start, other.start)])
        and len(text[min(one.end, other.end) : max(one.start, other.start)]) < _OTHER_END_WITHIN
        for other in beside
    )


_OTHER_END_WITHIN = 12


def _found(text: str) -> Iterator[tuple[Unit, re.Match[str] | Time]]:
    for unit, pattern in _KINDS:
        if unit is Unit.TIME:
            yield from ((unit, one) for one in times(text) if _is_time(text, one.start, one.end))
        else:
            yield from ((unit, found) for found in pattern.finditer(text))


_A_TIME_BEFORE = re.compile(
    r"(?:^|[\s(])(?:in|of|during|to|from|since|by|until|till|between|and|for|before|after|vs?\.?|than|on|year|ending|"
    rf"act|december|through|over|late|early|mid|versus|compared\swith|{MONTH})\s$|[(/–-]$|^$|[:;,]\s$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s(?:offences|crimes|incidents|calls|people|residents|reports|cases|victims|young|burglaries|recorded|thefts)\b"
)
# “2,369 in Eastholm, 2028 in Westholm”: one count of a list.
_COUNT_OF_A_PLACE, _IN_A_PLACE = re.compile(r"\d\sin\s[A-Z][\w\s’'-]*(?:,|\sand)\s$"), re.compile(r"\sin\s[A-Z]")


# “Went from 2059 to 1933”: what moves from and to is no year.
_MOVED = re.compile(
    r"\b(?:go|goes|went|gone|moved|rose|risen|fell|fallen|increased|decreased|grew|grown|dropped|declined|climbed|reduced)"
    r"(?:\s(?:up|down))?\sfrom\s(?:[^.;]{0,70}?\sto\s)?$",
    re.IGNORECASE,
)


def _is_time(text: str, start: int, end: int) -> bool:
    """Whether four digits are a year: not where they count something, unless a word before says so."""
    if not _YEAR_LIKE.fullmatch(text[start:end]):
        return True
    if _MOVED.search(text[:start]) or (_COUNT_OF_A_PLACE.search(text[:start]) and _IN_A_PLACE.match(text[end:])):
        return False
    return bool(_A_TIME_BEFORE.search(text[:start])) or not _COUNTED_AFTER.match(text[end:])


def _timed(text: str, time: Time) -> Quantity:
    return Quantity(time.start, time.end, text[time.start : time.end], Unit.TIME, Number(0.0, 0.0), time=time)


def _quantity(text: str, unit: Unit, found: re.Match[str]) -> Quantity:
    start, end = found.span()
    groups, before = found.groupdict(), text[:start]
    number = Number(0.0, 0.0)
    if unit is Unit.SHARE:
        number = Number(100 * (share_in_words(found[0]) or 0.0), 0.0)
    elif groups.get("n2"):
        number = _precise(unit, number_of(groups["n2"]), groups["n2"])
    elif groups.get("n"):
        number = _precise(unit, number_of(groups["n"]), groups["n"])
    per, of = groups.get("per"), (groups.get("of") or "").lower()
    if unit is Unit.COUNT:
        follows = _FOLLOWS.match(text, end)
        of = follows[1].strip() if follows else ""
    return Quantity(
        start,
        end,
        found[0].rstrip(),
        unit,
        number,
        next((hedge for hedge, words in _HEDGED.items() if words.search(before)), Hedge.EXACT),
        None if per is None else 1e6 if per == "million" else float(per.replace(",", "")),
        of,
        -1 if re.search(r"(?:^|[\s(])[-−–]$", before) else 1 if before.endswith("+") else 0,
    )


def _precise(unit: Unit, number: Number, printed: str) -> Number:
    """A whole count is exact; a whole per cent or rate is rounded to the unit."""
    rounded = unit in (Unit.PER_CENT, Unit.POINTS, Unit.RATE)
    return Number(number.value, 1.0) if rounded and number.step == 0 and printed[:1].isdigit() else number
