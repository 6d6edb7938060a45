"""Printed strings read on their own: figures as intervals of what they may stand for, days, periods.

Nothing here knows how the documents are made.
"""

from __future__ import annotations

import re
from datetime import date, datetime

Interval = tuple[float, float]

_SMALLEST = "nought one two three four five six seven eight nine ten eleven twelve"
_SMALL = {word: size for size, word in enumerate(_SMALLEST.split())}
_PARTS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 2 / 3,
    "quarter": 1 / 4,
    "quarters": 3 / 4,
    "fifth": 1 / 5,
    "fifths": 2 / 5,
    "tenth": 1 / 10,
}
_SOFT = re.compile(
    r"^(?:around|about|approximately|roughly|some|circa|nearly|almost|just under|close to|just short of|just over"
    r"|more than|over|a little over|upwards of|well over) "
)
_WELL_FORMED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BROKEN = re.compile(
    r"\d,,\d|\d\.\.\d|\d\.\d+\.\d+%|%%|REF!|#N/A|#DIV|#VALUE|Reference source|\bXX\b|\bxx\b|TBC|tbc|\?\?|\["
)


class Unreadable(Exception):
    """A printed string is no figure."""


def broken(text: str) -> bool:
    """Whether a text has a figure in it that is none."""
    return bool(_BROKEN.search(text))


def read(text: str) -> Interval:
    """What a printed figure may stand for; signs are read, and so are words that soften."""
    low = text.lower().strip()
    if broken(text):
        raise Unreadable(text)
    soft = _softened(low)
    core = _SOFT.sub("", low)
    value, half = _fraction(core) if _is_fraction(core) else _number(core)
    if soft == "about":
        return value * 0.93 - half, value * 1.07 + half
    if soft == "under":
        return value * 0.9, value
    if soft == "over":
        return value, value * 1.25
    return value - half, value + half


def _softened(low: str) -> str:
    if low.startswith(("nearly", "almost", "just under", "just short", "close to")):
        return "under"
    if low.startswith(("just over", "more than", "over", "a little over", "upwards of", "well over")):
        return "over"
    return "about" if low.startswith(("around", "about", "approximately", "roughly", "some", "circa")) else ""


def _is_fraction(core: str) -> bool:
    return core.split()[-1] in _PARTS or " in " in core


def _fraction(core: str) -> tuple[float, float]:
    """In per cent, with room on both sides."""
    if " in " in core:
        many, _, of = core.partition(" in ")
        value = _word(many) / _word(of) * 100
    else:
        value = _PARTS[core.split()[-1]] * 100
    return value, max(0.5, value * 0.01)


def _word(text: str) -> float:
    if text == "twenty":
        return 20.0
    if text not in _SMALL:
        raise Unreadable(text)
    return float(_SMALL[text])


def _number(core: str) -> tuple[float, float]:
    sign = -1.0 if core[:1] in "-−–" else 1.0
    core = core.lstrip("-−–+£")
    for end, worth in (
        (" million", 1e6),
        (" billion", 1e9),
        ("m", 1e6),
        ("k", 1e3),
        (" per cent", 1),
        (" percent", 1),
        ("%", 1),
    ):
        if core.endswith(end):
            core, scale = core.removesuffix(end), float(worth)
            break
    else:
        scale = 1.0
    if not _WELL_FORMED.fullmatch(core):
        return sign * _word(core), 0.0
    places = len(core.partition(".")[2])
    # Whole counts are exact, and all else is rounded.
    exact = scale == 1 and places == 0 and not core.startswith("£")
    return sign * float(core.replace(",", "")) * scale, 0.0 if exact else 0.5 * 10**-places * scale


def rounded(text: str) -> Interval:
    """As read, and a whole number may have been rounded as well."""
    low, high = read(text)
    return (low - 0.5, high + 0.5) if low == high else (low, high)


def day(text: str) -> date:
    """A day as printed; Unreadable where there is no such day."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)
    for pattern in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Unreadable(text)


def period(text: str) -> int:
    """The year a period ends in; Unreadable where a financial year is of no two years that follow each other."""
    if found := re.search(r"(\d{4})[/–-](\d{2})$", text):
        if (int(found[1]) + 1) % 100 != int(found[2]):
            raise Unreadable(text)
        return int(found[1]) + 1
    if found := re.search(r"FY(\d{2})$", text):
        return 2000 + int(found[1])
    found = re.search(r"(\d{4})$", text)
    if not found:
        raise Unreadable(text)
    return int(found[1])
