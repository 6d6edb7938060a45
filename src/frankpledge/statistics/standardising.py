"""Rates made comparable between places whose residents are of other ages: direct standardisation."""

import numpy as np
from numpy.typing import ArrayLike

from frankpledge.statistics.rates import Floats, Interval, count_interval, whole_counts

# Below ten events the guidance publishes no standardised rate: which ages they fell in is then mostly chance.
FEWEST_TO_STANDARDISE = 10


def standardised_rate(
    counts: ArrayLike, exposures: ArrayLike, standard: ArrayLike, per: int = 1000, confidence: float = 0.95
) -> Interval:
    """The rate a standard population would have, were each of its ages to have the rate seen at that age.

    Parameters
    ----------
    counts
        Events seen at each age, whole numbers of zero or more: one dimension, one entry an age group.
    exposures
        Residents (or resident-years) at each age, of the same shape, all above zero.
    standard
        The standard population at each age, of the same shape, none below zero; only its proportions count.
    per
        How many units of exposure the rate is given for.
    confidence
        Confidence of the interval, between 0 and 1.

    Returns
    -------
    Interval
        In events per `per` units of exposure.

    Raises
    ------
    ValueError
        If the three are not of one shape, an exposure is not above zero, the standard population is empty, there are
        fewer than `FEWEST_TO_STANDARDISE` events in all, or for the reasons given in `count_interval`.

    Notes
    -----
    The interval is Dobson's (Dobson, Kuulasmaa, Eberle and Scherer 1991, *Statistics in Medicine* 10, 457–462): the
    limits of the whole count, as in `count_interval`, moved to the standardised rate and scaled by the ratio of the two
    standard errors. So OHID, *Public health technical guidance*, "Directly standardised rates". Where all ages have the
    same rate and the standard population is the place's own, it is the interval of the crude rate.
    """
    seen = whole_counts(counts)
    exposed, weights = (np.asarray(one, dtype=np.float64) for one in (exposures, standard))
    _check(seen, exposed, weights)
    share = weights / weights.sum()
    events = int(seen.sum())
    whole = count_interval(events, confidence)
    rate = float(np.sum(share * seen / exposed))
    # The standard error of the rate, by that of the count: Poisson, age by age.
    scale = float(np.sqrt(np.sum(share**2 * seen / exposed**2) / events))
    low, high = rate + scale * (whole.low - events), rate + scale * (whole.high - events)
    return Interval(value=rate * per, low=low * per, high=high * per, method="dobson")


def _check(seen: Floats, exposed: Floats, weights: Floats) -> None:
    if not (seen.ndim == 1 and seen.shape == exposed.shape == weights.shape and seen.size):
        raise ValueError("Counts, exposures and the standard population need one entry each for every age group.")
    if not np.all(np.isfinite(exposed) & (exposed > 0)):
        raise ValueError(
            "Every age group needs an exposure above zero: join those that nobody lives in to their neighbour."
        )
    if not (np.all(np.isfinite(weights) & (weights >= 0)) and weights.sum() > 0):
        raise ValueError("The standard population needs numbers of zero or more, some of them above it.")
    if seen.sum() < FEWEST_TO_STANDARDISE:
        raise ValueError(
            f"{int(seen.sum())} events are too few to standardise: show the count, or add periods up to "
            f"{FEWEST_TO_STANDARDISE}."
        )
