"""Wrong words and marks: directions, superlatives, days, spans, units, and figures that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.claims.planted.assembling import Assembled
from tests.claims.planted.changes import DIRECTIONS
from tests.claims.planted.figures import ORDINALS, WORDS
from tests.claims.planted.model import Claim, Relation, Token
from tests.claims.planted.periods import MONTHS
from tests.claims.planted.slips_parts import Candidate, all_of, exact, of_relation, one, scale_of, shown, texts, unit_of

_OPPOSITE: dict[str, str] = {}
for _up, _down in DIRECTIONS.values():
    _OPPOSITE |= dict(zip(_up, _down * 2, strict=False)) | {
        word: _up[min(n, len(_up) - 1)] for n, word in enumerate(_down)
    }
_OPPOSITE |= {"higher than": "lower than", "lower than": "higher than"}


def directions(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A word that says the wrong way, or a sign lost or put."""
    for claim in of_relation(made, Relation.DIRECTION):
        if (word := one(claim, "word")) is not None and word.text in _OPPOSITE and _far(claim):
            yield Candidate(word, _OPPOSITE[word.text], "word wrong", texts(claim))
    for claim in of_relation(made, Relation.DIFFERENCE, Relation.PERCENT):
        token = one(claim, "signed")
        if token is None or not shown(token.text):
            continue
        if token.text[0] in "-−–":
            yield Candidate(token, token.text[1:], "sign lost", texts(claim))
        else:
            yield Candidate(token, "-" + token.text.lstrip("+"), "sign put", texts(claim))


def _far(claim: Claim) -> bool:
    """Whether before and after, as printed, are further apart than rounding could bring them."""
    before, after = one(claim, "before"), one(claim, "after")
    if before is None or after is None:
        return False
    rough = max(unit_of(token.text) * scale_of(token) for token in (before, after))
    sizes = [(shown(token.text) or 0.0) * scale_of(token) for token in (before, after)]
    return abs(sizes[0] - sizes[1]) > 1.5 * rough


def superlatives(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A rank or a name that is not the one."""
    for claim in of_relation(made, Relation.EXTREME):
        word, name = one(claim, "word"), one(claim, "name")
        names, values = [t.text for t in all_of(claim, "names")], all_of(claim, "values")
        numbers = {n: v.value for n, v in zip(names, values, strict=True)}
        if name is None or name.text not in numbers or word is None:
            continue
        mine = numbers[name.text]
        far = [other for other, value in numbers.items() if abs(value - mine) > 0.05 * mine]
        if far and len(set(numbers.values())) == len(numbers):
            yield Candidate(name, rng.choice(far), "another named", texts(claim))
        if len(far) == len(numbers) - 1:
            if not _middle(word.text, len(numbers)):
                yield Candidate(word, _other_end(word.text), "other end", texts(claim))
            if "est" in word.text and len(numbers) < 9:
                yield Candidate(word, _next_rank(word.text), "rank out", texts(claim))


def _middle(text: str, of: int) -> bool:
    """Whether a rank is the same from both ends."""
    first = text.split()[0]
    return first in ORDINALS and 2 * ORDINALS.index(first) == of - 1


def _other_end(text: str) -> str:
    for high, low in (
        ("highest", "lowest"),
        ("busiest", "quietest"),
        ("peak", "lowest month"),
        ("high point", "low point"),
    ):
        if high in text:
            return text.replace(high, low)
        if low in text:
            return text.replace(low, high)
    return text


def _next_rank(text: str) -> str:
    """One place further from the end."""
    first, _, end = text.rpartition(" ")
    return f"{ORDINALS[ORDINALS.index(first) + 1]} {end}" if first in ORDINALS else f"second {text}"


_DAY = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<m>[A-Z][a-z]+) (?P<y>\d{4})")
_SHORT = ("April", "June", "September", "November", "February")


def dates(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """Days that cannot have been, or cannot be; years that are not those of the figures beside them."""
    for claim in of_relation(made, Relation.PAST):
        if (day := one(claim, "day")) is not None and id(day) in made.where:
            yield from _wrong_days(made, rng, day, claim)
    for claim in of_relation(made, Relation.WEEKDAY):
        if (weekday := one(claim, "weekday")) is not None:
            week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
            week.remove(weekday.text)
            yield Candidate(weekday, rng.choice(week), "wrong weekday", texts(claim))
    for claim in of_relation(made, Relation.ORDER):
        earlier, later = one(claim, "earlier"), one(claim, "later")
        if earlier is None or later is None:
            continue
        if _DAY.fullmatch(later.text):
            year = int(_years(earlier.text)[0]) - 1
            yield Candidate(later, re.sub(r"\d{4}$", str(year), later.text), "end before beginning", texts(claim))
        else:
            yield Candidate(later, earlier.text, "one year twice", texts(claim))
            yield from _broken_label(later, claim)
    for claim in of_relation(made, Relation.LOOKUP):
        yield from _other_label(claim)


def _years(text: str) -> list[str]:
    return re.findall(r"\d{4}", text)


def _wrong_days(made: Assembled, rng: Random, day: Token, claim: Claim) -> Iterator[Candidate]:
    after = made.dated + timedelta(days=rng.randint(40, 700))
    years = _years(day.text)
    later = day.text.replace(years[0], str(after.year + 1)) if years else day.text
    yield Candidate(day, later, "after the document", texts(claim))
    if re.match(r"\d{2}[/.]\d{2}[/.]", day.text):
        mark = day.text[2]
        yield Candidate(
            day, f"31{mark}{rng.choice(['04', '06', '09', '11'])}{day.text[5:]}", "impossible day", texts(claim)
        )
        yield Candidate(
            day, f"{day.text[:2]}{mark}{rng.choice(['13', '14', '15'])}{day.text[5:]}", "impossible month", texts(claim)
        )
    elif match := _DAY.fullmatch(day.text):
        month = rng.choice(_SHORT)
        number = "30" if month == "February" else "31"
        suffix = ("th" if number == "30" else "st") if re.search(r"(st|nd|rd|th) ", day.text) else ""
        short = month[:3] if match["m"] not in MONTHS else month
        yield Candidate(day, f"{number}{suffix} {short} {match['y']}", "impossible day", texts(claim))
        if date(int(match["y"]), 12, 31).timetuple().tm_yday != 366:
            feb = "February"[: 3 if short != month else None]
            yield Candidate(day, f"29{'th' if suffix else ''} {feb} {match['y']}", "no leap year", texts(claim))


def _broken_label(later: Token, claim: Claim) -> Iterator[Candidate]:
    """A financial year that does not end the year after it began."""
    if match := re.fullmatch(r"(20\d\d)(/)(\d\d)", later.text):
        wrong = int(match[3]) + 1
        yield Candidate(later, f"{match[1]}{match[2]}{wrong % 100:02d}", "no such year", texts(claim))


def _other_label(claim: Claim) -> Iterator[Candidate]:
    """The year of another column, beside a count that is not of it."""
    label, figure = one(claim, "label"), one(claim, "figure")
    values = all_of(claim, "values")
    if label is None or figure is None or not exact(figure):
        return
    said = _years(label.text)
    for value in values:
        if value.key != figure.key and abs(value.value - figure.value) >= 3 and said:
            move = int(value.key.rpartition("|")[2]) - int(figure.key.rpartition("|")[2])
            yield Candidate(label, _moved(label.text, move), "another year’s label", texts(claim))


def _moved(text: str, years: int) -> str:
    """A period so many years later."""
    text = re.sub(r"(?<!\d)(20\d\d)(?!\d)", lambda found: str(int(found[1]) + years), text)
    return re.sub(r"(?<=[/-])(\d\d)$", lambda found: f"{(int(found[1]) + years) % 100:02d}", text)


def spans(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A length that is not that from beginning to end."""
    for claim in of_relation(made, Relation.SPAN):
        length, unit = one(claim, "length"), one(claim, "unit")
        if length is None or unit is None:
            continue
        right = int(length.value)
        steps = [-3, -2, 2, 3] + ([1] if unit.text in ("financial years", "months") else [])
        for step in steps:
            if right + step > 1:
                wrong = WORDS[right + step] if length.text in WORDS else str(right + step)
                yield Candidate(length, wrong, "one too long" if step == 1 else "wrong length", texts(claim))


def units(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """Per cent for percentage points; another number of people for the rate; thousands for millions."""
    yield from _per_cent_for_points(made, rng)
    for claim in of_relation(made, Relation.RATE):
        if (per := one(claim, "per")) is not None:
            for other in ("1,000", "10,000", "100,000"):
                if other.replace(",", "") != per.text.replace(",", ""):
                    yield Candidate(per, other, f"per {other} for {int(per.value):,}", texts(claim))
    for claim in of_relation(made, Relation.TOTAL, Relation.DIFFERENCE):
        for token in (*all_of(claim, "total"), *all_of(claim, "part"), *all_of(claim, "difference")):
            if (wrong := _other_money(token.text)) is not None:
                yield Candidate(token, wrong, "thousands and millions", texts(claim))


def _per_cent_for_points(made: Assembled, rng: Random) -> Iterator[Candidate]:
    for claim in of_relation(made, Relation.POINTS):
        before, move, unit = one(claim, "before"), one(claim, "difference"), one(claim, "unit")
        if before is None or move is None or unit is None:
            continue
        if abs(move.value / before.value * 100 - move.value) > max(2.0, 0.2 * move.value):
            wrong = "per-cent" if unit.text == "percentage-point" else rng.choice(["per cent", "per cent", "%"])
            yield Candidate(unit, wrong, "per cent for points", texts(claim))


def _other_money(text: str) -> str | None:
    if not text.startswith("£"):
        return None
    for end, other in ((" million", " billion"), ("m", "k"), ("k", "m")):
        if text.endswith(end):
            return text.removesuffix(end) + other
    return None


_HOLES = ("[insert figure]", "TBC", "tbc", "XX", "xx", "[DN: to be confirmed]", "??", "[x]", "[number to follow]")
_REFS = ("REF!", "#REF!", "Error! Reference source not found.", "#DIV/0!", "#N/A", "#VALUE!")


def malformed(made: Assembled, rng: Random) -> Iterator[Candidate]:
    """A figure that is none."""
    for token in made.tokens():
        text, reason = token.text, "no figure can be read"
        if not (token.key and re.match(r"[-−–+£]?\d", text)):
            continue
        tail = "%" if text.endswith("%") else ""
        yield Candidate(token, rng.choice(_HOLES) + tail, "placeholder", reason)
        yield Candidate(token, rng.choice(_REFS), "broken reference", reason)
        if "," in text:
            yield Candidate(token, text.replace(",", ",,", 1), "two commas", reason)
            yield Candidate(token, _misgrouped(text), "misplaced comma", reason)
        if "." in text:
            yield Candidate(token, text.replace(".", "..", 1), "doubled dot", reason)
            yield Candidate(token, text.replace(".", ".0.", 1), "two points", reason)
        if tail:
            yield Candidate(token, text + "%", "doubled sign", reason)


def _misgrouped(text: str) -> str:
    """“2,240” as “22,40”."""
    return re.sub(r"(\d+),(\d)(\d\d)", r"\1\2,\3", text, count=1)
