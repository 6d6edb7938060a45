"""What a hand does to a number: digits in each other's place, one digit wrong, a point moved."""

from __future__ import annotations

import re

_TENS = (10.0, 100.0, 1000.0)
_NEAR = 1e-6
_LEAST_DIGITS = 2
SWAPPED = "Two digits are in each other’s place."
ONE_DIGIT = "One digit is another."


def slip(printed: str, right: str) -> str:
    """What turns the right number into the printed one, in words; empty where it is no slip that is known.

    Parameters
    ----------
    printed, right
        Numbers as printed, unit and commas included.

    >>> slip("2.66", "6.26")
    'Two digits are in each other’s place.'
    >>> slip("8.1", "8.15")
    ''
    """
    one, other = _digits(printed), _digits(right)
    if not one or not other or float(one) == float(other):
        return ""
    if any(_same(float(one), float(other) * ten) or _same(float(one) * ten, float(other)) for ten in _TENS):
        return "The point is in the wrong place."
    if len(one) != len(other) or one.find(".") != other.find("."):
        return ""
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]:
        return SWAPPED
    if len(differ) == 1 and len(one.replace(".", "").lstrip("0")) > _LEAST_DIGITS:
        return ONE_DIGIT
    return ""


def sum_slips(printed: list[str], total: str, apart: float) -> bool:
    """Whether one of the parts, or the total, would come right by undoing a slip.

    Parameters
    ----------
    apart
        The total less the sum of its parts.
    """
    parts = ((one, float(_digits(one)) + apart) for one in printed if _digits(one))
    whole = [(total, float(_digits(total)) - apart)] if _digits(total) else []
    return any(right > 0 and bool(slip(one, _as_digits(right, one))) for one, right in (*parts, *whole))


def _digits(printed: str) -> str:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    return found[0].replace(",", "") if found else ""


def _as_digits(value: float, like: str) -> str:
    decimals = len(_digits(like).partition(".")[2])
    return f"{value:.{decimals}f}"


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(one, other)
