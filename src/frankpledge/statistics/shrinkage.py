"""Rates of small areas, drawn towards the rate of all as far as chance would have it.

The highest and the lowest rate of a borough are nearly always those of its smallest wards. Shrinking them says what
their rate probably is, given that they are wards of this borough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from frankpledge.statistics.rates import whole_counts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShrunkRate:
    """An area's rate as seen, its shrunk rate, and the interval that holds the underlying one, per unit of exposure.

    `weight` is how much of the shrunk rate is the area's own: 1 leaves it, 0 is the rate of all.
    """

    seen: float
    value: float
    low: float
    high: float
    weight: float


def shrunk_rates(counts: Sequence[int], exposures: Sequence[float], confidence: float = 0.95) -> tuple[ShrunkRate, ...]:
    """The rates of areas that are alike, each drawn towards the overall rate.

    Parameters
    ----------
    counts
        Events seen in each area, whole numbers of zero or more; missing areas left out.
    exposures
        What each count arose from, in one unit, above zero.
    confidence
        Probability that the interval holds the underlying rate, between 0 and 1.

    Returns
    -------
    tuple of ShrunkRate
        In the order given. Where areas differ no more than chance would make them, all are the overall rate.

    Raises
    ------
    ValueError
        If there are fewer than two areas, no event at all, as many exposures as counts are lacking, a count is
        negative or not whole, an exposure is not above zero, or the confidence is not between 0 and 1.

    Notes
    -----
    Empirical Bayes by the method of moments: Marshall (1991), "Mapping disease and mortality rates using empirical
    Bayes estimators", *Applied Statistics* 40. The interval is that of the gamma distribution with the same moments
    (Clayton and Kaldor 1987), which takes the overall rate and the spread of areas as known.
    """
    seen, at_risk = whole_counts(counts), np.asarray(exposures, dtype=np.float64)
    if seen.shape != at_risk.shape or seen.size < 2 or not np.all(np.isfinite(at_risk) & (at_risk > 0)):
        raise ValueError(f"Shrinking takes two areas or more, each with an exposure above zero; not {seen.size}.")
    if not seen.any():
        raise ValueError("Without a single event there is no overall rate to draw towards.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    overall = float(seen.sum() / at_risk.sum())
    rates = seen / at_risk
    spread = _spread(rates, at_risk, overall)
    weights = spread / (spread + overall / at_risk)
    values = weights * rates + (1 - weights) * overall
    if spread == 0:
        return tuple(ShrunkRate(float(rate), overall, overall, overall, 0.0) for rate in rates)
    # Posterior of a gamma prior with the overall rate as its mean and the spread as its variance.
    posterior = gamma(overall**2 / spread + seen, scale=1 / (overall / spread + at_risk))
    tail = (1 - confidence) / 2
    lows, highs = np.asarray(posterior.ppf(tail)), np.asarray(posterior.isf(tail))
    columns = (rates, values, lows, highs, weights)
    return tuple(ShrunkRate(*map(float, row)) for row in zip(*columns, strict=True))


def _spread(rates: Floats, exposures: Floats, overall: float) -> float:
    """Variance of the underlying rates among areas: what is seen, less what chance adds."""
    among = float((exposures * (rates - overall) ** 2).sum() / exposures.sum())
    return max(0.0, among - overall / float(exposures.mean()))
