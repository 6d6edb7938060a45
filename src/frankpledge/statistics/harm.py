"""Harm and cost: counts weighed by how much each does, with the weights' own uncertainty in sight.

Two hundred thefts from shops and two rapes are not "202 crimes" of one kind. Every set of weights answers another
question, and they rank places differently: show two side by side, or say which one and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from scipy.stats import spearmanr

from frankpledge.statistics.rates import count_interval, whole_counts


@dataclass(frozen=True)
class Harm:
    """Harm of all offences together, in the unit of the weights: points, days, pounds.

    Attributes
    ----------
    value, low, high
        The total, with its 95% interval: chance in the counts, not doubt about the weights.
    shares
        Each offence's share of the total, the largest first.
    without
        Offences counted that the weights do not know, and how many: they are not in the total.
    """

    value: float
    low: float
    high: float
    shares: tuple[tuple[str, float], ...]
    without: Mapping[str, int]


def weigh(counts: Mapping[str, int], weights: Mapping[str, float], confidence: float = 0.95) -> Harm:
    """Weigh counts of offences.

    Parameters
    ----------
    counts
        Events of each offence.
    weights
        Harm or cost of one event of each offence, zero or more.
    confidence
        Of the interval, between 0 and 1.

    Returns
    -------
    Harm

    Raises
    ------
    ValueError
        If a count is negative or not whole, a weight is negative, no counted offence has a weight, or the confidence is
        not between 0 and 1.

    Notes
    -----
    Put together from the exact or Byar's interval of each count (Zou and Donner 2008). One homicide among thousands of
    thefts makes it wide, and so does none: that there was none this year does not show that there cannot be.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("Weights must be zero or more.")
    known = {offence: int(count) for offence, count in counts.items() if offence in weights}
    if not known:
        raise ValueError("None of the offences counted has a weight.")
    whole_counts(list(counts.values()))
    value = sum(count * weights[offence] for offence, count in known.items())
    limits = {offence: count_interval(count, confidence) for offence, count in known.items()}
    below = sqrt(sum((weights[one] * (limit.value - limit.low)) ** 2 for one, limit in limits.items()))
    above = sqrt(sum((weights[one] * (limit.high - limit.value)) ** 2 for one, limit in limits.items()))
    shares = sorted(
        ((offence, count * weights[offence] / value if value else 0.0) for offence, count in known.items()),
        key=lambda share: (-share[1], share[0]),
    )
    return Harm(
        value=value,
        low=max(0.0, value - below),
        high=value + above,
        shares=tuple(shares),
        without={offence: count for offence, count in counts.items() if offence not in weights},
    )


def agreement(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How far two sets of weights put the same places in the same order.

    Parameters
    ----------
    one, other
        Harm of each place by each set, of the same three places or more.

    Returns
    -------
    float
        Spearman's correlation: 1 the same order, 0 none, -1 the other way round.

    Raises
    ------
    ValueError
        If the places differ or there are fewer than three.
    """
    if one.keys() != other.keys() or len(one) < 3:
        raise ValueError("Both need the same places, three or more.")
    places = sorted(one)
    return float(spearmanr([one[place] for place in places], [other[place] for place in places]).statistic)


def at_prices(cost: float, index_then: float, index_now: float) -> float:
    """A cost of one year at the prices of another.

    Parameters
    ----------
    cost
        At the prices of then.
    index_then, index_now
        The deflator of the two years, from one release of one table.

    Raises
    ------
    ValueError
        If an index is not above zero.
    """
    if not (index_then > 0 and index_now > 0):
        raise ValueError(f"A deflator's index is above zero, not {index_then} or {index_now}.")
    return cost * index_now / index_then
