"""Wrong figures: differences, percentages, rates, shares, totals, averages, and figures told twice."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.claims.planted.assembling import Assembled
from tests.claims.planted.figures import FRACTIONS
from tests.claims.planted.model import Claim, Relation, TableDraft, Token
from tests.claims.planted.slips_parts import (
    Candidate,
    all_of,
    candidates,
    exact,
    misprints,
    of_relation,
    one,
    reprint,
    room_of,
    scale_of,
    shown,
    texts,
    unit_of,
)

_Numbers = Iterator[tuple[str, float]]


def _value(token: Token | None) -> float:
    return abs(token.value) if token else 0.0


def changes(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A difference that is not that of its counts."""
    found = of_relation(made, Relation.DIFFERENCE)
    for claim in found:
        token = one(claim, "difference") or one(claim, "signed")
        if token is None:
            continue
        other = one(rng.choice(found), "difference")
        room = room_of([*all_of(claim, "before"), *all_of(claim, "after")], token)
        numbers = [("another topic’s", _value(other) / scale_of(token)), *misprints(rng, token)]
        yield from candidates(token, numbers, texts(claim), room)
        for count in (one(claim, "before"), one(claim, "after")):
            if count is not None and len(made.involving(count)) == 1:
                yield from candidates(count, _renamed("count", misprints(rng, count)), texts(claim), 2 * room)


def _renamed(stem: str, numbers: _Numbers) -> _Numbers:
    return ((f"{stem} {variant}", value) for variant, value in numbers)


def percents(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A percentage that is not that of its counts."""
    found = of_relation(made, Relation.PERCENT)
    for claim in found:
        token = one(claim, "percent") or one(claim, "signed")
        before, after = _value(one(claim, "before")), _value(one(claim, "after"))
        if token is None or not before or not after:
            continue
        numbers = [
            ("wrong base", abs(after - before) / after * 100),
            ("ratio for change", after / before * 100),
            ("another’s", _value(one(rng.choice(found), "percent"))),
            *misprints(rng, token),
        ]
        yield from candidates(token, numbers, texts(claim))
    for claim in of_relation(made, Relation.RATIO):
        if (word := one(claim, "word")) is not None:
            yield Candidate(word, _ratio(word.text), "ratio word", texts(claim))


def _ratio(text: str) -> str:
    """Another multiple, so far off that no rounding reaches it."""
    return "more than trebled" if "doubled" in text else "fallen by three quarters" if "halved" in text else text


def rates(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A rate that is not that of its count and its people."""
    found = of_relation(made, Relation.RATE)
    peoples = [people for claim in found if (people := one(claim, "people"))]
    for claim in found:
        token, count, people, per = (one(claim, name) for name in ("rate", "count", "people", "per"))
        if token is None or count is None or people is None or per is None:
            continue
        other = rng.choice(peoples)
        same = [
            rate for a in found if (rate := one(a, "rate")) and _topic(rate) == _topic(token) and rate.key != token.key
        ]
        numbers = [("another area’s population", count.value / other.value * per.value), *misprints(rng, token)]
        if same:
            pick = rng.choice(same)
            name = "another year’s" if pick.key.split("|")[2] == token.key.split("|")[2] else "another area’s rate"
            numbers.append((name, pick.value))
        yield from candidates(token, numbers, texts(claim))


def _topic(token: Token) -> str:
    return token.key.split("|")[1] if "|" in token.key else token.key


def shares(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A share that is not that of its part."""
    found = of_relation(made, Relation.SHARE)
    for claim in found:
        share, part, whole = one(claim, "share"), one(claim, "part"), one(claim, "whole")
        if share is None or part is None or whole is None:
            continue
        if shown(share.text) is None or not exact(share):
            yield from _other_fractions(rng, share, claim)
            continue
        numbers = [
            ("another part’s", _value(one(rng.choice(found), "share"))),
            ("wrong whole", part.value / _value(one(rng.choice(found), "whole")) * 100),
            ("rest for part", 100 - share.value),
            *misprints(rng, share),
        ]
        yield from candidates(share, [(name, value) for name, value in numbers if value < 100], texts(claim))
        if len(made.involving(part)) == 1:
            smaller = [(name, value) for name, value in misprints(rng, part) if value < whole.value]
            fit = [(f"part {name}", v) for name, v in smaller if _moves(v / whole.value * 100, share)]
            yield from candidates(part, fit, texts(claim))


def _moves(value: float, share: Token) -> bool:
    return abs(value - share.value) > 2.2 * unit_of(share.text)


def _other_fractions(rng: Random, share: Token, claim: Claim) -> Iterator[Candidate]:
    """A share in words that is another."""
    far = [name for name, whole in FRACTIONS if abs(whole - share.value) > max(9.0, share.value * 0.25)]
    before = [
        word for word in ("nearly", "almost", "just under", "around", "just over", "more than") if word in share.text
    ]
    if "half" in share.text and share.value > 52:
        before = ["around"]
    soft = before[0] if before and before[0] not in ("more than",) else "around"
    yield Candidate(share, f"{soft} {rng.choice(far)}", "fraction", texts(claim))


def hundreds(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """One of the shares of a whole that does not fit the others."""
    for claim in of_relation(made, Relation.HUNDRED):
        parts = all_of(claim, "share")
        total = sum(shown(token.text) or 0 for token in parts)
        for token in parts:
            mine = shown(token.text) or 0
            numbers = [
                ("ten too many", mine + 10),
                ("ten too few", mine - 10),
                ("another part’s", _value(rng.choice(parts))),
                *((name, value) for name, value in misprints(rng, token) if name == "digits swapped"),
            ]
            room = len(parts) * unit_of(token.text) / 2 + 1.2 * unit_of(token.text)
            off = [(name, v) for name, v in numbers if abs(total - mine + v - 100) > room and v < 100]
            yield from candidates(token, off, texts(claim))


def totals(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A total that its parts do not make, or a part that does not fit."""
    for claim in of_relation(made, Relation.TOTAL):
        total, parts = one(claim, "total"), all_of(claim, "part")
        if total is None:
            continue
        scale, odd = scale_of(total), rng.choice(parts)
        numbers = [
            ("part left out", (total.value - odd.value) / scale),
            ("part twice", (total.value + odd.value) / scale),
            *misprints(rng, total),
        ]
        yield from candidates(total, numbers, texts(claim), room_of(parts, total))
        room = room_of([*parts, total], odd)
        yield from candidates(odd, _renamed("part", misprints(rng, odd)), texts(claim), room)


def averages(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """An average that is not that of its period."""
    found = of_relation(made, Relation.AVERAGE)
    for claim in found:
        token, over = one(claim, "average"), one(claim, "over")
        if token is None or over is None:
            continue
        size = float(over.text)
        sums = token.value * size
        others = [v for a in found if (v := one(a, "average")) and _topic(v) == _topic(token) and v.key != token.key]
        numbers = [
            ("one period too few", sums / (size - 1)),
            ("two periods too few", sums / (size - 2)),
            ("months for quarters" if size == 4 else "quarters for months", sums / (12 if size == 4 else 4)),
            *misprints(rng, token),
        ]
        if others:
            numbers.append(("another period’s", _value(rng.choice(others))))
        yield from candidates(token, numbers, texts(claim))


def repeats(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A figure told twice that is not the same."""
    cells = {id(token) for draft in made.drafts if isinstance(draft, TableDraft) for token in draft.tokens()}
    for claim in of_relation(made, Relation.SAME):
        for token in all_of(claim, "figure"):
            if id(token) in cells or not exact(token):
                continue
            numbers = list(misprints(rng, token))
            if unit_of(token.text) == 1 and (right := shown(token.text)) and right > 30:
                numbers.append(("last digit", right + rng.choice([-3, -2, 2, 3])))
            numbers += [(name, value / scale_of(token)) for name, value in _siblings(made, token)]
            yield from candidates(token, numbers, texts(claim))
            yield from _last_digit(token, numbers, claim)


def _last_digit(token: Token, numbers: list[tuple[str, float]], claim: Claim) -> Iterator[Candidate]:
    """A last digit that is wrong is less than two per cent, and wrong all the same: both figures are exact."""
    if token.key.startswith(("count|", "people|", "part|", "month|")):
        for name, value in numbers:
            if name == "last digit":
                yield Candidate(token, reprint(token, value), name, texts(claim))


def _siblings(made: Assembled, token: Token) -> list[tuple[str, float]]:
    """Figures of the same kind of another year or area."""
    parts = token.key.split("|")
    found = []
    for other in made.tokens():
        theirs = other.key.split("|")
        if len(parts) == len(theirs) == 4 and theirs[:2] == parts[:2] and theirs != parts:
            if theirs[2] == parts[2]:
                found.append(("another year’s", other.value))
            elif theirs[3] == parts[3]:
                found.append(("another area’s", other.value))
    return found
