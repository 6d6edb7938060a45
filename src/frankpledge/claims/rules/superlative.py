"""Highest and lowest against what they are of: a table's column or a list, in the sentence or in its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.numbers import WORD, Number, number_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.listings import Listing, listings_of, pattern_of, plain, wide_labels, without
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.runs import runs
from frankpledge.claims.statements import Sentence

SLUG = "superlative"
_HIGH = "highest|largest|greatest|biggest|busiest|most(?:\\scommon|\\sfrequent)?|peak|high\\spoint|top"
_LOW = "lowest|smallest|least(?:\\scommon|\\sfrequent)?|fewest|quietest|low\\spoint"
_NTH = {
    "second": 1, "2nd": 1, "next": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "6th": 5,
}  # fmt: skip
_RANK = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_NTH)})[\s-])?(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\b"
    r"|\b(?P<more>more)\s(?:[a-z]+\s){1,4}?(?:fell\s|came\s|were\s|was\s)?(?:under|in|from)\s(?=.{1,60}\bthan\s(?:under\s|in\s|from\s)?any\sother)"
    r"|\bfollowed\sby\b",
    re.IGNORECASE,
)
# “Most residents”, “at least”: no rank. A rank in a wider list than any that is printed, or of one of several.
_NO_RANK = re.compile(
    r"\b(?:at|one\sof\sthe|among(?:st)?\sthe|amongst|for\sthe|not\sthe|some\sof\sthe|in\sthe)\s$", re.IGNORECASE
)
_MOST_OF = re.compile(r"^(?:most|least|peak|top)$", re.IGNORECASE)
_WIDER = re.compile(
    r"^[^.;]{0,70}?\b(?:in\s(?:all\sof\s)?(?:london|england|wales|the\s(?:country|region|county|capital|uk))|nationally|since|ever|on\srecord|"
    r"for\s(?:\w+\s){1,3}years|of\sall\s(?:london|english)|in\sthe\slast|over\sthe\slast)\b",
    re.IGNORECASE,
)
# What is ranked is not what a list holds.
_OF_ELSE = re.compile(
    r"^[^.;,]{0,40}?\b(?:increases?|decreases?|rises?|falls?|reductions?|changes?|drops?|growth|improvements?|proportions?|shares?|percentages?)\b"
    r"|^\s(?:[a-z]+\s)?(?:positive|negative|likely|vulnerable|recent|deprived|serious|significant|effective)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:were|are)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^[”\"’]?(?:\s?\([^()]*\))?(?:[’']s?\s(?:(?:own|overall)\s)?(?:rate|number|count|total|figure)(?:\s(?:of|at)\s[\d.,]+)?|,)?"
    r"(?:\s(?:(?:was|were|is|are|being|had|has|have|saw|recorded|reported|ranks?|ranked|came|comes|remains?|remained|continues?\sto\shave|"
    r"stands|stood|with|showed|shows|came\sout|again|also|now|still|consistently|both|joint|clearly|at|as)\s){0,4})?(?:the\s|a\s|on\s)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?P<of>[^.;:()]{0,90}?)(?:\b(?:was|were|is|are|being|in|by|came\sfrom|of|fell\son|with)\s|,\s|:\s|\s)(?:in\s|that\sof\s|those\sof\s|recorded\sin\s|at\s|for\s|of\s)?"
    r"(?:the\s)?[“\"‘]?$",
    re.IGNORECASE,
)
_OF_RATES = re.compile(r"\brates?\b|\bper\s\d", re.IGNORECASE)
_OF_COUNTS = re.compile(r"\b(?:number|count|volume|total|fewest|numbers)\b|\b(?:the|had)\smost\b", re.IGNORECASE)
_LEAST_LISTED = 2
# Two that a sentence ranks itself, the first and the last, are no list for its ranks.
_LEAST_RANKED = 3
_FAR_BEFORE, _FAR_BEHIND = 70, 110


@dataclass(frozen=True)
class Said:
    """That a label is at a place from one end of a list; what unit its list is of, where it says."""

    label: str
    printed: str
    rank: str
    nth: int
    down: bool
    unit: Unit | None
    value: Quantity | None
    months: tuple[int, int] | None
    sentence: Sentence
    among: int = 0


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Ranks that no list of the section bears out."""
    near = ranked_lists(document)
    yield from _named_twice(document)
    for said, at in ranks_said(document):
        yield from _compared(said.sentence, said, near[at], document.before(said.sentence))


_SAME_NAME = re.compile(
    r"[“\"]([^”\"]{2,60})[”\"][^.;“\"]{0,60}\b(?:followed\sby|least\s\w+|lowest|fewest|smallest)\s(?:was\s)?[“\"]\1[”\"]",
    re.IGNORECASE,
)


def _named_twice(document: ReadDocument) -> Iterator[Tested]:
    """“‘Female’ (315) came top, followed by ‘Female’ (263)”."""
    for sentence in document.sentences:
        for found in _SAME_NAME.finditer(sentence.text):
            words, place = f"{found[1]} has two ranks.", place_of(sentence)
            yield objected(Objection(Kind.ERROR, SLUG, sentence.text, place, (found[1],), words, "", 0.85))


def ranks_said(document: ReadDocument) -> Iterator[tuple[Said, int]]:
    """Every rank that a sentence gives a label that its section lists, and the number of the section."""
    for at, near in enumerate(ranked_lists(document)):
        pattern = pattern_of(label for one in near for label in one.values)
        for sentence in document.sections[at].sentences if pattern else ():
            assert pattern is not None
            yield from ((said, at) for said in _said(sentence, pattern))


def ranked_lists(document: ReadDocument) -> list[list[Listing]]:
    """The listings of each section, without the wholes that the others are parts of."""
    listed = listings_of(document)
    wide = wide_labels(listed)
    return [[without(one, wide) for one in section] for section in listed]


def _said(sentence: Sentence, labels: re.Pattern[str]) -> Iterator[Said]:
    text, last = sentence.text, None
    named = list(labels.finditer(text))
    yield from _range(sentence, named)
    for rank in _RANK.finditer(text):
        if rank[0].lower() == "followed by":
            found = last and next((one for one in named if 0 <= one.start() - rank.end() <= 3), None)
            if found and last:
                yield _claim(sentence, rank, found, last.nth + 1, last.down)
            continue
        last = None
        if (
            _NO_RANK.search(text[: rank.start()])
            or _WIDER.search(text[rank.end() :])
            or _OF_ELSE.match(text[rank.end() :])
        ):
            continue
        found = _bound(text, rank, named)
        if found is not None:
            nth = _NTH[rank["nth"].lower()] if rank["nth"] else 0
            last = _claim(sentence, rank, found, nth, bool(rank["high"] or rank["more"]))
            yield last


# “Rates range from 0.22 in Eastholm to 1.7 in Westholm”.
_RANGE = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying))\sfrom\s")
_TO = re.compile(r"\s(?:in|for|at|under)\s(?:the\s)?[“\"‘]?$")


def _range(sentence: Sentence, named: Sequence[re.Match[str]]) -> Iterator[Said]:
    """The label of the lowest value and that of the highest."""
    text = sentence.text
    for found in _RANGE.finditer(text):
        ends = [
            (one, label)
            for one in sentence.quantities
            for label in named
            if found.end() <= one.start and one.end <= label.start() and _TO.fullmatch(text[one.end : label.start()])
        ]
        if len(ends) == 2 and ends[0][0].unit is ends[1][0].unit and ends[0][0].value < ends[1][0].value:
            for (value, label), (rank, down) in zip(ends, (("lowest", False), ("highest", True)), strict=True):
                unit = Unit.RATE if value.number.step or value.unit is Unit.RATE else Unit.COUNT
                yield Said(plain(label[0]), label[0], rank, 0, down, unit, value, None, sentence)


def _bound(text: str, rank: re.Match[str], named: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The label that a rank is said of: the one directly before it, else the next behind it."""
    bare = bool(_MOST_OF.match(rank[0])) and not re.search(r"\b(?:the|came)\s$", text[: rank.start()], re.IGNORECASE)
    if rank["more"]:
        return next((one for one in named if 0 <= one.start() - rank.end() <= 2), None)
    if bare:
        return None
    before = [one for one in named if one.end() <= rank.start() and rank.start() - one.end() < _FAR_BEFORE]
    # “In 2015 the lowest was in Eastholm”: a time that is no more than when.
    when = before and _is_time(before[-1][0]) and re.search(r"\b[Ii]n\s(?:the\s)?$", text[: before[-1].start()])
    if before and not when and _BEFORE.match(text[before[-1].end() : rank.start()]):
        return before[-1]
    behind = [one for one in named if one.start() >= rank.end()]
    between = text[rank.end() : behind[0].start()] if behind else ""
    other = _RANK.search(between)
    # “The highest number in 2017”: a time behind is mostly that of the list.
    told = not behind or not _is_time(behind[0][0]) or re.search(r"\b(?:was|being|came)\b", between)
    if not behind or other or not told or len(between) >= _FAR_BEHIND or _SEVERAL.search(between) or " and " in between:
        return None
    return behind[0] if _BEHIND.match(between) else None


def _claim(sentence: Sentence, rank: re.Match[str], found: re.Match[str], nth: int, down: bool) -> Said:
    text = sentence.text
    clause = text[max(text.rfind(";", 0, found.start()), text.rfind(". ", 0, found.start())) + 1 :].partition(";")[0]
    unit = Unit.RATE if _OF_RATES.search(clause) else Unit.COUNT if _OF_COUNTS.search(clause) else None
    times = {
        (one.time.first, one.time.last)
        for one in sentence.quantities
        if one.time is not None and one.time.first is not None and one.time.last is not None
    }
    months = next(iter(times)) if len(times) == 1 and not _is_time(found[0]) else None
    among = _AMONG.match(text[rank.end() :])
    return Said(
        plain(found[0]),
        found[0],
        rank[0],
        nth,
        down,
        unit,
        _value(sentence, found.end(), rank.end()),
        months,
        sentence,
        int(number_of(among[1]).value) if among else 0,
    )


# “Second lowest of the six areas”: of a list of six.
_AMONG = re.compile(
    rf"^[^.;]{{0,60}}?\bof\s(?:the|all)\s({WORD}|\d{{1,2}})\b(?!\s(?:years|quarters|months|weeks|days))",
    re.IGNORECASE,
)


def _is_time(label: str) -> bool:
    return bool(re.match(r"^(?:FY)?\d", label))


def _value(sentence: Sentence, label_end: int, rank_end: int) -> Quantity | None:
    """The value printed with the claim: in brackets behind the label, or behind both; no list of the values of all."""
    listed = {id(one) for run in runs(sentence) if len(run.values) >= _LEAST_RANKED for one in run.values}
    for one in sentence.quantities:
        if one.unit not in (Unit.COUNT, Unit.RATE, Unit.PER_CENT) or (id(one) in listed and one.start > rank_end):
            continue
        lead = sentence.text[label_end : one.start] if one.start >= label_end else None
        if lead is not None and re.match(r"^[”\"’]?\s?\(\s?$|^[”\"’]?,\s(?:with|at)\s$", lead):
            return one
        behind = sentence.text[rank_end : one.start] if one.start >= max(rank_end, label_end) else None
        if behind is not None and re.match(r"^[^.:;()]{0,70}?(?:,\s(?:with|at)\s|\()$", behind):
            return one
    return None


def _compared(sentence: Sentence, said: Said, listed: Sequence[Listing], before: Sentence | None) -> Iterator[Tested]:
    fitting = [one for one in listed if _may_be_of(one, said)]
    fitting = [one for one in fitting if one.sentence is not sentence or len(one.values) >= _LEAST_RANKED]
    fitting = [one for one in fitting if one.sentence is not None and one.sentence in (sentence, before)] or fitting
    if not fitting:
        return
    figures = (said.printed, *([said.value.printed] if said.value else []))
    objection = None
    if not any(_holds(one, said) for one in fitting):
        objection = _objection(sentence, said, fitting[-1], figures)
    yield Tested(place_of(sentence), figures, objection)


def _may_be_of(one: Listing, said: Said) -> bool:
    if said.among and said.among != len(one.values):
        return False
    if said.label not in one.values or len(one.values) < max(_LEAST_LISTED, said.nth + 1) or one.of_people:
        return False
    if said.unit is not None and one.unit is not said.unit:
        return False
    # A table has several columns; which is meant must be told.
    if one.sentence is None and said.unit is None and said.value is None:
        return False
    if said.months is not None and one.months is not None and said.months != one.months:
        return False
    if said.value is None:
        return True
    values = [one.values[said.label], _ordered(one, said.down)[said.nth][1]]
    return any(
        abs(value.value - said.value.value) <= max(value.step, said.value.number.step) / 2 + 1e-9 for value in values
    )


def _ordered(one: Listing, down: bool) -> list[tuple[str, Number]]:
    return sorted(one.values.items(), key=lambda item: item[1].value, reverse=down)


def _holds(one: Listing, said: Said) -> bool:
    at_rank = one.values[_ordered(one, said.down)[said.nth][0]]
    return one.values[said.label].value == at_rank.value


def _objection(sentence: Sentence, said: Said, one: Listing, figures: tuple[str, ...]) -> Objection:
    first = _ordered(one, said.down)[said.nth][0]
    words = (
        f"Of {len(one.values)} values the {said.rank.lower()} is that of {one.names[first]} "
        f"({as_words(one.values[first].value)}); {said.printed} has {as_words(one.values[said.label].value)}."
    )
    return Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
