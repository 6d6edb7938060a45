"""The populations that a document prints, each with the area it is of where that is named beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.listings import listings_of
from frankpledge.claims.statements import Sentence

_JOINT = r"(?:\s(?:and|upon|on|in|under|with)\s(?:the\s)?|-(?:[a-z]+-)?|\s)"
NAME = rf"[A-Z][a-z]+(?:{_JOINT}[A-Z][a-z]+){{0,3}}"
_OF_POPULATIONS = re.compile(r"\b(?:populations?|residents|estimates?|census|inhabitants)\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"({NAME}),?\s?(?:\(|(?:has|had|is\shome\sto|with|contains)\s(?:a\spopulation\sof\s)?(?:[a-z]+\s){{0,3}})$"
    rf"|population\sof\s({NAME}):?\s(?:is|was|stands\sat|of)?\s?(?:[a-z]+\s){{0,3}}\(?$"
)
_BEHIND = re.compile(rf"^\s(?:residents\s|people\s)?(?:in|for)\s({NAME})")
_LEAST = 15_000


def populations_of_areas(document: ReadDocument) -> Mapping[str, tuple[float, ...]]:
    """Area → the populations that the document prints of it."""
    found: dict[str, list[float]] = defaultdict(list)
    for name, one, _ in populations_told(document):
        found[name].append(one.value)
    for listed in (one for section in listings_of(document) for one in section if one.of_people):
        for label, number in listed.values.items():
            if re.fullmatch(NAME, listed.names[label]):
                found[listed.names[label]].append(number.value)
    return {name: tuple(values) for name, values in found.items()}


def populations_told(document: ReadDocument) -> Iterator[tuple[str, Quantity, Sentence]]:
    """The areas whose population a sentence tells, with it."""
    for sentence in document.sentences:
        yield from ((name, one, sentence) for name, one in _told(sentence))


def _told(sentence: Sentence) -> Iterator[tuple[str, Quantity]]:
    if not _OF_POPULATIONS.search(sentence.text):
        return
    for one in sentence.quantities:
        if one.unit is not Unit.COUNT or one.value < _LEAST:
            continue
        before, behind = _BEFORE.search(sentence.text[: one.start]), _BEHIND.match(sentence.text[one.end :])
        if before:
            yield before[1] or before[2], one
        elif behind:
            yield behind[1], one


def area_named(text: str, known: Mapping[str, object]) -> str:
    """The one area of those known that a text names; empty where it names none, or two."""
    named = [name for name in known if re.search(rf"\b{re.escape(name)}\b", text)]
    # “Larkmoor” is named with “Southsedge and Larkmoor”.
    alone = [name for name in named if not any(name != other and name in other for other in named)]
    return alone[0] if len(alone) == 1 else ""
