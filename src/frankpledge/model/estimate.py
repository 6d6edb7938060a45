"""An estimate: one indicator, for one area, in one period, with its uncertainty and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# How `method` begins where there is no figure.
MISSING = "missing: "


class Status(StrEnum):
    """How far an estimate can be relied on."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


@dataclass(frozen=True)
class Series:
    """A dataset in one release: what a measure is read from, and never mixed with another.

    Attributes
    ----------
    dataset
        Publisher, table and geography, as a slug: ``mps-borough``.
    release
        Which issue of it: the refresh date the file states, else its last month (``2021-07``). Two
        releases joined because the definition declares it are written ``2023-07 + 2025-07``.
    """

    dataset: str
    release: str

    def __str__(self) -> str:
        return f"{self.dataset} ({self.release})"


@dataclass(frozen=True)
class Estimate:
    """A number with what is behind it.

    Attributes
    ----------
    indicator, area_code, area_name, period
        Plain identifiers: slug, GSS code, name, period as written in the grammar.
    numerator
        The count, a whole number; None when missing.
    denominator
        Whom or what the rate is per; None when there is no rate.
    value, low, high
        The rate and its 95 % interval, per the indicator's multiplier; where there is no denominator,
        None.
    method
        How the interval was made (``byar``, ``exact``), or why there is no figure.
    status
        See `Status`.
    series
        Dataset and release of the count.
    population
        Dataset and release of the denominator.
    definition
        Short hash of the indicator's definition.
    policy
        Disclosure policy of the source (``open`` for published data).
    invented
        True when any record behind it is made up, as in the example.
    per
        The rate is per so many; a share is out of so many.
    unit
        What `value` is, in words: “per 1,000 residents”, “% of knife crimes”.
    share
        True when the count is part of the denominator.
    least, most
        What the count may be, where it is shown rounded; None where it is exact or there is none.
    part
        Which of what the indicator counts, where no indicator names them: “victims: female”, “Mondays”, a hot spot.
        Empty for all of it.
    """

    indicator: str
    area_code: str
    area_name: str
    period: str
    numerator: int | None
    denominator: int | None
    value: float | None
    low: float | None
    high: float | None
    method: str
    status: Status
    series: Series | None
    population: Series | None
    definition: str
    policy: str = "open"
    invented: bool = False
    per: int = 1000
    unit: str = ""
    share: bool = False
    least: int | None = None
    most: int | None = None
    part: str = ""

    def but(self, **changes: object) -> Estimate:
        """The same with some things otherwise.

        As `dataclasses.replace`, which looks up every field anew: hundreds of thousands are made for one document.
        """
        made = object.__new__(Estimate)
        made.__dict__.update(self.__dict__, **changes)
        assert len(made.__dict__) == len(self.__dict__), changes
        return made

    @property
    def missing(self) -> bool:
        """True when there is no figure: which is not the same as a count of none."""
        return self.numerator is None and self.value is None

    @property
    def small_base(self) -> bool:
        """Whether the rate is of so few that one event more or fewer moves it by more than one of its unit."""
        return self.value is not None and self.denominator is not None and 0 < self.denominator < self.per

    @property
    def why_missing(self) -> str:
        """Why there is no count, in words that follow a colon."""
        return self.method.removeprefix(MISSING)

    def as_row(self) -> dict[str, object]:
        """The estimate as it is written to JSON and CSV."""
        return {
            "indicator": self.indicator,
            "area_code": self.area_code,
            "area_name": self.area_name,
            "period": self.period,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "method": self.method,
            "status": self.status.value,
            "dataset": self.series.dataset if self.series else None,
            "release": self.series.release if self.series else None,
        }
