"""Areas by the names that publishers give them, where they give no codes: police forces and partnerships.

Names are compared by their words alone: “London, City of” and “City of London Police” are one force, and so
are “Devon & Cornwall” and “Devon and Cornwall”.
"""

from __future__ import annotations

from frankpledge.geography import KIND_OF_PREFIX, AreaKind
from frankpledge.sources.reading.tables import literal

# Words that publishers put in or leave out.
_LOOSE = ("", "and", "constabulary", "of", "police", "service", "the")


def bare_name_sql(name: str) -> str:
    """SQL of the words of a name, in one order, without those that are put in or left out."""
    loose = ", ".join(literal(word) for word in _LOOSE)
    return (
        f"array_to_string(list_sort(list_filter(string_split_regex(lower({name}), '[^a-z]+'), "
        f"lambda word: word NOT IN ({loose}))), ' ')"
    )


def codes_by_name_sql(kind: AreaKind) -> str:
    """Query of the areas of a kind that the build knows (bare, code): `bare` as `bare_name_sql` writes a name."""
    prefixes = ", ".join(literal(prefix) for prefix, found in KIND_OF_PREFIX.items() if found is kind)
    return (
        f"SELECT {bare_name_sql('name')} AS bare, max(code) AS code FROM area_name "
        f"WHERE left(code, 3) IN ({prefixes}) AND name IS NOT NULL GROUP BY ALL"
    )
