"""Funnel limits: which areas stand apart from the others, with their size allowed for.

A small area is high or low more often than a large one, by chance alone. Around the overall rate, limits widen as
areas shrink. Where areas differ from each other anyway, more than chance would have it, the limits are widened until
only those that stand apart from that are outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]

# The share of areas at either end whose distance is pulled in first, lest an outlier hide itself.
_WINSORISED = 0.1
# What is left of the variance of a normal distribution whose tenths are pulled in.
_LEFT = 0.679


@dataclass(frozen=True)
class FunnelArea:
    """One area beside the others.

    Attributes
    ----------
    rate
        Events per unit of exposure.
    deviation
        How many deviations it stands from the overall rate, with over-dispersion allowed for.
    p_value
        Two-sided, of an area as unlike as this: for discovery control over all of them.
    low_95, high_95, low_998, high_998
        Limits for an area of its size, as rates.
    """

    rate: float
    deviation: float
    p_value: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True)
class Funnel:
    """Areas in the order given, their overall rate, and how many times the chance variance they show (phi)."""

    overall: float
    excess: float
    areas: tuple[FunnelArea, ...]


def funnel(counts: Sequence[int], exposures: Sequence[float], overdispersion: bool = True) -> Funnel:
    """Set areas beside each other, allowing for size, chance and the usual differences.

    Parameters
    ----------
    counts
        Events seen in each area, whole numbers of zero or more; areas that are missing left out.
    exposures
        What each count arose from, in one unit, above zero.
    overdispersion
        Whether limits are widened to the scatter among the areas. Without it crime puts most areas outside.

    Returns
    -------
    Funnel
        Rates per unit of exposure.

    Raises
    ------
    ValueError
        If there are fewer than three areas, no event at all, as many exposures as counts are lacking, a count is
        negative or not whole, or an exposure is not above zero.

    Notes
    -----
    Spiegelhalter (2005), "Funnel plots for comparing institutional performance", *Statistics in Medicine* 24, with the
    multiplicative factor from winsorised distances and never below one; distances on the square-root scale, as in his
    "Handling over-dispersion of performance indicators" (2005, *Quality and Safety in Health Care* 14).
    """
    seen, at_risk = _checked(counts, exposures)
    overall = seen.sum() / at_risk.sum()
    distances = 2 * (np.sqrt(seen) - np.sqrt(overall * at_risk))
    excess = winsorised_excess(distances) if overdispersion else 1.0
    deviations = distances / np.sqrt(excess)
    limits = [_limits(overall, at_risk, excess, confidence) for confidence in (0.95, 0.998)]
    columns = (seen / at_risk, deviations, 2 * ndtr(-np.abs(deviations)), *limits[0], *limits[1])
    return Funnel(float(overall), excess, tuple(FunnelArea(*map(float, row)) for row in zip(*columns, strict=True)))


def winsorised_excess(distances: ArrayLike) -> float:
    """How many times the chance variance distances show, with the tenth at either end pulled in.

    Parameters
    ----------
    distances
        Of areas from what was expected of them, in chance deviations.

    Returns
    -------
    float
        One or more: as large for distances of a normal distribution as their own variance.
    """
    strayed = np.asarray(distances, dtype=np.float64)
    low, high = np.quantile(strayed, [_WINSORISED, 1 - _WINSORISED])
    return max(1.0, float(np.mean(np.clip(strayed, low, high) ** 2)) / _LEFT)


def _checked(counts: Sequence[int], exposures: Sequence[float]) -> tuple[Floats, Floats]:
    seen, at_risk = np.asarray(counts, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    if seen.shape != at_risk.shape or seen.size < 3:
        raise ValueError(f"A funnel takes three areas or more, each with an exposure; not {seen.size}, {at_risk.size}.")
    if not np.all(np.isfinite(seen) & (seen >= 0) & (seen == np.floor(seen))) or not seen.any():
        raise ValueError("Counts must be whole numbers of zero or more, not all zero, with missing areas left out.")
    if not np.all(np.isfinite(at_risk) & (at_risk > 0)):
        raise ValueError("Every exposure must be a number above zero.")
    return seen, at_risk


def _limits(overall: float, exposures: Floats, excess: float, confidence: float) -> tuple[Floats, Floats]:
    reach = -float(ndtri((1 - confidence) / 2)) * np.sqrt(excess) / 2
    middle = np.sqrt(overall * exposures)
    return np.maximum(0, middle - reach) ** 2 / exposures, (middle + reach) ** 2 / exposures
