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
        yield from _list(sentence)
        shares = [one for one in sentence.quantities if one.unit is Unit.PER_CENT]
        for one, other in zip(shares, shares[1:], strict=False):
            if _exclude(sentence, one, other):
                over = one.low + other.low > _ALL + _ROUNDING
                objection = _objection(sentence, one, other) if over else None
                yield Tested(place_of(sentence), (one.printed, other.printed), objection)


def _exclude(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    """Whether the words beside each name the two of a pair, and nothing between tells of another whole."""
    after = sentence.text[one.end : other.start].lower()
    behind = sentence.text[other.end : other.end + 40].lower()
    if len(after) > 60 or re.search(
        r"[.;()]|\b(?:increas\w+|decreas\w+|while|whereas|compared|of\sthese|of\swhich|than|from|to)\b", after
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


_GROUPS = re.compile(
    r"(?:‹P\d+›\s(?:of\s(?:the\spopulation|residents|them)\s)?(?:were|was|are|is|identified|identifies|described|recorded|self-identified)\s[^‹›.;]{3,90};\s){3,}"
    r"(?:and\s)?‹P\d+›\s(?:were|was|are|is|identified|identifies|described|recorded|self-identified)"
)
_TAG = re.compile(r"‹P(\d+)›")
_MOST_OVER = 8.0


def _list(sentence: Sentence) -> Iterator[Tested]:
    """Four groups or more in parallel clauses: “36.5% identified as …; 7.2% identified as …”."""
    for found in _GROUPS.finditer(sentence.tagged.text):
        shares = [sentence.quantities[int(at)] for at in _TAG.findall(found[0])]
        # The clause before the list may begin it in other words.
        low, high = sum(one.low for one in shares), sum(one.high for one in shares)
        words = f"They come to {as_words(sum(one.value for one in shares), 1)}%."
        figures = tuple(one.printed for one in shares)
        objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.75)
        yield Tested(place_of(sentence), figures, objection if low > _ALL and high < _ALL + _MOST_OVER else None)
