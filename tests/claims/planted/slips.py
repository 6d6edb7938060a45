"""A slip planted in an assembled document: candidates of a kind, one of them drawn, its token printed wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.claims.planted.assembling import Assembled
from tests.claims.planted.model import Draft, Relation, Slip, SlipKind, TableDraft, Token
from tests.claims.planted.slips_figures import (
    averages,
    changes,
    hundreds,
    percents,
    rates,
    repeats,
    shares,
    totals,
)
from tests.claims.planted.slips_parts import Candidate
from tests.claims.planted.slips_words import dates, directions, malformed, spans, superlatives, units

_MAKERS: dict[SlipKind, Callable[[Assembled, Random], Iterator[Candidate]]] = {
    SlipKind.CHANGE_OF_COUNTS: changes,
    SlipKind.PERCENT_OF_COUNTS: percents,
    SlipKind.DIRECTION: directions,
    SlipKind.RATE_OF_COUNT: rates,
    SlipKind.SHARE_OF_WHOLE: shares,
    SlipKind.SHARES_OF_HUNDRED: hundreds,
    SlipKind.PARTS_OF_TOTAL: totals,
    SlipKind.AVERAGE_OF_PERIOD: averages,
    SlipKind.SAME_QUANTITY: repeats,
    SlipKind.SUPERLATIVE: superlatives,
    SlipKind.DATES: dates,
    SlipKind.SPAN: spans,
    SlipKind.UNIT: units,
    SlipKind.MALFORMED: malformed,
}

# Claims that may fail together with that of the kind: they are about the same printed figure.
_BESIDES: dict[SlipKind, set[Relation]] = {
    SlipKind.SHARE_OF_WHOLE: {Relation.HUNDRED},
    SlipKind.SHARES_OF_HUNDRED: {Relation.SHARE},
    SlipKind.PARTS_OF_TOTAL: {Relation.SHARE},
    SlipKind.SAME_QUANTITY: {Relation.LOOKUP, Relation.RATE},
    SlipKind.UNIT: {Relation.TOTAL, Relation.DIFFERENCE, Relation.PERCENT, Relation.DIRECTION},
    SlipKind.DATES: {Relation.LOOKUP, Relation.ORDER, Relation.PAST, Relation.WEEKDAY},
}
_OWN: dict[SlipKind, set[Relation]] = {
    SlipKind.CHANGE_OF_COUNTS: {Relation.DIFFERENCE},
    SlipKind.PERCENT_OF_COUNTS: {Relation.PERCENT, Relation.RATIO},
    SlipKind.DIRECTION: {Relation.DIRECTION, Relation.DIFFERENCE, Relation.PERCENT},
    SlipKind.RATE_OF_COUNT: {Relation.RATE},
    SlipKind.SHARE_OF_WHOLE: {Relation.SHARE},
    SlipKind.SHARES_OF_HUNDRED: {Relation.HUNDRED},
    SlipKind.PARTS_OF_TOTAL: {Relation.TOTAL},
    SlipKind.AVERAGE_OF_PERIOD: {Relation.AVERAGE},
    SlipKind.SAME_QUANTITY: {Relation.SAME},
    SlipKind.SUPERLATIVE: {Relation.EXTREME},
    SlipKind.DATES: {Relation.PAST},
    SlipKind.SPAN: {Relation.SPAN},
    SlipKind.UNIT: {Relation.POINTS, Relation.RATE},
}


@dataclass(frozen=True)
class _Spot:
    """Where a token stands."""

    block: int
    cell: tuple[int, int] | None


def _spot(made: Assembled, token: Token) -> _Spot | None:
    """The one place a token is printed; None where there are more, or it is in no block."""
    blocks = made.where.get(id(token), [])
    if len(blocks) != 1:
        return None
    draft = made.drafts[blocks[0] - 1]
    if isinstance(draft, TableDraft):
        for row, cells in enumerate(draft.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell is token:
                    return _Spot(blocks[0], (row, column))
    return _Spot(blocks[0], None)


def _fair(made: Assembled, kind: SlipKind, candidate: Candidate) -> bool:
    """Whether it makes one contradiction, of its kind, in one place."""
    token = candidate.token
    if candidate.wrong == token.text or _spot(made, token) is None:
        return False
    if kind is SlipKind.MALFORMED:
        return True
    allowed = _OWN[kind] | _BESIDES.get(kind, set())
    return all(claim.relation in allowed for claim in made.involving(token))


def plant(made: Assembled, kind: SlipKind, rng: Random, wanted: str | None = None) -> Slip | None:
    """Prints one token wrong, and tells what was done; None where the document has nothing fit for it."""
    by_variant: dict[str, list[Candidate]] = {}
    for candidate in _MAKERS[kind](made, rng):
        if _fair(made, kind, candidate):
            by_variant.setdefault(candidate.variant, []).append(candidate)
    if not by_variant or (wanted is not None and wanted not in by_variant):
        return None
    chosen = rng.choice(by_variant[wanted or rng.choice(sorted(by_variant))])
    return _planted(made, kind, chosen)


def _planted(made: Assembled, kind: SlipKind, chosen: Candidate) -> Slip:
    token, spot = chosen.token, _spot(made, chosen.token)
    assert spot is not None
    near = _near(made, token, spot.block)
    right, token.text = token.text, chosen.wrong
    draft = made.drafts[spot.block - 1]
    passage = draft.text() if isinstance(draft, Draft) else draft.caption.text()
    wrong = chosen.wrong
    if spot.cell is None and wrong not in passage:
        # At the start of a sentence it has a capital.
        wrong, right = (text[:1].upper() + text[1:] for text in (wrong, right))
    return Slip(kind, chosen.variant, spot.block, passage, spot.cell, wrong, right, chosen.reason, near)


def _near(made: Assembled, token: Token, block: int) -> bool:
    """Whether something that contradicts it is told in its own block, or by itself."""
    claims = made.involving(token)
    inside = [all(block in made.where.get(id(t), [block]) for t in claim.tokens()) for claim in claims]
    return any(inside) or not claims
