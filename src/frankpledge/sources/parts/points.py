"""Where a record of police.uk is, its point in degrees: what lies beyond Great Britain is a slip, not a place.

Great Britain lies between 49 and 61 degrees north, and between 9 degrees west and 2.5 east; 0, 0 is not in it,
and a point whose two numbers have changed places is recognised by being in it the other way round.
"""

from __future__ import annotations

NUMBERS = 'TRY_CAST("Longitude" AS DOUBLE) AS x, TRY_CAST("Latitude" AS DOUBLE) AS y'
"""SQL that makes numbers of the columns of a point, once for all that is asked of them."""


def _in_britain(longitude: str, latitude: str) -> str:
    return f"({longitude} BETWEEN -9 AND 2.5 AND {latitude} BETWEEN 49 AND 61)"


_BOTH = f"{_in_britain('x', 'y')} OR {_in_britain('y', 'x')}"

PLACE = "CASE WHEN \"Location\" NOT IN ('', 'No Location') THEN \"Location\" END"
"""SQL of the words for where a record is; null where it is nowhere."""

SWAPPED = f"coalesce({_in_britain('y', 'x')}, false)"
"""SQL that is true of a point whose two numbers have changed places."""

OUTSIDE = f"coalesce(\"Longitude\" <> '', false) AND NOT coalesce({_BOTH}, false)"
"""SQL that is true of a point that is not in Great Britain, either way round, or is no number."""

LONGITUDE = f"CASE WHEN {_in_britain('x', 'y')} THEN x WHEN {_in_britain('y', 'x')} THEN y END"
"""SQL of the longitude, put right; null where there is no point in Great Britain."""

LATITUDE = f"CASE WHEN {_in_britain('x', 'y')} THEN y WHEN {_in_britain('y', 'x')} THEN x END"
"""SQL of the latitude, put right; null where there is no point in Great Britain."""
