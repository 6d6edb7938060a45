"""Numbers that are none, references that lead nowhere, and places kept for what was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.published import Passage, PassageKind, Place, PublishedTable

SLUG = "malformed"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_ENDINGS = (
    r"\b\d*(?:11|12|13)(?:st|nd|rd)\b|\b\d*[04-9](?:st|nd|rd)\b|\b\d*(?<!1)1(?:nd|rd|th)\b|"
    r"\b\d*(?<!1)2(?:st|rd|th)\b|\b\d*(?<!1)3(?:st|nd|th)\b|\b\d+(?:st|nd|rd|th){2,}\b"
)
_TO_BE_FILLED_IN = (
    r"[\[<(](?:insert|tbc|tba|tbd|dn|drafting\snote|placeholder|awaiting|to\sbe\s(?:confirmed|added|inserted|updated)|add|update|check|xx+|date|figure|number|name|"
    r"maybe\scopy)\b[^\])>]{0,80}[\])>]"
)
_NO_FIRST_LETTER = r"(?:early|bout|lmost|ver|ust|pproximately|ess\sthan|ore\sthan)"
# What is wrong of it → how it is written.
_FORMS = {
    "its thousands are not in threes": r"(?<![\d,.])\d{1,3}(?:,\d{1,3}){1,4}(?![\d,])|"
    r"(?<![\d,.£])(?!(?:19|20)\d\d,)\d{4,6},\d{1,3}(?![\d,])",
    "it has two points": r"(?<![\d.])\d+(?:,\d{3})*\.\.\d+|(?<![\d.])\d+\.\d+\.\d+(?=\s?%|"
    r"\s?per\b|\s(?:offences|crimes)\b)|(?<![\d.])0\.\d{1,2}\.\d+(?![\d.])",
    "it has two commas": r"(?<![\d.])\d+,,\d+",
    "its decimals are missing": r"(?<![\d.])\d{1,3}\.\s?%",
    "it has two signs": r"\d+(?:\.\d+)?\s?%\s?%",
    "its year has three digits": rf"\b(?:{_MONTHS})\s(?:[3-9]\d\d|2[1-9]\d|1[0-8]\d)\b(?!\s?(?:people|offences|crimes|"
    r"incidents|of|calls|%))",
    "there is no such year yet": r"\b(?:2[1-9]\d\d|20[6-9]\d|1[0-7]\d\d)/\d\d\b",
    "its year has five digits": r"\b20\d{3}/\d\d\b",
    "its ending is another number's": _ENDINGS,
    "a reference or a formula that leads nowhere": r"#?REF!|#(?:N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|"
    r"Error!\s(?:Reference\ssource\snot\sfound|Bookmark\snot\sdefined)\.?",
    "a place kept for a number": r"(?<![A-Za-z])[Xx]{2,4}\s?(?:%|per\scent\b|offences\b|people\b|crimes\b)|"
    r"(?<![A-Za-z])XX+(?=\s(?!centur|olymp)[a-z]{4})|"
    r"£[Xx]{1,4}\b|\b[Xx]{2,4}/[Xx]{2,4}(?:/[Xx]{2,4})?\b",
    "a place kept for something": rf"(?i:{_TO_BE_FILLED_IN})|\bTBC\b|\bTBA\b|^(?i:tbc|tba|xx+|n/k)$|"
    r"(?<!\?)\?\?(?=[\s)%,]|$)|\bLorem\sipsum\b",
    "of what, it does not say": r"\b(?:last|past|previous)\s(?:\d{1,2}|twelve|six|three)(?=\s(?:and|or)\s|"
    r"[.,;]\s|[.,;]?$)",
    "its month has no year": rf"^(?:[¹²³⁰-⁹\d\[\]]{{0,4}}\s?)?(?:Source|Data)\b[^.]{{0,60}}[;,:]\s(?:{_MONTHS})\.?$",
    "a bracket that is not closed before the next": r"\(\d[\d,.]*%?,\s[^()]{1,30}\([^()]{1,20}\)\s\(\d[\d,.]*%?\)",
    "a month with a financial year": rf"\b(?:{_MONTHS})\s(?:19|20)\d\d/\d\d\b",
    "per how many of the population, it does not say": r"\b\d[\d,.]*\s(?:crimes|offences|incidents)\sper\spopulation\b",
    "an address with a gap": r"\bhttps?://\S*\.\s(?:uk|com|org|net)\b",
    "its first letter is lost": rf"(?:^|(?<=[.!?]\s)){_NO_FIRST_LETTER}\s\d[\d,.]*%?",
}
_COMPILED = {why: re.compile(pattern) for why, pattern in _FORMS.items()}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
# “1,2 and 3”, “sections 5,6 and 7”: a list without spaces.
_ROUND = 80
_LIST = re.compile(r"\d{1,2}(?:,\d{1,2})+")


# “The total was 17,14”: told as a number, and no list.
_TOLD = re.compile(r"(?:\b(?:was|were|is|by|to|from|recorded|had|saw|reached|of|there\swere)\s|[;:→]\s|^)$")


# “7% decrease in theft from”, and nothing more.
_BROKEN_OFF = re.compile(r"(?:[a-z]+|\d%?)\s(from|of|than|between|during|into|the|an?)\s?$")


def _broken_off(document: ReadDocument) -> Iterator[Tested]:
    """An item of a list that ends where a word must follow."""
    for block in document.published.blocks:
        if isinstance(block, Passage) and block.kind is PassageKind.ITEM and (found := _BROKEN_OFF.search(block.text)):
            figures = (" ".join(block.text.split()[-2:]),)
            words = f"It breaks off after “{found[1]}”."
            yield objected(Objection(Kind.ERROR, SLUG, block.text, block.place, figures, words, "", 0.75))


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Slips of the keyboard in passages and cells."""
    yield from _broken_off(document)
    yield from _two_points(document)
    for text, place in _texts(document):
        for why, pattern in _COMPILED.items():
            for found in pattern.finditer(text):
                if not _THOUSANDS.fullmatch(found[0]) and not _is_list(text, found):
                    quote, words = _around(text, found), f"“{found[0]}”: {why}."
                    yield objected(Objection(Kind.ERROR, SLUG, quote, place, (found[0],), words, "", 0.9))


# “Yarrowgale 2.0.89”, among numbers that have one point.
_TWO_POINTS, _ONE_POINT = (
    re.compile(r"(?<![\d.])\d+\.\d+\.\d{1,3}(?![\d.])"),
    re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])"),
)
_OF_PARTS = re.compile(
    r"\b(?:sections?|para(?:graph)?s?|version|v|release|chapter|clause|policy|annex|appendix|table|figure|see|item|objective|action|dated?)\b",
    re.IGNORECASE,
)
_LEAST_OTHERS = 2


def _two_points(document: ReadDocument) -> Iterator[Tested]:
    """A number with two points beside others that have one, where no part of a document is spoken of."""
    for sentence in document.sentences:
        text = sentence.text
        if len(_ONE_POINT.findall(text)) >= _LEAST_OTHERS and not _OF_PARTS.search(text):
            yield from (_with_two_points(one[0], text, place_of(sentence)) for one in _TWO_POINTS.finditer(text))
    for table in (block for block in document.published.blocks if isinstance(block, PublishedTable)):
        for column in zip_longest(*(row[1:] for row in table.rows), fillvalue=""):
            wrong = {text for text in column if _TWO_POINTS.fullmatch(text.strip())}
            others = [text for text in column if _ONE_POINT.fullmatch(text.strip())]
            if wrong and len(others) >= _LEAST_OTHERS:
                cells = ((text, place) for text, place in _cells(table) if text in wrong)
                yield from (_with_two_points(text.strip(), text, place) for text, place in cells)


def _with_two_points(figure: str, quote: str, place: Place) -> Tested:
    words = f"“{figure}”: it has two points."
    return objected(Objection(Kind.ERROR, SLUG, quote, place, (figure,), words, "", 0.85))


def _is_list(text: str, found: re.Match[str]) -> bool:
    if not _LIST.fullmatch(found[0]):
        return False
    two = re.fullmatch(r"\d{2},\d{2}", found[0]) and not re.match(r",|\sand\s\d|\sor\s\d", text[found.end() :])
    return not (two and _TOLD.search(text[: found.start()]))


def _texts(document: ReadDocument) -> Iterator[tuple[str, Place]]:
    for block in document.published.blocks:
        if isinstance(block, Passage):
            yield block.text, block.place
        elif isinstance(block, PublishedTable):
            yield from _cells(block)


def _cells(table: PublishedTable) -> Iterator[tuple[str, Place]]:
    for row, cells in enumerate(table.rows):
        line = table.lines[row] if row < len(table.lines) else table.place.line
        for column, text in enumerate(cells):
            # What spans several cells is repeated in each.
            if column == 0 or text != cells[column - 1]:
                place = table.place
                yield text, Place(place.paragraph, place.page, line, place.heading, row + 1, column + 1)


def _around(text: str, found: re.Match[str]) -> str:
    """What stands round it, to whole words."""
    start = text.rfind(" ", 0, max(0, found.start() - _ROUND)) + 1 if found.start() > _ROUND else 0
    end = text.find(" ", min(len(text), found.end() + _ROUND))
    return ("…" if start else "") + (text[start:] if end < 0 else f"{text[start:end]}…")
