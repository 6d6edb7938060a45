"""Areas as whole numbers: an area's number is its code, so that a new file never renumbers the old ones.

Areas that the partnership drew are numbered in order of their names: a change to them builds anew.
"""

from __future__ import annotations

from frankpledge.geography import KIND_OF_PREFIX

# One country's codes take eight figures.
_COUNTRIES = {"E": 0, "W": 1, "K": 2}
_FIGURES = 100_000_000

# Areas that the partnership drew come after those of every country.
FIRST_DRAWN = 4 * _FIGURES


def is_drawn_sql(number: str) -> str:
    """SQL that is true of the number of an area that the partnership drew."""
    return f"({number} // {_FIGURES} = {FIRST_DRAWN // _FIGURES})"


def area_id_sql(code: str) -> str:
    """SQL of the number of an area of England or Wales, of a kind that is counted; null of any other text."""
    # By the character's number, which is several times as fast as by the character.
    cases = " ".join(f"WHEN {ord(letter)} THEN {number * _FIGURES}" for letter, number in _COUNTRIES.items())
    number = f"CASE unicode({code}) {cases} END + CAST(substr({code}, 2) AS INTEGER)"
    return f"CASE WHEN {is_area_sql(code)} THEN CAST({number} AS UINTEGER) END"


def is_area_sql(code: str) -> str:
    """SQL that is true of the code of an area of England or Wales, of a kind that is counted."""
    return f"coalesce(regexp_full_match({code}, '(?:{'|'.join(KIND_OF_PREFIX)})[0-9]{{6}}'), false)"


def area_code_sql(number: str) -> str:
    """SQL of the code of an area, from its number."""
    cases = " ".join(f"WHEN {number_of} THEN '{letter}'" for letter, number_of in _COUNTRIES.items())
    return f"((CASE {number} // {_FIGURES} {cases} END) || lpad(CAST({number} % {_FIGURES} AS VARCHAR), 8, '0'))"
