"""A ratio in words against its two values: “more than doubled, from 47 to 61”, “fell by three quarters”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Pair, Sentence

SLUG = "percent-of-counts"
_MORE, _LESS = r"more\sthan|over|well\sover", r"almost|nearly|close\sto|just\sunder|virtually"
_TIMES = {"halved": 0.5, "doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0}
_MULTIPLIED = re.compile(
    rf"\b(?:(?P<more>{_MORE})\s|(?P<less>{_LESS})\s|(?P<about>about|around|roughly|approximately)\s)?(?P<word>{'|'.join(_TIMES)})\b"
)
_BY_A_PART = re.compile(rf"‹(?P<way>[UD])›\sby\s(?:(?P<more>{_MORE})\s|(?P<less>{_LESS})\s)?‹F(?P<part>\d+)›")
# How far a word that says neither more nor less may lie from the ratio.
_LOOSE = 0.12
_FURTHEST = 50.0
_DENIED = re.compile(r"\b(?:not|target|aim|could|would|will|hope|expected|number\sof\swhich)\b", re.IGNORECASE)


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Words for a ratio that the two values of their sentence do not bear out."""
    for sentence in document.sentences:
        found = list(_said(sentence))
        if len(found) == 1 and len(sentence.pairs) == 1 and not _DENIED.search(sentence.text):
            (words, ratio), pair = found[0], sentence.pairs[0]
            if pair.before.low > 0 and pair.before.unit in (Unit.COUNT, Unit.RATE, Unit.MONEY, Unit.PER_CENT):
                figures = (pair.before.printed, pair.after.printed)
                fits = ratio.meets(Between(pair.after.low / pair.before.high, pair.after.high / pair.before.low))
                yield Tested(place_of(sentence), figures, None if fits else _objection(sentence, words, pair))


def _said(sentence: Sentence) -> Iterator[tuple[str, Between]]:
    """The words, and the ratios of the later to the earlier value that they allow."""
    text = sentence.tagged.text
    for one in _MULTIPLIED.finditer(text):
        times = _TIMES[one["word"]]
        yield one[0], _allowed(times, more=bool(one["more"]), less=bool(one["less"]))
    for one in _BY_A_PART.finditer(text):
        part = sentence.quantities[int(one["part"])]
        moved = part.value / 100 if part.value > 1 else part.value
        times = 1 + moved if one["way"] == "U" else 1 - moved
        hedge = one["more"] or one["less"]
        words = f"{hedge} {part.printed}" if hedge else part.printed
        yield words, _allowed(times, more=bool(one["more"]), less=bool(one["less"]))


def _allowed(times: float, *, more: bool, less: bool) -> Between:
    """From “not quite so far” to “further”, along the way from one to so many times."""
    way = times - 1
    near, far = (1.0, _FURTHEST) if more else (1 - 2 * _LOOSE, 1.0) if less else (1 - _LOOSE, 1 + _LOOSE)
    return Between.of(max(1 + near * way, 0.0), max(1 + far * way, 0.0))


def _objection(sentence: Sentence, words: str, pair: Pair) -> Objection:
    moved = 100 * (pair.after.value / pair.before.value - 1)
    said = f"From {pair.before.printed} to {pair.after.printed} is {as_words(moved, 1)}%; it is called “{words}”."
    figures = (pair.before.printed, pair.after.printed)
    return Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, said, "", 0.85)
