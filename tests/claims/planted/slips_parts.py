"""What makers of slips share: candidates, numbers as printed, and wrong numbers that are wrong enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from random import Random

from tests.claims.planted.assembling import Assembled
from tests.claims.planted.figures import WORDS, reprinted
from tests.claims.planted.model import Claim, Relation, Token


@dataclass(frozen=True)
class Candidate:
    """A token that could be printed wrong, how, and why it would be wrong."""

    token: Token
    wrong: str
    variant: str
    reason: str


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def shown(text: str) -> float | None:
    """The number a text prints, in its own unit; None of words."""
    if found := _NUMBER.search(text):
        return float(found.group().replace(",", ""))
    for word in text.lower().split():
        if word in WORDS:
            return float(WORDS.index(word))
    return None


def unit_of(text: str) -> float:
    """One in the last place printed."""
    found = _NUMBER.search(text)
    return 10.0 ** -len(found.group().partition(".")[2]) if found else 1.0


def scale_of(token: Token) -> float:
    """What one of the printed unit is worth: a thousand in “£431k”."""
    number = shown(token.text)
    if not number or not token.value:
        return 1.0
    return float(10 ** round(log10(abs(token.value) / number)))


def exact(token: Token) -> bool:
    """Whether it is a plain figure: no word before it that softens it, no words for it."""
    return bool(re.match(r"[-−–+£]?\d", token.text))


def reprint(token: Token, value: float) -> str:
    """The same print of another number, in the printed unit."""
    return reprinted(token.text, value)


def room_of(tokens: list[Token], made: Token) -> float:
    """How far rounding of what a figure is made from can move it, in its printed unit."""
    rough = [unit_of(token.text) * scale_of(token) for token in tokens]
    return sum(unit for unit in rough if unit != 1) / scale_of(made)


def apart(token: Token, value: float, room: float = 0.0) -> bool:
    """Whether another number, in the printed unit, is wrong beyond all rounding."""
    right = shown(token.text)
    if right is None or value <= 0:
        return False
    wrong = shown(reprint(token, value))
    least = max(1.6 * unit_of(token.text) + room, 0.02 * right)
    return wrong is not None and abs(wrong - right) > least and abs(value - right) > least


def swapped(text: str) -> list[float]:
    """Numbers with two neighbouring digits swapped."""
    found = _NUMBER.search(text)
    if not found:
        return []
    digits, made = found.group(), []
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    for left, right in zip(places, places[1:], strict=False):
        chars = list(digits)
        chars[left], chars[right] = chars[right], chars[left]
        if chars != list(digits) and (chars[0] != "0"):
            made.append(float("".join(chars).replace(",", "")))
    return made


def misprints(rng: Random, token: Token) -> Iterator[tuple[str, float]]:
    """Wrong numbers that come of typing: digits swapped, one digit wrong, the point moved."""
    right = shown(token.text)
    if right is None:
        return
    if exact(token):
        yield from (("digits swapped", value) for value in swapped(token.text))
    if right >= 20 and unit_of(token.text) == 1:
        step = 10 ** rng.randint(1, max(1, int(log10(right)) - (0 if right < 100 else 1)))
        yield "ten out" if step == 10 else "hundreds out", right + rng.choice([-1, 1]) * step
    if unit_of(token.text) < 1:
        yield "decimal shifted", right * 10
        if right > 10:
            yield "decimal shifted", right / 10


def candidates(
    token: Token, numbers: Iterator[tuple[str, float]] | list[tuple[str, float]], reason: str, room: float = 0.0
) -> Iterator[Candidate]:
    """Those of the wrong numbers that are wrong enough, as candidates."""
    for variant, value in numbers:
        if apart(token, value, room):
            yield Candidate(token, reprint(token, value), variant, reason)


def of_relation(made: Assembled, *relations: Relation) -> list[Claim]:
    """Claims of some relations."""
    return [claim for claim in made.claims if claim.relation in relations]


def one(claim: Claim, role: str) -> Token | None:
    """The token of a role that has one."""
    found = [token for token in claim.roles.get(role, ()) if isinstance(token, Token)]
    return found[0] if found else None


def all_of(claim: Claim, role: str) -> list[Token]:
    """Tokens of a role."""
    return [token for token in claim.roles.get(role, ()) if isinstance(token, Token)]


def texts(claim: Claim) -> str:
    """What a claim is of, in words for a person."""
    roles = (f"{name} {', '.join(t.text for t in all_of(claim, name))}" for name in claim.roles)
    return f"{claim.relation.value}: " + "; ".join(roles)
