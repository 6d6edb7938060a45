"""What the notes beside the Home Office's tables say of forces and partnerships: above all, whose data are lacking.

Written for people, so read with care: a sentence concerns the areas it names, and counts are lacking where it
says so in one of few ways, for the years it names or for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LACKING = re.compile(
    r"\bno data\b|\bunable to (?:supply|provide)\b|\bnot (?:been )?(?:able to )?(?:supply|supplied|provided?)"
    r"|\bunassigned\b|\b(?:is|are|been) excluded\b|\bmissing data\b",
    re.IGNORECASE,
)
_YEAR_ENDING = re.compile(r"year ending March (\d{4})", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"\b((?:19|20)\d{2})[/-]\d{2}\b")
_QUARTER = re.compile(r"\bQ(?:uarter )?([1-4])\b", re.IGNORECASE)


def sentences_naming(lines: Iterable[str], areas: Sequence[tuple[str, str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """The lines that name an area, each with the codes of the areas it concerns.

    Parameters
    ----------
    areas
        Name, name of its force, and code. A line that names areas concerns these; one that names a force alone
        concerns every area of it.
    """
    found = []
    for line in (" ".join(line.split()) for line in lines):
        named = {code for name, _, code in areas if _names(line, name)}
        if not named:
            named = {code for _, force, code in areas if _names(line, force)}
        if named:
            found.append((line, tuple(sorted(named))))
    return found


def _names(line: str, name: str) -> bool:
    return bool(name) and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", line) is not None


def missing_quarters(sentence: str, quarters: Iterable[int]) -> list[int]:
    """The quarters, by their first months, for which a sentence says that data are lacking; none where it does not.

    >>> missing_quarters("Kent: no data were supplied for Q1 2019/20.", [2019 * 12 + 3, 2019 * 12 + 6])
    [24231]
    """
    if not _LACKING.search(sentence):
        return []
    years = {int(year) for year in _FINANCIAL_YEAR.findall(sentence)}
    years |= {int(year) - 1 for year in _YEAR_ENDING.findall(sentence)}
    parts = {int(number) for number in _QUARTER.findall(sentence)}
    return sorted(
        month
        for month in quarters
        if (not years or (month - 3) // 12 in years) and (not parts or (month - 3) % 12 // 3 + 1 in parts)
    )
