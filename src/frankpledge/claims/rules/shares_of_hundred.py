"""Shares of one whole that come to more than all of it: “67% were male and 38% female”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence

SLUG = "shares-of-hundred"
# Of which each is of one or the other, and nobody of both.
_EITHER = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b"))
    for one, other in (
        (r"males?|men|boys", r"females?|women|girls|women\sand\sgirls"),
        (r"yes|agreed?|satisfied|safe", r"no|disagreed?|dissatisfied|unsafe"),
        (r"adults?", r"children|minors?|young\speople"),
        (r"owner[\s-]occupied|owned", r"rented"),
    )
)
_ROUNDING = 0.5
_ALL = 100.0


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Two shares that exclude each other, and lists of groups, that come to more than all."""
    for sentence in document.sentences:
        yield from _list(document, sentence)
        yield from _sexes(sentence)
        yield from _bracketed(document, sentence)
        shares = [one for one in sentence.quantities if one.unit is Unit.PER_CENT]
        for one, other in zip(shares, shares[1:], strict=False):
            if _exclude(sentence, one, other):
                over = one.low + other.low > _ALL + _ROUNDING
                objection = _objection(sentence, one, other) if over else None
                yield Tested(place_of(sentence), (one.printed, other.printed), objection)


_SEXES = re.compile(
    r"‹P(\d+)›\sof\s(?:all\s|the\s|our\s)?(?:residents|population|people)\s(?:are|is|were)\s(?:fe)?males?\sand\s‹P(\d+)›\s(?:are\s|is\s|were\s)?(?:fe)?males?\b"
    r"|\b(?:fe)?male\sresidents\s\(‹P(\d+)›\)\sand\s‹N\d+›\s(?:fe)?male\sresidents\s\(‹P(\d+)›\)"
    r"|\bsex\b[^‹›.;]{0,30}:\s(?:fe)?male\s\(?‹P(\d+)›\)?(?:\sand\s|,\s)(?:fe)?male\s\(?‹P(\d+)›\)?(?=[.;]|$)"
    r"|\bsex\b[^‹›.;]{0,30}[:,]\s‹P(\d+)›\s[“\"]?(?:fe)?male[”\"]?(?:\sand\s|,\s)‹P(\d+)›\s[“\"]?(?:fe)?male[”\"]?(?=[.;]|$)"
)


# “(67% male, 31% female)”: with nobody of neither told.
_PAIR = re.compile(r"\(‹P(\d+)›\s(?:fe)?male,\s‹P(\d+)›\s(?:fe)?male\)")
_NEITHER = re.compile(
    r"\b(?:unknown|not\s(?:known|recorded|stated)|other|neither|non-binary|unspecified|prefer|missing|blank)\b",
    re.IGNORECASE,
)
_LEAST_OF_PAIR = 90.0


def _sexes(sentence: Sentence) -> Iterator[Tested]:
    """The two sexes of all residents, or of a whole breakdown, that do not come to all."""
    for found in _SEXES.finditer(sentence.tagged.text):
        one, other = (sentence.quantities[int(at)] for at in found.groups() if at)
        fits = one.low + other.low <= _ALL + _ROUNDING and one.high + other.high >= _ALL - _ROUNDING
        yield Tested(
            place_of(sentence), (one.printed, other.printed), None if fits else _objection(sentence, one, other)
        )


def _exclude(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    """Whether the words beside each name the two of a pair, and nothing between tells of another whole."""
    after = sentence.text[one.end : other.start].lower()
    behind = sentence.text[other.end : other.end + 40].lower()
    if len(after) > 60 or re.search(
        r"[.;()]|\b(?:increased|increases|increasing|decreased|decreases|decreasing|while|whereas|compared|of\sthese|of\swhich|than|from|to)\b",
        after,
    ):
        return False
    return any((a.search(after) and b.search(behind)) or (b.search(after) and a.search(behind)) for a, b in _EITHER)


def _objection(sentence: Sentence, one: Quantity, other: Quantity) -> Objection:
    return Objection(
        Kind.ERROR,
        SLUG,
        sentence.text,
        place_of(sentence),
        (one.printed, other.printed),
        f"{one.printed} and {other.printed} come to {as_words(one.value + other.value)}%.",
        "",
        0.85,
    )


def _bracketed(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """The two sexes in one bracket, where the paragraph knows of nobody else."""
    pairs = list(_PAIR.finditer(sentence.tagged.text))
    if not pairs or any(_NEITHER.search(one.text) for one in document.paragraph_of(sentence)):
        return
    for found in pairs:
        one, other = sentence.quantities[int(found[1])], sentence.quantities[int(found[2])]
        fits = one.low + other.low <= _ALL + _ROUNDING and one.high + other.high >= _ALL - _ROUNDING
        far = one.value + other.value < _LEAST_OF_PAIR
        objection = None if fits or far else _objection(sentence, one, other)
        yield Tested(place_of(sentence), (one.printed, other.printed), objection)


_BROKEN_DOWN = re.compile(
    r"\b(?:broken\sdown|breakdown|profile|split|made\sup|looking\sat)\b|^by\s(?:sex|age|ethnic\w*|gender|location|source|answer|time)\b|"
    r"\bethnic\sgroup\b|\bidentified\sas\b",
    re.IGNORECASE,
)
# What the last of a whole list is.
_LAST = re.compile(
    r"\b(?:other(?!\s(?-i:[A-Z]))|elsewhere|not\s(?:recorded|known|stated)|unknown|missing|don[’']t\sknow|prefer\snot|can[’']t\sremember|"
    r"(?:and|or)\s+over|very\sdissatisfied|strongly\sdisagree|none|midnight\sand\s6am)\b",
    re.IGNORECASE,
)
_OVERLAP = re.compile(
    r"\b(?:more\sthan\sone|overlap\w*|multiple\s(?:answers|responses|flags)|tick|could\schoose|may\sapply|can\sapply)\b"
)
_LEAST_GROUPS = 3
_MOST_APART = 90.0
_LONGEST_LABEL = 120


def _list(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """Three groups or more in one breakdown: over a hundred, or under it where the last group ends the list."""
    stated = {id(one.by) for one in sentence.changes}
    shares = [one for one in sentence.quantities if one.unit is Unit.PER_CENT and id(one) not in stated]
    passage = " ".join(one.text for one in document.paragraph_of(sentence))
    if (
        len(shares) < _LEAST_GROUPS
        or not _BROKEN_DOWN.search(sentence.text)
        or _OVERLAP.search(passage)
        or not _parallel(sentence, shares)
    ):
        return
    low, high = sum(one.low for one in shares), sum(one.high for one in shares)
    over = _ALL < low < _ALL + _MOST_APART
    under = high < _ALL and high > _ALL - _MOST_APART and bool(_LAST.search(sentence.text[shares[-2].end :]))
    words = f"They come to {as_words(sum(one.value for one in shares), 1)}%."
    figures = tuple(one.printed for one in shares)
    objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.75)
    yield Tested(place_of(sentence), figures, objection if over or under else None)


def _parallel(sentence: Sentence, shares: list[Quantity]) -> bool:
    """Whether nothing but labels stands between the shares."""
    between = (sentence.text[one.end : other.start] for one, other in zip(shares, shares[1:], strict=False))
    return all(
        len(one) < _LONGEST_LABEL
        and not re.search(r"\b(?:compared|followed|from|than|while|whereas|of\swhom|of\swhich|of\sthese)\b|\.\s", one)
        for one in between
    )
