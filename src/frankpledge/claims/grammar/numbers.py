"""Numbers as people write them: 2,240; £1.5m; twelve; a third; one in four."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
WORDS |= {
    f"{ten}{joint}{unit}": 10 * tens + units
    for tens, ten in enumerate(_TENS, 2)
    for units, unit in enumerate(_UNITS[:9], 1)
    for joint in "- "
}
WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_FRACTION_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
FRACTION = (
    r"(?:(?P<times>an?|one|two|three|four|nine)[\s-](?P<part>half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)"
    r"|(?P<alone>half))"
)
# Of few: “56 out of 452” are a count and its whole.
ONE_IN = (
    rf"(?P<some>[1-9]|{WORD})[\s-](?:in|out[\s-]of)[\s-](?:every[\s-])?"
    rf"(?P<every>[2-9]|1\d|20|{WORD})(?![\d,]|\.\d|\s?%)"
)
# Digits in threes behind commas, or plain; a decimal part.
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
SCALE = r"(?:\s?(?:million|billion|thousand)\b|(?:mn|bn|m|k)\b)"


@dataclass(frozen=True)
class Number:
    """A number and how exactly it is printed: the true one lies within half a step of it."""

    value: float
    step: float

    @property
    def low(self) -> float:
        """The least it may stand for."""
        return self.value - self.step / 2

    @property
    def high(self) -> float:
        """The most it may stand for."""
        return self.value + self.step / 2


def number_of(printed: str) -> Number:
    """A number in digits or words, with its scale: ``2,240``, ``1.5m``, ``twelve``.

    >>> number_of("1.5 million")
    Number(value=1500000.0, step=100000.0)
    >>> number_of("forty-two").value
    42.0
    """
    text = printed.lower().strip().lstrip("£+").replace("−", "-").replace("–", "-")
    if text in WORDS:
        return Number(float(WORDS[text]), 0.0)
    found = re.fullmatch(rf"(-?(?:{DIGITS}))\s?([a-z]*)", text)
    if found is None:
        raise ValueError(f"no number: {printed!r}")
    digits, scale = found[1].replace(",", ""), _SCALES.get(found[2], 1.0)
    decimals = len(digits.partition(".")[2])
    return Number(float(digits) * scale, 0.0 if not decimals and scale == 1 else scale * 10.0**-decimals)


def share_in_words(printed: str) -> float | None:
    """A share told in words, as a part of one: ``a third``, ``two-thirds``, ``one in four``; None where it is none.

    >>> share_in_words("three quarters")
    0.75
    """
    text = printed.lower()
    if found := re.fullmatch(ONE_IN, text):
        some, every = (float(WORDS.get(found[name], 0) or found[name]) for name in ("some", "every"))
        return some / every if 0 < some < every else None
    if found := re.fullmatch(FRACTION, text):
        if found["alone"]:
            return 0.5
        times = {"a": 1, "an": 1}.get(found["times"]) or WORDS[found["times"]]
        part = "half" if found["part"] == "halves" else found["part"].rstrip("s")
        share = times / _FRACTION_PARTS[part]
        return share if share < 1 else None
    return None
