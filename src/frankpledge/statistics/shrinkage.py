"""Rates of small areas, drawn towards the rate of all as far as chance would have it.

The highest and the lowest rate of a borough are nearly always those of its smallest wards. Shrinking them says what
their rate probably is, given that they are wards of this borough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, gammaln

from frankpledge.statistics.rates import whole_counts

Floats = NDArray[np.float64]

# How far areas may differ, as a share of their mean rate: from hardly at all to by twice as much.
_SPREADS = np.linspace(0.02, 2.0, 60)
# The mean rate is tried at so many places, up to three deviations off the one seen.
_MEANS = np.linspace(-3, 3, 9)
# Limits are read off to a thousand-millionth of their range: that of an area without events lies at its very end.
_HALVINGS = 30


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


def shrunk_rates(
    counts: Sequence[int], exposures: Sequence[float], confidence: float = 0.95, excess: float = 1.0
) -> tuple[ShrunkRate, ...]:
    """The rates of areas that are alike, each drawn towards the overall rate.

    Parameters
    ----------
    counts
        Events seen in each area, whole numbers of zero or more; missing areas left out.
    exposures
        What each count arose from, in one unit, above zero.
    confidence
        Probability that the interval holds the underlying rate, between 0 and 1.
    excess
        Variance of each count as a multiple of its mean, one or more: see `dispersion.monthly_excess`.

    Returns
    -------
    tuple of ShrunkRate
        In the order given.

    Raises
    ------
    ValueError
        If there are fewer than two areas, no event at all, as many exposures as counts are lacking, a count is
        negative or not whole, an exposure is not above zero, the confidence is not between 0 and 1, or the excess is
        below one.

    Notes
    -----
    Underlying rates are taken to come from one gamma distribution (Clayton and Kaldor 1987, *Biometrics* 43). Its mean
    and spread are not known, and with a dozen areas hardly: all that the counts allow are weighed and averaged over
    (Kass and Steffey 1989, *JASA* 84), so that areas which happen to look alike are not said to be. Every spread up to
    twice the mean is as likely as another beforehand. Excess divides counts and exposures.
    """
    seen, at_risk = _checked(counts, exposures, confidence, excess)
    overall = seen.sum() / at_risk.sum()
    # One entry for each combination of a spread and a mean.
    spreads = np.repeat(_SPREADS, _MEANS.size)
    deviation = np.sqrt(1 / seen.sum() + spreads**2 / seen.size)
    means = overall * np.exp(np.tile(_MEANS, _SPREADS.size) * deviation)
    shape, rate = 1 / spreads**2, 1 / spreads**2 / means
    weights = _weights(seen, at_risk, shape, rate, deviation)
    values = ((shape[:, None] + seen) / (rate[:, None] + at_risk) * weights[:, None]).sum(axis=0)
    tail = (1 - confidence) / 2
    lows, highs = _quantiles(shape[:, None] + seen, rate[:, None] + at_risk, weights, (tail, 1 - tail))
    rates = seen / at_risk
    away = rates - overall
    own = np.divide(values - overall, away, out=np.zeros_like(away), where=np.abs(away) > 1e-12 * overall)
    columns = (rates, values, lows, highs, np.clip(own, 0, 1))
    return tuple(ShrunkRate(*map(float, row)) for row in zip(*columns, strict=True))


def _checked(
    counts: Sequence[int], exposures: Sequence[float], confidence: float, excess: float
) -> tuple[Floats, Floats]:
    seen, at_risk = whole_counts(counts), np.asarray(exposures, dtype=np.float64)
    if seen.shape != at_risk.shape or seen.size < 2 or not np.all(np.isfinite(at_risk) & (at_risk > 0)):
        raise ValueError(f"Shrinking takes two areas or more, each with an exposure above zero; not {seen.size}.")
    if not seen.any():
        raise ValueError("Without a single event there is no overall rate to draw towards.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    if not (excess >= 1 and np.isfinite(excess)):
        raise ValueError(f"Excess is a multiple of the Poisson variance, one or more, not {excess}.")
    return seen / excess, at_risk / excess


def _weights(seen: Floats, at_risk: Floats, shape: Floats, rate: Floats, deviation: Floats) -> Floats:
    """How well each combination explains the counts, as shares: the negative binomial's likelihood."""
    a, b = shape[:, None], rate[:, None]
    logs = gammaln(a + seen) - gammaln(a) + a * np.log(b / (b + at_risk)) + seen * np.log(at_risk / (b + at_risk))
    # The means stand as far apart as the spread makes them uncertain, so each stands for as much more.
    total = logs.sum(axis=1) + np.log(deviation)
    weights = np.exp(total - total.max())
    return np.asarray(weights / weights.sum())


def _quantiles(shapes: Floats, rates: Floats, weights: Floats, tails: tuple[float, float]) -> tuple[Floats, Floats]:
    """Of each area's mixture of gamma distributions, read off where its probability is reached."""
    heavy = weights > 1e-6 * weights.max()
    shapes, rates, weights = shapes[heavy], rates[heavy], weights[heavy] / weights[heavy].sum()
    lowest = (gammaincinv(shapes, tails[0] / 10) / rates).min(axis=0)
    highest = (gammaincinv(shapes, 1 - (1 - tails[1]) / 10) / rates).max(axis=0)
    return _read_off(shapes, rates, weights, tails[0], lowest, highest), _read_off(
        shapes, rates, weights, tails[1], lowest, highest
    )


def _read_off(shapes: Floats, rates: Floats, weights: Floats, tail: float, lowest: Floats, highest: Floats) -> Floats:
    """Where each area's mixture reaches a probability, by halving."""
    below, above = lowest.copy(), highest.copy()
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        short = weights @ gammainc(shapes, rates * middle) < tail
        below, above = np.where(short, middle, below), np.where(short, above, middle)
    return np.asarray((below + above) / 2)
