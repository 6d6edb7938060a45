"""A community safety partnership: its areas, whom it is compared with, and what it has pinned."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Partnership:
    """A partnership as its definition states it.

    Attributes
    ----------
    slug, name
        ``harrow``, “Safer Harrow”.
    areas
        GSS codes of the local authorities it is responsible for.
    neighbours
        GSS codes of the authorities it is set beside in tables.
    region_name, region_code, region_areas
        The region, and the authorities it is made of.
    left_out
        Code → reason, of authorities that take no part in ranks and regional totals.
    pinned
        Dataset → release to be read, whatever newer ones are held.
    authorities
        The responsible authorities' names.
    colour
        ``#rrggbb``, dark enough for white text.
    complete
        False until the area's name and comparators are known.
    """

    slug: str
    name: str
    areas: tuple[str, ...]
    neighbours: tuple[str, ...] = ()
    region_name: str = ""
    region_code: str = ""
    region_areas: tuple[str, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)
    pinned: dict[str, str] = field(default_factory=dict)
    authorities: tuple[str, ...] = ()
    colour: str = "#12436D"
    complete: bool = True

    @property
    def compared(self) -> tuple[str, ...]:
        """Own areas and neighbours, the areas a comparison table shows."""
        return tuple(dict.fromkeys((*self.areas, *self.neighbours)))

    @property
    def region_members(self) -> tuple[str, ...]:
        """The region's authorities that take part in its sum and in ranks."""
        return tuple(code for code in self.region_areas if code not in self.left_out)

    @property
    def all_compared(self) -> tuple[str, ...]:
        """Own areas, neighbours and the region's: all that anything here is set beside."""
        return tuple(dict.fromkeys((*self.compared, *self.region_members)))
