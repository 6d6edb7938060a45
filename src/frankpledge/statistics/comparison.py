"""How firmly an area's place in a league table is known.

"Third lowest of 32" is often compatible with anything from first to fifteenth. A rank is published with its
plausible range or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RankRange:
    """An area's rank by its observed rate, 1 being the lowest, and the range of ranks it may well have."""

    rank: int
    low: int
    high: int


def rank_ranges(
    counts: Sequence[int],
    exposures: Sequence[float],
    confidence: float = 0.95,
    draws: int = 10_000,
    seed: int = 20190,
    excess: float = 1.0,
) -> list[RankRange]:
    """Rank areas by their rates, with the plausible range of each rank.

    Parameters
    ----------
    counts
        Events seen in each area, whole numbers of zero or more.
    exposures
        What each count arose from, in one unit, in the same order as `counts`.
    confidence
        Probability the range is to hold, between 0 and 1, with half of the remainder on each side.
    draws
        How many sets of rates to simulate. Memory grows with draws times areas.
    seed
        Start of this call's own random numbers. The same input always has the same answer.
    excess
        Variance of each count as a multiple of its mean, one or more: see `dispersion.monthly_excess`.

    Returns
    -------
    list of RankRange
        One for each area, in the order given. Areas of equal rate share the lower rank. The observed rank
        always lies within its range.

    Raises
    ------
    ValueError
        If there are not as many exposures as counts, a count is negative or not whole, an exposure is not
        above zero, the confidence is not between 0 and 1, `draws` is below one, or the excess is below one.

    Notes
    -----
    Goldstein and Spiegelhalter (1996), "League tables and their limitations", *JRSS A* 159. Each area's
    underlying rate is drawn from Gamma(count + 0.5, 1/exposure), which is what the count says of it under
    Jeffreys' prior; every draw is ranked, and the range is between quantiles of the ranks. Excess divides count
    and exposure, so that as much less is known. Areas are taken as independent.
    """
    seen, at_risk = np.asarray(counts, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    _check(seen, at_risk, confidence, draws)
    if not excess >= 1:
        raise ValueError(f"Excess is a multiple of the Poisson variance, one or more, not {excess}.")
    observed = rankdata(seen / at_risk, method="min")
    # Simulating in a fixed order makes an area's range independent of how the table happened to be sorted.
    order = np.lexsort((at_risk, seen))
    ranks = _simulated_ranks(seen[order] / excess, at_risk[order] / excess, draws, seed)
    tail = (1 - confidence) / 2
    lows, highs = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf")[:, order.argsort()]
    # A skewed or tied rate can put the observed rank outside the simulated range, which nobody could explain.
    return [
        RankRange(rank=int(rank), low=int(min(rank, low)), high=int(max(rank, high)))
        for rank, low, high in zip(observed, lows, highs, strict=True)
    ]


def _check(counts: Floats, exposures: Floats, confidence: float, draws: int) -> None:
    if counts.shape != exposures.shape:
        raise ValueError(f"There are {counts.size} counts but {exposures.size} exposures.")
    if not np.all(np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts))):
        raise ValueError("Counts must be whole numbers of zero or more, with missing areas left out.")
    if not np.all(np.isfinite(exposures) & (exposures > 0)):
        raise ValueError("Every exposure must be a number above zero.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    if draws < 1:
        raise ValueError(f"At least one draw is needed, not {draws}.")


def _simulated_ranks(counts: Floats, exposures: Floats, draws: int, seed: int) -> NDArray[np.intp]:
    random = np.random.default_rng(seed)
    rates = random.gamma(counts + 0.5, 1 / exposures, size=(draws, counts.size))
    # Where each area stands in the sorted order of its draw; simulated rates do not tie.
    return rates.argsort(axis=1).argsort(axis=1) + 1
