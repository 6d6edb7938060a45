"""Parts against their total, in a sentence: “16 people: 2 adults and 14 minors”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.runs import Run, runs
from frankpledge.claims.slips import sum_slips
from frankpledge.claims.statements import Sentence

SLUG = "parts-of-total"
# Behind a total, what says that all its parts follow.
_ALL_FOLLOW = re.compile(
    r"\b(?:comprising|comprises?|comprised(?:\sof)?|consist(?:s|ed|ing)?\sof|made\sup\sof|split\sbetween|broken\sdown|breakdown|"
    r"divided\sinto|namely|as\sfollows|between\sthem)\b",
    re.IGNORECASE,
)
# A total and its parts with no more than a mark between.
_MARK = re.compile(r"(?:\s?:\s|\s[–—-]\s|\s\()(?:[^.;:()]{0,60})$")
# Between parts and a total behind them.
_COMES_TO = re.compile(
    r"\b(?:(?:a|in)\stotal(?:\sof)?|total(?:s|led|ling)?|making|makes?|gives?|giving|(?:brings?|bringing|took|takes?|taking)\sthe\stotal|"
    r"comes?\sto|came\sto|together\s(?:had|have|recorded|made|make|come|came|account)|altogether|equals?|add(?:s|ed)?\sup\sto|sum(?:s|med)?\sto)\b"
    r"|(?:^|[\s(])total\s",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"^\)?\s(?:[a-z]+\s){0,4}?(?:altogether|in\s(?:all|total)|between\sthem|overall)\b", re.IGNORECASE)
_SOME_FOLLOW = re.compile(r"\bof\swh(?:ich|om)\b")
_NO_PARTS = re.compile(
    r"\b(?:including|includes?|included|such\sas|up\sfrom|down\sfrom|compared|against|average[sd]?|averag\w+|(?:a|the)\starget|"
    r"more\sthan\sone|same|mean|a\s(?:year|month|quarter|week|day)|per\s(?:year|month|quarter|week|day))\b",
    re.IGNORECASE,
)
_LEAST_PARTS = 2
_NEAR_ENOUGH = 0.35
_SERIES = re.compile(r"\b(?:19|20)\d\d\b")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Totals that their parts do not add up to."""
    for sentence in document.sentences:
        for run in runs(sentence):
            if run.unit in (Unit.COUNT, Unit.MONEY):
                yield from _run(sentence, run)


def _run(sentence: Sentence, run: Run) -> Iterator[Tested]:
    if _in_all(sentence, run.values[-1]) and len(run.values) > _LEAST_PARTS:
        yield from _compared(sentence, run.values[-1], run.values[:-1], certain=True)
        return
    if sum(bool(_SERIES.search(label)) for label in run.labels) > 1:
        return  # a series of years, not parts
    for total, certain in _totals(sentence, run):
        # What brings parts to a total is told of these parts and no others.
        closed = certain and total.start > run.end and len(run.values) > _LEAST_PARTS
        yield from _compared(sentence, total, run.values, certain, closed=closed)


def _in_all(sentence: Sentence, last: Quantity) -> bool:
    return bool(_IN_ALL.match(sentence.text[last.end :]))


def _totals(sentence: Sentence, run: Run) -> Iterator[tuple[Quantity, bool]]:
    """The value that may be the run's total, and whether the words between say that it is."""
    of_unit = [one for one in sentence.quantities if one.unit is run.unit and one not in run.values]
    behind = next((one for one in of_unit if one.start >= run.end), None)
    if behind is not None:
        between = sentence.text[run.end : behind.start]
        told = bool(_COMES_TO.search(between)) or (
            bool(re.match(r"^(?:\s[a-z][a-z\s]{0,40})?\)?[:,]?\s$", between)) and _in_all(sentence, behind)
        )
        if told and len(between) < 90:
            yield behind, True
            return
    before = next((one for one in reversed(of_unit) if one.end <= run.start), None)
    if (
        before is None
        and len(run.values) > _LEAST_PARTS
        and _ALL_FOLLOW.search(_between(sentence, run.values[0], run.values[1]))
    ):
        before = run.values[0]
    if before is not None:
        between = sentence.text[before.end : run.start]
        certain = bool(_ALL_FOLLOW.search(between) or _MARK.search(between)) and not _SOME_FOLLOW.search(between)
        if _NO_PARTS.search(between) or len(between) > 120 or re.search(r"\.\s|;", between):
            return
        yield before, certain


def _between(sentence: Sentence, one: Quantity, other: Quantity) -> str:
    return sentence.text[one.end : other.start]


def _compared(
    sentence: Sentence, total: Quantity, parts: Sequence[Quantity], certain: bool, *, closed: bool = False
) -> Iterator[Tested]:
    told = sentence.text[min(total.start, parts[0].start) : max(total.end, parts[-1].end)]
    if any(one.hedge is not Hedge.EXACT for one in (total, *parts)) or _NO_PARTS.search(told):
        return
    low, high = sum(one.low for one in parts), sum(one.high for one in parts)
    fits = total.low <= high and low <= total.high
    apart = total.value - sum(one.value for one in parts)
    slipped = len(parts) > _LEAST_PARTS and sum_slips([one.printed for one in parts], total.printed, apart)
    near = abs(apart) <= _NEAR_ENOUGH * total.value or _scaled(total, parts) or _left_out(total, parts)
    figures = (total.printed, *(one.printed for one in parts))
    if fits or (certain and near) or slipped or closed:
        yield Tested(place_of(sentence), figures, None if fits else _objection(sentence, total, parts))


def _scaled(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether thousands are told for millions, or millions for thousands, in one of them."""
    added = sum(one.value for one in parts)
    every = [(total.value * times, added) for times in _SCALES]
    every += [(total.value, added + (times - 1) * one.value) for times in _SCALES for one in parts]
    return any(abs(one - other) <= _SAME * max(one, other) for one, other in every)


def _left_out(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one of three parts or more was not added."""
    added = sum(one.value for one in parts)
    return len(parts) > _LEAST_PARTS and any(total.value == added - one.value for one in parts)


_SCALES = (1e3, 1e-3)
_SAME = 0.001


def _objection(sentence: Sentence, total: Quantity, parts: Sequence[Quantity]) -> Objection:
    added = sum(one.value for one in parts)
    return Objection(
        Kind.ERROR,
        SLUG,
        sentence.text,
        place_of(sentence),
        (total.printed, *(one.printed for one in parts)),
        f"{' + '.join(one.printed for one in parts)} is {as_words(added)}, not {total.printed}.",
        f"A part of {as_words(total.value - added)} is missing, or one of the numbers is wrong.",
        0.8,
    )
