"""An area beside others: its rank, whether it stands apart, and what the rates of small ones probably are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import false_discovery_control

from frankpledge.findings.judge import LEVEL
from frankpledge.model.estimate import Estimate
from frankpledge.statistics.comparison import RankRange, rank_ranges
from frankpledge.statistics.funnel import Funnel, funnel
from frankpledge.statistics.shrinkage import ShrunkRate, shrunk_rates


@dataclass(frozen=True)
class Standing:
    """One area among those that can be compared.

    Attributes
    ----------
    rank
        By rate, 1 the lowest, with its plausible range.
    deviation
        How many deviations it stands from the rate of all, size and the usual differences allowed for.
    apart
        “above” or “below” where it stands apart after discovery control over all areas; else empty.
    """

    estimate: Estimate
    rank: RankRange
    deviation: float
    apart: str


@dataclass(frozen=True)
class Beside:
    """Areas set beside each other, in the order of their rates, the lowest first; and those left out."""

    standings: tuple[Standing, ...]
    funnel: Funnel
    left_out: tuple[Estimate, ...]


def set_beside(estimates: Sequence[Estimate], scatter: float | None = None) -> Beside | None:
    """Compare the rates of areas of one kind in one period.

    Parameters
    ----------
    estimates
        One for each area, from one series.
    scatter
        How many times the chance variance the area asked about shows (`scatter.scatters_of`): taken for all of them.

    Returns
    -------
    Beside or None
        None where fewer than three areas have a count and people, or nothing happened in any.
    """
    rated = [one for one in estimates if one.numerator is not None and one.denominator]
    counts = [one.numerator or 0 for one in rated]
    exposures = [float(one.denominator or 1) for one in rated]
    if len(rated) < 3 or not any(counts):
        return None
    drawn = funnel(counts, exposures)
    ranks = rank_ranges(counts, exposures, excess=scatter or 1.0)
    adjusted = false_discovery_control([area.p_value for area in drawn.areas])
    standings = [
        Standing(one, rank, area.deviation, _apart(area.deviation, float(q)))
        for one, rank, area, q in zip(rated, ranks, drawn.areas, adjusted, strict=True)
    ]
    ordered = sorted(standings, key=lambda one: (one.rank.rank, one.estimate.area_name))
    return Beside(tuple(ordered), drawn, tuple(one for one in estimates if one not in rated))


def _apart(deviation: float, adjusted: float) -> str:
    if adjusted > LEVEL:
        return ""
    return "above" if deviation > 0 else "below"


def rank_sentence_of(rank: RankRange) -> str:
    """Which sentence of the catalogue tells a rank: the first place, and one that is certain, have their own."""
    return ("rank" if rank.rank > 1 else "rank_first") + ("" if rank.low != rank.high else "_alone")


def shrink(estimates: Sequence[Estimate], scatter: float | None = None) -> list[tuple[Estimate, ShrunkRate]]:
    """The rates of small areas drawn towards the rate of all, the highest first.

    Parameters
    ----------
    estimates
        One for each ward, from one series and period.
    scatter
        How many times the chance variance wards show; chance alone where it is not known.

    Returns
    -------
    list of (Estimate, ShrunkRate)
        Rates per one unit of exposure; empty where fewer than two areas have a count and people, or nothing happened.
    """
    rated = [one for one in estimates if one.numerator is not None and one.denominator]
    counts = [one.numerator or 0 for one in rated]
    if len(rated) < 2 or not any(counts):
        return []
    exposures = [float(one.denominator or 1) for one in rated]
    found = zip(rated, shrunk_rates(counts, exposures, excess=scatter or 1.0), strict=True)
    return sorted(found, key=lambda pair: (-pair[1].value, pair[0].area_name))
