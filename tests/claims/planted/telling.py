"""One document's teller: makes tokens of the world's figures, and sentences of templates.

Templates have slots in braces and choices in brackets: “[In total|Overall], {after} {things} were {seen}.” What is not
in braces is words. A slot that a template does not use is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.claims.planted import figures
from tests.claims.planted.model import Claim, Piece, Ref, Relation, Statement, Token
from tests.claims.planted.periods import SENTENCES, Year, written
from tests.claims.planted.world import Series, World

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")

Slots = Mapping[str, Token | str]


class Teller:
    """Draws, remembers which templates were used, and prints figures in the document's style."""

    def __init__(self, rng: Random, world: World) -> None:
        self.rng = rng
        self.world = world
        self.style = world.style
        self.used: set[str] = set()
        # Periods of one word can stand before a noun: “the 2018/19 figure”.
        self.short = " " not in world.says.sentence
        # A rolling year has no quarters that a reader would know by number.
        self.quartered = world.periods[3].kind is not Year.ROLLING

    def chance(self, share: float) -> bool:
        """True in this share of draws."""
        return self.rng.random() < share

    def pick(self, templates: Sequence[str], slots: Slots | None = None) -> str:
        """A template that can be filled, one not used before where there is one."""
        fit = [one for one in templates if slots is None or slots_of(one) <= set(slots)]
        assert fit, templates
        fresh = [one for one in fit if one not in self.used]
        chosen = self.rng.choice(fresh or fit)
        self.used.add(chosen)
        return chosen

    def expand(self, template: str) -> str:
        """Choices made, innermost first."""
        while found := _CHOICE.search(template):
            option = self.rng.choice(found.group(1).split("|"))
            template = template[: found.start()] + option + template[found.end() :]
        return template

    def count(self, value: int, key: str, label: Token | None = None) -> Token:
        """An exact count in running text."""
        return Token(figures.worded(value, self.style), key, value, label)

    def numeral(self, value: int, key: str = "", label: Token | None = None) -> Token:
        """An exact count in numerals."""
        return Token(figures.number(value, 0, self.style.separator), key, value, label)

    def percent(self, value: float, key: str = "", places: int | None = None) -> Token:
        """A percentage in running text; decimals of the document's style, or now and then others."""
        usual = self.style.places if self.chance(0.75) else self.rng.choice([0, 1])
        return Token(figures.percent(value, usual if places is None else places, self.style), key, value)

    def rate(self, value: float, key: str) -> Token:
        """A rate, with as many decimals as its size bears."""
        places = self.style.rate_places if value < 100 else self.rng.choice([0, 1])
        return Token(figures.number(value, max(places, 2 if value < 1 else 0)), key, value)

    def period(self, year: int, pattern: str | None = None) -> Token:
        """The period of this number as said in a sentence; by a pattern, or as the document mostly says it."""
        return Token(written(pattern or self.pattern(), self.world.periods[year]))

    def pattern(self) -> str:
        """How to say a period: now and then otherwise than the document mostly does, but no longer."""
        usual = self.world.says.sentence
        others = [one for one in SENTENCES[self.world.periods[3].kind] if (" " in one) is (" " in usual)]
        return self.rng.choice(others) if self.chance(0.1) else usual

    def statement(self, template: str, slots: Slots, claims: Callable[[Slots], list[Claim]] | None = None) -> Statement:
        """A template filled; what is stated is asked of the slots it used."""
        template = self.expand(template)
        pieces = fill(template, slots)
        # In the order of the template, not of a set: a set has another in each process.
        used = {name: slots[name] for name in _SLOT.findall(template)}
        return Statement(pieces, claims(used) if claims else [])


def slots_of(template: str) -> set[str]:
    """Names of its slots."""
    return set(_SLOT.findall(template))


def fill(template: str, slots: Slots) -> list[Piece]:
    """A template as pieces; “the” is not said twice."""
    pieces: list[Piece] = []
    for number, part in enumerate(_SLOT.split(template)):
        piece = slots[part] if number % 2 else part
        before = pieces[-1] if pieces else ""
        if isinstance(piece, str) and isinstance(before, str) and before.lower().endswith("the "):
            piece = piece.removeprefix("the ")
        if piece:
            pieces.append(piece)
    return pieces


def count_key(series: Series, area: str, year: int) -> str:
    """Key of a count."""
    return f"count|{series.topic.key}|{area}|{year}"


def rate_key(series: Series, area: str, year: int) -> str:
    """Key of a rate."""
    return f"rate|{series.topic.key}|{area}|{year}"


def people_key(area: str) -> str:
    """Key of a population."""
    return f"people|{area}"


def rate_of(world: World, series: Series, area: str, year: int) -> float:
    """A rate, not rounded."""
    return series.counts[area][year] / world.population(area) * series.per


def claim(relation: Relation, **roles: Token | Ref | str | Sequence[Token | Ref]) -> Claim:
    """A claim; a string is a key of something printed elsewhere."""
    made: dict[str, tuple[Token | Ref, ...]] = {}
    for name, role in roles.items():
        if isinstance(role, str):
            made[name] = (Ref(role),)
        elif isinstance(role, Token | Ref):
            made[name] = (role,)
        else:
            made[name] = tuple(role)
    return Claim(relation, made)
