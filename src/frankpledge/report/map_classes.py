"""Which shade a place has on a map, and how the key writes the classes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from frankpledge.model.document import Map
from frankpledge.model.estimate import Status
from frankpledge.model.figure import Figure
from frankpledge.report.drawing import HATCH
from frankpledge.report.palette import INK, ink_on, shades
from frankpledge.report.words import MISSING_SYMBOL, decimals_of


@dataclass(frozen=True)
class Shade:
    """A fill, and the ink that reads on it."""

    fill: str
    ink: str

    @property
    def hatched(self) -> bool:
        """True where there is no number to shade by."""
        return self.fill == HATCH


NO_DATA = Shade(HATCH, INK)


@dataclass(frozen=True)
class Classes:
    """The classes of a map.

    Attributes
    ----------
    lows
        Lower bounds, ascending.
    decimals
        With how many decimals its figures are printed, and so its classes.
    """

    lows: tuple[float, ...]
    decimals: int

    @property
    def shades(self) -> tuple[Shade, ...]:
        """One a class, light to dark."""
        return tuple(Shade(fill, ink_on(fill)) for fill in shades(len(self.lows)))

    def shade(self, figure: Figure) -> Shade:
        """The shade of a figure, by its number as printed so that the key is never at odds with a label."""
        if figure.value is None:
            return NO_DATA
        at = bisect_right(self.lows, round(figure.value, self.decimals)) - 1
        return self.shades[max(at, 0)]

    @property
    def words(self) -> tuple[str, ...]:
        """Each class as the key writes it: ``20.0 to 29.9``, the last ``30.0 or more``."""
        step = 10.0**-self.decimals
        pairs = zip(self.lows, self.lows[1:], strict=False)
        between = [f"{self._write(low)} to {self._write(high - step)}" for low, high in pairs]
        return (*between, f"{self._write(self.lows[-1])} or more")

    def _write(self, value: float) -> str:
        return f"{value:,.{self.decimals}f}"


def classes_of(shaded: Map) -> Classes:
    """The classes of a map. Without any break there is one class, from the smallest value up."""
    values = [place.figure.value for place in shaded.places if place.figure.value is not None]
    decimals = max((decimals_of(place.figure) for place in shaded.places), default=0)
    lows = shaded.breaks or (min(values, default=0.0),)
    return Classes(tuple(round(low, decimals) for low in lows), decimals)


def no_data_words(shaded: Map) -> str:
    """What hatching means on this map; empty when nothing is hatched."""
    absent = [place.figure for place in shaded.places if place.figure.value is None]
    withheld = [one for one in absent if one.status is Status.SUPPRESSED]
    meanings = []
    if len(withheld) < len(absent):
        meanings.append(f"no data {MISSING_SYMBOL}")
    if withheld:
        meanings.append(f"withheld {withheld[0].text}")
    words = ", ".join(meanings)
    return words[:1].upper() + words[1:]
