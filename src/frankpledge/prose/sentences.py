"""A passage's sentences and clauses, with its references blotted out and every letter where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.prose.markdown import Kind, Passage, Piece

# One letter for a reference's beginning and one for the rest of it; so also of what is settled. No text has them.
REFERENCE, REST, SETTLED = "\ufffc", "\ufff9", "\ufffa"
A_REFERENCE = f"{REFERENCE}{REST}*"

_SENTENCE_END = re.compile(rf"(?<=[.!?])[”’\")]*\s+(?=[A-Z“‘\"(\d{REFERENCE}{SETTLED}])")
# After these a full stop ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|approx|incl|vs|No|St|Dr|Mr|Mrs|Ms|para|s|ss|art|reg|sch|p|pp|c)\.$")
_CLAUSE_END = re.compile(
    r";|,?\s+\b(?:but|while|whilst|whereas|although|though|however|when|after|because)\b|,\s+and\b|\s[–—]\s"
)


@dataclass(frozen=True)
class Stretch:
    """A part of a passage: a sentence or a clause, and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def blotted(passage: Passage) -> str:
    """The text with what is looked up and what is settled blotted out, each letter in its place."""
    return "".join(_blotted(piece) for piece in passage.pieces)


def _blotted(piece: Piece) -> str:
    length = piece.end - piece.start
    match piece.kind:
        case Kind.TEXT:
            return piece.text
        case Kind.REFERENCE:
            return REFERENCE + REST * (length - 1)
        case Kind.STATED:
            return SETTLED * length


def sentences(text: str) -> Iterator[Stretch]:
    """The sentences of a blotted text."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[start : found.start()]):
            yield Stretch(text[start : found.start()], start)
            start = found.end()
    if text[start:].strip():
        yield Stretch(text[start:], start)


def clauses(sentence: Stretch) -> Iterator[Stretch]:
    """The clauses of a sentence."""
    start = 0
    for found in _CLAUSE_END.finditer(sentence.text):
        yield Stretch(sentence.text[start : found.start()], sentence.start + start)
        start = found.start()
    yield Stretch(sentence.text[start:], sentence.start + start)
