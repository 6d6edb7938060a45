"""How findings are worded: numbers with their thousands, lists that end in “and”, months in runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from frankpledge.periods import month_words

# A list longer than this is no longer read.
LONGEST = 40


def listed(words: Iterable[str], longest: int = LONGEST) -> str:
    """Words as they are read aloud: “a, b and c”; what is beyond the longest list is counted.

    >>> listed(["Barnet", "Brent", "Harrow"])
    'Barnet, Brent and Harrow'
    >>> listed(["a", "b", "c", "d"], longest=2)
    'a, b and 2 others'
    """
    every = list(words)
    if len(every) > longest:
        every = [*every[:longest], _others(len(every) - longest)]
    return " and ".join(part for part in (", ".join(every[:-1]), every[-1] if every else "") if part)


def _others(number: int) -> str:
    return "1 other" if number == 1 else f"{number:,} others"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun.

    >>> counted(1, "record"), counted(2586, "record"), counted(2, "authority", "authorities")
    ('1 record', '2,586 records', '2 authorities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """A share in percent, to one figure behind the point; what is less than that is said to be.

    >>> share(3832, 120588), share(1, 10000), share(0, 5), share(9999, 10000)
    ('3.2%', 'less than 0.1%', '0%', 'more than 99.9%')
    """
    if part in (0, whole):
        return "0%" if part == 0 else "100%"
    percent = 100 * part / whole
    if percent < 0.05:
        return "less than 0.1%"
    return "more than 99.9%" if percent >= 99.95 else f"{percent:.1f}%"


def change(before: int, after: int) -> str:
    """A change in percent, with its sign.

    >>> change(161150, 157657), change(100, 108)
    ('−2.2%', '+8.0%')
    """
    percent = 100 * (after - before) / before
    return f"{'−' if percent < 0 else '+'}{abs(percent):.1f}%"


def runs(months: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of months without a gap."""
    ordered = sorted(set(months))
    keyed = groupby(enumerate(ordered), key=lambda one: one[1] - one[0])
    found = [[month for _, month in group] for _, group in keyed]
    return [(run[0], run[-1]) for run in found]


def span(first: int, last: int) -> str:
    """Months from one to another: “March 2018”, “January 2018 to March 2018”."""
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"


def in_months(months: Iterable[int], longest: int = 4) -> str:
    """Months as runs: “January 2018 to March 2018 and May 2018”."""
    return listed((span(first, last) for first, last in runs(months)), longest)


def own_first(names: Sequence[str], own: Iterable[str]) -> list[str]:
    """Names in order of the alphabet, the partnership's own before the others."""
    mine = set(own)
    return sorted(names, key=lambda name: (name not in mine, name))
