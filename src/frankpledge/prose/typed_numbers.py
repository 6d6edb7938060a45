"""Numbers typed into a text: each may be wrong tomorrow, and nobody can ask it where it came from.

Dates, periods, the law, names, ages and what a rate is per are no such numbers. Those are taken out first; what digits
are left are reported, and number words where they count something. In doubt nothing is reported: a list that cries wolf
is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from frankpledge.model.figure import Figure
from frankpledge.prose.asked import Asked
from frankpledge.prose.markdown import Passage, printed
from frankpledge.prose.references import reference_to
from frankpledge.prose.sentences import REFERENCE, blotted, sentences


@dataclass(frozen=True)
class TypedNumber:
    """A number that somebody typed.

    Attributes
    ----------
    file, line
        Where it stands.
    number
        As it is typed.
    sentence
        Around it, as it is written.
    instead
        Reference to the figure that has this value; empty where the document knows none.
    """

    file: str
    line: int
    number: str
    sentence: str
    instead: str


def typed_numbers(file: str, passage: Passage, known: Iterable[Figure], asked: Asked) -> list[TypedNumber]:
    """The typed numbers of a passage, in order.

    Parameters
    ----------
    known
        Figures that a typed number may stand for.
    """
    text = blotted(passage)
    counted = _counted(tuple(one.noun for one in asked.every_indicator.values()))
    found = []
    for start, end in _spans(text, counted):
        sentence = next(one for one in sentences(text) if start < one.end)
        number = printed(text[start:end])
        written = printed(passage.text[sentence.start : sentence.end]).strip()
        found.append(TypedNumber(file, passage.line_at(start), number, written, _instead(number, known, asked)))
    return found


def _instead(number: str, known: Iterable[Figure], asked: Asked) -> str:
    value = _value(number)
    same = (figure for figure in known if figure.value is not None and value and _value(figure.text) == value)
    return next((reference for figure in same if (reference := reference_to(figure, asked))), "")


_VALUE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ENDINGS = ("%", "st", "nd", "rd", "th")


def _value(number: str) -> str:
    """A number without its sign; whether it is of a hundred, and whether it is a place, belong to it."""
    found = _VALUE.search(number)
    if not found:
        return _IN_DIGITS.get(number.split()[0].lower(), "") if number.strip() else ""
    rest = number[found.end() :].strip().replace("per cent", "%").replace("percent", "%")
    ending = next((one for one in _ENDINGS if rest.startswith(one)), "")
    return found[0].replace(",", "").rstrip(",") + ending


def _spans(text: str, counted: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where typed numbers begin and end."""
    spared = bytearray(len(text))
    for pattern in _SPARED:
        for found in pattern.finditer(text):
            spared[found.start() : found.end()] = b"\x01" * len(found[0])
    in_digits = [one.span() for one in _DIGITS.finditer(text) if not any(spared[one.start() : one.end()])]
    in_words = [
        one.span()
        for pattern in (counted, *_IN_WORDS)
        for one in pattern.finditer(text)
        if not any(spared[one.start() : one.end()])
    ]
    in_words += [
        found.span()
        for sentence in sentences(text)
        if REFERENCE not in sentence.text
        for found in _TIMES.finditer(text, sentence.start, sentence.end)
    ]
    return list(_apart(sorted([*in_words, *in_digits], key=lambda span: (span[0], -span[1]))))


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans without those that begin within another."""
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


@lru_cache
def _counted(known: tuple[str, ...]) -> re.Pattern[str]:
    """Number words before what is counted: the indicators' own nouns, and those of any report."""
    own = {noun.lower() for noun in known if noun.replace(" ", "").replace("-", "").isalpha()}
    every = sorted(own | set(_COUNTABLE.split("|")), key=len, reverse=True)
    nouns = "|".join(re.escape(noun) for noun in every)
    return re.compile(_COUNTED.format(number=_NUMBER_WORDS, nouns=nouns), re.IGNORECASE)


_COUNTABLE = (
    "offences|crimes|incidents|burglaries|robberies|thefts|assaults|attacks|homicides|murders|killings|stabbings|deaths|"
    "injuries|victims|suspects|offenders|arrests|charges|convictions|complaints|reports|referrals|cases|calls|searches|"
    "admissions|attendances|fires|knives|weapons|households|residents|pupils|projects|sessions|visits"
)

# Whole numbers with thousands apart, decimals, what is of a hundred, money, millions.
_DIGITS = re.compile(
    r"(?<![\w.])[£$€+−-]?\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?:\s?%|(?:st|nd|rd|th)\b|\s?(?:per\s?cent|percent|million|billion|m|bn|k)\b)?"
)

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_NUMBER_WORDS = (
    rf"(?:(?:{_TENS})(?:[-\s](?:{_UNITS}))?|{_TEENS}|two|three|four|five|six|seven|eight|nine|(?:a|one)\s(?:dozen|hundred|"
    rf"thousand|million)|(?:{_UNITS}|{_TENS}|{_TEENS})\s(?:hundred|thousand|million|dozen)(?:\sand\s[a-z-]+)?)"
)
_IN_DIGITS = {
    word: str(number)
    for number, word in enumerate(f"one|two|three|four|five|six|seven|eight|nine|{_TEENS}".split("|"), 1)
}
# A number word, at most two words that say which, and what is counted.
_COUNTED = r"\b{number}\s(?:(?!per\b|percent|point|in\b|of\b|and\b|or\b|new\spriorit)[a-z-]+\s){{0,2}}?(?:{nouns})\b"
_DENOMINATORS = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|a\\shundred|a\\sthousand"
_SPAN_OF_TIME = r"(?:an?\s|the\s)?(?:hour|day|week|month|year|term|century|decade|mile|kilometre|\w+\syear)"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_UNITS})\s(?:in|out\sof)\s(?:every\s)?(?:{_DENOMINATORS})\b(?!\s(?:days|weeks|months|years|hours))",
        rf"\b(?:a|one|two|three|four)[-\s](?:third|quarter|fifth|sixth|tenth)s?\sof\b(?!\s{_SPAN_OF_TIME}\b)",
        r"(?<!first\s)(?<!second\s)(?<!latter\s)(?<!other\s)(?<!better\s)\bhalf\sof\s(?:all|the|these|those|them|our)\b"
        rf"(?!\s{_SPAN_OF_TIME}\b)(?!\s(?:year|month|term|day|period))",
        r"\b(?:twice|three\stimes|four\stimes|five\stimes|ten\stimes)\s(?:as\b|more|higher|the\s(?:rate|number|average))",
        rf"\b{_NUMBER_WORDS}\s(?:per\scent|percent|percentage\spoints?)\b",
        rf"\b{_NUMBER_WORDS}\stimes\s(?:as|more|higher|the)\b",
    )
)

# Beside a figure these are claims, and judged as such.
_TIMES = re.compile(r"\b(?:doubled|halved|trebled|tripled|quadrupled|twofold|threefold|tenfold)\b", re.IGNORECASE)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20)\d\d"
# “In 2018 burglaries fell” has a year, “there were 2018 burglaries” a count; so has “1800 homes”.
_NOT_A_COUNT = r"(?<!here were )(?<!recorded )(?<!ome )(?<!early )(?<!almost )(?<!further )"
_ONE = r"\d+[A-Z]*(?:\.\d+)*[a-z]?(?:\(\w+\))*"
_SEVERAL = rf"{_ONE}(?:(?:,\s?{_ONE})*,?\s(?:and|or|to|&)\s{_ONE}|\s?[–-]\s?{_ONE})?"
# Words that a number follows as a name.
_LABELS = (
    "section|sections|subsection|ss?\\.|regulation|regulations|regs?\\.|article|articles|arts?\\.|schedule|part|parts|"
    "clause|chapter|chapters|paragraph|paragraphs|paras?\\.|rule|rules|order|SI|S\\.I\\.|No\\.?|Nos\\.|number|resolution|"
    "priority|priorities|objective|objectives|aim|goal|action|actions|recommendation|recommendations|theme|strand|"
    "table|tables|figure|figures|map|chart|annex|appendix|page|pages|footnote|note|box|item|question|phase|tier|level|"
    "levels|category|band|zone|stage|key\\sstage|step|wave|version|class|group|cohort|module|room|unit|form|route|bus|"
    "flat|channel|year|years|day|week|quarter|Q|domain|pillar|type|grade|schedules|principle|code|team|protocol|standard"
)
_NOT_COUNTED = (
    r"(?!\s(?:per\scent|percent|offences|crimes|incidents|burglaries|robberies|victims|suspects|people)\b|\s?%)"
)
_STREET = (
    r"(?:Street|Road|Avenue|Lane|Close|Way|Drive|Gardens|Square|Court|Crescent|Hill|Terrace|Grove|House|Parade|Mews)"
)
_TIME = r"\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|noon|midnight)"
_SPARED = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # Addresses of pages, of letters, and telephones.
        (r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net)\b\S*", re.IGNORECASE),
        (r"(?<!\d)(?:\+44\s?|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}\b", 0),
        # Dates.
        (rf"\b{_DAY}(?:\s(?:to|and|or)\s|\s?[–-]\s?){_DAY}\s(?:of\s)?{_MONTH}(?:\s{_YEAR})?", re.IGNORECASE),
        (rf"\b{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?", re.IGNORECASE),
        (rf"\b{_MONTH}\s{_DAY}(?!\d)(?:,\s?{_YEAR})?(?!\s[a-z]+s\b)", 0),
        (r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b", 0),
        # Periods.
        (rf"\b(?:FY|R12-)?{_YEAR}(?:[/–-]\d{{1,4}})+\b", 0),
        (rf"\b{_YEAR}[\s-]?Q[1-4]\b|\bQ[1-4]\b", 0),
        (rf"(?:{_NOT_A_COUNT}\b(?:19|20)\d\ds?|\b{_YEAR}(?!\s[a-z]+s\b))\b(?![,.]\d)(?!\s?%)", 0),
        (rf"\b{_MONTH}\s?[’']\d\d\b", 0),
        (
            r"\b\d+(?:\.\d+)?(?:(?:\s(?:to|or|and)\s|\s?[–-]\s?)\d+)?[\s-]?"
            r"(?:calendar\s|rolling\s|full\s|whole\s|working\s|consecutive\s)?"
            r"(?:year|month|week|fortnight|day|night|hour|minute|min|second|quarter)s?\b",
            re.IGNORECASE,
        ),
        (rf"\b{_TIME}|\b\d{{1,2}}(?:\sto\s|\sand\s|\s?[–-]\s?){_TIME}|\b[0-2]?\d:[0-5]\d\b", re.IGNORECASE),
        (r"\b(?:24/7|50/50|9/11|7/7|1-1|1:1|1-to-1|1[89]th|20th|21st|\d+th\scentury)\b", 0),
        (r"\b\d+(?:st|nd|rd|th)\s(?:century|floor|birthday|anniversary|edition|meeting|reading)\b", re.IGNORECASE),
        # The law, and whatever else has a number for its name.
        (rf"\b(?:{_LABELS})\s?{_SEVERAL}{_NOT_COUNTED}", re.IGNORECASE),
        (r"\bs{1,2}\.?\s?\d+[A-Z]*(?:\(\w+\))*", 0),
        (r"\((?:EU|EC)\)\s(?:No\s)?\d+/\d+|\(c\.\s?\d+\)|\b\d{4}/\d+\b", 0),
        (r"\bOperation\s[A-Z]\w+(?:\s[A-Z]\w+)?(?:\s\d+(?:\.\d+)?)?", 0),
        (r"\b(?:19|20)?\d\d\sCensus\b|\bCOVID-?\s?19\b", re.IGNORECASE),
        (
            r"\b(?:police|NHS|call|calls|calling|called|dial|dialling|ring|ringing|phone|text|via|on|or|and|the|to|using|"
            r"through)\s(?:101|111|999|112|105|116\s?\d{3})\b(?!\s(?:offences|crimes|incidents|burglaries))",
            re.IGNORECASE,
        ),
        (
            r"\b(?:101|111|999|112)\s(?:call|calls|line|number|service|system|team|operator|caller|demand|handler)s?\b",
            0,
        ),
        (r"\b(?:Police|NHS|BBC|ITV|Channel|Windows|Heathrow|Terminal|Radio|Gate|Pier)\s\d+\b", 0),
        # A letter with digits: roads, postcodes, codes of areas, figures and forms.
        (r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b", 0),
        (r"\b(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z][\w-]*\b(?:\(M\))?", 0),
        (r"\b\d[GD]\b|\b4x4s?\b", 0),
        (r"\b[A-Z]\w+\s[24]\s[A-Z]\w+", 0),
        (rf"\b\d+[a-zA-Z]?(?:\s?[–-]\s?\d+)?\s(?:[A-Z][\w’']+\s){{1,3}}{_STREET}\b", 0),
        # Ages.
        (
            r"\b(?:aged?|ages|ages?\sof|aged\sbetween)\s(?:under\s|over\s|from\s|between\s)?\d{1,3}"
            r"(?:(?:\s(?:to|and|or)\s|\s?[–-]\s?)(?:\d{1,3}|under|over|above|older|younger|upwards))?",
            re.IGNORECASE,
        ),
        (r"\b(?:under|over)[\s-](?:the\sage\sof\s)?\d{1,2}s\b", re.IGNORECASE),
        (
            r"\b(?:children|people|those|pupils|girls|boys|women|men|adults|anyone)\s(?:under|over)\s\d{1,2}\b",
            re.IGNORECASE,
        ),
        (r"\bunder[\s-]1[0-8]\b(?!\s?%)" + _NOT_COUNTED, re.IGNORECASE),
        (
            r"\b\d{1,3}(?:(?:-?\s(?:to|and|or)\s|\s?[–-]\s?)\d{1,3})?[\s-]years?[\s-]olds?\b"
            r"|\b\d{1,2}\s?[–-]\s?\d{1,2}s\b|\bage\s\(\d{1,2}(?:\sto\s|\s?[–-]\s?)\d{1,2}\)"
            r"|\b\d{1,3}(?:(?:\s(?:to|and|or)\s|\s?[–-]\s?)\d{1,3})?\s(?:and|or)\s(?:over|under|above|older|younger)\b",
            re.IGNORECASE,
        ),
        # What a rate is per, how sure one is, how far, how fast.
        (r"\b(?:per|for\s(?:each|every)|out\sof\s(?:every))\s\d+(?:,\d{3})*\b(?!\s?%)", re.IGNORECASE),
        (r"\b\d+(?:\.\d+)?\s?(?:%|per\scent)\s(?:confidence|interval|level|significance|limits?)", re.IGNORECASE),
        (r"\b\d+(?:,\d{3})*(?:\.\d+)?[\s-]?(?:metres?|miles?|kilometres?|km|mph|m)\b", re.IGNORECASE),
        # Numbers of points of a list, of footnotes and of headings.
        (r"(?:^|(?<=\n))\s*\d+(?:\.\d+)*[.)]\s|\(\d{1,2}\)|\[\d{1,3}\]|^\d+\.\d+(?:\.\d+)*\s", 0),
        (REFERENCE, 0),
    )
)
