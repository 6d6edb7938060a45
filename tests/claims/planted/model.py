"""What a planted document is made of: tokens (printed figures and words), what is stated of them, and drafts.

A token is one object wherever it is spoken of, so that a slip changes it in the text and in the record at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from frankpledge.claims.published import PassageKind, PublishedDocument


class SlipKind(StrEnum):
    """What is wrong in a document."""

    CHANGE_OF_COUNTS = "change-of-counts"
    PERCENT_OF_COUNTS = "percent-of-counts"
    DIRECTION = "direction"
    RATE_OF_COUNT = "rate-of-count"
    SHARE_OF_WHOLE = "share-of-whole"
    SHARES_OF_HUNDRED = "shares-of-hundred"
    PARTS_OF_TOTAL = "parts-of-total"
    AVERAGE_OF_PERIOD = "average-of-period"
    SAME_QUANTITY = "same-quantity"
    SUPERLATIVE = "superlative"
    DATES = "dates"
    SPAN = "span"
    UNIT = "unit"
    MALFORMED = "malformed"


class Relation(StrEnum):
    """What a record says of printed strings; the roles each has are named in the module that states it."""

    DIFFERENCE = "difference"
    PERCENT = "percent"
    RATIO = "ratio"
    DIRECTION = "direction"
    RATE = "rate"
    SHARE = "share"
    HUNDRED = "hundred"
    TOTAL = "total"
    AVERAGE = "average"
    EXTREME = "extreme"
    MULTIPLE = "multiple"
    POINTS = "points"
    SPAN = "span"
    PAST = "past"
    ORDER = "order"
    WEEKDAY = "weekday"
    LOOKUP = "lookup"
    SAME = "same"


@dataclass(eq=False)
class Token:
    """A figure, name or word as printed.

    Attributes
    ----------
    text
        As printed; a slip replaces it.
    key
        The quantity it prints; tokens with one key print one quantity. Empty of words.
    value
        What it stands for before rounding; of words, nought.
    label
        The period printed beside a count, where it is.
    """

    text: str
    key: str = ""
    value: float = 0.0
    label: Token | None = None


@dataclass(frozen=True)
class Ref:
    """A quantity that is printed elsewhere in the document, if it is."""

    key: str


@dataclass(eq=False)
class Claim:
    """What a sentence or table states of its tokens, by role."""

    relation: Relation
    roles: dict[str, tuple[Token | Ref, ...]]

    def tokens(self) -> Iterator[Token]:
        """Those of its roles that are tokens."""
        return (one for role in self.roles.values() for one in role if isinstance(one, Token))


Piece = str | Token


@dataclass(eq=False)
class Statement:
    """One or two sentences, or a line of a box, with what they state."""

    pieces: list[Piece]
    claims: list[Claim] = field(default_factory=list)

    def text(self) -> str:
        """As printed: articles that agree, and a capital at the start."""
        return rendered(self.pieces)


@dataclass(eq=False)
class Draft:
    """A passage before it has its place."""

    kind: PassageKind
    statements: list[Statement]
    level: int = 0

    def text(self) -> str:
        """Its statements, one after the other."""
        return " ".join(one.text() for one in self.statements)

    def tokens(self) -> Iterator[Token]:
        """All tokens printed in it."""
        return (piece for one in self.statements for piece in one.pieces if isinstance(piece, Token))

    def claims(self) -> Iterator[Claim]:
        """All that is stated in it."""
        return (claim for one in self.statements for claim in one.claims)


@dataclass(eq=False)
class TableDraft:
    """A table before it has its place."""

    caption: Statement
    rows: list[list[Piece]]
    stated: list[Claim] = field(default_factory=list)

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Its cells as printed."""
        return tuple(tuple(cell.text if isinstance(cell, Token) else cell for cell in row) for row in self.rows)

    def tokens(self) -> Iterator[Token]:
        """All tokens printed in it and in its caption."""
        yield from (piece for piece in self.caption.pieces if isinstance(piece, Token))
        yield from (cell for row in self.rows for cell in row if isinstance(cell, Token))

    def claims(self) -> Iterator[Claim]:
        """All that is stated in it."""
        yield from self.caption.claims
        yield from self.stated


AnyDraft = Draft | TableDraft


@dataclass(frozen=True)
class Slip:
    """What is wrong, and where.

    Attributes
    ----------
    variant
        How it went wrong, within its kind.
    block
        Number of the block it stands in, from 1.
    passage
        Text of that passage; of a table, its caption.
    cell
        Row and column, from 1, where it stands in a table.
    wrong, right
        As printed, and as it should have been.
    near
        Whether what contradicts it stands in the same block; else it is elsewhere in the document.
    """

    kind: SlipKind
    variant: str
    block: int
    passage: str
    cell: tuple[int, int] | None
    wrong: str
    right: str
    reason: str
    near: bool = True


@dataclass(frozen=True)
class Stated:
    """A record of what the document states: the strings as printed by role, and the blocks they stand in."""

    relation: Relation
    printed: Mapping[str, tuple[str, ...]]
    blocks: tuple[int, ...]


@dataclass(frozen=True)
class Planted:
    """A document, the slip in it, and a record of all that is stated in it."""

    document: PublishedDocument
    planted: Slip | None
    stated: tuple[Stated, ...]

    @property
    def blocks(self) -> tuple[object, ...]:
        """Passages and tables, in reading order."""
        return self.document.blocks


_VOWEL = re.compile(r"(?:8|1[18](?!\d)|1[18],\d|[aeio]|un(?!i)|up|FY|hourly)", re.IGNORECASE)
_ENDED = re.compile(r"(?:[a-z%)\d][.!?] |^\d+\.\d+ )$")
_ARTICLE = re.compile(r"(?:^|[\s(–—“])([Aa]) $")


def rendered(pieces: list[Piece]) -> str:
    """Pieces as one text: “a” becomes “an” where it must, and each sentence begins with a capital."""
    out = ""
    for piece in pieces:
        text = piece.text if isinstance(piece, Token) else piece
        if _ARTICLE.search(out) and _VOWEL.match(text) and not re.match(r"one\b|eu|use", text):
            out = out[:-1] + "n "
        out += text[:1].upper() + text[1:] if _ENDED.search(out) else text
    return out[:1].upper() + out[1:]
