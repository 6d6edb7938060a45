"""How figures are printed: separators, decimals, words, per cent, money, and approximations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

_WORDS = """nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
WORDS = _WORDS.split()
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

# Fractions as councils write them, with what they are in per cent.
FRACTIONS: tuple[tuple[str, float], ...] = (
    ("half", 50.0),
    ("a third", 100 / 3),
    ("one third", 100 / 3),
    ("one in three", 100 / 3),
    ("two thirds", 200 / 3),
    ("a quarter", 25.0),
    ("one in four", 25.0),
    ("three quarters", 75.0),
    ("a fifth", 20.0),
    ("one in five", 20.0),
    ("two fifths", 40.0),
    ("two in five", 40.0),
    ("three in five", 60.0),
    ("four in ten", 40.0),
    ("six in ten", 60.0),
    ("one in ten", 10.0),
    ("a tenth", 10.0),
    ("seven in ten", 70.0),
    ("three in ten", 30.0),
    ("four in five", 80.0),
    ("nine in ten", 90.0),
    ("one in six", 100 / 6),
    ("one in eight", 12.5),
    ("one in twelve", 100 / 12),
    ("one in twenty", 5.0),
)


@dataclass(frozen=True)
class Style:
    """How one document prints its figures.

    Attributes
    ----------
    percent
        What stands after a percentage in running text: “%”, “ per cent”, “ percent”.
    places
        Decimals of most percentages.
    words_to
        Counts up to this are written out in running text.
    minus, dash
        The sign before a fall in a table; what joins a range.
    """

    separator: str
    percent: str
    places: int
    words_to: int
    minus: str
    dash: str
    rate_places: int
    pounds: str
    plus: bool


def style(rng: Random) -> Style:
    """A style at random."""
    return Style(
        separator=rng.choices([",", "", " "], [8, 1, 0])[0],
        percent=rng.choices(["%", " per cent", " percent"], [8, 2, 1])[0],
        places=rng.choice([0, 0, 1, 1, 1, 2]),
        words_to=rng.choice([0, 9, 10, 12]),
        minus=rng.choice(["-", "-", "−", "–"]),
        dash=rng.choice(["–", "-", " – ", " to "]),
        rate_places=rng.choice([1, 1, 2]),
        pounds=rng.choice(["m", " million"]),
        plus=rng.random() < 0.4,
    )


def rounded(value: float, places: int) -> Decimal:
    """Half up, as spreadsheets do."""
    exact = Decimal(str(round(value, 9)))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: float, places: int, separator: str = ",") -> str:
    """With so many decimals, thousands apart."""
    return f"{rounded(value, places):,}".replace(",", separator)


def worded(value: int, style: Style) -> str:
    """A count in running text: in words where the style has it so."""
    return WORDS[value] if 0 < value <= style.words_to else number(value, 0, style.separator)


def percent(value: float, places: int, style: Style) -> str:
    """A percentage in running text."""
    return f"{number(value, places)}{style.percent}"


def signed(value: float, places: int, style: Style, after: str = "") -> str:
    """A change in a table: its sign, and what stands after it."""
    size = rounded(abs(value), places)
    sign = "" if size == 0 else style.minus if value < 0 else "+" if style.plus else ""
    return f"{sign}{size:,}{after}".replace(",", style.separator)


def near(value: float) -> float:
    """To two figures, or three from ten thousand on: what “around” is said of."""
    digits = 2 if value < 10_000 else 3
    exponent = len(str(int(value))) - digits
    unit = 10 ** max(exponent, 0)
    return float(int(value / unit + 0.5) * unit)


def about_count(rng: Random, value: float, style: Style) -> str | None:
    """An approximation of a count of a hundred or more: “nearly 2,300”; None where none is fair."""
    if value < 100:
        return None
    target = near(value)
    text = number(target, 0, style.separator)
    choices = ["around", "about", "approximately", "roughly", "some", "circa"]
    if value < target and value > 0.95 * target:
        choices = ["nearly", "almost", "just under", "close to", "just short of", *choices[:3]]
    elif value > target and value < 1.05 * target:
        choices = ["just over", "more than", "over", "a little over", "upwards of", *choices[:3]]
    elif value != target:
        choices = choices[:4]
    return f"{rng.choice(choices)} {text}"


def about_share(rng: Random, value: float) -> str | None:
    """A share in words: “just over a third”; None where no simple fraction is near."""
    fair = [(name, whole) for name, whole in FRACTIONS if abs(value - whole) <= min(2.0, whole * 0.06)]
    if 50 < value < 62:
        return rng.choice(["more than half", "over half", "just over half" if value < 53 else "well over half"])
    if not fair:
        return None
    name, whole = rng.choice(fair)
    if abs(value - whole) < 0.3:
        return rng.choice([name, f"around {name}", f"about {name}"])
    if value < whole:
        return f"{rng.choice(['nearly', 'almost', 'just under', 'around', 'close to'])} {name}"
    return f"{rng.choice(['just over', 'more than', 'over', 'around', 'a little over'])} {name}"


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def reprinted(text: str, value: float) -> str:
    """The same print with another number in it: as many decimals, the same words around it."""
    found = _NUMBER.search(text)
    if found:
        old = found.group()
        places = len(old.partition(".")[2])
        apart = "," if "," in old or float(old.replace(",", "")) < 1000 else ""
        return text[: found.start()] + number(value, places, apart) + text[found.end() :]
    low = text.lower()
    for word in low.split():
        if word in WORDS:
            new = WORDS[int(value)] if 0 < value <= 20 else number(value, 0)
            return low.replace(word, new, 1)
    return number(value, 0)


def money(rng: Random, pounds: int, style: Style) -> str:
    """An amount of pounds, in thousands or millions where nothing is lost by it."""
    forms = [f"£{pounds:,}"] * 2
    if pounds % 100_000 == 0 and pounds >= 1_000_000:
        forms += [f"£{pounds / 1e6:.1f}{style.pounds}"] * 4
    elif pounds % 10_000 == 0 and pounds >= 1_000_000:
        forms += [f"£{pounds / 1e6:.2f}{style.pounds}"] * 4
    elif pounds % 1000 == 0 and pounds < 1_000_000:
        forms += [f"£{pounds // 1000}k"] * 2
    return rng.choice(forms)
