"""Points in degrees, as police.uk writes them: what lies beyond Great Britain is a slip, not a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """The columns of a point, in degrees.

    Great Britain lies between 49 and 61 degrees north, and between 9 degrees west and 2.5 east; 0, 0 is not in it,
    and a point whose two numbers have changed places is recognised by being in it the other way round.
    """

    longitude: str = "Longitude"
    latitude: str = "Latitude"

    @property
    def in_britain(self) -> str:
        """SQL that is true of a point in Great Britain."""
        return _lies(self.longitude, self.latitude)

    @property
    def swapped(self) -> str:
        """SQL that is true of one that is there when its two numbers change places."""
        return _lies(self.latitude, self.longitude)

    @property
    def odd(self) -> str:
        """SQL that is true of every point that is not in Great Britain, and of none that has both its numbers in it.

        Judged as text, which is many times as fast as making numbers of every row's: in Great Britain longitudes
        begin with a minus, 0, 1 or 2, and latitudes with 49 to 61.
        """
        return (
            f"({self.longitude} >= '3' OR {self.latitude} >= '62' "
            f"OR ({self.latitude} < '49' AND {self.latitude} <> ''))"
        )

    @property
    def longitude_sql(self) -> str:
        """SQL of the longitude, put right; null where there is no point in Great Britain."""
        return self._put_right(self.longitude, self.latitude)

    @property
    def latitude_sql(self) -> str:
        """SQL of the latitude, put right; null where there is no point in Great Britain."""
        return self._put_right(self.latitude, self.longitude)

    def _put_right(self, own: str, other: str) -> str:
        return (
            f"CASE WHEN {self.in_britain} THEN TRY_CAST({own} AS DOUBLE) "
            f"WHEN {self.swapped} THEN TRY_CAST({other} AS DOUBLE) END"
        )


def _lies(longitude: str, latitude: str) -> str:
    return (
        f"(coalesce(TRY_CAST({longitude} AS DOUBLE) BETWEEN -9 AND 2.5, false) "
        f"AND coalesce(TRY_CAST({latitude} AS DOUBLE) BETWEEN 49 AND 61, false))"
    )
