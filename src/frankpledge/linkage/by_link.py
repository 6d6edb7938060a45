"""Persons counted by the probabilities of pairs, with an interval for what the linkage does not know."""

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import ndtri

from frankpledge.linkage.counts import Overlap, Repeats, Uncertain
from frankpledge.linkage.pairs import Linkage

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

# The prior is an estimate from rules that miss some pairs and catch some by chance; in trials with known persons
# it was out by less than this.
_PRIOR_FACTOR = 2.0

# Thirty passes settle chains of far more rivals than lists of people have.
_PASSES = 30

_DRAWN_AT_ONCE = 4_000_000

_HALF, _NEARLY_SURE = 0.5, 0.95


def overlap_by_link(linkage: Linkage, confidence: float = 0.95) -> Overlap:
    """Count the persons in both of two linked lists, with the linkage's own error.

    Parameters
    ----------
    linkage
        Of two lists, neither with a person twice: take repeats out first.
    confidence
        Confidence of the interval, between 0 and 1, with half of the remainder in each tail.

    Returns
    -------
    Overlap
        `persons` is expected, not counted, and need not be whole.

    Raises
    ------
    ValueError
        If the linkage is of one list, or the confidence is not between 0 and 1.

    Notes
    -----
    A record can be one person's only, so its links compete, and none may have more than one link in all. They
    are weighed against each other by belief propagation on the graph of pairs. The sum of what is left is the
    number expected; its variance is that of the Poisson-binomial distribution, sum of p (1 - p). The lower
    limit is worked out with half the prior, the upper with twice it: the prior is an estimate as well. The limits
    also take in the count at a half. In long lists many pairs with little in their favour add up to more than they
    should, as fields are not independent, and that count is then nearer the truth. Persons are whole, so the limits
    are rounded outwards.
    """
    if linkage.right_records is None:
        raise ValueError("An overlap is of two lists, and this linkage is of one. Ask for its repeats instead.")
    tail = _upper_tail(confidence)
    lower, middle, upper = (_exclusive(linkage, factor) for factor in (1 / _PRIOR_FACTOR, 1.0, _PRIOR_FACTOR))
    at_half = int((middle >= _HALF).sum())
    most = min(linkage.left_records, linkage.right_records)
    return Overlap(
        left_records=linkage.left_records,
        right_records=linkage.right_records,
        left_persons=linkage.left_records,
        right_persons=linkage.right_records,
        persons=Uncertain(
            float(middle.sum()),
            float(max(floor(min(lower.sum(), at_half) - tail * _spread(lower)), 0)),
            float(min(ceil(max(upper.sum(), at_half) + tail * _spread(upper)), most)),
        ),
        at_half=at_half,
        at_95=int((middle >= _NEARLY_SURE).sum()),
        method="linked by probability",
    )


def repeats_by_link(linkage: Linkage, confidence: float = 0.95, draws: int = 1000, seed: int = 1) -> Repeats:
    """Count the persons seen twice or more in a list linked with itself.

    Parameters
    ----------
    linkage
        Of one list.
    confidence
        Confidence of the intervals, between 0 and 1, with half of the remainder in each tail.
    draws
        How many times the pairs are drawn.
    seed
        Of the draws.

    Returns
    -------
    Repeats
        Means over the draws, and the range that holds as many of them as the confidence asks.

    Raises
    ------
    ValueError
        If the linkage is of two lists, the confidence is not between 0 and 1, or there are no draws.

    Notes
    -----
    In each draw every pair is one person's or not, by its probability, and records joined by any chain of such
    pairs are one person. As for `overlap_by_link`, they are drawn with half the prior and with twice it as well, and
    the range takes in all three.
    """
    if linkage.right_records is not None:
        raise ValueError("Repeats are within one list, and this linkage is of two. Ask for their overlap instead.")
    _upper_tail(confidence)
    if draws < 1:
        raise ValueError(f"At least one draw is needed, not {draws}.")
    ends = ((1 - confidence) / 2, (1 + confidence) / 2)
    less, as_learnt, more = (_drawn(linkage, factor, draws, seed) for factor in (1 / _PRIOR_FACTOR, 1.0, _PRIOR_FACTOR))
    # Neither number need grow with the prior: records that were two persons seen twice may become one. So the range
    # is from the least of the three to the most.
    persons, repeated = (
        Uncertain(
            float(as_learnt[which].mean()),
            min(float(np.quantile(one[which], ends[0])) for one in (less, as_learnt, more)),
            max(float(np.quantile(one[which], ends[1])) for one in (less, as_learnt, more)),
        )
        for which in (0, 1)
    )
    records = linkage.left_records
    return Repeats(
        records=records,
        without_code=records,
        persons=persons,
        repeated=repeated,
        share=Uncertain(*((records - one) / records for one in (persons.value, persons.high, persons.low))),
        at_half=_repeated_at(linkage, _HALF),
        at_95=_repeated_at(linkage, _NEARLY_SURE),
        method="linked by probability",
    )


def _upper_tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    return float(ndtri((1 + confidence) / 2))


def _spread(probabilities: Floats) -> float:
    return float(np.sqrt((probabilities * (1 - probabilities)).sum()))


def _odds(linkage: Linkage, factor: float) -> Floats:
    """The odds of each pair, as they would be were the prior's so many times what it is."""
    # A probability of one leaves no room for a rival, however good.
    probabilities = np.array([pair.probability for pair in linkage.pairs], dtype=float).clip(0, 1 - 1e-12)
    return np.asarray(factor * probabilities / (1 - probabilities), dtype=float)


def _places(linkage: Linkage, one_list: bool) -> tuple[Whole, Whole, int]:
    """The records of each pair as numbers, and how many there are (on the left, of two lists)."""
    left, right = [pair.left for pair in linkage.pairs], [pair.right for pair in linkage.pairs]
    if not one_list:
        first, second = (np.unique(np.array(names, dtype=str), return_inverse=True)[1] for names in (left, right))
        return first, second, 0
    known, places = np.unique(np.array(left + right, dtype=str), return_inverse=True)
    return places[: len(left)], places[len(left) :], len(known)


def _exclusive(linkage: Linkage, factor: float) -> Floats:
    """The probability of each pair when a record may be linked once only."""
    left, right, _ = _places(linkage, one_list=False)
    odds = _odds(linkage, factor) * _room(linkage)
    # What a record offers a pair is less, the more its other pairs claim of it; and so on from side to side.
    claimed_left, claimed_right = odds.copy(), odds.copy()
    for _ in range(_PASSES):
        claimed_right = odds / (1 + _claimed_by_others(left, claimed_left))
        claimed_left = odds / (1 + _claimed_by_others(right, claimed_right))
    shares = claimed_left / (1 + _summed(left, claimed_left))
    # The passes end before the last digit does.
    return shares / np.maximum(_summed(right, shares), 1)


def _summed(records: Whole, amounts: Floats) -> Floats:
    """For each pair, the sum over all pairs of its record."""
    return np.asarray(np.bincount(records, amounts)[records] if len(records) else amounts, dtype=float)


def _claimed_by_others(records: Whole, claims: Floats) -> Floats:
    # A difference of two nearly equal sums may fall below nought.
    return np.maximum(_summed(records, claims) - claims, 0)


def _room(linkage: Linkage) -> float:
    """How much likelier a link is between two records whom nobody else has, than between any two.

    The prior is spread over all pairs. When most records have found theirs, it is concentrated on the few that
    have not: M links among n and m records leave (n - M)(m - M) pairs and not n m.
    """
    left, right = float(linkage.left_records), float(linkage.right_records or 0)
    links = min(linkage.prior * left * right, 0.95 * min(left, right))
    return left * right / ((left - links) * (right - links))


def _drawn(linkage: Linkage, factor: float, draws: int, seed: int) -> tuple[Whole, Whole]:
    """Persons, and persons seen twice or more, in each draw."""
    left, right, records = _places(linkage, one_list=True)
    odds = _odds(linkage, factor)
    probabilities = odds / (1 + odds)
    generator = np.random.default_rng(seed)
    at_once = max(1, _DRAWN_AT_ONCE // max(len(odds), records, 1))
    persons, repeated = [], []
    for start in range(0, draws, at_once):
        now = min(at_once, draws - start)
        draw, pair = np.nonzero(generator.random((now, len(odds))) < probabilities)
        fewer, more = _clustered(left[pair] + draw * records, right[pair] + draw * records, now, records)
        persons.append(linkage.left_records - fewer)
        repeated.append(more)
    return np.concatenate(persons), np.concatenate(repeated)


def _clustered(left: Whole, right: Whole, draws: int, records: int) -> tuple[Whole, Whole]:
    """How many records are not their person's first, and how many persons have two or more, in each draw."""
    nodes = draws * records
    if not nodes:
        return np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=np.intp)
    graph = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(nodes, nodes))
    _, cluster = connected_components(graph, directed=False)
    sizes = np.bincount(cluster)
    # A cluster lies within one draw, so any of its records tells which.
    draw = np.zeros(len(sizes), dtype=np.intp)
    draw[cluster] = np.arange(nodes) // records
    return records - np.bincount(draw, minlength=draws), np.bincount(draw[sizes > 1], minlength=draws)


def _repeated_at(linkage: Linkage, threshold: float) -> int:
    left, right, records = _places(linkage, one_list=True)
    taken = np.array([pair.probability >= threshold for pair in linkage.pairs], dtype=bool)
    return int(_clustered(left[taken], right[taken], 1, records)[1][0])
