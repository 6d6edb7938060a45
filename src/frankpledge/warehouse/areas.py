"""Areas as whole numbers: an area's number is its code, so that a new file never renumbers the old ones.

Areas that the partnership drew are numbered in order of their names: a change to them builds anew.
"""

from __future__ import annotations

from frankpledge.geography import KIND_OF_PREFIX
from frankpledge.sources.reading.tables import literal

# One country's codes take eight figures.
_COUNTRIES = {"E": 0, "W": 1, "K": 2}
_FIGURES = 100_000_000

# Areas that the partnership drew come after those of every country.
FIRST_DRAWN = 4 * _FIGURES


def is_drawn_sql(number: str) -> str:
    """SQL that is true of the number of an area that the partnership drew."""
    return f"({number} // {_FIGURES} = {FIRST_DRAWN // _FIGURES})"


def area_id_sql(code: str) -> str:
    """SQL of the number of an area, from a text that `is_area_sql` is true of."""
    cases = " ".join(f"WHEN '{letter}' THEN {number * _FIGURES}" for letter, number in _COUNTRIES.items())
    return f"CAST((CASE left({code}, 1) {cases} END) + CAST(substr({code}, 2) AS INTEGER) AS UINTEGER)"


def is_area_sql(code: str) -> str:
    """SQL that is true of the code of an area of England or Wales, of a kind that is counted."""
    prefixes = ", ".join(literal(prefix) for prefix in KIND_OF_PREFIX)
    return f"coalesce(regexp_full_match({code}, '[EWK][0-9]{{8}}') AND left({code}, 3) IN ({prefixes}), false)"


def area_code_sql(number: str) -> str:
    """SQL of the code of an area, from its number."""
    cases = " ".join(f"WHEN {number_of} THEN '{letter}'" for letter, number_of in _COUNTRIES.items())
    return f"((CASE {number} // {_FIGURES} {cases} END) || lpad(CAST({number} % {_FIGURES} AS VARCHAR), 8, '0'))"
