"""Words of direction: which way they say something went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Nouns that follow a number (“an 8% reduction”), and all others.
_NOUNS = {
    1: r"increases?|rises?|growth|uplift|jump|surge|upturn|upwards?(?:\s(?:trend|trajectory|movement))?",
    -1: r"decreases?|falls?|reductions?|drops?|declines?|dip|downturn|downwards?(?:\s(?:trend|trajectory|movement))?",
}
_COMPARED = {1: r"more|higher|greater|above", -1: r"fewer|less|lower|below"}
_VERBS = {
    1: r"rose|risen|rising|increased|increasing|grew|grown|growing|climbed|climbing|went\sup|gone\sup|came\sup|up|"
    r"jumped|surged|soared|"
    r"rocketed|swelled|swollen|expanded",
    -1: r"fell|fallen|falling|decreased|decreasing|dropped|dropping|declined|declining|reduced|reducing|went\sdown|"
    r"gone\sdown|come\sdown|came\sdown|down|dipped|shrank|shrunk|plunged|plummeted|slumped|tumbled|slid|lessened|diminished",
}


@dataclass(frozen=True)
class Direction:
    """A word of direction: where it stands, 1 for up and −1 for down, and what kind of word it is."""

    start: int
    end: int
    way: int
    kind: str


_WORDS = {
    (kind, way): re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, by_way in (("noun", _NOUNS), ("compared", _COMPARED), ("verb", _VERBS))
    for way, words in by_way.items()
}
# “Made up of”, “follow up”, “set up”, “up to”, “up-to-date”, “broken down”, “laid down”.
_NO_DIRECTION = re.compile(
    r"\b(?:made|make|makes|making|set|follow|following|sign|signed|taken|take|took|pick|picked|back|drawn|draw|broken|"
    r"break|laid|track|cut|close|closed|step|stepped|slow|wind|write|written|end|ended|catch|sum|add|adds|added|build)"
    r"[\s-](?:up|down)\b|\bup[\s-](?:to|until)\b|\brise\sto\sthe\b|\bdown\sto\sthe\b|(?<!\d\s)(?<!%\s)(?<!cent\s)(?<!points\s)(?<!pp\s)"
    + "".join(
        rf"(?<!\b{word}\s)" for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
    + r"\b(?:more|less)\sthan\b|"
    r"\bfewer\sthan\s\d|\babove[\s-](?:average|mentioned)\b|\b(?:the|see|as|listed|table|chart)\s(?:above|below)\b|"
    r"\b(?:above|below)\s(?:the\s)?(?:average|table|chart|shows?)\b|\bno\smore\b|\bupwards\sof\b|\bup\sand\sdown\b|\bdrop[\s-]in\b",
    re.IGNORECASE,
)


def directions(text: str) -> Iterator[Direction]:
    """The words of direction of a sentence, in order."""
    none = [found.span() for found in _NO_DIRECTION.finditer(text)]
    found = [
        Direction(one.start(), one.end(), way, kind)
        for (kind, way), words in _WORDS.items()
        for one in words.finditer(text)
        if not any(start <= one.start() < end for start, end in none)
    ]
    yield from sorted(found, key=lambda one: one.start)
